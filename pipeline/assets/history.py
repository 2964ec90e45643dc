"""Years of postings from the first day: the monthly threads of Hacker News, a partition each."""

import asyncio
import warnings
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import dagster as dg

from pipeline.assets.raw import RETRY, boards, boards_of_shard, kept, last_visits, list_parts
from pipeline.fetching.faults import FetchError
from pipeline.fetching.replay import ReplayError
from pipeline.fetching.web import Validators
from pipeline.posting import Board
from pipeline.resources import BoardsResource, Result, StoreResource, WebResource
from pipeline.sources import hackernews
from pipeline.stages.visits import LastVisit, Visitor

# tried out for years, and what it does here stands in a test
warnings.filterwarnings("ignore", message=".*backfill_policy", category=dg.BetaWarning)
SOURCE = "hackernews"
MONTHS = dg.MonthlyPartitionsDefinition(start_date="2023-01-01", end_offset=1)  # the present month too
SETTLES = timedelta(days=62)  # from the first of a thread's month; nobody comments on it any more


def months_as_tags(months: Sequence[str]) -> dict[str, str]:
    """The tags with which one run reads a range of months, from the first to the last of `months`."""
    return {"dagster/asset_partition_range_start": months[0], "dagster/asset_partition_range_end": months[-1]}


@dg.asset(
    name=f"raw_{SOURCE}",
    group_name="raw",
    deps=[boards],
    partitions_def=MONTHS,
    backfill_policy=dg.BackfillPolicy.single_run(),
    retry_policy=RETRY,
    kinds={"json"},
)
def raw_hackernews(
    context: dg.AssetExecutionContext, boards: BoardsResource, web: WebResource, store: StoreResource
) -> Result:
    """Visits the threads of the run's months, each a board of its own; one that has settled is read once."""
    ours = boards_of_shard(store)
    listed = [board for board in boards.read(store.path) if board.source == SOURCE and board.board_id in ours]
    visitor = Visitor(SOURCE, hackernews, context.run.run_id, store.payloads, web.now(), web.is_live)
    every = MONTHS.get_partition_keys()
    months = {key[:7] for key in {*context.partition_keys} & {*every} or every}  # of a shard all
    last = last_visits(store, SOURCE) if listed else {}

    async def visit_all() -> list[dict[str, Any]]:
        async with web.open(store.shard) as opened:
            try:
                found = await hackernews.threads(opened.client(Validators()))
            except (FetchError, ReplayError) as error:
                return [visitor.failure(board, error) for board in listed]
            threads = [
                replace(board, token=f"{board.token}/{month}/{thread}")
                for board in listed
                for month, thread in sorted(found.items())
                if month in months
            ]
            open_ones = [thread for thread in threads if not _has_settled(thread, last)]
            list_parts(store, threads)
            return await visitor.visit_all(opened, open_ones, last)

    return kept(store, asyncio.run(visit_all()) if listed else [])


def _has_settled(thread: Board, last: dict[str, LastVisit]) -> bool:
    """Whether the thread was read when nobody commented on it any more."""
    month = datetime.fromisoformat(f"{thread.token.split('/')[1]}-01")
    visit = last.get(thread.board_id)
    return visit is not None and visit.fetched_at > month + SETTLES
