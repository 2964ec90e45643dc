"""What lies around a place and inside it: the pages to go on to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from reports.site.market import Market
from reports.site.subject import Row, Subject
from warehouse.store import ask

MOST_NEAR, NEAR_KM = 6, 150.0  # cities told of beside a city
MOST_INSIDE = 40  # places told of inside one, those with the most openings

Key = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """Places by how they lie to one: `wider`, that hold it, `inside` it, `near` it with their distance in kilometres.

    `around` is what lies in the circle around a city, where that is more than the city.
    """

    wider: list[Subject] = field(default_factory=list)
    inside: list[Subject] = field(default_factory=list)
    near: list[tuple[Subject, float]] = field(default_factory=list)
    around: Subject | None = None


class Neighbours:
    """How the places of a market lie to each other, asked once for all of them."""

    def __init__(self, market: Market) -> None:
        self._market = market
        self._areas = defaultdict[str, list[Subject]](list)  # of a country or region, by its path, those that hold it
        self._parts = defaultdict[str, list[Subject]](list)  # of a wide area
        for area, country, region in ask(market.home, "select area, country, region from wide_areas order by all").rows:
            found = market.by_place.get(("wide_area", None, None, None, area))
            held = market.at(country, region)
            if found and held:
                self._areas[held.path].append(found)
                self._parts[area].append(held)
        self._in_region = defaultdict[Key, list[Subject]](list)
        for city in market.of_kind("city"):
            self._in_region[_city(city.basis)[:2]].append(city)
        self._near = _by_city(ask(market.home, "site/near", {"most": MOST_NEAR, "within_km": NEAR_KM}).records())
        circles = ask(market.home, "site/metro_cities", {"circles": market.metropolitan}).records()
        self._metros = _by_city(circles)
        self._metro = {metro.basis["name"]: metro for metro in market.of_kind("metro")}
        self._cities = defaultdict[str, list[Key]](list)  # of a metropolitan area
        for row in circles:
            self._cities[row["metro"]].append(_city(row))

    def of(self, place: Subject) -> Beside:
        """What lies around a place and inside it."""
        basis, market = place.basis, self._market
        country = basis["country"]
        wider = list(filter(None, [market.at(country, None)])) if country else []
        if place.kind == "wide_area":
            return Beside([market.world], _largest(self._parts[basis["name"]]))
        if place.kind == "country":
            parts = [part for part in market.of_kind("region", "metro", "city") if part.basis["country"] == country]
            return Beside([*_smallest(self._areas[place.path]), market.world], _largest(parts))
        if place.kind == "region":
            around = [*_smallest(self._areas[place.path]), *wider, market.world]
            return Beside(around, _largest(self._in_region[country, basis["region"]]))
        if place.kind == "metro":
            return Beside([*wider, market.world], _largest(self._of_cities(self._cities[basis["name"]])))
        if place.kind == "city":
            return self._of_city(place, wider)
        return Beside([market.world])

    def _of_city(self, place: Subject, wider: list[Subject]) -> Beside:
        basis, market = place.basis, self._market
        metros = [self._metro[row["metro"]] for row in self._metros[_city(basis)]]
        region = [market.at(basis["country"], basis["region"])] if basis["region"] else []
        near = [
            (city, row["km"])
            for row in self._near[_city(basis)]
            for city in self._of_cities([(row["near_country"], row["near_region"], row["near_city"])])
        ]
        around = market.around.get(_city(basis))
        is_more = around is not None and around.basis["postings"] > basis["postings"]
        return Beside([*metros, *filter(None, region), *wider, market.world], [], near, around if is_more else None)

    def _of_cities(self, keys: Iterable[Key]) -> Iterator[Subject]:
        found = (self._market.by_place.get(("city", *key, None)) for key in keys)
        return (city for city in found if city)


def _city(row: Row) -> Key:
    return row["country"], row["region"], row["city"]


def _by_city(records: Iterable[Row]) -> dict[Key, list[Row]]:
    rows: dict[Key, list[Row]] = defaultdict(list)
    for row in records:
        rows[_city(row)].append(row)
    return rows


def _largest(places: Iterable[Subject]) -> list[Subject]:
    return sorted(places, key=lambda place: (-place.basis["postings"], place.called))[:MOST_INSIDE]


def _smallest(areas: Iterable[Subject]) -> list[Subject]:
    """The areas around a country, the smallest first."""
    return sorted(areas, key=lambda area: (area.basis["postings"], area.called))
