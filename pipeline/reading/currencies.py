"""Currencies as people write them: codes, signs and words, and what a bare sign means in a country."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

# ISO 4217, without codes that are words in capitals (ALL, TOP, SOS)
_CODES = (
    "AED AFN AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF "
    "CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD "
    "HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KRW KWD KYD KZT LAK LBP LKR LRD "
    "LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK "
    "PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SRD SSP STN SVC SYP SZL THB TJS TMT "
    "TND TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW"
)
CODES = frozenset(_CODES.split())
# "?" marks what several countries write; which is meant, the country says
_WRITTEN = {
    "USD": "US$|USD$|USD $|US dollars", "CAD": "CA$|CAN$|CDN$|CDN|C$|CAD$|CAD $", "AUD": "AU$|A$|AUD$|AUD $", "NZD": "NZ$|NZD $",
    "SGD": "S$|SG$|SGD$|SGD $", "HKD": "HK$|HKD $", "TWD": "NT$|NTD", "MXN": "MX$|MXN$|MXN $", "BRL": "R$|reais", "CLP": "CLP$|CL$",
    "COP": "COP$|COL$", "ARS": "AR$", "PEN": "S/.|S/", "EUR": "€|EUR €|â‚¬|Euros|Euro|euros|euroa|euro", "INR": "₹|INR ₹|Rs.|Rs|rupees",
    "GBP": "£|GBP £|Â£|pounds sterling|pounds", "ILS": "₪|NIS", "CNY": "RMB|元|人民币", "JPY": "円|yen", "KRW": "₩|원",
    "PLN": "zł|zl|złotych", "CZK": "Kč|Kc|korun", "HUF": "Ft|forint", "RON": "lei|Lei", "BGN": "лв.|лв|leva",
    "CHF": "SFr.|SFr|Fr.|francs", "TRY": "₺|TL", "RUB": "₽|руб", "UAH": "₴|грн", "PHP": "₱", "THB": "฿|baht", "VND": "₫",
    "IDR": "Rp.|Rp", "MYR": "RM", "NGN": "₦", "KES": "KSh|Ksh", "AED": "Dhs", "SEK": "kronor", "?dollar": "$|＄|dollars",
    "?yen": "¥|￥", "?krone": "kroner|kr.|kr|Kr", "?peso": "pesos", "?rand": "R",
}  # fmt: skip
SIGNS = {code: code for code in CODES} | {form: code for code, forms in _WRITTEN.items() for form in forms.split("|")}


def _pattern(forms: set[str]) -> str:
    """Any of the forms, the longest first, by their first letter, so that most places are passed at one look."""
    first = sorted({form[0] for form in forms})
    tails = {
        letter: sorted((form[1:] for form in forms if form[0] == letter), key=len, reverse=True) for letter in first
    }
    return "|".join(f"{re.escape(letter)}(?:{'|'.join(map(re.escape, tails[letter]))})" for letter in first)


_LETTERS = {form for form in SIGNS if form[0].isascii() and form[0].isalpha()}
_RUN_ON = {form for form in _LETTERS if form[-1].isalpha()}
# letters must not run on into a word, but behind a unit ("60 TEUR"); a sign may stand right behind one ("Hybrid$160,000")
SIGN = (
    rf"(?:(?:(?<![A-Za-z])|(?<=[0-9 ][kKTt]))(?:{_pattern(_LETTERS - _RUN_ON)}|(?:{_pattern(_RUN_ON)})(?![a-zß-ž]))|"
    rf"{_pattern(set(SIGNS) - _LETTERS)})"
)
_DOLLARS = {
    "CA": "CAD", "AU": "AUD", "NZ": "NZD", "SG": "SGD", "HK": "HKD", "TW": "TWD", "MX": "MXN", "CL": "CLP", "CO": "COP",
    "AR": "ARS", "UY": "UYU", "DO": "DOP", "CU": "CUP", "JM": "JMD", "TT": "TTD", "BB": "BBD", "BS": "BSD", "BZ": "BZD",
    "GY": "GYD", "SR": "SRD", "NA": "NAD", "FJ": "FJD", "BN": "BND", "BM": "BMD", "KY": "KYD", "LR": "LRD",
}  # fmt: skip
# what a bare sign means in a country; elsewhere a dollar is the United States', and the others are unknown
_MEANT: dict[str, dict[str, str]] = {
    "?dollar": _DOLLARS,
    "?yen": {"JP": "JPY", "CN": "CNY"},
    "?krone": {"SE": "SEK", "NO": "NOK", "DK": "DKK", "IS": "ISK"},
    "?peso": {"PH": "PHP", **{country: _DOLLARS[country] for country in ("MX", "CL", "CO", "AR", "UY", "DO")}},
    "?rand": {"ZA": "ZAR"},
}


def is_ambiguous(sign: str) -> bool:
    """Whether several countries write a currency so."""
    return sign in _MEANT


def meant(sign: str, country: str | None) -> list[str | None]:
    """What an ambiguous sign may mean in a country, the likeliest first; None is a currency that cannot be told."""
    own = _MEANT[sign].get(country or "")
    if own:
        return [own, None]
    return ["USD"] if sign == "?dollar" else [] if sign == "?rand" else [None]


def code_of(words: str | None) -> str | None:
    """The code in a board's field: a code, or a sign that means one currency; the first three letters of another."""
    text = (words or "").strip()
    named = SIGNS.get(text) or SIGNS.get(text.upper())
    if named and not is_ambiguous(named):
        return named
    return next((code for code in re.findall(r"[A-Z]{3}", text.upper()) if code in CODES), None)


@cache
def _buying_power() -> dict[str, float]:
    with Path(__file__).with_name("purchasing_power.csv").open(encoding="utf-8") as file:
        known = {row["currency"]: float(row["lcu_per_international_dollar"]) for row in csv.DictReader(file)}
    # the World Bank has none of Taiwan; the others are not in the extract
    return {**known, "TWD": 14.0, "QAR": 2.2, "BGN": 0.8, "RUB": 30.0}


@cache
def scale(currency: str | None) -> float | None:
    """Units that buy at home what a US dollar buys there, at least 1: for judging which amounts are possible.

    From the World Bank's purchasing power parities; 1 where the currency is unknown, None where its worth is.
    """
    if currency is None:
        return 1.0
    known = _buying_power().get(currency)
    return known and max(1.0, known)
