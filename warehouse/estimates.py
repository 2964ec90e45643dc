"""Shares of the tracks and median pay by partial pooling: a cell borrows from what it lies in, the more the less it has.

A cell is what a question is about: a place, a company, a place at one level. It lies in another, and so up to the world.
Its rungs are its own postings, then those of what it lies in without its own, and so on: no posting stands twice in them.
All here are functions of arrays: cells, rungs and tracks, in that order. What is learnt, once a build, are a few numbers:
how far cells lie from what they lie in, and how alike the postings of a company are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from warehouse.chances import chance_positive

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

Z_TWO_SIDED, Z_ONE_SIDED = 1.959964, 1.644854
# dispersals that are tried, 1 / (1 + concentration)
DISPERSALS = np.linspace(0.005, 0.995, 100)
POOLED = (("country", "region", "city"), ("remote",), ("company",), ("narrowed",))
# the part of the companies of a place that have one opening in it: 0.80 to 0.81 of those in countries, in regions, in cities
ONCE = 0.8
ROUNDS = 3  # of learning, each from the parents that the one before gave


@dataclass(frozen=True)
class Counts:
    """Postings of cells by rung and track.

    `postings` has shape (cells, rungs, tracks), as many as are expected; `squares` (cells, rungs) sums over companies the square of their
    postings; `steps` (cells, rungs) names the step by which a rung lies in the next: a key of what is learnt, or "" where
    the rung is not there or is the last.
    """

    postings: Floats
    squares: Floats
    steps: NDArray[np.str_]


@dataclass(frozen=True)
class Shares:
    """Shares of the tracks, which sum to 1, with their 95 % intervals; arrays of shape (cells, tracks).

    `worth` (cells, tracks) is how many postings drawn one by one and labelled right would tell as much; `parent` (cells,
    tracks) what the cell lies in says, and `parent_weight` (cells) how much of the share is that.
    """

    share: Floats
    low: Floats
    high: Floats
    worth: Floats
    parent: Floats
    parent_weight: Floats


@dataclass(frozen=True)
class LabelShift:
    """By how much shares are off by wrong labels beyond chance, as standard errors on the logit scale.

    `market` is the same in every cell; `company` is of each company apart.
    """

    market: float
    company: float


NO_SHIFT = LabelShift(0.0, 0.0)


def estimate_shares(counts: Counts, dispersals: Mapping[str, float], shift: LabelShift = NO_SHIFT) -> Shares:
    """The share of each track in each cell.

    Down the rungs, shares are Dirichlet around those of the rung above; the posterior mean lies between that and the own
    share. Own postings count as many as they are worth with a company's being alike (Kish 1965). What one posting is, as far
    as its probabilities tell, is in the interval as if it were drawn: the variance of a sum of probabilities and that of
    labels around them add up to that of labels. How far labels are off together widens the interval and leaves the share.
    """
    spread = _spreads(counts, dispersals)
    tracks = counts.postings.shape[2]
    share = parent = np.full((len(counts.postings), tracks), 1 / tracks)
    worth = held = np.ones(len(counts.postings))  # Perks 1947: all that is known before counting is worth one posting
    for rung in reversed(range(counts.postings.shape[1])):
        own = counts.postings[:, rung]
        size = own.sum(axis=1)
        told = effective_size(size, counts.squares[:, rung], dispersals["company"])
        parent, held = share, _diluted(worth, spread[:, rung])
        weight = held / (held + told)
        share = weight[:, None] * parent + (1 - weight[:, None]) * own / np.where(size > 0, size, 1)[:, None]
        worth = held + told
    companies = np.maximum(size**2 / np.maximum(counts.squares[:, 0], 1e-12), 1)  # as many of one size tell as much
    companies = np.where(counts.squares[:, 0] > 0, companies, 1)
    wrong = shift.company**2 * share * (1 - share) / companies[:, None]
    right = 1 / (1 / (worth[:, None] + 1) + wrong) - 1
    low, high = share_limits(share, right, shift.market)
    return Shares(share, low, high, right, parent, weight)


def share_limits(share: Floats, worth: Floats, shift: Floats | float = 0.0) -> tuple[Floats, Floats]:
    """The 95 % limits of shares that are worth so many postings; both of shape (cells, tracks).

    Wilson's. Of a track that less than one posting stands behind they begin at 0.
    """
    size = 1 / (1 / (worth + 1) + np.square(shift) * share * (1 - share))
    z = np.where(size * share < 1, Z_ONE_SIDED, Z_TWO_SIDED)
    low, high = wilson(share, size, z)
    return np.where(z == Z_ONE_SIDED, 0.0, low), high


def wilson(share: Floats, size: Floats, z: Floats | float = Z_TWO_SIDED) -> tuple[Floats, Floats]:
    """The limits of shares of so many drawn one by one (Wilson 1927, J. Am. Stat. Assoc. 22:209); 0 to 1 of none."""
    size = np.maximum(size, 1e-12)
    middle = share + z**2 / (2 * size)
    reach = z * np.sqrt(share * (1 - share) / size + z**2 / (4 * size**2))
    low, high = (middle - reach) / (1 + z**2 / size), (middle + reach) / (1 + z**2 / size)
    return np.clip(low, 0, share), np.clip(high, share, 1)


def effective_size(size: Floats, squares: Floats, alike: float) -> Floats:
    """How many postings drawn one by one tell as much as these of some companies (Kish 1965, Survey Sampling)."""
    return np.asarray(size / (1 + (squares / np.where(size > 0, size, 1) - 1).clip(0) * alike))


def one_company(size: Floats, squares: Floats) -> Floats:
    """The chance that two openings of a place are of one company, by how many are seen and the sum of companies' squares.

    That of the next two openings where companies come as Pitman's process has it (Pitman 2006, Combinatorial stochastic
    processes, 3.2, with concentration 0), of which `ONCE` is the only parameter.
    """
    return np.where(size > 0, (squares + (1 - 2 * ONCE) * size).clip(0) / np.maximum(size * (size + 1), 1), 1 - ONCE)


def _spreads(counts: Counts, dispersals: Mapping[str, float]) -> Floats:
    """How far each rung lies from the next: as such places do, and more the fewer companies make it what it is."""
    spread = np.vectorize(lambda step: dispersals.get(step, 0.0), otypes=[float])(counts.steps)
    few = np.where(
        np.isin(counts.steps, ("", "company")), 0.0, one_company(counts.postings.sum(axis=2), counts.squares)
    )
    return np.asarray((spread + few * dispersals["company"]).clip(max=1.0))


def learn_dispersals(counts: Counts) -> dict[str, float]:
    """How far cells lie from what they lie in, by step, 0 to 1: 1 / (1 + concentration of the Dirichlet).

    By the Dirichlet-multinomial likelihood (Minka 2000, Estimating a Dirichlet distribution). Steps between places share one.
    Companies are alike by the dispersal of their own step. By how much few companies put a place apart (`_spreads`) is on
    average in what is learnt too: taken out of it, too much was borrowed. `counts` are those of labels: sums of probabilities
    are more alike than what they stand for.
    """
    dispersals = {step: 0.1 for steps in POOLED for step in steps}
    above = Counts(counts.postings[:, 1:], counts.squares[:, 1:], counts.steps[:, 1:])
    own = counts.postings[:, 0]
    for _ in range(ROUNDS):
        parents = estimate_shares(above, dispersals)
        for steps in POOLED:
            # a cell of one posting tells nothing of a dispersal
            rows = np.isin(counts.steps[:, 0], steps) & (own.sum(axis=1) > 1)
            learnt = _dispersal(own[rows], parents.share[rows], parents.worth[rows, 0])
            dispersals |= dict.fromkeys(steps, learnt)
    return dispersals


def _diluted(worth: Floats, dispersal: Floats) -> Floats:
    """What a parent's share that is worth so many postings is worth for a cell that lies so far from it.

    The variances of both Dirichlets add up: 1 / (held + 1) = dispersal * worth / (worth + 1) + 1 / (worth + 1).
    """
    return np.asarray((worth + 1) / (1 + dispersal * worth) - 1)


def _dispersal(own: Floats, parent: Floats, worth: Floats) -> float:
    from scipy.special import gammaln  # a quarter of a second that only a build pays

    size = own.sum(axis=1)
    logs = np.empty(len(DISPERSALS))
    for number, dispersal in enumerate(DISPERSALS):
        held = _diluted(worth, np.full(len(worth), dispersal))
        expected = held[:, None] * parent
        logs[number] = (gammaln(held) - gammaln(held + size)).sum() + (
            gammaln(expected + own) - gammaln(expected)
        ).sum()
    logs += 8 * np.log1p(-DISPERSALS)  # before anything is seen, about 0.1 (Beta of 1 and 9)
    return upper_limit(DISPERSALS, logs)


def upper_limit(tried: Floats, logs: Floats) -> float:
    """The posterior mean and two standard deviations more, from the logarithm of the likelihood of each value tried.

    What is learnt from few cells is taken to be larger: to borrow too much does more harm than to borrow too little.
    """
    chances = np.exp(logs - logs.max())
    mean = float(chances @ tried / chances.sum())
    return min(mean + 2 * float(np.sqrt(chances @ (tried - mean) ** 2 / chances.sum())), float(tried[-1]))


def difference(
    share: Floats, worth: Floats, other: Floats, other_worth: Floats, shift: Floats | float = 0.0
) -> tuple[Floats, Floats, Floats, Floats]:
    """How far shares lie above the same tracks' in another cell: the difference, its 95 % limits, the chance that it is positive.

    Wrong labels shift the shares of both on the logit scale alike.
    """
    spread, other_spread = share * (1 - share), other * (1 - other)
    variance = spread / (worth + 1) + other_spread / (other_worth + 1) + np.square(shift * (spread - other_spread))
    gap, error = share - other, np.sqrt(variance)
    return (
        gap,
        gap - Z_TWO_SIDED * error,
        gap + Z_TWO_SIDED * error,
        np.vectorize(chance_positive, otypes=[float])(gap, error),
    )
