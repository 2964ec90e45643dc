#!/usr/bin/env bash
# DuckDB 1.5.5: several Parquet files have the types of the first; values of the others are cast, silently where it goes.
# A Parquet file states its types, so one would guess that files of other types raise, or are united. Shard a has ids 7 and whole
# pay, shard b the id "0042" and pay of 28.75; in shard a nothing has been removed, so that a writer made the column INTEGER.
# Seen: a before b: id 42, pay 29; with removed: a Conversion Error. b before a: "0042", 28.75, "7". By union_by_name = true, in
# either order: "0042", 28.75, the date.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==1.5.5
cd "$work"
venv/bin/python - <<'PY'
import sys

import duckdb

db = duckdb.connect()
db.execute("copy (select 7 as id, 30 as pay, null as removed) to 'a.parquet'")
db.execute("copy (select '0042' as id, 28.75::double as pay, date '2025-03-04' as removed) to 'b.parquet'")


def of_b(files, columns, united="false"):
    try:
        rows = db.execute(f"select {columns} from read_parquet({files}, union_by_name = {united}) where pay < 30").fetchall()
        return [tuple(map(str, row)) for row in rows]
    except duckdb.Error as error:
        return type(error).__name__


forth, back = ["a.parquet", "b.parquet"], ["b.parquet", "a.parquet"]
seen = {
    "a, b": of_b(forth, "id, pay"),
    "a, b, removed": of_b(forth, "removed"),
    "b, a": of_b(back, "id, pay"),
    "a, b united": of_b(forth, "id, pay, removed", "true"),
    "b, a united": of_b(back, "id, pay, removed", "true"),
}
for name, found in seen.items():
    print(f"{name:14} {found}")
whole = [("0042", "28.75", "2025-03-04")]
expected = {
    "a, b": [("42", "29")],
    "a, b, removed": "ConversionException",
    "b, a": [("0042", "28.75")],
    "a, b united": whole,
    "b, a united": whole,
}
sys.exit(seen != expected)
PY
