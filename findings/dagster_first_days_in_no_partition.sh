#!/usr/bin/env bash
# Dagster 1.13.27: weekly and monthly partitions begin after `start_date` unless it is a Sunday or a first; the days before
# are in no partition. One would think that the first partition holds the start. Weeks from Monday 2026-10-05 begin on
# Sunday 2026-10-11: six days of postings are never asked for, and a backfill of all partitions is green. Each of its weeks
# then lies in two of DuckDB's, whose date_trunc('week') begins on Mondays (`day_offset=1` mends both). Months from
# 2026-01-15 begin with February.
# Seen: 2026-10-11 and 2026-02-01; with day_offset=1 2026-10-05; DuckDB's week of 2026-10-11 is that of 2026-10-05.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check dagster==1.13.27 duckdb==1.5.5
cd "$work"
venv/bin/python - <<'PY'
import sys
from datetime import UTC, datetime

import dagster as dg
import duckdb

NOW = datetime(2026, 11, 30, tzinfo=UTC)


def first(partitions):
    return partitions.get_partition_keys(current_time=NOW)[0]


weeks = first(dg.WeeklyPartitionsDefinition(start_date="2026-10-05"))
mondays = first(dg.WeeklyPartitionsDefinition(start_date="2026-10-05", day_offset=1))
months = first(dg.MonthlyPartitionsDefinition(start_date="2026-01-15"))
by_sql = str(duckdb.sql("select date_trunc('week', date '2026-10-11')::date").fetchone()[0])
print(f"seen: weeks from Monday 2026-10-05 begin {weeks}, with day_offset=1 {mondays}; months from 2026-01-15 begin {months}")
print(f"seen: DuckDB's week of 2026-10-11 begins {by_sql}")
same = (weeks, mondays, months, by_sql) == ("2026-10-11", "2026-10-05", "2026-02-01", "2026-10-05")
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
