"""Shares of postings where what is drawn is a company, whose postings are alike: clusters, in the words of surveys.

All here are functions of arrays with an element for each share.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from warehouse.estimates import Floats, wilson


@dataclass(frozen=True)
class Clusters:
    """Of each share: `postings` that are of it, out of `of_postings`, in so many `units` (companies).

    Summed over the units: `squares` of their postings that are of the share, `products` of these and all their postings,
    `of_squares` of all their postings.
    """

    postings: Floats
    of_postings: Floats
    units: Floats
    squares: Floats
    products: Floats
    of_squares: Floats

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, Any]]) -> Clusters:
        """From rows of `sums_over_units` (warehouse/macros/clusters.sql)."""
        return cls(*(np.array([row[name] for row in rows], float) for name in cls.__annotations__))

    def limits(self, *, few: bool = False) -> tuple[Floats, Floats]:
        """The 95 % limits of the shares: Wilson's, of what the postings are worth (Dean and Pagano 2015, J. Surv. Stat. Methodol. 3:484).

        `few`: the units may be so few that how alike they are is itself not well known.
        """
        worth = self.worth_of_few() if few else self.worth()
        return wilson(self.share(), worth)

    def share(self) -> Floats:
        """The shares themselves; not a number where there is no posting."""
        nothing = np.full(len(self.postings), np.nan)
        return np.asarray(np.divide(self.postings, self.of_postings, out=nothing, where=self.of_postings > 0))

    def worth(self) -> Floats:
        """How many postings drawn one by one would tell as much: all over the design effect (Kish 1965, Survey Sampling).

        The design effect is the variance of the share, as a ratio of sums over the units, beside that of as many postings drawn
        one by one; it is taken to be at least 1. Where none or all are of the share, as if each unit were of one kind.
        """
        share, units = self.share(), self.units
        around = self.squares - 2 * share * self.products + share**2 * self.of_squares
        alike = (units <= 1) | (share == 0) | (share == 1)
        effect = np.divide(
            units * around,
            (units - 1) * self.postings * (1 - share),
            out=self.of_squares / np.maximum(self.of_postings, 1),
            where=~alike,
        )
        return np.asarray(self.of_postings / np.maximum(effect, 1))

    def worth_of_few(self) -> Floats:
        """The same where what is known of the units is known from few of them.

        Smaller by the square of Student's quantile over the normal one (Korn and Graubard 1998, Surv. Methodol. 24:193).
        """
        worth, alike = self.worth(), (self.units < self.of_postings) & (self.units > 1)
        if alike.any():
            from scipy.special import ndtri, stdtrit  # a fifth of a second

            worth[alike] *= (ndtri(0.975) / stdtrit(self.units[alike] - 1, 0.975)) ** 2
        return worth
