"""The registry of boards: a company or any careers page leads to its board, and boards that moved are told."""

import asyncio
import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import GREENHOUSE, greenhouse_job
from typer.testing import CliRunner

from pipeline.boards.registry import (
    BUNDLED,
    COLUMNS,
    TAGS,
    RegistryError,
    add_board,
    boards_to_read,
    own_boards,
    read_boards,
)
from pipeline.boards.search import find_at, find_called
from pipeline.boards.status import statuses_of
from pipeline.cli import app
from pipeline.fetching.replay import Replay
from pipeline.fetching.web import open_web
from pipeline.posting import Board
from pipeline.resources import BoardsResource

LEVER = "https://api.lever.co/v0/postings/{}"
ASHBY = "https://api.ashbyhq.com/posting-api/job-board/{}"
HOME_PAGE = "https://kestrel.example.com"


class Replies:
    """A folder of replies that a test writes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        (folder / "index.jsonl").touch()

    def add(self, url: str, body: object = "", status: int = 200, **headers: str) -> None:
        file = self.folder / str(len(list(self.folder.iterdir())))
        file.write_text(body if isinstance(body, str) else json.dumps(body))
        line = {"url": url, "status": status, "headers": headers, "file": file.name}
        with (self.folder / "index.jsonl").open("a") as index:
            index.write(json.dumps(line) + "\n")

    def greenhouse(self, token: str, *titles: str, text: str = "Kestrel builds engines.") -> None:
        jobs = [greenhouse_job(number, title, content=text) for number, title in enumerate(titles)]
        self.add(GREENHOUSE.format(token), {"jobs": jobs, "meta": {}})

    def lever(self, token: str, *titles: str, text: str = "Kestrel builds engines.") -> None:
        self.add(LEVER.format(token), [{"id": title, "text": title, "description": text} for title in titles])


@pytest.fixture
def replies(tmp_path: Path) -> Replies:
    return Replies(tmp_path / "replies")


def found(replies: Replies, ask: Callable[..., Any], asked: str, *known: dict[str, str]) -> tuple[list[str], str]:
    """The boards found, and what was said on the way."""

    async def run() -> Any:
        async with open_web(Replay(replies.folder), backoff_seconds=0.0, per_second=1000) as web:
            return await ask(web, asked, *known)

    finding = asyncio.run(run())
    return [status.board.board_id for status in finding.statuses], " ".join(finding.notes)


def test_a_company_with_a_host_of_its_own_is_found_by_its_page(replies: Replies) -> None:
    host = "https://careers.kestrel.example.com"
    replies.add(f"{host}/", '<img src="https://images.teamtailor-cdn.com/logo.png"><a href="/jobs">Open jobs</a>')
    feed = "<rss><channel><title>x</title><item><title>Engineer</title><guid>1</guid></item></channel></rss>"
    replies.add(f"{host}/jobs.rss?offset=0", feed)
    replies.add(f"{host}/jobs.rss?offset=1", "<rss><channel><title>x</title></channel></rss>")
    boards, said = found(replies, find_at, f"{host}/", {})
    assert boards == ["teamtailor/careers.kestrel.example.com"]
    assert "is a page of it" in said


def test_every_bundled_token_has_the_form_that_its_source_asks_by(replies: Replies) -> None:
    async def run() -> list[tuple[str, str]]:
        async with open_web(Replay(replies.folder), backoff_seconds=0.0, per_second=1e6) as web:
            return [(status.board.board_id, status.state) for status in await statuses_of(web, read_boards(BUNDLED))]

    asked = [board for board, state in asyncio.run(run()) if state != "dead"]  # none is there in an empty folder
    assert asked == ["hackernews/whoishiring"]  # the account whose threads are boards


def test_a_redirect_leads_to_the_board(replies: Replies) -> None:
    replies.add("https://careers.kestrel.example.com/", status=302, location="https://jobs.lever.co/kestrel")
    replies.add("https://jobs.lever.co/kestrel", "no robots here", status=403)
    replies.lever("kestrel", "Engineer")
    boards, said = found(replies, find_at, "http://careers.kestrel.example.com/", {})
    assert boards == ["lever/kestrel"]
    assert "leads there" in said


def test_a_page_one_link_onward_names_the_board(replies: Replies) -> None:
    replies.add(f"{HOME_PAGE}/", '<a href="/team/careers?all=1">Careers</a>')
    replies.add(
        f"{HOME_PAGE}/team/careers?all=1", '<a href="/further">Jobs</a><a href="https://jobs.lever.co/kestrel">All</a>'
    )
    replies.lever("kestrel", "Engineer")
    assert found(replies, find_at, "kestrel.example.com/", {})[0] == ["lever/kestrel"]


def test_two_boards_of_a_page_are_both_shown_and_a_dead_one_is_said(replies: Replies) -> None:
    links = [f'<a href="https://jobs.lever.co/{token}">x</a>' for token in ("kestrel", "KESTREL", "gone")]
    replies.add(f"{HOME_PAGE}/jobs", "".join(links) + '<iframe src="https://boards.greenhouse.io/merlin"></iframe>')
    replies.lever("kestrel", "Engineer")
    replies.greenhouse("merlin", "Engineer")
    boards, said = found(replies, find_at, f"{HOME_PAGE}/jobs", {})
    assert boards == ["lever/kestrel", "greenhouse/merlin"]
    assert "lever/gone is dead" in said


def test_a_page_that_lists_companies_is_not_read_to_the_end(replies: Replies) -> None:
    replies.add(f"{HOME_PAGE}/portfolio", "".join(f'<a href="https://jobs.lever.co/c{n}">x</a>' for n in range(50)))
    assert "names 50 boards, of which the first 8 were read" in found(replies, find_at, f"{HOME_PAGE}/portfolio", {})[1]


def test_pages_that_tell_nothing_say_why(replies: Replies) -> None:
    replies.add(f"{HOME_PAGE}/jobs", "<p>We are hiring.</p><div id='grnhse_app'></div>")
    replies.add(f"{HOME_PAGE}/closed", "no", status=403)
    replies.add("https://shy.example.com/robots.txt", "User-agent: *\nDisallow: /")
    replies.add("https://shy.example.com/jobs", '<a href="https://jobs.lever.co/kestrel">All</a>')
    for address, reason in {
        f"{HOME_PAGE}/jobs": "names no board",
        f"{HOME_PAGE}/closed": "403",
        f"{HOME_PAGE}/none": "no such page (404)",
        "https://shy.example.com/jobs": "robots.txt",
    }.items():
        boards, said = found(replies, find_at, address, {})
        assert boards == []
        assert reason in said
    assert (
        "embeds a Greenhouse board, whose name is not in the page"
        in found(replies, find_at, f"{HOME_PAGE}/jobs", {})[1]
    )


def test_a_page_that_holds_job_postings_is_the_last_resort(replies: Replies) -> None:
    posting = {"@context": "https://schema.org", "@type": "JobPosting", "title": "Engineer", "description": "<p>Engines.</p>",
               "hiringOrganization": {"@type": "Organization", "name": "Kestrel"}}  # fmt: skip
    script = f'<script type="application/ld+json">{json.dumps(posting)}</script>'
    replies.add(f"{HOME_PAGE}/jobs/1", script)
    assert found(replies, find_at, f"{HOME_PAGE}/jobs/1", {})[0] == [f"jobposting_pages/{HOME_PAGE}/jobs/1"]
    replies.add(f"{HOME_PAGE}/jobs/2", script + '<a href="https://jobs.lever.co/kestrel">Apply</a>')
    replies.lever("kestrel", "Engineer")
    assert found(replies, find_at, f"{HOME_PAGE}/jobs/2", {})[0] == ["lever/kestrel"]


def test_a_name_is_tried_at_the_newer_kinds_of_board_too(replies: Replies) -> None:
    job = {"id": "1", "title": "Engineer", "content": "<p>Kestrel builds engines.</p>"}
    replies.add("https://api.gem.com/job_board/v0/kestrel-ai/job_posts/", [job])
    listed = "https://api.rippling.com/platform/api/ats/v1/board/kestrel/jobs"
    replies.add(listed, [{"uuid": "1", "name": "Engineer"}])
    replies.add(f"{listed}/1", {"description": {"role": "<p>Build engines at Kestrel.</p>"}})
    assert sorted(found(replies, find_called, "Kestrel")[0]) == ["gem/kestrel-ai", "rippling/kestrel"]


def test_a_name_is_tried_and_the_board_that_names_the_company_comes_first(replies: Replies) -> None:
    replies.lever("kestrel", "Baker", text="Bread and cake.")
    replies.greenhouse("kestrelai", "Engineer", "Researcher")
    replies.add(ASHBY.format("kestrel-ai"), {"jobs": []})
    replies.add(GREENHOUSE.format("kestrel"), "no", status=403)
    boards, said = found(replies, find_called, "Kestrel")
    assert boards == ["greenhouse/kestrelai", "lever/kestrel"]
    assert "Lists nothing, which may mean that there is no such board: ashby/kestrel-ai" in said
    assert "Greenhouse could not be searched: the answer was 403" in said


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def trackmix(replies: Replies, home: Path, *words: str) -> tuple[int, str, str]:
    """Exit status, standard output, standard error of `trackmix boards`."""
    where = ["--replay", str(replies.folder), "--home", str(home)]
    result = CliRunner().invoke(app, ["boards", *words, *where])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def rows(replies: Replies, home: Path, *words: str) -> tuple[int, list[dict[str, Any]]]:
    status, out, _ = trackmix(replies, home, *words, "--format", "json")
    return status, json.loads(out)


def test_find_shows_evidence_and_ends_with_the_command(replies: Replies, home: Path) -> None:
    replies.greenhouse("kestrelfalcons", "Engineer", "Researcher", "Writer", "Cook")
    page = (
        '<meta property="og:site_name" content="Kestrel Falcons"><a href="https://boards.greenhouse.io/kestrelfalcons">'
    )
    replies.add(f"{HOME_PAGE}/jobs", page)
    status, out, _ = trackmix(replies, home, "find", f"{HOME_PAGE}/jobs")
    assert status == 0
    assert "Engineer; Researcher; Writer" in out
    assert out.splitlines()[-1] == (f"trackmix boards add 'Kestrel Falcons' greenhouse kestrelfalcons --home {home}")
    assert not home.exists()
    _, [row] = rows(replies, home, "find", "https://boards.greenhouse.io/kestrelfalcons")
    assert (row["postings"], row["naming_it"], row["in_registry_as"]) == (4, 0, None)
    _, [row] = rows(replies, home, "find", "Kestrelfalcons")
    assert row["token"] == "kestrelfalcons"


def test_find_says_when_it_cannot_tell(replies: Replies, home: Path) -> None:
    for asked, reason in {
        "Qwxzy Nobody": "Tried qwxzynobody, qwxzy-nobody",
        "qwxzy.example.com": "no such page (404)",
        "https://jobs.lever.co/qwxzy": "lever/qwxzy is dead",
    }.items():
        status, out, err = trackmix(replies, home, "find", asked)
        assert (status, out) == (1, "")
        assert f"no board found for {asked}" in err
        assert reason in err


def test_find_asks_the_registry_first(replies: Replies, home: Path) -> None:
    _, [row, *_] = rows(replies, home, "find", "anthropic")
    assert (row["company"], row["source"], row["token"]) == ("Anthropic", "greenhouse", "anthropic")
    status, like = rows(replies, home, "find", "Antropic")
    assert status == 0
    assert "Anthropic" in [row["in_registry_as"] for row in like]


def test_add_creates_the_users_registry_and_keeps_its_lines(replies: Replies, home: Path) -> None:
    replies.lever("kestrel", "Engineer")
    replies.greenhouse("merlin", "Engineer")
    replies.add(f"{HOME_PAGE}/jobs", '<a href="https://boards.greenhouse.io/merlin">Jobs</a>')
    status, out, _ = trackmix(replies, home, "add", "Kestrel, again", "Lever", "kestrel")
    assert status == 0
    assert "added Kestrel, again, lever/kestrel (1 open)" in out
    file = home / "boards.csv"
    assert file.read_text() == 'company,source,token,tags,confidence\n"Kestrel, again",lever,kestrel,,\n'
    file.write_bytes(b"\xef\xbb\xbftoken,source,company,note\r\nx,lever,X,mine\r\nkestrel,lever,Kestrel,\xc3\xa9")
    assert trackmix(replies, home, "add", "Merlin", f"{HOME_PAGE}/jobs")[0] == 0
    assert file.read_bytes() == (
        b"\xef\xbb\xbftoken,source,company,note\r\nx,lever,X,mine\r\nkestrel,lever,Kestrel,\xc3\xa9\r\n"
        b"merlin,greenhouse,Merlin,\r\n"
    )
    assert [board.board_id for board in own_boards(home)] == ["lever/x", "lever/kestrel", "greenhouse/merlin"]
    assert [path.name for path in home.iterdir()] == ["boards.csv"]


def test_add_refuses_what_cannot_be_read(replies: Replies, home: Path) -> None:
    replies.lever("kestrel", "Engineer")
    replies.greenhouse("merlin", "Engineer")
    replies.add(GREENHOUSE.format("shut"), "no", status=403)
    replies.add(f"{HOME_PAGE}/jobs", '<a href="https://boards.greenhouse.io/merlin"><a href="//jobs.lever.co/kestrel">')
    for words, reason in {
        ("Kestrel", "lever", "gone"): "lever/gone is dead: no such board (404)",
        ("Kestrel", "greenhouse", "shut"): "greenhouse/shut is failed: the answer was 403",
        ("Kestrel", "pigeon", "kestrel"): "pigeon is not a source that trackmix reads",
        ("Kestrel", "lever"): "COMPANY SOURCE TOKEN",
        ("Kestrel", f"{HOME_PAGE}/jobs"): "several boards; name the one you mean: greenhouse merlin, lever kestrel",
        (f"{HOME_PAGE}/none",): "no such page (404)",
    }.items():
        status, _, err = trackmix(replies, home, "add", *words)
        assert status == (2 if reason.startswith(("pigeon", "COMPANY")) else 1)
        assert reason in err
    assert not home.exists()
    assert trackmix(replies, home, "add", "Kestrel", "lever", "kestrel")[0] == 0
    replies.greenhouse("anthropic", "Engineer")
    assert trackmix(replies, home, "add", "anthropic", "greenhouse", "https://boards.greenhouse.io/anthropic")[0] == 1
    status, _, err = trackmix(replies, home, "add", "Merlin", "lever", "kestrel")
    assert status == 1
    assert "already" in err


def test_the_users_registry_stands_before_the_bundled_one(replies: Replies, home: Path) -> None:
    replies.lever("anthropic-eu", "Engineer")
    replies.greenhouse("openevidence", "Engineer")
    status, out, _ = trackmix(replies, home, "add", "ANTHROPIC", "lever", "anthropic-eu")
    assert status == 0
    assert "it stands in for the bundled greenhouse/anthropic of Anthropic" in out
    assert trackmix(replies, home, "add", "Kestrel", "greenhouse", "openevidence")[0] == 0
    read = boards_to_read(home)
    assert [board for board in read if board.company.casefold() == "anthropic"] == [
        Board("ANTHROPIC", "lever", "anthropic-eu")
    ]
    assert len(read) == len(read_boards(BUNDLED)) + 1
    assert boards_to_read(home, BUNDLED) == read_boards(BUNDLED)
    assert BoardsResource().read(home) == read
    assert BoardsResource(registry=str(BUNDLED)).read(home) == read_boards(BUNDLED)
    _, [row] = rows(replies, home, "list", "anthropic")
    assert row["is_yours"] is True


def test_list_chooses_by_words_source_and_tag(replies: Replies, home: Path) -> None:
    _, every = rows(replies, home, "list")
    assert len(every) == len(read_boards(BUNDLED))
    _, labs = rows(replies, home, "list", "--tag", "lab", "--source", "ashby")
    assert 0 < len(labs) < len(every)
    assert all("lab" in row["tags"].split(";") and row["source"] == "ashby" for row in labs)
    _, safe = rows(replies, home, "list", "safety", "lever")
    assert {row["source"] for row in safe} == {"lever"}


def test_a_replayed_folder_with_boards_replaces_the_registry(replies: Replies, home: Path) -> None:
    (replies.folder / "boards.csv").write_text("company,source,token,market\nKestrel,lever,kestrel,sample\n")
    assert [row["company"] for row in rows(replies, home, "list")[1]] == ["Kestrel"]


def test_check_says_how_every_board_is_and_what_to_do(replies: Replies, home: Path) -> None:
    lines = ["Alive,lever,alive", "Bare,lever,bare", "Gone,lever,gone", "Kestrel,lever,kestrel", "Merlin,ashby,merlin",
             "Shut,greenhouse,shut"]  # fmt: skip
    (replies.folder / "boards.csv").write_text("company,source,token\n" + "\n".join(lines))
    replies.lever("alive", "Engineer", "Writer")
    replies.lever("bare")
    replies.greenhouse("kestrel-ai", "Engineer")
    replies.greenhouse("merlin", "Baker", text="Bread of another house.")
    replies.add(GREENHOUSE.format("shut"), "no", status=403)
    status, checked = rows(replies, home, "check")
    assert status == 1
    told = {row["company"]: (row["state"], row["postings"], row["do"]) for row in checked}
    at = f"--home {home}"
    assert told == {
        "Alive": ("alive", 2, None),
        "Bare": ("empty", 0, None),
        "Gone": ("dead", 0, f"trackmix boards find ADDRESS-OF-ITS-CAREERS-PAGE {at}"),
        "Kestrel": ("moved", 0, f"trackmix boards add Kestrel greenhouse kestrel-ai {at}"),
        "Merlin": ("dead", 0, f"trackmix boards find ADDRESS-OF-ITS-CAREERS-PAGE {at}"),
        "Shut": ("failed", 0, f"trackmix boards check Shut {at}"),
    }
    assert [row["state"] for row in checked[:3]] == ["dead", "dead", "moved"]
    assert rows(replies, home, "check", "alive", "Bare")[0] == 0
    assert len(rows(replies, home, "check", "--source", "greenhouse")[1]) == 1
    status, _, err = trackmix(replies, home, "check", "Nobody")
    assert status == 2
    assert "the registry has no" in err
    status, _, err = trackmix(replies, home, "check", "--source", "dovecote")
    assert status == 2
    assert "dovecote is not a source that trackmix reads" in err


def test_check_of_the_users_own_dead_board_names_its_line(replies: Replies, home: Path) -> None:
    home.mkdir()
    (home / "boards.csv").write_text("company,source,token\nKestrel,lever,gone\n")
    replies.greenhouse("kestrel", "Engineer")
    status, [row] = rows(replies, home, "check", "Kestrel")
    assert status == 1
    assert row["do"].endswith(f"and delete its line in {home / 'boards.csv'}")


def test_a_registry_with_a_fault_stops_every_command(replies: Replies, home: Path) -> None:
    home.mkdir()
    replies.lever("kestrel", "Engineer")
    for text, reason in {
        "company,source,token\nX,lever,\n": "line 2",
        "name,board\n": "company,source,token",
    }.items():
        (home / "boards.csv").write_text(text)
        status, _, err = trackmix(replies, home, "add", "Kestrel", "lever", "kestrel")
        assert (status, (home / "boards.csv").read_text()) == (2, text)
        assert reason in err
    with pytest.raises(RegistryError, match="header company,source,token"):
        add_board(home, Board("Kestrel", "lever", "kestrel"))


def test_the_bundled_registry_names_every_company_once_with_known_tags() -> None:
    with BUNDLED.open(newline="") as file:
        listed = list(csv.DictReader(file))
    assert tuple(listed[0]) == COLUMNS
    companies = [row["company"].casefold() for row in listed]
    assert len(companies) == len(set(companies)) == len(read_boards(BUNDLED)) > 500
    assert companies == sorted(companies)
    assert {tag for board in read_boards(BUNDLED) for tag in board.tags} == set(TAGS)
    assert {row["confidence"] for row in listed} == {"high", "medium", "low"}
