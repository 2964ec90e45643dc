"""What a build learns of pay: the effects of tracks, levels, places and companies on what postings state, and their sizes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from warehouse.estimates import Floats, Ints, effective_size
from warehouse.pay import PAY_SPREADS, SEEN_BEFORE, PayModel

ELASTICITY = 0.5  # how much of a country's prices is taken to be in its pay before anything is seen


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
    # a company weighs by its postings: the few that hire most pay most apart, and they fill whole cells
    weights = {name: np.ones(size) for name, size in sizes.items()} | {"company": np.bincount(codes["company"])}
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
            spreads[name] = _spread(effects[name] ** 2 + variances[name], PAY_SPREADS[name], weights[name])
        mean, rest = mean + float(rest.mean()), rest - rest.mean()
        # a normal prior around ELASTICITY, of a standard deviation as large
        known = country @ country / spreads["country"] ** 2 + ELASTICITY**-2
        more = (
            country @ effects["country"] / spreads["country"] ** 2 + (ELASTICITY - price_elasticity) / ELASTICITY**2
        ) / known
        price_elasticity, effects["country"] = price_elasticity + float(more), effects["country"] - more * country
        left = np.square(rest) + sum(variances[name][code] for name, code in codes.items())
        spreads["posting"] = _spread(left, PAY_SPREADS["posting"], np.ones_like(left))
    return _model(mean, effects, variances, codes, price_elasticity, spreads)


def _spread(squares: Floats, before: float, weights: Floats | Ints) -> float:
    """A standard deviation from the expected squares of effects, weighted, and from what was taken for it before."""
    seen_before = SEEN_BEFORE * weights.mean()
    return float(np.sqrt((weights @ squares + seen_before * before**2) / (weights.sum() + seen_before)))


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
