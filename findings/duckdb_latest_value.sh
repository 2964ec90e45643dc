#!/usr/bin/env bash
# DuckDB 1.5.5: the value of the latest row, by arg_max or max_by, is the latest that is not null.
# A posting stated its pay on the first day and took it back on the second. `arg_max(pay, day)` still says 100,000, and beside
# it `arg_max(title, day)` says the second day's title: the row that comes out was never written. `arg_max_null`, `last(... order
# by day)` or a window over whole rows say null.
# Seen: arg_max: Staff Engineer, 100000; arg_max_null: Staff Engineer, None; last: Staff Engineer, None.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==1.5.5
cd "$work"
venv/bin/python - <<'PY'
import sys

import duckdb

duckdb.sql("""
    create table seen as from (values
        (date '2026-10-05', 'Engineer', 100_000), (date '2026-10-12', 'Staff Engineer', null)) v(day, title, pay)
""")
found = {
    how: duckdb.sql(f"select {words.format('title')}, {words.format('pay')} from seen").fetchone()
    for how, words in {
        "arg_max": "arg_max({}, day)",
        "max_by": "max_by({}, day)",
        "arg_max_null": "arg_max_null({}, day)",
        "last": "last({} order by day)",
    }.items()
}
print("seen:", "; ".join(f"{how}: {row}" for how, row in found.items()))
latest, mixed = ("Staff Engineer", None), ("Staff Engineer", 100_000)
same = found == {"arg_max": mixed, "max_by": mixed, "arg_max_null": latest, "last": latest}
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
