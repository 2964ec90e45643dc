"""Finds stated amounts of money in text: a range or a single figure with its currency."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.reading.currencies import CODES, SIGN, SIGNS, is_ambiguous

_GAP = r"[^\S\n]"  # a blank that ends no line
_GROUPS = r".,'’ \u00a0\u202f\u2009"
# 1,234,567 and 1.234,50 and 12,34,567; the same separator throughout, so that "level 4 120,000" is no number
NUMBER = (
    r"(?:\d{1,2}(?:,\d\d)+,\d{3}|\d{1,3}(?P<groups>["
    + _GROUPS
    + r"])\d{3}(?:(?P=groups)\d{3})*(?:[.,]\d{1,2}|\.\d{4})?|"
    r"\d{1,9}(?:[.,]\d{1,2}|\.\d{4})?)(?!\d)"
)
_UNIT = (
    r"(?i:(?:lakhs?|lacs?|lpa|crores?|million|billion|mio\.?|mln|tys\.?|tis\.?|cr|mn|bn)(?![a-zß-ž])|[mbl](?![a-zß-ž]))|"
    r"[kK](?![a-zß-ž]|[A-Z]{2}\b)|T(?=€|EUR\b)|t(?=kr\b)|万|만|億"  # "100 KES" is no thousands
)
_MULTIPLE = {
    "k": 1e3, "t": 1e3, "tys": 1e3, "tis": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "mio": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9,
    "billion": 1e9, "l": 1e5, "lakh": 1e5, "lakhs": 1e5, "lac": 1e5, "lacs": 1e5, "lpa": 1e5, "cr": 1e7, "crore": 1e7,
    "crores": 1e7, "万": 1e4, "만": 1e4, "億": 1e8,
}  # fmt: skip
_INDIAN = {"lakh", "lakhs", "lac", "lacs", "lpa", "cr", "crore", "crores"}
_PER = rf"(?:{_GAP}?(?:/|per|an?|p\.){_GAP}?(?:hour|hr|h|day|week|month|mo|year|yr|annum|a\.)(?![a-z])\.?)?"
# a dash may end a line, and only a long one may begin the next: "- " there is the mark of a list
_TO = (
    rf"(?:[^\S\n]{{0,3}}[-–—‒−~〜～]\s{{0,3}}|\s{{1,3}}(?:to|and|bis|und|through|up to|à)\s{{1,3}}|\n[–—]\s{{0,2}}|"
    rf"{_GAP}(?:a|y|e|et|tot|en|til|till|do|až|aż|και|ja|/){_GAP}|[,;]?(?: /)?\s(?i:mid(?:point)?|max(?:imum|imal)?|high)\.?\s?:?\s)"
)


_VALUE = (
    rf"(?P<number>{NUMBER})(?:{_GAP}?(?P<unit>{_UNIT}))?(?:[.,][-–—]{{1,2}})?\+?"
    rf"(?:[*_ \u00a0]{{0,3}}\n?(?P<after>{SIGN})(?!{_GAP}?\d))?"
)
_FIGURE = re.compile(rf"(?P<sign>(?!))?{_VALUE}")  # what stands before the first figure is looked for backwards
_NEXT = re.compile(rf"{_PER}\**{_TO}[*_]{{0,2}}(?:up to{_GAP})?>?(?P<sign>{SIGN})?{_GAP}?{_VALUE}(?![.,]?\d|%)")
_BLANKS = dict.fromkeys(map(ord, "'’ \u00a0\u202f\u2009"))
_DASH = re.compile("[-–—]")
_PLAIN_SIGNS = frozenset("$€£₹")
_NO_MONEY = (None, None, None)
_ENDINGS = frozenset({form[-2:] for form in SIGNS} | {form for form in SIGNS if len(form) == 1})
_BEFORE = re.compile(rf"(?P<sign>{SIGN}){_GAP}?[*_]{{0,2}}\Z")
# the figures of a number, and what may go on behind it: a figure, a unit, a currency or the word before a second figure
_SIGNS_IN_WORDS = "|".join(sorted((re.escape(form) for form in SIGNS if form[0].islower()), key=len, reverse=True))
_SYMBOLS = "".join(re.escape(form) for form in SIGNS if len(form) == 1 and not form.isascii()) + "$＄"
_MORE = (
    rf"[*_]{{0,3}}[ \u00a0\u202f\u2009\n]?(?:[0-9A-Z{_SYMBOLS}万만億~〜～/–—‒−-]|[km](?![a-z])|"
    rf"(?:lakhs?|lacs?|crores?|million|billion|tys|tis|mln|mio|to|and|bis|und|through|up|a|à|y|e|et|tot|en|til|till|do|až|aż|ja|per|mid|max|high|"
    rf"{_SIGNS_IN_WORDS})(?![a-z]))"
)
_LAST = "".join(sorted({re.escape(form[-1]) for form in SIGNS} | {"*", "_"}))
# it begins with a digit, for that is looked for fastest; a figure beside which nothing of money can stand is passed over
_DIGITS = re.compile(
    rf"[0-9](?<![0-9].)(?<![0-9][.,'’].)(?:(?P<sign>(?<=[{_LAST}].)|(?<=[{_LAST}][ \u00a0].))[0-9.,'’]*+(?P<more>{_MORE}|\+)?|"
    rf"[0-9.,'’]*+(?:{_MORE}|\+))"
)
_GLUED = re.compile(r"[A-Za-z0-9À-ž.,_]")
# a code beside an amount with a bare sign: "Salary (CAD): $100,000", "$60,000 per month MXN"
_CODES = "|".join(sorted(CODES))
_CODE_BEHIND = re.compile(
    rf"\W{{0,3}}(?:(?:per|an?|/|gross|net|brutt?o|annually|monthly|hourly|yearly|annual|year|month|hour|annum|in)[ /]?){{0,3}}\W{{0,2}}"
    rf"(?P<code>{_CODES})\b(?!{_GAP}?[$\d])",
)
_CODE_BEFORE = re.compile(rf"(?:\(|\bin )(?P<code>{_CODES})\b")


_THOUSANDS = 10_000  # from here on a "k" behind says nothing more: "$558,000K"
_SPREAD = 30  # more between two figures, of which the first has no currency, and they are no range
_NEXT_RANGE = 60  # characters behind an amount within which a range without a currency has its


class Amount(NamedTuple):
    """A stated amount: `sign` is a currency code, or "?dollar" and the like where it is ambiguous."""

    low: float
    high: float
    sign: str
    unit: str
    start: int
    end: int


def find_amounts(text: str) -> Iterator[Amount]:
    """Every range or figure that carries a currency, in order."""
    done, sign = 0, ""
    for digits in _DIGITS.finditer(text):
        at = digits.start()
        if at < done:
            continue
        may_have_sign = digits["sign"] is not None
        before = _sign_before(text, done, at) if may_have_sign else None
        if may_have_sign and not before and not digits["more"]:
            continue
        if not before and _GLUED.match(text, at - 1, at):
            continue
        first = _FIGURE.match(text, at)
        if not first or text[first.end() : first.end() + 1] == "%":
            continue
        figures = [first]
        second = _NEXT.match(text, first.end())
        if second and not _differ(before, first, second):
            figures.append(second)
            third = _NEXT.match(text, second.end())  # "$170,000 - $200,000 - $230,000"
            if (
                third
                and len(third["number"]) >= len(second["number"]) > 3
                and _DASH.search(text, second.end(), third.start("number"))
            ):
                figures.append(third)
        is_money = (
            before or first["after"] or first["unit"] or (second and second.group("sign", "after", "unit") != _NO_MONEY)
        )
        # "USD 153,500 - 310,500 in California // 135,000 - 310,500 in Maryland"
        is_next = sign and at - done < _NEXT_RANGE and len(figures) > 1 and all(one["groups"] for one in figures)
        if (is_money or is_next) and (amount := _amount(text, done, before, figures, sign if is_next else "")):
            if not before and not first["after"] and amount.high > _SPREAD * amount.low:
                continue  # "GMT+3 - $75k": the first figure is none of money
            done, sign = amount.end, amount.sign
            yield amount


def _sign_before(text: str, after: int, at: int) -> tuple[int, str] | None:
    """The sign or code before the figure at `at`, and where it stands; none before `after`."""
    last = text[at - 1 : at] if at > after else ""
    if last in _PLAIN_SIGNS and not text[max(after, at - 3) : at - 1].rstrip()[-1:].isupper():  # not "US$", "USD $"
        return at - 1, last
    found = _BEFORE.search(text, max(after, at - 11), at)
    return (found.start(), found["sign"]) if found else None


def _differ(before: tuple[int, str] | None, first: re.Match[str], second: re.Match[str]) -> bool:
    """Whether two figures are of two currencies: "3,850 USD / 2,310 GBP"."""
    if before and second["sign"] == before[1] and not second["after"]:
        return False
    told = [
        {SIGNS[sign] for sign in signs if sign and not is_ambiguous(SIGNS[sign])}
        for signs in ((before and before[1], first["after"]), second.group("sign", "after"))
    ]
    return bool(told[0] and told[1] and not told[0] & told[1])


def _amount(
    text: str, after: int, before: tuple[int, str] | None, figures: list[re.Match[str]], told: str
) -> Amount | None:
    """The amount of one to three figures; None where no currency stands by them and none is `told` by the amount before.

    That one ends at `after`.
    """
    first, last = figures[0], figures[-1]
    signs = [before[1]] if before else []
    for one in figures:
        signs += filter(None, one.group("sign", "after"))
    units = [(one["unit"] or "").lower().rstrip(".") for one in (first, last)]
    if not signs and not told and not any(unit in _INDIAN for unit in units):
        return None
    start, end = before[0] if before else first.start(), last.end()
    low, high = to_number(first["number"]), to_number(last["number"])
    units = ["" if unit == "k" and one >= _THOUSANDS else unit for unit, one in zip(units, (low, high), strict=True)]
    high *= _MULTIPLE.get(units[1], 1)
    if _is_short(low, units, high, last):
        low *= 1000
    low, high = _mended(low, first["number"], high), _mended(high, last["number"], low)
    if units[0] and not units[1] and high < 1000:
        high *= _MULTIPLE[units[0]]  # "150k - 180"
    # in "150-180k" the unit of the last figure is the first one's too
    low *= _MULTIPLE.get(units[0] or (units[1] if low < 1000 else ""), 1)
    sign = _currency(signs) if signs else told or "INR"
    if is_ambiguous(sign):
        behind = text[end : end + 30]
        code = (None if behind.islower() else _CODE_BEHIND.match(behind)) or _code_before(
            text[max(after, start - 120) : start]
        )
        sign = code["code"] if code else sign
    return Amount(low, high, sign, units[1], start, end)


def _code_before(words: str) -> re.Match[str] | None:
    if "(" not in words and " in " not in words:
        return None
    return next(iter([*_CODE_BEFORE.finditer(words)][-1:]), None)


def _currency(signs: list[str]) -> str:
    """The ISO code next to the amount ("$90,000 CAD"), else a sign of one currency, else the first."""
    codes = [sign for sign in signs if sign in CODES]
    named = codes or [code for sign in signs if not is_ambiguous(code := SIGNS[sign])]
    return named[0] if named else SIGNS[signs[0]]


def _mended(amount: float, text: str, other: float) -> float:
    """ "$124,00 - $180,000" has lost a digit: no end of a range is a thousandth of the other."""
    return amount * 1000 if amount < 1000 <= other / 10 and re.fullmatch(r"\d{2,3},\d\d", text) else amount


def _is_short(low: float, units: list[str], high: float, last: re.Match[str]) -> bool:
    """Whether the first of two figures goes without the thousands of the last: "55-70.000 kr", "$150-200,000"."""
    is_plain = units == ["", ""] and not last["sign"] and last["groups"] is not None
    return is_plain and 10 <= low < 1000 < 1000 * low < high < 3000 * low


def to_number(text: str) -> float:
    """A number in English, German, French, Swiss or Indian form: the last separator before one or two digits is decimal.

    So is a point before four, as databases write money.
    """
    if text.isdigit():
        return float(text)
    digits = text if text.isascii() and " " not in text and "'" not in text else text.translate(_BLANKS)
    at = max(digits.rfind("."), digits.rfind(","))
    if at < 0 or (len(digits) - at > 3 and not (digits[at] == "." and len(digits) - at == 5)):
        return float(digits.replace(",", "").replace(".", ""))
    return float(digits[:at].replace(",", "").replace(".", "") + "." + digits[at + 1 :])
