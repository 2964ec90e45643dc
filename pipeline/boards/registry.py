"""The board registry: which companies' boards a run reads; the bundled one, and the user's own beside it."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.boards import directory
from pipeline.csv_rows import in_line, read_rows
from pipeline.posting import Board, NamedBy, sound_text
from pipeline.sources import source_named

BUNDLED = Path(__file__).with_name("boards.csv")
OWN = "boards.csv"  # the user's own, in the home folder
CLOSE = 85  # of 100: how like a name must be to be shown for another
NEEDED = ("company", "source", "token")
COLUMNS = (*NEEDED, "tags", "confidence")
MARKETS, CONFIDENCES, NAMERS = ("sample",), ("high", "medium", "low"), ("registry", "directory")
TAGS = {
    "lab": "trains foundation models",
    "safety": "works chiefly on the safety or evaluation of AI",
    "infrastructure": "chips, clouds and engines that train and serve models",
    "tools": "what builders of AI use: frameworks, MLOps, evaluation, stores",
    "data": "makes or sells what models are trained and evaluated on",
    "applied": "a product built with AI",
    "robotics": "robots, vehicles and drones",
    "science": "AI for biology, medicine, materials and physics",
    "software": "a software company that hires for AI among much else",
    "big": "a large company that hires for AI among much else",
    "public": "a public or non-profit institute",
    "history": "many companies' postings over years, not one company's board",
}


class RegistryError(ValueError):
    """A registry that cannot be read; the message names the file and what to mend."""


def read_boards(path: Path) -> list[Board]:
    """The boards of a CSV with columns company, source, token, and optional ones: tags, confidence, market, named_by.

    `market` = "sample" marks invented companies, `named_by` = "directory" boards that are read as those of the directory.
    Raises RegistryError.
    """
    boards = _listed(path)
    if not boards:
        raise RegistryError(f"{path} lists no boards: it needs the header {','.join(NEEDED)} and a line a board")
    return boards


def boards_to_read(home: Path, file: Path | None = None, whole_sources: Sequence[str] = ()) -> list[Board]:
    """The boards of `file` where one is given, else the bundled ones with the user's own; then the directory's of `whole_sources`.

    A company named in the user's own registry (in any letter case) is read from there only. Raises RegistryError.
    """
    own = [] if file else own_boards(home)
    companies, ids = {board.company.casefold() for board in own}, {board.board_id for board in own}
    bundled = (board for board in read_boards(file or BUNDLED) if board.company.casefold() not in companies)
    listed = [*(board for board in bundled if board.board_id not in ids), *own]
    if not whole_sources:
        return listed
    more = directory.boards_of(whole_sources, listed)
    return [*listed, *(board for board in more if board.company.casefold() not in companies)]


def called_like(name: str, boards: list[Board]) -> list[Board]:
    """The boards of the company of that name, in any letter case, else of those that are called nearly so."""
    from rapidfuzz import fuzz, process, utils  # a run needs no likeness

    exact = [board for board in boards if board.company.casefold() == name.casefold()]
    near = process.extract(
        name,
        [board.company for board in boards],
        scorer=fuzz.token_set_ratio,
        processor=utils.default_process,
        score_cutoff=CLOSE,
    )
    return exact or [boards[index] for _, _, index in near]


def own_boards(home: Path) -> list[Board]:
    """The boards that the user added in the home folder. Raises RegistryError."""
    return _listed(home / OWN) if (home / OWN).exists() else []


def add_board(home: Path, board: Board) -> Path:
    """Add a line to the user's own registry, whose other lines stay as they are. Raises RegistryError or OSError."""
    own_boards(home)  # a registry with a fault is not written to
    file = home / OWN
    before = file.read_bytes() if file.exists() else b""
    if not before.strip():
        before = (",".join(COLUMNS) + "\n").encode()
    header = [name.strip() for name in next(filter(None, csv.reader(io.StringIO(before.decode("utf-8-sig")))))]
    end = "\r\n" if b"\r\n" in before else "\n"
    text = io.StringIO(newline="")
    cells = {"company": board.company, "source": board.source, "token": board.token}  # a page may have named it
    csv.DictWriter(text, header, lineterminator=end).writerow({name: in_line(cell) for name, cell in cells.items()})
    if not before.endswith(b"\n"):
        before += end.encode()
    home.mkdir(parents=True, exist_ok=True)
    new = file.with_name(f"{OWN}.{os.getpid()}.new")
    new.write_bytes(before + text.getvalue().encode())
    os.replace(new, file)
    return file


def company_tags(boards: list[Board]) -> dict[str, set[str]]:
    """What kind of company each is: the tags of its boards, where they have any, else those the bundled registry has for it."""
    known: dict[str, set[str]] = {}
    for board in read_boards(BUNDLED):
        known.setdefault(board.company.casefold(), set()).update(board.tags)
    given: dict[str, set[str]] = {}
    for board in boards:
        given.setdefault(board.company, set()).update(board.tags)
    return {company: tags or known.get(company.casefold(), set()) for company, tags in given.items()}


def _listed(path: Path) -> list[Board]:
    boards: dict[str, tuple[int, Board]] = {}
    for number, row in read_rows(path, NEEDED, RegistryError):
        try:
            board = _board(row)
        except ValueError as error:
            raise RegistryError(f"{path}, line {number}: {error}") from None
        first, known = boards.setdefault(board.board_id, (number, board))
        if known is not board:
            twice = f"lines {first} and {number}, as the board of {known.company} and of {board.company}"
            raise RegistryError(f"{path}: {board.board_id} stands in {twice}; keep one of them")
    return [board for _, board in boards.values()]


def _board(row: Mapping[str, str]) -> Board:
    """The board of a row. Raises ValueError with what is wrong with it."""
    company, source, token = (" ".join(sound_text(row[column]).split()) for column in NEEDED)
    if not (company and source and token):
        raise ValueError("company, source and token must all be given")
    market, confidence, named_by = (row.get(column, "") for column in ("market", "confidence", "named_by"))
    tags = tuple(tag for part in row.get("tags", "").split(";") if (tag := part.strip()))
    for name, value, known in (*(("tag", tag, (*TAGS,)) for tag in tags), ("market", market, MARKETS),
                               ("confidence", confidence, CONFIDENCES), ("named_by", named_by, NAMERS)):  # fmt: skip
        if value and value not in known:
            raise ValueError(f"the {name} {value!r} is none of {', '.join(known)}")
    by: NamedBy = "directory" if named_by == "directory" else "registry"
    return Board(company, source_named(source), token, market == "sample", tags, confidence or None, by)
