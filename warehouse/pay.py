"""Median pay by partial pooling, beside the shares of `warehouse.estimates`: the same cells and rungs, log pay and normals.

What a posting states is the sum of effects of its track and level, known by name, and of place, company and itself, by size.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from warehouse.estimates import ROUNDS, Z_TWO_SIDED, Floats, Ints, effective_size, one_company, upper_limit

# the sizes of effects on log pay before anything is seen, each as much as SEEN_BEFORE effects seen
PAY_SPREADS = {
    "track": 0.2, "level": 0.2, "country": 0.3, "region": 0.15, "city": 0.1, "within": 0.1, "narrowed": 0.1,
    "remote": 0.1, "company": 0.25, "posting": 0.3,
}  # fmt: skip
SEEN_BEFORE = 2
ELASTICITY = 0.5  # how much of a country's prices is taken to be in its pay before anything is seen


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
    What a few companies, which may be all that hire for the track there, pay apart is in the interval.
    """
    (mean, variance), stated = _others(counts, model), counts.stated[:, 0].sum(axis=2)
    noise = _noise(stated, counts.own_squares, model)
    mean, before, weight = _borrowed(mean, variance + model.spreads["within"] ** 2, _own(counts, model), noise)
    few = np.where(counts.steps[:, :1] == "company", 0.0, one_company(stated, counts.own_squares))
    few = few * np.square(weight * model.spreads["company"])
    # the median of many normals varies more than their mean, by half of pi
    variance = (before + few) * (1 + (1 - weight) * (np.pi / 2 - 1) * (1 - 1 / np.maximum(stated, 1)))
    middle, error = _effects(counts, model) + mean, np.square(model.track_error)
    reach = Z_TWO_SIDED * np.sqrt(variance + error)
    apart = np.sqrt(weight * model.spreads["within"] ** 2 + few + error)
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


def _borrowed(mean: Floats, variance: Floats, own: Floats, noise: Floats) -> tuple[Floats, Floats, Floats]:
    """The normal posterior of a mean: its centre, its variance, and the weight of what was known before."""
    weight = 1 / (1 + variance / noise)
    return weight * mean + (1 - weight) * own, weight * variance, weight


def learn_pay(logs: Floats, prices: Floats, codes: Mapping[str, Ints], tracks: int, levels: int) -> PayModel:
    """The effects on log pay and their sizes, from the log pay of postings, the prices of their countries, and codes of effects.

    Effects and variances in turn, each effect shrunk by its own variance (Gelman & Hill 2007, 12-13; mean-field EM).
    """
    spreads = dict(PAY_SPREADS)
    sizes = {name: int(code.max(initial=-1)) + 1 for name, code in codes.items()} | {"track": tracks, "level": levels}
    effects = {name: np.zeros(size) for name, size in sizes.items()}
    variances = {name: np.full(size, spreads[name] ** 2) for name, size in sizes.items()}
    if not len(logs):
        return PayModel(np.full(tracks, np.nan), np.zeros(tracks), np.zeros((tracks, levels)), 0.0, spreads)
    country = np.zeros(sizes["country"])
    country[codes["country"]] = prices
    price_elasticity, mean = ELASTICITY, float(logs.mean())
    rest = logs - mean - price_elasticity * prices
    for _ in range(50):
        weight = spreads["posting"] ** -2
        for name, code in codes.items():
            rest += effects[name][code]
            variances[name] = 1 / (1 / spreads[name] ** 2 + weight * np.bincount(code, minlength=sizes[name]))
            effects[name] = variances[name] * weight * np.bincount(code, rest, sizes[name])
            rest -= effects[name][code]
            spreads[name] = _spread(effects[name] ** 2 + variances[name], PAY_SPREADS[name])
        mean, rest = mean + float(rest.mean()), rest - rest.mean()
        # a normal prior around ELASTICITY, of a standard deviation as large
        known = country @ country / spreads["country"] ** 2 + ELASTICITY**-2
        more = (
            country @ effects["country"] / spreads["country"] ** 2 + (ELASTICITY - price_elasticity) / ELASTICITY**2
        ) / known
        price_elasticity, effects["country"] = price_elasticity + float(more), effects["country"] - more * country
        left = np.square(rest) + sum(variances[name][code] for name, code in codes.items())
        spreads["posting"] = _spread(left, PAY_SPREADS["posting"])
    return _model(mean, effects, variances, codes, price_elasticity, spreads)


def _spread(squares: Floats, before: float) -> float:
    """A standard deviation from the expected squares of effects and from what was taken for it before."""
    return float(np.sqrt((squares.sum() + SEEN_BEFORE * before**2) / (len(squares) + SEEN_BEFORE)))


def _model(
    mean: float,
    effects: dict[str, Floats],
    variances: dict[str, Floats],
    codes: Mapping[str, Ints],
    price_elasticity: float,
    spreads: dict[str, float],
) -> PayModel:
    """Of a track alone its usual levels and companies are meant: those of its postings, a company's being alike."""
    tracks, companies = len(effects["track"]), len(effects["company"])
    numbers = codes["track"] * companies + codes["company"]
    cells = np.bincount(numbers, minlength=tracks * companies).reshape(tracks, companies).astype(np.float64)
    alike = spreads["company"] ** 2 / (spreads["company"] ** 2 + spreads["posting"] ** 2)
    weights = effective_size(cells, cells**2, alike)
    told = weights.sum(axis=1) + 1
    of_postings = effects["level"][codes["level"]]
    usual = (np.bincount(codes["track"], of_postings, tracks) + of_postings.mean()) / (cells.sum(axis=1) + 1)
    return PayModel(
        mean + usual + effects["track"] + weights @ effects["company"] / told,
        np.sqrt(variances["track"] + spreads["company"] ** 2 / told),
        effects["level"] - usual[:, None],
        price_elasticity,
        spreads,
    )


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
        known = variance[rows] + _noise(stated, stated, model)[rows]
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
