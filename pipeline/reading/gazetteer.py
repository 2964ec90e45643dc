"""Names of cities, regions and countries, from GeoNames (CC BY 4.0) and ISO 3166.

`cities.tsv.zst` holds GeoNames' cities and their alternate names, sorted by key, so that a name is found by bisection
and nothing is parsed before it is asked for (`bench/gazetteer.py` makes it); `regions.csv` its first-level regions.
Countries and the names and codes of subdivisions come from pycountry.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_left
from collections import defaultdict
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple
from unicodedata import combining, normalize

import pycountry
import zstandard

LEAST_INHABITANTS = 5_000  # of the cities a question may name; boards name smaller ones too
# the English names that GeoNames does not use
SPELLED = {"New York City": "New York", "Köln": "Cologne", "Gent": "Ghent", "Brugge": "Bruges"}
CITY_ALIASES = {
    "sf": "san francisco", "nyc": "new york", "new york city": "new york", "washington dc": "washington",
    "washington d c": "washington", "d c": "washington", "bangalore": "bengaluru", "hcmc": "ho chi minh city",
    "tel aviv yafo": "tel aviv", "frankfurt": "frankfurt am main", "saint ouen sur seine": "saint ouen",
    "vizag": "visakhapatnam", "caba": "buenos aires", "leon": "leon de los aldama",
}  # fmt: skip
# wider than their city: the name of a town beside one says which of its towns is meant
METROS = {
    "bay area": "san francisco", "sf bay area": "san francisco", "san francisco bay area": "san francisco",
    "san francisco bay": "san francisco", "sf bay": "san francisco", "sfba": "san francisco", "silicon valley": "san jose", "twin cities": "minneapolis",
    "research triangle": "raleigh", "research triangle park": "raleigh", "raleigh durham": "raleigh", "delhi ncr": "delhi",
    "ncr": "delhi", "dallas fort worth": "dallas", "kitchener waterloo": "kitchener",
    "gta": "toronto", "dmv": "washington", "dfw": "dallas", "rtp": "raleigh",
}  # fmt: skip
# short names, in capitals only: as words, countries or regions they would mean something else
SHORT_NAMES = {
    "SF": "san francisco", "SFO": "san francisco", "LA": "los angeles", "NY": "new york", "DC": "washington",
    "SJ": "san jose", "SEA": "seattle", "PDX": "portland", "SLC": "salt lake city", "DEN": "denver", "ATX": "austin",
    "ATL": "atlanta", "BOS": "boston", "CHI": "chicago", "DFW": "dallas", "RTP": "raleigh", "DMV": "washington",
    "CDMX": "mexico city", "YVR": "vancouver", "MTL": "montreal", "GTA": "toronto", "LDN": "london",
    "TLV": "tel aviv", "BLR": "bengaluru", "NYC": "new york", "NCR": "delhi",
}  # fmt: skip
COUNTRY_ALIASES = {
    "usa": "US", "us": "US", "u s": "US", "u s a": "US", "united states of america": "US", "america": "US",
    "uk": "GB", "u k": "GB", "great britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB",
    "northern ireland": "GB", "uae": "AE", "ksa": "SA", "korea": "KR", "south korea": "KR", "russia": "RU", "vietnam": "VN",
    "taiwan": "TW", "czech republic": "CZ", "turkey": "TR", "turkiye": "TR", "deutschland": "DE", "osterreich": "AT",
    "schweiz": "CH", "suisse": "CH", "the netherlands": "NL", "holland": "NL", "nederland": "NL", "brasil": "BR",
    "espana": "ES", "italia": "IT", "polska": "PL", "sverige": "SE", "norge": "NO", "danmark": "DK", "suomi": "FI",
    "belgie": "BE", "belgique": "BE", "ger": "DE", "grand cayman": "KY", "republic of ireland": "IE",
    "mainland china": "CN", "pr china": "CN", "hong kong sar": "HK", "ivory coast": "CI",
}  # fmt: skip
# the codes that mean their country wherever they stand; ML, AI, IT, QA or SWE need a place of it beside them
CODES_ALONE = {
    "US", "USA", "UK", "GB", "GBR", "CA", "CAN", "AU", "AUS", "NZ", "DE", "DEU", "GER", "FR", "FRA", "ES",
    "NL", "NLD", "CH", "IE", "IN", "IND", "IL", "SG", "SGP", "JP", "BR", "MX", "PL", "UAE",
}  # fmt: skip
WITH_REGION_CODES = ("US", "CA", "AU")  # whose people write CA or NSW, wherever they stand
# the codes that people write and ISO 3166-2 does not have
CUSTOMARY_CODES = {("IN", "TG"): "Telangana", ("MX", "NL"): "Nuevo León", ("MX", "QRO"): "Querétaro", ("IN", "OR"): "Odisha", ("DE", "NRW"): "North Rhine-Westphalia"}
# names of towns and regions that are everyday words: they need their country beside them
EVERYDAY = frozenset(
    """
    acre airport alliance along ans asia athena auch bank bar basic bay bazel bear begun bell best bono brick buy
    can cat cela central centre coin come continental converse crystal dabei date deal delta dig drama dual east
    eastern enter enterprise federal fleet forest fueling gaming gap george gerne goes gold golden google green
    greenfield hail hang hire hit holiday hook hope hub humble imbue imperial independence jam julia kotlin lakes
    lend liberal logos made male man manage march maritime mentor mercury meta metro mile mine mission mobil mobile
    most much name nice noisy normal north northern nur officer opportunity oral pace para paramount peer pen perm
    police pop prosper quem rails rapid reading rest retreat rich roles sake sale salt same san save say scala semi
    shaping sim solo soul south southern sparks split spoken spring store summit sunset superior sur surprise tame
    tank than time toe tour train tunes union unity university van virtual west western yoga young
    """.split()
)
_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")
_STROKED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


class City(NamedTuple):
    """A city of the gazetteer; `names` counts its alternate names in all languages, as a measure of its fame."""

    city: str
    region: str | None
    country: str
    latitude: float
    longitude: float
    population: int
    names: int = 0


class Region(NamedTuple):
    """A first-level region; `people` are the inhabitants of its cities."""

    country: str
    region: str
    people: int


def key(name: str) -> str:
    """A name as it is looked up: lower case, no accents, no punctuation."""
    plain = name.casefold()
    if not plain.isascii():
        plain = "".join(c for c in normalize("NFKD", plain.translate(_STROKED)) if not combining(c))
    return _NOT_A_LETTER.sub(" ", plain).strip()


@cache
def _table() -> list[str]:
    packed = Path(__file__).with_name("cities.tsv.zst").read_bytes()
    return zstandard.ZstdDecompressor().decompress(packed).decode().split("\n")


@cache
def regions() -> dict[tuple[str, str], tuple[Region, str]]:
    """Every region and its ISO 3166-2 code, by country and GeoNames' code."""
    with Path(__file__).with_name("regions.csv").open(newline="", encoding="utf-8") as file:
        return {
            (row["country"], row["code"]): (Region(row["country"], row["region"], int(row["people"])), row["iso"])
            for row in csv.DictReader(file)
        }


def _city(row: list[str]) -> City:
    called, name, country, code, latitude, longitude, people, names = row
    region = regions().get((country, code))
    return City(
        name or called.title(),
        region and region[0].region,
        country,
        float(latitude),
        float(longitude),
        int(people),
        int(names),
    )


@cache
def cities() -> tuple[City, ...]:
    """The cities that a question may name, the largest first."""
    rows = (line.split("\t") for line in _table() if "\t=\t" not in line)
    large = (_city(row) for row in rows if int(row[6]) >= LEAST_INHABITANTS)
    return tuple(sorted(large, key=lambda city: (-city.population, city.city)))


def _rows(called: str) -> list[list[str]]:
    """The lines of a key, in columns."""
    table, found = _table(), []
    at = bisect_left(table, f"{called}\t")
    while called and at < len(table) and table[at].startswith(f"{called}\t"):
        found.append(table[at].split("\t"))
        at += 1
    return found


@lru_cache(maxsize=50_000)
def _own(called: str) -> tuple[City, ...]:
    """The cities whose own name has that key, the largest first."""
    own = (_city(row) for row in _rows(called) if row[1] != "=")
    return tuple(sorted(own, key=lambda city: -city.population))


@lru_cache(maxsize=50_000)
def _also(called: str) -> tuple[City, ...]:
    """The cities that have that key among their other names, the largest first."""
    also = (next(city for city in _own(row[2]) if city.country == row[3] and _lies_in(city, row[4]))
            for row in _rows(called) if row[1] == "=")  # fmt: skip
    return tuple(sorted(also, key=lambda city: -city.population))


def _lies_in(city: City, code: str) -> bool:
    region = regions().get((city.country, code))
    return city.region == (region and region[0].region)


def cities_called(name: str) -> list[City]:
    """The cities of that name: first the one it is short for, then those that are called so, then those that also are."""
    called = key(name)
    short = SHORT_NAMES.get(name) or CITY_ALIASES.get(called) or METROS.get(called)
    meant = list(_own(short)[:1]) if short else []
    if len(name) < 3 or name in SHORT_NAMES:
        return meant
    found = [city for spelling in spellings(called) for city in (*_own(spelling), *_also(spelling))]
    return list(dict.fromkeys([*meant, *found]))


@lru_cache(maxsize=50_000)
def spellings(called: str) -> tuple[str, ...]:
    """The keys that a board may have written for the name of a city, the plain one first."""
    first, _, rest = called.partition(" ")
    start, _, last = called.rpartition(" ")
    found = [called]
    found += [f"{ {'saint': 'st', 'st': 'saint', 'ft': 'fort', 'mt': 'mount'}[first]} {rest}"] if first in ("saint", "st", "ft", "mt") else []  # fmt: skip
    if start and last in ("east", "west", "north", "south", "city", "urban", "municipality"):
        found += [start] * (not _own(called))
    if beside := re.fullmatch(r"(\w{4,}) (?:bei|am|im|an der|a d|vor der|in der|ob der) \w+", called):
        found.append(beside[1])
    if any(pair in called for pair in ("ae", "oe", "ue")):  # Muenchen
        found.append(re.sub("([aou])e", r"\1", called))
    return tuple(found)


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
def _regions_by_key() -> dict[str, list[Region]]:
    named: dict[str, list[Region]] = defaultdict(list)
    for region, _ in regions().values():
        named[key(region.region)].append(region)
    by_iso = {iso: region for region, iso in regions().values() if iso}
    for part in pycountry.subdivisions:
        if known := by_iso.get(part.code):
            for called in _called(part.name):
                named[called] += [known] * (known not in named[called])
    return {name: sorted(found, key=lambda region: -region.people) for name, found in named.items()}


@cache
def _parts_by_key() -> tuple[dict[str, list[Region]], dict[str, list[Region]]]:
    """The regions that the parts of ISO 3166-2 in them lie in, by the parts' name; and all by code, populous first."""
    by_iso = {iso: region for region, iso in regions().values() if iso}
    named: dict[str, list[Region]] = defaultdict(list)
    coded: dict[str, list[Region]] = defaultdict(list)
    for part in pycountry.subdivisions:
        if known := by_iso.get(part.code) or by_iso.get(part.parent_code or ""):
            coded[part.code.split("-")[1]].append(known)
            coded[part.code] = [known]
            if part.code not in by_iso:
                for called in _called(part.name):
                    named[called].append(known)
    for (country, code), name in CUSTOMARY_CODES.items():
        coded[code] += [
            region for region, _ in regions().values() if (region.country, region.region) == (country, name)
        ]
    return named, {code: sorted(found, key=lambda region: -region.people) for code, found in coded.items()}


def _called(name: str) -> set[str]:
    """The keys of a name of ISO 3166-2: of "Catalunya [Cataluña]" both, of "Navarra, Comunidad Foral de" the usual order."""
    return {key(" ".join(reversed(each.split(", ")))) for each in re.split(r"[][/;]", name)} - {""}


def regions_called(name: str) -> list[Region]:
    """The regions of that name, the most populous first."""
    return _regions_by_key().get(key(name), [])


def parts_called(name: str) -> list[Region]:
    """The regions in which a county or province of that name lies: England for Oxfordshire."""
    return _parts_by_key()[0].get(key(name), [])


def regions_coded(name: str) -> list[Region]:
    """The regions that a code in capitals stands for, in any country, or that its county or province lies in."""
    return _parts_by_key()[1].get(name.replace(".", ""), []) if "-" not in name else []


def region_coded(name: str) -> Region | None:
    """The region of a full code of ISO 3166-2: US-CA."""
    return next(iter(_parts_by_key()[1].get(name, [])), None) if "-" in name else None


def is_state_code(name: str) -> bool:
    """Whether a name is the code of a state of the US, Canada or Australia."""
    return name.isupper() and any(region.country in WITH_REGION_CODES for region in regions_coded(name))


def is_state_name(name: str) -> bool:
    """Whether a name is that or the code of a state of the US, Canada or Australia."""
    return is_state_code(name) or any(region.country in WITH_REGION_CODES for region in regions_called(name))
