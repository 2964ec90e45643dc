"""`trackmix run`: reads the boards, labels what changed, publishes the counts, and says what came of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
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
from warehouse.shards import WHOLE, Shard, shard_called
from warehouse.store import ask

if TYPE_CHECKING:
    import dagster as dg

TOO_MANY_FAILED, OUTAGE = 3, 4  # exit status
COUNTS = ("read", "unchanged", "failed", "gone", "skipped", "new", "changed", "closed", "rejected")
NONE = dict.fromkeys(COUNTS, 0)
DIRECTORY = "Also read every board of these sources that the directory has: greenhouse,lever,ashby."
SHARD = "Read this shard of a lake's boards, and leave the publishing to `trackmix publish`."
KEEP_DAYS = "Delete kept answers older than this (90, unless TRACKMIX_KEEP_DAYS or trackmix.toml says otherwise)."
KeepDays = Annotated[int | None, typer.Option(min=0, max=MOST_DAYS, help=KEEP_DAYS)]
WholeSources = Annotated[str, typer.Option("--all", metavar="SOURCES", show_default=False, help=DIRECTORY)]


def _shard(words: str) -> Shard:
    try:
        return shard_called(words)
    except ValueError as error:
        raise typer.BadParameter(f"{words!r} is no shard; it takes {error}") from None


@app.command()
def run(
    replay: Annotated[Path | None, typer.Option(help="Answer every request from this folder.")] = None,
    boards: Annotated[Path | None, typer.Option(help="The boards to read: company,source,token.")] = None,
    include: Annotated[list[str] | None, typer.Option(help="Also read this source, which must be asked for.")] = None,
    whole_sources: WholeSources = "",
    shard: Annotated[Shard | None, typer.Option(parser=_shard, metavar="2/4", help=SHARD)] = None,
    keep_days: KeepDays = None,
    home: Home = DEFAULT_HOME,
) -> None:
    """Read the boards, label what changed, and publish the counts.

    Exit status: 0 where four in five of the boards asked were read, 3 where fewer were, and 4 where none was; then nothing
    is published, and the answers of the last run stay. 2 for what must be written otherwise, 1 for what could not be done.
    """
    home = home.expanduser().resolve()

    def read(progress: Progress) -> dg.ExecuteInProcessResult:
        from pipeline.commands.materialize import materialize
        from pipeline.sources import sources_named

        whole = sources_named(whole_sources)
        return materialize(
            progress, home, replay, boards, include or [], keep_days, whole_sources=whole, shard=shard or WHOLE
        )

    result = _made(home, f"reading {f'the replies in {replay}' if replay else 'the boards'} into {home}", read)
    found: Any = result.asset_materializations_for_node("postings")[0].metadata
    counts = {name: found[name].value for name in COUNTS}
    _print_counts(result, counts)
    if shard is None:
        _print_jobs(home)
        _print_failures(home, result.run_id)
        _print_notes(home, result)
    _alert_and_exit(home, result, f"shard {shard} was read" if shard else "a run published", counts)


@app.command()
def publish(
    replay: Annotated[Path | None, typer.Option(help="What the shards read was answered from this folder.")] = None,
    home: Home = DEFAULT_HOME,
) -> None:
    """Count and publish what the shards of a lake have read; they are read by `trackmix run --shard`.

    Exit status: 0, or 4 where no board of any shard was read since the last publishing, 2 and 1 as of `trackmix run`.
    """
    home = home.expanduser().resolve()

    def publish_all(progress: Progress) -> dg.ExecuteInProcessResult:
        from pipeline.commands.materialize import publish_shards

        return publish_shards(progress, home, replay)

    result = _made(home, f"publishing what the shards have read for {home}", publish_all)
    _print_jobs(home)
    _print_notes(home, result)
    _alert_and_exit(home, result, "a run published")


def _made(home: Path, what: str, make: Callable[[Progress], dg.ExecuteInProcessResult]) -> dg.ExecuteInProcessResult:
    """A run. One that fails is alerted of and said plainly; an outage has an exit status of its own."""
    with Progress() as progress:
        progress.begin(what)
        from classifiers.model import ModelError
        from pipeline.alerts import alert
        from pipeline.boards.registry import RegistryError
        from pipeline.commands.materialize import OutageError, RunError
        from pipeline.fetching.replay import ReplayError
        from pipeline.sources import SourceError

        with said_plainly(
            SettingError, RunError, RegistryError, ReplayError, SourceError, StoreError, ModelError, MemoryError
        ):
            try:
                return make(progress)
            except RunError as error:
                is_outage = isinstance(error, OutageError)
                alert(home, "outage" if is_outage else "failure", str(error))
                if not is_outage:
                    raise
                print(f"trackmix: {error}", file=sys.stderr)
                raise typer.Exit(OUTAGE) from None


def _alert_and_exit(home: Path, result: dg.ExecuteInProcessResult, done: str, counts: Mapping[str, int] = NONE) -> None:
    """Alert of what is wrong with a run that did this, and end with the status of too many boards that failed."""
    from pipeline.alerts import alert, event_of, unmet

    wrong = unmet(result.get_asset_check_evaluations())
    failed = counts["failed"] - counts["gone"]
    event, asked = event_of(wrong), failed + counts["read"]
    if failed_too_many := failed > MOST_FAILED * asked:
        event, said = "boards failed", f"{failed:,} of {asked:,} boards could not be read"
        wrong = {"boards": said, **wrong}
        print(f"trackmix: {said}", file=sys.stderr)
    if wrong:
        alert(home, event, f"{done}, but " + "; ".join(wrong.values()))
    if failed_too_many:
        raise typer.Exit(TOO_MANY_FAILED)


def _print_counts(result: dg.ExecuteInProcessResult, counts: Mapping[str, int]) -> None:
    gone = f" ({counts['gone']:,} of the directory are gone)" if counts["gone"] else ""
    labels: Any = result.asset_materializations_for_node("labels")[0].metadata
    console = _console()
    console.print(
        "boards    {read:,} read ({unchanged:,} unchanged), {failed:,} failed{of_them}, {skipped:,} skipped\n"
        "postings  {new:,} new, {changed:,} changed, {closed:,} closed, {rejected:,} rejected".format(
            **counts, of_them=gone
        )
    )
    console.print(f"labelled  {labels['labelled'].value:,}{_moved(labels)}\n")


def _print_jobs(home: Path) -> None:
    console = _console()
    console.print(f"  {'open jobs':24} {'number':>8}", style="bold")
    for row in ask(home, "run/label_shares").records():
        console.print(f"  {TITLES.get(row['label'], row['label']):24} {row['postings']:>8,}")


def _print_failures(home: Path, run_id: str) -> None:
    failures, console = ask(home, "run/failures", {"run_id": run_id}).records(), _console()
    for row in failures[:10]:
        said = f"{row['outcome']}: {row['company']} ({row['source']}/{row['token']}): {row['error']}"
        console.print(escape(printable(said)))
    if len(failures) > 10:
        console.print(f"and {len(failures) - 10:,} more, in table fetches")


def _print_notes(home: Path, result: dg.ExecuteInProcessResult) -> None:
    from pipeline.alerts import unmet

    console = _console()
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


def _console() -> Console:
    return Console(highlight=False, soft_wrap=True)


def _moved(labels: Any) -> str:
    """How many postings a new model gave another track."""
    moved, model = labels["moved"].value, labels["model"].value
    return f" ({moved:,} of them had another track before the model {model})" if moved else ""
