"""Base pay: from the board's fields where it states them, else from the words of the posting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import zip_longest

from pipeline.posting import Pay, PayRange, Period, RawPay
from pipeline.reading.base_pay import is_base_title
from pipeline.reading.currencies import code_of
from pipeline.reading.exchange_rates import rate_in_usd
from pipeline.reading.pay_attribution import PayAttribution, attribution_beside, read_title
from pipeline.reading.pay_in_text import NOTHING, Stated, pay_in_text, sized
from pipeline.reading.periods import A_YEAR, ONCE, read_interval

BOUNDS_USD = (3_000.0, 2_000_000.0)  # a yearly base outside is kept as stated, but not counted
MOST_RANGES = 60  # of one posting that are kept apart; a real one states 16 at most
_LONGEST = 400_000  # characters of text that are read for pay


def read_pay(fields: Sequence[RawPay], text: str, country: str | None, posted_on: date | None) -> Pay | None:
    """The lowest and highest base pay stated, with its currency and period; None where none is.

    `country` (alpha-2) settles which dollar or crown is meant; `posted_on` dates the rate.
    """
    return join_pay(find_pay(fields, text, country), posted_on)


def find_pay(fields: Sequence[RawPay], text: str, country: str | None) -> list[Stated]:
    """Every range of base pay: those of the fields where these state any, else those of the text."""
    return list(_from_fields(fields)) or list(_in_text(text[:_LONGEST], country))


@lru_cache(maxsize=4)
def _in_text(text: str, country: str | None) -> tuple[Stated, ...]:
    """The ranges of a text; the roles of one comment on Hacker News share theirs."""
    return tuple(pay_in_text(text, country))


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
        is_next = is_near and last and NOTHING.fullmatch(text, last.end, one.start)
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
        interval = read_interval(field.interval) or sized(low, currency, is_pay=True)
        if interval is None or interval == ONCE or low < 0:
            continue
        low, high = (round(amount / interval.periods, 2) for amount in (low, high))
        yield Stated(low, high, currency, interval.period, tied_to=field.tied_to)


def _in_usd(
    low: float, high: float, currency: str | None, period: Period, posted_on: date | None, times: float | None = None
) -> Pay:
    a_year = times or A_YEAR[period]
    if currency and (found := rate_in_usd(currency, posted_on)):
        rate, rate_on = found
        low_usd, high_usd = round(low * a_year * rate, 2), round(high * a_year * rate, 2)
        if BOUNDS_USD[0] <= low_usd <= high_usd <= BOUNDS_USD[1]:
            return Pay(low, high, currency, period, low_usd, high_usd, rate_on, a_year)
    return Pay(low, high, currency, period, times=a_year)
