#!/usr/bin/env bash
# DuckLake on DuckDB 1.5.5: a macro with a parameter that is null by default is made, answers, and loses the transaction at COMMIT.
# The same macro is plain in DuckDB. In a lake CREATE MACRO succeeds and the macro can be called; COMMIT fails to convert its
# default ("unsupported type NULL"), and all else that the transaction did is gone with it.
# Seen: the macro answers 1; COMMIT raises; the table made beside it is gone.
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
db.execute("attach 'ducklake:catalog.ducklake' as lake (data_path 'data'); use lake")
db.execute("begin")
db.execute("create table kept (id integer)")
db.execute("create macro first_of(a, b := null) as coalesce(b, a)")
answer = db.execute("select first_of(1)").fetchall()[0][0]
try:
    db.execute("commit")
    said = "committed"
except duckdb.Error as error:
    said = str(error).splitlines()[-1]
tables = db.execute("select count(*) from duckdb_tables() where table_name = 'kept'").fetchall()[0][0]
print(f"seen: the macro answers {answer}; commit: {said}; tables: {tables}")
same = (answer, tables) == (1, 0) and 'unsupported type "NULL"' in said
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
