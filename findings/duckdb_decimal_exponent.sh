#!/usr/bin/env bash
# DuckDB 1.5.5 with pandas 3.1.1: a Decimal without its trailing zeros is stored as another number: 50,000 as 5.
# Decimal("50000.00").normalize() is Decimal("5E+4"), an equal number with a positive exponent, and so is what "5e4" in a
# board's JSON becomes with parse_float=Decimal. The Python client drops that exponent, as a parameter and from a frame
# alike; SQL reads the same text '5E+4' rightly. Who counts postings by pay finds a manager's pay in the lowest band.
# It is known as duckdb/duckdb-python issue 566.
# Seen: 50,000 is 5, 62,500 is 625, 85,000 is 85; 62,500.50 is right; 5E+4 as text is 50,000.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==1.5.5 pandas==3.1.1
cd "$work"
venv/bin/python - <<'PY'
import json
import sys
from decimal import Decimal

import duckdb
import pandas

answer = '[{"pay": 50000.00}, {"pay": 62500.00}, {"pay": 8.5e4}, {"pay": 62500.50}]'
pays = [posting["pay"].normalize() for posting in json.loads(answer, parse_float=Decimal)]
frame = pandas.DataFrame({"pay": pays})

duckdb.execute("create table posting (pay decimal(12, 2))")
duckdb.executemany("insert into posting values (?)", [[pay] for pay in pays])
bound = [pay for (pay,) in duckdb.execute("from posting").fetchall()]
framed = [pay for (pay,) in duckdb.execute("select pay from frame").fetchall()]
as_text = [duckdb.execute("select ?::decimal(12, 2)", [str(pay)]).fetchone()[0] for pay in pays]

for given, stored, from_frame, text in zip(pays, bound, framed, as_text, strict=True):
    print(f"seen: {given:,f}: bound {stored:,f}; from a frame {from_frame:,f}; as text {text:,f}")
lost = [Decimal("5"), Decimal("625"), Decimal("85"), Decimal("62500.5")]
same = bound == framed == lost and as_text == pays
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
