"""Which boards still live, and where those that are dead have moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.boards import directory
from pipeline.boards.search import askable
from pipeline.boards.status import BoardStatus, statuses_of
from pipeline.boards.tokens import likely_boards
from pipeline.fetching.web import Web
from pipeline.posting import Board


async def check_boards(web: Web, boards: Sequence[Board]) -> list[BoardStatus]:
    """The status of every board; one that is dead has moved where its company's postings stand under another token.

    They are that company's where most of them name it, or where the directory has the board by the company's name.
    """
    statuses = await statuses_of(web, boards)
    dead, listed = [status.board for status in statuses if status.state == "dead"], {board.board_id for board in boards}
    named = {board.company: _named(board.company) for board in dead}
    others = [
        other
        for board in dead
        for other in ({other.board_id: other for other in likely_boards(board.company)} | named[board.company]).values()
        if other.board_id not in listed
    ]
    found = {
        status.board.company: status.board
        for status in reversed(await statuses_of(web, others))
        if status.is_its_own or (status.state == "alive" and status.board.board_id in named[status.board.company])
    }
    return [
        replace(status, state="moved", moved_to=found[status.board.company])
        if status.state == "dead" and status.board.company in found
        else status
        for status in statuses
    ]


def _named(company: str) -> dict[str, Board]:
    """The boards that the directory has by the company's name, by their ids."""
    boards = [match.entry.board for match in askable(directory.called(company)) if match.by == "name"]
    return {board.board_id: replace(board, company=company) for board in boards}
