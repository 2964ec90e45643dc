"""Shares of the tracks and median pay by partial pooling: a cell borrows from what it lies in, the more the less it has.

A cell is what a question is about: a place, a company, a place at one level. It lies in another, and so up to the world.
Its rungs are its own postings, then those of what it lies in without its own, and so on: no posting stands twice in them.
All here are functions of arrays: cells, rungs and tracks, in that order. What is learnt, once a build, are a few numbers:
how far cells lie from what they lie in, and how alike the postings of a company are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import erf, sqrt

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

Z_TWO_SIDED, Z_ONE_SIDED = 1.959964, 1.644854
# dispersals that are tried, 1 / (1 + concentration)
DISPERSALS = np.linspace(0.005, 0.995, 100)
POOLED = (("country", "region", "city"), ("company",), ("narrowed",))
ROUNDS = 3  # of learning, each from the parents that the one before gave
# the sizes of effects on log pay before anything is seen, each as much as two effects seen
PAY_SPREADS = {
    "track": 0.2, "level": 0.2, "country": 0.3, "region": 0.15, "city": 0.1, "within": 0.1, "narrowed": 0.1,
    "company": 0.25, "posting": 0.3,
}  # fmt: skip
SEEN_BEFORE = 2


@dataclass(frozen=True)
class Counts:
    """Postings of cells by rung and track.

    `postings` has shape (cells, rungs, tracks); `squares` (cells, rungs) sums over companies the square of their
    postings; `steps` (cells, rungs) names the step by which a rung lies in the next: a key of what is learnt, or "" where
    the rung is not there or is the last.
    """

    postings: Floats
    squares: Floats
    steps: NDArray[np.str_]


@dataclass(frozen=True)
class Shares:
    """Shares of the tracks, which sum to 1, with their 95 % intervals; arrays of shape (cells, tracks).

    `worth` (cells) is how many postings drawn one by one would tell as much; `parent` (cells, tracks) what the cell lies
    in says, and `parent_weight` (cells) how much of the share is that.
    """

    share: Floats
    low: Floats
    high: Floats
    worth: Floats
    parent: Floats
    parent_weight: Floats


def estimate_shares(counts: Counts, dispersals: Mapping[str, float], shift: Floats | float = 0.0) -> Shares:
    """The share of each track in each cell.

    Down the rungs, shares are Dirichlet around those of the rung above; the posterior mean lies between that and the own
    share. Own postings count as many as they are worth with a company's being alike (Kish 1965). `shift` is the standard
    error of a track's share, on the logit scale, by wrong labels: it widens the interval and leaves the share.
    """
    spread = np.vectorize(lambda step: dispersals.get(step, 0.0), otypes=[float])(counts.steps)
    tracks = counts.postings.shape[2]
    share = parent = np.full((len(counts.postings), tracks), 1 / tracks)
    worth = held = np.ones(len(counts.postings))  # Perks 1947: all that is known before counting is worth one posting
    for rung in reversed(range(counts.postings.shape[1])):
        own = counts.postings[:, rung]
        size = own.sum(axis=1)
        told = effective_size(size, counts.squares[:, rung], dispersals["company"])
        parent, held = share, _diluted(worth, spread[:, rung])
        weight = held / (held + told)
        share = weight[:, None] * parent + (1 - weight[:, None]) * own / np.maximum(size, 1)[:, None]
        worth = held + told
    low, high = share_limits(share, worth, shift)
    return Shares(share, low, high, worth, parent, held / worth)


def share_limits(share: Floats, worth: Floats, shift: Floats | float = 0.0) -> tuple[Floats, Floats]:
    """The 95 % limits of shares (cells, tracks) that are worth so many postings (cells).

    Wilson's (1927, J. Am. Stat. Assoc. 22:209). Of a track that less than one posting stands behind they begin at 0.
    """
    size = 1 / (1 / (worth[:, None] + 1) + np.square(shift) * share * (1 - share))
    z = np.where(size * share < 1, Z_ONE_SIDED, Z_TWO_SIDED)
    middle = share + z**2 / (2 * size)
    reach = z * np.sqrt(share * (1 - share) / size + z**2 / (4 * size**2))
    low, high = (middle - reach) / (1 + z**2 / size), (middle + reach) / (1 + z**2 / size)
    low = np.where(z == Z_ONE_SIDED, 0.0, np.clip(low, 0, share))
    return low, np.clip(high, share, 1)


def effective_size(size: Floats, squares: Floats, alike: float) -> Floats:
    """How many postings drawn one by one tell as much as these of some companies (Kish 1965, Survey Sampling)."""
    return np.asarray(size / (1 + (squares / np.maximum(size, 1) - 1).clip(0) * alike))


def learn_dispersals(counts: Counts) -> dict[str, float]:
    """How far cells lie from what they lie in, by step, 0 to 1: 1 / (1 + concentration of the Dirichlet).

    For each step the posterior mean plus one standard deviation, of the Dirichlet-multinomial likelihood (Minka 2000,
    Estimating a Dirichlet distribution): with few cells to learn from, too small a dispersal does more harm than too
    large. Steps between places share one. Companies are alike by the dispersal of their own step.
    """
    dispersals = {step: 0.1 for steps in POOLED for step in steps}
    above = Counts(counts.postings[:, 1:], counts.squares[:, 1:], counts.steps[:, 1:])
    own = counts.postings[:, 0]
    for _ in range(ROUNDS):
        parents = estimate_shares(above, dispersals)
        for steps in POOLED:
            # a cell of one posting tells nothing of a dispersal
            rows = np.isin(counts.steps[:, 0], steps) & (own.sum(axis=1) > 1)
            learnt = _dispersal(own[rows], parents.share[rows], parents.worth[rows])
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
    chances = np.exp(logs - logs.max())
    mean = float(chances @ DISPERSALS / chances.sum())
    return min(mean + float(np.sqrt(chances @ (DISPERSALS - mean) ** 2 / chances.sum())), float(DISPERSALS[-1]))


def label_shift(held_out: Floats) -> Floats:
    """The standard error of each track's share by wrong labels, on the logit scale.

    `held_out` counts postings of companies that the model never saw by the label of their reader (rows) and of the model
    (columns), none of the tracks last, as many as they are worth. How far off the model's share of each track was, and
    how well that is known.
    """
    found, true = held_out[:, :-1].sum(axis=0), held_out[:-1].sum(axis=1)
    right = held_out.diagonal()[:-1]
    off = _logit(found / found.sum()) - _logit(true / true.sum())
    variance = (found + true - 2 * right) / (found * true)
    return np.asarray(np.sqrt(off**2 + variance))


def _logit(share: Floats) -> Floats:
    return np.asarray(np.log(share / (1 - share)))


@dataclass(frozen=True)
class PayCounts:
    """What postings of cells state, by rung, track and level.

    `stated` and `logs` have shape (cells, rungs, tracks, levels): postings that state pay, and the sum of the logarithms of
    the middles of their ranges, in US dollars a year. `squares` (cells, rungs) is that of `Counts`; `own_squares` and
    `other_squares` (cells, tracks) are those of the cell's own postings of a track and of all but that track. `level`
    (cells) is the place of the cell's level, -1 where it is of all levels.
    """

    stated: Floats
    logs: Floats
    squares: Floats
    own_squares: Floats
    other_squares: Floats
    steps: NDArray[np.str_]
    level: Ints


@dataclass(frozen=True)
class PayModel:
    """Log pay as a sum of normal effects: of the track and level, known by name, and of places and companies by size.

    `track` and `track_error` (tracks): what is paid for a track at its usual levels in a usual place, and the standard
    error. `level` (tracks, levels): how far a level lies from the track's usual ones. `spreads`: standard deviations of the
    effects, by step, and of the postings of one company (`posting`).
    """

    track: Floats
    track_error: Floats
    level: Floats
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
    """
    stated, above = _above(counts, model)
    mean, variance = _others(stated, above, counts, model)
    mean, variance, weight = _borrowed(
        mean, variance + model.spreads["within"] ** 2, above[:, 0], stated[:, 0], counts.own_squares, model
    )
    at_level = np.where(counts.level[:, None] >= 0, model.level[:, counts.level].T, 0.0)
    middle, error = model.track + at_level + mean, np.square(model.track_error)
    reach = Z_TWO_SIDED * np.sqrt(variance + error)
    apart = np.sqrt(weight * model.spreads["within"] ** 2 + error)
    return Pay(np.exp(middle), np.exp(middle - reach), np.exp(middle + reach), apart, weight)


def _above(counts: PayCounts, model: PayModel) -> tuple[Floats, Floats]:
    """By cell, rung and track: postings that state pay, and the sum of what their logarithms lie above the model's effects."""
    effects = model.track[:, None] + np.where(counts.level[:, None, None] >= 0, model.level, 0.0)
    return counts.stated.sum(axis=3), (counts.logs - counts.stated * effects[:, None]).sum(axis=3)


def _parents(stated: Floats, above: Floats, counts: PayCounts, model: PayModel) -> tuple[Floats, Floats]:
    """What the rungs above a cell say of it, all tracks together: means and variances, of shape (cells, 1)."""
    spread = np.vectorize(lambda step: model.spreads.get(step, 0.0), otypes=[float])(counts.steps)
    mean, variance = np.zeros((len(stated), 1)), np.zeros((len(stated), 1))
    for rung in reversed(range(1, stated.shape[1])):
        of_rung = (of[:, rung].sum(axis=1, keepdims=True) for of in (above, stated))
        mean, variance, _ = _borrowed(mean, variance, *of_rung, counts.squares[:, rung, None], model)
        variance = variance + np.square(spread[:, rung - 1, None])
    return mean, variance


def _others(stated: Floats, above: Floats, counts: PayCounts, model: PayModel) -> tuple[Floats, Floats]:
    """The same for each track with the cell's own postings of all other tracks; shape (cells, tracks)."""
    mean, variance = _parents(stated, above, counts, model)
    of_others = (of[:, 0].sum(axis=1, keepdims=True) - of[:, 0] for of in (above, stated))
    mean, variance, _ = _borrowed(mean, variance, *of_others, counts.other_squares, model)
    return mean, variance


def _borrowed(
    mean: Floats, variance: Floats, above: Floats, stated: Floats, squares: Floats, model: PayModel
) -> tuple[Floats, Floats, Floats]:
    """The normal posterior of a mean: its centre, its variance, and the weight of what was known before."""
    size = np.maximum(stated, 1)
    own = (model.spreads["posting"] ** 2 + model.spreads["company"] ** 2 * squares / size) / size
    weight = np.where(stated > 0, own / (own + variance), 1.0)
    return weight * mean + (1 - weight) * above / size, weight * variance, weight


def learn_pay(logs: Floats, codes: Mapping[str, Ints], tracks: int, levels: int) -> PayModel:
    """The effects on log pay and their sizes, from postings that state pay: log pay, and by effect the number of each
    posting's track, level, place or company.

    Effects and variances in turn, each effect shrunk by its own variance (Gelman & Hill 2007, Data Analysis Using Regression
    and Multilevel Models, 12-13; the mean-field form of EM).
    """
    spreads = dict(PAY_SPREADS)
    sizes = {
        name: tracks if name == "track" else levels if name == "level" else int(code.max(initial=-1)) + 1
        for name, code in codes.items()
    }
    effects = {name: np.zeros(size) for name, size in sizes.items()}
    variances = {name: np.full(size, spreads[name] ** 2) for name, size in sizes.items()}
    if not len(logs):
        return PayModel(np.full(tracks, np.nan), np.zeros(tracks), np.zeros((tracks, levels)), spreads)
    mean = float(logs.mean())
    rest = logs - mean
    for _ in range(50):
        for name, code in codes.items():
            rest += effects[name][code]
            seen = np.bincount(code, minlength=sizes[name])
            variances[name] = 1 / (1 / spreads[name] ** 2 + seen / spreads["posting"] ** 2)
            effects[name] = variances[name] * np.bincount(code, rest, sizes[name]) / spreads["posting"] ** 2
            rest -= effects[name][code]
            spreads[name] = _spread(effects[name] ** 2 + variances[name], PAY_SPREADS[name])
        mean, rest = mean + float(rest.mean()), rest - rest.mean()
        left = np.square(rest) + sum(variances[name][code] for name, code in codes.items())
        spreads["posting"] = _spread(left, PAY_SPREADS["posting"])
    return _model(mean, effects, variances, codes, spreads)


def _spread(squares: Floats, before: float) -> float:
    """A standard deviation from the expected squares of effects and from what was taken for it before."""
    return float(np.sqrt((squares.sum() + SEEN_BEFORE * before**2) / (len(squares) + SEEN_BEFORE)))


def _model(
    mean: float,
    effects: dict[str, Floats],
    variances: dict[str, Floats],
    codes: Mapping[str, Ints],
    spreads: dict[str, float],
) -> PayModel:
    """Of a track alone its usual levels and companies are meant: those of its postings, a company's being alike."""
    tracks, companies = len(effects["track"]), len(effects["company"])
    cells = np.bincount(codes["track"] * companies + codes["company"], minlength=tracks * companies)
    cells = cells.reshape(tracks, companies).astype(float)
    alike = spreads["company"] ** 2 / (spreads["company"] ** 2 + spreads["posting"] ** 2)
    weights = effective_size(cells, cells**2, alike)
    told = weights.sum(axis=1) + 1
    of_postings = effects["level"][codes["level"]]
    usual = (np.bincount(codes["track"], of_postings, tracks) + of_postings.mean()) / (cells.sum(axis=1) + 1)
    return PayModel(
        mean + usual + effects["track"] + weights @ effects["company"] / told,
        np.sqrt(variances["track"] + spreads["company"] ** 2 / told),
        effects["level"] - usual[:, None],
        spreads,
    )


def learn_spreads(counts: PayCounts, model: PayModel) -> PayModel:
    """The model with the spreads of cells around what they lie in, and of tracks within a cell, as they are learnt from cells.

    Each is the likeliest (a normal's, with the errors of parents) but for two cells of the size in `PAY_SPREADS`. Cells are as
    far apart as their own employers make them: what a large one pays is part of its place.
    """
    spreads = dict(model.spreads)
    for _ in range(ROUNDS):
        model = PayModel(model.track, model.track_error, model.level, spreads)
        stated, above = _above(counts, model)
        one_by_one = spreads["posting"] ** 2 + spreads["company"] ** 2
        mean, variance = (of[:, 0] for of in _parents(stated, above, counts, model))
        own, total = stated[:, 0].sum(axis=1), above[:, 0].sum(axis=1)
        for steps in (("country",), ("region", "city"), ("company",), ("narrowed",)):
            rows = np.isin(counts.steps[:, 0], steps) & (own > 0)
            noise = (spreads["posting"] ** 2 if steps == ("company",) else one_by_one) / own[rows]
            known = variance[rows] - spreads[steps[0]] ** 2 + noise
            learnt = _likeliest(total[rows] / own[rows] - mean[rows], known, PAY_SPREADS[steps[0]])
            spreads |= dict.fromkeys(steps, learnt)
        mean, variance = _others(stated, above, counts, model)
        rows = (stated[:, 0] > 0) & (counts.steps[:, :1] != "company")
        own, total = stated[:, 0][rows], above[:, 0][rows]
        spreads["within"] = _likeliest(
            total / own - mean[rows], variance[rows] + one_by_one / own, PAY_SPREADS["within"]
        )
    return PayModel(model.track, model.track_error, model.level, spreads)


def _likeliest(apart: Floats, known: Floats, before: float) -> float:
    """The standard deviation that deviations are likeliest to have beside their known variances."""
    tried = np.linspace(0.01, 1, 100)
    variance = tried[:, None] ** 2 + np.maximum(known, 0)
    logs = -0.5 * (np.log(variance) + apart**2 / variance).sum(axis=1)
    logs -= SEEN_BEFORE * (np.log(tried) + before**2 / tried**2 / 2)
    return float(tried[logs.argmax()])


def difference(
    share: Floats, worth: Floats, other: Floats, other_worth: Floats, shift: Floats | float = 0.0
) -> tuple[Floats, Floats, Floats, Floats]:
    """How far shares lie above the same tracks' in another cell: the difference, its 95 % limits, the chance that it is positive.

    Wrong labels shift the shares of both on the logit scale alike.
    """
    spread, other_spread = share * (1 - share), other * (1 - other)
    variance = spread / (worth + 1) + other_spread / (other_worth + 1) + np.square(shift * (spread - other_spread))
    gap, error = share - other, np.sqrt(variance)
    return gap, gap - Z_TWO_SIDED * error, gap + Z_TWO_SIDED * error, chance_positive(gap, error)


def chance_larger(
    share: Floats, other: Floats, worth: Floats, shift: Floats | float = 0.0, other_shift: Floats | float = 0.0
) -> Floats:
    """The chance that the share of a track is larger than that of another track in the same cell."""
    spread, other_spread = share * (1 - share), other * (1 - other)
    variance = (spread + other_spread + 2 * share * other) / (worth + 1)
    variance = variance + np.square(shift * spread) + np.square(other_shift * other_spread)
    return chance_positive(share - other, np.sqrt(variance))


def chance_positive(figure: Floats, error: Floats) -> Floats:
    """The chance that a figure with this standard error is above 0, were it normal."""
    return np.vectorize(lambda z: (1 + erf(z / sqrt(2))) / 2, otypes=[float])(figure / np.maximum(error, 1e-12))
