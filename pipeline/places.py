"""From the words of a location to places on the map, and how much of the work is remote.

The words are split into places, each place into parts, and the parts are read from the last
(country) to the first (city), so that what stands behind a name settles which one is meant;
failing that, the largest city of the name is. What no table knows is no place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipeline.gazetteer import City, cities_called, country_called, country_names, gazetteer, key, regions_called
from pipeline.posting import Place, RawPlace, Workplace

__all__ = ["country_names", "gazetteer", "read_places"]

LONGEST = 300  # characters; more is prose, not a location
_WORKPLACES: dict[str, Workplace] = {
    "remote": "remote",
    "hybrid": "hybrid",
    "onsite": "onsite",
    "on site": "onsite",
    "in office": "onsite",
    "in person": "onsite",
}
_REMOTE = re.compile(r"\b(remote|work from home|wfh|distributed|anywhere|telecommute)\b", re.IGNORECASE)
_HYBRID = re.compile(r"\bhybrid\b", re.IGNORECASE)
_NOISE = re.compile(
    r"\b(?:fully|remote(?:[- ](?:friendly|first|only|eligible))?|hybrid|on-?site|in-office|in office|travel[- ]required|"
    r"headquarters|hq|office|only|based|greater|metro(?:politan)?|area|region|multiple locations|various|locations?|"
    r"work from home|or remote|anywhere(?: in)?|within|city of)\b|[\U0001F000-\U0001FFFF`*]",
    re.IGNORECASE,
)
_BETWEEN_PLACES = re.compile(r"[;|•·\n]|\s/\s|/(?=[A-Z])|\s+(?:or|and|&|\+)\s+", re.IGNORECASE)
_BETWEEN_PARTS = re.compile(r"\s*(?:,|\s[-–—:]\s|[()\[\]]|[-–—]\s|\s[-–—])\s*")


def read_places(
    raw: Sequence[RawPlace], workplace_type: str | None, is_remote: bool | None
) -> tuple[tuple[Place, ...], Workplace | None, bool | None]:
    """All distinct places of a posting, its workplace, and whether it can be done remotely.

    The workplace type is trusted before the flag: on a real board 107 of 112 postings carry the
    flag while 97 are hybrid. Words such as "Remote (US)" say remote whatever the fields say.
    """
    places = tuple(dict.fromkeys(place for one in raw for place in _read_one(one)))
    words = " | ".join(one.words for one in raw if one.words)
    says_remote = bool(_REMOTE.search(words))
    workplace = _WORKPLACES.get(key(workplace_type)) if workplace_type else None
    if workplace is None and _HYBRID.search(words):
        workplace = "hybrid"
    if workplace is None and (is_remote or says_remote):
        workplace = "remote"
    if says_remote or workplace == "remote":
        return places, workplace, True
    return places, workplace, False if workplace else is_remote


def _read_one(raw: RawPlace) -> tuple[Place, ...]:
    """The address where it names something, else the words."""
    parts = ", ".join(part for part in (raw.city, raw.region, raw.country) if part)
    found = _read_words(parts) if raw.city or raw.region else ()
    if found:
        return found
    if raw.words:
        found = _read_words(f"{raw.words}, {raw.country}" if raw.country and "," not in raw.words else raw.words)
    return found or (_read_words(parts) if parts else ())


@lru_cache(maxsize=50_000)
def _read_words(words: str) -> tuple[Place, ...]:
    if len(words) > LONGEST:
        return ()
    whole = country_called(words.strip())
    if whole:
        return (Place(country=whole),)
    found: list[Place] = []
    for piece in _BETWEEN_PLACES.split(words):
        parts = [part.strip(" .") for part in _BETWEEN_PARTS.split(_NOISE.sub(" ", piece))]
        found += _read_parts([" ".join(part.split()) for part in parts if part.strip(" .")])
    named = list(dict.fromkeys(found))
    # "San Francisco, CA, United States" said as two lines still is one place
    inner = {(place.country) for place in named if place.city or place.region}
    return tuple(place for place in named if place.city or place.region or place.country not in inner)


def _read_parts(parts: list[str]) -> list[Place]:
    """Places of the parts of one piece, read from the last to the first."""
    places: list[Place] = []
    country: str | None = None
    region: str | None = None
    is_open = False  # a country or region was read that no city has used yet
    for number in range(len(parts) - 1, -1, -1):
        part, before = parts[number], parts[number - 1] if number else None
        city = _city(part, country, region)
        as_region = _region(part, country, before)
        as_country = None if as_region and before else country_called(part)
        if as_country and not (city and city.population > 500_000 and before is None and places):
            if is_open and as_country != country:
                places.append(Place(region=region, country=country))
            country, region, is_open = as_country, None, True
        elif as_region and not (city and (before is None or is_open)):
            country, region, is_open = *as_region, True
        elif city:
            places.append(Place(city.city, city.region, city.country, city.latitude, city.longitude))
            is_open = False
    if is_open and country:
        places.append(Place(region=region, country=country))
    return places[::-1]


def _city(name: str, country: str | None, region: str | None) -> City | None:
    """The largest city of that name inside what is known; a very short name is no city on its own."""
    if len(name) < 3 and name.upper() not in ("SF", "LA"):
        return None
    named = cities_called("Los Angeles" if name.upper() == "LA" else name)
    inside: Iterator[City] = (
        city for city in named if country in (None, city.country) and region in (None, city.region)
    )
    return next(inside, None)


def _region(name: str, country: str | None, before: str | None) -> tuple[str, str] | None:
    """The region of that name; a code only in capitals and, where it is a country's too, behind its city."""
    if len(name) <= 3 and not name.isupper():
        return None
    named = [place for place in regions_called(name) if country in (None, place[0])]
    if not named:
        return None
    if len(name) <= 3 and country is None and country_called(name):
        held = {(city.country, city.region) for city in cities_called(before or "")}
        named = [place for place in named if place in held]
    return named[0] if named else None
