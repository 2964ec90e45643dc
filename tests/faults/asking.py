"""Asking a server of `faults.server` through the product's own client."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from faults.server import Answer, Way, serving
from pipeline.fetching.faults import FetchError
from pipeline.fetching.web import Client, Validators, open_web

URL = "https://boards.example.com/jobs"
Ask = Callable[[Client], Awaitable[Any]]


def whole(client: Client) -> Awaitable[bytes]:
    """A board in one answer."""
    return client.get_whole(URL)


def page(client: Client) -> Awaitable[bytes]:
    """A page made for people."""
    return client.get_page(URL)


def ask(way: Way, ask: Ask = whole, known: Validators | None = None) -> Any:
    """What comes of one client's request, with no pauses between tries."""

    async def asked() -> Any:
        async with open_web(way.transport(), backoff_seconds=0.0, per_second=1e6) as web:
            return await ask(web.client(known or Validators()))

    return asyncio.run(asked())


def fault(way: Way, asks: Ask = whole, known: Validators | None = None) -> FetchError:
    """The fault that asking ends with, which must be one of the board and nothing else."""
    try:
        found = ask(way, asks, known)
    except FetchError as error:
        return error
    raise AssertionError(f"no fault, but {found!r:.80}")


def refuses(
    answer: Answer,
    words: str,
    tries: int | None = None,
    ask: Ask = whole,
    known: Validators | None = None,
    **serve: Any,
) -> None:
    """The answer is refused with those words, after so many requests."""
    with serving(answer, **serve) as way:
        error = fault(way, ask, known)
        assert re.search(words, str(error)), error
        assert tries is None or len(way.server.asked) == tries, len(way.server.asked)


def gives(answer: Answer, body: bytes, tries: int = 1, ask_for: Ask = whole, **serve: Any) -> None:
    """The body comes, after so many requests."""
    with serving(answer, **serve) as way:
        assert ask(way, ask_for) == body
        assert len(way.server.asked) == tries, way.server.asked


def reaches_nothing(answer: Answer, names: Mapping[str, Sequence[str]], ask: Ask = whole, asked: int = 0) -> None:
    """The address is refused; nothing was connected to beyond `asked` requests to a public host."""
    with serving(answer, names) as way:
        error = fault(way, ask)
        assert re.search(r"public|not an address", str(error)), error
        assert len(way.reached) == way.server.connections == len(way.server.asked) == asked, way.reached
