"""Price levels of countries: the World Bank's purchasing power parities over the rates of the European Central Bank.

`purchasing_power.csv` holds the World Bank's series PA.NUS.PPP (local currency per
international dollar; release of 2026-07-13, CC BY 4.0). A country whose currency the European
Central Bank did not quote through that year has no price level.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from statistics import mean
from typing import NamedTuple

from currency_converter import CurrencyConverter, RateNotFoundError


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
    converter = _converter()
    if currency not in converter.currencies or converter.bounds[currency].last_date < date(year, 12, 24):
        return None
    rates = []
    for number in range(366):  # the first day of the next year is never quoted
        try:
            rates.append(float(converter.convert(1, "USD", currency, date=date(year, 1, 1) + timedelta(number))))
        except (RateNotFoundError, ValueError):
            continue  # a weekend or a holiday
    return mean(rates) if rates else None


@cache
def _converter() -> CurrencyConverter:
    return CurrencyConverter()
