"""The base pay that a text states: every amount that can be pay by its size and is named so by the words beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, zip_longest
from typing import NamedTuple

from pipeline.posting import Period
from pipeline.reading.amounts import Amount, find_amounts
from pipeline.reading.base_pay import is_called_base, stands_by_pay
from pipeline.reading.benefits import SMALL, is_for_a_benefit
from pipeline.reading.currencies import is_ambiguous, meant, scale
from pipeline.reading.periods import A_YEAR, ONCE, Interval, read_intervals, read_times

# what pay can be, in dollars or what buys as much
BOUNDS: dict[Period, tuple[float, float]] = {
    "hour": (3, 2_000), "day": (20, 5_000), "week": (100, 20_000), "month": (300, 80_000), "year": (5_000, 20_000_000)
}  # fmt: skip
MOST_SPREAD = 8  # highest to lowest pay of one range; more are two figures that do not belong together
LEAST_YEARLY = 10_000  # an amount without a period is yearly from here on
FAR_YEARLY = 25_000  # the same in a currency whose unit is worth less, where so many may be a month's
LEAST_FAR = 1.6  # units of a currency that buy what a dollar buys, from which on it is such a one
HOURLY = (7, 200)  # an amount of pay without a period is hourly in between
MONTHLY = (1_500, 9_000)  # and monthly in between, but where a week's may be stated
# where so little a year that it may be a month's is no engineer's, a month's is meant
PAID_BY_THE_MONTH = {"PLN", "ILS", "CZK", "HUF", "RON", "AED", "SAR", "QAR", "SEK", "NOK", "DKK"}
WEEKLY_IN = {None, "USD", "CAD", "AUD", "NZD", "GBP"}
MOST_AMOUNTS = 1_000  # of one text that are judged; a real one names some dozens
MOST_APART = 4  # amounts that one word of pay names differ by no more
NOTHING = re.compile(r"[^\w,;/|.()\n]{0,4}(?:to\s)?(?:US\s?)?")
_BEFORE, _BEHIND = 90, 44  # characters beside an amount that say what it is paid for
# what a word before the amount has that says another period than a year's: a month in most languages, a week, an hour
_NOT_A_YEAR = re.compile(
    "[Mm][aåeěioê][nasi]|[Mm]ěs|[Ww][eo][ec]|[Hh]our|[Dd]a[yigl]|[Tt]a[gä]|[Ss]t|[Oo]n[et]|[Ff]ort|月|월|[Qq]u|[Hh]avi|[Aa]yl"
)
_RATE = re.compile(
    r"\b(?:pay|rate|wage|zone|salar|gehalt|\w*lohn|lön|løn|salaire|sal[aá]ri|sueldo|wynagr|mzda|plat)", re.IGNORECASE
)
_TAXED = re.compile(r"\s?(?:net|netto|neto|gross|brutt?o|bruto)\b", re.IGNORECASE)
_END = re.compile(r"[!?;]|\n(?![a-z])|\.\s(?=[A-Z])|\s(?:and|plus|\+(?! VAT))\s")
# what lies before the sentence of an amount: "quarterly travel (paid).Compensation:"
_LAST_SENTENCE = re.compile(r"\A.*(?:[a-z]{3}\)?[.!?](?=\s[A-Z]|[A-Z])|[!?]\s)", re.DOTALL)
# between two amounts of which the second is the first one's like: in its sentence, or in the next line of a list
_SENTENCE = re.compile(r"(?:[^\n.!?]|[.!?](?!\s)|\n(?=[a-z])){0,120}")
_LIST = re.compile(r"[^\n]{0,30}\n[^\n.]{0,30}")
_CENTS = r"\d{1,3}(?:\.\d{1,4})?"
_RATES = re.compile(rf"\D*(?P<low>{_CENTS})(?:\D+(?P<high>{_CENTS}))?\D*")
_HOURLY = re.compile(
    r"\b(?:hourly|stundenlohn|taux horaire)(?: (?:base|pay|rate|wage|salary|range|compensation|hiring|starting|target|minimum|of|is))*\W{0,6}\Z",
    re.IGNORECASE,
)  # right before the amount
_MILLIONS = ("m", "mn", "mio", "mln", "million", "b", "bn", "billion")


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


def pay_in_text(text: str, country: str | None) -> Iterator[Stated]:
    """Every range of base pay, in order; `country` (alpha-2) settles what a bare sign means."""
    amounts = list(islice(find_amounts(text), MOST_AMOUNTS))
    after, last, was_base = 0, Amount(0, 0, "", "", 0, 0), None
    found: Stated | None = None
    for amount, following in zip_longest(amounts, amounts[1:]):
        until = following.start if following else len(text)
        if found and NOTHING.fullmatch(text, after, amount.start) and amount.low >= found.high:
            found = found._replace(low=amount.low, high=amount.high, start=amount.start, end=amount.end)
        else:
            is_base = is_called_base(amount, text, after, until)
            if is_base is None and was_base is not None:
                is_base = _like_the_last(text, last, amount, was_base)
            was_base = is_base
            found = None if is_base is False else _read(amount, text, after, until, country, is_base is True)
        after, last = amount.end, amount
        if found:
            was_base = True
            yield found


def _like_the_last(text: str, last: Amount, amount: Amount, was_base: bool) -> bool | None:
    """What an amount is that nothing names, from the one before it: "from $50,000, up to $90,000"; None where it is alone."""
    is_one_sentence = _SENTENCE.fullmatch(text, last.end, amount.start) is not None
    if was_base:
        is_near = last.low / MOST_APART <= amount.low <= amount.high <= last.high * MOST_APART
        is_listed = _LIST.fullmatch(text, last.end, amount.start) is not None
        return True if is_near and (is_one_sentence or is_listed) and amount.sign == last.sign else None
    return False if is_one_sentence and amount.low == amount.high else None


def _read(amount: Amount, text: str, after: int, until: int, country: str | None, is_base: bool) -> Stated | None:
    """The amount in the likeliest currency in which it can be base pay."""
    if amount.high > MOST_SPREAD * amount.low or _is_of_millions(amount):
        return None
    currencies = meant(amount.sign, country) if is_ambiguous(amount.sign) else [amount.sign]
    return next(filter(None, (_stated(amount, text, after, until, one, is_base) for one in currencies)), None)


def _is_of_millions(amount: Amount) -> bool:
    """ "$5 million" alone is no one's pay; in yen or rupees it may be."""
    is_single = amount.low == amount.high and amount.unit in _MILLIONS
    return is_single and (is_ambiguous(amount.sign) or (scale(amount.sign) or LEAST_FAR) < LEAST_FAR)


def _stated(amount: Amount, text: str, after: int, until: int, currency: str | None, is_base: bool) -> Stated | None:
    """The amount as base pay in that currency, if it can be that."""
    inner = text[amount.start : amount.end]
    behind = _to_the_end(text[amount.end : min(until, amount.end + _BEHIND)])
    if "/" in inner or "per" in inner or " a" in inner:  # "$30/hr to $70"
        behind = inner + behind
    before = text[max(after, amount.start - _BEFORE) : amount.start]
    said = read_intervals(behind)
    is_hourly = said[:1] == [Interval("hour")] or (not said and _HOURLY.search(before) is not None)
    amount = _with_thousandths(amount, inner, currency) if is_hourly else amount
    interval = _interval_of(amount, before, behind, said, currency)
    times = None
    if interval is None or interval.period == "month":
        times = read_times(text[amount.end : min(until, amount.end + 60)]) or read_times(before[-40:])
        interval = interval or (Interval("month") if times else None)
    if interval is None or interval == ONCE or not _is_possible(amount, interval, currency):
        return None
    if _is_small(amount, interval, currency) and is_for_a_benefit(amount, text, after, until):
        return None
    is_yearly_range = amount.high > amount.low >= LEAST_YEARLY * (scale(currency) or 1) and interval.period == "year"
    if not (is_base or is_yearly_range or interval in said or stands_by_pay(amount, text, after, until)):
        return None
    low, high = amount.low / interval.periods, amount.high / interval.periods
    times = times if interval == Interval("month") else None
    return Stated(low, high, currency, interval.period, amount.sign, amount.start, amount.end, None, times)


def _with_thousandths(amount: Amount, inner: str, currency: str | None) -> Amount:
    """ "$17.875 an hour" is no thousands: nobody is paid so many an hour, and public employers' rates have three decimals."""
    rates = (
        _RATES.fullmatch(inner) if not amount.unit and not _is_possible(amount, Interval("hour"), currency) else None
    )
    return amount._replace(low=float(rates["low"]), high=float(rates["high"] or rates["low"])) if rates else amount


def _is_small(amount: Amount, interval: Interval, currency: str | None) -> bool:
    """Whether so little a year may be a benefit; by the hour only work is paid."""
    a_year = A_YEAR[interval.period] * amount.high / interval.periods
    return interval.period != "hour" and a_year < SMALL * (scale(currency) or 1)


def _to_the_end(words: str) -> str:
    """The words behind an amount to the end of its sentence or line."""
    end = _END.search(words)
    return words[: end.start()] if end else words


def _interval_of(
    amount: Amount, before: str, behind: str, said: list[Interval], currency: str | None
) -> Interval | None:
    """What is `said` right behind the amount, else nearest before it, else what its size allows."""
    if amount.unit == "lpa":
        return Interval("year")
    possible = [one for one in said if one == ONCE or _is_possible(amount, one, currency)]
    size = sized(amount.low, currency, is_pay=False)
    if not possible and (size is None or _NOT_A_YEAR.search(before)):
        said = [*said, *reversed(read_intervals(_LAST_SENTENCE.sub("", before)))]
        possible = [one for one in said if one == ONCE or _is_possible(amount, one, currency)]
    if possible:
        return possible[0]
    is_pay = _RATE.search(before) is not None or _TAXED.match(behind) is not None
    return size or sized(amount.low, currency, is_pay=not said and is_pay)


def _is_possible(amount: Amount, interval: Interval, currency: str | None) -> bool:
    worth = scale(currency)
    least, most = BOUNDS[interval.period]
    least *= (worth or 1) if is_ambiguous(amount.sign) else 1  # what is said plainly may be little
    return worth is None or least <= amount.low / interval.periods <= amount.high / interval.periods <= most * worth


def sized(low: float, currency: str | None, is_pay: bool) -> Interval | None:
    """The period that an amount without one must have by its size, if that is sure; `is_pay` says that it is pay."""
    worth = scale(currency)
    if worth is None:
        return None
    if low >= worth * (LEAST_YEARLY if worth < LEAST_FAR else FAR_YEARLY):
        return Interval("year")
    if is_pay and HOURLY[0] * worth <= low <= HOURLY[1] * worth:
        return Interval("hour")
    most = FAR_YEARLY if currency in PAID_BY_THE_MONTH else MONTHLY[1]
    is_monthly = is_pay and currency not in WEEKLY_IN and MONTHLY[0] * worth <= low <= most * worth
    return Interval("month") if is_monthly else None
