"""What an address, a page or a name alone tells of a board, before anything is asked."""

from typing import Any

import pytest

from pipeline.boards.careers import read_page
from pipeline.boards.search import board_at, is_address
from pipeline.boards.status import naming
from pipeline.boards.tokens import tokens_of
from pipeline.sources import discover

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
