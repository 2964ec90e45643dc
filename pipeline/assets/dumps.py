"""History from dumps that somebody kept: months of postings at once, a board a month."""

import asyncio
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import dagster as dg

from pipeline.assets.raw import RETRY, boards, boards_of_shard, kept, last_visits, list_parts
from pipeline.fetching.faults import FetchError
from pipeline.fetching.replay import ReplayError
from pipeline.fetching.web import Validators, Web
from pipeline.posting import Board
from pipeline.resources import BoardsResource, Result, StoreResource, WebResource
from pipeline.sources import dump
from pipeline.sources.dump.mapping import at_hand, dump_in
from pipeline.stages.dumps import sift, version_of
from pipeline.stages.visits import LastVisit, Visitor

SOURCE = "dump"
Rows = list[dict[str, Any]]


@dg.asset(name=f"raw_{SOURCE}", group_name="raw", deps=[boards], retry_policy=RETRY, kinds={"duckdb"})
def raw_dump(
    context: dg.AssetExecutionContext, boards: BoardsResource, web: WebResource, store: StoreResource
) -> Result:
    """Reads the dumps that have changed, and keeps of each month the postings that may be of a track."""
    ours = boards_of_shard(store)
    listed = [board for board in boards.read(store.path) if board.source == SOURCE and board.board_id in ours]
    visitor = Visitor(SOURCE, dump, context.run.run_id, store.payloads, web.now())
    last = last_visits(store, SOURCE) if listed else {}

    async def visit_all() -> Rows:
        rows: Rows = []
        async with web.open(store.shard) as opened:
            for board in listed:
                try:
                    rows += await _visit(opened, visitor, board, last, store)
                except (FetchError, ReplayError) as error:
                    rows.append(visitor.failure(board, error))
        return rows

    return kept(store, asyncio.run(visit_all()))


async def _visit(web: Web, visitor: Visitor, board: Board, last: dict[str, LastVisit], store: StoreResource) -> Rows:
    """The visits to the months of a dump; none where neither its files nor what is made of them has changed."""
    found, model = dump_in(board.token), store.model()
    before = [visit for board_id, visit in last.items() if board_id.startswith(f"{board.board_id}/")]
    if before and not found.address and {visit.validators.etag for visit in before} == {version_of(found, model)}:
        return []
    async with at_hand(web.client(Validators()), found) as here:
        with TemporaryDirectory() as folder:
            months = sift(here, model, Path(folder), visitor.now.date())
            boards = months.boards(board)
            list_parts(store, boards)
            # one after the other: a month is held in memory whole
            return [
                row for each in boards for row in await replace(visitor, source=months).visit_all(web, [each], last)
            ]
