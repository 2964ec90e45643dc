"""Which postings are the same job seen twice."""

from collections.abc import Iterator
from dataclasses import asdict

import dagster as dg

from pipeline.assets.postings import postings
from pipeline.resources import Result, StoreResource
from pipeline.stages.duplicates import RULES, Duplicate, PostingSpan, called_alike, candidate_duplicates
from pipeline.stages.duplicates import duplicates as duplicates_among
from warehouse.store import Store

BATCH = 1000  # postings whose texts are held at once
COMPANIES = "company varchar, digest varchar"


@dg.asset(group_name="market", deps=[postings], kinds={"duckdb"})
def duplicates(store: StoreResource) -> Result:
    """Compares the postings of one company and title, so that each job is counted once; companies that did not change stay."""
    with store.open() as warehouse:
        warehouse.load("across_boards", {})
        changed = dict(warehouse.ask("run/uncompared_companies", {"rules": RULES}).rows)
        if changed:
            _compare(warehouse, changed)
        rows = warehouse.ask("select reason, count(*) from duplicates group by reason order by reason").rows
    reasons = dict(rows)
    total = sum(reasons.values())
    return dg.MaterializeResult(metadata={"dagster/row_count": total, **reasons, "companies compared": len(changed)})


def _compare(warehouse: Store, changed: dict[str, str]) -> None:
    """Find the duplicates of the companies that changed anew, and of those that are called like them."""
    names = [row[0] for row in warehouse.ask("select distinct company from postings order by company").rows]
    compared = called_alike(names, changed)
    rows = warehouse.ask("run/posting_spans", {"companies": compared}).records()
    found: list[Duplicate] = []
    for groups in _batches(
        candidate_duplicates(PostingSpan(**{**row, "places": tuple(row["places"])}) for row in rows)
    ):
        ids = [posting.posting_id for group in groups for posting in group]
        texts = dict(warehouse.ask("run/texts_by_digest", {"posting_ids": ids}).rows)
        found += (duplicate for group in groups for duplicate in duplicates_among(group, texts))
    companies = [{"company": company, "digest": changed.get(company)} for company in compared]
    staged = {
        "incoming_companies": (COMPANIES, companies),
        "incoming_duplicates": ("duplicates", [asdict(duplicate) for duplicate in found]),
    }
    warehouse.load("duplicates", staged)


def _batches(groups: list[list[PostingSpan]]) -> Iterator[list[list[PostingSpan]]]:
    batch: list[list[PostingSpan]] = []
    for group in groups:
        batch.append(group)
        if sum(map(len, batch)) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
