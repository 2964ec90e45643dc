"""Payloads: whatever a board answers costs what cannot be read, and nothing else."""

import json
from collections.abc import Callable
from dataclasses import replace
from math import inf, isfinite, nan
from pathlib import Path
from typing import Any

import pytest
from conftest import greenhouse_job, remoteok_job

from faults.case import Case, proving
from faults.loading import Loaded, assert_linear, feed, load, pages
from pipeline.fetching.faults import FetchError
from pipeline.fetching.masking import masked_payload
from pipeline.fetching.payload import PayloadError
from pipeline.fetching.sitemaps import read_sitemap
from pipeline.markup import MAX_TAGS
from pipeline.privacy import masked
from pipeline.reading.normalise import MAX_NAME, MAX_PLACES, MAX_RANGES, MAX_TITLE, normalise
from pipeline.reading.text import plain
from pipeline.resources import SOURCES

OVERRIDE, HALF = "\u202e", "\ud83d"
THREAD = {"title": "Ask HN: Who is hiring? (June 2026)"}


def board(*jobs: object) -> dict[str, Any]:
    return {"jobs": list(jobs)}


def costs_itself(job: object, reason: str) -> Callable[[Path], None]:
    """The odd posting is a reject for this reason, and its neighbour is read."""

    def proof(home: Path) -> None:
        found = load(home, board(job, greenhouse_job(99)))
        assert found.outcome == "read"
        assert [row["posting_id"] for row in found.postings] == ["greenhouse/kestrel/99"]
        assert len(found.rejects) == 1
        assert reason in found.rejects[0]["reason"]

    return proof


def costs_the_board(payload: bytes, reason: str, source: str = "greenhouse") -> Callable[[Path], None]:
    def proof(home: Path) -> None:
        found = load(home, payload, source)
        assert (found.outcome, found.postings, found.rejects) == ("failed", [], [])
        assert reason in found.error
        assert len(found.error) < 500

    return proof


def reads(job: dict[str, Any], check: Callable[[dict[str, Any]], bool]) -> Callable[[Path], None]:
    """The odd posting is read, as `check` says, and its neighbour too."""

    def proof(home: Path) -> None:
        found = load(home, board(job, greenhouse_job(999_999)))
        assert (found.outcome, found.rejects) == ("read", [])
        (odd,) = (row for row in found.postings if row["posting_id"] != "greenhouse/kestrel/999999")
        assert check(odd), odd

    return proof


def pay(**changed: Any) -> dict[str, Any]:
    field = {"min_cents": 12_000_000, "max_cents": 15_000_000, "currency_type": "USD", "title": "Annual Salary"}
    return greenhouse_job(1, pay_input_ranges=[field | changed])


def no_pay_beyond_reason(row: dict[str, Any]) -> bool:
    return all(row[name] is None or isfinite(row[name]) for name in ("pay_low_usd", "pay_high_usd"))


def keeps_one_of_two_keys(home: Path) -> None:
    text = json.dumps(board(greenhouse_job(1))).replace('"title": "Inf', '"title": "First", "title": "Inf')
    assert load(home, text.encode()).one["title"] == "Inference Engineer"


def keeps_the_last_list(home: Path) -> None:
    twice = b'{"jobs": [], "jobs": [' + json.dumps(greenhouse_job(1)).encode() + b"]}"
    assert load(home, twice).one["title"] == "Inference Engineer"


def keeps_every_id_apart(home: Path) -> None:
    ids = [1, "1a", -1, 0, 10**30, "01", "a/b", "a b", "é", "x" * 2_000]
    found = load(home, board(*(greenhouse_job(1, id=one) for one in ids)))
    assert len(found.postings) == len(ids)
    assert found.rejects == []


def rejects_what_is_no_id(home: Path) -> None:
    ids = [None, True, False, 1.5, nan, inf, [], [1], {}, "", " ", "\t", "\x07", "x" * 2_001]
    found = load(home, board(*(greenhouse_job(1, id=one) for one in ids)))
    assert len(found.rejects) == len(ids)
    assert found.postings == []
    assert "nothing is closed" in found.error


def takes_no_more_places_than_a_job_has(home: Path) -> None:
    job = {"id": "1", "title": "Engineer", "location": "Berlin, Germany", "descriptionHtml": "<p>Serve models</p>"}
    town = [{"location": f"Town {number:05}, Germany"} for number in range(10_000)]
    found = load(home, board(job | {"secondaryLocations": town}), "ashby")
    assert found.one["title"] == "Engineer"
    assert 1 <= found.places <= MAX_PLACES


def takes_no_more_ranges_than_a_job_has(home: Path) -> None:
    ranges = [
        {
            "min_cents": 10_000_000 + 100 * n,
            "max_cents": 20_000_000 + 100 * n,
            "currency_type": "USD",
            "title": f"Zone {n}",
        }
        for n in range(1_000)
    ]
    found = load(home, board(greenhouse_job(1, pay_input_ranges=ranges)))
    assert found.one["pay_low_usd"] > 0
    assert 1 <= found.ranges <= MAX_RANGES


def reads_a_thousand_ranges_in_words(home: Path) -> None:
    words = " ".join(f"Zone {n}: ${100 + n % 100},000 - ${200 + n % 90},000." for n in range(1_000))
    assert len(load(home, board(greenhouse_job(1, content=words))).postings) == 1


def cuts_a_title_of_megabytes(home: Path) -> None:
    title = load(home, board(greenhouse_job(1, title="Engineer " * 1_000_000))).one["title"]
    assert len(title) == MAX_TITLE
    assert title.endswith("…")


def rejects_a_text_of_100_megabytes(home: Path) -> None:
    costs_itself(greenhouse_job(1, content="x" * 100_000_000), "longer than 1,000,000 characters")(home)


def masks_a_payload_of_megabytes(home: Path) -> None:
    for part in ("@", "1 ", "a@b.", "\\\\u0040", "&#64;"):
        payload = json.dumps([part * (6_000_000 // len(part))]).encode()
        assert isinstance(json.loads(masked_payload(payload, ("author",))), list)


def refuses_entities(home: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><position><id>1</id><name>&a;</name></position>'
    found = load(home, feed(bomb), "personio")
    assert (found.outcome, found.postings) == ("failed", [])


def reads_no_entity_inside_a_position(home: Path) -> None:
    found = load(home, feed(position(1, name="&undeclared;") + position(2)), "personio")
    assert [row["posting_id"] for row in found.postings] == ["personio/kestrel/2"]
    assert "malformed" in found.rejects[0]["reason"]


def position(number: int, **fields: str) -> str:
    told = {"id": str(number), "name": "Engineer", "office": "Berlin"} | fields
    return "<position>" + "".join(f"<{name}>{value}</{name}>" for name, value in told.items()) + "</position>"


def reads_positions_around_a_broken_one(home: Path) -> None:
    broken = position(2, name="Engineer</nome>")
    found = load(home, feed(position(1) + broken + position(3)), "personio")
    assert [row["posting_id"][-1] for row in found.postings] == ["1", "3"]
    assert [row["native_id"] for row in found.rejects] == ["2"]


def survives_a_deep_position(home: Path) -> None:
    deep = "<a>" * 20_000 + "</a>" * 20_000
    found = load(home, feed(position(1, deep=deep) + position(2)), "personio")
    assert "personio/kestrel/2" in [row["posting_id"] for row in found.postings]


def rejects_half_a_feed(home: Path) -> None:
    found = load(home, feed(position(1) + "<position><id>2</id>"), "personio")
    assert (found.outcome, found.postings) == ("failed", [])
    assert "not a whole feed" in found.error


def feeds_without_ends_take_linear_time(home: Path) -> None:
    def read(size: int) -> None:
        with pytest.raises(PayloadError):
            list(SOURCES["personio"].read(feed("<position>" * size)))

    assert_linear(read, 20_000)


def blanks_take_linear_time(home: Path) -> None:
    assert_linear(
        lambda size: list(SOURCES["remoteok"].read(json.dumps([remoteok_job(1, description=" " * size)]).encode())),
        20_000,
    )


def texts_take_linear_time(home: Path) -> None:
    parts = (
        "<",
        "&",
        "1,",
        "$1",
        "$100k-",
        "a@",
        "a.",
        "a@b.",
        "(",
        "Tel: 1 ",
        "Contact: A ",
        " dot ",
        "00 1",
        "\u00a0",
    )
    for part in parts:
        assert_linear(lambda size, part=part: masked(plain(part * size)), 3_000)  # type: ignore[misc]


def postings_take_linear_time(home: Path) -> None:
    (raw,) = SOURCES["greenhouse"].read(json.dumps(board(greenhouse_job(1))).encode())
    for part in ("Salary $1", "$100k - ", "per year ", "Berlin, ", "senior ", "| ", "- a\n", "100.000 "):
        assert_linear(lambda size, part=part: normalise(replace(raw, html=part * size)), 2_000)  # type: ignore[misc, type-var]


def payloads_are_masked_in_linear_time(home: Path) -> None:
    for part in ("\\", '"', '\\"author\\":', "@", "1 ", "&amp;", "\\u0040", "a@b", "{"):
        text = part.encode()
        assert_linear(lambda size, text=text: masked_payload(text * size, ("author", "creator")), 5_000)  # type: ignore[misc]


def a_page_of_tags_costs_that_page(home: Path) -> None:
    job = '<script type="application/ld+json">{"@type": "JobPosting", "title": "Engineer", "description": "Serve"}</script>'
    found = load(home, pages("<div>" * (MAX_TAGS + 1) + job, job), "jobposting_pages")
    assert found.one["title"] == "Engineer"
    assert "tags" in found.rejects[0]["reason"]


def a_text_of_tags_costs_that_posting(home: Path) -> None:
    costs_itself(greenhouse_job(1, content="<b></i>" * MAX_TAGS), "tags")(home)


def broken_linked_data_costs_that_page(home: Path) -> None:
    job = '<script type="application/ld+json">{"@type": "JobPosting", "title": "Engineer", "description": "Serve"}</script>'
    found = load(home, pages(job.replace('"Engineer"', '"Engineer'), job), "jobposting_pages")
    assert found.one["title"] == "Engineer"
    assert "not JSON" in found.rejects[0]["reason"]


def deep_linked_data_costs_that_page(home: Path) -> None:
    job = '<script type="application/ld+json">{"@type": "JobPosting", "title": "Engineer", "description": "Serve"}</script>'
    deep = job.replace('"Serve"', "[" * 5_000 + "]" * 5_000)
    found = load(home, pages(deep, job), "jobposting_pages")
    assert [row["title"] for row in found.postings] == ["Engineer"]


def refuses(body: bytes, reason: str) -> Callable[[Path], None]:
    def proof(_: Path) -> None:
        with pytest.raises(FetchError, match=reason):
            read_sitemap(body)

    return proof


def comments_cost_themselves(home: Path) -> None:
    children = [{"id": 1, "text": ["Kestrel | Engineer | Berlin"]}, None, "x", {"id": {}, "text": "a"}, {"id": 2}]
    sound = {"id": 9, "text": "Kestrel | Inference Engineer | Berlin, Germany", "created_at": "2026-06-01T00:00:00Z"}
    found = load(home, {**THREAD, "children": [*children, sound]}, "hackernews")
    assert [row["title"] for row in found.postings] == ["Inference Engineer"]
    assert len(found.rejects) == 4


def a_comment_of_a_megabyte_is_read(home: Path) -> None:
    long = {"id": 1, "text": "Kestrel | Engineer | Berlin | " + "x | " * 250_000, "created_at": "2026-06-01T00:00:00Z"}
    found = load(home, {**THREAD, "children": [long]}, "hackernews")
    assert len(found.postings) + len(found.rejects) == 1


def no_control_is_left(field: str, odd: str) -> Callable[[dict[str, Any]], bool]:
    def check(row: dict[str, Any]) -> bool:
        return odd not in row[field] and "Engineer" in row[field]

    return check


def said(found: Loaded) -> str:
    return json.dumps([found.postings, found.rejects, found.error], default=str, ensure_ascii=False)


def no_control_is_left_anywhere(home: Path) -> None:
    bad = "".join(
        map(chr, [*range(1, 9), 11, 12, *range(14, 32), *range(127, 160), 0x200E, 0x200F, *range(0x2028, 0x202F)])
    )
    job = greenhouse_job(
        1, title=f"A{bad}B", content=f"a{bad}b &#27;[2J &#8238;", absolute_url=f"https://a.example.com/{bad}"
    )
    job |= {"departments": [{"name": f"D{bad}"}], "location": {"name": f"Berlin{bad}, Germany"}, "id": f"i{bad}"}
    found = load(home, board(job, {"id": f"x{bad}", "title": [bad]}, {"title": bad}))
    assert len(found.postings) == 1
    left = {
        letter for row in (*found.postings, *found.rejects) for value in row.values() for letter in str(value)
    } & set(bad)
    assert left <= {"\n"}, sorted(map(hex, map(ord, left)))


CASES = [
    Case("NaN pay", "a pay of NaN", "costs its posting", costs_itself(pay(min_cents=nan), "number")),
    Case("infinite pay", "a pay of Infinity", "costs its posting", costs_itself(pay(max_cents=inf), "number")),
    Case("minus infinity", "a pay of -Infinity", "costs its posting", costs_itself(pay(min_cents=-inf), "number")),
    Case("400 digits of pay", "10**400 as pay", "costs its posting", costs_itself(pay(min_cents=10**400), "unreadable")),
    Case("negative pay", "pay below zero", "it is read without a figure beyond reason", reads(pay(min_cents=-5), no_pay_beyond_reason)),
    Case("enormous pay", "1e300 as pay", "it is read without a figure beyond reason", reads(pay(max_cents=1e300), no_pay_beyond_reason)),
    Case("pay upside down", "the low end above the high one", "it is read", reads(pay(min_cents=9e7, max_cents=1e6), no_pay_beyond_reason)),
    Case("digits in words", "an amount of 300 digits in the text", "it is read", reads(greenhouse_job(1, content="Salary $" + "9" * 300), no_pay_beyond_reason)),
    Case("two titles", "a key that stands twice", "the last one counts, as JSON is commonly read", keeps_one_of_two_keys),
    Case("two lists", "the list of postings stands twice", "the last one counts", keeps_the_last_list),
    Case("5,000 levels", "brackets 5,000 deep and no end", "costs the board", costs_the_board(b'{"jobs": ' + b"[" * 5_000, "cannot be read")),
    Case("5,000 levels closed", "a field 5,000 deep", "costs the board", costs_the_board(b'{"jobs": [' + b"[" * 5_000 + b"]" * 5_000 + b"]}", "cannot be read")),
    Case("5,000 objects", "objects 5,000 deep", "costs the board", costs_the_board(b'{"jobs": ' + b'{"a":' * 5_000 + b"1" + b"}" * 5_000 + b"}", "cannot be read")),
    Case("nothing", "no byte", "costs the board", costs_the_board(b"", "not whole JSON")),
    Case("null", "the payload null", "costs the board", costs_the_board(b"null", "no list")),
    Case("a number", "the payload 7", "costs the board", costs_the_board(b"7", "no list")),
    Case("a page", "HTML", "costs the board", costs_the_board(b"<!doctype html>", "not whole JSON")),
    Case("half", "JSON cut in half", "costs the board", costs_the_board(b'{"jobs": [{"id": 1', "not whole JSON")),
    Case("two documents", "JSON behind JSON", "costs the board", costs_the_board(b'{"jobs": []}{"jobs": []}', "not whole JSON")),
    Case("no UTF-8", "bytes that are no text", "costs the board", costs_the_board(b'{"jobs": ["\xff\xfe"]}', "not whole JSON")),
    Case("zero bytes", "a megabyte of zeros", "costs the board", costs_the_board(bytes(1_000_000), "JSON")),
    Case("an object for the list", "jobs is an object", "costs the board", costs_the_board(b'{"jobs": {"1": {}}}', "no list")),
    Case("a bundle of nothing", "answers without a body", "costs the board", costs_the_board(b'[{"url": "https://a"}]', "no list of answers", "personio")),
    Case("byte-order mark", "a mark before the JSON", "it is read", lambda home: load(home, b"\xef\xbb\xbf" + json.dumps(board(greenhouse_job(1))).encode()).one),
    Case("UTF-16", "JSON in UTF-16", "it is read", lambda home: load(home, json.dumps(board(greenhouse_job(1))).encode("utf-16")).one),
    Case("a list for a title", "a list where a text belongs", "costs its posting", costs_itself(greenhouse_job(1, title=["a"]), "text expected")),
    Case("an object for a text", "an object for the description", "costs its posting", costs_itself(greenhouse_job(1, content={"a": 1}), "unreadable")),
    Case("a number for an address", "7 as the address", "costs its posting", costs_itself(greenhouse_job(1, absolute_url=7), "text expected")),
    Case("a text for places", "words where an object belongs", "costs its posting", costs_itself(greenhouse_job(1, location="Berlin"), "unreadable")),
    Case("null postings", "null among the postings", "costs itself", costs_itself(None, "unreadable")),
    Case("an empty posting", "a posting without a field", "costs itself", costs_itself({}, "unreadable")),
    Case("no title", "a title of blanks", "costs itself", costs_itself(greenhouse_job(1, title=" \t "), "no title")),
    Case("a title of controls", "a title of control characters alone", "costs itself", costs_itself(greenhouse_job(1, title="\x07\x1b\u202e"), "no title")),
    Case("controls in a title", "escape, bell and zero", "they are removed", reads(greenhouse_job(1, title="Eng\x1b[31m\x07\x00Engineer"), no_control_is_left("title", "\x1b"))),
    Case("direction in a title", "a mark that turns what follows", "it is removed", reads(greenhouse_job(1, title=f"Engineer {OVERRIDE}gnp"), no_control_is_left("title", OVERRIDE))),
    Case("direction in a text", "an entity for such a mark", "it is removed", reads(greenhouse_job(1, content="Engineer &amp;#8238; x"), no_control_is_left("text", OVERRIDE))),
    Case("half a pair in a title", "half of a surrogate pair", "it is U+FFFD", reads(greenhouse_job(1, title=f"Engineer {HALF}"), lambda row: row["title"] == "Engineer \ufffd")),
    Case("half a pair in an id", "half of a surrogate pair", "it is U+FFFD", reads(greenhouse_job(1, id=f"a{HALF}"), lambda row: row["posting_id"].endswith("a\ufffd"))),
    Case("half a pair as a place", "half of a surrogate pair", "it is read", reads(greenhouse_job(1, location={"name": f"Berlin {HALF}"}), lambda row: True)),
    Case("every control everywhere", "all controls in all fields", "none is left but ends of lines", no_control_is_left_anywhere),
    Case("the beginning of time", "year 1", "it has no day", reads(greenhouse_job(1, first_published="0001-01-01T00:00:00+14:00"), lambda row: row["posted_on"] is None)),
    Case("the end of time", "year 9999", "it has no day", reads(greenhouse_job(1, first_published="9999-12-31T23:59:59-14:00"), lambda row: row["posted_on"] is None)),
    Case("no day", "the 31st of February", "it has no day", reads(greenhouse_job(1, first_published="2026-02-31"), lambda row: row["posted_on"] is None)),
    Case("no address", "an address that cannot be parsed", "it is read", reads(greenhouse_job(1, absolute_url="https://[::1"), lambda row: True)),
    Case("a long address", "10,000 characters of address", "it has none", reads(greenhouse_job(1, absolute_url="https://a.example.com/" + "a" * 10_000), lambda row: row["url"] is None)),
    Case("a long department", "10,000 characters of department", "it has none", reads(greenhouse_job(1, departments=[{"name": "a" * 10_000}]), lambda row: row["department"] is None)),
    Case("a long place", "a million characters of place", "it has no place", lambda home: _no_place(load(home, board(greenhouse_job(1, location={"name": "Berlin, " * 125_000}))))),
    Case("a long company", "a company of 10,000 characters", "costs itself", lambda home: _rejected(load(home, [remoteok_job(1, company="a" * 10_000)], "remoteok"), f"longer than {MAX_NAME}")),
    Case("a long title", "a title of nine megabytes", "it is cut", cuts_a_title_of_megabytes),
    Case("ids of every kind", "numbers, words and signs as ids", "each is its own posting", keeps_every_id_apart),
    Case("what is no id", "null, truth, fractions, lists, blanks", "each costs itself, and nothing closes", rejects_what_is_no_id),
    Case("10,000 places", "a posting in 10,000 towns", "it is read, with no more than a job has", takes_no_more_places_than_a_job_has),
    Case("1,000 ranges", "1,000 ranges of pay in fields", "it is read, with no more than a job has", takes_no_more_ranges_than_a_job_has),
    Case("1,000 ranges in words", "1,000 ranges in the text", "it is read", reads_a_thousand_ranges_in_words),
    Case("100 MB of text", "a description of 100 MB", "costs its posting", rejects_a_text_of_100_megabytes, long=True),
    Case("megabytes to mask", "6 MB of signs of addresses", "the payload is JSON as before", masks_a_payload_of_megabytes, long=True),
    Case("a feed with entities", "XML that declares entities", "costs the board", refuses_entities),
    Case("an entity in a position", "an entity that nobody declared", "costs its position", reads_no_entity_inside_a_position),
    Case("a broken position", "XML that does not close", "costs its position", reads_positions_around_a_broken_one),
    Case("a deep position", "20,000 elements inside one another", "the next position is read", survives_a_deep_position),
    Case("half a feed", "a position without an end", "costs the board", rejects_half_a_feed),
    Case("positions without an end", "four times as many", "time grows as the size", feeds_without_ends_take_linear_time),
    Case("blanks", "four times as many blanks", "time grows as the size", blanks_take_linear_time),
    Case("signs in texts", "texts of one sign", "time grows as the size", texts_take_linear_time),
    Case("signs in postings", "postings of one phrase", "time grows as the size", postings_take_linear_time),
    Case("signs in payloads", "payloads of one sign", "time grows as the size", payloads_are_masked_in_linear_time),
    Case("a page of tags", "a page of more tags than are parsed", "costs that page", a_page_of_tags_costs_that_page),
    Case("a text of tags", "a text of more tags than are parsed", "costs that posting", a_text_of_tags_costs_that_posting),
    Case("broken linked data", "JSON-LD that is not JSON", "costs that page", broken_linked_data_costs_that_page),
    Case("deep linked data", "JSON-LD 5,000 deep", "costs that page", deep_linked_data_costs_that_page),
    Case("a sitemap with entities", "a sitemap that declares entities", "it is refused", refuses(b'<!DOCTYPE x [<!ENTITY a "b">]><urlset/>', "entities")),
    Case("half a sitemap", "a sitemap without an end", "it is refused", refuses(b"<urlset><url><loc>https://a</loc>", "cannot be read")),
    Case("a zip that is none", "a sitemap that begins as gzip", "it is refused", refuses(b"\x1f\x8bxxxxxxxx", "unzipped")),
    Case("odd comments", "comments of every kind", "each costs itself", comments_cost_themselves),
    Case("a long comment", "a comment of a megabyte", "it is read or rejected", a_comment_of_a_megabyte_is_read),
]  # fmt: skip


def _no_place(found: Loaded) -> None:
    assert found.one["title"]
    assert found.places == 0


def _rejected(found: Loaded, reason: str) -> None:
    assert found.postings == []
    assert reason in found.rejects[0]["reason"]


test_holds = proving(CASES)
