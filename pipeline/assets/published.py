"""What readers see: the published warehouse and the report of the run."""

from datetime import timedelta

import dagster as dg

from pipeline.assets.tables import tables
from pipeline.resources import Result, StoreResource, WebResource
from reports.site.write import SiteError, bring_up_to_date, page_of, thin_out
from warehouse.store import publish


@dg.asset(group_name="answers", deps=[tables], kinds={"duckdb"})
def published(store: StoreResource) -> Result:
    """What readers open, whole: a copy of the run's file, put in place by an atomic rename, or a snapshot of the lake."""
    return dg.MaterializeResult(metadata=publish(store.path))


WHOLE = dg.AssetCheckSpec("site_is_whole", asset="report", description="Every page of the site could be written.")


@dg.asset(group_name="answers", deps=[published], kinds={"html", "csv"}, check_specs=[WHOLE])
def report(store: StoreResource, web: WebResource) -> dg.MaterializeResult:  # type: ignore[type-arg]  # as Dagster asks with a check
    """The site and the tables behind it, in the home folder, where it would be another now; then the sites of old days may go."""
    page, faults = page_of(store.path), list[str]()
    try:
        bring_up_to_date(store.path, page.parent)
    except SiteError as error:
        faults += error.faults
    deleted = 0
    if store.keep_days is not None:
        deleted = thin_out(store.path, (web.now() - timedelta(days=store.keep_days)).date(), store.keep_sites)
    whole = dg.AssetCheckResult(
        passed=not faults, severity=dg.AssetCheckSeverity.WARN, metadata={"pages not written": ", ".join(faults)}
    )
    return dg.MaterializeResult(
        metadata={"page": dg.MetadataValue.path(page), "sites deleted": deleted}, check_results=[whole]
    )
