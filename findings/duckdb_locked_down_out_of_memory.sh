#!/usr/bin/env bash
# DuckDB 1.5.5: with the local file system disabled, a question that needs more memory than it may is told that it lacks permission.
# A locked-down connection still has a folder to spill to (`<file>.tmp`); it finds the limit, tries to spill, and raises
# "Permission Error: File system LocalFileSystem has been disabled by configuration", as if the SQL had named a file. With
# temp_directory = '' the same question is told that it is out of memory.
# Seen: PermissionException; with temp_directory = '': OutOfMemoryException.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==1.5.5
cd "$work"
venv/bin/python - <<'PY'
import sys

import duckdb

QUESTION = "select count(*) from (select distinct range, repeat('x', 100) from range(2000000))"
duckdb.connect("file.duckdb").execute("create table t as select 1").close()


def asked(**more):
    limits = {"threads": 1, "memory_limit": "50MB", "enable_external_access": "false", **more}
    with duckdb.connect("file.duckdb", read_only=True, config=limits) as connection:
        connection.execute("set disabled_filesystems = 'LocalFileSystem'; set lock_configuration = true")
        try:
            return str(connection.execute(QUESTION).fetchall())
        except duckdb.Error as error:
            return type(error).__name__


print("DuckDB", duckdb.__version__)
found = asked(), asked(temp_directory="")
print("as it is:", found[0])
print("with temp_directory = '':", found[1])
sys.exit(found != ("PermissionException", "OutOfMemoryException"))
PY
