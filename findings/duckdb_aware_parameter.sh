#!/usr/bin/env bash
# DuckDB 1.5.5 with pandas 3.1.1: a time with a zone, held against TIMESTAMP, counts by the zone of the machine.
# A TIMESTAMP column of UTC times and a datetime in UTC look alike. Bound as a parameter, or joined from a frame, the
# datetime is TIMESTAMPTZ, so the column is cast to it, as times of the session's zone, which is the machine's. The same
# file and question count other postings on a laptop than on a server; inserting such a datetime moves it as well. The
# same instant as text ends right everywhere, and pandas refuses the comparison. Who counts postings since an hour gets
# eight hours of them too many in Los Angeles and nine too few in Tokyo.
# DuckDB does so on purpose, as PostgreSQL (duckdb/duckdb issue 11279; of inserts, issue 14082).
# Seen: of 48 hourly postings since midnight UTC: 24 in UTC, 32 in Los Angeles, 15 in Tokyo; as text 24 in each.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==1.5.5 pandas==3.1.1
cd "$work"
cat > count.py <<'PY'
import json
from datetime import UTC, datetime

import duckdb
import pandas

MIDNIGHT = datetime(2026, 12, 1, tzinfo=UTC)
duckdb.execute("""
    create table posting as
    select timestamp '2026-11-30 00:30:00' + to_hours(hour) as posted from range(48) hours(hour)
""")
frame = pandas.DataFrame({"since": [MIDNIGHT]})
postings = duckdb.execute("from posting").df()


def count(tables, condition, *values):
    return duckdb.execute(f"select count(*) from {tables} where posted >= {condition}", list(values)).fetchone()[0]


try:
    in_pandas = int((postings.posted >= MIDNIGHT).sum())
except TypeError as error:
    in_pandas = type(error).__name__
duckdb.execute("create table seen (seen_at timestamp)")
duckdb.execute("insert into seen values (?)", [MIDNIGHT])
counts = {
    "bound": count("posting", "?", MIDNIGHT),
    "from a frame": count("posting, frame", "since"),
    "as text": count("posting", f"'{MIDNIGHT.isoformat()}'"),
    "without its zone": count("posting", "?", MIDNIGHT.replace(tzinfo=None)),
    "pandas": in_pandas,
    "inserted": str(duckdb.execute("from seen").fetchone()[0]),
}
print(json.dumps(counts))
PY
for zone in UTC America/Los_Angeles Asia/Tokyo; do TZ=$zone venv/bin/python count.py; done > counts.jsonl
venv/bin/python - <<'PY'
import json
import sys

rows = [json.loads(line) for line in open("counts.jsonl")]
for zone, row in zip(("UTC", "Los Angeles", "Tokyo"), rows, strict=True):
    print(f"seen: {zone}:", ", ".join(f"{name} {value}" for name, value in row.items()))


def column(name):
    return [row[name] for row in rows]


same = column("bound") == column("from a frame") == [24, 32, 15]
same = same and column("as text") == column("without its zone") == [24] * 3 and column("pandas") == ["TypeError"] * 3
same = same and column("inserted") == ["2026-12-01 00:00:00", "2026-11-30 16:00:00", "2026-12-01 09:00:00"]
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
