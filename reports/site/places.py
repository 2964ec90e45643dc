"""A page a place with an opening: wide areas, countries, regions, metropolitan areas, cities, remote; and their list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from reports.site.beside import Beside, Neighbours
from reports.site.charts import counts, course, pay, shares
from reports.site.charts.chart import LEAST, Chart
from reports.site.cite import PLACE, rows_of
from reports.site.market import INSIDE, Market
from reports.site.openings import told
from reports.site.page import Facts, Page
from reports.site.subject import Row, Subject

MOST_LISTED = 100  # places of a kind told of in the list, those with the most openings; of the others it has the names
MOST_SKILLS = 6  # of each track on a country's page
KINDS = {
    "wide_area": "Wide area",
    "country": "Country",
    "region": "Region",
    "metro": "Metropolitan area",
    "city": "City",
    "remote": "Jobs that can be done remotely",
}
LISTED = {  # by the headings of their list
    "Countries and remote": ("remote", "country"),
    "Wide areas": ("wide_area",),
    "Metropolitan areas": ("metro",),
    "Regions": ("region",),
    "Cities": ("city",),
}


def pages(market: Market) -> Iterator[Page]:
    listed = {heading: market.of_kind(*kinds) for heading, kinds in LISTED.items()}
    yield Page("places.html", "places.html", "Places", {"listed": listed, "most_listed": MOST_LISTED})
    neighbours = Neighbours(market)
    circles = {circle["metro"]: circle["scope"] for circle in market.metropolitan}
    for place in market.places:
        facts = partial(_facts, market, place, neighbours, circles)
        yield Page(place.path, "subject.html", place.title, facts, place.basis, rows_of(place))


def _facts(market: Market, place: Subject, neighbours: Neighbours, circles: Mapping[str, Row]) -> Facts:
    beside = neighbours.of(place)
    return {
        "subject": place,
        "kind_called": KINDS[place.kind],
        "circle": circles.get(place.basis["name"]),
        "beside": beside,
        "distances": {city.path: f"{km:.0f} km" for city, km in beside.near},
        "metros_of": [(metro, circles[metro.basis["name"]]["within_km"]) for metro in _centred(beside, place, circles)],
        "skills": _skills(market, place),
        "employers": [(row, market.company_paths[row["name"]]) for row in place.basis["employers"]],
        "drawn": _charts(market, place, beside),
        "openings": told(market, place.basis["newest"]),
    }


def _charts(market: Market, place: Subject, beside: Beside) -> list[Chart]:
    found = [
        shares.mix(place, _around(market, place)),
        pay.pay(place, market.levels(place)),
        counts.levels(place),
        counts.where(place, [(inside.called, inside.basis["postings"]) for inside in _parts(beside)]),
        course.weeks(place.called, place.basis["weeks"] or [], market.readings),
    ]
    return [chart for chart in found if chart]


def _around(market: Market, place: Subject) -> Subject:
    """What a place's shares are held against: its country, if that is more than the place; else everywhere."""
    country = market.at(place.basis["country"], None) if place.kind in INSIDE else None
    return country if country and country.basis["postings"] > place.basis["postings"] else market.world


def _parts(beside: Beside) -> list[Subject]:
    """The places inside one that are told apart best: its cities, unless it has hardly any."""
    cities = [place for place in beside.inside if place.kind == "city"]
    return cities if len(cities) >= LEAST else [place for place in beside.inside if place.kind != "metro"]


def _centred(beside: Beside, city: Subject, circles: Mapping[str, Row]) -> list[Subject]:
    """The metropolitan areas around a city that it is the centre of."""
    metros = [(place, circles[place.basis["name"]]) for place in beside.wider if place.kind == "metro"]
    return [metro for metro, circle in metros if all(circle[name] == city.basis[name] for name in PLACE)]


def _skills(market: Market, place: Subject) -> list[tuple[str, list[tuple[Row, float]]]]:
    """The skills most named in each track of a country, each with its share everywhere; the largest track first."""
    if place.kind != "country":
        return []
    here, world = market.skills[place.basis["country"]], market.skills[None]
    everywhere = {
        (track, skill["skill"]): skill["share_with_skill"] for track, skills in world.items() for skill in skills
    }
    most = {row["track"]: here[row["track"]][:MOST_SKILLS] for row in place.tracks}
    return [(track, [(row, everywhere[track, row["skill"]]) for row in rows]) for track, rows in most.items() if rows]
