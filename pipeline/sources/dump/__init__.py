"""A dump of postings that somebody kept: files with a row a posting, when it was first seen and when it was gone.

A board is a folder (`pipeline.sources.dump.mapping`); a run makes a board a month of it, by the day on which postings
were first seen (`pipeline.stages.dumps`), of those that may be of a track.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

from pipeline.fetching.payload import each, identifier, items, numeral, words
from pipeline.fetching.web import Client
from pipeline.posting import Board, RawPay, RawPlace, RawPosting, Reject
from pipeline.reading.normalise import read_date
from pipeline.sources import About
from pipeline.sources.dump.mapping import at_hand, dump_in

ABOUT = About("Dump of postings", is_dated=True)
FIRST = 1_000  # rows that a look at a dump reads

Row = dict[str, str | None]


async def fetch(client: Client, board: Board) -> bytes:
    """The first rows of a dump, to see that it can be read; a run reads all of them. Raises FetchError."""
    async with at_hand(client, dump_in(board.token)) as dump:
        return payload_of(next(dump.rows(FIRST), []))


def check_dumps(boards: Iterable[Board]) -> None:
    """Raises DumpError where a dump among the boards cannot be read as it stands; one on the web is not asked."""
    for board in boards:
        if board.source == "dump" and not (found := dump_in(board.token)).address:
            found.check()


def payload_of(rows: Iterable[Row], until: date | None = None) -> bytes:
    """Rows as they are kept, with the last day that their dump tells of."""
    return json.dumps({"until": until and until.isoformat(), "postings": list(rows)}).encode()


def read(payload: bytes) -> Iterator[RawPosting | Reject]:
    """Every row; where it says no day on which it was gone, it stood to the last day that the dump tells of."""
    rows = items(payload, "postings")
    return each(rows, partial(_posting, until=words(json.loads(payload).get("until"))))


def token_in(url: str) -> str | None:
    """None: a dump is a folder, not an address of the web."""
    return None


def day_of(said: str | None) -> date | None:
    """The day that a dump's words for a time mean: ISO 8601, or milliseconds since 1970."""
    return read_date(int(said) if said and said.isascii() and said.isdigit() else said)


def _posting(row: dict[str, Any], until: str | None) -> RawPosting:
    first, gone = (_day(row, name) for name in ("first_seen", "removed"))
    if first is None:
        raise ValueError("it does not say when it was first seen")
    company = words(row.get("company"))
    if company is None:
        raise ValueError("it names no company")
    low, high = (numeral(row.get(name)) for name in ("pay_low", "pay_high"))
    pay = RawPay(low, high, words(row.get("pay_currency")), words(row.get("pay_interval")))
    # it was there on its first day, be it gone on the same
    last = max(first, gone - timedelta(days=1)).isoformat() if gone else until
    return RawPosting(
        native_id=identifier(row.get("id")),
        title=words(row.get("title")),
        html=row.get("text") or "",
        url=words(row.get("url")),
        places=_places(words(row.get("places"))),
        published=first.isoformat(),
        pay=() if low is None and high is None else (pay,),
        company=company,
        valid_through=last,
    )


def _day(row: dict[str, Any], name: str) -> date | None:
    """The day in a column; None where nothing stands there. Raises ValueError where it cannot be read as one."""
    said = words(row.get(name))
    day = day_of(said)
    if said and day is None:
        raise ValueError(f"its {name} {said!r:.40} is no date")
    return day


def _places(said: str | None) -> tuple[RawPlace, ...]:
    """Each place of a JSON list of words, else the words themselves."""
    if said is None:
        return ()
    try:
        listed = json.loads(said) if said.startswith("[") else [said]
    except ValueError:  # "[Remote] Berlin"
        listed = [said]
    return tuple(RawPlace(words=place) for one in listed if (place := words(one)))
