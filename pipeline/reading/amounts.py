"""Finds stated amounts of money in text: a range or a single figure with its currency and period."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.posting import Period

# longest first, so that C$ is not read as $
SIGNS = {
    "USD $": "USD", "USD$": "USD", "CAD $": "CAD", "CAD$": "CAD", "AUD $": "AUD", "AUD$": "AUD", "SGD $": "SGD",
    "NZD $": "NZD", "HKD $": "HKD", "EUR €": "EUR", "GBP £": "GBP", "INR ₹": "INR",
    "US$": "USD", "USD": "USD", "CA$": "CAD", "C$": "CAD", "CAD": "CAD", "AU$": "AUD", "A$": "AUD", "AUD": "AUD",
    "NZ$": "NZD", "NZD": "NZD", "S$": "SGD", "SGD": "SGD", "HK$": "HKD", "HKD": "HKD", "R$": "BRL", "BRL": "BRL",
    "CHF": "CHF", "EUR": "EUR", "GBP": "GBP", "INR": "INR", "JPY": "JPY", "PLN": "PLN", "SEK": "SEK", "NOK": "NOK",
    "DKK": "DKK", "ILS": "ILS", "CZK": "CZK", "MXN": "MXN", "Rs.": "INR", "zł": "PLN", "€": "EUR", "£": "GBP",
    "₹": "INR", "₪": "ILS", "¥": "?yen", "kr": "?krone", "$": "?dollar",
}  # fmt: skip
_SIGN = "|".join(re.escape(sign) for sign in SIGNS)
_NUMBER = r"\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?|\d{1,7}(?:[.,]\d{1,2})?"
_UNIT = r"\s?(?:[kK](?![a-zA-Z])|lakhs?|lacs?|LPA|lpa|[mM]n?(?![a-zA-Z])|million|[bB]n?(?![a-zA-Z])|billion|crores?)"


# where an amount may be: figures with something like a currency close by; cheap, so that the careful
# reading is tried at few places only
_DIGITS = re.compile(r"\d[\d.,'’]*")
_NEAR_SIGN = re.compile(r"[$€£₹¥₪]|zł|kr|Rs\.|[A-Z]{3}")
_BEFORE, _BEHIND = 6, 60  # characters around the figures where a currency may stand


def _figure(n: int) -> str:
    """A figure with its sign, unit and the currency behind it, as groups numbered `n`."""
    return (
        rf"(?P<sign{n}>{_SIGN})?\s?(?P<number{n}>{_NUMBER})(?P<unit{n}>{_UNIT})?\+?"
        rf"(?:\s?(?P<after{n}>{_SIGN})(?![a-zA-Z]))?"
    )


_PER = r"(?:\s?(?:/|per|an?|p\.)\s?(?:hour|hr|h|day|week|month|mo|year|yr|annum|a\.)\b\.?)?"
_TO = r"\s{0,3}(?:-|–|—|‒|to|and|bis|through|up to|à)\s{0,3}"
_RANGE = re.compile(rf"(?<![\w.,]){_figure(1)}{_PER}(?:{_TO}{_figure(2)})?(?![\d%])")
PERIODS: dict[str, Period] = {
    "hour": "hour", "hr": "hour", "hourly": "hour", "h": "hour", "stunde": "hour",
    "day": "day", "daily": "day", "tag": "day",
    "week": "week", "weekly": "week",
    "month": "month", "monthly": "month", "mo": "month", "monat": "month", "miesiac": "month",
    "year": "year", "yearly": "year", "annual": "year", "annually": "year", "annum": "year", "yr": "year",
    "jahr": "year", "pa": "year", "lpa": "year",
}  # fmt: skip
_MULTIPLE = {"k": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9, "billion": 1e9,
             "lakh": 1e5, "lakhs": 1e5, "lac": 1e5, "lacs": 1e5, "lpa": 1e5, "crore": 1e7, "crores": 1e7}  # fmt: skip


class Amount(NamedTuple):
    """A stated amount: `sign` is a currency code, "?dollar" and the like where it is ambiguous."""

    low: float
    high: float
    sign: str
    unit: str
    start: int
    end: int


def find_amounts(text: str) -> Iterator[Amount]:
    """Every range or figure that carries a currency, in order."""
    for match in _ranges(text):
        signs = [match[name] for name in ("sign1", "after1", "sign2", "after2") if match[name]]
        if not signs:
            continue
        last_unit = (match["unit2"] or match["unit1"] or "").strip().lower()
        first_unit = (match["unit1"] or "").strip().lower()
        high_text = match["number2"]
        high = to_number(high_text) * _MULTIPLE.get(last_unit, 1) if high_text else None
        low = _mended(to_number(match["number1"]), match["number1"], high)
        # in "150-180k" the unit of the second figure is the first one's too
        low *= _MULTIPLE.get(first_unit or (last_unit if high is not None and low < 1000 else ""), 1)
        yield Amount(low, low if high is None else high, _currency(signs), last_unit, match.start(), match.end())


def _ranges(text: str) -> Iterator[re.Match[str]]:
    """Every match of the careful pattern, tried where figures and a currency are close together."""
    done = 0
    for digits in _DIGITS.finditer(text):
        at = digits.start()
        if at < done or not _NEAR_SIGN.search(text, max(done, at - _BEFORE), at + _BEHIND):
            continue
        for start in range(max(done, at - _BEFORE), at + 1):
            if match := _RANGE.match(text, start):
                done = match.end()
                yield match
                break


def _currency(signs: list[str]) -> str:
    """The currency that is written plainly ("$90,000 CAD"), else the first sign's."""
    named = [SIGNS[sign] for sign in signs]
    return next((currency for currency in named if not currency.startswith("?")), named[0])


def _mended(low: float, text: str, high: float | None) -> float:
    """ "$124,00 - $180,000" has lost a digit: no low is a thousandth of its high."""
    is_short = re.fullmatch(r"\d{2,3},\d\d", text) is not None
    return low * 1000 if is_short and high is not None and low < 1000 <= high / 10 else low


def to_number(text: str) -> float:
    """A number in English, German, French or Swiss form: the last separator before one or two digits is decimal."""
    digits = re.sub(r"['’ \u00a0\u202f]", "", text)
    decimal = re.search(r"[.,](\d{1,2})$", digits)
    whole = digits[: decimal.start()] if decimal else digits
    return float(re.sub(r"[.,]", "", whole) + (f".{decimal[1]}" if decimal else ""))
