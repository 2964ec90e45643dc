"""Which postings are the same job seen twice."""

from collections import Counter
from dataclasses import asdict

import dagster as dg

from pipeline.assets.postings import postings
from pipeline.duplicates import Duplicate, Standing, namesakes
from pipeline.duplicates import duplicates as duplicates_among
from pipeline.resources import Result, StoreResource


@dg.asset(group_name="market", deps=[postings], kinds={"duckdb"})
def duplicates(store: StoreResource) -> Result:
    """Compares the postings of one company and title, so that each job is counted once."""
    found: list[Duplicate] = []
    with store.open() as warehouse:
        rows = warehouse.ask("standing").records()
        for group in namesakes(Standing(**{**row, "places": tuple(row["places"])}) for row in rows):
            ids = [posting.posting_id for posting in group]
            texts = dict(warehouse.ask("texts_by_digest", {"posting_ids": ids}).rows)
            found += duplicates_among(group, texts)
        warehouse.replace("duplicates", [asdict(duplicate) for duplicate in found])
    reasons = Counter(duplicate.reason for duplicate in found)
    return dg.MaterializeResult(metadata={"dagster/row_count": len(found), **reasons})
