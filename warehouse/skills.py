"""What is estimated of the skills that postings name: their shares, what stands out at a company, and what rises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np

from warehouse.answer import Answer
from warehouse.cells import Ask
from warehouse.clusters import Clusters
from warehouse.comparisons import (
    Bools,
    chance_of_change,
    chance_of_more,
    change_of_shares,
    discoveries,
    is_apart,
)
from warehouse.estimates import Floats, wilson
from warehouse.priors import Row

SHARE = ("share_with_skill", "share_with_skill_low", "share_with_skill_high")
ELSEWHERE = tuple(name.replace("skill", "skill_elsewhere") for name in SHARE)
SHARES = ("track", "skill", "field", "postings", "companies", "of_postings", "of_companies", *SHARE)
BESIDE = (
    "company", "track", "skill", "field", "postings", "of_postings", *SHARE,
    "elsewhere", "companies", "of_elsewhere", "of_companies", *ELSEWHERE, "p_value", "is_distinct",
)  # fmt: skip
OTHERS = (
    "elsewhere",
    "of_elsewhere",
    "of_companies",
    "squares",
    "products",
    "of_squares",
)  # of other companies, as clusters
PREMIUM = ("premium", "premium_low", "premium_high")  # of table skill_pay; null where too few companies tell
CHANGE = (
    "track", "before_on", "since_on", "until_on", "skill", "field", "companies", "of_companies", "before", "of_before",
    "share_with_skill", "share_with_skill_before", "change", "change_low", "change_high", "p_value", "is_change",
)  # fmt: skip


def shares(
    ask: Ask, question: str, params: Mapping[str, Any] | None = None, *, columns: Sequence[str] = SHARES
) -> Answer:
    """The part of postings that names each skill, with its 95 % interval, of what a question counts (`skills_named_in`)."""
    rows = ask(question, params).records()
    low, high = Clusters.of(rows).limits()
    return Answer.of(columns, rows, share_with_skill_low=low.tolist(), share_with_skill_high=high.tolist())


def of_company(ask: Ask, scope: Mapping[str, Any], market: Mapping[str, Any], track: str | None) -> Answer:
    """The skills of a company beside those at others in a market, of a track or all: looked up, or estimated.

    Those that stand out come first.
    """
    asked = {"scope": scope, "track": track}
    rows = ask("questions/company_skills_kept", asked).records()
    rows = (
        rows
        or beside_others(
            ask, "questions/company_skills", {**asked, "market": market}, columns=(*BESIDE, *PREMIUM)
        ).records()
    )
    rows = sorted(rows, key=lambda row: (-row["of_postings"], row["track"], not row["is_distinct"]))
    return Answer.of((*BESIDE[1:], *PREMIUM), rows)


def beside_others(
    ask: Ask, question: str, params: Mapping[str, Any] | None = None, *, columns: Sequence[str] = BESIDE
) -> Answer:
    """How often each company names a skill, and others do, of what a question counts (`skills_beside_others`), in its order.

    It is distinct where the company names it more often, at a false discovery rate of 5 % over the skills of the track.
    """
    rows = ask(question, params).records()
    (count, of), others = _columns(rows, "postings", "of_postings"), Clusters(*_columns(rows, *OTHERS))
    chances = chance_of_more(count, of, others.postings, others.of_postings)
    limits = zip(SHARE[1:] + ELSEWHERE[1:], (*wilson(count / of, of), *others.limits()), strict=True)
    enough = np.array([row["is_enough"] for row in rows], bool)
    return Answer.of(
        columns,
        rows,
        p_value=chances.tolist(),
        is_distinct=(enough & _found(rows, chances, "company", "track")).tolist(),
        **{name: limit.tolist() for name, limit in limits},
    )


def changes(ask: Ask) -> Answer:
    """How often companies name a skill in the last half-year of threads and in the one before, by track and of all six.

    It is a change where it exceeds its error, at a false discovery rate of 5 % over the skills that are compared, and its
    interval, in whole points, does not touch 0.
    """
    rows = ask("estimates/skill_change", None).records()
    counts = _columns(rows, "companies", "of_companies", "before", "of_before")
    chances, (low, high) = chance_of_change(*counts), change_of_shares(*counts)
    found = _found(rows, chances, "track") & is_apart(100 * low, 100 * high)
    figures = {"change_low": low, "change_high": high, "p_value": chances, "is_change": found}
    return Answer.of(CHANGE, rows, **{name: figure.tolist() for name, figure in figures.items()})


def _columns(rows: Sequence[Row], *names: str) -> tuple[Floats, ...]:
    return tuple(np.array([row[name] for row in rows], float) for name in names)


def _found(rows: Sequence[Row], chances: Floats, *of: str) -> Bools:
    """Which tests find something, those of one company and track together, as they stand: `tested`, or as many as there are."""
    found, first = np.zeros(len(rows), bool), 0
    for _, group in groupby(rows, itemgetter(*of)):
        some = list(group)
        place = slice(first, first := first + len(some))
        found[place] = discoveries(chances[place], some[0].get("tested", len(some)))
    return found
