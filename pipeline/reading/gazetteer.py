"""Cities by their names, from GeoNames (CC BY 4.0).

`cities.tsv.zst` holds the cities and their alternate names, sorted by key, so that a name is found by bisection and
nothing is parsed before it is asked for; `bench/gazetteer.py` makes it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import zstandard

from pipeline.reading.areas import key, regions

LEAST_INHABITANTS = 5_000  # of the cities a question may name; boards name smaller ones too
# the English names that GeoNames does not use
SPELLED = {"New York City": "New York", "Köln": "Cologne", "Gent": "Ghent", "Brugge": "Bruges"}
CITY_ALIASES = {
    "sf": "san francisco", "nyc": "new york", "new york city": "new york", "washington dc": "washington",
    "washington d c": "washington", "d c": "washington", "bangalore": "bengaluru", "hcmc": "ho chi minh city",
    "tel aviv yafo": "tel aviv", "frankfurt": "frankfurt am main", "saint ouen sur seine": "saint ouen",
    "mt view": "mountain view", "mtn view": "mountain view", "vizag": "visakhapatnam", "herzeliya": "herzliya", "tysons corner": "tysons", "caba": "buenos aires", "leon": "leon de los aldama",
    "hull": "kingston upon hull", "bogota d c": "bogota", "bogota dc": "bogota", "panama city": "panama city",
    "minato ku": "minato city", "pangyo": "seongnam si", "sophia antipolis": "valbonne", "dubai internet city": "dubai",
    "dubai media city": "dubai", "difc": "dubai", "paris la defense": "paris", "basel stadt": "basel",
}  # fmt: skip
# wider than their city: the name of a town beside one says which of its towns is meant
METROS = {
    "bay area": "san francisco", "sf bay area": "san francisco", "san francisco bay area": "san francisco",
    "san francisco bay": "san francisco", "sf bay": "san francisco", "sfba": "san francisco", "silicon valley": "san jose", "twin cities": "minneapolis",
    "research triangle": "raleigh", "research triangle park": "raleigh", "raleigh durham": "raleigh", "delhi ncr": "delhi",
    "ncr": "delhi", "dallas fort worth": "dallas", "kitchener waterloo": "kitchener",
    "gta": "toronto", "dmv": "washington", "dfw": "dallas", "rtp": "raleigh", "east bay": "oakland",
}  # fmt: skip
# short names, in capitals only: as words, countries or regions they would mean something else
SHORT_NAMES = {
    "SF": "san francisco", "SFO": "san francisco", "LA": "los angeles", "NY": "new york", "DC": "washington",
    "SJ": "san jose", "SEA": "seattle", "PDX": "portland", "SLC": "salt lake city", "DEN": "denver", "ATX": "austin",
    "ATL": "atlanta", "BOS": "boston", "CHI": "chicago", "DFW": "dallas", "RTP": "raleigh", "DMV": "washington",
    "CDMX": "mexico city", "YVR": "vancouver", "MTL": "montreal", "GTA": "toronto", "LDN": "london",
    "TLV": "tel aviv", "BLR": "bengaluru", "NYC": "new york", "NCR": "delhi", "PGH": "pittsburgh", "PHX": "phoenix", "HYD": "hyderabad", "LON": "london",
    "MUC": "munich", "YYZ": "toronto",
}  # fmt: skip
OTHER_FIRST_WORDS = {
    "saint": ("st", "sankt"), "st": ("saint", "sankt"), "sankt": ("st",), "ft": ("fort",), "mt": ("mount",),
}  # fmt: skip
PARTS_OF_CITIES = {
    "east", "west", "north", "south", "city", "urban", "municipality", "mitte", "nord", "ost", "sud", "centrum", "noord", "oost",
    "zuid", "centre", "centro", "sul", "sur", "cbd", "downtown", "midtown",
}  # fmt: skip
# names of towns and regions that are everyday words: they need their country beside them
EVERYDAY_WORDS = """
    acre airport alliance along ans arch asia athena auch bank bar basic bay bazel bear begun bell best binnen
    blender bono born brand brick buy can cat cela central centre coin come continental converse court crystal dabei
    date deal delta dig drama dual east eastern egg enter enterprise federal fleet forest fueling fully gaming gap
    george gerne goes gold golden google grabs green greenfield hail hang hard hire hit holiday hook hope hub humble
    imbue imperial independence ins jam julia kotlin lakes lend liberal list logos made male man manage march
    maritime mentor mercury meta metro mile mine mission mobil mobile most much name nice noisy normal north
    northern nur officer opportunity oral pace para paramount peer pen perm plate police polling pop prosper quem
    rails rapid reading rest retreat rich roles rolle root rot rust sake sale sales salt same san save say scala see
    semi seth shaping sim solo soul south southern sparks split spoken spring stelle store summit sunset superior
    sur surprise tame tank than time toe tour train travers tunes twist union unity university valley van virtual vista
    wanna west western wissen wort worth yoga young zoo
"""
EVERYDAY = frozenset(EVERYDAY_WORDS.split())


class City(NamedTuple):
    """A city of the gazetteer; `names` counts its alternate names in all languages, as a measure of its fame."""

    city: str
    region: str | None
    country: str
    latitude: float
    longitude: float
    population: int
    names: int = 0


@cache
def _table() -> list[str]:
    packed = Path(__file__).with_name("cities.tsv.zst").read_bytes()
    return zstandard.ZstdDecompressor().decompress(packed).decode().split("\n")


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


@lru_cache(maxsize=50_000)
def cities_called(name: str) -> tuple[City, ...]:
    """The cities of that name: first the one it is short for, then those that are called so, then those that also are."""
    called = key(name)
    short = SHORT_NAMES.get(name) or CITY_ALIASES.get(called) or METROS.get(called)
    meant = _own(short)[:1] if short else ()
    if len(name) < 3 or name in SHORT_NAMES:
        return meant
    written = spellings(called) if name[:3] not in ("MT ", "FT ") else (called,)  # a state's code
    found = [city for spelling in written for city in (*_own(spelling), *_also(spelling))]
    return tuple(dict.fromkeys([*meant, *found]))


@lru_cache(maxsize=50_000)
def spellings(called: str) -> tuple[str, ...]:
    """The keys that a board may have written for the name of a city, the plain one first."""
    first, _, rest = called.partition(" ")
    start, _, last = called.rpartition(" ")
    found = [called]
    found += [f"{other} {rest}" for other in OTHER_FIRST_WORDS.get(first, ())]
    if start and last in PARTS_OF_CITIES:
        found += [start] * (not _own(called))
    if beside := re.fullmatch(r"(\w{4,}) (?:bei|am|im|an der|a d|vor der|in der|ob der) \w+", called):
        found.append(beside[1])
    if any(pair in called for pair in ("ae", "oe", "ue")):  # Muenchen
        found.append(re.sub("([aou])e", r"\1", called))
    return tuple(found)


def is_everyday(name: str) -> bool:
    """Whether the name of a town or region is an everyday word, and so no place on its own."""
    return key(name) in EVERYDAY


def is_own_name(name: str) -> bool:
    """Whether a city is called so."""
    return bool(_own(key(name)))
