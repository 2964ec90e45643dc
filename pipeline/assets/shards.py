"""What of the pipeline a run of a shard does, and what comes once, after the shards were read.

A shard is a partition: its run reads, judges and labels its boards. What looks across boards follows in one run.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import dagster as dg

from pipeline.assets import checks, raw
from pipeline.assets.dumps import raw_dump
from pipeline.assets.duplicates import duplicates
from pipeline.assets.history import raw_hackernews
from pipeline.assets.labels import labels
from pipeline.assets.postings import postings
from pipeline.assets.published import published, report
from pipeline.assets.skills import skills
from pipeline.assets.tables import tables
from warehouse.shards import shards

# of Hacker News, whose months are read at once where they are its partitions
warnings.filterwarnings("ignore", message="Asset job .* with varying BackfillPolicies")
PARTED = (*raw.raw_assets, raw_hackernews, raw_dump, postings, labels)
READING = dg.AssetSelection.assets(raw.boards, *PARTED).without_checks() | dg.AssetSelection.checks(
    checks.registry_is_not_cut, checks.some_host_is_reached, checks.boards_answer, checks.some_board_was_read
)
PUBLISHING = dg.AssetSelection.assets(
    raw.places, duplicates, skills, tables, published, report
) | dg.AssetSelection.checks(
    checks.keys_are_unique,
    checks.some_board_was_read,
    checks.every_source_was_read,
    checks.rejects_are_few,
    checks.every_posting_is_labelled,
    checks.words_are_familiar,
    checks.labels_cover_all_six,
)


def parted(assets: Sequence[dg.AssetsDefinition], of: int) -> list[dg.AssetsDefinition]:
    """The assets, those that are read by shard as so many partitions each."""
    partitions = dg.StaticPartitionsDefinition([str(shard) for shard in shards(of)])
    keys = {asset.key for asset in PARTED}
    return [
        asset
        for asset in dg.map_asset_specs(
            lambda spec: spec.replace_attributes(partitions_def=partitions) if spec.key in keys else spec, assets
        )
        if isinstance(asset, dg.AssetsDefinition)
    ]
