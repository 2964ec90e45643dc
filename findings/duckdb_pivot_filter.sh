#!/usr/bin/env bash
# DuckDB 1.5.5: PIVOT accepts FILTER on its aggregate and ignores it; rows without a value in ON are left out.
# `count(*) filter (remote)` means the remote postings in a SELECT and all postings in a PIVOT, without an error.
# A posting whose level is not known has no column; a place with no others stays, with noughts. Who counts postings
# by place and level gets a table of remote postings that holds the rest too, and whose sum is not the number of rows.
# The filter is known as duckdb/duckdb issue 11802 (labelled stale, closed), the lost rows as issue 6885 (the same).
# Seen: of 5 postings, 2 remote, PIVOT counts 3 with the filter and without; SELECT with the same filter counts 2.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==1.5.5
cd "$work"
venv/bin/python - <<'PY'
import sys

import duckdb

duckdb.execute("""
    create table posting as from (values
        ('Berlin', 'senior', true), ('Berlin', 'senior', false), ('Berlin', 'junior', false), ('Berlin', null, true),
        ('Rome', null, false)) posting(place, level, remote)
""")
REMOTE = "count(*) filter (remote)"


def pivot(aggregate, level="level"):
    question = f"pivot posting on {level} using {aggregate} group by place order by place"
    return duckdb.execute(question).fetchall()


every, filtered = pivot("count(*)"), pivot(REMOTE)
by_case = pivot("count(case when remote then 1 end)")
with_unknown = pivot("count(*)", "coalesce(level, 'unknown')")
selected = duckdb.execute(f"select {REMOTE} from posting").fetchone()[0]

print(f"seen: (place, junior, senior) by count(*): {every}")
print(f"seen: by {REMOTE}: {filtered}; by a case: {by_case}")
print(f"seen: remote postings by SELECT: {selected}; with unknown levels named: {with_unknown}")
same = every == filtered == [("Berlin", 1, 2), ("Rome", 0, 0)] and selected == 2
same = same and by_case == [("Berlin", 0, 1), ("Rome", 0, 0)]
same = same and with_unknown == [("Berlin", 1, 2, 1), ("Rome", 0, 0, 1)]
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
