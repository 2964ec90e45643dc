"""The figures that claims are about, measured: each with its 95 % interval and what the postings leave possible, as draws.

Shares of the six and pay are those of table `estimates`; other shares are of `warehouse.proportions`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from zlib import crc32

import numpy as np

from classifiers.figures import (
    SIX,
    Figure,
    MedianPay,
    Meeting,
    MixDifference,
    MonthlySwing,
    OpeningsShare,
    RegionReach,
    ThreadCompanies,
)
from reports.counted import Counted, PartShare, column, table
from reports.scope import WORLD, Level, Only, Scope
from warehouse import draws
from warehouse.cells import Ask
from warehouse.estimates import Z_TWO_SIDED, Floats, effective_size
from warehouse.proportions import likeness, proportion, share_of_whole

NO_SHIFT = np.zeros(len(SIX))


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure and its 95 % limits, in its unit; `draws` are values that could all be the true one.

    `counted` is how many openings (regions, months) tell of it; where it is 0, all comes from what it is estimated from.
    """

    value: float
    low: float
    high: float
    draws: Floats
    counted: int


class Measures:
    """Measures the figures of one warehouse."""

    def __init__(self, ask: Ask) -> None:
        self._counted = Counted(ask)
        self._measured: dict[Figure, Measured | None] = {}

    def of(self, figure: Figure) -> Measured | None:
        """A figure, as the postings tell it; None where nothing does."""
        if figure not in self._measured:
            self._measured[figure] = self._measure(figure)
        return self._measured[figure]

    def months(self) -> int:
        """How many months of threads have been read."""
        return len(self._counted.threads())

    def _measure(self, figure: Figure) -> Measured | None:
        match figure:
            case OpeningsShare():
                return self._openings(figure)
            case MedianPay():
                return self._pay(figure)
            case RegionReach():
                return self._reach(figure)
            case Meeting():
                return self._meetings.get(figure.tracks)
            case MonthlySwing():
                return self._swing(figure)
            case ThreadCompanies():
                return self._companies(figure)
            case MixDifference():
                return self._difference(figure)
            case _:
                return self._part(figure)

    @cached_property
    def _mix(self) -> Floats:
        """Draws of the shares of the six everywhere."""
        rows = self._counted.estimates(WORLD)
        shift = self._counted.label_shift()
        return draws.track_shares(column(rows, "share"), column(rows, "worth"), shift, _chance(WORLD))

    def _openings(self, figure: OpeningsShare) -> Measured:
        (track,) = figure.tracks
        row = self._counted.estimates(WORLD)[SIX.index(track)]
        drawn = self._mix[:, SIX.index(track)]
        return Measured(row["share"], row["share_low"], row["share_high"], drawn, row["of_postings"])

    def _pay(self, figure: MedianPay) -> Measured | None:
        (track,) = figure.tracks
        scope = Scope("country", figure.country, country=figure.country, only=Only(Level(figure.level)))
        rows = self._counted.estimates(scope)
        if any(row["pay_mid_usd"] is None for row in rows):
            return None
        own = rows[SIX.index(track)]
        error = np.log(column(rows, "pay_mid_high_usd") / column(rows, "pay_mid_low_usd")) / (2 * Z_TWO_SIDED)
        drawn = draws.median_pay(column(rows, "pay_mid_usd"), error, column(rows, "pay_apart"), _chance(scope))
        limits = (own["pay_mid_usd"], own["pay_mid_low_usd"], own["pay_mid_high_usd"])
        return Measured(*limits, drawn[:, SIX.index(track)], own["with_pay"])

    def _part(self, figure: PartShare) -> Measured | None:
        rows = self._counted.parts(figure)
        if not rows:
            return None
        postings, of_postings = column(rows, "postings"), column(rows, "of_postings")
        groups = np.array([SIX.index(row["track"]) for row in rows])
        whole, alike = share_of_whole(postings, of_postings), likeness(postings, of_postings, groups)
        own = [SIX.index(track) for track in figure.tracks]
        named, of_named = (table(rows, ("company",), name)[:, own].sum(axis=1) for name in ("postings", "of_postings"))
        found = proportion(named, of_named, whole, alike)
        drawn = draws.part(found.share, found.worth, _chance(figure))
        return Measured(found.share, found.low, found.high, drawn, int(of_named.sum()))

    def _reach(self, figure: RegionReach) -> Measured | None:
        regions = self._counted.in_regions()
        reached = (regions[regions.sum(axis=1) >= figure.least_openings] > 0).astype(float)
        if not len(reached):
            return None
        own = reached[:, [SIX.index(track) for track in figure.tracks]].max(axis=1)
        found = proportion(own, np.ones(len(own)), float(reached.mean()), 0.0)
        drawn = draws.part(found.share, found.worth, _chance(figure))
        return Measured(found.share, found.low, found.high, drawn, len(own))

    @cached_property
    def _meetings(self) -> dict[tuple[str, ...], Measured]:
        """Of each track that two companies or more have openings of whose region is told."""
        placed = self._counted.placed()
        told = [number for number, of_track in enumerate(placed) if (of_track.sum(axis=1) > 0).sum() > 1]
        everywhere = placed.sum(axis=(0, 1))
        drawn = draws.meeting([placed[number] for number in told], everywhere, _chance("meeting"))
        counted = {number: round(float(placed[number].sum())) for number in told}
        return {(SIX[number],): _middle(of, counted[number]) for number, of in zip(told, drawn, strict=True)}

    def _swing(self, figure: MonthlySwing) -> Measured | None:
        months = self._counted.threads()
        own = months[:, [SIX.index(track) for track in figure.tracks]].sum(axis=1)
        if len(months) < figure.least_months or not 0 < own.sum() < months.sum():
            return None
        return _middle(draws.swing(own, months.sum(axis=1), _chance(figure)), len(months))

    def _companies(self, figure: ThreadCompanies) -> Measured | None:
        months = self._counted.threads(figure.year)
        if not len(months):
            return None
        own = months[:, [SIX.index(track) for track in figure.tracks]].sum(axis=1)
        return _middle(draws.monthly_mean(own, _chance(figure)), len(months))

    def _difference(self, figure: MixDifference) -> Measured | None:
        """Wrong labels shift the shares of the company and of the others alike, so that they are left out."""
        others = self._counted.at_companies(but=figure.company)
        if not len(others):
            return None
        sizes = others.sum(axis=1)
        (alike,) = self._counted.rows("from priors where parameter = 'dispersal' and of_what = 'company'")
        worth = float(effective_size(sizes.sum(), np.square(sizes).sum(), alike["value"]))
        rows = self._counted.estimates(Scope("company", figure.company, company=figure.company))
        chance = _chance(figure)
        own = draws.track_shares(column(rows, "share"), column(rows, "worth"), NO_SHIFT, chance)
        elsewhere = draws.track_shares(others.sum(axis=0) / sizes.sum(), np.full(len(SIX), worth), NO_SHIFT, chance)
        apart = np.abs(own - elsewhere)[:, [SIX.index(track) for track in figure.tracks]].max(axis=1)
        return _middle(apart, rows[0]["of_postings"])


def _middle(drawn: Floats, counted: int) -> Measured:
    """The middle of draws, with the limits of their middle 95 %."""
    low, middle, high = (float(limit) for limit in np.quantile(drawn, [0.025, 0.5, 0.975]))
    return Measured(middle, low, high, drawn, counted)


def _chance(of: object) -> np.random.Generator:
    """The same for the same figure or scope, whatever else is measured, and another for each."""
    return np.random.default_rng(crc32(repr(of).encode()))
