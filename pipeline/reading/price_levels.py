"""Price levels of countries: the World Bank's purchasing power parities over the rates of the European Central Bank.

`purchasing_power.csv` holds the World Bank's series PA.NUS.PPP (local currency per
international dollar; release of 2026-07-13, CC BY 4.0). A country whose currency the European
Central Bank did not quote through that year has no price level.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import mean
from typing import NamedTuple

from pipeline.reading.exchange_rates import euro_quotes


class PriceLevel(NamedTuple):
    """Prices of a country in US dollars, where those of the United States are 1."""

    country: str
    year: int
    price_level: float


def price_levels() -> Iterator[PriceLevel]:
    """The price level of every country that both sources know."""
    with Path(__file__).with_name("purchasing_power.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            year = int(row["year"])
            if rate := _mean_rate(row["currency"], year):
                yield PriceLevel(row["country"], year, float(row["lcu_per_international_dollar"]) / rate)


@cache
def _mean_rate(currency: str, year: int) -> float | None:
    """Units of the currency per US dollar, the mean over the days of a year; None where it was not quoted to its end."""
    quotes, dollars = euro_quotes(currency), euro_quotes("USD")
    if max(quotes, default="") < f"{year}-12-24":
        return None
    rates = [1 / dollars[day] * quote for day, quote in quotes.items() if day.startswith(f"{year}-")]
    return mean(rates) if rates else None
