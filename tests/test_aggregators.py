"""Sources that list several companies: read when asked for, in few requests, and credited."""

import asyncio
import json
from importlib import import_module

import httpx
import pytest

from pipeline.fetching.faults import FetchError
from pipeline.fetching.web import Validators, open_web
from pipeline.posting import Board
from pipeline.sources import discover

SOURCES = {name: source for name, source in discover().items() if name in ("arbeitnow", "himalayas", "remoteok")}
IN_PAGES = {"arbeitnow": ("all", "data"), "himalayas": ("machine learning", "jobs")}


def requests(name: str, token: str, answer: bytes) -> tuple[list[httpx.Request], bytes]:
    """What a fetch asks of a host that always answers the same, and the payload it makes of it."""
    asked: list[httpx.Request] = []

    def serve(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, content=answer)

    async def ask() -> bytes:
        async with open_web(httpx.MockTransport(serve), per_second=1000) as web:
            return await SOURCES[name].fetch(web.client(Validators()), Board("Several", name, token))

    payload = asyncio.run(ask())
    return asked, payload


@pytest.mark.parametrize("name", SOURCES)
def test_it_is_asked_for_credited_and_never_lists_all(name: str) -> None:
    about = SOURCES[name].ABOUT
    assert about.is_asked_for
    assert not about.lists_all
    assert about.credit
    assert about.title in about.credit


@pytest.mark.parametrize("name", IN_PAGES)
def test_a_list_without_end_is_read_to_its_bound(name: str) -> None:
    token, key = IN_PAGES[name]
    asked, _ = requests(name, token, json.dumps({key: [{}]}).encode())
    assert len(asked) == import_module(f"pipeline.sources.{name}").MOST_PAGES


@pytest.mark.parametrize("name", IN_PAGES)
def test_a_page_that_cannot_be_read_ends_the_list_and_fails_the_board(name: str) -> None:
    asked, payload = requests(name, IN_PAGES[name][0], b"<html>")
    assert len(asked) == 1
    with pytest.raises(ValueError, match="<html>"):
        list(SOURCES[name].read(payload))


def test_a_search_is_asked_for_by_its_words() -> None:
    asked, _ = requests("himalayas", "machine learning", b'{"jobs": []}')
    assert [dict(request.url.params) for request in asked] == [{"q": "machine learning", "sort": "recent", "page": "1"}]


@pytest.mark.parametrize(("token", "params"), [("all", {}), ("python", {"tag": "python"})])
def test_a_tag_is_asked_for_and_all_is_none(token: str, params: dict[str, str]) -> None:
    asked, _ = requests("remoteok", token, b"[]")
    assert [dict(request.url.params) for request in asked] == [params]


def test_arbeitnow_has_one_board() -> None:
    with pytest.raises(FetchError, match="one board"):
        requests("arbeitnow", "machine learning", b'{"data": []}')


@pytest.mark.parametrize(
    ("name", "url", "token"),
    [
        ("himalayas", "https://himalayas.app/jobs?q=machine+learning", "machine learning"),
        ("himalayas", "https://himalayas.app/jobs/api/search?q=llm&sort=recent&page=2", "llm"),
        ("himalayas", "https://himalayas.app/jobs?q=llm&country=DE", None),
        ("himalayas", "https://himalayas.app/companies/kestrel/jobs/inference-engineer", None),
        ("himalayas", "https://himalayas.app/jobs", None),
        ("arbeitnow", "https://www.arbeitnow.com/api/job-board-api?page=2", "all"),
        ("arbeitnow", "https://www.arbeitnow.com/jobs/companies/kestrel/inference-engineer-1", None),
        ("remoteok", "https://remoteok.com/api", "all"),
        ("remoteok", "https://remoteok.com/api?tag=python", "python"),
        ("remoteok", "https://remoteok.com/api?tags=python,ai", None),
        ("remoteok", "https://remoteOK.com/remote-python-jobs", "python"),
        ("remoteok", "https://remoteOK.com/remote-jobs/remote-inference-engineer-kestrel-1", None),
    ],
)
def test_an_address_tells_its_board(name: str, url: str, token: str | None) -> None:
    assert SOURCES[name].token_in(url) == token
