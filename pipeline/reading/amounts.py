"""Finds stated amounts of money in text: a range or a single figure with its currency."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.reading.currencies import CODES, SIGN, SIGNS, is_ambiguous

_GAP = r"[^\S\n]"  # a blank that ends no line
_GROUPS = r".,'’ \u00a0\u202f\u2009"
# 1,234,567 and 1.234,50 and 12,34,567; the same separator throughout, so that "level 4 120,000" is no number
_NUMBER = (
    r"(?:\d{1,2}(?:,\d\d)+,\d{3}|\d{1,3}(?P<groups%d>[" + _GROUPS + r"])\d{3}(?:(?P=groups%d)\d{3})*(?:[.,]\d{1,2})?|"
    r"\d{1,9}(?:[.,]\d{1,2})?)(?!\d)"
)
_UNIT = (
    r"(?i:(?:lakhs?|lacs?|lpa|crores?|million|billion|mio\.?|mln|tys\.?|tis\.?|cr|mn|bn)(?![a-zß-ž])|[mbl](?![a-zß-ž]))|"
    r"[kK](?![a-zß-ž]|[A-Z]{2}\b)|万|만|億"  # "100 KES" is no thousands
)
_MULTIPLE = {
    "k": 1e3, "tys": 1e3, "tis": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "mio": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9,
    "billion": 1e9, "l": 1e5, "lakh": 1e5, "lakhs": 1e5, "lac": 1e5, "lacs": 1e5, "lpa": 1e5, "cr": 1e7, "crore": 1e7,
    "crores": 1e7, "万": 1e4, "만": 1e4, "億": 1e8,
}  # fmt: skip
_INDIAN = {"lakh", "lakhs", "lac", "lacs", "lpa", "cr", "crore", "crores"}
_PER = rf"(?:{_GAP}?(?:/|per|an?|p\.){_GAP}?(?:hour|hr|h|day|week|month|mo|year|yr|annum|a\.)(?![a-z])\.?)?"
# a dash may end a line, and only a long one may begin the next: "- " there is the mark of a list
_TO = (
    rf"(?:[^\S\n]{{0,3}}(?:[-–—‒−~〜～]|\bto\b|\band\b|\bbis\b|\bund\b|\bthrough\b|\bup to\b|à)\s{{0,3}}|\n[–—]\s{{0,2}}|"
    rf"{_GAP}(?:a|y|e|et|tot|en|til|till|do|až|aż|και|ja|/){_GAP})"
)


def _figure(n: int) -> str:
    """A figure with its unit and the currency behind it, as groups numbered `n`."""
    return (
        rf"(?P<number{n}>{_NUMBER % (n, n)})(?:{_GAP}?(?P<unit{n}>{_UNIT}))?(?:[.,][-–—]{{1,2}})?\+?"
        rf"(?:[*_ \u00a0]{{0,3}}\n?(?P<after{n}>{SIGN})(?!{_GAP}?\d))?"
    )


_FIGURE = re.compile(_figure(1))
_SECOND = re.compile(
    rf"{_PER}\**{_TO}(?:[*_]{{0,2}})(?:up to{_GAP})?(?P<sign2>{SIGN})?{_GAP}?{_figure(2)}(?![\d%])"
)
_BEFORE = re.compile(rf"(?P<sign>{SIGN}){_GAP}?[*_]{{0,2}}\Z")
_DIGITS = re.compile(r"\d[\d.,'’]*")
_GLUED = re.compile(r"[A-Za-z0-9À-ž.,_]\Z")
# a code beside an amount with a bare sign: "Salary (CAD): $100,000", "$60,000 per month MXN"
_CODES = "|".join(sorted(CODES))
_CODE_BEHIND = re.compile(
    rf"\W{{0,3}}(?:(?:per|an?|/|gross|net|brutt?o|annually|monthly|hourly|yearly|annual|year|month|hour|annum|in)[ /]?){{0,3}}\W{{0,2}}"
    rf"(?P<code>{_CODES})\b(?!{_GAP}?[$\d])",
)
_CODE_BEFORE = re.compile(rf"(?:\(|\bin )(?P<code>{_CODES})\)?:?{_GAP}?\Z")


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
    done = 0
    for digits in _DIGITS.finditer(text):
        at = digits.start()
        if at < done:
            continue
        before = _BEFORE.search(text, max(done, at - 16), at)
        if not before and _GLUED.search(text, max(0, at - 1), at):
            continue
        first = _FIGURE.match(text, at)
        if not first or (text[first.end() : first.end() + 1] == "%"):
            continue
        second = _SECOND.match(text, first.end())
        amount = _amount(text, before, first, second)
        if amount:
            done = amount.end
            yield amount


def _amount(
    text: str, before: re.Match[str] | None, first: re.Match[str], second: re.Match[str] | None
) -> Amount | None:
    units = [(match and match[f"unit{n}"] or "").lower().rstrip(".") for n, match in ((1, first), (2, second))]
    signs = [before and before["sign"], first["after1"], second and second["sign2"], second and second["after2"]]
    start, end = before.start() if before else first.start(), (second or first).end()
    named = [SIGNS[sign] for sign in signs if sign] or ["INR" for unit in units if unit in _INDIAN]
    if not named:
        return None
    high = to_number(second["number2"]) * _MULTIPLE.get(units[1], 1) if second else None
    low = _mended(to_number(first["number1"]), first["number1"], high)
    if second and units[0] and not units[1] and high is not None and high < 1000:
        high *= _MULTIPLE[units[0]]  # "150k - 180"
    # in "150-180k" the unit of the second figure is the first one's too
    low *= _MULTIPLE.get(units[0] or (units[1] if low < 1000 else ""), 1)
    sign = _currency([sign for sign in signs if sign], named)
    if is_ambiguous(sign):
        code = _CODE_BEHIND.match(text, end, end + 30) or _CODE_BEFORE.search(text, max(0, start - 12), start)
        sign = code["code"] if code else sign
    return Amount(low, low if high is None else high, sign, units[1] or units[0], start, end)


def _currency(signs: list[str], named: list[str]) -> str:
    """The ISO code next to the amount ("$90,000 CAD"), else a sign of one currency, else the first."""
    codes = [sign for sign in signs if sign in CODES]
    return next(iter(codes), None) or next((code for code in named if not is_ambiguous(code)), named[0])


def _mended(low: float, text: str, high: float | None) -> float:
    """ "$124,00 - $180,000" has lost a digit: no low is a thousandth of its high."""
    is_short = re.fullmatch(r"\d{2,3},\d\d", text) is not None
    return low * 1000 if is_short and high is not None and low < 1000 <= high / 10 else low


def to_number(text: str) -> float:
    """A number in English, German, French, Swiss or Indian form: the last separator before one or two digits is decimal."""
    digits = re.sub(r"['’\s]", "", text)
    decimal = re.search(r"[.,](\d{1,2})$", digits)
    whole = digits[: decimal.start()] if decimal else digits
    return float(re.sub(r"[.,]", "", whole) + (f".{decimal[1]}" if decimal else ""))
