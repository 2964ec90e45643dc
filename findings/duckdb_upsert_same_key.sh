#!/usr/bin/env bash
# DuckDB 1.5.5: several source rows of one key never raise in an upsert; which wins depends on statement and size.
# PostgreSQL refuses a MERGE or an ON CONFLICT DO UPDATE that meets a row twice. Here the source has (1, 'a'), (1, 'b'),
# (1, 'c'), in that order. MERGE and UPDATE FROM take the first in a target of one or two rows and the last from three
# rows on. ON CONFLICT DO UPDATE takes the first. A MERGE of a key that is new inserts it three times.
# Seen: target of 1, 2, 3, 100 rows: a, a, c, c by MERGE and by UPDATE; a by ON CONFLICT; three rows of a new key.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==1.5.5
cd "$work"
venv/bin/python - <<'PY'
import sys

import duckdb

SOURCE = "(select * from (values (1, 'a'), (1, 'b'), (1, 'c')) s(key, word))"
MERGE = f"""
    merge into target using {SOURCE} s using (key)
    when matched then update set word = s.word
    when not matched then insert
"""
UPDATE = f"update target set word = s.word from {SOURCE} s where s.key = target.key"
UPSERT = f"insert into target select * from {SOURCE} on conflict do update set word = excluded.word"


def words_of_one(statement, rows, key="integer"):
    with duckdb.connect() as db:
        db.execute(f"create table target (key {key}, word varchar)")
        db.execute(f"insert into target select key, 'old' from range(1, {rows} + 1) t(key)")
        db.execute(statement)
        return "".join(word for (word,) in db.execute("select word from target where key = 1").fetchall())


sizes = (1, 2, 3, 100)
seen = {
    "MERGE": [words_of_one(MERGE, rows) for rows in sizes],
    "UPDATE": [words_of_one(UPDATE, rows) for rows in sizes],
    "ON CONFLICT": [words_of_one(UPSERT, rows, "integer primary key") for rows in sizes],
    "MERGE of a new key": words_of_one(MERGE, 0),
}
for statement, words in seen.items():
    print(f"seen: {statement}: {words}")
matched = ["a", "a", "c", "c"]
same = list(seen.values()) == [matched, matched, ["a"] * 4, "abc"]
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
