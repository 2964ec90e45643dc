#!/usr/bin/env bash
# DuckLake on DuckDB 1.5.5: asked as of a time whose snapshot has expired, it answers from an older one, without an error.
# Three snapshots of 1, 2 and 3 rows. Once the second is expired, the time at which there were 2 rows answers 1 row; the same
# snapshot asked by its version raises.
# Seen: by time 1, 2, 3; after the expiry 1, 1, 3; by version: No snapshot found.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==1.5.5 duckdb-extension-ducklake==1.5.5
cd "$work"
venv/bin/python - <<'PY'
import sys
from pathlib import Path

import duckdb
import duckdb_extension_ducklake as packaged

db = duckdb.connect()
db.execute(f"load '{Path(packaged.__file__).parent}/extensions/v1.5.5/ducklake.duckdb_extension'")
db.execute("attach 'ducklake:catalog.ducklake' as lake (data_path 'data', data_inlining_row_limit 0); use lake")
import time

db.execute("create table postings (id integer)")
times, versions = [], []
for number in range(3):
    db.execute(f"insert into postings values ({number})")
    time.sleep(0.1)
    times.append(db.execute("select now()::varchar").fetchall()[0][0])
    versions.append(db.execute("select max(snapshot_id) from ducklake_snapshots('lake')").fetchall()[0][0])
    time.sleep(0.1)


def by_time():
    asked = "select count(*) from postings at (timestamp => '{}'::timestamptz)"
    return [db.execute(asked.format(at)).fetchall()[0][0] for at in times]


before = by_time()
db.execute(f"call ducklake_expire_snapshots('lake', versions => [{versions[1]}])")
after = by_time()
try:
    db.execute(f"from postings at (version => {versions[1]})")
    said = "answered"
except duckdb.Error as error:
    said = str(error)
print(f"seen: by time {before}, after the expiry {after}; by version: {said}")
same = (before, after) == ([1, 2, 3], [1, 1, 3]) and "No snapshot found" in said
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
