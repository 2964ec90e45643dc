"""What comes from outside: the registry, the gazetteer, and one raw asset per source."""

import asyncio
from collections import Counter
from typing import Any

import dagster as dg

from pipeline.places import country_names, gazetteer
from pipeline.price_levels import price_levels
from pipeline.resources import BoardsResource, Result, StoreResource, WebResource
from pipeline.sources import Source, discover
from pipeline.visits import LastVisit, Visitor
from pipeline.web import Validators
from warehouse.store import Store

RETRY = dg.RetryPolicy(max_retries=2, delay=30, backoff=dg.Backoff.EXPONENTIAL, jitter=dg.Jitter.PLUS_MINUS)
SOURCES = discover()


@dg.asset(group_name="raw", kinds={"csv"})
def boards(context: dg.AssetExecutionContext, boards: BoardsResource, web: WebResource, store: StoreResource) -> Result:
    """The registry of this run; boards of sources that are not built are recorded as skipped."""
    listed = boards.read()
    rows = [{"board_id": board.board_id, "is_listed": True, **_columns(board)} for board in listed]
    skipped = [
        {
            "run_id": context.run.run_id,
            "board_id": board.board_id,
            "fetched_at": web.now(),
            "outcome": "skipped",
            "error": f"the source {board.source} is not built yet",
            "loaded_run_id": context.run.run_id,
        }
        for board in listed
        if board.source not in SOURCES
    ]
    with store.open() as warehouse:
        warehouse.load("boards", {"incoming_boards": ("boards", rows)})
        warehouse.append("fetches", skipped)
    counts = Counter(board.source for board in listed)
    return dg.MaterializeResult(metadata={"dagster/row_count": len(listed), "by source": dict(counts)})


@dg.asset(group_name="raw", kinds={"csv"})
def places(store: StoreResource) -> Result:
    """The gazetteer, the names of countries and how dear they are, for questions that name a place."""
    cities = [dict(zip(("city", "region", "country", "latitude", "longitude", "population"), city, strict=True))
              for city in gazetteer()]  # fmt: skip
    countries = [{"country": code, "name": name} for code, name in country_names().items()]
    levels = [level._asdict() for level in price_levels()]
    with store.open() as warehouse:
        warehouse.replace("gazetteer", cities)
        warehouse.replace("countries", countries)
        warehouse.replace("price_levels", levels)
    counts = {"countries": len(countries), "price levels": len(levels)}
    return dg.MaterializeResult(metadata={"dagster/row_count": len(cities), **counts})


def raw_asset(name: str, source: Source) -> dg.AssetsDefinition:
    """The asset that visits every board of one source and keeps what they answer."""

    @dg.asset(name=f"raw_{name}", group_name="raw", deps=[boards], retry_policy=RETRY, kinds={"json"})
    def visit(
        context: dg.AssetExecutionContext, boards: BoardsResource, web: WebResource, store: StoreResource
    ) -> Result:
        listed = [board for board in boards.read() if board.source == name]
        visitor = Visitor(name, source, context.run.run_id, store.path, web.now())
        with store.open() as warehouse:
            last = _last_visits(warehouse)

        async def visit_all() -> list[dict[str, Any]]:
            async with web.open() as opened:
                return await visitor.visit_all(opened, listed, last)

        rows = asyncio.run(visit_all())
        with store.open() as warehouse:
            warehouse.append("fetches", rows)
        outcomes = Counter(row["outcome"] for row in rows)
        failed = [f"- {row['board_id']}: {row['error']}" for row in rows if row["outcome"] == "failed"]
        return dg.MaterializeResult(
            metadata={
                "dagster/row_count": len(rows),
                "bytes": sum(row["bytes"] for row in rows),
                "outcomes": dict(outcomes),
                "failed": dg.MetadataValue.md("\n".join(failed) or "none"),
            }
        )

    return visit


raw_assets = [raw_asset(name, source) for name, source in SOURCES.items()]


def _columns(board: Any) -> dict[str, Any]:
    return {name: getattr(board, name) for name in ("company", "source", "token", "is_sample")}


def _last_visits(warehouse: Store) -> dict[str, LastVisit]:
    rows = warehouse.ask("last_visits").records()
    return {
        row["board_id"]: LastVisit(
            row["fetched_at"],
            Validators(row["etag"], row["last_modified"]),
            row["payload_sha256"],
            row["snapshot"],
        )
        for row in rows
    }
