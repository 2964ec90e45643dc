"""What comes from outside: the registry, the gazetteer, and one raw asset per source."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import dagster as dg

from pipeline.boards.directory import key, names_by_key
from pipeline.boards.registry import RegistryError, company_tags
from pipeline.fetching.web import Validators
from pipeline.posting import Board
from pipeline.reading.areas import country_names
from pipeline.reading.gazetteer import cities
from pipeline.reading.place_names import place_names, places_version, wide_areas
from pipeline.reading.price_levels import price_levels
from pipeline.resources import BoardsResource, Result, StoreResource, WebResource
from pipeline.sources import Source, discover
from pipeline.stages.visits import LastVisit, Visitor
from warehouse.store import Store

RETRY = dg.RetryPolicy(max_retries=2, delay=30, backoff=dg.Backoff.EXPONENTIAL, jitter=dg.Jitter.PLUS_MINUS)
SOURCES = discover()
LISTED = (
    "board_id varchar, company varchar, source varchar, token varchar, is_sample boolean, named_by varchar, "
    "is_whole boolean, is_given boolean"
)


@dg.asset(group_name="raw", kinds={"csv"})
def boards(context: dg.AssetExecutionContext, boards: BoardsResource, web: WebResource, store: StoreResource) -> Result:
    """The sources, and the registry of this run with its tags; a board that is left out is recorded as skipped."""
    listed, now = boards.read(store.path), web.now()
    about_run = {"is_whole": not boards.only, "is_given": boards.registry is not None}
    rows = [{"board_id": board.board_id, **_columns(board), **about_run} for board in listed]
    left_out = boards.left_out(store.path, gone_boards(store, now))
    of_run = {"run_id": context.run.run_id, "loaded_run_id": context.run.run_id}
    tags = [{"company": company, "tag": tag} for company, of in company_tags(listed).items() for tag in sorted(of)]
    about = [{"source": name, **_about(source)} for name, source in SOURCES.items()]
    with store.open() as warehouse:
        known = {row[0] for row in warehouse.ask("select distinct is_sample from boards").rows}
        if known and not boards.only and not known >= {board.is_sample for board in listed}:
            raise RegistryError("this home has boards of the other kind, invented or real: name another by --home")
        warehouse.replace("sources", about)
        warehouse.load("boards", {"incoming_boards": (LISTED, rows)})
        warehouse.replace("company_tags", tags)
        skipped = {"fetched_at": now, "outcome": "skipped", **of_run}
        ours = left_out.keys() & boards_of_shard(store)
        warehouse.append("fetches", [{"board_id": one, "error": left_out[one], **skipped} for one in sorted(ours)])
    counts = Counter(board.source for board in listed)
    return dg.MaterializeResult(metadata={"dagster/row_count": len(listed), "by source": dict(counts)})


@dg.asset(group_name="raw", kinds={"csv"})
def places(store: StoreResource) -> Result:
    """The gazetteer, the names people have for places, wide areas, and price levels; loaded when they have changed."""
    version = places_version()
    with store.open() as warehouse:
        if is_new := warehouse.ask("from places_version").rows != [(version,)]:
            _load_places(warehouse)
            warehouse.replace("places_version", [{"places_version": version}])  # last: a run killed before loads again
        counts = warehouse.ask("run/places").records()[0]
    return dg.MaterializeResult(metadata={"dagster/row_count": counts.pop("cities"), **counts, "loaded": is_new})


def _load_places(warehouse: Store) -> None:
    columns = ("city", "region", "country", "latitude", "longitude", "population")
    rows = [{name: getattr(city, name) for name in columns} for city in cities()]
    areas = [{"area": wide.area, "country": country, "region": region, "source": wide.source}
             for wide in wide_areas() for country, region in wide.parts]  # fmt: skip
    warehouse.replace("gazetteer", rows)
    warehouse.replace("countries", [{"country": code, "name": name} for code, name in country_names().items()])
    warehouse.replace("price_levels", [level._asdict() for level in price_levels()])
    warehouse.replace("wide_areas", areas)
    warehouse.load("places", {"incoming_names": ("place_names", [name._asdict() for name in place_names()])})


def raw_asset(name: str, source: Source) -> dg.AssetsDefinition:
    """The asset that visits every board of one source and keeps what they answer."""

    @dg.asset(
        name=f"raw_{name}",
        description=f"Visits every board of {source.ABOUT.title} and keeps what it answers.",
        group_name="raw",
        deps=[boards],
        retry_policy=RETRY,
        kinds={"json"},
    )
    def visit(
        context: dg.AssetExecutionContext, boards: BoardsResource, web: WebResource, store: StoreResource
    ) -> Result:
        of_source = [board for board in boards.read(store.path) if board.source == name]
        left_out = boards.left_out(store.path, gone_boards(store, web.now())) if of_source else {}
        ours = boards_of_shard(store) - left_out.keys() if of_source else set()
        listed = [board for board in of_source if board.board_id in ours]
        if not listed:
            return kept(store, [])
        visitor = Visitor(name, source, context.run.run_id, store.payloads, web.now(), web.is_live)
        last = last_visits(store, name)

        async def visit_all() -> list[dict[str, Any]]:
            async with web.open(store.shard) as opened:
                return await visitor.visit_all(opened, listed, last)

        done = kept(store, asyncio.run(visit_all()))
        call_boards(store, visitor.told_companies, boards.read(store.path))
        return done

    return visit


def boards_of_shard(store: StoreResource) -> set[str]:
    """The ids of the boards that this run reads, of all that are known."""
    with store.open() as warehouse:
        return {row[0] for row in warehouse.ask("run/boards_of_shard", store.shard.params()).rows}


def gone_boards(store: StoreResource, now: datetime) -> dict[str, str]:
    """The boards that are not asked now, by id, because they were gone each time they were, with that as a sentence."""
    with store.open() as warehouse:
        rows = warehouse.ask("run/gone_boards", {"now": now}).rows
    return {
        board_id: f"it was gone on {days} days, the last {last_on}; it is asked again from {again_on} on"
        for board_id, days, last_on, again_on in rows
    }


def call_boards(store: StoreResource, told: Mapping[str, str], listed: Sequence[Board]) -> None:
    """Call boards of which nobody says whose they are as they say themselves, in the spelling that a company is listed with."""
    names = names_by_key([board for board in listed if board.named_by != "token"])
    rows = [{"board_id": board_id, "company": names.get(key(name), name)} for board_id, name in told.items()]
    if rows:
        with store.open() as warehouse:
            warehouse.load("companies", {"incoming_companies": ("board_id varchar, company varchar", rows)})


def last_visits(store: StoreResource, source: str) -> dict[str, LastVisit]:
    """What is known of each board of a source and of the run's shard that has ever answered; one whose payload is lost is asked anew."""
    with store.open() as warehouse:
        rows = warehouse.ask("run/last_visits", {"source": source, **store.shard.params()}).records()
    held = store.payloads.held({row["snapshot"] for row in rows})
    for row in rows:
        if row["snapshot"] not in held:
            row.update(etag=None, last_modified=None, payload_sha256="")
    return {
        row["board_id"]: LastVisit(
            row["fetched_at"],
            Validators(row["etag"], row["last_modified"]),
            row["payload_sha256"],
            row["snapshot"],
        )
        for row in rows
    }


def kept(store: StoreResource, rows: list[dict[str, Any]]) -> Result:
    """Write the visits' rows down; answers what they came to."""
    if rows:
        store.payloads.settle([row["snapshot"] for row in rows if row["outcome"] == "fetched"])
        with store.open() as warehouse:
            warehouse.append("fetches", rows)
    outcomes = Counter(row["outcome"] for row in rows)
    failed = [f"- {row['board_id']}: {row['error']}" for row in rows if row["outcome"] == "failed"]
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": len(rows),
            "bytes": sum(row.get("bytes", 0) for row in rows),
            "outcomes": dict(outcomes),
            "failed": dg.MetadataValue.md("\n".join(failed) or "none"),
        }
    )


def list_parts(store: StoreResource, parts: Sequence[Board]) -> None:
    """Write down the boards that a listed one stands for, such as its months."""
    rows = [{"board_id": part.board_id, **_columns(part), "is_listed": True} for part in parts]
    with store.open() as warehouse:
        warehouse.load("parts", {"incoming_boards": ("boards", rows)})


raw_assets = [raw_asset(name, source) for name, source in SOURCES.items() if not source.ABOUT.is_dated]


def _columns(board: Board) -> dict[str, Any]:
    return {name: getattr(board, name) for name in ("company", "source", "token", "is_sample", "named_by")}


def _about(source: Source) -> dict[str, Any]:
    return {name: getattr(source.ABOUT, name) for name in ("title", "lists_all", "is_dated", "credit")}
