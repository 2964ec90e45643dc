"""The start page: the six tracks everywhere, and where to go on from there."""

from __future__ import annotations

from collections.abc import Iterator

from classifiers.tracks import TRACKS
from reports.site.charts import counts, course
from reports.site.cite import rows_of
from reports.site.market import Market
from reports.site.page import Page
from reports.site.subject import Subject

MOST = 10  # places and companies on the start page; their own pages have all


def pages(market: Market) -> Iterator[Page]:
    countries = market.of_kind("country")
    yield Page(
        "index.html",
        "start.html",
        "Which AI engineers are hired, where, at what pay",
        {
            "what": {track.name: track.week for track in TRACKS},
            "where": {track.name: hubs(track.name, countries) for track in TRACKS},
            "months": course.all_months(market.months),
            "map": counts.spots("All six", market.world.basis["postings"], market.dots.get("all", [])),
            "weeks": course.weeks("All six", market.weeks.get("all", []), market.readings),
            "places": countries[:MOST],
            "companies": [company for company in largest(market)[:MOST] if company.basis["postings"]],
        },
        rows=rows_of(market.world),
    )


def hubs(track: str, places: list[Subject], most: int = 2) -> list[tuple[Subject, int]]:
    """The places with the most postings of a track, of those that have any."""
    found = [(place, place.track(track)["postings"]) for place in places if place.track(track)["postings"]]
    return sorted(found, key=lambda pair: -pair[1])[:most]


def largest(market: Market) -> list[Subject]:
    """The companies, those with the most postings of the six tracks first."""
    return sorted(market.companies, key=lambda company: (-company.basis["postings"], company.called.casefold()))
