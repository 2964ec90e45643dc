#!/usr/bin/env bash
# DuckDB 1.5.5: the postings of Norway, read from CSV, stand in the country false.
# A column of a CSV whose every sampled value is yes or no, in any case, is BOOLEAN, and NO is Norway's ISO 3166 code. A file
# for Norway has false for a country; a file that begins with Norway and goes on elsewhere raises at the first other code; one
# with Sweden among its first rows is text. Types that are stated (`types = {'country': 'VARCHAR'}`) mend it.
# Seen: Norway alone: BOOLEAN, false; Norway and Sweden: VARCHAR, NO; 30,000 rows of Norway before Sweden: raises; stated: NO.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==1.5.5
cd "$work"
venv/bin/python - <<'PY'
import sys

import duckdb

NORWAY, SWEDEN = ["NO"] * 5, ["SE"]


def country(codes: list[str], options: str = "") -> str:
    with open("postings.csv", "w") as file:
        file.write("id,country\n" + "".join(f"{at},{code}\n" for at, code in enumerate(codes)))
    try:
        column = duckdb.sql(f"select country from read_csv('postings.csv'{options})")
        return f"{column.types[0]} {column.fetchall()[0][0]}"
    except duckdb.Error as error:
        return type(error).__name__


seen = {
    "Norway alone": country(NORWAY),
    "Norway and Sweden": country(NORWAY + SWEDEN),
    "30,000 of Norway before Sweden": country(NORWAY * 6_000 + SWEDEN),
    "types stated": country(NORWAY, ", types = {'country': 'VARCHAR'}"),
}
print("seen:", "; ".join(f"{name}: {value}" for name, value in seen.items()))
same = list(seen.values()) == ["BOOLEAN False", "VARCHAR NO", "ConversionException", "VARCHAR NO"]
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
