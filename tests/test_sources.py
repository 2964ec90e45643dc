"""One contract for every source: what it asks for, and everything a person finds in a posting is read.

`tests/replies/<host>/<path>` holds a reply written by us in the form of the real API, and
`tests/replies/<source>.expected.json` what a person reads in it.
"""

import asyncio
import json
from dataclasses import asdict
from pathlib import Path

import httpx
import pytest
from conftest import SHARED, needs_shared

from pipeline.payload import PayloadError
from pipeline.posting import Board, RawPosting, Reject
from pipeline.sources import discover
from pipeline.web import Validators, open_web

REPLIES = Path(__file__).parent / "replies"
SOURCES = discover()
TOKEN = "kestrel co"  # a blank, as a real token has


def serve(request: httpx.Request) -> httpx.Response:
    file = REPLIES / request.url.host / request.url.path.lstrip("/")
    return httpx.Response(200, content=file.read_bytes()) if file.is_file() else httpx.Response(404)


def fetch(name: str, token: str = TOKEN) -> bytes:
    async def ask() -> bytes:
        async with open_web(httpx.MockTransport(serve)) as web:
            return await SOURCES[name].fetch(web.client(Validators()), Board("Kestrel", name, token))

    return asyncio.run(ask())


@pytest.mark.parametrize("name", SOURCES)
def test_everything_a_person_finds_is_read(name: str) -> None:
    found = [asdict(item) for item in SOURCES[name].read(fetch(name))]
    expected = json.loads((REPLIES / f"{name}.expected.json").read_text())
    assert json.loads(json.dumps(found)) == expected


@pytest.mark.parametrize("name", SOURCES)
def test_a_posting_it_cannot_read_costs_only_itself(name: str) -> None:
    payload = json.loads(fetch(name))
    listed = payload if isinstance(payload, list) else payload["jobs"]
    whole = sum(isinstance(item, RawPosting) for item in SOURCES[name].read(json.dumps(payload).encode()))
    listed[:0] = [None, "words", {}, {"id": {}}, {**listed[0], "id": "odd", "title": 7, "text": 7}]
    found = list(SOURCES[name].read(json.dumps(payload).encode()))
    assert sum(isinstance(item, RawPosting) for item in found) == whole + 1  # an id of {} is words too
    assert [item.native_id for item in found if isinstance(item, Reject)][-1] == "odd"


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("payload", [b"", b"<html>", b'{"jobs": [', b'{"error": "x"}', b'"jobs"', b"\xff\xfe"])
def test_a_payload_of_another_form_is_an_error_of_the_board(name: str, payload: bytes) -> None:
    with pytest.raises(PayloadError):
        list(SOURCES[name].read(payload))


@needs_shared
@pytest.mark.parametrize("name", SOURCES)
def test_the_real_captures_are_read_without_a_reject(name: str) -> None:
    for file in sorted((SHARED / "captures" / name).iterdir()):
        found = list(SOURCES[name].read(file.read_bytes()))
        assert found
        for item in found:
            assert isinstance(item, RawPosting)
            assert item.title
            assert item.html
            assert item.url
            assert item.places
            assert item.published
