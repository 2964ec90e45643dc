#!/usr/bin/env bash
# Babel 2.19.0: parse_decimal takes a thousands separator wherever it stands, so the wrong locale's point is dropped.
# One would think that "30.00", an hour's pay written the English way on a German board, is 30 or raises. It is 3000, and
# "1.5" is 15; in an English locale "1,5" is 15 and "62.500" 62.5. `strict=True` raises and proposes what was meant. It
# also refuses right amounts: "50 000" with the blank that people type raises in French, Polish and Swedish, whose own signs are
# U+202F and U+00A0, and so does "1,200,000" in India. Put the locale's group sign in the blank's place before.
# Seen: 3000, 15, 15 and 62.500; NumberFormatError for the first three with strict=True; 50 000 and 1,200,000 are right
# without and raise with it; with the locale's sign in the blank's place 50 000 is right.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check babel==2.19.0
cd "$work"
venv/bin/python - <<'PY'
import sys

from babel.numbers import NumberFormatError, get_group_symbol, parse_decimal

PAYS = [("30.00", "de"), ("1.5", "de"), ("1,5", "en"), ("62.500", "en")]
RIGHT = [("50 000", "fr"), ("50 000", "pl"), ("50 000", "sv"), ("1,200,000", "en_IN")]


def strictly(pay, locale):
    try:
        return float(parse_decimal(pay, locale=locale, strict=True))
    except NumberFormatError:
        return "NumberFormatError"


loose = [float(parse_decimal(pay, locale=locale)) for pay, locale in PAYS]
strict = [strictly(pay, locale) for pay, locale in PAYS]
right = [(float(parse_decimal(pay, locale=locale)), strictly(pay, locale)) for pay, locale in RIGHT]
signed = [strictly(pay.replace(" ", get_group_symbol(locale)), locale) for pay, locale in RIGHT[:3]]
print(f"seen: {loose}; strict: {strict}; right: {right}; with the locale's sign: {signed}")
same = loose == [3000, 15, 15, 62.5] and strict == ["NumberFormatError"] * 3 + [62.5]
same = same and right == [(50_000, "NumberFormatError")] * 3 + [(1_200_000, "NumberFormatError")] and signed == [50_000] * 3
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
