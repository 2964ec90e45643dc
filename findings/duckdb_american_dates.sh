#!/usr/bin/env bash
# DuckDB 1.5.5: whether 10/05/2026 is in October or in May depends on the other rows of its file.
# A CSV's dates are sniffed a file at a time. Days first is tried first, so a week without a day after the 12th is read days
# first, and the next week, which has the 19th, months first: postings of 5 October stand in May, and one read of both files
# mixes the two without an error. With two figures for the year it is years first: 10-05-26 is 26 May 2010. One would think
# that one folder has one format, or that an ambiguous column stays text. `dateformat` mends it.
# Who counts the openings of each month, from a spreadsheet's export, finds some in months that are not over or long ago.
# Seen: 2026-05-10 and 2026-12-10 from the first week, 2026-10-19 and 2026-10-26 from the second, both in one read;
# 2010-05-26 by two figures; with dateformat 2026-10-05.
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

files = {
    "first.csv": ["10/05/2026", "10/12/2026"],
    "second.csv": ["10/19/2026", "10/26/2026"],
    "short.csv": ["10-05-26", "10-12-26"],
}
for file, days in files.items():
    Path(file).write_text("\n".join(["posted", *days]) + "\n")


def days(reader):
    return [str(day) for (day,) in duckdb.sql(f"select posted from {reader}").fetchall()]


first, second, short = ([*days(f"'{file}'")] for file in files)
both = days("read_csv(['first.csv', 'second.csv'])")
told = days("read_csv(['first.csv', 'second.csv'], dateformat = '%m/%d/%Y')")
print(f"seen: {first}, {second}, both {both}; {short}; with dateformat {told}")
same = (first, second, short) == (
    ["2026-05-10", "2026-12-10"],
    ["2026-10-19", "2026-10-26"],
    ["2010-05-26", "2010-12-26"],
)
same = same and both == first + second and told == ["2026-10-05", "2026-10-12", *second]
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
