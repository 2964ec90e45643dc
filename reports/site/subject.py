"""What a page is about: a place or a company, and its six tracks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from classifiers.tracks import TRACKS
from reports.mix import leader

_COUNTS = ("postings", "companies", "boards", "none", "unsure", "open_postings", "is_sample", "with_pay")
_UNKNOWN = ("pay_least_usd", "pay_most_usd", "change", "seen_to", "parent_called")


Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Subject:
    """A place or a company with what the warehouse counted and estimated there; `path` is its page's.

    `basis` is the row of all six together, `tracks` those of the six, the most frequent first. `leader` names the track
    whose share is surely the largest, if there is one.
    """

    kind: str  # world, remote, country, region, metro or company
    called: str
    inside: str
    path: str
    basis: Row
    tracks: Sequence[Row]
    leader: str | None

    @property
    def has_change(self) -> bool:
        """Whether its boards were read four weeks ago, and had one of the six then or have one now."""
        return self.basis["change"] is not None

    @property
    def largest(self) -> Sequence[Row]:
        """The tracks with the most postings, three at most."""
        return [row for row in self.tracks if row["postings"]][:3]

    def track(self, name: str) -> Row:
        """The row of one track."""
        return next(row for row in self.tracks if row["track"] == name)


def subject(kind: str, called: str, inside: str, path: str, rows: Sequence[Row], shift: Mapping[str, float]) -> Subject:
    """A subject of its rows in `site/mix.sql`, the first of them that of all six tracks."""
    basis, *tracks = rows
    ordered = sorted(tracks, key=lambda row: (-row["postings"], -row["share"]))
    return Subject(kind, called, inside, path, basis, ordered, leader(tracks, shift))


def empty(kind: str, called: str, path: str) -> Subject:
    """A subject of a market without an open posting: nothing can be estimated there."""
    row = dict.fromkeys(_COUNTS, 0) | dict.fromkeys(_UNKNOWN)
    return Subject(kind, called, "", path, row, [row | {"track": track.name} for track in TRACKS], None)
