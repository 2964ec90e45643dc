"""What kept payloads change in the warehouse, in batches that any process may read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.fetching import snapshots
from pipeline.fetching.storage import Storage
from pipeline.sources import Source, discover
from pipeline.stages.changes import Changes, Fetch


@dataclass(frozen=True, slots=True)
class Kept:
    """A fetch whose payload is to be read; `known` maps the ids of its board's postings to the digests already judged."""

    fetch: Fetch
    snapshot: str
    known: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Batch:
    """Payloads that are read together, on behalf of a run."""

    storage: Storage
    run_id: str
    kept: Sequence[Kept]


def read(batch: Batch) -> Changes:
    """What the payloads of a batch change. One that is lost costs its board: nobody knows what it said."""
    changes = Changes(batch.run_id)
    for kept in batch.kept:
        try:
            payload = snapshots.reread(batch.storage, kept.snapshot)
        except snapshots.SnapshotError as error:
            changes.add_lost(kept.fetch, error)
        else:
            changes.add_payload(kept.fetch, _sources()[kept.fetch.board.source], payload, kept.known)
    return changes


@cache
def _sources() -> dict[str, Source]:
    return discover()
