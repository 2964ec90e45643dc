"""All that a name in a location can mean, and how likely each is before anything stands beside it.

A weight is a power of ten: that of the inhabitants, and half of that of the alternate names, for a place that many
languages name is meant more often than its size says.
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import asin, cos, log10, radians, sin, sqrt
from typing import NamedTuple

from pipeline.reading.areas import (
    WITH_REGION_CODES,
    Region,
    country_alone,
    country_called,
    is_part_code,
    is_state_code,
    key,
    parts_called,
    region_coded,
    region_customary,
    regions_called,
    regions_coded,
    states_with_county,
)
from pipeline.reading.gazetteer import CITY_ALIASES, METROS, SHORT_NAMES, City, cities_called, is_everyday, spellings

FAME = 0.5  # of a city: the part of the power of ten of its alternate names
# the countries that job boards are read of weigh ten times the inhabitants of others
MARKETS = {
    "US", "CA", "GB", "IE", "DE", "AT", "CH", "FR", "NL", "BE", "ES", "PT", "IT", "DK", "SE", "NO", "FI", "PL",
    "CZ", "IL", "IN", "SG", "AU", "NZ", "BR", "MX", "AR", "CL", "CO", "GR", "RO", "HU", "BG", "HR", "SK", "SI",
    "EE", "LV", "LT", "RS", "UA", "TR", "JP", "KR", "CN", "TW", "HK", "ZA", "PH", "MY", "VN", "TH", "ID", "AE",
}  # fmt: skip
MARKET = 1.0
NEAR, NEAR_DEGREES = 80.0, 0.75  # kilometres, and more degrees of latitude than they are
# a city whose state is told by its code goes before one in a country of that code; codes of other countries tell less
STATE_CODE, OTHER_CODE, PART_CODE = 0.4, -1.5, -3.0
OTHER_SPELLING, OTHER_NAME = -0.5, -2.0  # for another spelling of a city's name; for an alternate name
COUNTRY, COUNTRY_CODE = 7.5, 6.6
STATE, REGION, REGION_CODE = 0.3, -0.3, -1.8  # beside the inhabitants of its cities
PART_OF_REGION = 5.0  # for a county or province in a region
FULL_CODE = 9.0  # US-CA
# inhabitants; the name of a smaller town may be any word ("Sales", "Kong"), unless its area is told
LEAST_ALONE, LEAST_ABROAD, LEAST_OTHER_NAME = 15_000, 100_000, 500_000
AT_HOME = {
    "US", "CA", "GB", "IE", "IL", "DE", "AT", "CH", "FR", "NL", "BE", "ES", "PT", "IT", "DK", "SE", "NO", "FI",
    "PL", "CZ", "AU", "NZ", "LU",
}  # fmt: skip
CALLED_SO = 0.5  # for the city that a name is short for, beside others of that name: Panama City
CODE_OF_STATE = -1.0  # for New York City by NY, and Los Angeles by LA
LEAST_GERMAN = 1_000  # where the location is that name and nothing else: few of these names are English words
GERMAN = {"DE", "AT", "CH"}
LEAST_REGION, LEAST_REGION_AT_HOME = 1_000_000, 200_000  # inhabitants of a region that is meant by its name alone
# what is in the name of an area or a site, and not of a town
AREA_WORDS = re.compile(
    r"\b(?:county|bay|islands?|peninsula|valley|afb|base|campus|airport|proving|plant|tower|building|center|centre|arsenal|barracks|depot|shipyard|garrison|sfb|laborator(?:y|ies)|observatory|metro|state|"
    r"province|district|chicagoland|greater|upstate|coast)\b",
    re.IGNORECASE,
)
_SMALL_CODES = frozenset({"us", "usa", "Usa", "uk", "Uk", "Aus"})
_STATE_OF = re.compile(r" (?:state|province)$", re.IGNORECASE)
_COUNTY_OF = re.compile(r" (?:county|parish|borough|län|fylke)$", re.IGNORECASE)
OF_COUNTIES = {"SE", "NO", "IE", "HU", "RO", "EE", "HR"}  # whose regions, or parts of regions, are counties in English
_COUNTY = re.compile(r"(?:county|co\.|landkreis|kreis|provincia d[ie]|province of) (?=\w)", re.IGNORECASE)
_WITHIN = re.compile(r"(?:up|down)?state (?:of )?|(?:northern|southern|central|eastern|western) ", re.IGNORECASE)


class Meaning(NamedTuple):
    """A place that a name may mean; `city` is set for a city, `region` for a region or a city's."""

    country: str
    region: str | None
    city: City | None
    weight: float
    stands: bool  # whether it can be meant by the name alone
    stands_alone: bool = False  # whether it is meant where the location is the name and nothing else
    stands_beside: bool = False  # whether it is meant beside other places of its country
    is_metro: bool = False
    is_code: bool = False
    tells: float = 0.0  # what it adds where it explains less or more than the name of a region


@lru_cache(maxsize=50_000)
def meanings(name: str) -> tuple[Meaning, ...]:
    """All that a name can mean: cities, regions and countries."""
    return (*_as_country(name), *_as_region(name), *_as_city(name))


def _as_country(name: str) -> list[Meaning]:
    if not (country := country_called(name)) or (len(name) < 4 and not (name.isupper() or name in _SMALL_CODES)):
        return []
    is_code = len(key(name)) <= 3
    weight = COUNTRY_CODE if is_code else COUNTRY
    return [Meaning(country, None, None, weight, country_alone(name) is not None, is_code=is_code)]


def _as_region(name: str) -> list[Meaning]:
    if customary := region_customary(name):
        return [Meaning(customary.country, customary.region, None, COUNTRY, True)]
    if name.isupper() and len(name.replace(".", "")) < 4:
        return [_of_code(region, name) for region in regions_coded(name)]
    if full := region_coded(name):
        return [Meaning(full.country, full.region, None, FULL_CODE, True)]
    if len(name) < 3:
        return []
    found = [_of_region(region, name) for region in regions_called(name)]
    held = {city.country for city in cities_called(name)}
    county = _COUNTY.sub("", name)
    found += [
        Meaning(part.country, part.region, None, PART_OF_REGION, not is_everyday(name))
        for part in parts_called(county)
        if county != name or part.country not in held
    ]
    if found:
        return found
    if _COUNTY_OF.search(name):
        plain = _COUNTY_OF.sub("", name)
        held_by = [one for one in (*regions_called(plain), *parts_called(plain)) if one.country in OF_COUNTIES]
        held_by = [*held_by[:1], *states_with_county(name)]
        return [Meaning(one.country, one.region, None, PART_OF_REGION, True) for one in held_by]
    plain = _WITHIN.sub("", name) if _WITHIN.match(name) else _STATE_OF.sub("", name)
    states = [region for region in regions_called(plain) if plain != name and region.country in WITH_REGION_CODES]
    return [Meaning(state.country, state.region, None, COUNTRY, True) for state in states]


def _of_region(region: Region, name: str) -> Meaning:
    is_state = region.country in WITH_REGION_CODES
    least = LEAST_REGION_AT_HOME if region.country in AT_HOME else LEAST_REGION
    stands = (is_state or region.people >= least) and name[0].isupper() and not is_everyday(name)
    weight = log10(region.people + 1) + (STATE if is_state else REGION)
    return Meaning(region.country, region.region, None, weight, stands)


def _of_code(region: Region, code: str) -> Meaning:
    """A state by its code, which is meant beside other states and places of its country, or alone."""
    weight = log10(region.people + 1) + REGION_CODE
    is_state = region.country in WITH_REGION_CODES
    tells = STATE_CODE if is_state else PART_CODE if is_part_code(region, code) else OTHER_CODE
    stands = is_state and code != "OK"  # a word
    return Meaning(region.country, region.region, None, weight, False, stands, stands, is_code=True, tells=tells)


def _as_city(name: str) -> list[Meaning]:
    called = key(name)
    is_short = name in SHORT_NAMES or called in CITY_ALIASES or called in METROS
    cities = cities_called(name)
    short = CODE_OF_STATE if name != "DC" and is_state_code(name) else CALLED_SO
    offsets = [short if is_short and number == 0 else _offset(city, name) for number, city in enumerate(cities)]
    named = [city for city, offset in zip(cities, offsets, strict=True) if offset > OTHER_NAME]
    return [
        _of_city(city, name, offset, is_short and number == 0)
        for number, (city, offset) in enumerate(zip(cities, offsets, strict=True))
        if offset > OTHER_NAME
        or not (country_called(name) or AREA_WORDS.search(name) or any(are_near(city, one) for one in named))
    ]


def _offset(city: City, name: str) -> float:
    """What a city weighs less where the name is not its own, or another spelling or the beginning of it."""
    own, called = key(city.city), key(name)
    if own == called:
        return 0.0
    is_begun = own.startswith(f"{called} ") and not (country_called(name) or AREA_WORDS.search(name))  # Halle (Saale)
    return OTHER_SPELLING if own in spellings(called) or is_begun else OTHER_NAME


def _of_city(city: City, name: str, offset: float, is_short: bool) -> Meaning:
    weight = log10(city.population + 1) + FAME * log10(city.names + 1) + MARKET * (city.country in MARKETS) + offset
    is_own, is_capital = offset > OTHER_NAME, name[0].isupper()
    is_free = country_called(name) != city.country and not is_everyday(name)
    stands = is_short or (is_free and city.population >= _least(city, name, is_own))
    is_german_town = is_free and city.country in GERMAN and city.population >= LEAST_GERMAN
    is_large_word = is_everyday(name) and city.country in AT_HOME - {"US"} and city.population >= LEAST_ABROAD  # Nice
    stands_alone = stands or (is_own and is_capital and is_large_word) or (is_own and is_german_town)
    is_word = is_everyday(name) and (city.country == "US" or city.population < LEAST_ABROAD)
    is_town = is_own and is_capital and city.population >= LEAST_ALONE and country_called(name) != city.country
    stands_beside = stands or (is_town and not is_word)  # Split beside Zagreb, not Mobile beside Austin
    is_metro = is_short and key(name) in METROS
    return Meaning(city.country, city.region, city, weight, stands, stands_alone, stands_beside, is_metro)


def _least(city: City, name: str, is_own: bool) -> int:
    """The inhabitants from which on the name alone means the city."""
    if not is_own and (len(name) < 4 or name.isupper() or not name[0].isupper()):
        return 10**9  # "roles", "REST"
    if not name[0].isupper():
        return LEAST_ABROAD
    if not is_own:
        return LEAST_ABROAD if city.country in AT_HOME else LEAST_OTHER_NAME
    return LEAST_ALONE if len(name) > 3 and city.country in AT_HOME else LEAST_ABROAD


def are_near(one: City, other: City) -> bool:
    """Whether two cities are no more than `NEAR` apart."""
    return abs(one.latitude - other.latitude) < NEAR_DEGREES and _kilometres(one, other) <= NEAR


def _kilometres(one: City, other: City) -> float:
    """The great-circle distance of two cities."""
    lat, lat2, lon, lon2 = map(radians, (one.latitude, other.latitude, one.longitude, other.longitude))
    half = sin((lat2 - lat) / 2) ** 2 + cos(lat) * cos(lat2) * sin((lon2 - lon) / 2) ** 2
    return 12_742 * asin(sqrt(half))
