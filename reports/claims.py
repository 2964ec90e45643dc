"""What the guide says, held against the postings: each claim's figures, their intervals and the verdict.

A claim is one or more comparisons: a figure with its 95 % interval and the range that the claim says it lies in.
It holds where every interval lies inside its range, does not hold where one lies wholly outside, and is else left
undecided: too little data. `docs/claims.md` has each claim's rule.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from classifiers.guide import Source
from classifiers.tracks import COMPANY_MIX, STATEMENTS, TITLES, TRACKS, Statement
from reports.scope import company_scope
from warehouse.store import Answer, ask, reading

LEAST_POSTINGS, LEAST_COMPANIES = 20, 10  # that a comparison rests on; under either its figures are withheld
RULE = (
    "A claim holds where every 95 % interval lies inside what it says, does not hold where one lies wholly outside, and "
    f"is else too little data, as where a figure rests on fewer than {LEAST_POSTINGS} postings or {LEAST_COMPANIES} "
    "companies."
)


class Verdict(StrEnum):
    """What the data say of a claim, or of one of its comparisons."""

    holds = "holds"
    does_not_hold = "does not hold"
    too_little_data = "too little data"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A figure, its 95 % interval, and the range `at_least` to `at_most` that the claim says it lies in.

    `unit` is share (0 to 1), points (a difference of shares, 0.01 a point), times (a ratio of chances), swing (a part of
    the mean share), usd (US dollars a year) or usd_more (a difference of them). `value` and `other_value` are the two
    sides of a difference or ratio. Figures are None where they are withheld or the postings allow none.
    """

    subject: str
    other: str | None
    unit: str
    value: float | None
    other_value: float | None
    figure: float | None
    low: float | None
    high: float | None
    at_least: float | None
    at_most: float | None
    postings: int
    companies: int

    @property
    def verdict(self) -> Verdict:
        """Whether the interval lies inside the range, wholly outside, or neither."""
        if self.figure is None or self.low is None or self.high is None:
            return Verdict.too_little_data
        floor = float("-inf") if self.at_least is None else self.at_least
        ceiling = float("inf") if self.at_most is None else self.at_most
        if floor < self.low and self.high < ceiling:
            return Verdict.holds
        return Verdict.does_not_hold if self.high < floor or self.low > ceiling else Verdict.too_little_data


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement, the rule that tests it, and what came of it."""

    name: str
    says: str
    source: Source | None
    rule: str
    comparisons: tuple[Comparison, ...]

    @property
    def verdict(self) -> Verdict:
        """Holds where every comparison does, does not hold where one does not, else too little data."""
        found = [comparison.verdict for comparison in self.comparisons]
        if Verdict.does_not_hold in found:
            return Verdict.does_not_hold
        return Verdict.too_little_data if Verdict.too_little_data in found else Verdict.holds

    @property
    def deciding(self) -> Comparison:
        """The comparison that brought about the verdict: the first of them that has it."""
        return next(comparison for comparison in self.comparisons if comparison.verdict is self.verdict)


def claims(home: Path, company: str | None = None) -> list[Claim]:
    """Every statement of the guide that postings can test; with a company's name, its mix against the market's too.

    Raises StoreError, and UnknownNameError for a company that is not read.
    """
    with reading(home):
        found = [_tested(home, statement, statement.asks) for statement in STATEMENTS]
        if company is not None:
            called = company_scope(home, company).called
            found.append(_tested(home, COMPANY_MIX, {**COMPANY_MIX.asks, "company": called}))
    return found


def _tested(home: Path, statement: Statement, asks: Any) -> Claim:
    needs_tracks = {"hires", "pays", "company"}
    tracks = {"tracks": [track.name for track in TRACKS]} if statement.measure in needs_tracks else {}
    records = ask(home, f"claims/{statement.measure}", {**asks, **tracks}).records()
    return Claim(
        statement.name,
        statement.says.format(company=asks.get("company")),
        statement.source,
        statement.rule,
        tuple(_comparison(record) for record in records),
    )


def _comparison(record: dict[str, Any]) -> Comparison:
    """A row of a `claim_*.sql`; its figures withheld where it rests on too little, or no interval can be given."""
    is_enough = record["postings"] >= LEAST_POSTINGS and record["companies"] >= LEAST_COMPANIES
    is_shown = is_enough and record["low"] is not None and record["high"] is not None
    figures = {name: record[name] if is_shown else None for name in ("value", "other_value", "figure", "low", "high")}
    numbers = figures | {name: record[name] for name in ("at_least", "at_most")}
    return Comparison(**record | {name: None if value is None else float(value) for name, value in numbers.items()})


def notes(basis: dict[str, Any]) -> list[str]:
    """What the claims rest on, and how they are judged."""
    sample = ["Sample market: its companies are invented."] if basis["is_sample"] else []
    return [
        *sample,
        f"Rests on {basis['in_tracks']:,} open postings surely of a track, of {basis['postings']:,} in all, "
        f"last seen {basis['seen_from']} to {basis['seen_to']}; of them {basis['with_pay']:,} state pay. Postings and "
        "companies: those the figure rests on, of a difference those of the smaller side.",
        RULE,
        "The intervals count the chance of having seen these companies and not others, not the model's remaining errors. "
        "Pay is base pay as stated, never an offer. Each claim's rule and its source: --format json, or docs/claims.md.",
    ]


def answer(tested: list[Claim]) -> Answer:
    """A row for each comparison of each claim, for other programs."""
    rows = [
        {
            "claim": claim.name,
            "says": claim.says,
            "verdict": str(claim.verdict),
            **asdict(comparison),
            "comparison_verdict": str(comparison.verdict),
            "rule": claim.rule,
            "source": claim.source.title if claim.source else None,
            "address": claim.source.address if claim.source else None,
        }
        for claim in tested
        for comparison in claim.comparisons
    ]
    return Answer(list(rows[0]), [tuple(row.values()) for row in rows])


def table(tested: list[Claim]) -> Answer:
    """A row for each claim with the comparison that decided it, for people."""
    rows = []
    for claim in tested:
        at = claim.deciding
        unit = f" {at.unit}"
        interval = f"{told(at, at.low).removesuffix(unit)} to {told(at, at.high)}" if at.low is not None else "–"
        rows.append((claim.says, str(claim.verdict), told(at, at.figure), interval, of(at), at.postings, at.companies))
    return Answer(["claim", "verdict", "figure", "95 %", "of", "postings", "companies"], rows)


def of(at: Comparison) -> str:
    """What a comparison's figure is of, and the border it is held against."""
    subject = TITLES.get(at.subject, at.subject)
    if at.other is not None:
        return f"{subject} against {TITLES.get(at.other, at.other)}"
    borders = [
        f"{word} {told(at, value)}"
        for word, value in (("at least", at.at_least), ("at most", at.at_most))
        if value is not None
    ]
    return f"{subject}: {', '.join(borders)}"


def told(at: Comparison, value: float | None) -> str:
    """A figure of the comparison's unit, for people."""
    if value is None:
        return "–"
    if at.unit == "points":
        return f"{100 * value:+.0f} points"
    if at.unit == "times":
        return f"{value:.1f} times"
    if at.unit in ("usd", "usd_more"):
        sign = "" if at.unit == "usd" else "-" if value < 0 else "+"
        return f"{sign}${abs(value) / 1000:,.0f}k"
    return f"{value:.0%}"
