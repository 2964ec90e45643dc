"""One run in this process: materializes the same assets that Dagster schedules, and says which stage it is at."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import dagster as dg
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition
from dagster_shared.error import SerializableErrorInfo

from pipeline.assets.checks import some_board_was_read, some_host_is_reached
from pipeline.assets.graph import asset_checks, assets
from pipeline.assets.history import MONTHS, SOURCE, months_as_tags
from pipeline.assets.published import report
from pipeline.assets.shards import PUBLISHING, READING, parted
from pipeline.boards.registry import RegistryError
from pipeline.commands.progress import Progress
from pipeline.fetching.replay import Replay, ReplayError
from pipeline.instance import HistoryError, open_instance
from pipeline.interruption import ended_at_once
from pipeline.resources import SOURCES, resources_of
from pipeline.settings import SettingError
from pipeline.sources import SourceError
from pipeline.sources.dump import check_dumps
from warehouse.errors import none_yet
from warehouse.shards import WHOLE, Shard
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

MISTAKES = {kind.__name__: kind for kind in (RegistryError, ReplayError, SettingError, SourceError)}
LEFT = "nothing was published, and the last published answers stay"
_CLASS = re.compile(
    r"^(?:[a-z_]\w*\.)+(?=\w+Error: )\w+: "
)  # Dagster says of which class an error is; a reader need not know


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
    shard: Shard = WHOLE,
) -> dg.ExecuteInProcessResult:
    """Materialize every asset, and tell `progress` of each stage.

    With `only`, ids of boards of the home's registry, the run is about these, and writes no site. Of `whole_sources` it reads
    all. A run of a shard reads its boards, and publishes nothing.

    Raises OutageError when no board answered, RunError when a stage failed, RegistryError, SettingError, SourceError, ReplayError,
    StoreError or ModelError when there was nothing to start with.
    """
    resources = resources_of(home, replay, boards, include, keep_days, only, whole_sources)
    check_dumps(given := resources["boards"].read(home))
    listed = {board.source for board in given}
    if replay:
        Replay(replay)
    resources["store"].model()  # before any work: it can be used
    unread = {f"raw_{source}" for source in SOURCES if source not in listed}  # what is not read is not said to be
    left_out = dg.AssetSelection.assets(*unread, *([report.key] if only else []))
    name, selection = ("load", dg.AssetSelection.all()) if shard.is_whole else ("read_shard", READING)
    job = dg.define_asset_job(name, selection=selection - left_out)
    return _ended(_run(progress, home, job, resources, listed, shard))


def publish_shards(progress: Progress, home: Path, replay: Path | None) -> dg.ExecuteInProcessResult:
    """Count and publish what the shards of a home's lake have read, with the site.

    Raises StoreError where nothing was read yet, else as `materialize`.
    """
    with open_store(home) as store:
        if not store.ask("from fetches limit 1").rows:
            raise none_yet(home)
    job = dg.define_asset_job("publish", selection=PUBLISHING)
    return _ended(_run(progress, home, job, resources_of(home, replay)))


def _ended(done: dg.ExecuteInProcessResult) -> dg.ExecuteInProcessResult:
    """A run that came to its end; what stopped another one is raised."""
    if not done.success:
        _raise_mistake(done)
        _raise_outage(done)
        is_published = done.asset_materializations_for_node("published")
        stays = "the last published answers are untouched"
        left = "its answers are published, its site is not whole" if is_published else stays
        raise RunError(f"the run stopped: {_why(done)}; {left}")
    return done


def _run(
    progress: Progress,
    home: Path,
    job: UnresolvedAssetJobDefinition,
    resources: dict[str, Any],
    listed: Collection[str] = (),
    shard: Shard = WHOLE,
) -> dg.ExecuteInProcessResult:
    run_id = str(uuid4())
    given = assets if shard.is_whole else parted(assets, shard.of)
    definitions = dg.Definitions(assets=given, asset_checks=asset_checks, resources=resources, jobs=[job])
    of_months = months_as_tags(MONTHS.get_partition_keys()) if SOURCE in listed and shard.is_whole else {}
    try:
        # from beginning to end, so that nobody else writes in between; on standard error Dagster says of a history that
        # cannot be written what the error says once more
        with (
            ended_at_once(),
            open_store(home, shard),
            redirect_stderr(StringIO()),
            open_instance(home) as instance,
        ):
            instance.add_event_listener(run_id, lambda event: _follow(progress, event, listed))
            return definitions.resolve_job_def(job.name).execute_in_process(
                instance=instance,
                run_id=run_id,
                partition_key=None if shard.is_whole else str(shard),
                tags=of_months,
                run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
                raise_on_error=False,
            )
    except HistoryError as error:
        raise RunError(f"the run stopped: {error}; what was loaded is kept, and the next run does the rest") from None


def _raise_mistake(done: dg.ExecuteInProcessResult) -> None:
    """What the user must write otherwise, found by a stage, is raised as what it is."""
    for _, error in _causes(done):
        if error.cls_name in MISTAKES:
            raise MISTAKES[error.cls_name](_CLASS.sub("", error.message.strip()))


def _raise_outage(done: dg.ExecuteInProcessResult) -> None:
    for check in done.get_asset_check_evaluations():
        said = {name: value.value for name, value in check.metadata.items()}
        if check.passed:
            continue
        if check.check_name == some_host_is_reached.check_key.name:
            raise OutageError(f"no network: not one of {said['hosts']} hosts could be reached; {LEFT}")
        if check.check_name == some_board_was_read.check_key.name:
            why = f"{said['board_id']} could not be read: {said['error']}"
            others = f", nor could the {said['asked'] - 1:,} others" if said["asked"] > 1 else ""  # type: ignore[operator]
            raise OutageError(f"{why}{others}; {LEFT}")


def _follow(progress: Progress, event: dg.EventLogEntry, listed: Collection[str]) -> None:
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
    for step, error in _causes(result):
        return f"{step}: {_CLASS.sub('', next(iter(error.message.strip().splitlines()), 'failed'))}"
    return "a stage failed"


def _causes(result: dg.ExecuteInProcessResult) -> Iterator[tuple[str | None, SerializableErrorInfo]]:
    """Each step that failed, with what was raised first."""
    for event in result.get_step_failure_events():
        if error := event.step_failure_data.error:
            while error.cause is not None:
                error = error.cause
            yield event.step_key, error
