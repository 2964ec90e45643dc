"""`trackmix run`: reads the boards, labels what changed, publishes the counts, and says what came of it."""

from __future__ import annotations

import sys
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from classifiers.tracks import TITLES
from pipeline.commands.progress import Progress
from pipeline.settings import MOST_DAYS, MOST_FAILED, SettingError
from reports.cli import DEFAULT_HOME, Home, app, said_plainly
from reports.show import printable
from warehouse.errors import StoreError
from warehouse.store import ask

if TYPE_CHECKING:
    import dagster as dg

TOO_MANY_FAILED, OUTAGE = 3, 4  # exit status
DIRECTORY = "Also read every board of these sources that the directory has: greenhouse,lever,ashby."
WholeSources = Annotated[str, typer.Option("--all", metavar="SOURCES", show_default=False, help=DIRECTORY)]


@app.command()
def run(
    replay: Annotated[Path | None, typer.Option(help="Answer every request from this folder.")] = None,
    boards: Annotated[Path | None, typer.Option(help="The boards to read: company,source,token.")] = None,
    include: Annotated[list[str] | None, typer.Option(help="Also read this source, which must be asked for.")] = None,
    whole_sources: WholeSources = "",
    keep_days: Annotated[
        int | None,
        typer.Option(
            envvar="TRACKMIX_KEEP_DAYS",
            min=0,
            max=MOST_DAYS,
            help="Delete kept answers older than this (90, unless trackmix.toml says otherwise).",
        ),
    ] = None,
    home: Home = DEFAULT_HOME,
) -> None:
    """Read the boards, label what changed, and publish the counts.

    Exit status: 0 where four in five of the boards asked were read, 3 where fewer were, and 4 where none was; then nothing
    is published, and the answers of the last run stay. 2 for what must be written otherwise, 1 for what could not be done.
    """
    home = home.expanduser().resolve()
    result = _read(home, replay, boards, include or [], keep_days, whole_sources)
    counts = ask(home, "run/counts", {"run_id": result.run_id}).records()[0]
    _print_summary(home, result, counts)
    _alert_and_exit(home, result, counts)


def _read(
    home: Path,
    replay: Path | None,
    boards: Path | None,
    include: list[str],
    keep_days: int | None,
    whole_sources: str,
) -> dg.ExecuteInProcessResult:
    """The run. One that fails is alerted of and said plainly; an outage has an exit status of its own."""
    with Progress() as progress:
        progress.begin(f"reading {f'the replies in {replay}' if replay else 'the boards'} into {home}")
        from classifiers.model import ModelError
        from pipeline.alerts import alert
        from pipeline.boards.registry import RegistryError
        from pipeline.commands.materialize import OutageError, RunError, materialize
        from pipeline.fetching.replay import ReplayError
        from pipeline.sources import SourceError, sources_named

        with said_plainly(
            SettingError, RunError, RegistryError, ReplayError, SourceError, StoreError, ModelError, MemoryError
        ):
            try:
                whole = sources_named(whole_sources)
                return materialize(progress, home, replay, boards, include, keep_days, whole_sources=whole)
            except RunError as error:
                is_outage = isinstance(error, OutageError)
                alert(home, "outage" if is_outage else "failure", str(error))
                if not is_outage:
                    raise
                print(f"trackmix: {error}", file=sys.stderr)
                raise typer.Exit(OUTAGE) from None


def _alert_and_exit(home: Path, result: dg.ExecuteInProcessResult, counts: dict[str, Any]) -> None:
    """Alert of what is wrong with a run that published, and end with the status of too many boards that failed."""
    from pipeline.alerts import alert, event_of, unmet

    wrong = unmet(result.get_asset_check_evaluations())
    failed = counts["failed"] - counts["gone"]
    event, asked = event_of(wrong), failed + counts["read"]
    if failed_too_many := failed > MOST_FAILED * asked:
        event, said = "boards failed", f"{failed:,} of {asked:,} boards could not be read"
        wrong = {"boards": said, **wrong}
        print(f"trackmix: {said}", file=sys.stderr)
    if wrong:
        alert(home, event, "a run published, but " + "; ".join(wrong.values()))
    if failed_too_many:
        raise typer.Exit(TOO_MANY_FAILED)


def _print_summary(home: Path, result: dg.ExecuteInProcessResult, counts: dict[str, Any]) -> None:
    from pipeline.alerts import unmet

    console = Console(highlight=False, soft_wrap=True)
    failures = ask(home, "run/failures", {"run_id": result.run_id}).records()
    gone = f" ({counts['gone']:,} of the directory are gone)" if counts["gone"] else ""
    labels: Any = result.asset_materializations_for_node("labels")[0].metadata
    console.print(
        "boards    {read:,} read ({unchanged:,} unchanged), {failed:,} failed{of_them}, {skipped:,} skipped\n"
        "postings  {new:,} new, {changed:,} changed, {closed:,} closed, {rejected:,} rejected".format(
            **counts, of_them=gone
        )
    )
    console.print(f"labelled  {labels['labelled'].value:,}{_moved(labels)}\n")
    console.print(f"  {'open jobs':24} {'number':>8}", style="bold")
    for row in ask(home, "run/label_shares").records():
        console.print(f"  {TITLES.get(row['label'], row['label']):24} {row['postings']:>8,}")
    for row in failures[:10]:
        said = f"{row['outcome']}: {row['company']} ({row['source']}/{row['token']}): {row['error']}"
        console.print(escape(printable(said)))
    if len(failures) > 10:
        console.print(f"and {len(failures) - 10:,} more, in table fetches")
    for said in unmet(result.get_asset_check_evaluations()).values():
        console.print(said, markup=False)
    for (credit,) in ask(home, "run/credits").rows:
        console.print(escape(credit))
    where = f" --home {quote(str(home))}"
    from reports.site.write import page_of  # loads the templates

    console.print(f"\nsite      {page_of(home)}\ntry next")
    city, company = (ask(home, question).rows for question in ("run/largest_city", "run/largest_company"))
    cities, companies = ([quote(str(row[0])) for row in rows] for rows in (city, company))
    for words in (*(f"area {name}" for name in cities), "area remote", *(f"company {name}" for name in companies)):
        console.print(escape(printable(f"  trackmix {words}{where}")))


def _moved(labels: Any) -> str:
    """How many postings a new model gave another track."""
    moved, model = labels["moved"].value, labels["model"].value
    return f" ({moved:,} of them had another track before the model {model})" if moved else ""
