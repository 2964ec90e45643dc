#!/usr/bin/env bash
# DuckDB 1.5.5 with pandas 3.1.1: an ordered category sorts by its order and compares by its letters.
# A pandas Categorical junior < mid < senior becomes an ENUM, which keeps the order: `order by level` and `max(level)`
# go by it. `level >= 'senior'` compares as text, without an error; in pandas the same comparison goes by the order.
# Seen: at least senior: pandas senior staff principal, DuckDB senior staff; with the literal cast to the ENUM all
# three.
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

LEVELS = ["junior", "mid", "senior", "staff", "principal"]
postings = pd.DataFrame({"level": pd.Categorical(LEVELS[::-1], categories=LEVELS, ordered=True)})


def levels(question):
    return [level for (level,) in duckdb.execute(question).fetchall()]


in_order = levels("select level from postings order by level")
highest = levels("select max(level) from postings")
by_pandas = list(postings[postings.level >= "senior"].level.sort_values())
by_duckdb = levels("select level from postings where level >= 'senior' order by level")
duckdb.execute(f"create type level as enum {tuple(LEVELS)}")
by_cast = levels("select level from postings where level >= 'senior'::level order by level")

print(f"seen: in order {' '.join(in_order)}, highest {highest[0]}")
print(f"seen: at least senior: pandas {' '.join(by_pandas)}; DuckDB {' '.join(by_duckdb)}")
print(f"seen: at least senior, with the literal cast to the ENUM: {' '.join(by_cast)}")
same = in_order == LEVELS and highest == ["principal"] and by_pandas == LEVELS[2:] and by_cast == LEVELS[2:]
same = same and by_duckdb == ["senior", "staff"]
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
