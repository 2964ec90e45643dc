"""Wires assets, checks, jobs, schedules and resources; nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import dagster as dg
from platformdirs import user_data_dir

from pipeline.assets import history
from pipeline.assets.graph import asset_checks, assets
from pipeline.assets.shards import PUBLISHING, READING, parted
from pipeline.resources import resources_of
from pipeline.sensors import publish_after, sensors_of
from pipeline.settings import settings_of
from warehouse.shards import shards

HOME = Path(os.environ.get("TRACKMIX_HOME") or user_data_dir("trackmix")).expanduser().resolve()
REPLAY = os.environ.get("TRACKMIX_REPLAY")

SHARDS = shards(settings_of(HOME).shards)
IS_PARTED = len(SHARDS) > 1
without_report = dg.AssetSelection.all() - dg.AssetSelection.assets("report")
report_job = dg.define_asset_job("render_report", selection=dg.AssetSelection.assets("report"))
publish_job = dg.define_asset_job("publish", selection=PUBLISHING - dg.AssetSelection.assets("report"))
load_job = dg.define_asset_job(*("read_shard", READING) if IS_PARTED else ("load", without_report))


@dg.schedule(job=load_job, cron_schedule="0 5 * * *", execution_timezone="UTC")
def load_daily() -> list[dg.RunRequest]:
    """Every board, and the months whose thread may still grow; older ones are filled in by a backfill.

    Where the settings part the boards into shards, a run each; what they read is published when the last of them has ended.
    """
    if IS_PARTED:
        return [dg.RunRequest(partition_key=str(shard)) for shard in SHARDS]
    return [dg.RunRequest(tags=history.months_as_tags(history.MONTHS.get_partition_keys()[-3:]))]


defs = dg.Definitions(
    assets=parted(assets, len(SHARDS)) if IS_PARTED else assets,
    asset_checks=asset_checks,
    jobs=[load_job, report_job, *([publish_job] if IS_PARTED else [])],
    schedules=[
        load_daily,
        dg.ScheduleDefinition(
            name="report_weekly", job=report_job, cron_schedule="0 9 * * 1", execution_timezone="UTC"
        ),
    ],
    sensors=[*sensors_of(HOME), *([publish_after(load_job, publish_job)] if IS_PARTED else [])],
    resources=resources_of(HOME, Path(REPLAY) if REPLAY else None),
    executor=dg.in_process_executor,  # a run is one process; what is spread are runs of shards
)
