#!/usr/bin/env bash
# DuckDB 1.5.5: SUMMARIZE counts more different ids than there are rows, and approx_count_distinct finds 7 of 10 companies.
# Both estimate with one sketch at every size, and the sketch is no nearer where there is little to count: ten names are seven.
# `count(distinct company)` counts.
# Seen: of 10 names 7, of 30 25, of 100 91; SUMMARIZE of 1,000 different ids: 1,090.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==1.5.5
cd "$work"
venv/bin/python - <<'PY'
import sys

import duckdb

found = {
    names: duckdb.sql(f"select approx_count_distinct('job' || i) from range({names}) r(i)").fetchone()[0]
    for names in (10, 30, 100)
}
summed = duckdb.sql("select approx_unique, count from (summarize select 'job' || i as id from range(1000) r(i))").fetchone()
exact = duckdb.sql("select count(distinct 'job' || i) from range(10) r(i)").fetchone()[0]
print(f"seen: {found}; SUMMARIZE: {summed[0]:,} of {summed[1]:,}; count(distinct): {exact}")
same = found == {10: 7, 30: 25, 100: 91} and summed == (1090, 1000) and exact == 10
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
