"""A ranking of the six tracks for one person, with the reasons, the figures and the weights it comes from.

Three questions weigh a third each: the background, the day at work, the market. The first two are read off a written
table (`classifiers/fit.csv`); the market is what the tracks' shares are of the openings in the area and at the target
companies. `docs/choose.md` has the rule in full.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from classifiers.fit import BACKGROUNDS, BEST, DAYS, Fit, Switch, fits, switches
from classifiers.tracks import TITLES, TRACKS
from reports.scope import Scope, UnknownNameError, area_scope, company_scope, metros
from warehouse.store import ask

_NAMES = tuple(track.name for track in TRACKS)
LEAST_POSTINGS, LEAST_COMPANIES = 20, 10  # that an area's market and pay rest on
ALIKE = 1e-9  # points that differ by less are equal
LEAST_AT_TARGETS = 10  # openings of the target companies together; they are no sample, so their number does not matter
RULE = (
    f"Points, 0 to 100, are the mean of three: how well the track fits the background (of {BEST}), how well it fits the "
    "day (the same), and its share of the market's openings. The market is the mean of the area and the target companies; "
    f"an area with fewer than {LEAST_POSTINGS} openings or {LEAST_COMPANIES} companies, or targets with fewer than "
    f"{LEAST_AT_TARGETS} openings, are left out of it. Without a market the points are the mean of the two fits."
)


@dataclass(frozen=True, slots=True)
class Share:
    """A track's openings somewhere, and their part of all six tracks' openings there, 0 to 1, with its 95 % interval.

    Where all six have too few openings to say, `all_postings` of `all_companies`, the rest is None.
    """

    all_postings: int
    all_companies: int
    postings: int | None
    companies: int | None
    share: float | None
    share_low: float | None
    share_high: float | None

    def limits(self) -> tuple[float, float, float] | None:
        """The share and its interval, where there is enough to say."""
        if self.share is None or self.share_low is None or self.share_high is None:
            return None
        return self.share, self.share_low, self.share_high


@dataclass(frozen=True, slots=True)
class Market:
    """What an area offers of a track: its openings, and beside them what is shown but not ranked by.

    Pay is the median of the middle of the range, US dollars a year, with a 95 % interval; None where too few state it.
    """

    openings: Share
    with_pay: int
    pay_mid_usd: float | None
    pay_mid_low_usd: float | None
    pay_mid_high_usd: float | None
    remote_postings: int  # beside those in the area: open to its country, or to any


@dataclass(frozen=True, slots=True)
class Part:
    """One of the three things the points are made of: its weight, and its value with its limits, all 0 to 1."""

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
    market: Market
    targets: Share | None
    switches: tuple[Switch, ...]  # to the other five, the nearest first


@dataclass(frozen=True, slots=True)
class Person:
    """The answers to the three questions, found in the tables and the warehouse."""

    background: str
    day: str
    area: Scope
    companies: tuple[str, ...]


def person(home: Path, background: str, day: str, area: str | None, companies: Sequence[str]) -> Person:
    """Whom the ranking is for; no area is everywhere. Raises UnknownNameError, with the choices or the nearest names."""
    for question, given, known in (("background", background, BACKGROUNDS), ("day", day, DAYS)):
        if given not in known:
            raise UnknownNameError(f"no {question} is called {given!r}; choose from: {', '.join(known)}")
    scope = area_scope(home, area) if area else Scope("world", "everywhere")
    called = dict.fromkeys(str(company_scope(home, company).company) for company in companies)
    return Person(background, day, scope, tuple(called))


def choose(
    home: Path, background: str, day: str, area: str | None = None, companies: Sequence[str] = ()
) -> list[Choice]:
    """The six tracks ranked for a person, the best first; tracks of equal points share a rank.

    Raises StoreError, and UnknownNameError for a background, day, area or company that is not known.
    """
    return ranked(home, person(home, background, day, area, companies))


def ranked(home: Path, who: Person) -> list[Choice]:
    """The six tracks ranked for a person who is known already."""
    markets, targets = _markets(home, who.area), _targets(home, who.companies)
    fit = {
        track.name: (fit_of("background", who.background, track.name), fit_of("day", who.day, track.name))
        for track in TRACKS
    }
    parts = {name: parts_of(*fit[name], (markets[name].openings, targets.get(name))) for name in fit}
    points = {name: _points(of_track) for name, of_track in parts.items()}
    choices = [
        Choice(name, *_ranks(points, name), *points[name], parts[name], *fit[name], markets[name], targets.get(name),
               switches_from(name))
        for name in fit
    ]  # fmt: skip
    return sorted(choices, key=lambda choice: choice.rank)


def fit_of(question: str, answer: str, track: str) -> Fit:
    """The line of the written table."""
    return next(fit for fit in fits() if (fit.question, fit.answer, fit.track) == (question, answer, track))


def switches_from(track: str) -> tuple[Switch, ...]:
    """What it takes to switch to each of the other five, the nearest first."""
    return tuple(sorted((s for s in switches() if s.from_track == track), key=lambda switch: -switch.in_common))


def parts_of(background: Fit, day: Fit, shares: Sequence[Share | None]) -> tuple[Part, ...]:
    """The parts of a track's points: the two fits and, where there is enough to say, the mean of its shares."""
    values = {"background": (background.fit / BEST,) * 3, "day": (day.fit / BEST,) * 3}
    told = [limits for share in shares if share and (limits := share.limits())]
    if told:
        share, low, high = (fmean(column) for column in zip(*told, strict=True))
        values["market"] = (share, low, high)
    return tuple(Part(called, 1 / len(values), *value) for called, value in values.items())


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


def _markets(home: Path, area: Scope) -> dict[str, Market]:
    records = ask(home, "choose/market", {**area.params(), "tracks": list(_NAMES)}).records()
    return {row["track"]: _market(row) for row in records}


def _market(row: Mapping[str, Any]) -> Market:
    has_pay = row["with_pay"] >= LEAST_POSTINGS and row["pay_companies"] >= LEAST_COMPANIES
    has_pay = has_pay and row["pay_mid_low_usd"] is not None and row["pay_mid_high_usd"] is not None
    return Market(
        _share(row, row["all_postings"] >= LEAST_POSTINGS and row["all_companies"] >= LEAST_COMPANIES),
        row["with_pay"],
        row["pay_mid_usd"] if has_pay else None,
        row["pay_mid_low_usd"] if has_pay else None,
        row["pay_mid_high_usd"] if has_pay else None,
        row["remote_postings"],
    )


def _targets(home: Path, companies: Sequence[str]) -> dict[str, Share]:
    if not companies:
        return {}
    records = ask(home, "choose/targets", {"companies": list(companies), "tracks": list(_NAMES)}).records()
    return {row["track"]: _share(row, row["all_postings"] >= LEAST_AT_TARGETS) for row in records}


def _share(row: Mapping[str, Any], is_enough: bool) -> Share:
    names = ("postings", "companies", "share", "share_low", "share_high")
    return Share(row["all_postings"], row["all_companies"], *(row[name] if is_enough else None for name in names))


def choose_table(home: Path) -> dict[str, Any]:
    """All that a page needs to rank by the same rule without a server, ready for JSON.

    Areas with too few openings to rank by are not listed. Companies are listed with all their openings, for whether
    they are enough is known only when some of them are chosen: a page withholds what is under `least_at_targets`.
    """
    least = {"least_postings": LEAST_POSTINGS, "least_companies": LEAST_COMPANIES}
    return {
        "rule": RULE,
        "best_fit": BEST,
        "least_at_targets": LEAST_AT_TARGETS,
        **least,
        "tracks": {name: TITLES[name] for name in _NAMES},
        "backgrounds": BACKGROUNDS,
        "days": DAYS,
        "fits": [asdict(fit) for fit in fits()],
        "switches": [asdict(switch) for switch in switches()],
        "areas": _area_rows(home, least),
        "companies": ask(home, "choose/companies").records(),
    }


def _area_rows(home: Path, least: Mapping[str, int]) -> list[dict[str, Any]]:
    """The openings of each track in each area that has enough; of a metropolitan area `city` is the name."""
    circles = list(metros().values())
    asks = {
        "metros": [circle["metro"] for circle in circles],
        "metro_cities": [circle["city"] for circle in circles],
        "metro_countries": [circle["country"] for circle in circles],
        "metro_km": [float(circle["within_km"]) for circle in circles],
    }
    return ask(home, "choose/areas", {**least, **asks, "tracks": list(_NAMES)}).records()
