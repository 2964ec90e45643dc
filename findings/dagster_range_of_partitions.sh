#!/usr/bin/env bash
# Dagster 1.13.27: a run over a range of partitions gives every one of them the run's one result.
# With the tags of a range (a single-run backfill sets them too) the asset runs once for all its months. What it
# returns, its row count included, is recorded for each month; a failed blocking check marks the run as failed and
# leaves every month materialized; and a range whose end is before its start is no error: the run succeeds, reads no
# month and records none.
# Seen: 90 rows of three months are recorded as 270; the check fails, three months stand; the reversed range: success,
# none.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check dagster==1.13.27
cd "$work"
venv/bin/python - <<'PY'
import sys

import dagster as dg

MONTHS = dg.MonthlyPartitionsDefinition(start_date="2026-01-01", end_date="2026-07-01")
QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


@dg.asset(partitions_def=MONTHS)
def postings(context):
    return dg.MaterializeResult(metadata={"dagster/row_count": 30 * len(context.partition_keys)})


@dg.asset_check(asset=postings, blocking=True)
def are_whole():
    return dg.AssetCheckResult(passed=False)


def run(assets, first, last):
    instance = dg.DagsterInstance.ephemeral()
    tags = {"dagster/asset_partition_range_start": first, "dagster/asset_partition_range_end": last}
    result = dg.materialize(assets, instance=instance, tags=tags, run_config=QUIET, raise_on_error=False)
    events = result.asset_materializations_for_node("postings")
    rows = sum(event.metadata["dagster/row_count"].value for event in events if event.partition)
    return result.success, len(instance.get_materialized_partitions(postings.key)), rows


plain = run([postings], "2026-02-01", "2026-04-01")
checked = run([postings, are_whole], "2026-02-01", "2026-04-01")
reversed_range = run([postings], "2026-04-01", "2026-02-01")
runs = {"range": plain, "failed check": checked, "reversed range": reversed_range}
for name, (success, months, rows) in runs.items():
    print(f"seen: {name}: success {success}, months recorded {months}, rows summed over them {rows}")
same = (plain, checked, reversed_range) == ((True, 3, 270), (False, 3, 270), (True, 0, 0))
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
