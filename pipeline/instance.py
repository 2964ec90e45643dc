"""The one Dagster instance of a home, in HOME/dagster: `trackmix run`, the schedules and the web page share its history."""

from __future__ import annotations

import fcntl
import logging
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import dagster as dg
from dagster._core.remote_origin import InProcessCodeLocationOrigin
from dagster._core.storage.event_log.sqlite import sqlite_event_log
from dagster._core.storage.runs.sqlite import sqlite_run_storage
from dagster._core.types.loadable_target_origin import LoadableTargetOrigin
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool
from yaml import YAMLError  # type: ignore[import-untyped]  # Dagster reads its settings by it

DEFINITIONS = "pipeline.definitions"
STORAGES: tuple[Any, ...] = (sqlite_event_log, sqlite_run_storage)  # each makes its engines by a name of its module
SETTINGS = """\
# Written by trackmix once, and yours from then on.
telemetry:
  enabled: false
concurrency:
  runs:
    max_concurrent_runs: 1  # one process writes the warehouse
run_monitoring:
  enabled: true  # a run whose process is gone is marked as failed
  cancel_timeout_seconds: 60
python_logs:
  managed_python_loggers: [trackmix]  # what a run says of every board stands in its log
  python_log_level: DEBUG
compute_logs:
  module: dagster._core.storage.noop_compute_log_manager  # a run prints nothing that its log lacks
  class: NoOpComputeLogManager
retention:  # of what schedules and sensors noted; runs go with HOME/trackmix.toml's keep_days
  schedule:
    purge_after_days: 90
  sensor:
    purge_after_days: {skipped: 7, success: 90, failure: 90, started: 7}
"""


def prepare_instance(home: Path) -> Path:
    """The folder of the home's Dagster instance, with its dagster.yaml."""
    folder = home / "dagster"
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "dagster.yaml").exists():
        (folder / "dagster.yaml").write_text(SETTINGS)
    return folder


class HistoryError(Exception):
    """A Dagster instance that cannot be opened, read or written; the message names its folder."""


@contextmanager
def open_instance(home: Path) -> Iterator[dg.DagsterInstance]:
    """The home's Dagster instance, for one run. Raises HistoryError."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        folder = prepare_instance(home)
        with history_kept_open(folder), _opened_alone(folder) as instance:
            yield instance
    except (SQLAlchemyError, sqlite3.Error, OSError, YAMLError, dg.DagsterInvalidConfigError) as error:
        said = getattr(error, "orig", None) or str(error).splitlines()[0]
        raise HistoryError(f"{home / 'dagster'}, the history of its runs, cannot be used: {said}") from None


def _opened_alone(folder: Path) -> dg.DagsterInstance:
    """The instance, whose databases are made by whoever opens it first: two that make them at once break them."""
    with (folder / "opening.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # let go of when the file is closed
        return dg.DagsterInstance.from_config(str(folder))


class _Kept(QueuePool):
    """Connections that stay open where Dagster disposes of an engine, as it does after each event."""

    def dispose(self) -> None:
        """Nothing."""

    def recreate(self) -> _Kept:
        """The same pool."""
        return self

    def close(self) -> None:
        """Close them."""
        super().dispose()


@contextmanager
def history_kept_open(folder: Path) -> Iterator[None]:
    """Meanwhile events are written to the SQLite files of an instance by one engine a file, without a wait for the disk.

    Dagster makes an engine for each event, which compiles its SQL anew, and opens and closes the file, where who closes it
    last waits for the disk: tens of milliseconds an event. So each file's first engine is used again, with its connections.
    A commit does not wait either (synchronous=NORMAL: a power cut may cost the last events, and never the file).
    """
    with ExitStack() as kept:
        engines: dict[str, Engine] = {}

        def hurry(opened: Any, _: Any) -> None:
            if not isinstance(opened, sqlite3.Connection):  # where dagster.yaml names another database
                return
            if opened.execute("pragma database_list").fetchone()[2].startswith(str(folder)):
                opened.execute("pragma synchronous=normal")

        def engine_of(url: str, **options: Any) -> Engine:
            if url not in engines:
                engines[url] = create_engine(url, **{**options, "poolclass": _Kept})
                pool = engines[url].pool
                assert isinstance(pool, _Kept)
                kept.callback(pool.close)
            return engines[url]

        event.listen(Engine, "connect", hurry)
        kept.callback(event.remove, Engine, "connect", hurry)
        for storage in STORAGES:
            kept.callback(setattr, storage, "create_engine", storage.create_engine)
            storage.create_engine = engine_of
        yield


@dataclass(frozen=True, slots=True)
class Schedule:
    """A schedule of a home: its times as cron writes them (UTC), and whether it is on."""

    name: str
    cron: str
    is_on: bool


def schedules(instance: dg.DagsterInstance, switch: Literal["on", "off"] | None = None) -> list[Schedule]:
    """The schedules of `pipeline.definitions`, switched on or off first where that is asked."""
    module = LoadableTargetOrigin(executable_path=sys.executable, module_name=DEFINITIONS)
    with InProcessCodeLocationOrigin(module, location_name=DEFINITIONS).create_location(instance) as location:
        listed = [found for repository in location.get_repositories().values() for found in repository.get_schedules()]
    states = []
    for found in listed:
        ids = found.get_remote_origin_id(), found.selector_id
        if switch == "on":
            instance.start_schedule(found)
        elif switch == "off":
            instance.stop_schedule(*ids, found)
        state = instance.get_instigator_state(*ids)
        states.append(Schedule(found.name, str(found.cron_schedule), state is not None and state.is_running))
    return states


def forget_runs(instance: dg.DagsterInstance, before: datetime, but: str) -> None:
    """Delete the history of runs that began before a time (with its zone), but for the run of that id."""
    for record in instance.get_run_records(dg.RunsFilter(created_before=before)):
        if (run_id := record.dagster_run.run_id) == but:
            continue
        instance.delete_run(run_id)
        if not instance.is_ephemeral:  # Dagster empties the run's file and leaves it
            for file in Path(instance.root_directory, "history", "runs").glob(f"{run_id}.db*"):
                file.unlink()
