"""What must hold before the warehouse is published."""

from collections.abc import Iterator

import dagster as dg

from pipeline.assets.dumps import raw_dump
from pipeline.assets.duplicates import duplicates
from pipeline.assets.history import raw_hackernews
from pipeline.assets.labels import labels
from pipeline.assets.postings import postings
from pipeline.assets.published import published
from pipeline.assets.raw import boards, places, raw_assets
from pipeline.assets.skills import skills
from pipeline.assets.tables import tables
from pipeline.resources import BoardsResource, StoreResource, WebResource
from pipeline.settings import MOST_FAILED
from pipeline.stages.network import hosts_out_of_reach
from pipeline.stages.teaching import FEWEST, MOST_NEW_WORDS
from warehouse.store import ask, unpublished_runs

MOST_REJECTED = 0.05  # of the postings listed; more means that a source has changed its form
MOST_SHIFT = 0.15  # of the mean probability against the one held-out companies had


def _count(store: StoreResource, question: str) -> int:
    with store.open() as warehouse:
        return int(warehouse.ask(question).rows[0][0])


@dg.asset_check(asset=boards)
def registry_is_not_cut(store: StoreResource) -> dg.AssetCheckResult:
    """Half of the boards that this home has known are listed still, or more; else a part of the registry may be lost."""
    with store.open() as warehouse:
        known, is_listed = warehouse.ask("select count(*), count(*) filter (is_listed) from boards").rows[0]
    return dg.AssetCheckResult(
        passed=2 * is_listed >= known,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"known": known, "listed": is_listed},
    )


@dg.asset_check(asset=boards, blocking=True)
def some_host_is_reached(boards: BoardsResource, web: WebResource, store: StoreResource) -> dg.AssetCheckResult:
    """One of the hosts that the run would ask takes a connection: without a network it ends here, within seconds."""
    asked = boards.read(store.path) if web.is_live else []
    tried = hosts_out_of_reach(asked) if asked else 0
    return dg.AssetCheckResult(passed=not tried, metadata={"hosts": tried})


@dg.asset_check(asset=places, blocking=True)
def cities_have_a_country(store: StoreResource) -> dg.AssetCheckResult:
    """The gazetteer is loaded, and 99 in 100 of its cities lie in a country that ISO names (it names no Kosovo)."""
    cities = _count(store, "select count(*) from gazetteer")
    nameless = _count(store, "select count(*) from gazetteer anti join countries using (country)")
    return dg.AssetCheckResult(passed=cities > 100 * nameless, metadata={"cities": cities, "nameless": nameless})


ANSWERS = {
    asset.key: dg.AssetCheckSpec(
        "boards_answer", asset=asset.key, description="Four in five of the boards that the run asked answered, or more."
    )
    for asset in (*raw_assets, raw_hackernews, raw_dump)
}


@dg.multi_asset_check(specs=[*ANSWERS.values()], can_subset=True)
def boards_answer(context: dg.AssetCheckExecutionContext, store: StoreResource) -> Iterator[dg.AssetCheckResult]:
    """For each source: most of the boards that the run asked answered."""
    with store.open() as warehouse:
        asked = {
            f"raw_{row.pop('source')}": row
            for row in warehouse.ask("run/answers", {"run_id": context.run.run_id}).records()
        }
    for key, spec in ANSWERS.items():
        if spec.key in context.selected_asset_check_keys:
            found = asked.get(key.to_user_string(), {"asked": 0, "failed": 0})
            yield dg.AssetCheckResult(
                passed=found["failed"] <= MOST_FAILED * found["asked"],
                asset_key=key,
                check_name=spec.name,
                severity=dg.AssetCheckSeverity.WARN,
                metadata=found,
            )


@dg.asset_check(asset=duplicates, blocking=True)
def duplicates_are_of_a_job(store: StoreResource) -> dg.AssetCheckResult:
    """What a posting is the same as is a posting, and is none that is not counted itself: every job counts once."""
    lost = _count(store, "select count(*) from duplicates d anti join postings p on p.posting_id = d.same_as")
    chained = _count(store, "select count(*) from duplicates d join duplicates o on o.posting_id = d.same_as")
    return dg.AssetCheckResult(passed=lost == chained == 0, metadata={"of no posting": lost, "of a duplicate": chained})


@dg.asset_check(asset=skills)
def skills_are_of_the_list(store: StoreResource) -> dg.AssetCheckResult:
    """Every skill that a posting names is one of the list."""
    unlisted = _count(store, "select count(distinct skill) from posting_skills anti join skills using (skill)")
    return dg.AssetCheckResult(passed=unlisted == 0, metadata={"unlisted": unlisted})


@dg.asset_check(asset=published)
def readers_see_this_run(context: dg.AssetCheckExecutionContext, store: StoreResource) -> dg.AssetCheckResult:
    """What is published can be opened, and has what this run read, and those before it."""
    of_run = {"run_id": context.run.run_id}
    question = "select count(*) filter (run_id = $run_id), count(*) from fetches"
    with store.open() as warehouse:
        ours = warehouse.ask(question, of_run).rows
    seen = ask(store.path, question, of_run).rows
    return dg.AssetCheckResult(passed=seen == ours, metadata={"boards of the run": seen[0][0]})


@dg.asset_check(asset=postings, blocking=True)
def keys_are_unique(store: StoreResource) -> dg.AssetCheckResult:
    """No board, fetch, posting, place or label stands twice (the tables carry no key constraint)."""
    doubled = _count(store, "run/doubled_keys")
    return dg.AssetCheckResult(passed=doubled == 0, metadata={"doubled": doubled})


@dg.asset_check(asset=labels, blocking=True)
def every_posting_is_labelled(store: StoreResource) -> dg.AssetCheckResult:
    """Every posting has a label, and every label a posting."""
    missing = _count(
        store, "select count(*) from postings full join labels using (posting_id) where title is null or track is null"
    )
    return dg.AssetCheckResult(passed=missing == 0, metadata={"missing": missing})


@dg.asset_check(asset=postings, blocking=True)
def some_board_was_read(context: dg.AssetCheckExecutionContext, store: StoreResource) -> dg.AssetCheckResult:
    """Of the boards that the run asked, one answered: a total outage publishes no day.

    A run that asks none publishes what shards have read since the last one that did, and is held to these.
    """
    with store.open() as warehouse:
        asked = warehouse.ask("run/outage", {"run_ids": [context.run.run_id]}).records()[0]
        if not asked["asked"] and store.shard.is_whole:
            asked = warehouse.ask("run/outage", {"run_ids": unpublished_runs(store.path, warehouse)}).records()[0]
    return dg.AssetCheckResult(passed=not asked["asked"] or asked["answered"] > 0, metadata=asked)


@dg.asset_check(asset=postings)
def every_source_was_read(store: StoreResource) -> dg.AssetCheckResult:
    """Every source with boards had at least one that answered in its last run: an outage is seen."""
    silent = _count(store, "run/silent_sources")
    return dg.AssetCheckResult(passed=silent == 0, metadata={"silent sources": silent})


@dg.asset_check(asset=postings)
def rejects_are_few(store: StoreResource) -> dg.AssetCheckResult:
    """Under five in a hundred of the listed postings could not be read."""
    with store.open() as warehouse:
        rejected, listed = warehouse.ask("run/last_rejects").rows[0]
    share = rejected / max(1, listed)
    return dg.AssetCheckResult(passed=share <= MOST_REJECTED, metadata={"rejected": rejected, "share": share})


@dg.asset_check(asset=labels)
def words_are_familiar(store: StoreResource) -> dg.AssetCheckResult:
    """The open postings speak as those the model learnt from, and it is as sure of them: no drift.

    A larger part of unknown words, or a shift of its mean probability, says: label some and retrain. Beside them stand
    the source and the board that look least like what it learnt from; `trackmix label --review` offers such boards first.
    """
    model = store.model()
    with store.open() as warehouse:
        everything, *parts = warehouse.ask("run/familiarity", {"least": FEWEST}).records()
    unknown, shift = everything["unknown_words"] or 0.0, (everything["probability"] or 0.0) - model.usual_probability
    least_alike = {
        f"least familiar {kind}": f"{part['name']}: {part['unknown_words']:.0%} of the words of {part['postings']} postings unknown"
        for kind in ("source", "board")
        for part in [part for part in parts if part["kind"] == kind][:1]
    }
    is_familiar = unknown - model.usual_unknown <= MOST_NEW_WORDS and abs(shift) <= MOST_SHIFT
    return dg.AssetCheckResult(
        passed=not everything["postings"] or is_familiar,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={
            "unknown words": unknown,
            "usual": model.usual_unknown,
            "shift of mean probability": shift,
            **least_alike,
        },
    )


@dg.asset_check(asset=tables, blocking=True)
def every_block_can_be_read(store: StoreResource) -> dg.AssetCheckResult:
    """The file has no damaged place, in tables that this run had no need of either; DuckDB raises where it finds one."""
    with store.open() as warehouse:
        tables = "select table_name from duckdb_tables() where database_name = current_database()"
        names = [row[0] for row in warehouse.ask(tables).rows]
        for name in names:
            warehouse.ask(f"select bit_xor(hash(t)) from {name} t")
    return dg.AssetCheckResult(passed=True, metadata={"tables": len(names)})


@dg.asset_check(asset=labels)
def labels_cover_all_six(store: StoreResource) -> dg.AssetCheckResult:
    """Each of the six tracks has an open posting; in a small registry one may be missing."""
    covered = _count(store, "select count(distinct track) from open_tracks")
    severity = dg.AssetCheckSeverity.WARN
    return dg.AssetCheckResult(passed=covered == 6, severity=severity, metadata={"tracks": covered})
