#!/usr/bin/env bash
# currencyconverter 0.18.23: without a date, the day is the last one of the currency converted from, however old.
# The European Central Bank has quoted no rouble since 1 March 2022. Roubles to dollars answers with the rate of that
# day and no word; dollars to roubles raises, as does a date given. The same holds of the kuna, the lev and all others
# that ended.
# Seen: 1,000 RUB are 9.52 USD, of 1 March 2022, and the dollar of that day too; USD to RUB raises RateNotFoundError.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check currencyconverter==0.18.23
cd "$work"
venv/bin/python - <<'PY'
import sys
from datetime import date

from currency_converter import CurrencyConverter, RateNotFoundError

converter = CurrencyConverter()
last = converter.bounds["RUB"].last_date
newest = converter.bounds["USD"].last_date
silent = converter.convert(1_000, "RUB", "USD")
on_that_day = converter.convert(1_000, "RUB", "USD", date=last)


def raises(amount, currency, into, **day):
    try:
        converter.convert(amount, currency, into, **day)
    except RateNotFoundError as error:
        return str(error)
    return ""


back = raises(1_000, "USD", "RUB")
dated = raises(1_000, "RUB", "USD", date=newest)
print(f"seen: the newest rates are of {newest}; 1,000 RUB are {silent:.2f} USD, on {last} they were {on_that_day:.2f}")
print(f"seen: USD to RUB: {back or 'a number'}")
print(f"seen: RUB to USD with the date: {dated or 'a number'}")
same = last == date(2022, 3, 1) and silent == on_that_day and bool(back) and bool(dated)
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
