#!/usr/bin/env bash
# lifelines 0.30.0: of 20 postings half are closed after ten days, and the median time to close is infinite; of 16 it is 8 days.
# The median is the first time at which no more than a half is left. The curve is a product, 19/20 * 18/19 and so on, which ends
# at a half exactly; computed by logarithms it ends at 0.5000000000000002 for 6, 8, 14, 18 or 20 postings, and never comes to a
# half (other sizes may be hit where the processor's logarithm differs in its last bit). Infinite is what lifelines says
# where most are still open, so nobody looks twice. Where all are closed, one a day, the same sum is late by a day: 4 of 6
# postings, 11 of 20, in place of 3 and 10. scipy's ecdf is at a half there. Who shows how long postings stay open, by place,
# shows "never" for some places of few postings: take the first time at which the curve is at most 0.5 + 1e-9.
# Seen: inf for 6, 8, 14, 18, 20; half of all others up to 40; all closed: 2 of 4, 4 of 6, 11 of 20; scipy 3 of 6; with a
# margin all are half.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check lifelines==0.30.0 pandas==3.1.1 scipy==1.17.1
cd "$work"
venv/bin/python - <<'PY'
import sys

import numpy as np
from lifelines import KaplanMeierFitter
from scipy import stats


def median(postings, closed):
    """Of so many postings one is closed each day; the rest are still open after."""
    days = range(1, postings + 1)
    fitted = KaplanMeierFitter().fit(days, [day <= closed for day in days])
    left = fitted.survival_function_.iloc[:, 0]
    return float(fitted.median_survival_time_), float(left.index[left <= 0.5 + 1e-9][0])


fitted = {postings: median(postings, postings // 2) for postings in range(2, 41, 2)}
margin = all(careful == postings / 2 for postings, (_, careful) in fitted.items())
half = {postings: days for postings, (days, _) in fitted.items()}
never = [postings for postings, days in half.items() if np.isinf(days)]
right = all(days == postings / 2 for postings, days in half.items() if postings not in never)
closed = {postings: median(postings, postings)[0] for postings in (4, 6, 20)}
curve = stats.ecdf(stats.CensoredData(uncensored=[1, 2, 3], right=[4, 5, 6])).sf
by_scipy = float(curve.quantiles[curve.probabilities <= 0.5][0])
print(f"seen: never for {never}, others half {right}; all closed {closed}; scipy of 6 {by_scipy}; with a margin half {margin}")
late = [postings for postings, days in closed.items() if days == postings / 2 + 1]
same = bool(never) and right and bool(late) and by_scipy == 3 and margin
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
