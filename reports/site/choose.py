"""The page that ranks the six tracks for whoever answers three questions; the rule is that of `reports.choose`.

A page opened from disk has nobody to ask, so it carries what it ranks by and works the ranking out itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from classifiers.fit import BACKGROUNDS, BEST, DAYS, fits, switches
from classifiers.guide import PAY_COUNTRY, PAY_YEAR, PROFILES
from classifiers.tracks import TITLES, TRACKS
from reports.beside import skills_of
from reports.choose import ALIKE, RULE
from reports.openings import FIRST
from reports.openings import pay as stated
from reports.scope import metros
from reports.site.market import Market
from reports.site.page import Page
from warehouse.store import ask

Row = Mapping[str, Any]
DIGITS = 7  # significant ones, of a share; more would only weigh
OFFER = (
    "postings",
    "companies",
    "share",
    "share_low",
    "share_high",
    "pay_mid_usd",
    "pay_mid_low_usd",
    "pay_mid_high_usd",
)
PAID = ("postings", "with_pay", "pay_mid_usd", "pay_mid_low_usd", "pay_mid_high_usd")


def pages(market: Market) -> Iterator[Page]:
    asked: dict[str, dict[str, list[Any]]] = {"background": defaultdict(list), "day": defaultdict(list)}
    for fit in fits():
        asked[fit.question][fit.answer].append(fit)
    data = choose_data(market.home)
    for area in data["areas"]:
        area["page"] = _page(market, area)
    facts = {"data": data, "fits": asked, "rule": RULE, "best_fit": BEST, "backgrounds": BACKGROUNDS, "days": DAYS}
    yield Page("choose.html", "choose.html", "Choose", facts)


def choose_data(home: Path) -> dict[str, Any]:
    """All that a page needs to rank by the same rule without a server, ready for JSON.

    Figures of an area or a company are lists, as OFFER and PAID name them; areas stand with the most openings first, the
    world's at their head, and `around` are the numbers of those that each lies in, itself first.
    """
    skills = list(dict.fromkeys(skill for profile in PROFILES.values() for skill in skills_of(profile)))
    circles = metro_circles(home)
    openings = ask(home, "choose/all_openings", {"circles": circles, "skills": skills}).records()
    areas = _areas(home, circles)
    number = {area["key"]: at for at, area in enumerate(areas)}
    for area in areas:
        area["around"] = [number[key] for key in dict.fromkeys(_around(area)) if key in number]
    companies = ask(home, "choose/companies").records()
    return {
        "best_fit": BEST,
        "alike": ALIKE,
        "first": FIRST,
        "pay_of": f"{PAY_COUNTRY}, {PAY_YEAR}",
        "tracks": [{"name": track.name, "title": TITLES[track.name]} for track in TRACKS],
        "fits": [asdict(fit) for fit in fits()],
        "switches": [asdict(switch) for switch in switches()],
        "guide": {name: asdict(profile) for name, profile in PROFILES.items()},
        "areas": areas,
        "companies": {
            company: {row["track"]: _figures(row, OFFER) for row in rows}
            for company, rows in groupby(companies, lambda row: row["company"])
        },
        "skills": skills,
        "openings": [_opening(row, number, skills) for row in openings],
    }


def _areas(home: Path, circles: Sequence[Row]) -> list[dict[str, Any]]:
    """Every area that has openings, those with the most first."""
    areas = []
    for key, group in groupby(ask(home, "choose/areas").records(), lambda row: row["area"]):
        rows, paid = list(group), defaultdict[str, dict[str, list[Any]]](dict)
        for row in rows:
            if row["level"] != "all":
                paid[row["level"]][row["track"]] = _figures(row, PAID)
        areas.append(_area(key, [row for row in rows if row["level"] == "all"], paid))
    countries = {area["country"]: area["country_name"] for area in areas if area["kind"] == "country"}
    areas += [area for area in _metros(home, circles, countries) if _postings(area)]
    return sorted(areas, key=lambda area: (area["kind"] != "world", -_postings(area)))


def _metros(home: Path, circles: Sequence[Row], countries: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """The metropolitan areas; what is paid at a level is told of their countries."""
    from warehouse.cells import estimates_from

    scopes = list({_city(circle["scope"]): circle["scope"] for circle in circles}.values())
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in estimates_from(partial(ask, home), "site/cells", {"scopes": scopes}):
        found[_city(row)].append(row)
    for circle in circles:
        country, metro = circle["scope"]["country"], circle["metro"]
        told = {"kind": "metro", "city": metro, "region": None, "country_name": countries.get(country)}
        yield _area(metro, [{**row, **told} for row in found[_city(circle["scope"])]], {})


def metro_circles(home: Path) -> list[dict[str, Any]]:
    """The metropolitan areas as scopes, by every name: `metro` and `scope`."""
    rows = list(metros().values())
    asked = {"metros": [row["metro"] for row in rows], "cities": [row["city"] for row in rows]}
    asked |= {"countries": [row["country"] for row in rows]}
    return ask(home, "site/circles", {**asked, "kilometres": [float(row["within_km"]) for row in rows]}).records()


def _city(row: Row) -> tuple[str, str]:
    return row["country"], row["city"]


def _postings(area: Row) -> int:
    return sum(offer[0] for offer in area["offers"].values())


def _area(key: str, rows: Sequence[Row], paid: Row) -> dict[str, Any]:
    first = rows[0]
    where = {name: first[name] for name in ("kind", "country", "region", "city", "country_name")}
    inside = (first["city"], first["region"], first["country_name"] or first["country"])
    called = {"world": ("everywhere",), "remote": ("Remote",)}.get(first["kind"], inside)
    offers = {row["track"]: _figures(row, OFFER) for row in rows}
    return {**where, "called": ", ".join(filter(None, called)), "key": key, "offers": offers, "paid": paid}


def _around(area: Row) -> list[str]:
    """The keys of an area and of those around it, up to the world."""
    region = f"region||{area['country']}|{area['region']}||"
    return [area["key"], region, f"country||{area['country']}|||", "world|||||"]


def _figures(row: Row, names: Sequence[str]) -> list[Any]:
    return [_short(row[name]) for name in names]


def _short(value: Any) -> Any:
    return float(f"{value:.{DIGITS}g}") if isinstance(value, float) else value


def _opening(row: Row, number: Mapping[str, int], skills: Sequence[str]) -> dict[str, Any]:
    where = ", ".join(filter(None, (row["places"], "remote" if row["is_remote"] else None)))
    return {
        **{name: row[name] for name in ("track", "company", "title", "url")},
        "where": where or "not said",
        "pay": stated(row["pay_low_usd"], row["pay_high_usd"]) if row["pay_low_usd"] else "not stated",
        "areas": [number[key] for key in row["areas"] or () if key in number],
        "skills": [skills.index(skill) for skill in row["skills"] or ()],
    }


def _page(market: Market, area: Row) -> str:
    """The page of an area, else of the smallest around it that has one."""
    kind, country, region = area["kind"], area["country"], area["region"]
    keys = [(kind, country, region, area["city"]), ("region", country, region, None), ("country", country, None, None)]
    around = [found for key in keys if (found := market.by_place.get(key))]
    return around[0].path if around else market.world.path
