"""A ranking of the six tracks for one person, with the reasons, the figures and the weights it comes from.

Three questions weigh a third each: the background, the day at work, the market. The first two are read off a written
table (`classifiers/fit.csv`); the market compares how frequent a track is in the area and at the target companies with
how frequent it is everywhere. `docs/choose.md` has the rule in full.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from classifiers.fit import BACKGROUNDS, BEST, DAYS, Fit, Switch, fits, switches
from reports.names import UnknownNameError
from reports.scope import WORLD, Scope, area_scope, ask_estimates, company_scope
from warehouse.store import ask

ALIKE = 1e-9  # points that differ by less are equal
RULE = (
    f"Points, 0 to 100, are the mean of three: how well the track fits the background (of {BEST}), how well it fits the "
    "day (the same), and the market. The market is odds here / (odds here + odds everywhere), where odds are a track's "
    "share of the six over the rest: 0 where nothing is of the track, a half where as much is as everywhere, 1 where "
    "nothing else is. Here is the mean of the area and the target companies. Where none is named, points are the mean "
    "of the two fits."
)
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Offer:
    """What an area or a company offers of a track: facts, and the estimated share with its 95 % interval, 0 to 1."""

    called: str  # its own name, without that of what it lies in
    postings: int
    companies: int
    of_postings: int  # of all six tracks
    share: float
    share_low: float
    share_high: float
    usual: float  # the track's share everywhere

    def compared(self) -> tuple[float, float, float]:
        """How frequent the track is against everywhere, with its limits; see `against`."""
        low, high = against(self.share_low, self.usual), against(self.share_high, self.usual)
        return against(self.share, self.usual), low, high


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of a track in the area, and not ranked by.

    Pay is the estimated median of the middle of the range, US dollars a year, with its 95 % interval; None where nobody
    anywhere states any.
    """

    with_pay: int
    pay_mid_usd: float | None
    pay_mid_low_usd: float | None
    pay_mid_high_usd: float | None
    remote_postings: int  # beside those in the area: open to its country, or to any


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things the points are made of: its weight, and its value with its limits, all 0 to 1."""

    called: str
    weight: float
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Choice:
    """A track for this person. With the limits of its shares its rank could be `rank_from` to `rank_to`."""

    track: str
    rank: int
    rank_from: int
    rank_to: int
    points: float
    points_low: float
    points_high: float
    parts: tuple[Part, ...]
    background: Fit
    day: Fit
    area: Offer
    shown: Shown
    targets: tuple[Offer, ...]  # of each company named
    switches: tuple[Switch, ...]  # to the other five, the nearest first


@dataclass(frozen=True, slots=True)
class Person:
    """The answers to the three questions, found in the tables and the warehouse."""

    background: str
    day: str
    area: Scope
    companies: tuple[Scope, ...]

    @property
    def named(self) -> tuple[Scope, ...]:
        """The markets that are compared with everywhere, the area first."""
        return (*([] if self.area.kind == "world" else [self.area]), *self.companies)


def person(home: Path, background: str, day: str, area: str | None, companies: Sequence[str]) -> Person:
    """Whom the ranking is for; no area is everywhere. Raises UnknownNameError, with the choices or the nearest names."""
    scope, found = check(home, background, day, area, companies)
    return Person(background, day, scope, found)


def check(
    home: Path, background: str | None, day: str | None, area: str | None, companies: Sequence[str]
) -> tuple[Scope, tuple[Scope, ...]]:
    """The area and the companies, each once; what is None is not known yet. Raises as `person`."""
    for question, given, known in (("background", background, BACKGROUNDS), ("day", day, DAYS)):
        if given is not None and given not in known:
            raise UnknownNameError(f"no {question} is called {given!r}; choose from: {', '.join(known)}")
    scope = area_scope(home, area) if area else WORLD
    found = {each.company: each for each in (company_scope(home, company) for company in companies)}
    return scope, tuple(found.values())


def choose(
    home: Path, background: str, day: str, area: str | None = None, companies: Sequence[str] = ()
) -> list[Choice]:
    """The six tracks ranked for a person, the best first; tracks of equal points share a rank.

    Raises StoreError, and UnknownNameError for a background, day, area or company that is not known.
    """
    return ranked(home, person(home, background, day, area, companies))


def ranked(home: Path, who: Person) -> list[Choice]:
    """The six tracks ranked for a person who is known already."""
    usual = {track: row["share"] for track, row in estimates(home, WORLD).items()}
    here, remote = estimates(home, who.area), _remote(home, who.area)
    at = [(company.name, estimates(home, company)) for company in who.companies]
    found = {}
    for name in usual:
        area = _offer(_called(who.area), here[name], usual[name])
        targets = tuple(_offer(called, rows[name], usual[name]) for called, rows in at)
        fit = fit_of("background", who.background, name), fit_of("day", who.day, name)
        parts = parts_of(*fit, None if who.area.kind == "world" else area, targets)
        found[name] = parts, fit, area, _shown(here[name], remote.get(name, 0)), targets
    points = {name: _points(parts) for name, (parts, *_) in found.items()}
    choices = [
        Choice(name, *_ranks(points, name), *points[name], parts, *fit, area, shown, targets, switches_from(name))
        for name, (parts, fit, area, shown, targets) in found.items()
    ]
    return sorted(choices, key=lambda choice: choice.rank)


def against(share: float, usual: float) -> float:
    """The odds of a share against those of the usual one, 0 to 1: odds / (odds + usual odds), a half where they are equal.

    That is also how probable it is, when of two openings drawn, one here and one anywhere, just one is of the track, that
    it is the one here.
    """
    here, everywhere = share * (1 - usual), usual * (1 - share)
    return here / (here + everywhere) if here + everywhere else 0.5


def fit_of(question: str, answer: str, track: str) -> Fit:
    """The line of the written table."""
    return next(fit for fit in fits() if (fit.question, fit.answer, fit.track) == (question, answer, track))


def switches_from(track: str) -> tuple[Switch, ...]:
    """What it takes to switch to each of the other five, the nearest first."""
    return tuple(sorted((s for s in switches() if s.from_track == track), key=lambda switch: -switch.in_common))


def parts_of(background: Fit, day: Fit, area: Offer | None, targets: Sequence[Offer]) -> tuple[Part, ...]:
    """The parts of a track's points: the two fits and, where an area or a company is named, how frequent it is there."""
    values = {"background": (background.fit / BEST,) * 3, "day": (day.fit / BEST,) * 3}
    markets = [area.compared()] if area else []
    markets += [_mean([offer.compared() for offer in targets])] if targets else []
    if markets:
        values["market"] = _mean(markets)
    return tuple(Part(called, 1 / len(values), *value) for called, value in values.items())


def _mean(values: Sequence[tuple[float, float, float]]) -> tuple[float, float, float]:
    value, low, high = (fmean(column) for column in zip(*values, strict=True))
    return value, low, high


def _points(parts: Sequence[Part]) -> tuple[float, float, float]:
    """The points with their limits."""
    return (
        100 * sum(part.weight * part.value for part in parts),
        100 * sum(part.weight * part.low for part in parts),
        100 * sum(part.weight * part.high for part in parts),
    )


def _ranks(points: Mapping[str, tuple[float, float, float]], name: str) -> tuple[int, int, int]:
    """The rank by points, and the best and worst that the limits leave possible."""
    mine, low, high = points[name]
    others = [points[other] for other in points if other != name]
    return (
        1 + sum(other > mine + ALIKE for other, _, _ in others),
        1 + sum(other_low > high + ALIKE for _, other_low, _ in others),
        1 + sum(other_high > low - ALIKE for _, _, other_high in others),
    )


def estimates(home: Path, scope: Scope) -> dict[str, Row]:
    """The estimates of the six in a scope, by track in their order. Raises StoreError."""
    return {row["track"]: row for row in ask_estimates(home, scope)}


def _called(area: Scope) -> str:
    """Its name without what it lies in: "Bay Area", "London"."""
    return "Remote" if area.kind == "remote" else area.name.partition(" (")[0].partition(",")[0]


def _remote(home: Path, area: Scope) -> dict[str, int]:
    return {row["track"]: row["postings"] for row in ask(home, "choose/remote", area.params()).records()}


def _offer(called: str, row: Row, usual: float) -> Offer:
    facts = row["postings"], row["companies"], row["of_postings"]
    return Offer(called, *facts, row["share"], row["share_low"], row["share_high"], usual)


def _shown(row: Row, remote_postings: int) -> Shown:
    pay = row["pay_mid_usd"], row["pay_mid_low_usd"], row["pay_mid_high_usd"]
    return Shown(row["with_pay"], *pay, remote_postings)
