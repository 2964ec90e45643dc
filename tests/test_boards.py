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

from pipeline.boards.careers import read_page
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
from pipeline.boards.search import board_at, find_at, find_called, is_address
from pipeline.boards.status import naming, statuses_of
from pipeline.boards.tokens import tokens_of
from pipeline.cli import app
from pipeline.fetching.replay import Replay
from pipeline.fetching.web import open_web
from pipeline.posting import Board
from pipeline.resources import BoardsResource
from pipeline.sources import discover

LEVER = "https://api.lever.co/v0/postings/{}"
ASHBY = "https://api.ashbyhq.com/posting-api/job-board/{}"
HOME_PAGE = "https://kestrel.example.com"

ADDRESSES = [
    ("https://boards.greenhouse.io/kestrel", "greenhouse", "kestrel"),
    ("https://job-boards.greenhouse.io/kestrel/jobs/4012", "greenhouse", "kestrel"),
    ("https://job-boards.eu.greenhouse.io/kestrel", "greenhouse", "kestrel"),
    ("https://boards.eu.greenhouse.io/kestrel/jobs/7?gh_src=abc", "greenhouse", "kestrel"),
    ("https://boards.greenhouse.io/embed/job_board/js?for=kestrel", "greenhouse", "kestrel"),
    ("//boards.greenhouse.io/embed/job_board?for=kestrel&b=https%3A%2F%2Fkestrel.example.com", "greenhouse", "kestrel"),
    ("https://boards.greenhouse.io/embed/job_app?for=kestrel&token=4012", "greenhouse", "kestrel"),
    ("https://boards-api.greenhouse.io/v1/boards/kestrel/jobs?content=true", "greenhouse", "kestrel"),
    ("boards.greenhouse.io/kestrel", "greenhouse", "kestrel"),
    ("https://boards.greenhouse.io/embed/job_board", None, None),
    ("https://www.greenhouse.io/customers", None, None),
    ("https://jobs.lever.co/kestrel", "lever", "kestrel"),
    ("https://jobs.lever.co/kestrel/0b1c2d3e-0000-4000-8000-000000000000/apply", "lever", "kestrel"),
    ("https://jobs.eu.lever.co/kestrel?location=Berlin", "lever", "kestrel"),
    ("https://api.lever.co/v0/postings/kestrel?mode=json", "lever", "kestrel"),
    ("https://www.lever.co/", None, None),
    ("https://jobs.ashbyhq.com/Kestrel%20Labs", "ashby", "Kestrel Labs"),
    ("https://jobs.ashbyhq.com/kestrel.ai/embed?version=2", "ashby", "kestrel.ai"),
    ("https://api.ashbyhq.com/posting-api/job-board/kestrel?includeCompensation=true", "ashby", "kestrel"),
    ("https://jobs.smartrecruiters.com/KestrelGroup/743999-engineer", "smartrecruiters", "KestrelGroup"),
    ("https://careers.smartrecruiters.com/KestrelGroup", "smartrecruiters", "KestrelGroup"),
    ("https://api.smartrecruiters.com/v1/companies/KestrelGroup/postings", "smartrecruiters", "KestrelGroup"),
    ("https://apply.workable.com/kestrel/", "workable", "kestrel"),
    ("https://apply.workable.com/kestrel/j/F4C096B22E/", "workable", "kestrel"),
    ("https://apply.workable.com/api/v1/widget/accounts/kestrel?details=true", "workable", "kestrel"),
    ("https://kestrel.workable.com/", "workable", "kestrel"),
    ("https://kestrel.recruitee.com/o/engineer", "recruitee", "kestrel"),
    ("https://kestrel.recruitee.com/api/offers/", "recruitee", "kestrel"),
    ("https://kestrel.jobs.personio.de/job/12", "personio", "kestrel"),
    ("https://kestrel.jobs.personio.com?language=en", "personio", "kestrel"),
    ("https://kestrel.wd5.myworkdayjobs.com/en-US/Outside/job/Berlin/Engineer_R1", "workday",
     "kestrel.wd5.myworkdayjobs.com/Outside"),
    ("https://kestrel.wd5.myworkdayjobs.com/Outside", "workday", "kestrel.wd5.myworkdayjobs.com/Outside"),
    ("https://jobs.gem.com/kestrel-co", "gem", "kestrel-co"),
    ("https://jobs.gem.com/kestrel-co/am9icG9zdDoxMDE?ref=x", "gem", "kestrel-co"),
    ("https://api.gem.com/job_board/v0/kestrel-co/job_posts/", "gem", "kestrel-co"),
    ("https://jobs.gem.com/api/public/graphql", None, None),
    ("https://www.gem.com/pricing", None, None),
    ("https://ats.rippling.com/kestrel-co/jobs", "rippling", "kestrel-co"),
    ("https://ats.rippling.com/en-GB/kestrel-co/jobs/0b1c2d3e", "rippling", "kestrel-co"),
    ("https://api.rippling.com/platform/api/ats/v1/board/kestrel-co/jobs", "rippling", "kestrel-co"),
    ("https://ats.rippling.com/en-GB", None, None),
    ("https://www.rippling.com/recruiting", None, None),
    ("https://kestrel.pinpointhq.com/en/postings/856f5215", "pinpoint", "kestrel"),
    ("https://kestrel-1700000000.teamtailor.com/jobs/71-engineer", "teamtailor", "kestrel-1700000000.teamtailor.com"),
    ("https://kestrel.na.teamtailor.com/jobs.rss", "teamtailor", "kestrel.na.teamtailor.com"),
    ("https://www.teamtailor.com/en/pricing", None, None),
    ("https://kestrel.teamtailor.com.example.com/", None, None),
    ("https://kestrel.bamboohr.com/careers/86?source=x", "bamboohr", "kestrel"),
    ("https://kestrel.bamboohr.com/jobs/embed2.php", "bamboohr", "kestrel"),
    ("https://www.bamboohr.com/careers/", None, None),
    ("https://kestrel.fa.us2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1/job/25587", "oracle",
     "kestrel.fa.us2.oraclecloud.com/CX_1"),
    ("https://kestrel.fa.ocs.oraclecloud.com/hcmUI/CandidateExperience/en/sites/jobsearch/jobs", "oracle",
     "kestrel.fa.ocs.oraclecloud.com/jobsearch"),
    ("kestrel.fa.us2.oraclecloud.com/CX_1", "oracle", "kestrel.fa.us2.oraclecloud.com/CX_1"),
    ("https://kestrel.fa.us2.oraclecloud.com/hcmUI/faces/FuseWelcome", None, None),
    ("https://www.oracle.com/careers/", None, None),
    ("https://kestrel.eightfold.ai/careers?domain=kestrel.example.com&start=0", "eightfold",
     "kestrel.eightfold.ai/kestrel.example.com"),
    ("https://kestrel.eightfold.ai/api/apply/v2/jobs?domain=Kestrel.example.com", "eightfold",
     "kestrel.eightfold.ai/kestrel.example.com"),
    ("https://kestrel.eightfold.ai/careers", None, None),
    ("https://careers.kestrel.example.com/careers?domain=kestrel.example.com", None, None),
    ("https://kestrel.breezy.hr/p/18df3ec23bf901-perception-engineer", "breezy", "kestrel"),
    ("https://kestrel.breezy.hr/json", "breezy", "kestrel"),
    ("https://app.breezy.hr/signin", None, None),
    ("https://gallery-cdn.breezy.hr/kestrel.png", None, None),
    ("https://careers-kestrel.icims.com/jobs/1042/inference-engineer/job?in_iframe=1", "icims", "kestrel"),
    ("https://jobs-kestrel.icims.com/jobs/search", "icims", "jobs-kestrel.icims.com"),
    ("https://www.icims.com/products/", None, None),
    ("https://www.amazon.jobs/en/search?normalized_country_code%5B%5D=DEU&offset=0", "amazon", "DEU"),
    ("https://www.amazon.jobs/en/search?base_query=agents", None, None),
    ("https://jobs.apple.com/en-us/search", "apple", "all"),
    ("https://www.apple.com/careers/", None, None),
    ("https://kestrel.pinpointhq.com/postings.json", "pinpoint", "kestrel"),
    ("https://www.pinpointhq.com/", None, None),
    ("https://kestrel.example.com/careers", None, None),
    ("https://www.workable.com/", None, None),
    ("http://[", None, None),
]  # fmt: skip

EMBEDS = [
    ('<div id="grnhse_app"></div><script src="https://boards.greenhouse.io/embed/job_board/js?for=kestrel"></script>',
     "greenhouse", "kestrel"),
    ('<iframe src="//boards.greenhouse.io/embed/job_board?for=kestrel&amp;b=x"></iframe>', "greenhouse", "kestrel"),
    ('<script>fetch("https:\\/\\/boards-api.greenhouse.io\\/v1\\/boards\\/kestrel\\/jobs")</script>',
     "greenhouse", "kestrel"),
    ('<script type="application/json">{"props":{"board":"https:\\u002F\\u002Fjobs.ashbyhq.com\\u002Fkestrel"}}</script>',
     "ashby", "kestrel"),
    ('<script src="https://jobs.ashbyhq.com/kestrel/embed?version=2"></script>', "ashby", "kestrel"),
    ('<section data-board="https://jobs.ashbyhq.com/Kestrel%20Labs"></section>', "ashby", "Kestrel Labs"),
    ("<script>window.leverJobsOptions = {accountName: 'kestrel', includeCss: true};</script>", "lever", "kestrel"),
    ('<script>window.leverJobsOptions={"includeCss":true,"accountName":"kestrel"}</script>', "lever", "kestrel"),
    ('<p>Apply at jobs.lever.co/kestrel, or write to us.</p>', "lever", "kestrel"),
    ('<script src="https://static.smartrecruiters.com/job-widget/1.6.2/script/smart_widget.js"></script>'
     '<script>widget({"company_code": "KestrelGroup", "group_id": "x"});</script>', "smartrecruiters", "KestrelGroup"),
    ("<script src='//static.smartrecruiters.com/job-widget/1.8.7/script/smart_widget.js'></script>"
     "<script>widget({company_code: 'KestrelGroup'})</script>", "smartrecruiters", "KestrelGroup"),
    ('<a href="https://apply.workable.com/kestrel/">Open roles</a>', "workable", "kestrel"),
    ('<iframe src="https://kestrel.jobs.personio.de?language=en"></iframe>', "personio", "kestrel"),
    ('<a href="https://kestrel.recruitee.com/">Jobs</a>', "recruitee", "kestrel"),
    ('<a href="https://kestrel.wd1.myworkdayjobs.com/en-US/Outside">Jobs</a>', "workday",
     "kestrel.wd1.myworkdayjobs.com/Outside"),
    ('<!-- <script src="https://boards.greenhouse.io/embed/job_board/js?for=old"></script> -->', None, None),
    ("<script>fetch(`https://boards-api.greenhouse.io/v1/boards/${token}/jobs`)</script>", None, None),
    ('<script>{"company_code": "7203"}</script>', None, None),
    ('<div id="grnhse_app"></div>', None, None),
    ("", None, None),
]  # fmt: skip


def built(source: str | None) -> None:
    if source and source not in discover():
        pytest.skip("source not built")


@pytest.mark.parametrize(("address", "source", "token"), ADDRESSES)
def test_an_address_tells_its_board(address: str, source: str | None, token: str | None) -> None:
    built(source)
    assert board_at(address) == ((source, token) if source else None)


@pytest.mark.parametrize(("html", "source", "token"), EMBEDS)
def test_a_page_tells_the_board_it_embeds(html: str, source: str | None, token: str | None) -> None:
    built(source)
    page = read_page(html.encode(), HOME_PAGE)
    told = dict.fromkeys(found for address in page.addresses if (found := board_at(address)))
    assert list(told) == ([(source, token)] if source else [])


@pytest.mark.parametrize(
    ("html", "source"),
    [
        ('<div id="grnhse_app"></div>', "greenhouse"),
        ('<a href="/careers/job?gh_jid=4012">Engineer</a>', "greenhouse"),
        ("<script>whr(document).ready(function(){whr_embed(4711, {detail: 'titles'})});</script>", "workable"),
        ('<script src="https://d10zminp1cyta8.cloudfront.net/widget.js"></script>', "recruitee"),
        ('<script>var widget = new RTWidget({"companies": [4711]})</script>', "recruitee"),
    ],
)
def test_an_embed_that_does_not_name_its_board_is_said(html: str, source: str) -> None:
    assert list(read_page(html.encode(), HOME_PAGE).nameless) == [source]


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ('<code id="pcsx-data">{"domain": "kestrel.org", "configPath": "x"}</code>', ("eightfold", "careers.kestrel.example.com/kestrel.org")),
        ('<script src="https://cdn.phenompeople.com/common/js/ph.js"></script>', ("phenom", "careers.kestrel.example.com")),
        ('<img src="https://images.teamtailor-cdn.com/logo.png">', ("teamtailor", "careers.kestrel.example.com")),
        ('<script src="https://scripts.teamtailor-cdn.com/widget/production/widget.js"></script>', None),
        ("<p>We moved from phenompeople.com</p>", None),
    ],
)  # fmt: skip
def test_a_page_that_a_vendor_serves_on_the_companys_host_tells_its_board(html: str, told: Any) -> None:
    page = read_page(html.encode(), "https://careers.kestrel.example.com/jobs")
    assert page.hosted == ((told,) if told else ())


def test_links_onward_stay_on_the_site_and_the_likeliest_come_first() -> None:
    html = b"""<a href="/about">About</a> <a href="/careers">Work here</a> <a href="https://other.example.org/jobs">x</a>
        <a href="https://jobs.kestrel.example.com/all">All</a> <a href="/x">Open positions</a> <a href="#jobs">Jobs</a>
        <a href="mailto:jobs@kestrel.example.com">Jobs</a> <a href="http://[">Jobs</a>"""
    onward = read_page(html, "https://www.kestrel.example.com/").onward
    assert onward == (
        "https://www.kestrel.example.com/x",
        "https://jobs.kestrel.example.com/all",
        "https://www.kestrel.example.com/careers",
    )


@pytest.mark.parametrize("html", [b"", b"\xff\xfe\x00", b"<a href", b"a." * 200_000, b"a" * 1_000_000, b"//" * 100_000])
def test_any_bytes_are_a_page(html: bytes) -> None:
    assert read_page(html, HOME_PAGE).onward == ()


@pytest.mark.parametrize(
    ("words", "is_one"),
    [("https://kestrel.example.com/x y", False), ("http://[", False), ("https://kestrel.example.com/jobs", True), ("kestrel.example.com", True),
     ("kestrel.example.com/jobs?x=1", True), ("Kestrel", False), ("Kestrel, Inc.", False), ("Kestrel A.I.", False)],
)  # fmt: skip
def test_an_address_is_told_from_a_name(words: str, is_one: bool) -> None:
    assert is_address(words) == is_one


def test_a_name_has_likely_tokens() -> None:
    assert tokens_of("Kestrel") == ["kestrel", "kestrelai", "kestrel-ai", "kestrel.ai"]
    assert tokens_of("Kestrel AI") == ["kestrelai", "kestrel-ai", "kestrel", "kestrel.ai"]
    assert tokens_of("Black Merlin Labs, Inc.") == [
        "blackmerlinlabs",
        "black-merlin-labs",
        "blackmerlin",
        "black-merlin",
    ]
    assert tokens_of("Kestrel / Mérlin (UK)") == [
        "kestrel", "kestrelai", "kestrel-ai", "kestrel.ai", "merlin", "merlinai", "merlin-ai", "merlin.ai"
    ]  # fmt: skip
    assert tokens_of("赤い鳥") == []


def test_postings_name_a_company_in_whole_words() -> None:
    assert naming("Kestrel & Merlin").search("<b>Kestrel &amp; Merlin</b> is hiring")
    assert naming("Kestrel AI").search("at Kestrel.ai we")
    assert not naming("Ada").search("Adaptive")
    assert not naming("!").search("!")


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
    built("jobposting_pages")
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
