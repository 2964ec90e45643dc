#!/usr/bin/env bash
# pandas 3.1.1: read_json makes numbers of strings that look like some, ids among them; json and DuckDB keep the strings.
# Boards write their ids as strings because they are names: "0042", "7e10", "744000012345678901". read_json answers 42,
# 70000000000.0 and a float that has lost the last figures, so that two postings become one. A single id with a letter in
# the column and all are left as they are. The setting is `dtype=False`.
# Seen: [42, 7] for "0042" and "0007"; 7e10 for "7e10"; one id where there were two of 18 figures.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pandas==3.1.1 duckdb==1.5.5
cd "$work"
cat > board.json <<'JSON'
[{"id": "0042", "ref": "7e10", "number": "744000012345678901"}, {"id": "0007", "ref": "1200", "number": "744000012345678902"}, {"id": "0008", "ref": "1201", "number": null}]
JSON
venv/bin/python - <<'PY'
import sys

import duckdb
import pandas as pd

board = pd.read_json("board.json")
kept = pd.read_json("board.json", dtype=False)
by_sql = duckdb.sql("select id, ref, count(distinct number) over () as numbers from 'board.json'").fetchone()
ids, ref, numbers = board["id"].tolist(), board["ref"][0], board["number"].nunique()
print(f"seen: ids {ids}, ref {ref!r}, {numbers} number(s) of two; dtype=False: {kept['id'].tolist()}; DuckDB: {by_sql}")
same = ids == [42, 7, 8] and ref == 7e10 and numbers == 1
same = same and kept["id"].tolist() == ["0042", "0007", "0008"] and kept["number"].nunique() == 2
same = same and by_sql == ("0042", "7e10", 2)
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
