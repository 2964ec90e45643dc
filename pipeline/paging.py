"""Reads a list that comes in pages to its end, though it may move while it is being read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from pipeline.web import FetchError

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
