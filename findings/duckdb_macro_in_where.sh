#!/usr/bin/env bash
# DuckDB 1.5.5: a macro that looks something up means another thing in WHERE than in SELECT.
# Its body has a subquery with a column named as the argument's. In the select list `best(job)` takes the caller's `job`; in
# WHERE the same words take the `job` of the table inside, so that every row equals itself. No error.
# Seen: rows without a best by select: 1; by where: 0; by where with the table named: 1.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==1.5.5
cd "$work"
venv/bin/python - <<'PY'
import sys

import duckdb

duckdb.execute("create table ranges as from (values (1, 10), (2, 20)) t(job, high)")
duckdb.execute("create table jobs as from (values (1), (2), (3)) t(job)")
duckdb.execute("create macro best(of_job) as (select max(r.high) from ranges r where r.job = of_job)")


def rows(question):
    return duckdb.execute(question).fetchone()[0]


by_select = rows("select count(*) from (select best(job) as high from jobs) where high is null")
by_where = rows("select count(*) from jobs where best(job) is null")
by_name = rows("select count(*) from jobs where best(jobs.job) is null")
print(f"seen: rows without a best by select: {by_select}; by where: {by_where}; by where with the table named: {by_name}")
same = (by_select, by_where, by_name) == (1, 0, 1)
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
