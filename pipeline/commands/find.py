"""`trackmix boards find`: a company's board, from the directory at once, then from the boards themselves."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.commands.boards import Replayed, add_command, at, boards, named, reach, registry
from reports.cli import DEFAULT_HOME, Form, Home, said_plainly
from reports.show import Format, show
from warehouse.answer import Answer

if TYPE_CHECKING:
    from pipeline.boards.directory import Match
    from pipeline.boards.status import BoardStatus
    from pipeline.posting import Board

MOST_SHOWN = 12  # boards of the directory
LISTED = ("company", "source", "token", "matched_by", "lists", "monitored", "state")
FOUND = ("company", "source", "token", "state", "postings", "naming_it", "titles", "in_registry_as")


@boards.command()
def find(
    name_or_address: Annotated[str, typer.Argument(help="A company, or any address of its site or board.")],
    replay: Replayed = None,
    home: Home = DEFAULT_HOME,
    form: Form = Format.table,
) -> None:
    """Find a company's board: what public lists know, then what the boards answer. Nothing is added; it ends with the command that would add it."""
    from pipeline.boards import directory
    from pipeline.boards.registry import RegistryError, called_like
    from pipeline.boards.search import BoardError, Finding, find, is_address
    from pipeline.fetching.network import is_online
    from pipeline.fetching.replay import ReplayError

    asked = name_or_address.strip()
    with said_plainly(BoardError, RegistryError, ReplayError):
        listed = registry(home, replay)
        known = {board.board_id: board.company for board in listed}
        matches = [] if is_address(asked) and re.search("[:/]", asked) else directory.called(asked)
        if matches and form is Format.table:
            _show_directory(asked, matches)
        like = called_like(asked, listed)
        is_listed = any(board.company.casefold() == asked.casefold() for board in like)
        if is_listed:
            check = f"trackmix boards check {shlex.quote(asked)}{at(home)}"
            found = Finding(notes=[f"A run reads it already; whether it lives: {check}"])
        elif replay or is_online():
            found = reach(replay, lambda web: find(web, asked, known))
        else:
            found = Finding(notes=["There is no network, so no board was asked whether it lives."])
        if not (found.statuses or like or matches):
            raise BoardError(f"no board found for {asked}. {' '.join(found.notes)}")
    answered = {status.board.board_id: status for status in [*(status for _, status in found.known), *found.statuses]}
    rows = _rows(like, [status.board for status in found.statuses], matches, answered, known)
    columns = FOUND if form is Format.table else tuple(dict.fromkeys(LISTED + FOUND))
    new = [add_command(status.board, home) for status in found.statuses if status.board.board_id not in known]
    shown = [tuple(row[name] for name in columns) for row in rows if form is not Format.table or row["is_found"]]
    show(Answer([*columns], shown), form, f"Boards found for {asked}", [*found.notes, *new])


def _show_directory(asked: str, matches: list[Match]) -> None:
    """What the directory alone says, which needs no network."""
    rows = [tuple(_listed(match)[name] for name in LISTED) for match in matches[:MOST_SHOWN]]
    more = f"and {len(matches) - MOST_SHOWN:,} more; name it more fully" if len(matches) > MOST_SHOWN else ""
    show(Answer([*LISTED], rows), Format.table, f"What public lists of 2026 know of {asked}", [more] if more else [])


def _listed(match: Match) -> dict[str, Any]:
    """What the directory says of a board."""
    entry = match.entry
    facts = (*named(entry.board), match.by, entry.lists, entry.is_monitored, _reading(entry.source))
    return dict(zip(LISTED, facts, strict=True))


def _reading(source: str) -> str | None:
    """Why boards of a source are not asked; None where they are."""
    from pipeline.boards.search import is_read_at_once
    from pipeline.sources import names

    if is_read_at_once(source):
        return None
    return "read when asked for" if source in names() else "its kind is not read"


def _rows(
    like: list[Board],
    boards_found: list[Board],
    matches: list[Match],
    answered: dict[str, BoardStatus],
    known: dict[str, str],
) -> list[dict[str, Any]]:
    """A row a board: the registry's, those found, then what else the directory has; with all that is known of it."""
    listed = {match.entry.board.board_id: _listed(match) for match in matches[:MOST_SHOWN]}
    found = {board.board_id: board for board in [*like, *boards_found]}
    rows = []
    for board_id in dict.fromkeys([*found, *listed]):
        row: dict[str, Any] = dict.fromkeys(LISTED + FOUND) | listed.get(board_id, {})
        if board_id in found:
            row |= dict(zip(LISTED, named(found[board_id]), strict=False))
        if status := answered.get(board_id):
            row |= {"state": status.state, "postings": status.postings, "naming_it": status.naming}
            row["titles"] = "; ".join(status.titles)
        row |= {"in_registry_as": known.get(board_id), "is_found": board_id in found or board_id in answered}
        rows.append(row)
    return rows
