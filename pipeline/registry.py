"""The board registry: which companies' boards a run reads."""

from __future__ import annotations

import csv
from pathlib import Path

from pipeline.posting import Board

BUNDLED = Path(__file__).with_name("boards.csv")
COLUMNS = ("company", "source", "token")


class RegistryError(Exception):
    """A registry that cannot be read; the message names the file and what to mend."""


def read_boards(path: Path) -> list[Board]:
    """The boards of a CSV with columns company, source, token; `market` = "sample" marks invented ones.

    A board listed twice counts once. Raises RegistryError.
    """
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError) as error:
        raise RegistryError(f"the board registry {path} cannot be read: {error}") from None
    boards: dict[str, Board] = {}
    for number, row in enumerate(rows, 2):
        values = [(row.get(column) or "").strip() for column in COLUMNS]
        if not all(values):
            raise RegistryError(f"{path}, line {number}: company, source and token must all be given")
        company, source, token = values
        board = Board(company, source, token, is_sample=row.get("market") == "sample")
        boards.setdefault(board.board_id, board)
    if not boards:
        raise RegistryError(f"{path} lists no boards: it needs the header {','.join(COLUMNS)} and a line a board")
    return list(boards.values())
