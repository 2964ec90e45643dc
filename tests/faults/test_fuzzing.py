"""Fuzzing: every reader of bytes or words meets what hypothesis makes up, a little in every run and much in `make faults`.

What is made up is the same in every run; a find becomes a case of its own group.
"""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import astuple, dataclass
from functools import cache, partial
from math import isfinite
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import httpx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_sources import SOURCES, TOKENS, fetch, leaves, with_odd

from classifiers.skills import skills_named
from faults.case import Case, proving
from faults.hostile import ATTACKS, CONTACTS
from faults.loading import DAY, feed, pages
from pipeline.boards.careers import read_page
from pipeline.fetching.faults import FetchError
from pipeline.fetching.masking import masked_payload
from pipeline.fetching.pages import json_ld, links, objects
from pipeline.fetching.sitemaps import read_sitemap
from pipeline.fetching.web import Validators, open_web
from pipeline.markup import MarkupError
from pipeline.posting import Board, RawPay, RawPlace, RawPosting, sound_text
from pipeline.privacy import masked, without_contacts
from pipeline.reading.normalise import normalise, read_date
from pipeline.reading.pay import read_pay
from pipeline.reading.places import read_places
from pipeline.reading.seniority import read_seniority
from pipeline.reading.text import plain
from pipeline.sources.hackernews.first_line import read_first_line, read_line, read_row, read_sentence
from pipeline.stages.changes import Changes, Fetch
from reports.show import in_markdown, printable, safe_cell, web_address

FEW, MANY = 40, 400  # examples of a reader in a run of the tests, and in `make faults`
OUTCOMES = (["read"], ["failed"], ["empty"])
POSITION_FIELDS = (
    "id", "subcompany", "office", "additionalOffices", "department", "recruitingCategory", "name", "jobDescriptions",
    "employmentType", "seniority", "schedule", "yearsOfExperience", "keywords", "occupation", "createdAt", "salaryInformation",
)  # fmt: skip

letters = st.text(st.characters(codec=None), max_size=40)  # half pairs too
numbers = st.one_of(st.integers(), st.floats(), st.sampled_from([10**400, -(2**63), 1e308, 5e-324]))
odd = st.one_of(st.none(), st.booleans(), numbers, letters, st.sampled_from([*ATTACKS.values(), *CONTACTS]))
objects_of_any_kind = st.recursive(
    odd, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(letters, inner, max_size=4), max_leaves=12
)
PIECES = (
    "$120,000", "€60.000 - 75.000", "100k", "per year", "/hr", "EUR", "USD 1", " - ", "–", "to", "salary", "Berlin", "Berlin, Germany",
    "Remote (US)", "NY", "CA", "San Francisco, CA", "or", ";", "|", "/", "(", ")", "[", "hybrid", "Zone 1:", "Senior", "Staff", "Intern",
    "Engineer", "Kestrel (YC S24)", "https://kestrel.example.com", "<p>", "</p>", "<li>", "<b", "&amp;", "&#8238;", "&lt;", "\n", "\t", " ",
    "\x00", "\u202e", "\ud83d", "é", "東京", "@", "+49 30 1234567", "jane@kestrel.example.com", "Contact: ", "9" * 320, "0", ".", ",", "'", '"',
    "\\", "{", "}", "<script>", "]]>", "<!--", "2026-10-05", "Roles:", "- ", "• ", "Remote", "full-time", "we are hiring",
)  # fmt: skip
phrases = st.lists(st.one_of(st.sampled_from(PIECES), letters), max_size=25).map("".join)
spaced = st.lists(st.one_of(st.sampled_from(PIECES), letters), max_size=25).map(" ".join)
words = st.one_of(phrases, spaced)


@dataclass(frozen=True)
class Reader:
    """What is read, of what it is made up, and what must hold of each."""

    name: str
    made_of: st.SearchStrategy[Any]
    holds: str
    check: Callable[[Any], None]


def fuzz(reader: Reader, examples: int, _: Path) -> None:
    usual = settings(
        max_examples=examples, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
    )

    def met(made: Any) -> None:
        reader.check(made)

    usual(given(reader.made_of)(met))()


# what is made up


@cache
def reply(name: str) -> bytes:
    return fetch(name)


@cache
def places_of(name: str) -> list[tuple[Any, ...]]:
    return leaves(json.loads(reply(name)))


def replies_with_odd_values(name: str) -> st.SearchStrategy[bytes]:
    """A reply of the source with other values at some of its places."""

    @st.composite
    def made(draw: st.DrawFn) -> bytes:
        whole = json.loads(reply(name))
        for _ in range(draw(st.integers(1, 3))):
            at = draw(st.sampled_from(places_of(name)))
            with suppress(
                KeyError, IndexError, TypeError, ValueError, AttributeError
            ):  # an earlier value took the place away
                whole = with_odd(whole, at, draw(objects_of_any_kind))
        return json.dumps(whole).encode()

    return made()


def damaged(name: str) -> st.SearchStrategy[bytes]:
    """A reply of the source with bytes cut out, doubled or put in."""

    @st.composite
    def made(draw: st.DrawFn) -> bytes:
        body = reply(name)
        for _ in range(draw(st.integers(1, 3))):
            start = draw(st.integers(0, len(body)))
            end = min(len(body), start + draw(st.integers(0, 80)))
            body = body[:start] + draw(st.sampled_from([b"", body[start:end] * 2, *CUTS])) + body[end:]
        return body

    return made()


CUTS = (
    b"\x00",
    b"\xff",
    b'"',
    b"\\",
    b"\\ud83d",
    b"{",
    b"]",
    b"NaN",
    b"1e999",
    b"<",
    b"</position>",
    b"&x;",
    b"\xe2\x80\xae",
)


@st.composite
def positions(draw: st.DrawFn) -> bytes:
    """Personio's feed with one or two of its fields filled with anything, as words or as elements."""
    told = dict.fromkeys(POSITION_FIELDS, "1") | {"name": "Engineer", "office": "Berlin"}
    for name in draw(st.lists(st.sampled_from(POSITION_FIELDS), min_size=1, max_size=2)):
        value = draw(words)
        told[name] = draw(st.sampled_from([
            escape(value), value, f"<![CDATA[{value}]]>", f"<{name}>{escape(value)}</{name}>", f"<office>{escape(value)}</office>",
            f"<jobDescription><name>{escape(value)}</name><value>{escape(value)}</value></jobDescription>",
            f"<min>{escape(value)}</min><max>1e999</max><currencyCode>EUR</currencyCode><type>{escape(value)}</type>",
        ]))  # fmt: skip
    inside = "".join(f"<{name}>{value}</{name}>" for name, value in told.items())
    return feed(f"<position>{inside}</position>".encode("utf-8", "replace").decode())


@st.composite
def linked_data(draw: st.DrawFn) -> bytes:
    """A page with a JobPosting, one or two of its fields filled with anything."""
    fields = ("title", "description", "identifier", "hiringOrganization", "jobLocation", "baseSalary", "datePosted", "validThrough",
              "employmentType", "applicantLocationRequirements", "jobLocationType", "url", "@graph", "@id", "mainEntity")  # fmt: skip
    job: dict[str, Any] = {"@type": "JobPosting", "title": "Engineer", "description": "Serve"}
    for name in draw(st.lists(st.sampled_from(fields), max_size=2)):
        job[name] = draw(objects_of_any_kind)
    text = draw(
        st.sampled_from(["{}", "<!--{}-->", "/*<![CDATA[*/{}/*]]>*/", "{};", "[{}]", '{{"@graph": [{}]}}', "{}{}"])
    ).format(*[json.dumps(job)] * 2)
    return pages(
        f'{draw(words)}<script type="application/ld+json">{text}</script>{draw(words)}'.encode(
            "utf-8", "replace"
        ).decode()
    )


@st.composite
def threads(draw: st.DrawFn) -> bytes:
    comments = [
        {"id": n, "text": draw(words), "created_at": "2026-06-01T00:00:00Z"} for n in range(draw(st.integers(1, 3)))
    ]
    return json.dumps({"title": "Ask HN: Who is hiring? (June 2026)", "children": comments}).encode()


@st.composite
def sitemaps(draw: st.DrawFn) -> bytes:
    root = draw(st.sampled_from(["urlset", "sitemapindex", "x:urlset", "html"]))
    urls = "".join(f"<url><loc>{draw(words)}</loc></url>" for _ in range(draw(st.integers(0, 3))))
    start = draw(st.sampled_from(["", '<?xml version="1.0"?>', "\ufeff", "<!DOCTYPE x>"]))
    body = f"{start}<{root}>{urls}</{root}>"
    return body.encode("utf-8", "replace")[: draw(st.integers(0, 400))]


rules = st.lists(
    st.sampled_from(["User-agent: *", "User-agent: trackmix", "Disallow: /", "Allow: /jobs", "Disallow: *$*", "Crawl-delay: x", "Sitemap: https://["])
    | words, max_size=12,
).map(lambda lines: "\n".join(lines).encode("utf-8", "replace"))  # fmt: skip


# what must hold


def storable(value: object) -> None:
    """Text that a file can hold and no terminal obeys, numbers that are some."""
    if isinstance(value, str):
        assert value.encode().decode() == value
        assert sound_text(value) == value
    if isinstance(value, float):
        assert isfinite(value)


def is_read(name: str, payload: bytes) -> None:
    """One outcome for the board, and rows that can be stored."""
    changes = Changes("run")
    changes.add_payload(
        Fetch("run", Board("Kestrel", name, TOKENS[name]), DAY, frozenset(), None), SOURCES[name], payload, {}
    )
    assert [board["outcome"] for board in changes.boards] in OUTCOMES
    for row in (row for _, rows in changes.staged().values() for row in rows):
        for value in row.values():
            storable(value)
    assert all(len(row["title"]) <= 300 for row in changes.postings)


def stays_json(value: object) -> None:
    for is_ascii in (True, False):
        with suppress(UnicodeEncodeError):
            once = masked_payload(json.dumps(value, ensure_ascii=is_ascii).encode(), ("author", "creator"))
            json.loads(once)
            assert masked_payload(once, ("author", "creator")) == once


def is_masked_alike(text: str) -> None:
    """In a payload as in a text: what a text has masked, a payload of it has too."""
    text = sound_text(text)
    kept = json.loads(masked_payload(json.dumps([text]).encode()))[0]
    assert "@kestrel.example.com" not in without_contacts(kept)
    assert masked(masked(text)) == masked(text)


def is_plain(html: str) -> None:
    text = plain(html)
    storable(text)
    assert text == text.strip()
    assert "\n\n" not in text


def are_places(text: str) -> None:
    found = read_places((RawPlace(words=sound_text(text)),), None, None)
    for place in found.places:
        assert place.country is None or len(place.country) == 2
        assert place.latitude is None or (-90 <= place.latitude <= 90 and -180 <= (place.longitude or 0) <= 180)
        assert place != type(place)()


def is_pay(made: tuple[str, float | None, float | None, str | None]) -> None:
    text, low, high, currency = made
    for fields in ((), (RawPay(low, high, currency, text),)):
        pay = read_pay(fields, sound_text(text), "US", None)
        for value in astuple(pay) if pay else ():
            storable(value)
        assert pay is None or pay.low <= pay.high


def is_judged(made: tuple[str, str, str]) -> None:
    title, html, where = map(sound_text, made)
    for value in astuple(
        normalise(
            RawPosting("1", title, html, where, (RawPlace(where),), published=where, department=title, company=title)
        )
    ):
        storable(value)
    read_seniority(title, html)
    skills_named(html, title)
    read_date(where)


def is_first_line(text: str) -> None:
    line = " ".join(text.split())
    read_first_line(line)
    read_line(line)
    list(read_row(line))
    read_sentence([line, line])


def is_page(text: str) -> None:
    body = text.encode("utf-8", "replace")
    with suppress(MarkupError):
        for link in links("https://kestrel.example.com/jobs", body):
            assert link.startswith("http")
        for block in json_ld(body):
            with suppress(ValueError, RecursionError):
                objects(json.loads(block), "JobPosting")
        read_page(body, "https://kestrel.example.com/jobs")


def is_sitemap(body: bytes) -> None:
    with suppress(FetchError):
        read_sitemap(body)


def are_rules(body: bytes) -> None:
    """A page is asked for, or left alone for what robots.txt says; nothing else comes of it."""

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=body if request.url.path == "/robots.txt" else b"page")

    async def ask() -> None:
        async with open_web(httpx.MockTransport(answer), per_second=1000) as web:
            with suppress(FetchError):
                assert await web.client(Validators()).get_page("https://kestrel.example.com/jobs/1") == b"page"

    asyncio.run(ask())


def is_shown(text: str) -> None:
    line = printable(text)
    assert "\n" not in line
    assert sound_text(line.encode("utf-8", "replace").decode()) == line.encode("utf-8", "replace").decode()
    assert str(safe_cell(text))[:1] not in ("=", "+", "-", "@", "\t", "\r")
    assert "\n" not in in_markdown(text)
    assert web_address(text) in (None, text)


def _readers() -> Iterator[Reader]:
    for name in SOURCES:
        if name != "personio":  # its answer is XML, below
            yield Reader(
                f"{name}, values",
                replies_with_odd_values(name),
                "one outcome, and rows that can be stored",
                partial(is_read, name),
            )
        yield Reader(
            f"{name}, bytes", damaged(name), "one outcome, and rows that can be stored", partial(is_read, name)
        )
    yield Reader(
        "personio, fields", positions(), "one outcome, and rows that can be stored", partial(is_read, "personio")
    )
    yield Reader(
        "linked data", linked_data(), "one outcome, and rows that can be stored", partial(is_read, "jobposting_pages")
    )
    yield Reader("comments", threads(), "one outcome, and rows that can be stored", partial(is_read, "hackernews"))
    yield Reader("first lines", words, "it is read or is none", is_first_line)
    yield Reader("HTML", words, "plain lines", is_plain)
    yield Reader("pages", words, "links to the web, or it is not read", is_page)
    yield Reader("sitemaps", sitemaps(), "it is read or refused", is_sitemap)
    yield Reader("robots.txt", rules, "a page is asked for or left alone", are_rules)
    yield Reader("places", words, "places on the map", are_places)
    money = st.none() | st.floats(allow_nan=False, allow_infinity=False)
    yield Reader("pay", st.tuples(words, money, money, st.none() | letters), "finite, its ends in order", is_pay)
    yield Reader("postings", st.tuples(words, words, words), "a posting that can be stored, or a reject", is_judged)
    yield Reader("masking of payloads", objects_of_any_kind, "JSON stays JSON, and nothing is masked twice", stays_json)
    yield Reader("masking of texts", words, "a payload hides what a text hides", is_masked_alike)
    yield Reader("showing", words, "one line, no formula", is_shown)


READERS = list(_readers())
CASES = [
    Case(reader.name, f"{FEW} made up", reader.holds, partial(fuzz, reader, FEW)) for reader in READERS
] + [
    Case(f"{reader.name}, many", f"{MANY:,} made up", reader.holds, partial(fuzz, reader, MANY), long=True) for reader in READERS
]  # fmt: skip

test_holds = proving(CASES, seconds=600)
