"""What a page is about: a place or a company, its six tracks, and what of them may be shown."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from classifiers.tracks import TITLES, TRACKS

LEAST_POSTINGS = 5  # a cell with fewer is withheld
LEAST_COMPANIES = 3  # likewise; a company's own page has but one
_COUNTS = ("postings", "companies", "with_pay", "pay_companies")
_FIGURES = (*_COUNTS, "share_low", "share", "share_high", "corrected")
_PAY = ("pay_low_usd", "pay_mid_usd", "pay_high_usd")

Row = Mapping[str, Any]


def is_enough(postings: int, companies: int | None) -> bool:
    """Whether a cell may be shown; `companies` is None where it is one company's own."""
    return postings >= LEAST_POSTINGS and (companies is None or companies >= LEAST_COMPANIES)


@dataclass(frozen=True, slots=True)
class Subject:
    """A place or a company with what the warehouse counted there; `path` is its page's.

    `tracks` holds the six: a track with too few postings keeps none of its figures, only the word why (`withheld`).
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
        return _enough(self.kind, self.basis["postings"], self.basis["companies"])

    @property
    def has_mix(self) -> bool:
        """Whether at least one of its tracks can be shown."""
        return self.is_enough and any(row["postings"] for row in self.tracks)

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
        return len(self.few) > 1 and is_enough(self.together, None)

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
    most = tracks[0]["postings"]
    leads = [row["track"] for row in tracks if row["postings"] and not differ(most, row["postings"])]
    shown = [_checked(kind, row) for row in tracks]
    return Subject(kind, called, inside, path, _pay_checked(kind, basis), shown, leads)


def empty(kind: str, called: str, path: str) -> Subject:
    """A subject without an open posting."""
    counts = dict.fromkeys((*_COUNTS, "boards", "none", "unsure", "open_postings", "is_sample", "corrected"), 0)
    row = counts | dict.fromkeys((*_PAY, "share_low", "share", "share_high", "seen_from", "seen_to"))
    return subject(kind, called, "", path, [row | {"track": name} for name in ("all", *(t.name for t in TRACKS))])


def _checked(kind: str, row: Row) -> Row:
    if _enough(kind, row["postings"], row["companies"]):
        return {**_pay_checked(kind, row), "withheld": None}
    why = "too few" if row["postings"] else "none"
    return {**row, **dict.fromkeys((*_FIGURES, *_PAY)), "withheld": why}


def _pay_checked(kind: str, row: Row) -> Row:
    if _enough(kind, row["with_pay"], row["pay_companies"]):
        return row
    return {**row, **dict.fromkeys(_PAY)}


def _enough(kind: str, postings: int, companies: int) -> bool:
    return is_enough(postings, None if kind == "company" else companies)
