"""A lake that several machines share: the same rows as a file has, published whole, and one run at a time."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, SAMPLE, Run
from lakes import digests
from postgres import Server, missing, postgres

from pipeline.commands.materialize import materialize as read
from pipeline.commands.materialize import publish_shards
from pipeline.commands.progress import Progress
from warehouse.errors import QuestionError, StoreError
from warehouse.kinds import warehouse_of
from warehouse.shards import WHOLE, Shard, shards
from warehouse.store import Store, ask, copy_published, open_store, publish, reading, taken

COUNTRIES = "select country from countries order by all"
HELD = """
import sys
from pathlib import Path
from warehouse.store import open_store
with open_store(Path(sys.argv[1])) as store:
    store.append("countries", [{"country": sys.argv[2], "name": sys.argv[2]}])
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    if reason := missing():
        pytest.skip(reason)
    with postgres() as running:
        yield running


@pytest.fixture(scope="module")
def home(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose lake holds Germany, published."""
    at = server.lake(tmp_path_factory.mktemp("lake"))
    _add(at, "DE")
    publish(at)
    return at


def _add(home: Path, country: str) -> None:
    with open_store(home) as store:
        store.append("countries", [{"country": country, "name": country}])


def _digests(home: Path) -> dict[str, tuple[int, int]]:
    with reading(home):
        return digests(lambda sql: ask(home, sql))


def test_the_sample_market_is_the_same_in_a_lake_as_in_a_file(
    server: Server, materialize: Run, sample_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its second day is read in four shards; who asks meanwhile is answered from the first, once each thing that is loaded is there."""
    home = server.lake(tmp_path / "home")
    first, second = sorted(SAMPLE.iterdir())
    assert materialize(first, home, through="skills").success
    before, answers = _seen(home), dict[str, set[tuple[object, ...]]]()
    load, build = Store.load, Store.build

    def load_and_ask(store: Store, name: str, staged: Any) -> None:
        load(store, name, staged)
        answers[name] = {_seen(home)}

    def build_and_ask(store: Store) -> dict[str, int]:
        counts = build(store)
        answers["tables"] = {_seen(home)}
        return counts

    monkeypatch.setattr(Store, "load", load_and_ask)
    monkeypatch.setattr(Store, "build", build_and_ask)
    monkeypatch.setattr("pipeline.assets.published.bring_up_to_date", lambda *_: None)  # the site is another test's
    with Progress() as progress:
        for shard in shards(4):
            done = read(progress, home, second, None, (), None, shard=shard)
            assert done.asset_materializations_for_node("labels")[0].partition == str(shard)
        assert _seen(home) == before
        publish_shards(progress, home, second)
    assert {"boards", "postings", "labels", "skills", "duplicates", "tables"} <= answers.keys()
    assert set().union(*answers.values()) == {before}
    assert _seen(home) != before
    assert _digests(home) == _digests(sample_home)


def _seen(home: Path) -> tuple[object, ...]:
    """Of tables that a run writes early and late."""
    return ask(home, "select (select max(last_seen_on) from postings), (select count(*) from openings)").rows[0]


def test_readers_see_what_was_published_and_one_reading_stays_with_it(server: Server, tmp_path: Path) -> None:
    home = server.lake(tmp_path)
    with pytest.raises(StoreError, match=r"there is no warehouse in .*; make one with: trackmix run"):
        ask(home, COUNTRIES)
    _add(home, "DE")
    with pytest.raises(StoreError, match="there is no warehouse"):
        ask(home, COUNTRIES)
    publish(home)
    _add(home, "FR")
    assert ask(home, COUNTRIES).rows == [("DE",)]
    with reading(home):
        publish(home)
        assert ask(home, COUNTRIES).rows == [("DE",)]
    assert ask(home, COUNTRIES).rows == [("DE",), ("FR",)]


def test_a_second_run_is_refused_and_the_lock_of_a_dead_one_is_free(home: Path) -> None:
    words = [sys.executable, "-c", HELD, str(home), "IT"]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        busy = (
            f"another run is writing ducklake:postgres:.* \\(trackmix, process {other.pid} of .*\\); wait for it to end"
        )
        with pytest.raises(StoreError, match=busy), open_store(home):
            pass
        other.send_signal(signal.SIGKILL)
    with once_free(home) as store:
        assert ("IT",) in store.ask(COUNTRIES).rows
    assert ("IT",) not in ask(home, COUNTRIES).rows


def once_free(home: Path, shard: Shard = WHOLE, tries: int = 100) -> AbstractContextManager[Store]:
    """The lake, or the shard, once the lock of a run that was killed is free."""
    for _ in range(tries):
        try:
            with open_store(home, shard):
                return open_store(home, shard)
        except StoreError:
            time.sleep(0.1)
    raise AssertionError("the lock of a dead run is not free")


def test_a_run_that_lost_its_catalog_writes_no_more(server: Server, home: Path) -> None:
    """Another may have taken the lake over meanwhile."""
    with open_store(home):
        server.run(
            "psql",
            "-d",
            "postgres",
            "-c",
            "select pg_terminate_backend(pid) from pg_stat_activity where datname like 'lake%'",
        )
        with pytest.raises(StoreError, match=r"no longer holds|cannot be"), open_store(home):
            pass


def test_what_a_run_deleted_is_in_no_file_once_its_snapshots_are_gone(server: Server, tmp_path: Path) -> None:
    home = server.lake(tmp_path)
    for country in ("DE", "FR"):
        _add(home, country)
    publish(home)
    with open_store(home) as store:
        store.ask("delete from countries where country = 'FR'")
    files = set((tmp_path / "lake" / "main" / "countries").iterdir())
    with (tmp_path / "trackmix.toml").open("a") as settings:
        settings.write("snapshot_days = 0\n")
    publish(home)
    assert ask(home, COUNTRIES).rows == [("DE",)]
    [kept] = (tmp_path / "lake" / "main" / "countries").iterdir()
    assert kept not in files
    assert b"FR" not in kept.read_bytes()


@pytest.mark.parametrize(
    "sql",
    [
        "copy (select 1 as country) to '{home}/lake/main/x.parquet'",
        "select * from postgres_scan('host=/tmp', 'public', 'x')",
        "from (select 1) where 1 in (select a from POSTGRES_QUERY('x', 'y') t(a))",
        "with x as (from query('from postgres_scan(1, 2, 3)')) from x",
        "from read_text('/etc/passwd')",
        "from '/etc/passwd.csv'",
        "from read_parquet('{home}/lake/main/countries/*.parquet')",
        "from ducklake_snapshots('lake')",
        "call ducklake_cleanup_old_files('lake', cleanup_all => true)",
        "attach '{home}/x.duckdb'",
        "set search_path = 'memory'",
        "select 1; detach lake",
        "explain analyze copy (select 1) to '{home}/x.csv'",
        "prepare x as copy (select 1) to '{home}/x.csv'",
        "delete from countries",
        "create table x (y integer)",
        "pragma version",
        "select from where",
        "",
        "select '\udce9'",
    ],
)
def test_a_question_does_nothing_but_read_the_lake(home: Path, sql: str) -> None:
    before = sorted((home / "lake").rglob("*"))
    with pytest.raises(QuestionError):
        ask(home, sql.format(home=home))
    assert sorted((home / "lake").rglob("*")) == before


def test_a_question_may_ask_what_the_warehouse_has(home: Path) -> None:
    with reading(home):
        assert ask(home, "describe countries").rows[0][0] == "country"
        assert ask(home, "with t as (from range(3)) select count(*) from t join countries on true").rows == [(3,)]
        assert ask(home, "from postings_in(scope_of('world'))").rows == []
        about = {row[0]: row[1] for row in ask(home, "questions/dictionary").rows}
        assert about["jobs"].startswith("Every job once")
        assert about["boards"].startswith("Every board")
        assert "openings_in" in {row[0] for row in ask(home, "questions/macros").rows}


def test_a_lake_can_be_taken_as_a_file(home: Path, tmp_path: Path) -> None:
    copy_published(home, tmp_path / "warehouse.duckdb")
    assert _digests(tmp_path) == _digests(home)
    with taken(home), reading(home):
        assert not hasattr(warehouse_of(home), "_catalog")
        assert ask(home, COUNTRIES).rows == [("DE",)]


def test_a_catalog_that_is_away_is_said(tmp_path: Path) -> None:
    if reason := missing():
        pytest.skip(reason)
    (tmp_path / "trackmix.toml").write_text('[warehouse]\ncatalog = "ducklake:postgres:host=/nowhere dbname=x"\n')
    for asked in (lambda: ask(tmp_path, COUNTRIES), lambda: _add(tmp_path, "DE")):
        with pytest.raises(StoreError, match="ducklake:postgres:host=/nowhere dbname=x cannot be opened: "):
            asked()


def test_the_environment_names_the_warehouse_before_the_settings_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "trackmix.toml").write_text('[warehouse]\ncatalog = "ducklake:postgres:dbname=one"\n')
    assert warehouse_of(tmp_path).name == "ducklake:postgres:dbname=one"
    monkeypatch.setenv("TRACKMIX_WAREHOUSE", "ducklake:postgres:dbname=two")
    assert warehouse_of(tmp_path).name == "ducklake:postgres:dbname=two"
    for words, says in (
        ("/srv/lake", "it takes a catalog such as"),
        ("ducklake:postgres:dbname=x password=y", "PGPASSFILE"),
    ):
        monkeypatch.setenv("TRACKMIX_WAREHOUSE", words)
        with pytest.raises(StoreError, match=says):
            ask(tmp_path, COUNTRIES)
