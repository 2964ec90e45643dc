"""What readers see: the published warehouse and the report of the run."""

import dagster as dg

from pipeline.assets.tables import tables
from pipeline.resources import Result, StoreResource
from reports.site.write import page_of, render
from warehouse.store import publish


@dg.asset(group_name="answers", deps=[tables], kinds={"duckdb"})
def published(store: StoreResource) -> Result:
    """The finished copy that readers open; put in place by an atomic rename."""
    path = publish(store.path)
    return dg.MaterializeResult(metadata={"path": dg.MetadataValue.path(path), "bytes": path.stat().st_size})


@dg.asset(group_name="answers", deps=[published], kinds={"html", "csv"})
def report(store: StoreResource) -> Result:
    """The site and the tables behind it, in the home folder."""
    page = render(store.path, page_of(store.path).parent)
    return dg.MaterializeResult(metadata={"page": dg.MetadataValue.path(page)})
