"""What counts leave possible, as draws: thousands of values of a figure, each of which could be the true one.

How often one figure is above another in them is the probability that it is. Figures that are drawn together, such as the
shares of six tracks, vary together. The seed is the caller's, so that the same counts give the same draws.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.random import Generator

from warehouse.estimates import Floats

DRAWS = 5_000
LEAST = 0.5  # postings that stand behind a share at least, as in Jeffreys' prior: what nobody has been seen to hire is rare, not none
Array = np.ndarray[Any, Any]


def track_shares(share: Floats, worth: Floats, shift: Floats, chance: Generator) -> Floats:
    """Shares of the tracks (draws, tracks), which sum to 1, from their estimate; wrong labels shift them on the logit scale.

    Each is gamma, of its own worth, over their sum: Dirichlet where all are worth the same.
    """
    drawn = chance.gamma(np.maximum(share * worth, LEAST), size=(DRAWS, len(share))) / worth
    drawn = (drawn / drawn.sum(axis=1, keepdims=True)).clip(1e-12, 1 - 1e-12)
    odds = drawn / (1 - drawn) * np.exp(shift * chance.standard_normal(drawn.shape))
    moved = odds / (1 + odds)
    return np.asarray(moved / moved.sum(axis=1, keepdims=True))


def part(share: float, worth: float, chance: Generator) -> Floats:
    """A share (draws) that is worth so many postings drawn one by one."""
    return chance.beta(max(share * worth, LEAST), max((1 - share) * worth, LEAST), DRAWS)


def median_pay(middle: Floats, error: Floats, apart: Floats, chance: Generator) -> Floats:
    """Medians of pay (draws, tracks) of one cell, from their estimates (tracks).

    `error` is the standard error of the logarithm, `apart` the part of it that the tracks do not share.
    """
    together = np.sqrt(np.maximum(error**2 - apart**2, 0)) * chance.standard_normal((DRAWS, 1))
    return np.asarray(middle * np.exp(together + apart * chance.standard_normal((DRAWS, len(middle)))))


def monthly_mean(counts: Floats, chance: Generator) -> Floats:
    """The mean of monthly counts (draws): gamma, wider where months differ by more than chance makes them."""
    spread = max(1.0, float(counts.var(ddof=1) / max(counts.mean(), 1 / len(counts)))) if len(counts) > 2 else 1.0
    return chance.gamma((counts.sum() + 0.5) / spread, spread / len(counts), DRAWS)


def swing(counts: Floats, of_counts: Floats, chance: Generator) -> Floats:
    """How far a share swings from month to month beyond chance, as a part of its mean (draws), from two months on.

    Pearson's chi-squared over its degrees of freedom is how many times as much months vary as chance makes them.
    """
    share = counts.sum() / of_counts.sum()
    freedom = len(counts) - 1
    found = (np.square(counts - of_counts * share) / (of_counts * share * (1 - share))).sum()
    by_chance = (1 - share) / share * np.mean(1 / of_counts)
    return np.asarray(np.sqrt(by_chance * (found / chance.chisquare(freedom, DRAWS) - 1).clip(0)))


def meeting(tracks: list[Floats], everywhere: Floats, chance: Generator) -> list[Floats]:
    """The chance that two openings of different companies are in one region (draws), of each track.

    Of a track, `tracks` has its openings (companies, regions); `everywhere` (regions) is where openings of all six are.
    Companies get weights by chance (Rubin 1981, The Bayesian bootstrap, Ann. Stat. 9:130), the same for every track; one
    company more, which hires as all six do, stands for those not seen.
    """
    companies = len(tracks[0]) if tracks else 0
    weights = chance.exponential(size=(DRAWS, companies + 1))
    seen, unseen = weights[:, :-1], weights[:, -1:]
    found = []
    for placed in tracks:
        sizes = placed.sum(axis=1)
        own = sizes.sum() / max((sizes > 0).sum(), 1)
        total, more = seen @ placed, unseen * own * everywhere / everywhere.sum()
        met = (total**2).sum(axis=1) - seen**2 @ (placed**2).sum(axis=1) + 2 * (total * more).sum(axis=1)
        pairs = (seen @ sizes) ** 2 - seen**2 @ sizes**2 + 2 * (seen @ sizes) * unseen[:, 0] * own
        found.append(np.asarray(met / pairs))
    return found
