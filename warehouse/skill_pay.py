"""What openings that name a skill pay beyond like ones that do not: an association, and no cause.

Log pay within a track, level and country, in which companies differ (a random effect). The difference is by generalized
least squares, with the sizes of effects that the pay model has learnt; its error is the jackknife over companies, which
needs not believe those (Bell and McCaffrey 2002, Surv. Methodol. 28:169), with as many degrees of freedom as the companies that
tell of it are worth.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from warehouse.answer import Answer
from warehouse.cells import Ask, orders
from warehouse.comparisons import Bools, discoveries
from warehouse.estimates import Floats, Ints
from warehouse.priors import Priors, Row

COLUMNS = (
    "skill", "postings", "companies", "other_postings", "other_companies",
    "premium", "premium_low", "premium_high", "p_value", "is_apart",
)  # fmt: skip
FEWEST = 5  # companies that name it, and as many that do not, and as many as those that tell of it are worth
WIDEST = np.log(3)  # an interval that reaches from a third to three times of it tells nothing


@dataclass(frozen=True)
class Stated:
    """Openings that state pay: its logarithm, and by number their company and what else they are (track, level, country).

    `alike`: the variance of companies' effects over that of openings of a company.
    """

    logs: Floats
    company: Ints
    kind: Ints
    alike: float

    def within_kinds(self, columns: Sequence[Floats]) -> list[Floats]:
        """Each column less what the kinds explain of it and a part of its company's mean: uncorrelated, of equal variances."""
        size, kinds = np.bincount(self.company), int(self.kind.max()) + 1
        number = self.company * kinds + self.kind
        stand = np.bincount(number, minlength=len(size) * kinds).reshape(len(size), kinds).astype(float)
        taken = 1 - 1 / np.sqrt(1 + size * self.alike)  # of a company's mean, the more the more openings it has
        weight = (2 * taken - taken**2) / size
        inverse = np.linalg.inv(np.diag(stand.sum(axis=0)) - stand.T @ (weight[:, None] * stand))
        left = []
        for of in columns:
            by_company = weight * np.bincount(self.company, of)
            rest = of - (inverse @ (np.bincount(self.kind, of, kinds) - stand.T @ by_company))[self.kind]
            left.append(rest - (taken * np.bincount(self.company, rest) / size)[self.company])
        return left


def premiums(stated: Stated, named: Sequence[Floats]) -> tuple[Floats, Floats, Floats]:
    """By skill, whose openings are 1 and others 0: the difference in log pay, its standard error, and the degrees of freedom.

    Not a number where one company alone tells of it.
    """
    logs, *columns = stated.within_kinds([stated.logs, *named])
    told = np.full((3, len(columns)), np.nan)
    for at, column in enumerate(columns):
        squares, products = (np.bincount(stated.company, column * of) for of in (column, logs))
        without = squares.sum() - squares
        if without.min() <= 1e-9 * squares.sum():
            continue
        premium = products.sum() / squares.sum()
        left_out = (products.sum() - products) / without
        worth = squares.sum() ** 2 / (squares @ squares)
        told[:, at] = premium, np.sqrt(np.square(left_out - premium).sum()), worth - 1
    return told[0], told[1], told[2]


def worth_of_skills(ask: Ask, priors: Sequence[Row]) -> Answer:
    """The premium of each skill that enough companies tell of, in all six tracks, as a part of pay, with its 95 % interval.

    `priors` are the rows of that table. A premium is apart from 0 at a false discovery rate of 5 % over the skills told.
    """
    from scipy.special import stdtr, stdtrit  # a fifth of a second

    rows = ask("estimates/skilled_pay", None).records()
    company, kind = _numbers(rows, "company"), _numbers(rows, "track", "level", "country")
    skills = _told_by_enough(rows, company)
    if not skills:
        return Answer.of(COLUMNS, [])
    spreads = Priors.of(priors, *orders(ask)).pay.spreads
    logs = np.array([row["log_pay"] for row in rows], float)
    stated = Stated(logs, company, kind, (spreads["company"] / spreads["posting"]) ** 2)
    premium, error, freedom = premiums(stated, list(skills.values()))
    counts = [{"skill": skill, **_counts(of > 0, company)} for skill, of in skills.items()]
    chances, reach = 2 * stdtr(freedom, -np.abs(premium) / error), stdtrit(freedom, 0.975) * error
    told = np.flatnonzero((freedom + 1 >= FEWEST) & (reach <= WIDEST))
    figures = {"premium": premium, "premium_low": premium - reach, "premium_high": premium + reach}
    return Answer.of(
        COLUMNS,
        [counts[at] for at in told],
        p_value=chances[told].tolist(),
        is_apart=discoveries(chances[told], len(told)).tolist(),
        **{name: np.expm1(figure[told]).tolist() for name, figure in figures.items()},
    )


def _numbers(rows: Sequence[Row], *columns: str) -> Ints:
    """The number of each row's words among those that stand there."""
    numbers: dict[tuple[str, ...], int] = {}
    return np.array([numbers.setdefault(tuple(row[name] for name in columns), len(numbers)) for row in rows], int)


def _told_by_enough(rows: Sequence[Row], company: Ints) -> dict[str, Floats]:
    """By skill that enough companies name and do not: 1 for an opening that names it, 0 for others; in order of names."""
    naming: dict[str, Floats] = defaultdict(lambda: np.zeros(len(rows)))
    for number, row in enumerate(rows):
        for skill in row["skills"]:
            naming[skill][number] = 1
    counts = {skill: _counts(of > 0, company) for skill, of in naming.items()}
    return {
        skill: naming[skill]
        for skill, of in sorted(counts.items())
        if min(of["companies"], of["other_companies"]) >= FEWEST
    }


def _counts(names: Bools, company: Ints) -> Row:
    return {
        "postings": int(names.sum()),
        "companies": len(np.unique(company[names])),
        "other_postings": int((~names).sum()),
        "other_companies": len(np.unique(company[~names])),
    }
