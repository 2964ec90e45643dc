"""A page a place that is large enough for one: countries, first-level regions, metropolitan areas, remote; and their list."""

from __future__ import annotations

from collections.abc import Iterator

from reports.site.market import Market
from reports.site.page import Page
from reports.site.subject import Row, Subject

MOST_SKILLS = 6  # of each track on a country's page


def pages(market: Market) -> Iterator[Page]:
    yield Page("places.html", "places.html", "Places", {"places": _ordered(market)})
    for place in market.places:
        yield Page(
            place.path,
            "subject.html",
            f"{place.called}, {place.inside}" if place.inside else place.called,
            {
                "subject": place,
                "parts_of": _parts(market, place),
                "around": market.at(place.basis["country"], None),
                "skills": _skills(market, place),
                "employers": [(row, market.company_paths[row["name"]]) for row in place.basis["employers"]],
            },
            place.basis,
        )


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


def _ordered(market: Market) -> list[Subject]:
    return market.of_kind("remote", "country", "region", "metro")


def _parts(market: Market, place: Subject) -> list[Subject]:
    """The regions and metropolitan areas of a country that have a page."""
    if place.kind != "country":
        return []
    return [part for part in market.of_kind("region", "metro") if part.basis["country"] == place.basis["country"]]
