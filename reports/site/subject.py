"""What a page is about: a place or a company, its six tracks, and what of them may be shown."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from classifiers.tracks import TITLES, TRACKS

_COUNTS = ("postings", "companies", "boards", "none", "unsure", "open_postings", "is_sample", "with_pay",
           "share_with_pay")  # fmt: skip
_FIGURES = ("corrected", "corrected_low", "corrected_high", "share", "share_low", "share_high", "pay_q1_usd",
            "pay_mid_usd", "pay_q3_usd", "pay_mid_low_usd", "pay_mid_high_usd", "change", "change_low", "change_high",
            "seen_from", "seen_to")  # fmt: skip

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Subject:
    """A place or a company with what the warehouse counted there; `path` is its page's.

    `tracks` holds the six: a track with too few postings has none of its figures, only the word why (`withheld`).
    `basis` is the row of all six together; `leads` names the track with the most postings, and those that cannot be
    told apart from it.
    """

    kind: str  # world, remote, country, region, metro or company
    called: str
    inside: str
    path: str
    basis: Row
    tracks: Sequence[Row]
    leads: Sequence[str]

    @property
    def is_enough(self) -> bool:
        """Whether there are enough postings for its figures to be shown at all."""
        return self.basis["withheld"] is None

    @property
    def has_mix(self) -> bool:
        """Whether at least one of its tracks can be shown."""
        return self.is_enough and any(row["postings"] for row in self.tracks)

    @property
    def has_change(self) -> bool:
        """Whether the postings of a track, or of all, have changed by more than the error."""
        return any(row["change"] is not None for row in (self.basis, *self.tracks))

    @property
    def together(self) -> int:
        """The postings of all tracks that have too few each."""
        return int(self.basis["postings"] - sum(row["postings"] or 0 for row in self.tracks))

    @property
    def few(self) -> list[str]:
        """The titles of those tracks."""
        return [TITLES[row["track"]] for row in self.tracks if row["withheld"] == "too few"]

    @property
    def shows_together(self) -> bool:
        """Whether they are enough when counted together."""
        return len(self.few) > 1 and self.together >= self.basis["least_postings"]

    @property
    def scale(self) -> float:
        """The share that a full bar stands for."""
        return max((row["share_high"] for row in self.tracks if row["share_high"]), default=1.0)

    def track(self, name: str) -> Row:
        """The row of one track."""
        return next(row for row in self.tracks if row["track"] == name)


def differ(one: int, other: int) -> bool:
    """Whether two counts of the same postings differ by more than chance does in 19 of 20 times."""
    return abs(one - other) > 1.96 * math.sqrt(one + other)


def subject(kind: str, called: str, inside: str, path: str, rows: Sequence[Row]) -> Subject:
    """A subject of its rows in `site_mix.sql`, the first of them that of all six tracks."""
    basis, *tracks = rows
    shown = [row for row in tracks if not row["withheld"]]
    leads = [row["track"] for row in shown if not differ(shown[0]["postings"], row["postings"])]
    return Subject(kind, called, inside, path, basis, tracks, leads)


def empty(kind: str, called: str, path: str) -> Subject:
    """A subject without an open posting."""
    row = dict.fromkeys(_COUNTS, 0) | dict.fromkeys(_FIGURES) | {"withheld": "none"}
    return subject(kind, called, "", path, [row | {"track": name} for name in ("all", *(t.name for t in TRACKS))])
