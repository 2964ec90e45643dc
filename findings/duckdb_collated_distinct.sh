#!/usr/bin/env bash
# DuckDB 1.5.5: count(distinct company) does not know the collation of its column that GROUP BY and SELECT DISTINCT obey.
# A column `varchar collate nocase` holds Acme, ACME, acme. `=`, joins, GROUP BY, PARTITION BY and SELECT DISTINCT take them for
# one, so one would think that count(distinct), list(distinct) and a primary key do too. They take them for three:
# a table that is grouped by company shows one row, its total beside it three companies, and an upsert on the key adds a row.
# Known as duckdb/duckdb issue 24319, open. Who counts companies: keep a folded name in a column of its own, and count that.
# Seen: group by 1, select distinct 1, first of each partition 1, equal to 'acme' 3; count(distinct) 3, list(distinct) 3, rows
# of a primary key 3.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==1.5.5
cd "$work"
venv/bin/python - <<'PY'
import sys

import duckdb

names = "(values ('Acme'), ('ACME'), ('acme')) v(company)"
duckdb.sql("create table postings (company varchar collate nocase)")
duckdb.sql(f"insert into postings from {names}")
duckdb.sql("create table companies (company varchar collate nocase primary key)")
duckdb.sql(f"insert into companies from {names} on conflict do nothing")
asked = {
    "group by": "select count(*) from (select company from postings group by company)",
    "select distinct": "select count(*) from (select distinct company from postings)",
    "partition by": "select count(*) from (from postings qualify row_number() over (partition by company) = 1)",
    "equal": "select count(*) from postings where company = 'acme'",
    "count(distinct)": "select count(distinct company) from postings",
    "list(distinct)": "select len(list(distinct company)) from postings",
    "primary key": "select count(*) from companies",
}
seen = {how: duckdb.sql(words).fetchone()[0] for how, words in asked.items()}
print("seen:", seen)
same = list(seen.values()) == [1, 1, 1, 3, 3, 3, 3]
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
