#!/usr/bin/env bash
# Dagster 1.13.27: an asset that yields its result and then raises is materialized, and once more at each retry.
# One would think that a step's events count once the step has succeeded. Those of a generator are kept as they are yielded: a
# step that fails in the lines behind its yield (deleting what was loaded, say) leaves a materialization with its row count,
# what waits for the asset by eager() goes on, and a RetryPolicy adds one at every try. A sum of row counts over a day's events
# counts the same rows three times. What is returned is kept only at the end: return, or yield last.
# trackmix's assets return their results.
# Seen: yield, then raise: the run fails, 1 materialization, eager requests 1; with two retries: success, 3, 15 rows for 5;
# return: 0 and, with retries, 1.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check dagster==1.13.27
cd "$work"
venv/bin/python - <<'PY'
import logging
import sys
import warnings

import dagster as dg

logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore", dg.BetaWarning)


def run(yields, retries, fails):
    """Whether it succeeded, the row counts of its materializations, and what eager requests behind it."""
    tries = []

    def work():
        tries.append(1)
        if len(tries) <= fails:
            raise ValueError("a line behind the result")

    def yielding():
        yield dg.MaterializeResult(metadata={"dagster/row_count": 5})
        work()

    def returning():
        work()
        return dg.MaterializeResult(metadata={"dagster/row_count": 5})

    postings = dg.asset(name="postings", retry_policy=dg.RetryPolicy(max_retries=retries))(yielding if yields else returning)

    @dg.asset(deps=[postings], automation_condition=dg.AutomationCondition.eager())
    def counts(): ...

    defs, instance = dg.Definitions(assets=[postings, counts]), dg.DagsterInstance.ephemeral()
    tick = dg.evaluate_automation_conditions(defs, instance=instance)
    success = dg.materialize([postings], instance=instance, raise_on_error=False).success
    tick = dg.evaluate_automation_conditions(defs, instance=instance, cursor=tick.cursor)
    found = instance.fetch_materializations(postings.key, limit=10).records
    rows = [record.asset_materialization.metadata["dagster/row_count"].value for record in found]
    return success, rows, tick.get_num_requested(counts.key)


seen = [run(True, 0, 1), run(True, 2, 2), run(False, 0, 1), run(False, 2, 2)]
print("seen:", seen)
same = seen == [(False, [5], 1), (True, [5, 5, 5], 1), (False, [], 0), (True, [5], 1)]
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
