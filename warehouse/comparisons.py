"""Whether figures differ by more than chance: intervals of differences, an exact test, and what many tests find.

All here are functions of arrays with an element for each comparison.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from warehouse.estimates import Z_TWO_SIDED, Floats, wilson

Bools = NDArray[np.bool_]
FALSE_DISCOVERIES = 0.05  # the part of what is found that may be chance


def change_of_shares(count: Floats, of: Floats, before: Floats, of_before: Floats) -> tuple[Floats, Floats]:
    """The 95 % limits of how far a share lies above another of others (Newcombe 1998, Stat. Med. 17:873, method 10)."""
    share, share_before = count / of, before / of_before
    (low, high), (low_before, high_before) = wilson(share, of), wilson(share_before, of_before)
    gap = share - share_before
    return (
        gap - np.hypot(share - low, high_before - share_before),
        gap + np.hypot(high - share, share_before - low_before),
    )


def change_of_stock(change: Floats, squares: Floats) -> tuple[Floats, Floats]:
    """The 95 % limits of a change to which companies add their own, independently of each other: a compound Poisson sum.

    How many move is chance too, so that the variance is the sum of the companies' `squares`.
    """
    reach = Z_TWO_SIDED * np.sqrt(squares)
    return change - reach, change + reach


def is_apart(low: Floats, high: Floats) -> Bools:
    """Whether an interval, its limits in whole numbers as they are shown, lies above or under 0."""
    return np.asarray((np.round(low) > 0) | (np.round(high) < 0))


def chance_of_more(count: Floats, of: Floats, elsewhere: Floats, of_elsewhere: Floats) -> Floats:
    """The chance of `count` or more in `of`, were they drawn from these and those elsewhere together.

    Fisher's exact test, one-sided: the hypergeometric distribution.
    """
    count, of, elsewhere, of_elsewhere = np.broadcast_arrays(count, of, elsewhere, of_elsewhere)
    more = (np.minimum(of, count + elsewhere) - count).astype(int)  # counts beyond its own that there can be
    test = np.repeat(np.arange(len(more)), more + 1)
    beyond = np.arange(len(test)) - np.repeat(np.cumsum(more + 1) - more - 1, more + 1)
    counts = count[test] + beyond
    logs = _log_ways(of[test], counts) + _log_ways(of_elsewhere[test], (count + elsewhere)[test] - counts)
    chances = np.exp(logs - _log_ways(of + of_elsewhere, count + elsewhere)[test])
    return np.bincount(test, chances, len(more)).clip(max=1)


def chance_of_change(count: Floats, of: Floats, before: Floats, of_before: Floats) -> Floats:
    """Fisher's exact test, two-sided: twice the smaller of both chances, at most 1."""
    more, less = chance_of_more(count, of, before, of_before), chance_of_more(before, of_before, count, of)
    return np.asarray(np.minimum(1, 2 * np.minimum(more, less)))


def discoveries(chances: Floats, tests: int) -> Bools:
    """Which of so many tests find something, at a false discovery rate of `FALSE_DISCOVERIES`.

    Benjamini and Hochberg 1995, J. R. Stat. Soc. B 57:289. Of tests whose chance is not given it is 1.
    """
    ordered = np.sort(chances)
    under = ordered[ordered <= FALSE_DISCOVERIES / tests * np.arange(1, len(chances) + 1)]
    return np.asarray(chances <= under.max(initial=-1))


def _log_ways(of: Floats, some: Floats) -> Floats:
    """The logarithm of in how many ways some of so many can be chosen."""
    from scipy.special import gammaln  # a quarter of a second; scipy.stats would take a second more

    return np.asarray(gammaln(of + 1) - gammaln(some + 1) - gammaln(of - some + 1))
