"""Shares of postings that have something in common (a level, a skill, a kind of employer), where companies are drawn.

Postings of a company are alike, so they tell as much as fewer postings drawn one by one would. All here are functions of
arrays with a row for each company's postings of one group, such as a track.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from warehouse.estimates import Floats, effective_size, share_limits

HELD = 2  # postings that the share of the whole counts as, beside a group's own
ALIKE_BEFORE, SEEN_BEFORE = 0.2, 1.0  # how alike postings of a company are before any is seen, and what that weighs


@dataclass(frozen=True, slots=True)
class Proportion:
    """A share, 0 to 1, with its 95 % limits; `worth` is how many postings drawn one by one would tell as much."""

    share: float
    low: float
    high: float
    worth: float


def proportion(postings: Floats, of_postings: Floats, whole: float, alike: float) -> Proportion:
    """The share of postings of some companies (a row each), beside which the share of the whole counts a little.

    The posterior mean of a beta distribution; its limits are Wilson's, as those of all shares (`share_limits`).
    """
    size = of_postings.sum()
    told = float(effective_size(size, np.square(of_postings).sum(), alike))
    own = float(postings.sum() / max(size, 1))
    worth = told + HELD
    share = (told * own + HELD * whole) / worth
    low, high = share_limits(np.array([[share]]), np.array([worth]))
    return Proportion(share, float(low[0, 0]), float(high[0, 0]), worth)


def share_of_whole(postings: Floats, of_postings: Floats) -> float:
    """The share of all postings together; half a posting more on either side, so that nothing is impossible."""
    return float((postings.sum() + 0.5) / (of_postings.sum() + 1))


def likeness(postings: Floats, of_postings: Floats, groups: Floats) -> float:
    """How alike postings of one company and group are, 0 to 1: their intraclass correlation.

    By pairs inside companies against pairs inside the group (Fleiss and Cuzick 1979, Appl. Psychol. Meas. 3:537), drawn a
    little to `ALIKE_BEFORE`.
    """
    unlike, chance = SEEN_BEFORE * (1 - ALIKE_BEFORE), SEEN_BEFORE
    for group in np.unique(groups):
        k, n = postings[groups == group], of_postings[groups == group]
        share = k.sum() / n.sum()
        unlike += (k * (n - k) / n).sum()
        chance += (n - 1).sum() * share * (1 - share)
    return float(np.clip(1 - unlike / chance, 0, 1))
