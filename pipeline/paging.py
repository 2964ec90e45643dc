"""Reads a list that comes in pages: to its end, though it may move meanwhile, or only its first pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from pipeline.payload import PayloadError, bundle, items
from pipeline.web import Client, FetchError

PASSES = 4  # readings of a list that keeps moving
MOST_PAGES = 1000


@dataclass(frozen=True, slots=True)
class Page:
    """One answer: the ids it lists, and how many the whole list has where it says so."""

    answer: tuple[str, bytes]
    ids: Sequence[str]
    total: int | None = None


async def every_page(ask: Callable[[int], Awaitable[Page]]) -> list[Page]:
    """Every page that brings a new id; `ask` is given the number of rows before the page.

    A posting that opens or closes meanwhile moves the rows behind it, so that one may be missed or
    come twice. Where fewer ids came than the list says it has, it is read again, until all have come
    or a reading brought nothing new. Raises FetchError for a list that still moves after PASSES.
    """
    kept: list[Page] = []
    seen: set[str] = set()
    for _ in range(PASSES):
        before, rows, total = len(seen), 0, None
        for _ in range(MOST_PAGES):
            page = await ask(rows)
            total = total if page.total is None else max(page.total, total or 0)
            is_new = not seen.issuperset(page.ids)
            if is_new:
                kept.append(page)
                seen.update(page.ids)
            rows += len(page.ids)
            if not page.ids or (not is_new if total is None else rows >= total):
                break
        if total is None or len(seen) >= total or (len(seen) == before and rows >= total):
            return kept or [page]
    raise FetchError(f"its list kept moving: {len(seen)} of {total} postings after {PASSES} readings")


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
