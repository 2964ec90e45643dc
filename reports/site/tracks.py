"""A page a track: how much, for whom, at what pay, where and since when."""

from __future__ import annotations

from collections.abc import Iterator

from classifiers.tracks import TRACKS
from reports.site.market import Market
from reports.site.page import Page
from reports.site.start import hubs, largest

MOST = 20  # places and companies on a track's page


def pages(market: Market) -> Iterator[Page]:
    countries, regions = market.of_kind("country"), market.of_kind("region", "metro")
    companies = [company for company in largest(market) if company.is_enough]
    for track in TRACKS:
        yield Page(
            f"tracks/{track.name}.html",
            "track.html",
            track.title,
            {
                "track": track,
                "row": market.world.track(track.name),
                "levels": market.levels.get(track.name, []),
                "months": market.months.get(track.name, []),
                "dots": market.dots.get(track.name, []),
                "countries": hubs(track.name, countries, MOST),
                "regions": hubs(track.name, regions, MOST),
                "companies": hubs(track.name, companies, MOST),
            },
        )
