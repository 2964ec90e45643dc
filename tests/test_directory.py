"""The directory of boards: found by the names people type, read in whole sources, and left alone where it is gone."""

import asyncio
import csv
import importlib.util
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import zstandard
from conftest import GREENHOUSE, ROOT, SHARED, Market, Run, greenhouse_job, needs_shared
from typer.testing import CliRunner

from pipeline.boards import directory, registry, search
from pipeline.boards.directory import boards_of, called
from pipeline.boards.search import Finding
from pipeline.cli import app
from pipeline.fetching import network
from pipeline.fetching.replay import Replay
from pipeline.fetching.web import open_web
from pipeline.posting import Board
from warehouse.store import ask, open_store

MarketOf = Callable[[str], Market]
LEVER = "https://api.lever.co/v0/postings/{}"
LISTS = """company,source,token,lists,monitored
Blackmerlin,lever,blackmerlin,1,1
Black Merlin,greenhouse,merlin-careers,4,1
,ashby,black-merlin,1,0
"Kestrel, Inc.",greenhouse,kestrel,2,0
Kestrel AI,ashby,kestrel.ai,5,1
Fâlcon / Höbby,lever,birds,1,0
RE/WING,pageup,904,1,1
Kingfisher GmbH,workday,kingfisher/wd5/External,1,1
,greenhouse,grey-heron,1,0
,ashby,greyheron,1,0
,lever,osprey,3,0
Goshawk,greenhouse,goshawk,1,0
"""


def maker() -> Any:
    """The script that makes the table."""
    spec = importlib.util.spec_from_file_location("making", ROOT / "bench" / "directory.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def forget() -> None:
    for kept in (directory._table, directory._lines, directory._folded, directory._more_boards):
        kept.cache_clear()


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A directory of a few invented companies, made as the bundled one is, in place of it."""
    table = "\n".join(maker().lines([*csv.DictReader(LISTS.splitlines())])) + "\n"
    monkeypatch.setattr(directory, "FILE", tmp_path / "directory.tsv.zst")
    directory.FILE.write_bytes(zstandard.ZstdCompressor().compress(table.encode()))
    forget()
    yield
    forget()


def hits(name: str) -> list[tuple[str, str]]:
    return [(match.entry.board.board_id, match.by) for match in called(name)]


@needs_shared
def test_the_bundled_table_is_what_the_lists_say() -> None:
    with (SHARED / "directory.csv").open(newline="", encoding="utf-8") as file:
        rows = [{name: cell.strip() for name, cell in row.items()} for row in csv.DictReader(file)]
    assert directory.FILE.stat().st_size < 1_500_000
    assert len([*map(directory._entry, directory._lines())]) == len(rows)
    assert directory._table().decode() == "\n".join(maker().lines(rows)) + "\n"


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Kestrel", [("greenhouse/kestrel", "name"), ("ashby/kestrel.ai", "nearly")]),
        ("KESTREL GmbH", [("greenhouse/kestrel", "name"), ("ashby/kestrel.ai", "nearly")]),
        ("kestrel.ai", [("ashby/kestrel.ai", "name"), ("greenhouse/kestrel", "nearly")]),
        ("black merlin", [("greenhouse/merlin-careers", "name"), ("lever/blackmerlin", "name"), ("ashby/black-merlin", "token")]),
        ("merlin-careers", [("greenhouse/merlin-careers", "token")]),
        ("Black Mer", [("greenhouse/merlin-careers", "beginning"), ("ashby/black-merlin", "beginning"), ("lever/blackmerlin", "beginning")]),
        ("Falcon", [("lever/birds", "name")]),
        ("HÖBBY", [("lever/birds", "name")]),
        ("Fâlcon / Höbby", [("lever/birds", "name")]),
        ("re/wing", [("pageup/904", "name")]),
        ("Kingfisher", [("workday/kingfisher.wd5.myworkdayjobs.com/external", "name")]),
        ("greenhouse", []), ("1", []), ("Merlin", [("greenhouse/merlin-careers", "beginning")]), ("Qwxzy", []), ("...", []),
    ],
)  # fmt: skip
def test_a_name_is_found_as_people_type_it(asked: str, found: list[tuple[str, str]]) -> None:
    assert sorted(hits(asked)) == sorted(found)
    assert [by for _, by in hits(asked)] == [by for _, by in found]


@pytest.mark.usefixtures("small")
def test_whole_sources_are_listed_once_under_one_name_a_company() -> None:
    listed = [
        Board("The Goshawk Company / Goshawk", "greenhouse", "GOSHAWK"),
        Board("Osprey Labs / Osprey", "ashby", "o"),
    ]
    found = boards_of(["greenhouse", "lever", "ashby"], listed)
    assert {board.board_id: (board.company, board.named_by) for board in found} == {
        "ashby/kestrel.ai": ("Kestrel AI", "directory"),
        "greenhouse/merlin-careers": ("Black Merlin", "directory"),
        "lever/blackmerlin": ("Black Merlin", "directory"),
        "ashby/black-merlin": ("Black Merlin", "token"),
        "greenhouse/kestrel": ("Kestrel, Inc.", "directory"),
        "greenhouse/grey-heron": ("Grey Heron", "token"),
        "ashby/greyheron": ("Grey Heron", "token"),
        "lever/birds": ("Fâlcon / Höbby", "directory"),
        "lever/osprey": ("Osprey Labs / Osprey", "token"),
    }
    assert {board.board_id for board in found[:5]} == {
        "ashby/kestrel.ai", "greenhouse/merlin-careers", "lever/osprey", "greenhouse/kestrel", "lever/blackmerlin"
    }  # fmt: skip


@pytest.mark.usefixtures("small")
def test_a_company_of_the_users_own_registry_is_read_from_there_only(tmp_path: Path) -> None:
    (tmp_path / "boards.csv").write_text("company,source,token\nblack merlin,workable,merlin\n")
    companies = [board.company.casefold() for board in registry.boards_to_read(tmp_path, None, ["greenhouse", "lever"])]
    assert companies.count("black merlin") == 1
    assert "kestrel, inc." in companies


@pytest.fixture
def kestrels(market: MarketOf, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Market:
    """Replies, and a bundled registry, in which nothing is but Goshawk."""
    file = tmp_path / "bundled.csv"
    file.write_text("company,source,token\nGoshawk Systems / Goshawk,greenhouse,goshawk\n")
    monkeypatch.setattr(registry, "BUNDLED", file)
    at = market("2026-10-05")
    at.reply(GREENHOUSE.format("goshawk"), {"jobs": [greenhouse_job(1)], "meta": {}})
    return at


def find(market: Market | None, home: Path, name: str) -> list[dict[str, Any]]:
    replayed = ["--replay", str(market.folder)] if market else []
    done = CliRunner().invoke(app, ["boards", "find", name, "--home", str(home), "--format", "json", *replayed])
    assert done.exit_code == 0, done.output
    rows: list[dict[str, Any]] = json.loads(done.stdout)
    return rows


@pytest.mark.usefixtures("small")
def test_find_shows_what_lists_know_and_what_the_boards_answer(kestrels: Market, tmp_path: Path) -> None:
    job = greenhouse_job(1, content="Black Merlin builds engines.")
    kestrels.reply(GREENHOUSE.format("merlin-careers"), {"jobs": [job], "meta": {}})
    rows = find(kestrels, tmp_path / "home", "Black Merlin Inc")
    said = [
        (row["token"], row["matched_by"], row["lists"], row["monitored"], row["state"], row["naming_it"])
        for row in rows
    ]
    assert said == [
        ("merlin-careers", "name", 4, True, "alive", 1),
        ("blackmerlin", "name", 1, True, "dead", 0),
        ("black-merlin", "token", 1, False, "dead", 0),
    ]
    [row] = find(kestrels, tmp_path / "home", "Re/Wing")
    assert (row["source"], row["state"], row["postings"]) == ("pageup", "its kind is not read", None)
    [row] = find(kestrels, tmp_path / "home", "Kingfisher")
    assert row["state"] == "read when asked for"


@pytest.mark.usefixtures("small")
def test_find_answers_without_a_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "is_online", lambda: False)
    assert [row["token"] for row in find(None, tmp_path, "Fâlcon")] == ["birds"]
    done = CliRunner().invoke(app, ["boards", "find", "Fâlcon", "--home", str(tmp_path)])
    assert "birds" in done.stdout
    assert "no network" in done.output
    done = CliRunner().invoke(app, ["boards", "find", "Qwxzy", "--home", str(tmp_path)])
    assert done.exit_code == 1
    assert "no network" in done.stderr


def test_find_loads_no_dagster(tmp_path: Path) -> None:
    script = f"""
import sys
from pipeline.fetching import network
network.is_online = lambda: False
from pipeline.cli import app
try:
    app(["boards", "find", "Hugging Face", "--home", {str(tmp_path)!r}])
except SystemExit as done:
    assert not done.code, done.code
print([name for name in ("dagster", "sklearn", "pandas") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "huggingface" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.usefixtures("small")
def test_check_proposes_what_the_directory_has_by_the_companys_name(kestrels: Market, tmp_path: Path) -> None:
    registry.BUNDLED.write_text("company,source,token\nBlack Merlin,lever,gone\nKestrel,lever,kestrel\n")
    kestrels.reply(GREENHOUSE.format("merlin-careers"), {"jobs": [greenhouse_job(1)], "meta": {}})
    kestrels.reply(
        "https://api.ashbyhq.com/posting-api/job-board/kestrel.ai", {"jobs": [{"id": "1", "title": "Baker"}]}
    )
    asked = ["boards", "check", "--replay", str(kestrels.folder), "--home", str(tmp_path / "home"), "--format", "json"]
    done = CliRunner().invoke(app, asked)
    told = {row["company"]: (row["state"], row["do"]) for row in json.loads(done.stdout)}
    assert told["Black Merlin"][0] == "moved"
    assert "boards add 'Black Merlin' greenhouse merlin-careers" in told["Black Merlin"][1]
    assert told["Kestrel"][0] == "dead"  # Kestrel AI may be another company


@pytest.mark.usefixtures("small")
def test_a_board_is_a_companys_beyond_doubt_where_its_postings_or_lists_name_it(kestrels: Market) -> None:
    def own(company: str) -> str | None:
        async def run() -> Finding:
            async with open_web(Replay(kestrels.folder), backoff_seconds=0.0, per_second=1000) as web:
                return await search.find(web, company, {})

        status = asyncio.run(run()).own
        return status and f"{status.board.company}: {status.board.board_id}"

    kestrels.reply(LEVER.format("birds"), [{"id": "a", "text": "Engineer", "description": "You build engines."}])
    assert own("Falcon") == "Fâlcon / Höbby: lever/birds"
    assert own("Bird") is None  # whose name or token only begins so may be another
    kestrels.reply(GREENHOUSE.format("kestrel"), {"jobs": [greenhouse_job(1, content="Engines.")], "meta": {}})
    ashby = {"jobs": [{"id": "1", "title": "Engineer", "descriptionHtml": "At Kestrel you build engines."}]}
    kestrels.reply("https://api.ashbyhq.com/posting-api/job-board/kestrel.ai", ashby)
    assert own("Kestrel") == "Kestrel: ashby/kestrel.ai"
    kestrels.reply(LEVER.format("blackmerlin"), [{"id": "a", "text": "Engineer", "description": "You build engines."}])
    assert own("Black Merlin") == "Black Merlin: lever/blackmerlin"
    kestrels.reply(GREENHOUSE.format("merlin-careers"), {"jobs": [greenhouse_job(1, content="Engines.")], "meta": {}})
    assert own("Black Merlin") is None  # two companies may share a name


def outcomes(home: Path, run_id: str) -> dict[str, str]:
    with open_store(home) as store:  # a run in which nobody answers publishes nothing
        return dict(store.ask(f"select board_id, outcome from fetches where run_id = '{run_id}'").rows)


@pytest.mark.usefixtures("small")
def test_a_run_reads_whole_sources_and_the_next_one_without_them_closes_nothing(
    kestrels: Market, market: MarketOf, materialize: Run, tmp_path: Path
) -> None:
    home, after = tmp_path / "home", market("2026-10-06")
    heron = greenhouse_job(7, company_name="Grey Heron Robotics ")
    kestrels.reply(GREENHOUSE.format("grey-heron"), {"jobs": [heron], "meta": {}})
    kestrels.reply(GREENHOUSE.format("kestrel"), {"jobs": [greenhouse_job(8)], "meta": {}})
    after.reply(GREENHOUSE.format("goshawk"), {"jobs": [greenhouse_job(1), greenhouse_job(2)], "meta": {}})
    after.reply(GREENHOUSE.format("grey-heron"), {"jobs": [heron, greenhouse_job(9)], "meta": {}})
    run = materialize(kestrels.folder, home, through="postings", is_given=False, whole_sources=["greenhouse"])
    assert outcomes(home, run.run_id) == {
        "greenhouse/goshawk": "read",
        "greenhouse/grey-heron": "read",
        "greenhouse/kestrel": "read",
        "greenhouse/merlin-careers": "failed",
    }
    companies = "select board_id, company from postings group by all order by all"
    named = [
        ("greenhouse/goshawk", "Goshawk Systems / Goshawk"),
        ("greenhouse/grey-heron", "Grey Heron Robotics"),  # as it calls itself, where no list does
        ("greenhouse/kestrel", "Kestrel, Inc."),
    ]
    assert ask(home, companies).rows == named
    run = materialize(after.folder, home, through="postings", is_given=False)
    assert outcomes(home, run.run_id) == {"greenhouse/goshawk": "read"}
    assert ask(home, "select count(*) from postings where closed_on is null").rows == [(4,)]
    materialize(after.folder, home, through="postings", is_given=False, whole_sources=["greenhouse"])
    assert ask(home, companies).rows == named
    assert ask(home, "select count(*) from boards where not is_listed").rows == [(0,)]


@pytest.mark.usefixtures("small")
def test_boards_of_the_directory_that_are_gone_are_no_failures_of_a_run(kestrels: Market, tmp_path: Path) -> None:
    """Two of four; of a registry as many would end the run with exit status 3."""
    home = tmp_path / "home"
    kestrels.board("Goshawk", "goshawk", [greenhouse_job(1)])
    kestrels.reply(GREENHOUSE.format("kestrel"), {"jobs": [greenhouse_job(8)], "meta": {}})
    asked = ["run", "--replay", str(kestrels.folder), "--all", "greenhouse", "--home", str(home)]
    done = CliRunner().invoke(app, asked)
    assert done.exit_code == 0, done.output
    assert "2 read (0 unchanged), 2 failed (2 of the directory are gone), 0 skipped" in done.stdout
    run_id = ask(home, "select max(run_id) from fetches").rows[0][0]
    assert ask(home, "run/answers", {"run_id": run_id}).rows == [("greenhouse", 2, 0)]


@pytest.mark.usefixtures("small")
def test_a_board_of_the_directory_is_not_taken_for_the_new_board_of_a_company(
    kestrels: Market, market: MarketOf, materialize: Run, tmp_path: Path
) -> None:
    home, after = tmp_path / "home", market("2026-10-06")
    registry.BUNDLED.write_text("company,source,token\nGoshawk,greenhouse,goshawk\nBlack Merlin,workable,merlin\n")
    kestrels.reply(
        "https://apply.workable.com/api/v1/widget/accounts/merlin",
        {"name": "x", "jobs": [{"shortcode": "A", "title": "Engineer"}]},
    )
    after.reply(LEVER.format("blackmerlin"), [{"id": "b", "text": "Engineer", "description": "You build engines."}])
    materialize(kestrels.folder, home, through="postings", is_given=False)
    registry.BUNDLED.write_text("company,source,token\nGoshawk,greenhouse,goshawk\n")
    materialize(after.folder, home, through="postings", is_given=False, whole_sources=["lever"])
    company = "select board_id, is_listed, closed_on from postings join boards using (board_id) where boards.company = 'Black Merlin'"
    assert sorted(ask(home, company).rows) == [("lever/blackmerlin", True, None), ("workable/merlin", False, None)]


@pytest.mark.usefixtures("small")
def test_a_board_that_is_gone_is_left_alone_for_a_growing_time(
    kestrels: Market, market: MarketOf, materialize: Run, tmp_path: Path
) -> None:
    home = tmp_path / "home"

    def merlin(day: str, kestrel: int = 200, is_given: bool = False) -> str:
        """What comes of a board that is gone, on a day on which another answers so."""
        at = market(day)
        at.reply(GREENHOUSE.format("goshawk"), b"", 404)
        at.reply(GREENHOUSE.format("kestrel"), {"jobs": [greenhouse_job(8, updated_at=day)], "meta": {}}, kestrel)
        if is_given:
            at.list_board("Merlin", "greenhouse", "merlin-careers")
        run = materialize(at.folder, home, through="postings", is_given=is_given, whole_sources=["greenhouse"])
        return outcomes(home, run.run_id)["greenhouse/merlin-careers"]

    assert merlin("2026-10-01", kestrel=404) == "failed"  # a day on which nobody is there tells nothing of one
    assert [merlin(f"2026-10-{day:02}") for day in (2, 3, 4, 9)] == ["failed", "failed", "skipped", "skipped"]
    assert merlin("2026-10-09", is_given=True) == "failed"  # who names it has it asked
    assert [merlin(f"2026-10-{day:02}") for day in (10, 22, 23)] == ["skipped", "skipped", "failed"]
    said = ask(home, "select error from fetches where outcome = 'skipped' order by fetched_at").rows[0][0]
    assert said == "it was gone on 2 days, the last 2026-10-03; it is asked again from 2026-10-10 on"


def test_the_time_a_gone_board_is_left_alone_is_bounded_and_ends_when_it_answers(tmp_path: Path) -> None:
    begun = datetime(2026, 1, 1)

    def fetch(number: int, board_id: str, days: int, outcome: str) -> dict[str, Any]:
        status = 404 if outcome == "failed" else 200
        return {"run_id": f"{number}", "board_id": board_id, "fetched_at": begun + timedelta(days), "outcome": outcome,
                "http_status": status, "loaded_run_id": "x"}  # fmt: skip

    with open_store(tmp_path) as store:
        boards = [
            {"board_id": f"lever/{name}", "company": name, "source": "lever", "token": name}
            for name in ("up", "gone", "back")
        ]
        store.append("boards", boards)
        for number in range(10):
            rows = [fetch(number, "lever/up", number, "read"), fetch(number, "lever/gone", number, "failed")]
            rows.append(fetch(number, "lever/back", number, "failed" if number != 8 else "empty"))
            store.append("fetches", rows)
        asked = store.ask("run/gone_boards", {"now": begun + timedelta(10)}).rows
        assert [(board_id, days, str(again_on)) for board_id, days, _, again_on in asked] == [
            ("lever/gone", 10, str((begun + timedelta(9, weeks=16)).date()))
        ]
        assert store.ask("run/gone_boards", {"now": begun + timedelta(9, weeks=16)}).rows == []
