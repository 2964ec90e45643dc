#!/usr/bin/env bash
# DuckDB 1.5.5 with pandas 3.1.1: a fraction that the type sample did not see is rounded, without an error.
# 60,000 yearly pays are whole numbers and one in the middle is an hourly 28.75. Read from CSV, from JSON lines, or from
# a pandas column of [low, high] lists, the type comes from a sample (20,480 rows of a file, 1,000 of an object column),
# here BIGINT or INTEGER; 28.75 becomes 29.
# Seen: csv BIGINT 29, json BIGINT 29, pandas INTEGER[] 29.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==1.5.5 pandas==3.1.1
cd "$work"
venv/bin/python - <<'PY'
import json
import sys

import duckdb
import pandas as pd

pays = [60_000] * 30_011 + [28.75] + [60_000] * 29_988
with open("pays.csv", "w") as file:
    file.write("pay\n" + "\n".join(map(str, pays)))
with open("pays.jsonl", "w") as file:
    file.write("\n".join(json.dumps({"pay": pay}) for pay in pays))
ranges = pd.DataFrame({"pay": [[pay, 2 * pay] for pay in pays]})

seen = {
    "csv": duckdb.execute("select typeof(pay), min(pay) from 'pays.csv' group by all").fetchone(),
    "json": duckdb.execute("select typeof(pay), min(pay) from 'pays.jsonl' group by all").fetchone(),
    "pandas": duckdb.execute("select typeof(pay), min(pay[1]) from ranges group by all").fetchone(),
}
for reader, (kind, lowest) in seen.items():
    print(f"seen: {reader}: the lowest pay is {lowest}, type {kind}; it is 28.75 in the source")
same = seen == {"csv": ("BIGINT", 29), "json": ("BIGINT", 29), "pandas": ("INTEGER[]", 29)}
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
