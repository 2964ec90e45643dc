#!/usr/bin/env bash
# DuckDB 1.5.5 with pandas 3.1.1: a column of nothing but None arrives as INTEGER, and the table keeps that type.
# On the first day no posting names its requisition, so pandas makes the column `object` and DuckDB INTEGER. On the
# second day pandas makes it `str`: "0042" goes in as the number 42, without an error, and "R-7" raises.
# Seen: INTEGER; "0042" is kept as 42; "R-7" raises ConversionException.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==1.5.5 pandas==3.1.1
cd "$work"
venv/bin/python - <<'PY'
import sys

import duckdb
import pandas as pd

first = pd.DataFrame([{"id": 1, "requisition": None}, {"id": 2, "requisition": None}])
second = pd.DataFrame([{"id": 3, "requisition": "0042"}])
third = pd.DataFrame([{"id": 4, "requisition": "R-7"}])

duckdb.execute("create table postings as select * from first")
kind = duckdb.execute("select column_type from (describe postings) where column_name = 'requisition'").fetchone()[0]
duckdb.execute("insert into postings by name select * from second")
kept = duckdb.execute("select requisition from postings where id = 3").fetchone()[0]
try:
    duckdb.execute("insert into postings by name select * from third")
    refused = "nothing"
except duckdb.Error as error:
    refused = type(error).__name__

print(f"seen: the column of nulls is {kind}; '0042' is kept as {kept!r}; 'R-7' raises {refused}")
same = (kind, kept, refused) == ("INTEGER", 42, "ConversionException")
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
