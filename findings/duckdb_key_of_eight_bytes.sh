#!/usr/bin/env bash
# DuckDB 1.5.5: of a text, a block knows the least and the greatest by their first eight bytes alone.
# A table sorted by a key is read in a few blocks where one key is asked for, for every block knows between which keys it
# lies. A key that begins with the kind of a thing ("company|", eight bytes) is the same in each of them as far as that goes, so
# every row is read: a sorted table of 2.7 million companies took as long as one in any order. Two columns, kind and name, are found.
# DuckDB does so on purpose: statistics of texts are of a fixed size (StringStats, MAX_STRING_MINMAX_SIZE).
# Seen: of 1,000,000 sorted rows 122,880 are read for a key, 1,000,000 for the same with "company|" before it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==1.5.5
"$work/venv/bin/python" - <<'PY'
import json
import sys

import duckdb

db = duckdb.connect(config={"threads": 1})
db.execute("create table by_name as select lpad(number::varchar, 8, '0') as key from range(1000000) rows(number)")
db.execute("create table by_kind as select 'company|' || key as key from by_name")
db.execute("create table in_two as select 'company' as kind, key from by_name")
db.execute("pragma enable_profiling = 'no_output'")


def read(question):
    assert len(db.execute(question).fetchall()) == 1
    told = db.get_profiling_information(format="json")
    return (json.loads(told) if isinstance(told, str) else told)["cumulative_rows_scanned"]


rows = {
    "by name": read("from by_name where key = '00500000'"),
    "by kind and name in one": read("from by_kind where key = 'company|00500000'"),
    "in two columns": read("from in_two where kind = 'company' and key = '00500000'"),
}
print("seen: rows read", ", ".join(f"{name} {number:,}" for name, number in rows.items()))
same = list(rows.values()) == [122_880, 1_000_000, 122_880]
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
