#!/usr/bin/env bash
# DuckDB 1.5.5: a tenth of 1,000 postings is none of them or all of them, never a hundred.
# `using sample 10%` draws whole vectors of 2,048 rows, so a table of one vector comes whole, once in ten times, or not at all;
# a table of 20,000 rows comes in steps of 2,048. `using sample 100 rows` and `10% (bernoulli)` draw rows.
# Seen: of 1,000 rows, 40 times: 0 or 1,000 alone; of 100 rows asked for: 100; bernoulli: between 50 and 150.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==1.5.5
cd "$work"
venv/bin/python - <<'PY'
import sys

import duckdb

duckdb.sql("create table postings as select i from range(1000) r(i)")


def drawn(words: str) -> int:
    return duckdb.sql(f"select count(*) from postings using sample {words}").fetchone()[0]


tenths = sorted({drawn(f"10% (system, {seed})") for seed in range(40)} | {drawn("10%") for _ in range(40)})
rows, single = drawn("100 rows"), [drawn(f"10% (bernoulli, {seed})") for seed in range(10)]
print(f"seen: a tenth, 80 times: {tenths}; 100 rows: {rows}; bernoulli: {min(single)} to {max(single)}")
same = set(tenths) <= {0, 1000} and rows == 100 and all(50 <= one <= 150 for one in single)
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
