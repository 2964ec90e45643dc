"""Sources that are read only when asked for, and the credits that some of them ask for."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from conftest import Market, Run, greenhouse_job, remoteok_job
from typer.testing import CliRunner

from pipeline.boards import registry
from pipeline.cli import app
from pipeline.sources import remoteok
from reports.site.market import Market as Shown
from reports.site.write import page_of
from warehouse.store import ask

MarketOf = Callable[[str], Market]
CREDIT = str(remoteok.ABOUT.credit)
SKIPPED = "read only when asked for: trackmix run --include remoteok"


def add_remoteok(market: Market, *jobs: dict[str, Any]) -> None:
    market.reply("https://remoteok.com/api", [{"legal": "Please link back."}, *jobs])


@pytest.fixture
def bundled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A bundled registry of two boards, one of a source that must be asked for."""
    file = tmp_path / "bundled.csv"
    file.write_text("company,source,token\nKestrel,greenhouse,kestrel\nSeveral,remoteok,all\n")
    monkeypatch.setattr(registry, "BUNDLED", file)


@pytest.fixture
def both(market: MarketOf) -> Path:
    """Replies of both boards."""
    at = market("2026-10-05")
    at.board("Kestrel", "kestrel", [greenhouse_job(1)])
    add_remoteok(at, remoteok_job(7))
    return at.folder


def outcomes(home: Path, run: dg.ExecuteInProcessResult) -> dict[str, tuple[str, str | None]]:
    """What a run came to, board by board."""
    assert run.success
    rows = ask(home, f"select board_id, outcome, error from fetches where run_id = '{run.run_id}'").rows
    return {row[0]: (row[1], row[2]) for row in rows}


@pytest.mark.usefixtures("bundled")
def test_a_bundled_board_is_skipped_but_by_a_run_that_names_its_source(
    both: Path, materialize: Run, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    run = materialize(both, home, through="postings", is_given=False)
    assert outcomes(home, run) == {"greenhouse/kestrel": ("read", None), "remoteok/all": ("skipped", SKIPPED)}
    assert ask(home, "select company from postings").rows == [("Kestrel",)]
    run = materialize(both, home, through="postings", is_given=False, include=["remoteok"])
    assert outcomes(home, run) == {"greenhouse/kestrel": ("unchanged", None), "remoteok/all": ("read", None)}
    assert ask(home, "select company from postings order by company").rows == [("Kestrel",), ("Merlin",)]


@pytest.mark.usefixtures("bundled")
def test_a_board_that_the_user_listed_is_read_without_being_named(both: Path, materialize: Run, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "boards.csv").write_text("company,source,token\nMine,remoteok,all\n")
    run = materialize(both, home, through="postings", is_given=False)
    assert outcomes(home, run) == {"greenhouse/kestrel": ("read", None), "remoteok/all": ("read", None)}


def run_by_hand(replies: Path, home: Path) -> str:
    done = CliRunner().invoke(app, ["run", "--replay", str(replies), "--home", str(home)])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_credit_is_shown_while_postings_of_its_source_are_counted(
    market: MarketOf, materialize: Run, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    first, last = market("2026-10-05"), market("2026-12-05")
    for at in (first, last):
        at.board("Kestrel", "kestrel", [greenhouse_job(1)])
        at.list_board("Several", "remoteok", "all")
    add_remoteok(first, remoteok_job(7))
    add_remoteok(last)
    said, page = run_by_hand(first.folder, home), page_of(home).read_text("utf-8")
    assert CREDIT in said
    assert "Remote OK is a source of these postings" in page
    assert 'href="https://remoteok.com"' in page
    assert materialize(last.folder, home).success  # 61 days later its only posting counts as closed
    assert not ask(home, "run/credits").rows
    assert not Shown(home).credits
