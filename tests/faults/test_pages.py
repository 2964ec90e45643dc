"""Pages: one that cannot be written costs that page, and whatever a board raises costs that board."""

import asyncio
import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import Market
from typer.testing import CliRunner

from faults.case import Case, proving
from pipeline.cli import app
from pipeline.fetching.replay import Replay
from pipeline.fetching.storage import Folder
from pipeline.fetching.web import Client, open_web
from pipeline.posting import Board
from pipeline.resources import SOURCES
from pipeline.stages.visits import Visitor
from reports.site import companies, openings, start, write
from reports.site.market import Market as Shown
from reports.site.page import Page

SEEN: dict[str, Path] = {}  # the home that the cases of this module look at


@pytest.fixture(scope="module", autouse=True)
def _sample(sample_home: Path) -> None:
    SEEN["home"] = sample_home


def raising(*_: Any) -> Any:
    raise KeyError("a word that no page expects")


def written(folder: Path) -> tuple[write.SiteError, set[str]]:
    """The fault of a writing of the site, and the pages that it wrote."""
    with pytest.raises(write.SiteError) as caught:
        write.render(SEEN["home"], folder)
    return caught.value, {file.relative_to(folder).as_posix() for file in folder.rglob("*.html")}


def whole(folder: Path) -> set[str]:
    write.render(SEEN["home"], folder)
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*.html")}


def facts_of_one_company_raise(folder: Path) -> None:
    everything, usual = whole(folder / "whole"), companies._facts
    lost = next(name for name in sorted(everything) if name.startswith("companies/"))

    def facts(market: Shown, company: Any, around: Any) -> Any:
        return raising() if company.path == lost else usual(market, company, around)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(companies, "_facts", facts)
        fault, found = written(folder / "site")
    assert everything - found == {lost}
    assert fault.faults == [f"{lost} (KeyError: 'a word that no page expects')"]
    assert lost in str(fault)


def a_kind_of_page_raises(folder: Path) -> None:
    everything = whole(folder / "whole")

    def pages(market: Shown) -> Any:
        yield Page("compare.html", "compare.html", "Compare", lambda: {"missing": 1})
        raising()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            write, "KINDS", {pages if kind is start.pages else kind: entry for kind, entry in write.KINDS.items()}
        )
        fault, found = written(folder / "site")
    assert everything - found == {"index.html"}
    assert any("test_pages" in one for one in fault.faults)


def the_script_of_openings_raises(folder: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(openings, "columns", raising)
        fault, found = written(folder / "site")
    assert [one.partition(" ")[0] for one in fault.faults] == ["openings.js"]
    assert "openings.html" in found
    assert (folder / "site" / "search.js").is_file()


def a_page_that_was_lost_is_no_older_one(folder: Path) -> None:
    everything = whole(folder / "site")
    lost = next(name for name in sorted(everything) if name.startswith("companies/"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(companies, "_facts", raising)
        written(folder / "site")
    assert not (folder / "site" / lost).exists()
    assert whole(folder / "site") == everything


def the_command_says_so(folder: Path) -> None:
    shutil.copytree(SEEN["home"], folder / "home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(openings, "columns", raising)
        done = CliRunner().invoke(app, ["site", "--home", str(folder / "home"), "--out", str(folder / "site")])
    assert done.exit_code == 1
    assert done.stderr.startswith("trackmix: 1 of the site's pages could not be written: openings.js (KeyError")
    assert "Traceback" not in done.output


def whatever_a_board_raises_costs_that_board(folder: Path) -> None:
    """A source that raises what nobody foresaw: its board fails with that reason, and the next one is fetched."""
    replies = folder / "replies"
    replies.mkdir()
    market = Market(replies)
    for name in ("merlin", "kestrel"):
        market.board(name.title(), name, [])
    usual = SOURCES["greenhouse"]

    class Odd:
        ABOUT, read, token_in = usual.ABOUT, usual.read, usual.token_in

        @staticmethod
        async def fetch(client: Client, board: Board) -> bytes:
            if board.token == "merlin":
                raise ZeroDivisionError("\x1b[31m zz01@kestrel.example.com")
            return await usual.fetch(client, board)

    async def visit() -> list[dict[str, Any]]:
        from faults.loading import DAY

        visitor = Visitor("greenhouse", Odd, "run", Folder(folder / "home"), DAY)  # type: ignore[arg-type]
        async with open_web(Replay(replies), per_second=1000) as web:
            return await visitor.visit_all(web, [Board("K", "greenhouse", name) for name in ("merlin", "kestrel")], {})

    odd, sound = asyncio.run(visit())
    assert odd["outcome"] == "failed"
    assert odd["error"] == "it cannot be asked: ZeroDivisionError: [31m [e-mail]"
    assert sound["outcome"] == "fetched"


CASES = [
    Case("one company's page", "the facts of one page raise", "every other page is written, and it is named", facts_of_one_company_raise),
    Case("a kind of page", "a kind of page raises", "every page of other kinds is written", a_kind_of_page_raises),
    Case("a script", "the rows of the openings raise", "the pages and the other script are written", the_script_of_openings_raises),
    Case("an older page", "a page raises that an earlier run wrote", "the older one does not stand for it", a_page_that_was_lost_is_no_older_one),
    Case("the command", "`trackmix site` meets such a page", "one sentence, exit 1, no traceback", the_command_says_so),
    Case("a board that raises", "fetching one board raises what nobody foresaw", "it fails with that reason, and the next is fetched", whatever_a_board_raises_costs_that_board),
]  # fmt: skip

test_holds = proving(CASES)
