"""`trackmix boards`: what the registry lists, finding a company's board, adding it, and whether boards still live.

What a command needs is imported when it runs, as in `pipeline.cli`.
"""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Awaitable, Callable
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from reports.cli import DEFAULT_HOME, Form, Home, said_plainly
from reports.show import Format, printable, show
from warehouse.answer import Answer

if TYPE_CHECKING:
    from pipeline.boards.status import BoardStatus
    from pipeline.fetching.web import Web
    from pipeline.posting import Board

T = TypeVar("T")
boards = typer.Typer(help="The registry: list it, find a company's board, add it, check it.", no_args_is_help=True)
Replayed = Annotated[Path | None, typer.Option("--replay", help="Answer every request from this folder.")]


def _source(name: str) -> str:
    from pipeline.sources import SourceError, source_named

    try:
        return source_named(name)
    except SourceError as error:
        raise typer.BadParameter(str(error)) from None


OfSource = Annotated[str | None, typer.Option(parser=_source, metavar="SOURCE", help="Only boards of this source.")]
WORST_FIRST = ("dead", "moved", "failed", "empty", "alive")


@boards.command("list")
def list_boards(
    words: Annotated[list[str] | None, typer.Argument(help="Words that company, source, token or tags hold.")] = None,
    source: OfSource = None,
    tag: Annotated[str | None, typer.Option(help="Only companies of this kind, such as lab.")] = None,
    replay: Replayed = None,
    home: Home = DEFAULT_HOME,
    form: Form = Format.table,
) -> None:
    """The boards that a run reads: the bundled ones, and yours."""
    from pipeline.boards.registry import TAGS, RegistryError, own_boards

    if tag and tag.casefold() not in TAGS:
        raise typer.BadParameter(f"{tag!r} is none of {', '.join(TAGS)}")
    with said_plainly(RegistryError):
        listed, own = registry(home, replay), own_boards(home)
    found = [
        board
        for board in listed
        if (not source or board.source == source)
        and (not tag or tag.casefold() in board.tags)
        and all(
            word.casefold() in f"{board.company} {board.board_id} {' '.join(board.tags)}".casefold()
            for word in words or ()
        )
    ]
    rows = [
        (board.company, board.source, board.token, ";".join(board.tags), board.confidence, board in own)
        for board in found
    ]
    answer = Answer(["company", "source", "token", "tags", "confidence", "is_yours"], rows)
    notes = [f"Tags: {'; '.join(f'{name}: {meaning}' for name, meaning in TAGS.items())}."]
    show(answer, form, f"{len(found):,} of {len(listed):,} boards", notes)


@boards.command()
def add(
    words: Annotated[list[str], typer.Argument(metavar="COMPANY SOURCE TOKEN | [COMPANY] ADDRESS")],
    replay: Replayed = None,
    home: Home = DEFAULT_HOME,
) -> None:
    """Read a board once, and add it to your own registry in the home folder, which a run reads too."""
    from pipeline.boards.registry import RegistryError, add_board, boards_to_read, own_boards
    from pipeline.boards.search import BoardError, find_to_add
    from pipeline.fetching.replay import ReplayError
    from pipeline.sources import SourceError

    with said_plainly(BoardError, RegistryError, ReplayError, SourceError, OSError):
        before, own = boards_to_read(home), own_boards(home)
        status = reach(replay, lambda web: find_to_add(web, words))
        board = status.board
        for known in before:
            is_named_so = known.company.casefold() == board.company.casefold()
            if known.board_id == board.board_id and (known in own or is_named_so):
                raise BoardError(f"{known.board_id} of {known.company} is in the registry already; a run reads it")
        file = add_board(home, board)
        after = boards_to_read(home)
    said = f"added {board.company}, {board.board_id} ({status.postings:,} open), to {file}"
    print(printable(f"{said}; read it: trackmix run{at(home)}"))
    for known in before:
        if known not in after:
            print(printable(f"it stands in for the bundled {known.board_id} of {known.company}"))
    if status.state == "empty":
        print("it lists nothing now: some sources answer so for a board that does not exist")


@boards.command()
def check(
    companies: Annotated[list[str] | None, typer.Argument(help="Only these companies.")] = None,
    source: OfSource = None,
    replay: Replayed = None,
    home: Home = DEFAULT_HOME,
    form: Form = Format.table,
) -> None:
    """Read boards once: which are alive, empty, dead, moved or failing. Exit status 1 where any is dead or moved."""
    from pipeline.boards.moves import check_boards
    from pipeline.boards.registry import RegistryError, own_boards
    from pipeline.boards.search import BoardError
    from pipeline.fetching.replay import ReplayError

    with said_plainly(BoardError, RegistryError, ReplayError):
        chosen = _chosen(registry(home, replay), companies or [], source)
        statuses = reach(replay, lambda web: check_boards(web, chosen))
        own = own_boards(home)
    statuses.sort(key=lambda status: WORST_FIRST.index(status.state))
    rows = [
        (
            *named(status.board),
            status.state,
            status.postings,
            status.why or None,
            _remedy(status, home, status.board in own),
        )
        for status in statuses
    ]
    counts = Counter[str](status.state for status in statuses)
    said = ", ".join(f"{counts[state]:,} {state}" for state in WORST_FIRST if counts[state])
    show(Answer(["company", "source", "token", "state", "postings", "why", "do"], rows), form, f"Boards: {said}")
    if counts["dead"] or counts["moved"]:
        raise typer.Exit(1)


def registry(home: Path, replay: Path | None) -> list[Board]:
    """The boards that `trackmix run` would read."""
    from pipeline.boards.registry import boards_to_read

    kept = replay / "boards.csv" if replay else None
    return boards_to_read(home, kept if kept and kept.is_file() else None)


def reach(replay: Path | None, ask: Callable[[Web], Awaitable[T]]) -> T:
    """What is asked of the web, or of the folder that is replayed instead of it."""
    import asyncio

    from pipeline.fetching.replay import Replay
    from pipeline.fetching.web import open_web

    async def asked() -> T:
        async with open_web(Replay(replay), per_second=inf) if replay else open_web() as web:
            return await ask(web)

    return asyncio.run(asked())


def named(board: Board) -> tuple[Any, ...]:
    """The cells that name a board."""
    return board.company, board.source, board.token


def _chosen(listed: list[Board], companies: list[str], source: str | None) -> list[Board]:
    """The boards to check: those asked for, else all but those that a run reads only when asked. Raises BoardError."""
    from pipeline.boards.search import UnnamedBoardError
    from pipeline.boards.status import SOURCES

    of_source = [board for board in listed if not source or board.source == source]
    wanted = {company.casefold() for company in companies}
    if missing := wanted - {board.company.casefold() for board in of_source}:
        raise UnnamedBoardError(
            f"the registry has no such board of {', '.join(sorted(missing))}; see: trackmix boards list"
        )
    if wanted or source:
        chosen = [board for board in of_source if not wanted or board.company.casefold() in wanted]
    else:
        asked_for = {name for name, kind in SOURCES.items() if kind.ABOUT.is_asked_for}
        chosen = [board for board in of_source if board.source not in asked_for]
    if not chosen:
        raise UnnamedBoardError(f"the registry has no board of the source {source}; see: trackmix boards list")
    return chosen


def _remedy(status: BoardStatus, home: Path, is_own: bool) -> str | None:
    """What to do about a board, as a command where one does it."""
    if status.state == "failed":
        return f"trackmix boards check {shlex.quote(status.board.company)}{at(home)}"
    if status.state not in ("dead", "moved"):
        return None
    if status.moved_to:
        command = add_command(status.moved_to, home)
    else:
        command = f"trackmix boards find ADDRESS-OF-ITS-CAREERS-PAGE{at(home)}"
    return f"{command} and delete its line in {home / 'boards.csv'}" if is_own else command


def add_command(board: Board, home: Path) -> str:
    """The command that adds a board to the home's registry."""
    return f"trackmix boards add {shlex.join([board.company, board.source, board.token])}{at(home)}"


def at(home: Path) -> str:
    """The option that names the home, where it is not the usual one."""
    return "" if home == DEFAULT_HOME else f" --home {shlex.quote(str(home))}"
