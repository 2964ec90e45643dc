"""Boards whose list does not tell everything: every posting has an answer of its own, asked for where it is new or changed.

A payload of such a board is a `bundle`: the pages of the list first, then every posting's answer. What the last kept
payload has of a posting that its list shows unchanged is taken over, so that each payload is whole by itself. A list
does not show every change, so each posting is asked for again on one day in AGAIN all the same.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from zlib import crc32

from pipeline.fetching.faults import FetchError
from pipeline.fetching.paging import Page, each_asked
from pipeline.fetching.payload import PayloadError, bundle, bundled
from pipeline.fetching.web import Client

MOST_DETAILS = 20_000  # postings of a board that are asked for one by one; the largest companies list some thousands
AGAIN = 29  # days; a prime, so that a board that is read once a week has all of its postings asked for in turn
GONE = b""  # what is kept as the answer of a posting that was taken down after it was listed
NOT_FOUND = (404, 410)


@dataclass(frozen=True, slots=True)
class Listing:
    """How a source lists postings, and how it tells one in full.

    `rows` takes them out of a page (PayloadError where it is none); `address` tells where a row's posting is told in full
    from the page's address and the row (empty: nowhere); `marks` are the fields of a row in which another value says that
    the posting has changed; `ask` asks for an address.
    """

    rows: Callable[[bytes], list[Any]]
    address: Callable[[str, Any], str]
    marks: tuple[str, ...]
    ask: Callable[[Client, str], Awaitable[bytes]] = Client.get

    def page(self, url: str, body: bytes, total: int | None = None) -> Page:
        """An answer as a page, whose ids are its postings' addresses. Raises FetchError where it is none."""
        try:
            return Page((url, body), [self.address(url, row) for row in self.rows(body)], total)
        except PayloadError as error:
            raise FetchError(str(error)) from None

    async def board(self, client: Client, pages: Sequence[Page], most_asked: int = MOST_DETAILS) -> bytes:
        """The pages with the answer of every posting on them, once each, in their order.

        One that is not found was taken down meanwhile: its answer is GONE. Any other failure fails the board, and what
        has not been asked for by then is not asked for any more. No more than `most_asked` are asked for: the others
        have no answer until a later day.
        """
        answers = [page.answer for page in pages]
        marks = self._marks(answers)
        if len(marks) > MOST_DETAILS:
            raise FetchError(f"it lists more than {MOST_DETAILS} postings")
        before, kept = self._kept(client)
        same = {url: kept[url] for url, told in marks.items() if told == before.get(url) and kept.get(url)}
        due = [url for url in marks if url not in same or _is_due(client, url)]
        due.sort(key=lambda url: (url in same, url not in kept))  # what has changed, then what is new
        asked = dict(await each_asked(lambda url: self._detail(client, url), due[:most_asked]))
        details = same | asked
        return bundle([*answers, *((url, details[url]) for url in marks if url in details)])

    def read(self, payload: bytes) -> Iterator[Any]:
        """Every row of a bundle's pages, once, with its posting's `address` and `detail` (None: not asked).

        What was taken down is left out. Raises PayloadError.
        """
        answers = bundled(payload)
        details = dict(answers)
        seen: set[str] = set()
        for own, row in self._listed(answers):
            if not own:
                yield row
            elif own not in seen and details.get(own) != GONE:
                yield {**row, "address": own, "detail": details.get(own)}
            seen.add(own)

    def _listed(self, answers: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, Any]]:
        """Every row of the pages with its posting's address."""
        seen: set[str] = set()
        for url, body in answers:
            if url in seen:  # a posting's own answer: the pages that list it came before
                continue
            for row in self.rows(body):
                own = self.address(url, row)
                seen.add(own)
                yield own, row

    def _marks(self, answers: Iterable[tuple[str, bytes]]) -> dict[str, list[Any]]:
        """What the pages say of each posting that has an address, in all of its rows."""
        marks: dict[str, list[Any]] = {}
        for own, row in self._listed(answers):
            if own:
                told = [row.get(name) for name in self.marks]
                rows = marks.setdefault(own, [])
                rows += [told] if told not in rows else []  # a page that was read twice says it twice
        return marks

    def _kept(self, client: Client) -> tuple[dict[str, list[Any]], dict[str, bytes]]:
        """What the last kept payload says of each posting in its pages, and every answer in it."""
        try:
            answers = bundled(payload) if (payload := client.kept()) else []
            return self._marks(answers), dict(answers)
        except PayloadError:  # of a version that kept another form
            return {}, {}

    async def _detail(self, client: Client, url: str) -> tuple[str, bytes]:
        try:
            body = await self.ask(client, url)
        except FetchError as error:
            if error.status not in NOT_FOUND:
                raise
            return url, GONE
        if not body:
            raise FetchError(f"{url} answered with nothing", 200)
        return url, body


def id_in(row: Any, name: str) -> str:
    """The id in a row's field, as it stands in an address; empty where it has none."""
    return quote(str(row.get(name) or ""), safe="") if isinstance(row, dict) else ""


def _is_due(client: Client, url: str) -> bool:
    """Whether this is the day of AGAIN on which a posting is asked for though it is listed unchanged."""
    day = client.host_time
    return day is not None and (crc32(url.encode()) + day.toordinal()) % AGAIN == 0
