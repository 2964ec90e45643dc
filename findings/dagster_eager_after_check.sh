#!/usr/bin/env bash
# Dagster 1.13.27: what a failed blocking check holds back is asked for by eager() on the next tick.
# A blocking check stops what comes after it in its own run. Its asset stands as materialized all the same, so an asset behind
# it with `AutomationCondition.eager()` sees something new and is requested; its run has no check in it and succeeds. One would
# think that blocking is a matter of the asset, not of the run. `eager() & all_deps_blocking_checks_passed()` is quiet.
# Told in dagster-io/dagster issue 17332, of the automation before this one. Who publishes counts behind a check that no board
# was lost publishes them a tick later; trackmix, which checks so, has its assets in one job and no automation conditions.
# Seen: the run fails and the counts are not published; eager requests them; their run succeeds; with the condition, none.
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
published = []


@dg.asset
def postings(): ...


@dg.asset_check(asset=postings, blocking=True)
def no_board_is_lost():
    return dg.AssetCheckResult(passed=False)


def requested(condition):
    """What a run does, and how many of the published counts the tick after it requests."""

    @dg.asset(deps=[postings], automation_condition=condition)
    def counts():
        published.append(1)

    assets = [postings, no_board_is_lost, counts]
    defs, instance = dg.Definitions(assets=assets[::2], asset_checks=assets[1:2]), dg.DagsterInstance.ephemeral()
    tick = dg.evaluate_automation_conditions(defs, instance=instance)
    ran = dg.materialize(assets, instance=instance, raise_on_error=False)
    held = not published
    tick = dg.evaluate_automation_conditions(defs, instance=instance, cursor=tick.cursor)
    return ran.success, held, tick.get_num_requested(counts.key), assets, instance


eager = dg.AutomationCondition.eager()
success, held, asked, assets, instance = requested(eager)
alone = dg.materialize(assets, selection=[assets[2]], instance=instance, raise_on_error=False).success
done = len(published)
published.clear()
quiet = requested(eager & dg.AutomationCondition.all_deps_blocking_checks_passed())[2]
print(f"seen: run {success}, held {held}; eager requests {asked}, alone {alone}, published {done}; with the condition {quiet}")
same = (success, held, asked, alone, done, quiet) == (False, True, 1, True, 1, 0)
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
