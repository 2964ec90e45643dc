"""From kept payloads to judged postings: only what changed since the last run."""

from collections import defaultdict
from datetime import timedelta
from itertools import accumulate, takewhile
from typing import Any

import dagster as dg

from classifiers.sieve import kept_sieve
from pipeline.assets.dumps import raw_dump
from pipeline.assets.history import raw_hackernews
from pipeline.assets.raw import raw_assets
from pipeline.fetching import snapshots
from pipeline.posting import Board
from pipeline.reading.normalise import READING
from pipeline.resources import Result, StoreResource, WebResource
from pipeline.stages.changes import Changes, Fetch
from pipeline.stages.payloads import Batch, Kept, read
from pipeline.stages.processes import Processes
from pipeline.stages.teaching import read_labels
from warehouse.shards import Shard
from warehouse.store import Store

BATCH, MOST_BYTES = 100, 256 * 2**20  # boards a transaction, and what they answered: it is held in memory
TOGETHER = 4  # boards that one process reads at a time


@dg.asset(group_name="market", deps=[*raw_assets, raw_hackernews, raw_dump], kinds={"duckdb"})
def postings(
    context: dg.AssetExecutionContext, store: StoreResource, web: WebResource, processes: dg.ResourceParam[Processes]
) -> Result:
    """Reads every payload that is not loaded yet, those a killed run left included; then old payloads may go."""
    with store.open() as warehouse:
        while batch := _pending(warehouse, store.shard):
            changes = _read(batch, store, warehouse, processes, context.run.run_id)
            warehouse.load("postings", changes.staged())
        counts = warehouse.ask("run/counts", {"run_id": context.run.run_id}).records()[0]
        total = warehouse.ask("select count(*) from postings").rows[0][0]
        needed = {row[0] for row in warehouse.ask("run/needed_snapshots").rows}
    deleted = 0
    if store.keep_days is not None:
        # a run of another shard may have kept what it has not written down yet
        days = store.keep_days if store.shard.is_whole else max(1, store.keep_days)
        deleted = snapshots.thin_out(store.payloads, needed, web.now() - timedelta(days=days))
    return dg.MaterializeResult(metadata={"dagster/row_count": total, "payloads deleted": deleted, **counts})


def _pending(warehouse: Store, shard: Shard) -> list[dict[str, Any]]:
    """The next fetches to load, all of one run, so that no board comes twice in a batch; never none where one is left."""
    rows = warehouse.ask("run/pending_fetches", {"most": BATCH, **shard.params()}).records()
    of_one = takewhile(lambda row: row["run_id"] == rows[0]["run_id"], rows)
    sizes = accumulate(row["bytes"] or 0 for row in rows)
    fitting = [row for row, size in zip(of_one, sizes, strict=False) if size <= MOST_BYTES]
    return fitting or rows[:1]


def _read(
    batch: list[dict[str, Any]], store: StoreResource, warehouse: Store, processes: Processes, run_id: str
) -> Changes:
    """Judge what the batch's payloads changed.

    An unchanged board is reread only for new reading rules, or to see whether it still misses what it missed.
    """
    known: dict[str, dict[str, str]] = defaultdict(dict)
    still_open: dict[str, set[str]] = defaultdict(set)
    stale = set()
    is_sieved = {row["board_id"]: row["is_sieved"] for row in batch}
    labelled = frozenset(row["posting_id"] for row in (read_labels(store.path) if any(is_sieved.values()) else ()))
    for row in warehouse.ask("run/known_postings", {"board_ids": [row["board_id"] for row in batch]}).records():
        if row["is_open"]:
            still_open[row["board_id"]].add(row["posting_id"])
        if _is_current(row, is_sieved[row["board_id"]], labelled):
            known[row["board_id"]][row["posting_id"]] = row["raw_sha256"]
        elif row["is_open"]:
            stale.add(row["board_id"])
    unchanged = store.payloads.held({row["snapshot"] for row in batch if row["outcome"] == "unchanged"})
    changes, kept = Changes(run_id), list[Kept]()
    for row in batch:
        board = Board(row["company"], row["source"], row["token"], row["is_sample"])
        is_open = frozenset(still_open[board.board_id])
        fetch = Fetch(
            row["run_id"], board, row["fetched_at"], is_open, row["read_before_on"], row["is_sieved"], labelled
        )
        misses = row["listed_in_doubt"] is not None and len(is_open) > row["listed_in_doubt"]
        if row["snapshot"] in unchanged and not misses and board.board_id not in stale:
            changes.add_unchanged(fetch)
        else:
            kept.append(Kept(fetch, row["snapshot"], known[board.board_id]))
    parts = (Batch(store.payloads, run_id, kept[start : start + TOGETHER]) for start in range(0, len(kept), TOGETHER))
    for part in processes.map(read, parts):
        changes.add(part)
    return changes


def _is_current(row: dict[str, Any], is_sieved: bool, labelled: frozenset[str]) -> bool:
    """Whether a posting was read by these rules, through the sieve where its board is sieved, but for what a person labelled."""
    by_sieve = row["sieve"] == (kept_sieve().version if is_sieved else None)
    return row["reading"] == READING and by_sieve and not (row["is_sifted"] and row["posting_id"] in labelled)
