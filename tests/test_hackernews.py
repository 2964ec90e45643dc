"""What a person reads in the lines of a "Who is hiring?" comment, and how its threads are found."""

import asyncio
import json
from typing import Any

import httpx
import pytest
from clock import is_linear

from pipeline.fetching.faults import FetchError
from pipeline.fetching.web import Validators, open_web
from pipeline.posting import Board, RawPosting, Reject
from pipeline.sources import hackernews
from pipeline.sources.hackernews.first_line import read_first_line, read_row, read_sentence
from pipeline.sources.hackernews.header_segments import HeaderFacts

FULL = ("Full-time",)
FIRST_LINES: dict[str, tuple[str | None, HeaderFacts]] = {
    # order varies, and so do the separators
    "Kestrel | Data Engineer | Berlin, Germany | REMOTE (EU) | €80k-€90k | Full-time": (
        "Kestrel",
        HeaderFacts(("Data Engineer",), None, ("Berlin, Germany", "REMOTE (EU)"), ("REMOTE",), FULL),
    ),
    "Kestrel - Onsite - Full-time - Lyon, France - Data Engineer - $170-225K": (
        "Kestrel",
        HeaderFacts(("Data Engineer",), None, ("Lyon, France",), ("Onsite",), FULL),
    ),
    "Kestrel // Vienna, Austria // Data Engineer // Full-time": (
        "Kestrel",
        HeaderFacts(("Data Engineer",), None, ("Vienna, Austria",), (), FULL),
    ),
    "kestrel.example.com / Oslo, Norway / Data Engineer / Remote or Hybrid": (
        "kestrel.example.com",
        HeaderFacts(("Data Engineer",), None, ("Oslo, Norway",), ("Remote", "Hybrid"), ()),
    ),
    "Kestrel- Senior Data Engineer- Toronto, Canada -Hybrid": (
        "Kestrel",
        HeaderFacts(("Senior Data Engineer",), None, ("Toronto, Canada",), ("Hybrid",), ()),
    ),
    "Kestrel | Engineer (Senior - Lead - Staff) | Remote | $140 - $250k + equity": (
        "Kestrel",
        HeaderFacts(("Engineer (Senior - Lead - Staff)",), None, (), ("Remote",), ()),
    ),
    # a name without what stands behind it
    "Merlin (YC W99) | Data Engineer": ("Merlin", HeaderFacts(("Data Engineer",))),
    "Merlin [https://merlin.example.com] | Data Engineer": ("Merlin", HeaderFacts(("Data Engineer",))),
    "Merlin (Remote US) — Data Engineer": (
        "Merlin",
        HeaderFacts(("Data Engineer",), None, ("Remote US",), ("Remote",), ()),
    ),
    "https://merlin.example.com | Data Engineer": ("merlin.example.com", HeaderFacts(("Data Engineer",))),
    "# Merlin, Inc. | Data Engineer": ("Merlin, Inc.", HeaderFacts(("Data Engineer",))),
    "University of California, Davis | Data Engineer": ("University of California, Davis", HeaderFacts(("Data Engineer",))),
    "Merlin is hiring a Data Engineer": ("Merlin", HeaderFacts()),
    "Merlin: Data Engineer - Remote": ("Merlin", HeaderFacts(("Data Engineer",), None, (), ("Remote",), ())),
    # a role before the name
    "Head of Data @ Osprey | Montreal, Canada": ("Osprey", HeaderFacts(("Head of Data",), None, ("Montreal, Canada",))),
    "Head of Data | Osprey Finance | Montreal, Canada": (
        "Osprey Finance",
        HeaderFacts(("Head of Data",), None, ("Montreal, Canada",)),
    ),
    # several roles, and what only looks like several
    "Osprey | ML Engineer, Product Designer and Data Analyst": (
        "Osprey",
        HeaderFacts(("ML Engineer", "Product Designer", "Data Analyst")),
    ),
    "Osprey | ML Engineer + 2x Data Engineers": ("Osprey", HeaderFacts(("ML Engineer", "Data Engineers"))),
    "Osprey | Frontend, Backend, and Fullstack Engineers": (
        "Osprey",
        HeaderFacts(("Frontend, Backend, and Fullstack Engineers",)),
    ),
    "Osprey | Mid-level and Senior Engineers, Mobile & Web Developer": (
        "Osprey",
        HeaderFacts(("Mid-level and Senior Engineers", "Mobile & Web Developer")),
    ),
    "Osprey | Staff Engineer, Search Platform": ("Osprey", HeaderFacts(("Staff Engineer, Search Platform",))),
    "Osprey | Staff Engineer - Search | Remote": (
        "Osprey",
        HeaderFacts(("Staff Engineer - Search",), None, (), ("Remote",), ()),
    ),
    "Osprey | Staff Engineer | Series B, 20M funding | Visa": ("Osprey", HeaderFacts(("Staff Engineer",))),
    "Osprey | Roles: [ML Engineer (Python), Product Manager]": (
        "Osprey",
        HeaderFacts(("ML Engineer (Python)", "Product Manager")),
    ),
    # that there are roles, but not which
    "Osprey | Multiple Roles | ONSITE in New York City": (
        "Osprey",
        HeaderFacts((), "Multiple Roles", ("ONSITE in New York City",), ("ONSITE",), ()),
    ),
    "Osprey | Engineering & Marketing | Remote": (
        "Osprey",
        HeaderFacts((), "Engineering & Marketing", (), ("Remote",), ()),
    ),
    "Osprey | Multiple positions in United States | WORK FROM HOME": (
        "Osprey",
        HeaderFacts((), "Multiple positions in United States", ("in United States",), ("WORK FROM HOME",), ()),
    ),
    # places, workplaces and terms in one segment
    "Osprey | Full-time (Remote, SF, NYC)": ("Osprey", HeaderFacts((), None, ("Remote, SF, NYC",), ("Remote",), FULL)),
    "Osprey | Berlin, no remote | Full-time, interns": (
        "Osprey",
        HeaderFacts((), None, ("Berlin, no remote",), ("no remote",), FULL),
    ),
    "Osprey | SRE (London or Remote UK)": (
        "Osprey",
        HeaderFacts(("SRE (London or Remote UK)",), None, ("London or Remote UK",), ("Remote",), ()),
    ),
    "Osprey | SRE | Remote (CET +/- 2h)": ("Osprey", HeaderFacts(("SRE",), None, ("Remote (CET +/- 2h)",), ("Remote",), ())),
    "Osprey | Python, React, Go, AI | AI / ML": ("Osprey", HeaderFacts()),
    # the sentence that begins in the line
    "Osprey | SRE | Remote We build nests for an engineer in Paris": (
        "Osprey",
        HeaderFacts(("SRE",), None, (), ("Remote",), ()),
    ),
    # no name: where, how or what comes first, or a remark
    "REMOTE (US) | Full-time | Data Scientist": (None, HeaderFacts(("Data Scientist",), None, ("REMOTE (US)",), ("REMOTE",), FULL)),
    "Founding Engineer for a stealth startup | REMOTE": (
        None,
        HeaderFacts(("Founding Engineer for a stealth startup",), None, (), ("REMOTE",), ()),
    ),
    "San Francisco, CA; Full-time": (None, HeaderFacts((), None, ("San Francisco, CA",), (), FULL)),
    "Is a degree required to apply for this job?": (None, HeaderFacts()),
    "This is spam.": (None, HeaderFacts()),
    "Hi, I'm looking for work": (None, HeaderFacts()),
    "": (None, HeaderFacts()),
}  # fmt: skip


@pytest.mark.parametrize("line", FIRST_LINES)
def test_a_first_line_reads_as_a_person_reads_it(line: str) -> None:
    assert read_first_line(line) == FIRST_LINES[line]


ROWS: dict[str, list[HeaderFacts]] = {
    "- Senior Data Engineer": [HeaderFacts(("Senior Data Engineer",))],
    "• *ML Engineer*: you train models for owls": [HeaderFacts(("ML Engineer",))],
    "2. 3x Backend Engineers (Go): https://kestrel.example.com": [HeaderFacts(("Backend Engineers (Go)",))],
    "Data Engineer II - Dublin, Ireland - On-site / Hybrid - https://kestrel.example.com": [
        HeaderFacts(("Data Engineer II",), None, ("Dublin, Ireland",), ("On-site", "Hybrid"), ())
    ],
    "* Staff Engineer - Search": [HeaderFacts(("Staff Engineer - Search",))],
    "* Staff Engineer - up to £160,000": [HeaderFacts(("Staff Engineer",))],
    "Head of Product: lead the product team": [HeaderFacts(("Head of Product",))],
    "Role: Graphics Engineer": [HeaderFacts(("Graphics Engineer",))],
    "A Data Engineer to help us count birds": [HeaderFacts(("Data Engineer",))],
    "Open roles: Data Engineer, Product Manager": [HeaderFacts(("Data Engineer",)), HeaderFacts(("Product Manager",))],
    # lines about people, work and terms are none
    "- Work closely with designers and engineers": [],
    "- 5+ years as a software engineer": [],
    "- 21 people, mostly engineers": [],
    "- Build data pipelines": [],
    "We are a team of engineers": [],
    "For Data Engineer": [],
    "What is an engineer?": [],
    "": [],
}


@pytest.mark.parametrize("line", ROWS)
def test_a_row_of_a_list_reads_as_a_person_reads_it(line: str) -> None:
    assert read_row(line) == ROWS[line]


def test_a_sentence_tells_whom_it_looks_for() -> None:
    assert (
        read_sentence(["We count birds.", "We are hiring a Senior Data Engineer to join us."]) == "Senior Data Engineer"
    )
    assert read_sentence(["Looking for people who like birds."]) is None


def comment(text: Any) -> list[RawPosting | Reject]:
    thread = {"title": "Ask HN: Who is hiring? (February 2024)"}
    thread |= {"children": [{"id": 7, "text": text, "created_at": "2024-02-03"}]}
    return list(hackernews.read(json.dumps(thread).encode()))


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Kestrel | Data Engineer | Remote<p>- Data Engineer<p>- Data Scientist", ["Data Engineer", "Data Scientist"]),
        ("Kestrel | Engineers | Remote<p>- ML Engineer<p>- SRE", ["ML Engineer", "SRE"]),
        # one or two rows of other words may be about anybody
        ("Kestrel | Product Designer | Remote<p>The team:<p>- Ex-CTOs<p>- Head of Sales", ["Product Designer"]),
        ("Kestrel | Remote | Full-time<p>We count birds.", ["Kestrel | Remote | Full-time"]),
    ],
)
def test_a_fuller_list_stands_for_the_first_line(text: str, titles: list[str]) -> None:
    assert [item.title for item in comment(text) if isinstance(item, RawPosting)] == titles


def test_a_second_line_goes_on_with_the_first() -> None:
    (posting,) = comment(
        'Kestrel (\n<a href="https:&#x2F;&#x2F;kestrel.example.com">kes...</a>)\nSRE | Lisbon, Portugal'
    )
    assert isinstance(posting, RawPosting)
    assert (posting.company, [place.words for place in posting.places]) == ("Kestrel", ["Lisbon, Portugal"])


def test_a_posting_runs_out_with_its_month() -> None:
    (posting,) = comment("Kestrel | SRE")
    assert isinstance(posting, RawPosting)
    assert posting.valid_through == "2024-02-29"


@pytest.mark.parametrize(
    "text", ["(", "<a href=", "a", "- ", "<p>", "- ML Engineer (Berlin)<p>", "Engineer, ", "hiring a "]
)
def test_a_hostile_comment_takes_no_longer_than_its_length(text: str) -> None:
    assert is_linear(lambda words: comment(f"Kestrel | Remote | {words}"), text, 10_000)
    assert is_linear(comment, text, 10_000)


def ask(answers: dict[str, Any]) -> dict[str, str]:
    def answer(request: httpx.Request) -> httpx.Response:
        assert request.url.path == "/api/v1/search_by_date"
        assert request.url.params["tags"] == "story,author_whoishiring"
        return httpx.Response(200, json=answers[request.url.params["page"]])

    async def threads() -> dict[str, str]:
        async with open_web(httpx.MockTransport(answer), per_second=1000) as web:
            return await hackernews.threads(web.client(Validators()))

    return asyncio.run(threads())


def test_the_threads_are_found_by_month_over_all_pages() -> None:
    hits = [
        {"title": "Ask HN: Who is hiring? (June 2025)", "objectID": "3"},
        {"title": "Ask HN: Who wants to be hired? (June 2025)", "objectID": "2"},
        {"title": "Ask HN: Freelancer? Seeking freelancer? (June 2025)", "objectID": "1"},
    ]
    older = [{"title": "Ask HN: Who is Hiring? (December 2013)", "objectID": "0"}]
    found = ask({"0": {"nbPages": 2, "hits": hits}, "1": {"nbPages": 2, "hits": older}})
    assert found == {"2025-06": "3", "2013-12": "0"}


@pytest.mark.parametrize("answer", [{}, [], {"nbPages": 1, "hits": [{}]}, {"nbPages": 1, "hits": []}])
def test_threads_that_cannot_be_had_are_a_failure(answer: Any) -> None:
    with pytest.raises(FetchError):
        ask({"0": answer})


def test_a_board_is_one_thread() -> None:
    async def fetch() -> bytes:
        async with open_web(httpx.MockTransport(lambda request: httpx.Response(200)), per_second=1000) as web:
            return await hackernews.fetch(web.client(Validators()), Board("", "hackernews", "whoishiring"))

    with pytest.raises(FetchError, match="whoishiring/2025-06/44159530"):
        asyncio.run(fetch())


def test_only_the_account_is_the_board() -> None:
    assert hackernews.token_in("https://news.ycombinator.com/submitted?id=whoishiring") == "whoishiring"
    assert hackernews.token_in("news.ycombinator.com/user?id=whoishiring") == "whoishiring"
    assert hackernews.token_in("https://news.ycombinator.com/user?id=someone") is None
    assert hackernews.token_in("https://news.ycombinator.com/item?id=44159530") is None
