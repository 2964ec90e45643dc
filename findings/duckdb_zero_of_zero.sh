#!/usr/bin/env bash
# DuckDB 1.5.5 with pandas 3.1.1: 0 / 0 is NaN, which DuckDB takes for the greatest number and pandas for missing.
# `n / total` of 0 / 0 is not NULL (that is `//`), so it passes `share > 0.5`, ranks first, survives coalesce and makes
# the average NaN. The same frame filtered in pandas leaves it out, and on its way back to DuckDB it is NULL.
# Seen: over a half: DuckDB Nowhere, Rome; pandas Rome. First by share: Nowhere. Back in DuckDB: NULL.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==1.5.5 pandas==3.1.1
cd "$work"
venv/bin/python - <<'PY'
import math
import sys

import duckdb

duckdb.execute("""
    create table shares as select place, n / total as share
    from (values ('Berlin', 3, 10), ('Nowhere', 0, 0), ('Rome', 8, 10)) t(place, n, total)
""")
frame = duckdb.execute("from shares").df()


def column(question):
    return [value for (value,) in duckdb.execute(question).fetchall()]


over_half = column("select place from shares where share > 0.5 order by place")
first = column("select place from shares order by share desc limit 1")
average, filled = duckdb.execute("select avg(share), sum(coalesce(share, 0)) from shares").fetchone()
nulls = column("select count(*) from shares where share is null")
over_half_in_pandas = list(frame[frame.share > 0.5].place)
back = column("select place from frame where share is null")

print(f"seen: over a half: DuckDB {', '.join(over_half)}; pandas {', '.join(over_half_in_pandas)}")
print(f"seen: first by share: {first[0]}; average {average}; sum with coalesce {filled}; NULLs {nulls[0]}")
print(f"seen: NULL once it has been a frame: {', '.join(back)}")
same = over_half == ["Nowhere", "Rome"] and over_half_in_pandas == ["Rome"] and first == back == ["Nowhere"]
same = same and math.isnan(average) and math.isnan(filled) and nulls == [0]
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
