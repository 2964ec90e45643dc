"""From the words of a location to places on the map, and how much of the work is remote.

The words are split into places, each place into parts, and the parts are read from the last
(country) to the first (city), so that what stands behind a name settles which one is meant;
failing that, the largest city of the name is. What no table knows is no place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.gazetteer import City, cities_called, country_called, country_names, gazetteer, key, regions_called
from pipeline.posting import Place, RawPlace, Workplace

__all__ = ["country_names", "gazetteer", "read_places"]

LEAST_ALONE = 15_000  # inhabitants; the name of a smaller town may be any word ("Sales"), unless its country is told
# towns whose names are everyday words: they need their country beside them
_WORDS = {"bar", "enterprise", "hope", "independence", "liberal", "mobile", "most", "normal", "union"}
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
_ONSITE = re.compile(r"\b(?:on-?\s?site|in[- ]person|in[- ]office)\b", re.IGNORECASE)
_HYBRID = re.compile(r"\bhybrid\b", re.IGNORECASE)
_MONEY = re.compile(r"`[^`]*\d[^`]*`")  # a board that puts pay beside the place, between backticks
_BAY_AREA = re.compile(r"\b(?:(?:(?:san francisco|sf)\s)?bay area|sfba)\b", re.IGNORECASE)
_CODES_FIRST = re.compile(r"\b([A-Z]{2})-([A-Z]{2})-([A-Z][\w ]+?)(?=$|[-;|`])")  # "US-CA-San Francisco"
_NAME = re.compile(r"[A-Z][\w'’.-]{2,}(?: [A-Z][\w'’.-]+){0,2}")  # what may be the name of a town
_OWN_CODE = re.compile(r"^\W*[A-Z]{2}\s-\s(?!remote)(?=[^,]+,)", re.IGNORECASE)  # "CH - Shanghai, China"
# areas wider than a country: no places, but a remote job may be open to one
_WIDE = re.compile(
    r"\b(?:emea|apac|latam|mena|europe|european union|eu|(?:north |south |latin |the )?americas?|(?:south-?east )?asia(?: pacific)?|"
    r"(?<!south )africa|middle east|nordics|dach|benelux|worldwide|(?:anywhere in )?the world|global(?:ly)?|international)\b",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"\b(?:fully|in the|the|in[- ]person|(?:west|east) coast|offices|remote(?:[- ](?:friendly|first|only|eligible|in|within))?|hybrid|on-?site|in-office|in office|travel[- ]required|"
    r"headquarters|hq|office|only|based|greater|metro(?:politan)?|area|region|multiple locations|various|locations?|"
    r"telecommute|(?<=us )(?:west|east|central)(?: coast)?|work from home|or remote|anywhere(?: in)?|within|city of)\b|[\U0001F000-\U0001FFFF`*]",
    re.IGNORECASE,
)
# in small letters only, for IN is Indiana and EST, in capitals, is a time and not Estonia
_SMALL = re.compile(
    r"\b(?:in|from|at|of|near|around|to|ideally|preferred|preferably|EST|EDT|CET|CEST|PST|PDT|CST|GMT|UTC)\b"
)
_BETWEEN_PLACES = re.compile(r"[;|•·\n]|\s/\s|/(?=[A-Z])|\s+(?:or|and|&|\+)\s+", re.IGNORECASE)
_BETWEEN_PARTS = re.compile(r"\s*(?:,|\s[-–—:]\s|[()\[\]]|[-–—]\s|\s[-–—])\s*")


class Whereabouts(NamedTuple):
    """Where the work of a posting is done; unknown is None."""

    places: tuple[Place, ...]
    workplace: Workplace | None
    is_remote: bool | None
    remote_area: str | None  # areas wider than a country that a remote job is open to, as written: "EMEA"


def read_places(raw: Sequence[RawPlace], workplace_type: str | None, is_remote: bool | None) -> Whereabouts:
    """All distinct places of a posting, its workplace, and where it can be done remotely.

    The workplace type is trusted before the flag: on a real board 107 of 112 postings carry the
    flag while 97 are hybrid. Words such as "Remote (US)" say remote whatever the fields say.
    """
    places = tuple(dict.fromkeys(place for one in raw for place in _read_one(one)))
    words = " | ".join(one.words for one in raw if one.words)
    says_remote = bool(_REMOTE.search(words))
    workplace = _WORKPLACES.get(key(workplace_type)) if workplace_type else None
    if workplace is None:
        workplace = _workplace_said(words, is_remote or says_remote)
    if says_remote or workplace == "remote":
        wide = dict.fromkeys(" ".join(found.group().split()) for found in _WIDE.finditer(words[:LONGEST]))
        return Whereabouts(places, workplace, True, ", ".join(wide) or None)
    return Whereabouts(places, workplace, False if workplace else is_remote, None)


def _workplace_said(words: str, is_remote: bool | None) -> Workplace | None:
    if _HYBRID.search(words):
        return "hybrid"
    if is_remote:
        return "remote"
    return "onsite" if _ONSITE.search(words) else None


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
    words = _BAY_AREA.sub("San Francisco", _MONEY.sub(" ", words))
    words = _OWN_CODE.sub("", _CODES_FIRST.sub(r"\3, \2, \1", words))
    if len(words) > LONGEST:
        return ()
    whole = country_called(words.strip())
    if whole and words.strip() != "LA":  # which is Los Angeles, or Louisiana, and hardly ever Laos
        return (Place(country=whole),)
    found: list[Place] = []
    for piece in _BETWEEN_PLACES.split(words):
        parts = [
            part.strip(" .") for part in _BETWEEN_PARTS.split(_SMALL.sub(" ", _NOISE.sub(" ", _WIDE.sub(" ", piece))))
        ]
        named_parts = [half for part in parts if part.strip(" .") for half in _halves(" ".join(part.split()))]
        found += _read_parts(named_parts, has_unlisted="(" not in piece)
    named = list(dict.fromkeys(found))
    # "San Francisco, CA, United States" said as two lines still is one place
    finer: set[tuple[str | None, str | None]] = {(place.country, None) for place in named if place.city or place.region}
    finer |= {(place.country, place.region) for place in named if place.city}
    return tuple(place for place in named if place.city or (place.country, place.region) not in finer)


def _read_parts(parts: list[str], has_unlisted: bool) -> list[Place]:
    """Places of the parts of one piece, read from the last to the first.

    `has_unlisted` says that its first part may be a town that no table knows.
    """
    places: list[Place] = []
    country: str | None = None
    region: str | None = None
    is_open = False  # a country or region was read that no city has used yet
    for number in range(len(parts) - 1, -1, -1):
        part, before = parts[number], parts[number - 1] if number else ""
        city = _city(part, country, region)
        as_region = _region(part, country, before)
        as_country = None if (as_region and before) or part == "LA" else country_called(part)
        if as_country and not (city and city.population > 500_000 and not before and places):
            if is_open and as_country != country:
                places.append(Place(region=region, country=country))
            country, region, is_open = as_country, None, True
        elif as_region and not (city and _outweighs(city, as_region) and not _lies_in(before, as_region)):
            if is_open and region and as_region != (country, region):
                places.append(Place(region=region, country=country))
            country, region, is_open = *as_region, True
        elif city:
            places.append(_place(city))
            is_open = False
        elif is_open and has_unlisted and not before and (town := _unlisted(part, country, region)):
            places.append(town)
            is_open = False
    if is_open and country:
        places.append(Place(region=region, country=country))
    return places[::-1]


def _halves(part: str) -> list[str]:
    """A city and its region or country written without a comma, as two parts: "Sydney NSW", "UK Manchester"."""
    if cities_called(part) or regions_called(part) or country_called(part) or " " not in part:
        return [part]
    first, _, rest = part.partition(" ")
    start, _, last = part.rpartition(" ")
    for name, area in ((start, last), (rest, first)):
        country = country_called(area)
        inside = set(regions_called(area)) if area.isupper() or len(area) > 3 else set()
        if any((city.country, city.region) in inside or city.country == country for city in cities_called(name)):
            return [name, area]
    return [part]


def _outweighs(city: City, region: tuple[str, str]) -> bool:
    """Whether a name that is a city's and a region's means the city: it lies there, or is no small town elsewhere."""
    return (city.country, city.region) == region or city.population > 500_000


def _lies_in(name: str, region: tuple[str, str]) -> bool:
    """Whether a city of that name lies in a region, and is not far outdone by a namesake elsewhere."""
    named = cities_called(name)
    return any((city.country, city.region) == region and 20 * city.population >= named[0].population for city in named)


def _place(city: City) -> Place:
    return Place(city.city, city.region, city.country, city.latitude, city.longitude)


def _city(name: str, country: str | None, region: str | None) -> City | None:
    """The largest city of that name inside what is known; a very short name is no city on its own."""
    for spelling in _spellings(name):
        for city in cities_called(spelling):
            is_inside = country in (None, city.country) and region in (None, city.region)
            if is_inside and (country or (city.population >= LEAST_ALONE and key(name) not in _WORDS)):
                return city
    return None


def _spellings(name: str) -> Iterator[str]:
    """The ways a board may have written the name of a city, the plain one first."""
    if name.upper() == "LA":
        yield "Los Angeles"
    elif len(name) > 2 or name.upper() == "SF":
        yield name
    first, _, rest = name.partition(" ")
    start, _, last = name.rpartition(" ")
    if key(first) in ("saint", "st"):
        yield f"{'St.' if key(first) == 'saint' else 'Saint'} {rest}"
    if last in ("East", "West", "North", "South"):
        yield start
    if "-" in name and (len(name.split("-")[0]) > 3 or name.startswith(("NYC-", "SF-"))):
        yield name.split("-")[0]  # "NYC-Privy"


def _unlisted(part: str, country: str | None, region: str | None) -> Place | None:
    """A town the gazetteer does not know, taken at its word where its country stands behind it."""
    is_name = country and _NAME.fullmatch(part) and not country_called(part) and not regions_called(part)
    return Place(part, region, country) if is_name else None


def _region(name: str, country: str | None, before: str | None) -> tuple[str, str] | None:
    """The region of that name; a code only in capitals and, where the name is a country's too, behind its city."""
    if len(name) <= 3 and not name.isupper():
        return None
    named = [place for place in regions_called(name) if country in (None, place[0])]
    if not named:
        return None
    as_country = country_called(name) if country is None else None
    if as_country:  # "Ontario, CA" and "Tbilisi, Georgia" are countries, "Fresno, CA" and "Atlanta, Georgia" are not
        inside = {place[0] for place in regions_called(before or "")}
        held = {(city.country, city.region) for city in cities_called(before or "")}
        named = [place for place in named if place in held and as_country not in inside]
    return named[0] if named else None
