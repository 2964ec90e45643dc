"""Wires assets, checks, jobs, schedules and resources; nothing else."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import dagster as dg
from platformdirs import user_data_dir

from pipeline.assets import checks, duplicates, history, labels, postings, published, raw, skills, tables
from pipeline.resources import resources_of
from pipeline.sensors import sensors_of
from pipeline.settings import days_of

HOME = Path(os.environ.get("TRACKMIX_HOME") or user_data_dir("trackmix")).expanduser().resolve()
REPLAY = os.environ.get("TRACKMIX_REPLAY")
FRESH = dg.FreshnessPolicy.time_window(warn_window=timedelta(days=2), fail_window=timedelta(days=8))
OWNERS = ["team:trackmix"]

listed = [
    raw.boards,
    raw.places,
    *raw.raw_assets,
    history.raw_hackernews,
    postings.postings,
    duplicates.duplicates,
    labels.labels,
    skills.skills,
    tables.tables,
    published.published,
    published.report,
]
assets = dg.map_asset_specs(lambda spec: spec.replace_attributes(owners=OWNERS, freshness_policy=FRESH), listed)
asset_checks = [*dg.load_asset_checks_from_modules([checks])]

load_job = dg.define_asset_job("load", selection=dg.AssetSelection.all() - dg.AssetSelection.assets("report"))
report_job = dg.define_asset_job("render_report", selection=dg.AssetSelection.assets("report"))


@dg.schedule(job=load_job, cron_schedule="0 5 * * *", execution_timezone="UTC")
def load_daily() -> dg.RunRequest:
    """Every board, and the months whose thread may still grow; older ones are filled in by a backfill."""
    return dg.RunRequest(tags=history.months_as_tags(history.MONTHS.get_partition_keys()[-3:]))


defs = dg.Definitions(
    assets=assets,
    asset_checks=asset_checks,
    jobs=[load_job, report_job],
    schedules=[
        load_daily,
        dg.ScheduleDefinition(
            name="report_weekly", job=report_job, cron_schedule="0 9 * * 1", execution_timezone="UTC"
        ),
    ],
    sensors=sensors_of(HOME),
    resources=resources_of(
        HOME,
        Path(REPLAY) if REPLAY else None,
        keep_days=days_of(os.environ.get("TRACKMIX_KEEP_DAYS")),
    ),
    executor=dg.in_process_executor,  # one process writes the warehouse
)
