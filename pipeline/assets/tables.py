"""The derived tables, built by SQL from the base tables."""

import dagster as dg

from pipeline.assets.duplicates import duplicates
from pipeline.assets.labels import labels
from pipeline.assets.raw import places
from pipeline.assets.skills import skills
from pipeline.resources import Result, StoreResource


@dg.asset(group_name="answers", deps=[labels, duplicates, places, skills], kinds={"duckdb", "sql"})
def tables(store: StoreResource) -> Result:
    """Every table of `warehouse/tables`."""
    with store.open() as warehouse:
        counts = warehouse.build()
    return dg.MaterializeResult(metadata={"dagster/row_count": sum(counts.values()), **counts})
