"""A folder of replies answers as the rule says, and says what is wrong with it."""

import asyncio
import json
from pathlib import Path

import httpx
import pytest

from pipeline.replay import Replay, ReplayError

ROWS = [
    {"url": "https://api.example.com/v0/acme%20co", "status": 200, "headers": {"etag": '"7"'}, "file": "plain"},
    {"url": "https://api.example.com/v0/acme%20co?page=2", "status": 200, "headers": {}, "file": "second"},
    {"url": "https://api.example.com/broken", "status": 503, "headers": {"content-encoding": "gzip"}, "file": "plain"},
    {"url": "https://api.example.com/lost", "status": 200, "headers": {}, "file": "nowhere"},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "index.jsonl").write_text("\n".join(map(json.dumps, ROWS)))
    (tmp_path / "plain").write_bytes(b"first page")
    (tmp_path / "second").write_bytes(b"second page")
    return tmp_path


def ask(folder: Path, url: str, **headers: str) -> httpx.Response:
    async def fetch() -> httpx.Response:
        async with httpx.AsyncClient(transport=Replay(folder)) as client:
            return await client.get(url, headers=headers)

    return asyncio.run(fetch())


@pytest.mark.parametrize(
    ("url", "status", "body"),
    [
        ("https://api.example.com/v0/acme%20co", 200, b"first page"),
        ("https://api.example.com/v0/acme co?mode=json", 200, b"first page"),
        ("https://api.example.com/v0/acme%20co?mode=json&page=2", 200, b"second page"),
        ("https://api.example.com/v0/acme%20co?page=3", 200, b"first page"),
        ("https://api.example.com/broken", 503, b"first page"),
        ("https://api.example.com/v0/other", 404, b""),
        ("https://elsewhere.example.com/v0/acme%20co", 404, b""),
    ],
)
def test_a_request_finds_its_line(folder: Path, url: str, status: int, body: bytes) -> None:
    response = ask(folder, url)
    assert (response.status_code, response.content) == (status, body)


def test_a_known_etag_is_answered_without_a_body(folder: Path) -> None:
    response = ask(folder, "https://api.example.com/v0/acme%20co", **{"If-None-Match": '"7"'})
    assert (response.status_code, response.content) == (304, b"")


def test_a_line_whose_file_is_gone_is_named(folder: Path) -> None:
    with pytest.raises(ReplayError, match="nowhere"):
        ask(folder, "https://api.example.com/lost")


def test_a_folder_without_an_index_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReplayError, match=r"has no index\.jsonl"):
        Replay(tmp_path)


def test_a_line_that_is_no_reply_is_named(tmp_path: Path) -> None:
    (tmp_path / "index.jsonl").write_text('{"status": 200}\n')
    with pytest.raises(ReplayError, match="line 1"):
        Replay(tmp_path)
