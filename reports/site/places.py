"""A page a place with enough postings: countries, first-level regions, metropolitan areas, remote; and their list."""

from __future__ import annotations

from collections.abc import Iterator

from reports.site.market import Market
from reports.site.page import Page
from reports.site.subject import Subject


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
                "around": market.by_place.get(("country", place.basis["country"], None, None)),
                "employers": [(row, market.company_paths[row["name"]]) for row in place.basis["employers"]],
            },
            place.basis,
        )


def _ordered(market: Market) -> list[Subject]:
    return market.of_kind("remote", "country", "region", "metro")


def _parts(market: Market, place: Subject) -> list[Subject]:
    """The regions and metropolitan areas of a country that have a page."""
    if place.kind != "country":
        return []
    return [part for part in market.of_kind("region", "metro") if part.basis["country"] == place.basis["country"]]
