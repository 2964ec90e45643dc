"""A page a track: how much, for whom, at what pay, where and since when."""

from __future__ import annotations

from collections.abc import Iterator

from classifiers.guide import PROFILES
from classifiers.tracks import TRACKS
from reports.site.cite import Rows
from reports.site.market import Market
from reports.site.page import Page
from reports.site.start import hubs, largest

MOST = 20  # places and companies on a track's page
MOST_SKILLS = 12


def pages(market: Market) -> Iterator[Page]:
    countries, regions = market.of_kind("country"), market.of_kind("region", "metro")
    for track in TRACKS:
        yield Page(
            f"tracks/{track.name}.html",
            "track.html",
            track.title,
            {
                "track": track,
                "row": market.world.track(track.name),
                "levels": market.levels.get(track.name, []),
                "guide": PROFILES[track.name],
                "named": {row["skill"]: row["postings"] for row in market.skills[None][track.name]},
                "months": market.months.get(track.name, []),
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
