#!/usr/bin/env bash
# DuckDB 1.5.5: 2.5 cast to an integer is 2 or 3 by the type it happens to have, and round says 3 to both.
# A DOUBLE goes to the even neighbour, a DECIMAL or a text away from zero. A division answers DOUBLE and a literal is a DECIMAL,
# so `(pay / 10000)::integer` is not what `2.5::integer` told who tried it out. Pay stands on round numbers, so halves are
# common, and bands cut by a cast hold twice the postings at every even number and none at the odd ones: ten pays, one to a
# band, make six bands. `round` before the cast, or floor, mends it. printf goes to the even neighbour too: a page says 2 where a
# table by round says 3.
# Seen: 2.5 as DOUBLE 2, avg(2, 3) 2, as DECIMAL 3, as text 3, round 3, printf 2; bands 0: 1, 2: 2, 4: 2, 6: 2, 8: 2, 10: 1; by
# round ten of 1.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==1.5.5
cd "$work"
venv/bin/python - <<'PY'
import sys

import duckdb

asked = {
    "double": "2.5::double::integer",
    "average": "(select avg(n)::integer from (values (2), (3)) v(n))",
    "division": "(25000 / 10000)::integer",
    "decimal": "2.5::integer",
    "text": "'2.5'::integer",
    "round": "round(2.5::double)::integer",
    "printf": "printf('%.0f', 2.5::double)::integer",
}
seen = {how: duckdb.sql(f"select {words}").fetchone()[0] for how, words in asked.items()}


def bands(cut):
    words = "select {}::integer as band, count(*) from range(5000, 100000, 10000) t(pay) group by band order by band"
    return dict(duckdb.sql(words.format(cut)).fetchall())


cast, rounded = bands("(pay / 10000)"), bands("round(pay / 10000)")
print("seen:", seen, "bands by cast:", cast, "by round:", rounded)
same = list(seen.values()) == [2, 2, 2, 3, 3, 3, 2]
same = same and cast == {0: 1, 2: 2, 4: 2, 6: 2, 8: 2, 10: 1} and rounded == dict.fromkeys(range(1, 11), 1)
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
