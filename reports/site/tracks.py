"""A page a track: how much, for whom, at what pay, where and since when."""

from __future__ import annotations

from collections.abc import Iterator

from classifiers.tracks import TRACKS
from reports.site.market import Market
from reports.site.page import Page
from reports.site.start import hubs, largest
from reports.site.subject import Row, Subject

MOST = 20  # places and companies on a track's page
MOST_SKILLS = 12


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
                "time_open": market.time_open.get(track.name),
                "concentration": market.concentration.get(track.name),
                "largest_regions": _largest_regions(market, track.name),
                **_clusters(market, track.name),
                "skills": market.skills[None][track.name][:MOST_SKILLS],
                "compared": market.rising[track.name],
            },
        )


def _largest_regions(market: Market, track: str) -> list[tuple[str, Subject | None]]:
    """The five largest regions of a track, each with its page where it has one."""
    row = market.concentration.get(track)
    named = [place.rpartition(", ") for place in row["five_largest"].split("; ")] if row and row["five_largest"] else []
    return [(region, market.at(country, region)) for region, _, country in named]


def _clusters(market: Market, track: str) -> dict[str, list[tuple[Subject, Row]]]:
    """The places where a track clusters, and where it is rare, those farthest from everywhere first."""
    placed = [(market.at(row["country"], row["region"]), row) for row in market.clusters if row["track"] == track]
    found = [(place, row) for place, row in placed if place]
    more, less = (
        [pair for pair in found if pair[1]["quotient"] > 1],
        [pair for pair in found if pair[1]["quotient"] < 1],
    )
    return {"more": more[:MOST], "less": less[::-1][:MOST]}
