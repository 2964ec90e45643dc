"""From the words of a location to places on the map, and how much of the work is remote.

The words are split into places, each place into parts, and the parts are read from the last
(country) to the first (city), so that what stands behind a name settles which one is meant;
failing that, the largest city of the name is. What no table knows is no place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.posting import Place, RawPlace, Workplace
from pipeline.reading.gazetteer import (
    SHORT_NAMES,
    City,
    cities_called,
    country_alone,
    country_called,
    country_names,
    is_code,
    is_everyday,
    lies_in,
    regions_called,
    sure_names,
)
from pipeline.reading.workplace import read_workplace, says_remote

LARGE = 500_000  # inhabitants; a city that size is meant whatever stands beside its name
# inhabitants; the name of a smaller town may be any word ("Sales", "Kong"), unless its country is told
LEAST_ALONE, LEAST_ABROAD = 15_000, 100_000
AT_HOME = {"US", "CA", "GB", "IE", "DE", "AT", "CH", "FR", "NL", "BE", "ES", "PT", "IT", "DK", "SE", "NO", "FI", "IL"}
LONGEST = 300  # characters; more is prose, not a location
_MONEY = re.compile(r"`[^`]*\d[^`]*`")  # a board that puts pay beside the place, between backticks
# links, and what only says where a place is
_ASIDE = re.compile(r"https?://\S+|\((?:close to|next to|near)\b[^()]*\)", re.IGNORECASE)
_BAY_AREA = re.compile(r"\b(?:(?:san francisco|sf)\sbay(?:\sarea)?|bay area|sfba)\b", re.IGNORECASE)
# "US-CA-San Francisco", "US, CA, Santa Clara"
_CODES_FIRST = re.compile(r"(?:\b([A-Z]{2})-([A-Z]{2})-|^(US|CA|IN), ([A-Z]{2}), )([A-Z][\w ]+?)(?=$|[-;|`])")
_NAME = re.compile(
    r"(?!.*(?:Senior|Lead|Engineer|Developer|Manager|Designer|Scientist))[A-Z][\w'’.-]{2,}(?: [A-Z][\w'’.-]+){0,2}"
)  # what may be the name of a town
_OWN_CODE = re.compile(r"^\W*[A-Z]{2}\s-\s(?!remote)(?=[^,]+,)", re.IGNORECASE)  # "CH - Shanghai, China"
# areas wider than a country: no places, but a remote job may be open to one
_WIDE = re.compile(
    r"\b(?:emea|apac|latam|mena|european union|europe(?:an)?|eu|(?:(?:north|south|latin|central|the)[ /&])*american?s?|(?:south-?east )?asia(?: pacific)?|"
    r"(?<!south )africa|middle east|nordics|dach|benelux|worldwide|(?:anywhere in )?the world|global(?:ly)?|international)\b",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"\b(?:fully|in the|the|in[- ]person|(?:west|east)[ -]coast|offices|(?:remote|hybrid)(?:[- ](?:friendly|first|only|eligible|in|within|ok))?|on-?site|in-office|in office|travel[- ]required|"
    r"headquarters|hq|hubs?|office|only|based|ideally|prefer(?:red|ably)|greater|metro(?:politan)?|area|region|multiple locations|various|(?:full|part)[- ]?time|contract(?:or)?|visa|locations?|"
    r"telecommute|(?<=us )(?:west|east|central)(?: coast)?|work from home|wfh|anywhere(?: in)?|within|city of)\b|[\U0001F000-\U0001FFFF`]",
    re.IGNORECASE,
)
# in small letters only, for IN is Indiana and EST, in capitals, is a time and not Estonia
_SMALL = re.compile(r"\b(?:(?:out|outside) of|in|from|at|near|around|to|EST|EDT|CET|CEST|PST|PDT|CST|GMT|UTC)\b")
_BETWEEN_PLACES = re.compile(r"[;|•·*\n]|\s/\s|/(?=[A-Z])|\s+(?:or|and|&|\+)\s+|(?<=[A-Z])[&+](?=[A-Z])", re.IGNORECASE)
_BETWEEN_PARTS = re.compile(r"\s*(?:,|\s[-–—]\s|:\s|[()\[\]]|[-–—]\s|\s[-–—])\s*")
_TIMES = re.compile(r"[^()\[\];|]*\btime[\s-]?zones?\b", re.IGNORECASE)  # "SF or US/Canada time zones"


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
    words = " | ".join(filter(None, (workplace_type, *(one.words for one in raw))))
    is_said_remote = says_remote(words)
    workplace = read_workplace(workplace_type, words, is_remote or is_said_remote)
    if is_said_remote or workplace == "remote":
        wide = dict.fromkeys(" ".join(found.group().split()) for found in _WIDE.finditer(words[:LONGEST]))
        return Whereabouts(places, workplace, True, ", ".join(wide) or None)
    return Whereabouts(places, workplace, False if workplace else is_remote, None)


def _read_one(raw: RawPlace) -> tuple[Place, ...]:
    """The address where it names something, else the words."""
    country = country_names().get(country_called(raw.country) or "", raw.country) if raw.country else None
    parts = ", ".join(part for part in (raw.city, raw.region, country) if part)
    found = _read_words(parts) if raw.city or raw.region else ()
    if found and not raw.city:  # a region that no table knows is no town
        found = tuple(place if place.latitude or not place.city else Place(country=place.country) for place in found)
    if found:
        return found
    if raw.words:
        found = _read_words(f"{raw.words}, {country}" if country and "," not in raw.words else raw.words)
    return found or (_read_words(parts) if parts else ())


@lru_cache(maxsize=50_000)
def _read_words(words: str) -> tuple[Place, ...]:
    words = _BAY_AREA.sub("San Francisco", _ASIDE.sub(" … ", _MONEY.sub(" ", words)))
    words = _OWN_CODE.sub("", _CODES_FIRST.sub(r"\5, \2\4, \1\3", words))
    if len(words) > LONGEST:
        return ()
    whole = country_alone(words.strip())
    if whole and words.strip() not in SHORT_NAMES:
        return (Place(country=whole),)
    found: list[Place] = []
    words = _SMALL.sub(" ", _NOISE.sub(" … ", _WIDE.sub(" ", _TIMES.sub(_but_countries, words))))
    for piece in _BETWEEN_PLACES.split(words):
        parts = [" ".join(part.strip(" .…/").split()) for part in _BETWEEN_PARTS.split(piece)]
        named_parts = [name for part in parts if part for name in _names(part)]
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
    at = 0  # where it stands
    for number, part in reversed(list(enumerate(parts))):
        before = parts[number - 1] if number else ""
        city = _city(part, country, region)
        as_region = _region(part, country, before)
        as_country = None if (as_region and (before or is_open)) or part in SHORT_NAMES else _country(part, before)
        area: tuple[str, str | None] | None = None
        if as_country and not (city and city.population > LARGE and not before and places):
            area = as_country, None
        elif as_region and not (city and _outweighs(city, as_region) and not _belongs(part, before, as_region)):
            area = as_region
        if area:
            if is_open and area != (country, region) and (region or area[0] != country):
                places.append(Place(region=region, country=country))
            country, region, is_open, at = *area, True, number
        elif city:
            places.append(_place(city))
            is_open = False
        elif (far := _city(part, None, None)) and far.population > LARGE:
            places += [Place(region=region, country=country)] * is_open  # "Australia (Melbourne), India"
            places.append(_place(far))
            is_open = False
        elif is_open and has_unlisted and (number, at) == (0, 1) and (town := _unlisted(part, country, region)):
            places.append(town)
            is_open = False
    if is_open and country:
        places.append(Place(region=region, country=country))
    return places[::-1]


def _country(name: str, before: str) -> str | None:
    """The country of that name; a code that may be a word of work only behind a place of it."""
    country = country_called(name)
    inside = {city.country for city in cities_called(before)} | {place[0] for place in regions_called(before)}
    return country if country in inside else country_alone(name)


def _but_countries(clause: re.Match[str]) -> str:
    """A clause that ends in "time zones" without the countries these are of."""
    *pieces, _ = _BETWEEN_PLACES.split(clause.group())
    return " / ".join(piece for piece in pieces if not country_called(_NOISE.sub("", piece).strip()))


def _names(part: str) -> list[str]:
    """The names in a part, which is one itself, two ("Sydney NSW", "UK Manchester") or other words around some."""
    if cities_called(part) or regions_called(part) or country_called(part) or " " not in part:
        return [part]
    words = part.split()
    if all(map(country_called, words)):
        return words
    for name, area in ((" ".join(words[:-1]), words[-1]), (" ".join(words[1:]), words[0])):
        country = country_called(area)
        inside = set(regions_called(area)) if area.isupper() or len(area) > 3 else set()
        if any((city.country, city.region) in inside or city.country == country for city in cities_called(name)):
            return [name, area]
    return sure_names(words) or [part]


def _outweighs(city: City, region: tuple[str, str]) -> bool:
    """Whether a name that is a city's and a region's means the city: it lies there, or is no small town elsewhere."""
    return (city.country, city.region) == region or city.population > LARGE


def _belongs(part: str, before: str, region: tuple[str, str]) -> bool:
    """Whether the name before a region's says that the region is meant: it is a city there, or both are codes."""
    return lies_in(before, region) or (len(part) == 2 and is_code(before))


def _place(city: City) -> Place:
    return Place(city.city, city.region, city.country, city.latitude, city.longitude)


def _city(name: str, country: str | None, region: str | None) -> City | None:
    """The city that the name means inside what is known; a small town or an everyday word is none on its own."""
    for city in cities_called(name):
        is_inside = country in (None, city.country) and region in (None, city.region)
        least = LEAST_ALONE if city.country in AT_HOME and len(name) > 3 else LEAST_ABROAD
        if is_inside and (country or (city.population >= least and not is_everyday(name))):
            return city
    return None


def _unlisted(part: str, country: str | None, region: str | None) -> Place | None:
    """A town the gazetteer does not know, taken at its word where its country stands behind it."""
    is_name = country and _NAME.fullmatch(part) and not country_called(part) and not regions_called(part)
    return Place(part, region, country) if is_name else None


def _region(name: str, country: str | None, before: str) -> tuple[str, str] | None:
    """The region of that name; a code only in capitals and, where the name is a country's too, behind its city."""
    if not name.isupper() if len(name) <= 3 else not country and is_everyday(name):
        return None
    named = [place for place in regions_called(name) if country in (None, place[0])]
    if not named:
        return None
    as_country = None if country else _country(name, before) if _NAME.fullmatch(before) else country_called(name)
    if as_country:  # "Ontario, CA" and "Tbilisi, Georgia" are countries, "Fresno, CA" and "Atlanta, Georgia" are not
        inside = {place[0] for place in regions_called(before)}
        held = {(city.country, city.region) for city in cities_called(before)}
        named = [place for place in named if (place in held or is_code(before)) and as_country not in inside]
    return named[0] if named else None
