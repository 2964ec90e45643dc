"""Pay as schema.org writes it, a MonetaryAmount, and as pages do: numbers as text, a range in one text, pay as words alone."""

from __future__ import annotations

import re
from math import isfinite
from typing import Any

from pipeline.posting import RawPay
from pipeline.reading.amounts import NUMBER, find_amounts, to_number

_FIGURE = re.compile(rf"(?P<number>{NUMBER})(?:(?P<unit>[kK])\b)?")
_PLAIN = re.compile(r"\d+\.\d{4,}|\d{4,}\.\d+")  # a machine's number: thousands are not parted so
_MOST = 2  # figures of one text; more are no range


def read_monetary_amount(salary: Any, currency: str | None) -> RawPay:
    """A MonetaryAmount, whose value is a number, a text or a QuantitativeValue; or a number or a text alone.

    `currency` is the posting's own. Raises TypeError for an amount that is neither number nor text.
    """
    whole = salary if isinstance(salary, dict) else {"value": salary}
    value = whole.get("value")
    stated = {**whole, **value} if isinstance(value, dict) else whole
    if isinstance(value, dict) and "value" not in value:
        stated["value"] = None
    least, most, both = (_figures(stated.get(name)) for name in ("minValue", "maxValue", "value"))
    if not least and not most:
        least = most = both
    said = stated.get("value") if isinstance(stated.get("value"), str) else ""
    signs = (amount.sign for amount in find_amounts(str(said)) if amount.sign.isalpha())
    return RawPay(
        low=least[0] if least else None,
        high=most[-1] if most else None,
        currency=_words(stated.get("currency")) or currency or next(signs, None),
        interval=_words(stated.get("unitText"))
        or _words(stated.get("unitCode"))
        or _words(re.sub(r".*\d", "", str(said))),
    )


def _figures(value: Any) -> list[float]:
    """A number, or the figures of a text: "50.000 - 60.000", "60k"; none in other words, such as "competitive"."""
    if isinstance(value, str) and not _PLAIN.fullmatch(value.strip()):
        found = [to_number(one["number"]) * (1000 if one["unit"] else 1) for one in _FIGURE.finditer(value)]
        return found if len(found) <= _MOST else []
    if value is None:
        return []
    value = float(value) if isinstance(value, str) else value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"number expected, found {type(value).__name__}")
    if not isfinite(value):
        raise ValueError(f"a number expected, found {value}")
    return [float(value)]


def _words(value: Any) -> str | None:
    if value is not None and not isinstance(value, str):
        raise TypeError(f"text expected, found {type(value).__name__}")
    return (value or "").strip() or None
