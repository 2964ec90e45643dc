"""What a probability says of a claim, in words."""

from __future__ import annotations

from enum import StrEnum
from math import ceil
from statistics import NormalDist


class Verdict(StrEnum):
    """What the postings say of a claim."""

    holds = "holds"
    probably_holds = "probably holds"
    open = "open"
    probably_not = "probably not"
    does_not_hold = "does not hold"


# As sure as a 95 % interval that lies wholly on one side, and four to one; as sure the other way round.
SURE, PROBABLE = 0.975, 0.8
SURELY_NOT, PROBABLY_NOT = 0.025, 0.2
RULE = (
    f"A claim holds at a probability of {SURE:.1%} or more, probably holds from {PROBABLE:.0%}, probably does not down from "
    f"{PROBABLY_NOT:.0%}, does not hold at {SURELY_NOT:.1%} or less, and is open between."
)
MOST_TIMES = 50  # as many as there are: with so many a figure may lie elsewhere, and what settles it is not told


def verdict_of(probability: float | None) -> Verdict:
    """The verdict on a claim that holds with this probability, 0 to 1; open where there is too little to give one.

    Raises ValueError for what is no probability.
    """
    if probability is None:
        return Verdict.open
    if not 0 <= probability <= 1:
        raise ValueError(f"a probability lies from 0 to 1, not at {probability}")
    if probability >= PROBABLE:
        return Verdict.holds if probability >= SURE else Verdict.probably_holds
    if probability <= PROBABLY_NOT:
        return Verdict.does_not_hold if probability <= SURELY_NOT else Verdict.probably_not
    return Verdict.open


def more_needed(probability: float, counted: int) -> int | None:
    """How many more of what is counted would make this probability sure, one way or the other.

    If the figure stays where it is, for its error falls with the square root of what is counted. None where that would take
    more than 50 times as many: the figure lies on the border, as far as can be told.
    """
    if probability in (0, 1):
        return 0
    normal = NormalDist()
    errors = abs(normal.inv_cdf(probability))
    if errors * MOST_TIMES**0.5 < normal.inv_cdf(SURE):
        return None
    return max(0, ceil(counted * ((normal.inv_cdf(SURE) / errors) ** 2 - 1)))
