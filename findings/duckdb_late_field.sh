#!/usr/bin/env bash
# DuckDB 1.5.5: a field that no row of the sample has is left out of a JSON file's table, without an error.
# 30,000 postings are kept as JSON lines; from the 25,000th on each states its pay. The columns come from the first 20,480
# rows, and what is not among them is not read: there is no column pay, and all 30,000 rows are counted. Read with
# `sample_size = -1` the same file has it.
# Seen: columns id, title; 30,000 rows; with sample_size = -1 pay too, in 5,000 rows.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==1.5.5
cd "$work"
venv/bin/python - <<'PY'
import json
import sys

import duckdb

with open("postings.jsonl", "w") as file:
    for at in range(30_000):
        posting = {"id": at, "title": "Engineer"} | ({"pay": 100_000} if at >= 25_000 else {})
        file.write(json.dumps(posting) + "\n")

plain = duckdb.sql("from 'postings.jsonl'")
rows = duckdb.sql("select count(*) from 'postings.jsonl'").fetchone()[0]
whole = duckdb.sql("from read_json('postings.jsonl', sample_size = -1)")
with_pay = whole.aggregate("count(pay)").fetchone()[0]
print(f"seen: {rows:,} rows with the columns {plain.columns}; with sample_size = -1 {whole.columns}, pay in {with_pay:,}")
same = plain.columns == ["id", "title"] and rows == 30_000 and whole.columns == ["id", "title", "pay"] and with_pay == 5_000
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
