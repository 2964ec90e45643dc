"""Which postings are the same job seen twice."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict

import dagster as dg

from pipeline.assets.postings import postings
from pipeline.resources import Result, StoreResource
from pipeline.stages.duplicates import Duplicate, PostingSpan, candidate_duplicates
from pipeline.stages.duplicates import duplicates as duplicates_among

BATCH = 1000  # postings whose texts are held at once


@dg.asset(group_name="market", deps=[postings], kinds={"duckdb"})
def duplicates(store: StoreResource) -> Result:
    """Compares the postings of one company and title, so that each job is counted once."""
    found: list[Duplicate] = []
    with store.open() as warehouse:
        rows = warehouse.ask("run/posting_spans").records()
        for groups in _batches(
            candidate_duplicates(PostingSpan(**{**row, "places": tuple(row["places"])}) for row in rows)
        ):
            ids = [posting.posting_id for group in groups for posting in group]
            texts = dict(warehouse.ask("run/texts_by_digest", {"posting_ids": ids}).rows)
            found += (duplicate for group in groups for duplicate in duplicates_among(group, texts))
        warehouse.replace("duplicates", [asdict(duplicate) for duplicate in found])
    reasons = Counter(duplicate.reason for duplicate in found)
    return dg.MaterializeResult(metadata={"dagster/row_count": len(found), **reasons})


def _batches(groups: list[list[PostingSpan]]) -> Iterator[list[list[PostingSpan]]]:
    batch: list[list[PostingSpan]] = []
    for group in groups:
        batch.append(group)
        if sum(map(len, batch)) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
