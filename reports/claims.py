"""What the guide says, held against the postings: each claim's figure, how probable it is that it holds, and the verdict.

`classifiers.claims` has the claims, `reports.measured` their figures, `docs/claims.md` how both come about.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from math import ceil
from operator import and_
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classifiers.claims import CLAIMS, Claim, company_mix
from classifiers.figures import Figure, MoreThan, Within
from reports.scope import company_scope
from reports.verdict import MOST_TIMES, RULE, Verdict, more_needed, verdict_of
from reports.wording import about, border_told, compared_with, told, wanted
from warehouse.answer import Answer
from warehouse.store import ask, reading

if TYPE_CHECKING:  # NumPy is a tenth of a second that other questions need not pay
    from reports.measured import Measured, Measures

TITLE = "the guide's claims against the postings"


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim and what the postings say of it.

    `measured` is its figure, None where nothing tells of it. `rival` is the figure that it is held against, the one of
    several that decides, and `rival_measured` what that is; None where the border is a number. `probability` is None where
    it cannot be told. `settles` says what would settle a claim that is open, None for the others.
    """

    claim: Claim
    measured: Measured | None
    rival: Figure | None
    rival_measured: Measured | None
    probability: float | None
    settles: str | None

    @property
    def verdict(self) -> Verdict:
        """The verdict in words."""
        return verdict_of(self.probability)


def claims(home: Path, company: str | None = None) -> list[Judged]:
    """Every claim of the guide that postings can test; with a company's name, its mix against the market's too.

    Raises StoreError, and UnknownNameError for a company that is not read.
    """
    from reports.measured import Measures

    with reading(home):
        measures = Measures(lambda question, params: ask(home, question, params))
        asked = [company_mix(company_scope(home, company).called)] if company is not None else []
        return [judge(claim, measures) for claim in (*CLAIMS, *asked)]


def judge(claim: Claim, measures: Measures) -> Judged:
    """A claim, held against these figures."""
    border = claim.border
    first = measures.of(claim.figure)
    if first is None or not first.counted:
        return Judged(claim, None, None, None, None, wanted(claim.figure, measures.months()))
    if isinstance(border, Within):
        ends = [(border.low, first.draws >= border.low)] if border.low is not None else []
        ends += [(border.high, first.draws <= border.high)] if border.high is not None else []
        probability, hardest = _together(holds for _, holds in ends)
        nearest = float(ends[hardest][1].mean())
        return Judged(
            claim, first, None, None, probability, _settles(probability, nearest, claim.figure, first.counted)
        )
    rivals = [(figure, measures.of(figure)) for figure in border.figures]
    if missing := [figure for figure, measured in rivals if measured is None]:
        return Judged(claim, first, None, None, None, wanted(missing[0], measures.months()))
    known = [(figure, measured) for figure, measured in rivals if measured is not None]
    times = border.times if isinstance(border, MoreThan) else 1
    above = [first.draws - times * measured.draws for _, measured in known]
    holds = [gap > 0 if isinstance(border, MoreThan) else gap < 0 for gap in above]
    probability, hardest = _together(holds)
    rival, measured = known[hardest]
    vaguer = (claim.figure, first) if first.draws.std() >= times * measured.draws.std() else (rival, measured)
    settles = _settles(probability, float(holds[hardest].mean()), vaguer[0], vaguer[1].counted)
    return Judged(claim, first, rival, measured, probability, settles)


def _together(holds: Iterable[Any]) -> tuple[float, int]:
    """The probability that all hold, from the draws in which each does, and which of them is the least probable."""
    each = list(holds)
    all_hold = reduce(and_, each)
    # half a draw on either side: thousands of draws do not tell what is certain
    probability = (float(all_hold.sum()) + 0.5) / (len(all_hold) + 1)
    return probability, min(range(len(each)), key=lambda number: each[number].sum())


def _settles(probability: float, nearest: float, figure: Figure, counted: int) -> str | None:
    """What would settle a claim that is open; `nearest` is the probability of the comparison that decides."""
    if verdict_of(probability) is not Verdict.open:
        return None
    more = more_needed(nearest, counted)
    if more is None:
        return f"over {_rounded(MOST_TIMES * counted):,} more {about(figure)}: it lies on the border, as far as can be told"
    return f"about {_rounded(more):,} more {about(figure)}"


def _rounded(number: int) -> int:
    """To two figures, upwards."""
    unit = int("1" + "0" * max(0, len(str(number)) - 2))
    return ceil(number / unit) * unit


def notes(basis: dict[str, Any]) -> list[str]:
    """What the claims rest on, and how they are judged."""
    sample = ["Sample market: its companies are invented."] if basis["is_sample"] else []
    return [
        *sample,
        f"Rests on {basis['in_tracks']:,} open postings surely of a track, last seen {basis['seen_from']} to "
        f"{basis['seen_to']}; of them {basis['with_pay']:,} state pay.",
        RULE,
        "What would settle a claim: so many more, if the figure stays where it is. Pay is base pay as stated, never an "
        "offer. How figures and probabilities come about: docs/claims.md.",
    ]


def answer(judged: list[Judged]) -> Answer:
    """A row for each claim, for other programs."""
    rows = [_row(one) for one in judged]
    return Answer(list(rows[0]), [tuple(row.values()) for row in rows])


def _row(one: Judged) -> dict[str, Any]:
    claim, border = one.claim, one.claim.border
    first, rival = one.measured, one.rival_measured
    return {
        "claim": claim.name,
        "says": claim.says,
        "figure": first and first.value,
        "low": first and first.low,
        "high": first and first.high,
        "unit": claim.figure.unit,
        "probability": one.probability,
        "verdict": str(one.verdict),
        "settles": one.settles,
        "against": against_told(one),
        "against_figure": rival and rival.value,
        "against_low": rival and rival.low,
        "against_high": rival and rival.high,
        "at_least": border.low if isinstance(border, Within) else None,
        "at_most": border.high if isinstance(border, Within) else None,
        "rests_on": first.counted if first else 0,
        "rests_on_what": claim.figure.counted,
        "rule": claim.rule,
        "ours": claim.ours,
        "unseen": claim.unseen,
        "source": claim.source.title if claim.source else None,
        "address": claim.source.address if claim.source else None,
    }


def table(judged: list[Judged]) -> Answer:
    """A row for each claim, for people."""
    columns = ["claim", "verdict", "probability", "figure (95 %)", "against", "what would settle it"]
    rows = [
        (
            one.claim.says,
            str(one.verdict),
            probability_told(one),
            figure_told(one),
            against_told(one),
            one.settles or "",
        )
        for one in judged
    ]
    return Answer(columns, rows)


def figure_told(one: Judged) -> str:
    """The figure with its interval, or why there is none yet."""
    if one.measured is None:
        return f"none yet: no {about(one.claim.figure)}"
    unit = one.claim.figure.unit
    low, high = (
        told(unit, one.measured.low).removesuffix(f" {unit}"),
        told(unit, one.measured.high).removesuffix(f" {unit}"),
    )
    return f"{told(unit, one.measured.value)} ({low} to {high})"


def against_told(one: Judged) -> str:
    """What the figure is held against."""
    border = one.claim.border
    if isinstance(border, Within):
        return border_told(one.claim.figure.unit, border)
    if one.rival is None or one.rival_measured is None:
        return "each of the others" if len(border.figures) > 1 else compared_with(one.claim.figure, border.figures[0])
    times = f"{border.times:g} times " if isinstance(border, MoreThan) and border.times != 1 else ""
    name = compared_with(one.claim.figure, one.rival)
    return f"{times}{told(one.rival.unit, one.rival_measured.value)}: {name}"


def probability_told(one: Judged) -> str:
    """The probability in whole per cent, never 0 or 100, for no draw is the truth."""
    if one.probability is None:
        return "cannot be told"
    if one.probability >= 0.995:
        return "over 99%"
    return "under 1%" if one.probability < 0.005 else f"{one.probability:.0%}"
