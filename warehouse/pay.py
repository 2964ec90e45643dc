"""Median pay by partial pooling, beside the shares of `warehouse.estimates`: the same cells and rungs, log pay and normals.

What a posting states is the sum of effects of its track and level, known by name, and of place, company and itself, by size.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from warehouse.estimates import ROUNDS, Z_TWO_SIDED, Floats, Ints, one_company, upper_limit

# the sizes of effects on log pay before anything is seen, each as much as SEEN_BEFORE effects seen
PAY_SPREADS = {
    "track": 0.2, "level": 0.2, "country": 0.3, "region": 0.15, "city": 0.1, "within": 0.1, "narrowed": 0.1,
    "remote": 0.1, "company": 0.25, "posting": 0.3,
}  # fmt: skip
SEEN_BEFORE = 2


@dataclass(frozen=True)
class PayCounts:
    """What postings of cells state, by rung, track and level.

    `stated` and `logs` have shape (cells, rungs, tracks, levels): postings that state pay, and the sum of the logarithms of
    the middles of their ranges, in US dollars a year; `middle` (cells, tracks) is the median of the cell's own logarithms.
    `squares` (cells, rungs) is that of `Counts`; `own_squares` and `other_squares` (cells, tracks) are those of the cell's own
    postings of a track and of all but that track. `level` (cells) is the place of the cell's level, -1 where it is of all
    levels; `price` (cells, rungs) the price level of the country that a rung is, as a logarithm, and 0 of other rungs.
    """

    stated: Floats
    logs: Floats
    middle: Floats
    squares: Floats
    own_squares: Floats
    other_squares: Floats
    steps: NDArray[np.str_]
    level: Ints
    price: Floats


@dataclass(frozen=True)
class PayModel:
    """Log pay as a sum of normal effects: of the track and level, known by name, and of places and companies by size.

    `track` and `track_error` (tracks): what is paid for a track at its usual levels in a usual place, and the standard
    error. `level` (tracks, levels): how far a level lies from the track's usual ones. `price_elasticity`: how much of a
    country's prices, as a logarithm, is in its pay. `spreads`: standard deviations of effects, by step, and of a posting.
    """

    track: Floats
    track_error: Floats
    level: Floats
    price_elasticity: float
    spreads: Mapping[str, float]


@dataclass(frozen=True)
class Pay:
    """Median pay, US dollars a year, with 95 % intervals; arrays of shape (cells, tracks).

    `apart` is the standard error of its logarithm against that of other tracks of the cell, which share its place or company.
    `parent_weight` is how much of it is what the cell's other tracks, and what it lies in, say.
    """

    mid: Floats
    low: Floats
    high: Floats
    apart: Floats
    parent_weight: Floats


def estimate_pay(counts: PayCounts, model: PayModel) -> Pay:
    """The median pay of each track in each cell; not a number where the model knows of no pay at all.

    Down the rungs, what all tracks of a rung are paid above the model's effects is normal around that of the rung above
    (Fay & Herriot 1979, J. Am. Stat. Assoc. 74:269); last the other tracks of the cell, and the track's own postings.
    What a few companies, which may be all that hire for the track there, pay apart is in the interval; and it is wider where
    own postings lie further from the rest than both allow.
    """
    (mean, variance), stated = _others(counts, model), counts.stated[:, 0].sum(axis=2)
    own, known = _own(counts, model), variance + model.spreads["within"] ** 2
    noise = _noise(stated, counts.own_squares, model) * _of_median(stated)
    wider = _birge_ratio(own - mean, known + noise)
    mean, left, weight = _borrowed(mean, known, own, noise)
    few = np.where(counts.steps[:, :1] == "company", 0.0, one_company(stated, counts.own_squares))
    few = few * np.square(weight * model.spreads["company"])
    middle, error = _effects(counts, model) + mean, np.square(model.track_error)
    reach = Z_TWO_SIDED * np.sqrt(left * wider + few + error)
    apart = np.sqrt(weight * model.spreads["within"] ** 2 * wider + few + error)
    return Pay(np.exp(middle), np.exp(middle - reach), np.exp(middle + reach), apart, weight)


def _effects(counts: PayCounts, model: PayModel) -> Floats:
    """Log pay by the model's effects in a usual place, at the cell's level; shape (cells, tracks)."""
    return np.asarray(model.track + np.where(counts.level[:, None] >= 0, model.level[:, counts.level].T, 0.0))


def _own(counts: PayCounts, model: PayModel) -> Floats:
    """How far the medians of the cell's own postings lie above that; shape (cells, tracks)."""
    return counts.middle - _effects(counts, model)


def _rungs(counts: PayCounts, model: PayModel) -> tuple[Floats, Floats]:
    """By cell, rung and track: postings that state pay, and the sum of what their logarithms lie above the model's effects."""
    effects = model.track[:, None] + np.where(counts.level[:, None, None] >= 0, model.level, 0.0)
    return counts.stated.sum(axis=3), (counts.logs - counts.stated * effects[:, None]).sum(axis=3)


def _parents(counts: PayCounts, model: PayModel) -> tuple[Floats, Floats]:
    """What is known of a cell, all tracks together, before its own: means and variances, of shape (cells, 1)."""
    step = counts.steps[:, :, None]
    spread = np.vectorize(lambda of: model.spreads.get(of, 0.0), otypes=[float])(step)
    # a country is around one of its prices, where pay is by the model's effects alone; the world is as far from that as
    # its large countries make it
    below = np.concatenate([np.full_like(step[:, :1], "world"), step[:, :-1]], axis=1)
    spread += np.where((step == "") & (below != "") & (below != "country"), model.spreads["country"], 0.0)
    stated, above = (of.sum(axis=2, keepdims=True) for of in _rungs(counts, model))
    mean = variance = np.zeros((len(stated), 1))
    for rung in reversed(range(1, stated.shape[1])):
        noise = _noise(stated[:, rung], counts.squares[:, rung, None], model)
        mean_own = above[:, rung] / np.maximum(stated[:, rung], 1)
        mean = mean + model.price_elasticity * counts.price[:, rung, None]
        mean, variance, _ = _borrowed(mean, variance + np.square(spread[:, rung]), mean_own, noise)
    return mean + model.price_elasticity * counts.price[:, :1], variance + np.square(spread[:, 0])


def _others(counts: PayCounts, model: PayModel) -> tuple[Floats, Floats]:
    """The same for each track with the cell's own postings of all other tracks; shape (cells, tracks)."""
    mean, variance = _parents(counts, model)
    stated, above = (of[:, 0].sum(axis=1, keepdims=True) - of[:, 0] for of in _rungs(counts, model))
    noise = _noise(stated, counts.other_squares, model)
    mean, variance, _ = _borrowed(mean, variance, above / np.maximum(stated, 1), noise)
    return mean, variance


def _noise(stated: Floats, squares: Floats, model: PayModel) -> Floats:
    """The variance of a mean of so many postings, whose companies are clusters; infinite of none."""
    scatter = model.spreads["posting"] ** 2 * stated + model.spreads["company"] ** 2 * squares
    variance = scatter / np.maximum(stated, 1) ** 2
    return np.where(stated > 0, variance, np.inf)


def _of_median(stated: Floats) -> Floats:
    """How many times as much as their mean the median of so many normals varies: half of pi of many."""
    return np.asarray(1 + (np.pi / 2 - 1) * (1 - 1 / np.maximum(stated, 1)))


def _borrowed(mean: Floats, variance: Floats, own: Floats, noise: Floats) -> tuple[Floats, Floats, Floats]:
    """The normal posterior of a mean: its centre, its variance, and the weight of what was known before."""
    weight = 1 / (1 + variance / noise)
    return weight * mean + (1 - weight) * own, weight * variance, weight


def _birge_ratio(gap: Floats, variance: Floats) -> Floats:
    """How many times the variance of two figures together must be what it was taken for, as far apart as they lie; 1 at least.

    R. T. Birge 1932, Phys. Rev. 40:207; the Particle Data Group's scale factor, squared.
    """
    return np.maximum(1.0, np.square(gap) / variance)


def learn_spreads(counts: PayCounts, model: PayModel) -> PayModel:
    """The model with the spreads of cells around what they lie in, and of tracks within a cell, as they are learnt from cells.

    Each from the normal likelihood of gaps to parents. Cells are as far apart as their own employers make them.
    """
    stated, above = (of[:, 0] for of in _rungs(counts, model))
    own = stated.sum(axis=1)
    for _ in range(ROUNDS):
        spreads = dict(model.spreads)
        mean, variance = (of[:, 0] for of in _parents(counts, model))
        one_by_one = _noise(own, own, model)
        for steps in (("country",), ("region", "city"), ("narrowed", "remote")):
            rows = np.isin(counts.steps[:, 0], steps) & (own > 0)
            gap = above[rows].sum(axis=1) / own[rows] - mean[rows]
            known = variance[rows] - spreads[steps[0]] ** 2 + one_by_one[rows]
            spreads |= dict.fromkeys(steps, _upper(gap, known, PAY_SPREADS[steps[0]]))
        mean, variance = _others(counts, model)
        rows = (stated > 0) & (counts.steps[:, :1] != "company")
        known = (variance + _noise(stated, stated, model) * _of_median(stated))[rows]
        spreads["within"] = _upper(_own(counts, model)[rows] - mean[rows], known, PAY_SPREADS["within"])
        model = replace(model, spreads=spreads)
    return model


def _upper(gap: Floats, known: Floats, before: float) -> float:
    """The standard deviation of gaps beside their known variances: its posterior mean and two standard deviations more."""
    tried = np.linspace(0.01, 1, 100)
    variance = tried[:, None] ** 2 + np.maximum(known, 0)
    logs = -0.5 * (np.log(variance) + gap**2 / variance).sum(axis=1)
    logs -= SEEN_BEFORE * (np.log(tried) + before**2 / tried**2 / 2)
    return upper_limit(tried, logs)
