"""A page a track: how much, for whom, at what pay, where and since when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from classifiers.guide import PAY_COUNTRY, PROFILES
from classifiers.tracks import TITLES, TRACKS
from reports.site import charts, course
from reports.site.cite import Rows
from reports.site.market import Market
from reports.site.page import Page
from reports.site.start import hubs, largest
from reports.site.subject import Row

MOST = 20  # places and companies on a track's page
MOST_SKILLS = 12


def pages(market: Market) -> Iterator[Page]:
    countries, regions = market.of_kind("country"), market.of_kind("region", "metro")
    for track in TRACKS:
        levels = market.levels(market.world).get(track.name, [])
        yield Page(
            f"tracks/{track.name}.html",
            "track.html",
            track.title,
            {
                "track": track,
                "row": market.world.track(track.name),
                "levels": levels,
                "drawn": _charts(market, track.name, levels),
                "guide": PROFILES[track.name],
                "named": {row["skill"]: row["postings"] for row in market.skills[None][track.name]},
                "months": course.months(track.name, market.months.get(track.name, [])),
                "dots": market.dots.get(track.name, []),
                "countries": hubs(track.name, countries, MOST),
                "regions": hubs(track.name, regions, MOST),
                "companies": hubs(track.name, largest(market), MOST),
                "time_open": market.time_open.get(track.name),
                "skills": market.skills[None][track.name][:MOST_SKILLS],
                "compared": market.rising[track.name],
            },
            rows=Rows("estimates", f"from estimates where track = '{track.name}' and level = 'all'"),
        )


def _charts(market: Market, track: str, levels: Sequence[Row]) -> list[charts.Chart]:
    places = [(market.world, levels[1:])]
    if guided := market.at(PAY_COUNTRY, None):
        places.append((guided, market.levels(guided).get(track, [])))
    found = [
        charts.at_levels(track, levels),
        charts.track_pay(track, places),
        course.weeks(TITLES[track], market.weeks.get(track, []), market.readings),
    ]
    return [chart for chart in found if chart]
