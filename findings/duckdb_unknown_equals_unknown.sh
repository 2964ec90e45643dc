#!/usr/bin/env bash
# DuckDB 1.5.5 with pandas 3.1.1: whether a posting of unknown city joins another of unknown city hangs on a parenthesis.
# NULL is equal to nothing in SQL, so `using (company, city)` leaves both out. `(a.company, a.city) = (b.company, b.city)` looks
# like the same in short, and in SQLite it is; in DuckDB a row is a struct, in which NULL equals NULL, so they match, while
# `(company, city) in (select company, city ...)` leaves them out again, and `in (select (company, city) ...)`, with one more
# pair of parentheses, does not. pandas' merge matches missing with missing: three of each are nine rows.
# Who compares postings across boards by company and city takes unknown places for one place, or does not, unawares.
# Seen: of 3 postings in unknown and 1 in a known city: using 1, rows 10, in columns 1, in a row 4, pandas 10, SQLite rows 1.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==1.5.5 pandas==3.1.1
cd "$work"
venv/bin/python - <<'PY'
import sqlite3
import sys

import duckdb
import pandas as pd

postings = pd.DataFrame({"company": ["Acme"] * 4, "city": [None, None, None, "Rome"]})
others = postings.copy()
rows = "select count(*) from postings a join others b on (a.company, a.city) = (b.company, b.city)"
asked = {
    "using": "select count(*) from postings join others using (company, city)",
    "rows": rows,
    "in columns": "select count(*) from postings where (company, city) in (select company, city from others)",
    "in a row": "select count(*) from postings where (company, city) in (select (company, city) from others)",
}
seen = {how: duckdb.sql(words).fetchone()[0] for how, words in asked.items()}
seen["pandas"] = len(postings.merge(others, on=["company", "city"]))
lite = sqlite3.connect(":memory:")
for table in ("postings", "others"):
    postings.to_sql(table, lite, index=False)
seen["sqlite rows"] = lite.execute(rows).fetchone()[0]
print("seen:", seen)
same = list(seen.values()) == [1, 10, 1, 4, 10, 1]
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
