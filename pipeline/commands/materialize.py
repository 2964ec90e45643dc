"""One run in this process: materializes the same assets that Dagster schedules, and says which stage it is at."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

import dagster as dg

from pipeline.assets.history import MONTHS, months_as_tags
from pipeline.boards.registry import boards_to_read
from pipeline.commands.progress import Progress
from pipeline.definitions import asset_checks, assets
from pipeline.fetching.replay import Replay
from pipeline.resources import SOURCES, BoardsResource, StoreResource, WebResource
from warehouse.store import open_store

STAGES = {
    "boards": "listing the boards",
    "places": "loading the gazetteer",
    "postings": "reading what the boards answered",
    "duplicates": "looking for jobs posted more than once",
    "labels": "labelling",
    "skills": "looking for skills",
    "tables": "counting",
    "published": "publishing the warehouse",
    "report": "writing the site",
}


class RunError(Exception):
    """A run that did not come to its end; what it had loaded is kept for the next one."""


def materialize(
    home: Path, replay: Path | None, boards: Path | None, include: Sequence[str], keep_days: int | None
) -> dg.ExecuteInProcessResult:
    """Materialize every asset.

    Raises RunError when a stage failed, RegistryError, ReplayError or StoreError when there was
    nothing to start with.
    """
    registry = boards or (replay / "boards.csv" if replay else None)
    listed = {board.source for board in boards_to_read(home, registry)}
    if unknown := sorted(set(include) - SOURCES.keys()):
        raise RunError(f"{unknown[0]} is not a source that trackmix reads; it reads {', '.join(SOURCES)}")
    if replay:
        Replay(replay)
    with open_store(home):
        pass  # before any work: nobody else is writing
    logging.getLogger("alembic").setLevel(logging.WARNING)
    run_id = str(uuid4())
    resources = {
        "web": WebResource(replay=str(replay) if replay else None),
        "boards": BoardsResource(registry=str(registry) if registry else None, include=list(include)),
        "store": StoreResource(home=str(home), keep_days=keep_days),
    }
    definitions = dg.Definitions(assets=assets, asset_checks=asset_checks, resources=resources)
    with dg.DagsterInstance.ephemeral() as instance, Progress() as progress:
        instance.add_event_listener(run_id, lambda event: _follow(progress, event, listed))
        done = definitions.resolve_implicit_global_asset_job_def().execute_in_process(
            instance=instance,
            run_id=run_id,
            tags=months_as_tags(MONTHS.get_partition_keys()),
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
            raise_on_error=False,
        )
    if not done.success:
        raise RunError(f"the run stopped: {_why(done)}; the last published answers are untouched")
    return done


def _follow(progress: Progress, event: dg.EventLogEntry, listed: set[str]) -> None:
    """Name the stage whose step begins; sources without a board in this run pass unnamed."""
    step = event.step_key or ""
    source = step.removeprefix("raw_")
    if event.dagster_event_type is not dg.DagsterEventType.STEP_START:
        return
    if source in listed:
        progress.begin(f"asking the boards of {SOURCES[source].ABOUT.title}")
    elif step in STAGES:
        progress.begin(STAGES[step])


def _why(result: dg.ExecuteInProcessResult) -> str:
    """The first stage that failed, and its reason in one line."""
    for check in result.get_asset_check_evaluations():
        if check.blocking and not check.passed:
            return f"the check {check.check_name} of {check.asset_key.to_user_string()} failed: {check.metadata}"
    for event in result.get_step_failure_events():
        error = event.step_failure_data.error
        while error is not None and error.cause is not None:
            error = error.cause
        return f"{event.step_key}: {error.message.strip() if error else 'failed'}"
    return "a stage failed"
