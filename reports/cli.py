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
from reports.names import UnknownNameError
from reports.show import Format, printable, show
from warehouse.errors import QuestionError, StoreError
from warehouse.limits import ROWS
from warehouse.store import ask, reading

app = typer.Typer(
    name="trackmix",
    help="Which AI engineering tracks are hired for: by area, company and pay, from public job boards.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


def _folder(home: Path) -> Path:
    """The home folder as it is given, without ~."""
    try:
        found = home.expanduser()
        if found.exists() and not found.is_dir():
            raise typer.BadParameter(f"{found} is a file; name a folder")
    except (OSError, RuntimeError, ValueError) as error:  # another user's that may not be read, or nobody's
        raise typer.BadParameter(f"{home} cannot be used: {getattr(error, 'strerror', None) or error}") from None
    return found


Home = Annotated[
    Path,
    typer.Option(envvar="TRACKMIX_HOME", callback=_folder, help="Folder of the warehouse and what it was made from."),
]
Form = Annotated[Format, typer.Option("--format", help="How to print the answer.")]
DEFAULT_HOME = user_data_path("trackmix")
# what the user must write otherwise: a word, an option, a file
MISTAKEN = (ValueError, FileNotFoundError, FileExistsError, IsADirectoryError, NotADirectoryError, PermissionError)


@contextmanager
def said_plainly(*mistakes: type[Exception]) -> Iterator[None]:
    """One sentence instead of a traceback, and exit status 2 where the user must write something otherwise, else 1."""
    try:
        yield
    except mistakes as error:
        say(error)
        raise typer.Exit(2 if isinstance(error, MISTAKEN) else 1) from None


def say(error: Exception) -> None:
    """A mistake in words, on standard error; what a stranger wrote in it cannot command the terminal."""
    words = str(error)
    if isinstance(error, OSError) and error.filename is not None:
        words = f"{error.filename} cannot be used: {error.strerror or error}"
    if isinstance(error, MemoryError):
        words = "there is not enough memory"
    print("\n".join(map(printable, f"trackmix: {words}".split("\n"))), file=sys.stderr)


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
        answer = ask(home, question, most=ROWS + 1)
        if len(answer.rows) > ROWS:
            raise QuestionError(f"the answer has more than {ROWS:,} rows; ask for fewer: limit {ROWS}")
    show(answer, form, "", is_verbatim=True)


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
        print(render(home, _beside(home, out)))


@app.command()
def export(
    out: Annotated[Path, typer.Option(help="Folder to write into; files of the same names are replaced.")],
    home: Home = DEFAULT_HOME,
) -> None:
    """Write every public table as CSV and Parquet, what their columns mean, and the DuckDB file."""
    from reports.export import export as write

    with said_plainly(StoreError, OSError):
        print(f"{len(write(home, _beside(home, out)))} files in {out}")


def _beside(home: Path, out: Path) -> Path:
    """A folder to write into, which is not the home itself: a table is called as the user's own registry there."""
    if out.resolve() == home.resolve():
        raise typer.BadParameter(f"--out {out} is the home folder; name another")
    return out
