#!/usr/bin/env bash
# price-parser 0.5.1: the amount is the first number of a line, the currency any sign in it, and they need not stand together.
# It is made for a line that is a price. Given a line of a posting it answers with an amount and a currency, and nothing tells
# that they stood apart: "5+ years, 85,000 EUR" is 5 EUR, "From 2026: 85,000 EUR" 2026 EUR, "401k and $90,000" $401. A k or an M
# is dropped ("80k EUR" is 80), and three figures behind a point are thousands in any currency: an hourly "$17.875" is $17,875,
# which looks like a year's pay. Only a percentage is passed over. Who fills in pay by it gets plausible numbers in the wrong
# place. Known as scrapinghub/price-parser issue 2 (open) and, of the three figures, issue 46 (open). trackmix reads amounts by
# the currency beside them, but read "$17.875 an hour" as it does until this was found.
# Seen: 5 EUR, 2026 EUR, 401 $, 24 $, 80 EUR, 1.2 $, 17875 $, told the separator 17.875 $; "100% remote, $90,000" is right.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check price-parser==0.5.1
cd "$work"
venv/bin/python - <<'PY'
import sys

from price_parser import Price

lines = [
    "5+ years, 85,000 EUR",
    "From 2026: 85,000 EUR",
    "401k and $90,000",
    "24/7 shifts, $40,000",
    "80k EUR",
    "$1.2M",
    "$17.875 an hour",
    "100% remote, $90,000",
]


def read(line, **options):
    price = Price.fromstring(line, **options)
    return f"{price.amount} {price.currency}"


seen = {line: read(line) for line in lines}
told = read("$17.875 an hour", decimal_separator=".")
print("seen:", seen, "with the separator told:", told)
amounts = ["5 EUR", "2026 EUR", "401 $", "24 $", "80 EUR", "1.2 $", "17875 $", "90000 $"]
same = list(seen.values()) == amounts and told == "17.875 $"
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
