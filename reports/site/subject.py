"""What a page is about: a place or a company, and its six tracks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from classifiers.tracks import TRACKS
from reports.mix import headline, of_what

_COUNTS = (
    "postings",
    "early",
    "senior",
    "lead",
    "companies",
    "boards",
    "none",
    "unsure",
    "open_postings",
    "is_sample",
    "with_pay",
)
_UNKNOWN = ("pay_least_usd", "pay_most_usd", "change", "seen_to", "parent_called", "weeks", "hires_in")
_NAMES = ("kind", "country", "region", "city", "name")


Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Subject:
    """A place or a company with what the warehouse counted and estimated there; `path` is its page's.

    `basis` is the row of all six together, `tracks` those of the six, the most frequent first. `headline` is what the
    command line says of it too, how many openings and of what; `of_what` the latter alone.
    """

    kind: str  # world, remote, wide_area, country, region, city, circle, metro or company
    called: str
    inside: str
    path: str
    basis: Row
    tracks: Sequence[Row]
    headline: str
    of_what: str

    @property
    def has_change(self) -> bool:
        """Whether its boards were read four weeks ago, and had one of the six then or have one now."""
        return self.basis["change"] is not None

    @property
    def title(self) -> str:
        """Its whole name for people."""
        return ", ".join(filter(None, (self.called, self.inside)))

    def track(self, name: str) -> Row:
        """The row of one track."""
        return next(row for row in self.tracks if row["track"] == name)


def subject(kind: str, called: str, inside: str, path: str, rows: Sequence[Row], shift: Mapping[str, float]) -> Subject:
    """A subject of its rows in `site/mix.sql`, the first of them that of all six tracks."""
    basis, *tracks = rows
    ordered = sorted(tracks, key=lambda row: (-row["postings"], -row["share"]))
    return Subject(kind, called, inside, path, basis, ordered, headline(tracks, shift), of_what(tracks, shift))


def empty(kind: str, called: str, path: str) -> Subject:
    """A subject of a market without an open posting: nothing can be estimated there."""
    row = dict.fromkeys(_COUNTS, 0) | dict.fromkeys((*_UNKNOWN, *_NAMES)) | {"kind": kind}
    tracks = [row | {"track": track.name} for track in TRACKS]
    return Subject(kind, called, "", path, row, tracks, headline(tracks, {}), of_what(tracks, {}))
