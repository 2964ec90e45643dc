"""The page that ranks the six tracks for whoever answers three questions; the rule is that of `reports.choose`.

A page opened from disk has nobody to ask, so it works the ranking out itself. What it ranks by comes in scripts that it
runs once somebody answers: `choose-data.js`, beside those of the figures and of the openings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from classifiers.fit import BACKGROUNDS, BEST, DAYS, fits, switches
from classifiers.guide import PAY_COUNTRY, PAY_YEAR, PROFILES
from classifiers.skills import skills, ways_to_write
from reports.choose import ALIKE, RULE
from reports.openings import FIRST
from reports.own_skills import MOST_MISSING, MOST_TRACKS
from reports.own_skills import RULE as SKILLS_RULE
from reports.scope import metros
from reports.site.figures import figures
from reports.site.market import Market
from reports.site.page import Page, in_script
from reports.site.subject import Subject
from warehouse.store import ask

Row = Mapping[str, Any]
PAID = ("postings", "with_pay", "pay_mid_usd", "pay_mid_low_usd", "pay_mid_high_usd")
PLACE = ("kind", "country", "region", "city")


def pages(market: Market) -> Iterator[Page]:
    asked: dict[str, dict[str, list[Any]]] = {"background": defaultdict(list), "day": defaultdict(list)}
    for fit in fits():
        asked[fit.question][fit.answer].append(fit)
    facts = {"fits": asked, "rule": RULE, "best_fit": BEST, "backgrounds": BACKGROUNDS, "days": DAYS}
    yield Page("choose.html", "choose.html", "Choose", facts)


def script(market: Market) -> str:
    """What the page ranks by, as a script."""
    return in_script("trackmixChoose", choose_data(market))


def choose_data(market: Market) -> dict[str, Any]:
    """All that a page needs, beside figures and openings, to rank by the same rule without a server, ready for JSON."""
    return {
        "best_fit": BEST,
        "alike": ALIKE,
        "first": FIRST,
        "pay_of": f"{PAY_COUNTRY}, {PAY_YEAR}",
        "fits": [asdict(fit) for fit in fits()],
        "switches": [asdict(switch) for switch in switches()],
        "guide": {name: asdict(profile) for name, profile in PROFILES.items()},
        **_skills(market),
        "areas": _areas(market),
    }


def _skills(market: Market) -> dict[str, Any]:
    """The skills of the list with the ways to write each, what is paid with those that it is known of, and how they are told."""
    ways: dict[str, list[str]] = {skill.name: [] for skill in skills()}
    for way, name in ways_to_write().items():
        ways[name].append(way)
    paid = ask(market.home, "select skill, premium, premium_low, premium_high from skill_pay order by skill").rows
    return {
        "skills": ways,
        "premiums": {skill: [round(figure, 6) for figure in figures] for skill, *figures in paid},
        "most_missing": MOST_MISSING,
        "most_tracks": MOST_TRACKS,
        "skills_rule": SKILLS_RULE,
    }


def _areas(market: Market) -> list[dict[str, Any]]:
    """The world, then every place, those with the most openings first; `around` are the numbers of those it lies in.

    What is paid at a level is told of those areas that the tables have at it. A metropolitan area stands under each of its names.
    """
    paid = _paid(market)
    places = [market.world, *market.of_kind("remote", "country", "region", "metro", "city", "wide_area")]
    areas = [area for place in places for area in _called(place, paid)]
    cities = {area["called"] for area in areas if area["kind"] == "city"}
    for area in areas:
        if area["kind"] == "region" and area["called"] in cities:  # Berlin: which of the two is said
            area["called"] = area["called"].replace(",", " (region),", 1)
    number = {(area["kind"], area["country"], area["region"], area["city"]): at for at, area in enumerate(areas)}
    for at, area in enumerate(areas):
        country, region = area["country"], area["region"]
        wider = [("region", country, region, None), ("country", country, None, None), ("world", None, None, None)]
        area["around"] = list(dict.fromkeys([at, *(number[key] for key in wider if key in number)]))
    return areas


def _called(place: Subject, paid: Mapping[tuple[Any, ...], Row]) -> Iterator[dict[str, Any]]:
    basis = place.basis
    where: dict[str, Any] = {name: basis.get(name) for name in PLACE} | {"kind": place.kind, "page": place.path}
    own = paid.get(tuple(where[name] for name in PLACE), {})
    if place.kind == "metro":
        for name in _names(place):
            yield {**where, "city": name, "called": f"{name}, {basis['country_name']}", "paid": own}
        return
    names = (basis.get("city"), basis.get("region"), basis.get("country_name") or basis.get("country"))
    called = ", ".join(dict.fromkeys(filter(None, names))) or place.called
    yield {**where, "called": called, "paid": own}


def _names(metro: Subject) -> list[str]:
    """All names of a metropolitan area."""
    own = metros()[metro.called.casefold()]
    circle = ("city", "country", "within_km")
    return [row["metro"] for row in metros().values() if all(row[name] == own[name] for name in circle)]


def _paid(market: Market) -> dict[tuple[Any, ...], dict[str, dict[str, list[Any]]]]:
    """What is paid in each area at each level for each track, as PAID says it."""
    paid: dict[tuple[Any, ...], dict[str, dict[str, list[Any]]]] = defaultdict(lambda: defaultdict(dict))
    for row in ask(market.home, "choose/paid").records():
        paid[tuple(row[name] for name in PLACE)][row["level"]][row["track"]] = figures(row, PAID)
    return paid
