"""How often the intervals of what a skill is worth hold the truth, in markets that are drawn with a known premium.

    python bench/skill_pay.py [MARKETS]

Openings of 40 to 400 companies, of sizes that follow a power law, in three tracks, three levels and four countries. Companies
pay apart, and each names the skill in a part of its openings of its own. Every second market pays 10 % for it, the others nothing.
"""

from __future__ import annotations

import sys
from collections import defaultdict

import numpy as np
from scipy.special import stdtrit

from warehouse.estimates import Floats
from warehouse.skill_pay import FEWEST, Stated, premiums

SIZES = (40, 100, 400)
APART, SCATTER = 0.3, 0.22  # of companies, and of openings of one, on the logarithm of pay


def market(chance: np.random.Generator, companies: int, premium: float) -> tuple[Stated, Floats]:
    """The openings of a market and which of them name the skill."""
    sizes = np.minimum(chance.zipf(1.8, companies), 40)
    company = np.repeat(np.arange(companies), sizes)
    country = chance.choice(4, companies, p=[0.7, 0.1, 0.1, 0.1])[company]
    track, level = (chance.choice(3, len(company), p=[0.2, 0.5, 0.3]) for _ in range(2))
    kind = np.unique(country * 9 + track * 3 + level, return_inverse=True)[1]
    named = (chance.random(len(company)) < chance.beta(0.7, 2.8, companies)[company]).astype(float)
    logs = 12 + 0.3 * level + 0.1 * track - 0.4 * (country > 0) + chance.normal(0, APART, companies)[company]
    logs += chance.normal(0, SCATTER, len(company)) + np.log1p(premium) * named
    return Stated(logs, company, kind, (APART / SCATTER) ** 2), named


def main(markets: int) -> None:
    """Print, by how many companies a market has, how many intervals there are, what they hold and how wide they are."""
    chance, found = np.random.default_rng(0), defaultdict(list)
    for number in range(markets):
        companies, premium = SIZES[number % len(SIZES)], 0.1 * (number % 2)
        stated, named = market(chance, companies, premium)
        (told,), (error,), (freedom,) = premiums(stated, [named])
        if freedom + 1 >= FEWEST:
            reach = stdtrit(freedom, 0.975) * error
            found[companies].append((abs(told - np.log1p(premium)) <= reach, 2 * reach, freedom + 1))
    print("companies  markets    hold   width  worth")
    every = [row for rows in found.values() for row in rows]
    for companies, of in [*sorted(found.items()), ("all", every)]:
        hold, width, worth = np.mean(of, axis=0)
        print(f"{companies:>9}{len(of):9}{hold:8.1%}{width:8.3f}{worth:7.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
