"""A dump as boards, one a month: which of its postings are kept, and what of each month is read.

Most postings of a dump are of other trades, and reading one takes ten times as long as labelling it. So its rows are
labelled first, and those kept that the model puts in a track, sure of it or not: no count ever asks for the others. What
is kept is thus a small part of the dump, and the dump itself is not copied.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from html import unescape
from pathlib import Path

from classifiers.model import Model
from pipeline.fetching.web import Client, Validators
from pipeline.posting import Board, RawPosting, Reject
from pipeline.reading.normalise import READING
from pipeline.sources import About, dump
from pipeline.sources.dump import Row, day_of
from pipeline.sources.dump.mapping import Dump, DumpError

BATCH = 1_000  # rows labelled at once
_TAG = re.compile(r"<[^<>]*>")
UNDATED = "undated"  # the month of rows of which every one will be a reject


@dataclass(slots=True)
class Months:
    """The kept rows of a dump, a file a month in `folder`: a source whose boards are months."""

    folder: Path
    until: date | None
    version: str
    ABOUT: About = dump.ABOUT

    def boards(self, of: Board) -> list[Board]:
        """The board of each month."""
        return [month_of(of, file.name) for file in sorted(self.folder.iterdir())]

    async def fetch(self, client: Client, board: Board) -> bytes:
        """One month's rows."""
        lines = (self.folder / Path(board.token).name).read_text("utf-8").splitlines()
        client.validators = Validators(self.version)
        client.received = sum(map(len, lines))
        return dump.payload_of(map(json.loads, lines), self.until)

    def read(self, payload: bytes) -> Iterator[RawPosting | Reject]:
        """Every row of a month."""
        return dump.read(payload)

    def token_in(self, url: str) -> str | None:
        """None, as of a dump."""
        return None


def month_of(of: Board, month: str) -> Board:
    """The board of one month of a dump."""
    return Board(of.company, of.source, f"{of.token}/{month}", of.is_sample)


def version_of(found: Dump, model: Model) -> str:
    """What tells that the files, the mapping, the model and the rules of reading are what they were: as twelve hex digits."""
    files = [(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in found.files()]
    return sha256(repr((files, sorted(found.columns.items()), model.version, READING)).encode()).hexdigest()[:12]


def sift(found: Dump, model: Model, folder: Path, today: date) -> Months:
    """Write the rows that the model puts in a track into `folder`, a file a month. Raises DumpError.

    The last day that a dump tells of is the latest that stands in it, up to `today`.
    """
    until: date | None = None
    for rows in found.rows(BATCH):
        days = [day for row in rows for name in ("first_seen", "removed") if (day := day_of(row.get(name)))]
        until = max((day for day in (*days, *filter(None, [until])) if day <= today), default=None)
        tracks = model.tracks([row["title"] or "" for row in rows], [_words(row["text"] or "") for row in rows])
        _append(folder, [row for row, track in zip(rows, tracks, strict=True) if track != "none"])
    if not any(folder.iterdir()):
        raise DumpError(f"none of the postings in {found.folder} is of a track")
    return Months(folder, until, version_of(found, model))


def _append(folder: Path, rows: Sequence[Row]) -> None:
    lines: dict[str, list[str]] = {}
    for row in rows:
        day = day_of(row["first_seen"])
        lines.setdefault(f"{day:%Y-%m}" if day else UNDATED, []).append(f"{json.dumps(row)}\n")
    for month, of_month in lines.items():
        with (folder / month).open("a", encoding="utf-8") as file:
            file.writelines(of_month)


def _words(html: str) -> str:
    """The words of HTML, whatever its lines: for a first label that is enough, and takes a tenth of the time of `plain`."""
    return unescape(_TAG.sub(" ", html))
