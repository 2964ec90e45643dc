#!/usr/bin/env bash
# DuckLake on DuckDB 1.5.5: two transactions that MERGE the same new key both commit, and the key stands twice.
# DuckLake finds conflicts by what was deleted, updated or altered; rows inserted never conflict. So the same MERGE is refused
# where the key exists and let through where it is new; repeating a transaction that failed, as is usual, does not help.
# Seen: a new key: both commit, two rows. A key that exists: the second is told of a conflict.
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
other = db.cursor()
other.execute("use lake")
db.execute("create table postings (id integer, title varchar)")
db.execute("insert into postings values (1, 'old')")


def merged_by_both(key):
    for one, title in ((db, "first"), (other, "second")):
        one.execute("begin")
        one.execute(f"""
            merge into postings using (select {key} as id, '{title}' as title) s using (id)
            when matched then update set title = s.title
            when not matched then insert
        """)
    db.execute("commit")
    try:
        other.execute("commit")
    except duckdb.TransactionException:
        return "conflict"
    return db.execute(f"select count(*) from postings where id = {key}").fetchall()[0][0]


new, known = merged_by_both(2), merged_by_both(1)
print(f"seen: rows of a new key: {new}; of a known one: {known}")
same = (new, known) == (2, "conflict")
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
