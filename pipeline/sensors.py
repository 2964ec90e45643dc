"""Alerts of runs that Dagster started, by a schedule or in the web page, and of a home that nobody reads for long."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import dagster as dg
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition as AssetJob

from pipeline.alerts import alert, event_of, staleness, unmet

HOURLY = 3600
RUNNING = dg.DefaultSensorStatus.RUNNING
UNFINISHED = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]


def sensors_of(home: Path) -> list[dg.SensorDefinition]:
    """The sensors of a home; `trackmix run` alerts by itself."""

    @dg.run_failure_sensor(name="alert_on_failure", default_status=RUNNING)
    def on_failure(context: dg.RunFailureSensorContext) -> None:
        """A run that Dagster started and that failed, with the checks that it did not pass."""
        wrong = unmet_checks(context.instance, context.dagster_run.run_id)
        why = "; ".join(wrong.values()) or context.failure_event.message or "it stopped"
        event = event_of(wrong)
        alert(home, event if event == "outage" else "failure", f"a run failed: {why}; the last published answers stay")

    @dg.run_status_sensor(run_status=dg.DagsterRunStatus.SUCCESS, name="alert_on_checks", default_status=RUNNING)
    def on_checks(context: dg.RunStatusSensorContext) -> None:
        """A run that Dagster started and that published, though checks did not pass."""
        if wrong := unmet_checks(context.instance, context.dagster_run.run_id):
            alert(home, event_of(wrong), "a run published, but " + "; ".join(wrong.values()))

    return [on_failure, on_checks, dg.SensorDefinition(
        name="alert_on_stale_data",
        evaluation_fn=_on_stale_data(home),
        minimum_interval_seconds=HOURLY,
        default_status=RUNNING,
        description="Nothing was read for longer than the settings' stale_days; said once a day.",
    )]  # fmt: skip


def publish_after(read: AssetJob, publish: AssetJob) -> dg.SensorDefinition:
    """Asks for a run that publishes, once all runs of shards that were asked for have ended, well or not."""

    @dg.sensor(name="publish_after_shards", job=publish, default_status=RUNNING)
    def on_shards(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        """The shards have been read: what they came to is counted and published, once."""
        of_shards = partial(dg.RunsFilter, job_name=read.name)
        if context.instance.get_runs_count(of_shards(statuses=UNFINISHED)):
            return dg.SkipReason("shards are being read")
        last = context.instance.get_runs(of_shards(statuses=[dg.DagsterRunStatus.SUCCESS]), limit=1)
        return dg.RunRequest(run_key=last[0].run_id) if last else dg.SkipReason("no shard has been read")

    return on_shards


def unmet_checks(instance: dg.DagsterInstance, run_id: str) -> dict[str, str]:
    """The checks that a run did not pass, each with what it found, by name."""
    logged = instance.all_logs(run_id, dg.DagsterEventType.ASSET_CHECK_EVALUATION)
    return unmet([entry.get_dagster_event().asset_check_evaluation_data for entry in logged])


def _on_stale_data(home: Path) -> Callable[[dg.SensorEvaluationContext], dg.SkipReason]:
    def look(context: dg.SensorEvaluationContext) -> dg.SkipReason:
        today, said = f"{datetime.now(UTC):%Y-%m-%d}", staleness(home)
        if said and context.cursor != today:
            alert(home, "stale", said)
            context.update_cursor(today)
        return dg.SkipReason(said or "boards have answered lately")

    return look
