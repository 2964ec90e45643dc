"""Boards that come in pages: the whole of a list, which may move while it is being read, or its first pages."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

from pipeline.fetching.faults import FetchError
from pipeline.fetching.payload import PayloadError, bundle, items
from pipeline.fetching.web import Client

T = TypeVar("T")
READINGS = 4  # of a list that does not hold still
MOST_PAGES = 1000
AT_ONCE = 8  # of one board's addresses; twice the places that a host has


@dataclass(frozen=True, slots=True)
class Page:
    """One answer: the id of every row it lists, and how many rows the whole list has where it says so."""

    answer: tuple[str, bytes]
    ids: Sequence[str]
    total: int | None = None


async def every_page(ask: Callable[[int], Awaitable[Page]]) -> list[Page]:
    """Pages that hold every id of the list between them; `ask` is given the number of rows before the page.

    A posting that opens or closes meanwhile moves the rows behind it, so that one is missed or comes
    twice; and a page may be answered with another's rows. So a list that says how many rows it has is
    read again until that many ids have come, or, where it counts a posting twice, until a sound
    reading brings no new one. A reading in which the number changes is thrown away, as are those
    before it: in the sum, a posting that has gone would hide one that was missed.

    Raises FetchError for a list that still moves after READINGS, or an answer that is no page.
    A list that does not say how many rows it has is read once, to the first page with nothing new.
    """
    kept: list[Page] = []
    total: int | None = None
    for _ in range(READINGS):
        reading = await _read_to_end(ask)
        totals = {page.total for page in reading if page.total is not None}
        if not totals:
            return _with_news(reading)
        if totals != {total}:
            kept, total = [], totals.pop() if len(totals) == 1 else None
        if total is None:
            continue
        before, kept = len(kept), _with_news([*kept, *reading])
        if len(set(_ids(kept))) >= total or (len(kept) == before and _is_sound(reading, total)):
            return kept
    raise FetchError(f"its list did not hold still in {READINGS} readings")


async def first_pages(client: Client, url: str, key: str, most: int, **asked: str) -> bytes:
    """The bundle of the first `most` pages of a list too long to be read whole; fewer where one lists nothing.

    `key` names the list in an answer. What cannot be read ends it too, and is kept for `read` to say why.
    """
    answers = []
    for page in range(1, most + 1):
        params = {**asked, "page": str(page)}
        body = await client.get(url, **params)
        answers.append((f"{url}?{urlencode(params)}", body))
        try:
            if not items(body, key):
                break
        except PayloadError:
            break
    return bundle(answers)


async def each_asked(ask: Callable[[str], Awaitable[T]], urls: Sequence[str]) -> list[T]:
    """What each address answers, in their order. The first fault is raised, and the rest is not asked for any more."""
    at_once = asyncio.Semaphore(AT_ONCE)  # so that one that is tried again need not wait for all the others

    async def one(url: str) -> T:
        async with at_once:
            return await ask(url)

    tasks = [asyncio.create_task(one(url)) for url in urls]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()


async def _read_to_end(ask: Callable[[int], Awaitable[Page]]) -> list[Page]:
    """The pages of one reading, up to the end that the list states, an empty page, or one with nothing new."""
    pages: list[Page] = []
    seen: set[str] = set()
    rows, total = 0, None
    while len(pages) < MOST_PAGES:
        try:
            page = await ask(rows)
        except PayloadError as error:
            raise FetchError(str(error)) from None
        pages.append(page)
        rows += len(page.ids)
        total = total if page.total is None else page.total
        if not page.ids or (seen.issuperset(page.ids) if total is None else rows >= total):
            return pages
        seen.update(page.ids)
    raise FetchError(f"its list has more than {MOST_PAGES} pages")


def _with_news(pages: Sequence[Page]) -> list[Page]:
    """The first page, and those with an id that no page before them has."""
    kept: list[Page] = []
    seen: set[str] = set()
    for page in pages:
        if not kept or not seen.issuperset(page.ids):
            kept.append(page)
            seen.update(page.ids)
    return kept


def _is_sound(reading: Sequence[Page], total: int) -> bool:
    """Whether a reading got to the list's end without being given a page twice."""
    return len(_ids(reading)) >= total and len({tuple(page.ids) for page in reading}) == len(reading)


def _ids(pages: Sequence[Page]) -> list[str]:
    return [one for page in pages for one in page.ids]
