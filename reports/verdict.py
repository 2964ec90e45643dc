"""What a probability says of a claim, in words."""

from __future__ import annotations

from enum import StrEnum


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
