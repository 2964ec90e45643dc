#!/usr/bin/env bash
# DuckDB 1.5.5: a time with an offset is one TIMESTAMP by read_json and another by a cast of the same text.
# Boards write 2026-10-05T23:30:00-04:00. Sniffed by read_json it is a TIMESTAMP in UTC, 03:30 of the sixth; cast to TIMESTAMP
# (also by `columns` of read_json, json_transform, an INSERT into such a column) the offset is dropped: 23:30 of the fifth. The
# type is the same, nothing raises, and the two are not equal. read_csv makes it a TIMESTAMPTZ, whose day is the session's.
# Who joins yesterday's rows, read by type, with today's, sniffed, counts a posting on two days, and times of several boards
# cast so are out of order: 23:30-04:00 comes before the next day's 03:00+00:00, and is after it. Cast to TIMESTAMPTZ first,
# with the zone set; trackmix reads times in Python.
# That the cast drops the offset is told in duckdb/duckdb issue 18767.
# Seen: read_json 2026-10-06 03:30 TIMESTAMP; cast, columns, transform and INSERT 2026-10-05 23:30; read_csv TIMESTAMPTZ; the
# later of the two times by cast: 03:00+00:00.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==1.5.5
cd "$work"
venv/bin/python - <<'PY'
import sys
from pathlib import Path

import duckdb

db = duckdb.connect()
db.execute("set TimeZone = 'America/New_York'")
TEXT = "2026-10-05T23:30:00-04:00"
Path("postings.json").write_text(f'{{"updated_at": "{TEXT}"}}\n')
Path("postings.csv").write_text(f"updated_at\n{TEXT}\n")
db.execute("create table kept (updated_at timestamp)")
db.execute(f"insert into kept values ('{TEXT}')")
asked = {
    "read_json": "from 'postings.json'",
    "read_json by columns": "from read_json('postings.json', columns = {updated_at: 'TIMESTAMP'})",
    "json_transform": f"""select json_transform('{{"at": "{TEXT}"}}', '{{"at": "TIMESTAMP"}}').at as updated_at""",
    "cast": f"select '{TEXT}'::timestamp as updated_at",
    "insert": "from kept",
    "read_csv": "from 'postings.csv'",
}
seen = {
    how: db.execute(f"select typeof(updated_at), updated_at::varchar from ({words})").fetchone() for how, words in asked.items()
}
for how, (kind, at) in seen.items():
    print(f"seen: {how}: {at} {kind}")
later = db.execute(f"select max_by(t, t::timestamp) from (values ('{TEXT}'), ('2026-10-06T03:00:00+00:00')) v(t)").fetchone()[0]
print("seen: the later by cast:", later)
dropped = ("TIMESTAMP", "2026-10-05 23:30:00")
same = seen.pop("read_json") == ("TIMESTAMP", "2026-10-06 03:30:00") and later != TEXT
same = same and seen.pop("read_csv") == ("TIMESTAMP WITH TIME ZONE", "2026-10-05 23:30:00-04")
same = same and set(seen.values()) == {dropped}
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
