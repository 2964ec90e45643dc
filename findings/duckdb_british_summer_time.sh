#!/usr/bin/env bash
# DuckDB 1.5.5: a time in BST, British Summer Time, is read as one of Bangladesh, five hours before.
# The zones of DuckDB come with ICU, whose names of three letters are old ones: BST is Asia/Dhaka, AST Alaska, NST New Zealand,
# SST the Solomon Islands, ACT Darwin; EST keeps its winter, CST does not. Names of four letters (CEST, AEDT) and the summers
# EDT and PDT raise, so one would take what does not raise for what it says. By a cast, AT TIME ZONE and strptime's %Z alike.
# A feed's posting of 03:00 BST on the first of July stands in June. A zone's whole name or an offset mends it.
# Seen: 09:00 BST is 03:00 UTC (Europe/London 08:00), NST 21:00 of the day before, AST 17:00, EST 14:00, CST 14:00; EDT and
# CEST raise; 03:00 BST of 1 July is in June.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==1.5.5
cd "$work"
venv/bin/python - <<'PY'
import sys

import duckdb

db = duckdb.connect()
db.execute("set TimeZone = 'UTC'")


def in_utc(zone, at="2026-07-01 09:00:00"):
    """The same time by a cast, by AT TIME ZONE and by strptime; what is raised in words."""
    ways = (
        f"'{at} {zone}'::timestamptz",
        f"timestamp '{at}' at time zone '{zone}'",
        f"strptime('{at} {zone}', '%Y-%m-%d %H:%M:%S %Z')",
    )
    found = set()
    for way in ways:
        try:
            found.add(db.execute(f"select strftime({way}, '%m-%d %H:%M')").fetchone()[0])
        except duckdb.Error as error:
            found.add("raises" if "Unknown TimeZone" in str(error) else str(error))
    return " or ".join(sorted(found))


zones = ("BST", "Europe/London", "NST", "AST", "EST", "CST", "EDT", "CEST")
seen = {zone: in_utc(zone) for zone in zones}
early = in_utc("BST", "2026-07-01 03:00:00")
print("seen:", seen, "- 03:00 BST:", early)
hours = ["07-01 03:00", "07-01 08:00", "06-30 21:00", "07-01 17:00", "07-01 14:00", "07-01 14:00", "raises", "raises"]
same = list(seen.values()) == hours and early == "06-30 21:00"
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
