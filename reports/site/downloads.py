"""The downloads: every public table as CSV and Parquet with its dictionary, and the DuckDB file."""

from __future__ import annotations

from collections.abc import Iterator

from reports.export import NOT_SHARED, public_tables
from reports.site.market import Market
from reports.site.page import Page
from warehouse.store import PUBLISHED


def pages(market: Market) -> Iterator[Page]:
    facts = {"tables": public_tables(market.home), "not_shared": NOT_SHARED, "database": PUBLISHED}
    yield Page("downloads.html", "downloads.html", "Downloads", facts)
