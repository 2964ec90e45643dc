#!/usr/bin/env bash
# Babel 2.19.0: parse_decimal takes a thousands separator wherever it stands, so the wrong locale's point is dropped.
# One would think that "30.00", an hour's pay written the English way on a German board, is 30 or raises. It is 3000, and
# "1.5" is 15; in an English locale "1,5" is 15 and "62.500" 62.5. `strict=True` raises and proposes what was meant.
# Seen: 3000, 15, 15 and 62.500; NumberFormatError for the first three with strict=True.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check babel==2.19.0
cd "$work"
venv/bin/python - <<'PY'
import sys

from babel.numbers import NumberFormatError, parse_decimal

PAYS = [("30.00", "de"), ("1.5", "de"), ("1,5", "en"), ("62.500", "en")]


def strictly(pay, locale):
    try:
        return float(parse_decimal(pay, locale=locale, strict=True))
    except NumberFormatError:
        return "NumberFormatError"


loose = [float(parse_decimal(pay, locale=locale)) for pay, locale in PAYS]
strict = [strictly(pay, locale) for pay, locale in PAYS]
print(f"seen: {loose}; strict: {strict}")
same = loose == [3000, 15, 15, 62.5] and strict == ["NumberFormatError"] * 3 + [62.5]
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
