#!/usr/bin/env bash
# DuckLake on DuckDB 1.5.5: a small row that was deleted, and whose snapshots are expired and cleaned up, is still kept whole.
# Inserts of a few rows are kept in the catalog (data_inlining_row_limit, 10 by default). Deleting marks them there; expiring every
# older snapshot and cleaning up takes nothing away, and the next flush writes the deleted row into a new Parquet file.
# Seen: the table has one row, one snapshot is left, the catalog has two rows, and so has the file that the flush writes.
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
db.execute("create table people (id integer, name varchar)")
db.execute("insert into people values (1, 'Jane Doe'), (2, 'John Roe')")
db.execute("delete from people where id = 1")
db.execute("call ducklake_expire_snapshots('lake', older_than => now())")
db.execute("call ducklake_cleanup_old_files('lake', cleanup_all => true)")
left = db.execute("select count(*) from people").fetchall()[0][0]
snapshots = db.execute("select count(*) from ducklake_snapshots('lake')").fetchall()[0][0]
[(inlined,)] = db.execute("select table_name from __ducklake_metadata_lake.ducklake_inlined_data_tables").fetchall()
kept = db.execute(f"select count(*) from __ducklake_metadata_lake.{inlined} where name in ('Jane Doe', 'John Roe')").fetchall()[0][0]
db.execute("call ducklake_flush_inlined_data('lake')")
written = db.execute("select count(*) from read_parquet('data/main/people/*.parquet', union_by_name = true) where name = 'Jane Doe'").fetchall()[0][0]
print(f"seen: {left} row, {snapshots} snapshot, {kept} in the catalog, the deleted one {written} times in a file")
same = (left, snapshots, kept, written) == (1, 1, 2, 1)
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
