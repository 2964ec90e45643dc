"""The questions of the command line. Loads neither Dagster nor scikit-learn, to answer at once."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from platformdirs import user_data_path

from reports.dictionary import show_dictionary
from reports.names import SeveralFitError, UnknownNameError
from reports.show import Format, show
from warehouse.store import StoreError, ask, reading

app = typer.Typer(
    name="trackmix",
    help="Which AI engineering tracks are hired for: by area, company and pay, from public job boards.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
Home = Annotated[Path, typer.Option(envvar="TRACKMIX_HOME", help="Folder of the warehouse and what it was made from.")]
Form = Annotated[Format, typer.Option("--format", help="How to print the answer.")]
DEFAULT_HOME = user_data_path("trackmix")


@contextmanager
def said_plainly(*mistakes: type[Exception]) -> Iterator[None]:
    """One sentence and exit status 1 for a mistake, instead of a traceback; 2 and a list where a name fits several."""
    try:
        yield
    except mistakes as error:
        print(f"trackmix: {error}", file=sys.stderr)
        raise typer.Exit(2 if isinstance(error, SeveralFitError) else 1) from None


@contextmanager
def answering(home: Path) -> Iterator[None]:
    """All that is asked meanwhile is of one published copy, though a run may publish another; mistakes are said plainly."""
    with said_plainly(StoreError, UnknownNameError), reading(home):
        yield


@app.command()
def sql(
    question: Annotated[str, typer.Argument(help="SQL over the tables that `trackmix tables` lists.")],
    home: Home = DEFAULT_HOME,
    form: Form = Format.table,
) -> None:
    """Ask the warehouse anything; it is opened for reading only, and neither reads nor writes other files."""
    with said_plainly(StoreError):
        show(ask(home, question), form, "", is_verbatim=True)


@app.command()
def tables(
    name: Annotated[str | None, typer.Argument(help="Only this table or macro.")] = None,
    home: Home = DEFAULT_HOME,
    form: Form = Format.table,
) -> None:
    """The dictionary: every table and column and what it means, those to start with first, then the macros."""
    with answering(home):
        show_dictionary(home, name, form)


@app.command()
def site(
    out: Annotated[Path, typer.Option(help="Folder to write it into; what an earlier site left there goes.")],
    home: Home = DEFAULT_HOME,
) -> None:
    """Write all answers as pages that open from disk or any static host."""
    from reports.site.write import SiteError, render  # a question need not load the templates

    with said_plainly(StoreError, SiteError, OSError):
        print(render(home, out))


@app.command()
def export(
    out: Annotated[Path, typer.Option(help="Folder to write into; files of the same names are replaced.")],
    home: Home = DEFAULT_HOME,
) -> None:
    """Write every public table as CSV and Parquet, what their columns mean, and the DuckDB file."""
    from reports.export import export as write

    with said_plainly(StoreError, OSError):
        print(f"{len(write(home, out))} files in {out}")
