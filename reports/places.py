"""What a place's name means: one place, or the several it may be."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from reports.names import UnknownNameError, nearest, one_of
from warehouse.store import ask

FAR_AHEAD = 5  # times the postings, or people, of a namesake: then the first is meant
BESIDE = 1  # degrees: GeoNames has Taipei and Minsk beside the regions that are called like them
_KIND = re.compile(r"\s*\((country|region|city|wide area)\)$")

Found = dict[str, Any]  # a row of questions/places_called


def place_called(home: Path, name: str, is_city: bool = False) -> tuple[Found, list[str]]:
    """The place that a name means, and what else it fits; `is_city` where only a city can be meant.

    `Name, Inside` names a place in a country or region, `Name (region)` one of that kind. Where several fit about equally
    it is asked, or SeveralFitError raised. Raises UnknownNameError for a name that is not known, with the nearest ones.
    """
    kind = _KIND.search(name)
    found = [
        place for place in _named(home, _KIND.sub("", name)) if not kind or place["kind"] == kind[1].replace(" ", "_")
    ]
    if not found:
        names = [str(row[0]) for row in ask(home, "questions/place_names").rows]
        raise UnknownNameError(f"no place called {name!r} is known{nearest(name, names)}")
    if is_city:
        found = [place for place in found if place["kind"] == "city"] or found
    first, rivals = _first(found)
    if rivals:
        places = {_typed(place): place for place in [first, *rivals]}
        first = places[one_of(name, list(places))]
    others = [_typed(place) for place in found if place is not first and _is_worth_naming(place, first)]
    return first, others


def main_city(home: Path, city: str, country: str) -> Found:
    """The largest city of that name in a country. Raises UnknownNameError."""
    if not (cities := [place for place in _meanings(home, city, [country]) if place["kind"] == "city"]):
        raise UnknownNameError(f"no city called {city!r} is known in {country}")
    return max(cities, key=lambda place: int(place["population"]))


def _named(home: Path, name: str) -> list[Found]:
    """Everything that a name may mean, or its first part inside of the others: "London, Ontario, Canada"."""
    place, *inside = (part.strip() for part in name.split(","))
    whole = _meanings(home, name, [])
    return whole if whole or not inside else _meanings(home, place, inside)


def _meanings(home: Path, name: str, inside: list[str]) -> list[Found]:
    """Everything of that name that lies in each of the others."""
    name, *inside = (str(row[0]) for row in ask(home, "questions/folded", {"names": [name, *inside]}).rows)
    return ask(home, "questions/places_called", {"name": name, "inside": inside}).records()


def _first(found: list[Found]) -> tuple[Found, list[Found]]:
    """The likeliest place, and those that may be meant as well.

    A usual name comes before names in other languages and codes, but where only one of these has postings, nobody knows.
    """
    usual = [place for place in found if place["is_usual"]]
    others = [place for place in found if not place["is_usual"] and place["postings"]]
    if usual and others and not any(place["postings"] for place in usual) and usual[0]["kind"] != "wide_area":
        return usual[0], others
    first, *rest = usual or found
    weighed_by = "postings" if first["postings"] else "population"
    return first, [
        place
        for place in rest
        if not _is_nested(first, place) and place[weighed_by] * FAR_AHEAD >= max(1, first[weighed_by])
    ]


def _is_nested(one: Found, other: Found) -> bool:
    """Whether one of two places lies in the other, as the city of New York in the state, or right beside it."""
    if "wide_area" in (one["kind"], other["kind"]):
        return True  # a country that is called like the area around it
    outer, inner = (one, other) if other["kind"] == "city" or one["kind"] == "country" else (other, one)
    if outer["kind"] == "city" or outer["country"] != inner["country"]:
        return False
    return outer["kind"] == "country" or bool(outer["region"] == inner["region"]) or _is_beside(inner, outer)


def _is_beside(city: Found, region: Found) -> bool:
    """Whether a city lies about as far as any suburb from the largest city of a region: not Washington and the state."""
    return city["kind"] == "city" and all(
        abs(city[degrees] - region[degrees]) < BESIDE for degrees in ("latitude", "longitude")
    )


def _is_worth_naming(place: Found, first: Found) -> bool:
    return bool(place["postings"]) or place["population"] > first["population"] > 0


def _typed(place: Found) -> str:
    """What to type for exactly this place."""
    return f"{place['called']} ({place['kind'].replace('_', ' ')})"
