"""A page a track: how much, for whom, at what pay, where and since when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from classifiers.guide import PAY_COUNTRY, PROFILES
from classifiers.tracks import TITLES, TRACKS
from reports.site.charts import counts, course, pay, shares
from reports.site.charts.chart import Chart
from reports.site.cite import Rows
from reports.site.market import Market
from reports.site.page import Page
from reports.site.start import hubs, largest
from reports.site.subject import Row
from reports.standing import standing_of

MOST = 20  # places and companies on a track's page
MOST_SKILLS = 12


def pages(market: Market) -> Iterator[Page]:
    countries, regions = market.of_kind("country"), market.of_kind("region", "metro")
    for track in TRACKS:
        row = market.world.track(track.name)
        levels = market.levels(market.world).get(track.name, [])
        yield Page(
            f"tracks/{track.name}.html",
            "track.html",
            track.title,
            {
                "track": track,
                "row": row,
                "levels": levels,
                "drawn": _charts(market, track.name, levels),
                "guide": PROFILES[track.name],
                "named": {row["skill"]: row["postings"] for row in market.skills[None][track.name]},
                "months": course.months(track.name, market.months.get(track.name, [])),
                "map": counts.spots(track.title, row["postings"], market.dots.get(track.name, [])),
                "countries": (most := hubs(track.name, countries, MOST)),
                "where": shares.shares_at(track.name, [place for place, _ in most], row),
                "regions": hubs(track.name, regions, MOST),
                "companies": hubs(track.name, largest(market), MOST),
                "standing": standing_of(one for one in market.openings.values() if one["track"] == track.name),
                "time_open": market.time_open.get(track.name),
                "skills": market.skills[None][track.name][:MOST_SKILLS],
                "compared": market.rising[track.name],
            },
            rows=Rows("estimates", f"from estimates where track = '{track.name}' and level = 'all'"),
        )


def _charts(market: Market, track: str, levels: Sequence[Row]) -> list[Chart]:
    places = [(market.world, levels[1:])]
    if guided := market.at(PAY_COUNTRY, None):
        places.append((guided, market.levels(guided).get(track, [])))
    found = [
        shares.at_levels(track, levels),
        pay.track_pay(track, places),
        course.weeks(TITLES[track], market.weeks.get(track, []), market.readings),
    ]
    return [chart for chart in found if chart]
