#!/usr/bin/env bash
# DuckDB 1.5.5, Python: a cursor of a connection that said USE or SET search_path does not have it.
# `connection.cursor()` is a new connection to the same databases: it stands in the first of them, whatever the connection uses.
# A table of one name in both is read from the wrong one without an error.
# Seen: the connection reads 'lake', its cursor 'memory'.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==1.5.5
cd "$work"
venv/bin/python - <<'PY'
import sys

import duckdb

db = duckdb.connect()
db.execute("create table postings as select 'memory' as stands_in")
db.execute("attach ':memory:' as lake; use lake")
db.execute("create table postings as select 'lake' as stands_in")
own = db.execute("from postings").fetchall()[0][0]
of_cursor = db.cursor().execute("from postings").fetchall()[0][0]
print(f"seen: the connection reads {own!r}, its cursor {of_cursor!r}")
same = (own, of_cursor) == ("lake", "memory")
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
