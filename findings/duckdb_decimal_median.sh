#!/usr/bin/env bash
# DuckDB 1.5.5: the median of DECIMALs is cut to their scale, and approx_quantile of them is an integer.
# A literal such as 0.1 is a DECIMAL, so this holds for shares as for pay. avg answers DOUBLE, and so does median of
# BIGINT. approx_quantile of a list of levels keeps the scale where that of one level does not.
# Seen: median of 0.1 and 0.2 is 0.1; approx_quantile of 0.2, 0.4, 0.6 is 0 (SMALLINT), with a list of one level 0.4.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==1.5.5
cd "$work"
venv/bin/python - <<'PY'
import sys
from decimal import Decimal

import duckdb


def answer(question):
    return duckdb.execute(question).fetchone()


two = answer("select median(share), avg(share), median(share::double) from (values (0.1), (0.2)) t(share)")
wages = answer("select median(pay), avg(pay) from (values (1::decimal(9, 0)), (2)) t(pay)")
three = answer(
    "select approx_quantile(share, 0.5), typeof(approx_quantile(share, 0.5)), approx_quantile(share, [0.5]) "
    "from (values (0.2), (0.4), (0.6)) t(share)"
)
print(f"seen: of 0.1 and 0.2: median {two[0]}, avg {two[1]:.2f}, median as DOUBLE {two[2]:.2f}")
print(f"seen: of 1 and 2 as DECIMAL(9, 0): median {wages[0]}, avg {wages[1]}")
print(f"seen: of 0.2, 0.4 and 0.6: approx_quantile {three[0]} ({three[1]}), with a list {three[2][0]}")
same = two[0] == Decimal("0.1") and round(two[2], 2) == 0.15 and wages == (1, 1.5)
same = same and three == (0, "SMALLINT", [Decimal("0.4")])
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
