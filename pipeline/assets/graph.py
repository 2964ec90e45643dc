"""All assets and checks, whatever home they work on: a mistake in a home's settings is none of theirs."""

from __future__ import annotations

from datetime import timedelta

import dagster as dg

from pipeline.assets import checks, dumps, duplicates, history, labels, postings, published, raw, skills, tables

FRESH = dg.FreshnessPolicy.time_window(warn_window=timedelta(days=2), fail_window=timedelta(days=8))
OWNERS = ["team:trackmix"]

listed = [
    raw.boards,
    raw.places,
    *raw.raw_assets,
    history.raw_hackernews,
    dumps.raw_dump,
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
