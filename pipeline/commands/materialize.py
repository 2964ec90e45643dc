"""One run in this process: materializes the same assets that Dagster schedules, and says which stage it is at."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from uuid import uuid4

import dagster as dg

from pipeline.assets.checks import some_board_was_read
from pipeline.assets.history import MONTHS, months_as_tags
from pipeline.assets.published import report
from pipeline.commands.progress import Progress
from pipeline.definitions import asset_checks, assets
from pipeline.fetching.replay import Replay
from pipeline.resources import SOURCES, BoardsResource, StoreResource, WebResource
from pipeline.sources import source_named
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


class OutageError(RunError):
    """A run in which not one of the boards answered."""


def materialize(
    progress: Progress,
    home: Path,
    replay: Path | None,
    boards: Path | None,
    include: Sequence[str],
    keep_days: int | None,
    only: Sequence[str] = (),
    whole_sources: Sequence[str] = (),
) -> dg.ExecuteInProcessResult:
    """Materialize every asset, and tell `progress` of each stage.

    With `only`, ids of boards of the home's registry, the run is about these, and does not write the site. Of `whole_sources`
    every board is read that the directory has.

    Raises OutageError when no board answered, RunError when a stage failed, RegistryError, SourceError, ReplayError, StoreError
    or ModelError when there was nothing to start with.
    """
    given = _boards(boards or (replay / "boards.csv" if replay and not only else None), include, only, whole_sources)
    listed = {board.source for board in given.read(home)}
    if replay:
        Replay(replay)
    store = StoreResource(home=str(home), keep_days=keep_days)
    store.model()  # before any work: it can be used
    resources = {"web": WebResource(replay=str(replay) if replay else None), "boards": given, "store": store}
    chosen = [asset for asset in assets if not only or asset is not report]
    definitions = dg.Definitions(assets=chosen, asset_checks=asset_checks, resources=resources)
    with _ended_at_once(), open_store(home):  # from beginning to end, so that nobody else writes in between
        done = _run(progress, definitions, listed)
    if not done.success:
        _raise_outage(done)
        is_published = done.asset_materializations_for_node("published")
        left = (
            "its answers are published, its site is not whole"
            if is_published
            else "the last published answers are untouched"
        )
        raise RunError(f"the run stopped: {_why(done)}; {left}")
    return done


def _boards(
    registry: Path | None, include: Sequence[str], only: Sequence[str], whole_sources: Sequence[str]
) -> BoardsResource:
    included = [source_named(source) for source in include]
    file = str(registry) if registry else None
    return BoardsResource(registry=file, include=included, only=list(only), whole_sources=list(whole_sources))


@contextmanager
def _ended_at_once() -> Iterator[None]:
    """Ctrl-C and SIGTERM end this process there and then; as with kill -9, what is loaded stays.

    Dagster takes these signals for itself, and an exception may be lost in a callback or wait for threads. So a thread
    hears of them by Python's wakeup descriptor, which hears of every signal, whoever handles it.
    """
    heard, told = os.pipe()
    os.set_blocking(told, False)
    before = signal.set_wakeup_fd(told)
    Thread(target=_end_by_signal, args=(heard,), daemon=True).start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        os.close(told)


def _end_by_signal(heard: int) -> None:
    while number := os.read(heard, 1):
        if number[0] in (signal.SIGINT, signal.SIGTERM):
            os.write(2, b"trackmix: stopped; what was loaded is kept, and the next run does the rest\n")
            os._exit(128 + number[0])
    os.close(heard)


def _run(progress: Progress, definitions: dg.Definitions, listed: set[str]) -> dg.ExecuteInProcessResult:
    logging.getLogger("alembic").setLevel(logging.WARNING)
    run_id = str(uuid4())
    with dg.DagsterInstance.ephemeral() as instance:
        instance.add_event_listener(run_id, lambda event: _follow(progress, event, listed))
        return definitions.resolve_implicit_global_asset_job_def().execute_in_process(
            instance=instance,
            run_id=run_id,
            tags=months_as_tags(MONTHS.get_partition_keys()),
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
            raise_on_error=False,
        )


def _raise_outage(done: dg.ExecuteInProcessResult) -> None:
    for check in done.get_asset_check_evaluations():
        if check.check_name == some_board_was_read.check_key.name and not check.passed:
            said = {name: value.value for name, value in check.metadata.items()}
            why = f"{said['board_id']} could not be read: {said['error']}"
            others = f", nor could the {said['asked'] - 1:,} others" if said["asked"] > 1 else ""  # type: ignore[operator]
            raise OutageError(f"{why}{others}; nothing was published, and the last published answers stay")


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
        said = error.message.strip().splitlines() if error else ["failed"]
        return f"{event.step_key}: {said[0]}"
    return "a stage failed"
