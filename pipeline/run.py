"""One run in this process: materializes the same assets that Dagster schedules, and says what came of it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import dagster as dg
from rich.console import Console
from rich.markup import escape

from classifiers.tracks import TITLES
from pipeline.assets.history import MONTHS, months_as_tags
from pipeline.definitions import asset_checks, assets
from pipeline.registry import boards_to_read
from pipeline.replay import Replay
from pipeline.resources import SOURCES, BoardsResource, StoreResource, WebResource
from reports.site.write import page_of
from warehouse.store import ask, open_store


class RunError(Exception):
    """A run that did not come to its end; what it had loaded is kept for the next one."""


def run_pipeline(
    home: Path, replay: Path | None, boards: Path | None, include: Sequence[str], keep_days: int | None
) -> None:
    """Materialize every asset and print the summary.

    Raises RunError when a stage failed, RegistryError, ReplayError or StoreError when there was
    nothing to start with.
    """
    home = home.expanduser().resolve()
    registry = boards or (replay / "boards.csv" if replay else None)
    boards_to_read(home, registry)
    if unknown := sorted(set(include) - SOURCES.keys()):
        raise RunError(f"{unknown[0]} is not a source that trackmix reads; it reads {', '.join(SOURCES)}")
    if replay:
        Replay(replay)
    with open_store(home):
        pass  # before any work: nobody else is writing
    logging.getLogger("alembic").setLevel(logging.WARNING)
    with dg.DagsterInstance.ephemeral() as instance:
        result = dg.materialize(
            [*assets, *asset_checks],
            resources={
                "web": WebResource(replay=str(replay) if replay else None),
                "boards": BoardsResource(registry=str(registry) if registry else None, include=list(include)),
                "store": StoreResource(home=str(home), keep_days=keep_days),
            },
            instance=instance,
            tags=months_as_tags(MONTHS.get_partition_keys()),
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
            raise_on_error=False,
        )
    if not result.success:
        raise RunError(f"the run stopped: {_why(result)}; the last published answers are untouched")
    _print_summary(home, result)


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


def _print_summary(home: Path, result: dg.ExecuteInProcessResult) -> None:
    console = Console(highlight=False, soft_wrap=True)
    counts = ask(home, "run_counts", {"run_id": result.run_id}).records()[0]
    failures = ask(home, "run_failures", {"run_id": result.run_id}).records()
    labels: Any = result.asset_materializations_for_node("labels")[0].metadata
    console.print(
        "boards    {read:,} read ({unchanged:,} unchanged), {failed:,} failed, {skipped:,} skipped\n"
        "postings  {new:,} new, {changed:,} changed, {closed:,} closed, {rejected:,} rejected".format(**counts)
    )
    console.print(
        f"labelled  {labels['labelled'].value:,}{_moved(labels)}\n\n  {'open postings by track':24} postings share corrected (95 %)"
    )
    for row in ask(home, "label_shares").records():
        limits = "{corrected:>9,.0f} ({corrected_low:,.0f} to {corrected_high:,.0f})"
        corrected = "" if row["corrected"] is None else limits.format(**row)
        track = TITLES.get(row["track"], row["track"])
        console.print(f"  {track:24} {row['postings']:>8,}  {row['share']:>4.0%}  {corrected}")
    for row in failures[:10]:
        console.print(escape(f"{row['outcome']}: {row['company']} ({row['source']}/{row['token']}): {row['error']}"))
    if len(failures) > 10:
        console.print(f"and {len(failures) - 10:,} more, in table fetches")
    for check in result.get_asset_check_evaluations():
        if not check.passed:
            console.print(f"check {check.check_name} did not pass: {_facts(check)}")
    for (credit,) in ask(home, "credits").rows:
        console.print(escape(credit))
    where = f' --home "{home}"'
    console.print(f"\nsite      {page_of(home)}\ntry next")
    city, company = (ask(home, question).rows for question in ("largest_city", "largest_company"))
    examples = [*(f'area "{row[0]}"' for row in city), "area remote", *(f'company "{row[0]}"' for row in company)]
    for words in examples:
        console.print(escape(f"  trackmix {words}{where}"))


def _moved(labels: Any) -> str:
    """How many postings a new model gave another track."""
    moved, model = labels["moved"].value, labels["model"].value
    return f" ({moved:,} of them had another track before the model {model})" if moved else ""


def _facts(check: dg.AssetCheckEvaluation) -> str:
    return ", ".join(f"{name} {value.value}" for name, value in check.metadata.items())
