"""One contract for every source: what it asks for, and everything a person finds in a posting is read.

`tests/replies/<host>/<path>[?query]` holds a reply written by us in the form of the real API, and
`tests/replies/<source>.expected.json` what a person reads in it. Every reply holds one posting that
cannot be read, and it costs only itself.
"""

import asyncio
import json
from datetime import UTC, datetime
from itertools import cycle, islice
from math import isfinite
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx
import pytest
from conftest import said

from pipeline.fetching.faults import FetchError
from pipeline.fetching.payload import PayloadError
from pipeline.fetching.web import Validators, open_web
from pipeline.posting import Board, RawPosting, Reject
from pipeline.sources import discover
from pipeline.stages.changes import Changes, Fetch

REPLIES = Path(__file__).parent / "replies"
SOURCES = discover()
# the board asked for: a blank, as a real token has, except where it names a host, or there is only one board
TOKENS = dict.fromkeys(SOURCES, "kestrel co") | {
    "amazon": "DEU",
    "apple": "DEU",
    "arbeitnow": "all",
    "bamboohr": "kestrel",
    "breezy": "kestrel",
    "eightfold": "kestrel.eightfold.ai/kestrel.example.com",
    "hackernews": "whoishiring/2025-06/40000000",
    "icims": "kestrel",
    "jobposting_pages": "https://jobs.kestrel.example.com/sitemap.xml",
    "oracle": "kestrel.fa.us2.oraclecloud.com/CX_1",
    "personio": "kestrel",
    "phenom": "careers.kestrel.example.com",
    "pinpoint": "kestrel",
    "teamtailor": "kestrel.teamtailor.com",
    "recruitee": "kestrel",
    "workday": "kestrel.wd5.myworkdayjobs.com/External",
}


def serve(request: httpx.Request) -> httpx.Response:
    """The file named as the address, with its query where there is one of that name."""
    plain = REPLIES / request.url.host / request.url.path.lstrip("/")
    queried = plain.with_name(f"{plain.name}?{unquote(request.url.query.decode())}")
    file = next((file for file in (queried, plain) if file.is_file()), None)
    return httpx.Response(200, content=file.read_bytes()) if file else httpx.Response(404)


def fetch(name: str) -> bytes:
    async def ask() -> bytes:
        async with open_web(httpx.MockTransport(serve), per_second=1000) as web:
            return await SOURCES[name].fetch(web.client(Validators()), Board("Kestrel", name, TOKENS[name]))

    return asyncio.run(ask())


@pytest.mark.parametrize("name", SOURCES)
def test_everything_a_person_finds_is_read(name: str) -> None:
    found = [said(item) for item in SOURCES[name].read(fetch(name))]
    assert found == json.loads((REPLIES / f"{name}.expected.json").read_text())


@pytest.mark.parametrize("name", SOURCES)
def test_a_posting_it_cannot_read_costs_only_itself(name: str) -> None:
    found = list(SOURCES[name].read(fetch(name)))
    assert any(isinstance(item, Reject) for item in found)
    assert any(isinstance(item, RawPosting) for item in found)


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("payload", [b"", b"<html>", b'{"jobs": [', b'{"error": "x"}', b'"jobs"', b"\xff\xfe"])
def test_a_payload_of_another_form_is_an_error_of_the_board(name: str, payload: bytes) -> None:
    with pytest.raises(PayloadError):
        list(SOURCES[name].read(payload))


@pytest.mark.parametrize("name", SOURCES)
def test_an_unknown_board_is_a_failure_not_an_empty_board(name: str) -> None:
    async def ask() -> bytes:
        async with open_web(httpx.MockTransport(lambda request: httpx.Response(404)), per_second=1000) as web:
            return await SOURCES[name].fetch(web.client(Validators()), Board("Kestrel", name, TOKENS[name]))

    with pytest.raises(FetchError):
        asyncio.run(ask())


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_says_what_it_is(name: str) -> None:
    assert SOURCES[name].ABOUT.title
    assert SOURCES[name].token_in("https://careers.kestrel.example.com/jobs") is None


ODD = [
    "\ud83d",
    [1],
    {"a": [None]},
    10**400,
    float("inf"),
    float("nan"),
    True,
    -1,
    " ",
    "9" * 400,
    "0001-01-01",
    "https://[::1",
]


def leaves(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where each value of a JSON document stands that holds no other; in an answer of a bundle, those of its body."""
    if isinstance(value, str) and at and at[-1] == "body" and value[:1] in ("{", "["):
        return leaves(json.loads(value), (*at, None))
    if isinstance(value, dict | list) and value:
        inside = value.items() if isinstance(value, dict) else enumerate(value)
        return [leaf for key, one in inside for leaf in leaves(one, (*at, key))]
    return [at]


def with_odd(value: Any, at: tuple[Any, ...], odd: Any) -> Any:
    """The document with another value at one place."""
    if not at:
        return odd
    if at[0] is None:
        return json.dumps(with_odd(json.loads(value), at[1:], odd))
    changed = value.copy()
    changed[at[0]] = with_odd(value[at[0]], at[1:], odd)
    return changed


@pytest.mark.parametrize("name", [name for name in SOURCES if name != "personio"])  # which answers in XML
def test_whatever_stands_in_a_field_costs_no_more_than_its_board(name: str) -> None:
    whole, odds = json.loads(fetch(name)), cycle(ODD)
    fetched = Fetch("run", Board("Kestrel", name, TOKENS[name]), datetime(2026, 10, 5, tzinfo=UTC), frozenset(), None)
    for at in leaves(whole):
        for odd in islice(odds, 5):  # 5 and 12 have no divisor in common: in turn each field meets others
            changes = Changes("run")
            changes.add_payload(fetched, SOURCES[name], json.dumps(with_odd(whole, at, odd)).encode(), {})
            assert [board["outcome"] for board in changes.boards] in (["read"], ["failed"], ["empty"]), (at, odd)
            rows = [row for _, of_table in changes.staged().values() for row in of_table]
            for value in (value for row in rows for value in row.values()):
                assert not isinstance(value, str) or value.encode().decode() == value, (at, odd)
                assert not isinstance(value, float) or isfinite(value), (at, odd)
