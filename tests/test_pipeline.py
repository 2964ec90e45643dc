"""The whole graph, materialized by Dagster over replayed boards, and what its answers then are."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT, SAMPLE, Market, Run, greenhouse_job

from warehouse.errors import StoreError
from warehouse.store import ask, open_store, publish, reading

MarketOf = Callable[[str], Market]


def postings(home: Path) -> dict[str, tuple[str, str | None]]:
    """Title and closing day by the posting's own id."""
    rows = ask(home, "select split_part(posting_id, '/', 3), title, closed_on::varchar from postings").rows
    return {row[0]: (row[1], row[2]) for row in rows}


def fetched(home: Path, token: str) -> list[tuple[str, str | None]]:
    rows = ask(
        home, f"select outcome, error from fetches where board_id = 'greenhouse/{token}' order by fetched_at"
    ).rows
    return [(row[0], row[1]) for row in rows]


def test_postings_open_change_close_and_reopen(market: MarketOf, materialize: Run, tmp_path: Path) -> None:
    days = {
        "2026-10-05": [greenhouse_job(1), greenhouse_job(2)],
        "2026-10-12": [greenhouse_job(1, title="Senior Inference Engineer"), greenhouse_job(3)],
        "2026-10-19": [greenhouse_job(1, title="Senior Inference Engineer"), greenhouse_job(2), greenhouse_job(3)],
    }
    counts = []
    for day, jobs in days.items():
        at = market(day)
        at.board("Kestrel", "kestrel", jobs)
        result = materialize(at.folder, tmp_path / "home", through="postings")
        assert result.success
        row = ask(tmp_path / "home", "run/counts", {"run_id": result.run_id}).records()[0]
        counts.append((row["new"], row["changed"], row["closed"]))
        if day == "2026-10-12":
            assert postings(tmp_path / "home")["2"] == ("Inference Engineer", "2026-10-12")
    assert counts == [(2, 0, 0), (1, 1, 1), (1, 0, 0)]
    assert postings(tmp_path / "home") == {
        "1": ("Senior Inference Engineer", None),
        "2": ("Inference Engineer", None),
        "3": ("Inference Engineer", None),
    }
    seen = ask(
        tmp_path / "home", "select first_seen_on::varchar, last_seen_on::varchar from postings order by all"
    ).rows
    assert seen == [("2026-10-05", "2026-10-19"), ("2026-10-05", "2026-10-19"), ("2026-10-12", "2026-10-19")]


def test_an_unchanged_market_is_neither_read_nor_labelled_again(
    market: MarketOf, materialize: Run, tmp_path: Path
) -> None:
    at = market("2026-10-05")
    at.board("Kestrel", "kestrel", [greenhouse_job(1)])
    materialize(at.folder, tmp_path / "home", through="labels")
    result = materialize(at.folder, tmp_path / "home", through="labels")
    counts = ask(tmp_path / "home", "run/counts", {"run_id": result.run_id}).records()[0]
    assert (counts["read"], counts["unchanged"], counts["new"], counts["changed"]) == (1, 1, 0, 0)
    assert result.asset_materializations_for_node("labels")[0].metadata["labelled"].value == 0


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (500, b"oops", "500"),
        (200, b"<!doctype html><p>We are down", "not whole JSON"),
        (200, b'{"jobs": [{"id": 1, "title": "Infer', "not whole JSON"),
        (200, b'{"error": "slow down"}', "holds no list 'jobs'"),
    ],
    ids=["500", "HTML", "half a JSON", "another JSON"],
)
def test_an_outage_never_looks_like_an_empty_market(
    market: MarketOf, materialize: Run, tmp_path: Path, status: int, body: bytes, reason: str
) -> None:
    before, after = market("2026-10-05"), market("2026-10-06")
    before.board("Kestrel", "kestrel", [greenhouse_job(1)])
    after.board("Kestrel", "kestrel", body, status)
    after.board("Merlin", "merlin", [greenhouse_job(2)])
    materialize(before.folder, tmp_path / "home", through="postings")
    assert materialize(after.folder, tmp_path / "home", through="postings").success
    outcome, error = fetched(tmp_path / "home", "kestrel")[-1]
    assert outcome == "failed"
    assert reason in str(error)
    assert postings(tmp_path / "home")["1"] == ("Inference Engineer", None)
    assert "2" in postings(tmp_path / "home")


def test_an_empty_board_closes_its_postings_only_the_second_time(
    market: MarketOf, materialize: Run, tmp_path: Path
) -> None:
    home, closed = tmp_path / "home", []
    for day, jobs in (("2026-10-05", [greenhouse_job(1)]), ("2026-10-06", []), ("2026-10-07", [])):
        at = market(day)
        at.board("Kestrel", "kestrel", jobs)
        materialize(at.folder, home, through="postings")
        closed.append(postings(home)["1"][1])
    assert closed == [None, None, "2026-10-07"]
    assert [outcome for outcome, _ in fetched(home, "kestrel")] == ["read", "empty", "empty"]


def test_one_malformed_posting_costs_only_itself(market: MarketOf, materialize: Run, tmp_path: Path) -> None:
    at = market("2026-10-05")
    script = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;p&gt;Serve models&lt;/p&gt;"
    jobs = [
        greenhouse_job(1, content=script),
        greenhouse_job(2, content="x" * 5_000_000),
        greenhouse_job(3, title=None),
        greenhouse_job(4, first_published="0"),
        greenhouse_job(5, location=["Berlin"]),
        greenhouse_job(6, metadata=[{"name": "Location Type", "value": {"new": "kind"}}], surprise={"deep": [1]}),
        {"title": "no id"},
        None,
        "posting",
        greenhouse_job(1, title="the same id again"),
    ]
    at.board("Kestrel", "kestrel", jobs)
    assert materialize(at.folder, tmp_path / "home", through="postings").success
    found = postings(tmp_path / "home")
    assert sorted(found) == ["1", "4", "6"]
    assert found["1"] == ("Inference Engineer", None)
    text = ask(tmp_path / "home", "select text from postings where posting_id like '%/1'").rows[0][0]
    assert "alert" not in text
    assert "Serve models" in text
    rejects = ask(tmp_path / "home", "select native_id, reason from rejects order by all").rows
    assert [row[0] for row in rejects] == ["1", "2", "3", "5", None, None, None]
    assert any("no title" in row[1] for row in rejects)
    assert ask(tmp_path / "home", "select posted_on from postings where posting_id like '%/4'").rows == [(None,)]


HALF = "\ud83d"  # of a surrogate pair, as JSON may spell it
READABLE = {
    "half a pair in the title": {"title": f"Inference {HALF} Engineer"},
    "half a pair in the text": {"content": f"&lt;p&gt;CUDA {HALF} kernels&lt;/p&gt;"},
    "half a pair in the id": {"id": f"a{HALF}"},
    "the beginning of time": {"first_published": "0001-01-01T00:00:00+12:00"},
    "the end of time": {"first_published": "9999-12-31T23:59:59-12:00"},
    "hundreds of digits": {"content": f"&lt;p&gt;Salary ${'9' * 300} a year&lt;/p&gt;"},
    "no address": {"absolute_url": "https://[::1"},
}
UNREADABLE = {
    "a list for a text": {"content": ["a"]},
    "a number for a text": {"title": 17},
    "infinite pay": {"pay_input_ranges": [{"min_cents": float("inf"), "max_cents": 1}]},
    "pay beyond floats": {"pay_input_ranges": [{"min_cents": 10**400, "max_cents": 1}]},
    "a list for an id": {"id": [1]},
    "an infinite id": {"id": float("inf")},
    "no id": {"id": None},
    "a blank id": {"id": " "},
}


def test_an_odd_value_costs_no_more_than_its_posting(market: MarketOf, materialize: Run, tmp_path: Path) -> None:
    at, home = market("2026-10-05"), tmp_path / "home"
    odd = [*READABLE.values(), *UNREADABLE.values()]
    at.board("Kestrel", "kestrel", [greenhouse_job(number, **one) for number, one in enumerate(odd)])
    at.board("Merlin", "merlin", b'{"jobs": ' + b"[" * 5_000)
    at.board("Osprey", "osprey", [greenhouse_job(99)])
    assert materialize(at.folder, home, through="report").success
    kept = ask(home, "select title || text from postings where company = 'Kestrel'").rows
    assert len(kept) == len(READABLE)
    assert sum("\ufffd" in text for (text,) in kept) == 2
    assert ask(home, "select count(*) from rejects").rows == [(len(UNREADABLE),)]
    assert ask(
        home, "select count(*) from postings where posted_on not between '2000-01-01' and '2100-01-01'"
    ).rows == [(0,)]
    outcome, error = fetched(home, "merlin")[-1]
    assert outcome == "failed"
    assert "cannot be read" in str(error)
    assert [outcome for outcome, _ in fetched(home, "osprey")] == ["read"]


@pytest.mark.parametrize(
    "after",
    [
        [
            {**greenhouse_job(number), "id": None, "key": number} for number in range(1, 41)
        ],  # the source renamed its ids
        [greenhouse_job(number, title=None if number > 9 else "Engineer") for number in range(4, 40)],
    ],
    ids=["no ids", "most have no title"],
)
def test_a_board_that_cannot_be_read_well_closes_nothing(
    market: MarketOf, materialize: Run, tmp_path: Path, after: list[dict[str, object]]
) -> None:
    first, second, home = market("2026-10-05"), market("2026-10-06"), tmp_path / "home"
    first.board("Kestrel", "kestrel", [greenhouse_job(number) for number in range(1, 41)])
    second.board("Kestrel", "kestrel", after)
    assert materialize(first.folder, home, through="postings").success
    assert materialize(second.folder, home, through="postings").success
    assert [closed for _, closed in postings(home).values()] == [None] * 40
    assert "nothing is closed" in str(fetched(home, "kestrel")[-1][1])


@pytest.mark.parametrize(
    "odd",
    [[greenhouse_job(9, title=None)], [greenhouse_job(3, title="Another job")]],
    ids=["one has no title", "one stands twice"],
)
def test_one_odd_posting_does_not_keep_a_small_board_open(
    market: MarketOf, materialize: Run, tmp_path: Path, odd: list[dict[str, object]]
) -> None:
    first, second, home = market("2026-10-05"), market("2026-10-06"), tmp_path / "home"
    first.board("Kestrel", "kestrel", [greenhouse_job(number) for number in (1, 2, 3)])
    second.board("Kestrel", "kestrel", [greenhouse_job(2), greenhouse_job(3), *odd])
    assert materialize(first.folder, home, through="postings").success
    assert materialize(second.folder, home, through="postings").success
    assert {name: closed for name, (_, closed) in postings(home).items()} == {"1": "2026-10-06", "2": None, "3": None}


def test_a_second_posting_of_one_id_is_no_posting_in_silence(
    market: MarketOf, materialize: Run, tmp_path: Path
) -> None:
    at, home = market("2026-10-05"), tmp_path / "home"
    at.board("Kestrel", "kestrel", [greenhouse_job(1), greenhouse_job(1), greenhouse_job(1, title="Another job")])
    assert materialize(at.folder, home, through="postings").success
    assert postings(home) == {"1": ("Inference Engineer", None)}
    assert ask(home, "select native_id, reason from rejects").rows == [("1", "its id stands twice on the board")]


def test_a_dead_board_is_told_from_one_that_is_read(market: MarketOf, materialize: Run, tmp_path: Path) -> None:
    at = market("2026-10-05")
    at.board("Kestrel", "kestrel", [greenhouse_job(1)])
    with (at.folder / "boards.csv").open("a") as boards:
        boards.write("Gone,greenhouse,gone\n")
    assert materialize(at.folder, tmp_path / "home", through="postings").success
    rows = ask(tmp_path / "home", "select board_id, outcome, error from fetches order by board_id").rows
    assert [(row[0], row[1]) for row in rows] == [
        ("greenhouse/gone", "failed"),
        ("greenhouse/kestrel", "read"),
    ]
    assert "404" in rows[0][2]


def test_a_replay_of_an_earlier_day_changes_nothing(market: MarketOf, materialize: Run, tmp_path: Path) -> None:
    early, late = market("2026-10-05"), market("2026-10-12")
    early.board("Kestrel", "kestrel", [greenhouse_job(1), greenhouse_job(2)])
    late.board("Kestrel", "kestrel", [greenhouse_job(2)])
    for at in (early, late):
        materialize(at.folder, tmp_path / "home", through="postings")
    before = postings(tmp_path / "home")
    assert materialize(early.folder, tmp_path / "home", through="postings").success
    assert postings(tmp_path / "home") == before


def test_the_checks_of_a_good_run_pass(materialize: Run, tmp_path: Path) -> None:
    result = materialize(SAMPLE / "2026-10-26", tmp_path / "home", through="labels")
    checks = {check.check_name: check.passed for check in result.get_asset_check_evaluations()}
    assert checks == dict.fromkeys(
        [
            "registry_is_not_cut",
            "some_host_is_reached",
            "boards_answer",
            "keys_are_unique",
            "every_posting_is_labelled",
            "some_board_was_read",
            "every_source_was_read",
            "rejects_are_few",
            "words_are_familiar",
            "labels_cover_all_six",
        ],
        True,
    )


def test_a_source_that_is_silent_fails_its_check(market: MarketOf, materialize: Run, tmp_path: Path) -> None:
    at = market("2026-10-05")
    at.board("Kestrel", "kestrel", b"down", 500)
    result = materialize(at.folder, tmp_path / "home", through="postings")
    checks = {check.check_name: check.passed for check in result.get_asset_check_evaluations()}
    assert not checks["every_source_was_read"]


def test_doubled_keys_stop_the_run_before_it_publishes(market: MarketOf, materialize: Run, tmp_path: Path) -> None:
    home, at = tmp_path / "home", market("2026-10-05")
    at.board("Kestrel", "kestrel", [greenhouse_job(1)])
    materialize(at.folder, home)
    published = (home / "warehouse.duckdb").read_bytes()
    with open_store(home) as store:
        store.ask("insert into postings select * from postings")
    assert not materialize(at.folder, home).success
    assert (home / "warehouse.duckdb").read_bytes() == published


# Runs that are killed, one after the other, each a process of its own, forked from one that has imported everything.
# Arguments: the replies, the home, and for each run words of the statement after which it dies.
KILLED = """
import os, signal, sys
import dagster, pandas
import pipeline.commands.materialize
from pipeline.cli import app
from warehouse import store

class Connection:
    def __init__(self, path, **settings):
        self.real = connect(path, **settings)

    def __getattr__(self, name):
        return getattr(self.real, name)

    def execute(self, sql):
        found = self.real.execute(sql)
        if dies_after in sql:
            os.kill(os.getpid(), signal.SIGKILL)
        return found

def put(partial, file):
    if dies_after == "the copy" and file.name == store.PUBLISHED:
        os.kill(os.getpid(), signal.SIGKILL)
    replace(partial, file)

replies, home, *moments = sys.argv[1:]
with dagster.DagsterInstance.ephemeral():
    pass  # imports the rest of Dagster
for dies_after in moments:
    if child := os.fork():
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    else:
        connect, replace = store.duckdb.connect, os.replace
        store.duckdb.connect, os.replace = Connection, put
        app(["run", "--replay", replies, "--home", home])
"""
MOMENTS = ("insert into fetches", "merge into postings", "merge into labels", "insert into demand_by_week", "the copy")


def test_a_killed_run_loses_and_doubles_nothing(market: MarketOf, materialize: Run, tmp_path: Path) -> None:
    """kill -9 at several moments, then a run to the end: the same postings as without a kill."""
    home, whole = tmp_path / "home", tmp_path / "whole"
    first, second = market("2026-10-05"), market("2026-10-12")
    first.board("Kestrel", "kestrel", [greenhouse_job(1), greenhouse_job(2), greenhouse_job(3, title=None)])
    second.board("Kestrel", "kestrel", [greenhouse_job(1, "Senior Inference Engineer"), greenhouse_job(4)])
    for at in (first, second):
        at.board("Merlin", "merlin", [greenhouse_job(9, "ML Researcher", location={"name": "Paris, France"})])
    assert materialize(first.folder, whole).success
    shutil.copytree(whole, home)
    answer = ask(home, "select * from company_mix order by all").rows
    assert materialize(second.folder, whole).success
    script = tmp_path / "killed.py"  # of what has no file DuckDB thinks that someone is watching: it draws a bar
    script.write_text(KILLED)
    command = [sys.executable, str(script), str(second.folder), str(home), *MOMENTS]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    died = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, env=env).stdout.split()
    assert died == [str(-signal.SIGKILL)] * len(MOMENTS)
    assert ask(home, "select * from company_mix order by all").rows == answer
    assert materialize(second.folder, home).success
    for table in ("postings", "posting_places", "labels", "rejects", "company_mix", "demand_by_week"):
        question = (
            f"select * exclude (run_id) from {table} order by all"
            if table == "rejects"
            else f"from {table} order by all"
        )
        assert ask(home, question).rows == ask(whole, question).rows, table


def test_readers_are_served_while_a_run_writes(market: MarketOf, materialize: Run, tmp_path: Path) -> None:
    home, at = tmp_path / "home", market("2026-10-05")
    at.board("Kestrel", "kestrel", [greenhouse_job(1)])
    materialize(at.folder, home, through="postings")
    with open_store(home) as store:
        store.ask("delete from postings")
        script = f"from warehouse.store import Path, ask; print(len(ask(Path({str(home)!r}), 'from postings').rows))"
        read = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert read.stdout.strip() == "1"


def test_what_is_asked_while_reading_is_of_one_copy(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="trackmix run"), reading(tmp_path):
        pass

    def publish_another(country: str) -> None:
        with open_store(tmp_path) as store:
            store.append("countries", [{"country": country, "name": country}])
        publish(tmp_path)

    publish_another("DE")
    with reading(tmp_path):
        publish_another("FR")
        assert ask(tmp_path, "select country from countries").rows == [("DE",)]
    assert ask(tmp_path, "select country from countries order by country").rows == [("DE",), ("FR",)]


def test_a_second_writer_is_told_to_wait(tmp_path: Path) -> None:
    with open_store(tmp_path):
        script = f"from warehouse.store import Path, open_store\nwith open_store(Path({str(tmp_path)!r})): pass"
        second = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert "another run is writing" in second.stderr


def test_no_thread_of_duckdb_runs_beside_a_question_or_a_run(sample_home: Path, tmp_path: Path) -> None:
    """One of its own ended the process now and then (docs/design.md)."""
    threads = "select current_setting('threads')"
    assert ask(sample_home, threads).rows == [(1,)]
    with open_store(tmp_path) as store:
        assert store.ask(threads).rows == [(1,)]


def test_asking_before_the_first_run_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="trackmix run"):
        ask(tmp_path, "questions/companies")


def test_a_warehouse_of_another_trackmix_is_told(market: MarketOf, materialize: Run, tmp_path: Path) -> None:
    home, at = tmp_path / "home", market("2026-10-05")
    at.board("Kestrel", "kestrel", [greenhouse_job(1)])
    materialize(at.folder, home, through="postings")
    with duckdb.connect(str(home / "warehouse.duckdb")) as warehouse:
        warehouse.execute("drop view jobs")
    with pytest.raises(StoreError, match=r"another version of trackmix; .* trackmix run --home"):
        ask(home, "run/label_shares")
    with pytest.raises(StoreError, match="cannot answer"):
        ask(home, "from nowhere")


def test_sql_that_does_not_fit_a_sound_file_is_not_called_damage(tmp_path: Path) -> None:
    file = tmp_path / "work" / "warehouse.duckdb"
    file.parent.mkdir()
    with duckdb.connect(str(file)) as foreign:
        foreign.execute("create table boards (planks integer)")
    with pytest.raises(StoreError, match="cannot be declared") as refused, open_store(tmp_path):
        pass
    assert "damaged" not in str(refused.value)
    file.write_bytes(b"no warehouse" * 1000)
    with pytest.raises(StoreError, match="where it is damaged, delete it"), open_store(tmp_path):
        pass


def test_a_file_of_an_older_trackmix_gets_what_it_lacks_and_a_present_one_is_let_alone(tmp_path: Path) -> None:
    file = tmp_path / "work" / "warehouse.duckdb"
    with open_store(tmp_path) as store:
        store.append("countries", [{"country": "DE", "name": "Germany"}])
    with duckdb.connect(str(file)) as warehouse:
        warehouse.execute("alter table postings drop column valid_through; drop view jobs")
        warehouse.execute("create or replace macro schema_sha256() as 'an older one'")
    with open_store(tmp_path) as store:
        assert store.ask("select count(valid_through) from jobs").rows == [(0,)]
        assert store.ask("select name from countries").rows == [("Germany",)]
    made = file.read_bytes()
    with open_store(tmp_path):
        pass
    assert file.read_bytes() == made
