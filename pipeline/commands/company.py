"""`trackmix company`: the tracks a company hires for; one that is not read yet can be found and read on the spot."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.prompt import Confirm

from reports.cli import DEFAULT_HOME, Form, Home, answering, app, said_plainly, say
from reports.mix import show_mix
from reports.names import SeveralFitError, UnknownNameError, folded
from reports.openings import show_first
from reports.options import InPpp, IsRemote, OfLevel, Since, Until
from reports.scope import Scope, UnreadCompanyError, company_scope, narrowed
from reports.show import Format
from warehouse.errors import StoreError
from warehouse.store import ask

if TYPE_CHECKING:
    from pipeline.posting import Board


@app.command()
def company(
    name: Annotated[str, typer.Argument(help="A company, or the beginning of its name.")],
    is_now: Annotated[bool, typer.Option("--now", help="Read its board now; find it, if none is read yet.")] = False,
    replay: Annotated[Path | None, typer.Option(help="With --now: answer every request from this folder.")] = None,
    level: OfLevel = None,
    is_remote: IsRemote = False,
    since: Since = None,
    until: Until = None,
    in_ppp: InPpp = False,
    home: Home = DEFAULT_HOME,
    form: Form = Format.table,
) -> None:
    """The tracks a company hires for."""
    with said_plainly(StoreError, UnknownNameError):
        scope = _read_now(home, name, replay) if is_now else _scope(home, name, replay)
    scope = narrowed(scope, level, is_remote, since, until)
    with answering(home):
        show_mix(home, scope, form, in_ppp)
        if form is Format.table:
            show_first(home, scope, None, ["--company", scope.name])


def _scope(home: Path, name: str, replay: Path | None) -> Scope:
    """The company; one that is not read is read now, if whoever sits at the terminal wants that."""
    try:
        return company_scope(home, name)
    except UnreadCompanyError as error:
        if not sys.stdin.isatty():
            raise
        say(error)
        if not _agrees("Look for its board and read it now?"):
            raise typer.Exit(1) from None
    return _read_now(home, name, replay)


def _agrees(question: str) -> bool:
    try:
        return Confirm.ask(question, console=Console(stderr=True), default=False)
    except EOFError:
        return False


def _read_now(home: Path, name: str, replay: Path | None) -> Scope:
    """Read the boards of the company, one found now where the registry has none, and publish; then it can be asked about."""
    from classifiers.model import ModelError
    from pipeline.boards.registry import RegistryError, add_board, boards_to_read
    from pipeline.boards.search import BoardError
    from pipeline.commands.materialize import RunError, materialize
    from pipeline.commands.progress import Progress
    from pipeline.fetching.replay import ReplayError
    from pipeline.settings import SettingError, settings_of

    home = home.resolve()
    with (
        Progress() as progress,
        said_plainly(BoardError, RegistryError, ReplayError, RunError, SettingError, ModelError, MemoryError, OSError),
    ):
        settings_of(home)  # a mistake in them is said before a board is looked for, and added
        _need_network(replay)
        listed = boards_to_read(home)
        boards = [board for board in listed if folded(board.company) == folded(name)]
        if not boards:
            progress.begin(f"looking for the board of {name}")
            boards = [_found(home, name.strip(), replay, listed)]
            progress.begin(f"adding {boards[0].board_id} to {add_board(home, boards[0])}")
        ids = [board.board_id for board in boards]
        run_id = materialize(progress, home, replay, None, (), None, only=ids).run_id
        failures = ask(home, "run/failures", {"run_id": run_id}).records()
        if len(failures) == len(boards):
            raise BoardError(f"{ids[0]} could not be read: {failures[0]['error']}")
    return company_scope(home, boards[0].company)


def _need_network(replay: Path | None) -> None:
    """Raises BoardError within seconds where there is no network, which a search would take minutes to find out."""
    from pipeline.boards.search import BoardError
    from pipeline.fetching.network import is_online

    if replay is None and not is_online():
        raise BoardError("there is no network: no job board can be reached, so nothing was read")


def _found(home: Path, company: str, replay: Path | None, listed: Sequence[Board]) -> Board:
    """The board that is the company's beyond doubt, of those that the directory has and those under likely tokens.

    Raises BoardError where none is found, SeveralFitError with how to add those that may be it.
    """
    from pipeline.boards.search import BoardError, find
    from pipeline.commands.boards import add_command, reach

    known = {board.board_id: board.company for board in listed}
    found = reach(replay, lambda web: find(web, company, known))
    if found.own:
        return found.own.board
    if found.statuses:
        commands = [add_command(status.board, home) for status in found.statuses]
        doubt = f"no board is that of {company} beyond doubt; add the right one and ask again:"
        raise SeveralFitError("\n  ".join([doubt, *commands]))
    raise BoardError(f"no board found for {company}. {' '.join(found.notes)}")
