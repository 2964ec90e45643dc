#!/usr/bin/env bash
# DuckDB 1.5.5 with pandas 3.1.1: one bound integer imports pandas and numpy, though no frame is near.
# Where pandas is not installed nothing is missed; where it is, the first question with a parameter pays for its import.
# Seen: after a question without a parameter neither is loaded, after `select ?` with 1 both are.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==1.5.5 pandas==3.1.1
cd "$work"
venv/bin/python - <<'PY'
import sys
import time

import duckdb

db = duckdb.connect()


def loaded_by(question, parameters=None):
    begun = time.perf_counter()
    db.execute(question, parameters).fetchall()
    names = [name for name in ("numpy", "pandas") if name in sys.modules]
    took = time.perf_counter() - begun
    print(f"seen: {question!r} with {parameters}: loaded {', '.join(names) or 'neither'}, {took:.2f} s")
    return names


without = loaded_by("select 1")
db.execute("prepare asked as select $1")
by_literal = loaded_by("execute asked(1)")
with_parameter = loaded_by("select ?", [1])
same = without == by_literal == [] and with_parameter == ["numpy", "pandas"]
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
