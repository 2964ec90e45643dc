"""The directory of boards: 102,000 boards on 50 kinds of job board, as public lists of 2026 name them, some of them dead.

`directory.tsv.zst` is a table to look through, not a registry: a run reads of it what it is told to. A name is found by
one search through the whole table, folded as names are compared, in some 50 ms; `bench/directory.py` makes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

import zstandard

from pipeline.posting import Board, NamedBy
from reports.names import folded

FILE = Path(__file__).with_name("directory.tsv.zst")
NAME_PARTS = "/(|)"  # between the names in a name: Cursor / Anysphere
FIRST_NAMED = 2  # lists that name a board, for it to be read before others
_LEGAL = ("inc", "llc", "ltd", "limited", "gmbh", "ag", "sa", "sas", "bv", "corp", "corporation", "co", "plc", "se")
_COMMON = ("ai", "labs", "lab", "technologies", "io", "hq")  # last words that people leave out, or tokens
_COMPANY, _TOKEN, _KEY = 0, 1, 5  # the cells of a line that are looked through
_FOLDS = bytes.maketrans(bytes(range(65, 91)) + NAME_PARTS.encode(), bytes(range(97, 123)) + b"////")
_MARKS = bytes(code for code in range(32, 127) if not chr(code).isalnum() and chr(code) not in NAME_PARTS)

Likeness = Literal["name", "token", "nearly", "beginning"]
_LIKEST: tuple[Likeness, ...] = ("name", "token", "nearly", "beginning")


class Entry(NamedTuple):
    """What the lists say of a board; `company` is None where none of them names it."""

    company: str | None
    source: str
    token: str
    lists: int
    is_monitored: bool

    @property
    def board(self) -> Board:
        """The board, called by its token where no list names its company."""
        named_by: NamedBy = "directory" if self.company else "token"
        return Board(self.company or spoken(self.token), self.source, self.token, named_by=named_by)

    @property
    def is_first(self) -> bool:
        """Whether several lists name it or one of them reads it, so that it most likely lives."""
        return self.is_monitored or self.lists >= FIRST_NAMED


class Match(NamedTuple):
    """An entry, and what of it is as was asked: `nearly` but for a last word such as AI, `beginning` begins so."""

    entry: Entry
    by: Likeness


def key(name: str) -> str:
    """A name as it is looked for: folded, in one word, without what only a register of companies says."""
    words = folded(name).split()
    while len(words) > 1 and words[-1] in _LEGAL:
        words.pop()
    return "".join(words)


def spoken(token: str) -> str:
    """A token as a name, for want of one: black-forest-labs is Black Forest Labs."""
    first = re.split(r"[./]", token)[0]
    words = re.sub(r"[-_\s]+", " ", first).strip() or token
    return words.title() if words.islower() else words


def called(name: str) -> list[Match]:
    """The boards of that name, the likest first, then those of which most lists know.

    Names and tokens count alike, without case, accents and legal forms, and nearly where one of both leaves out a last
    word such as AI; those of which it is only the beginning, where there are no others.
    """
    found: dict[int, Match] = {}
    for wanted in keys(name):
        for number, by in _hits(wanted):
            if number not in found or _LIKEST.index(by) < _LIKEST.index(found[number].by):
                found[number] = Match(_entry(_lines()[number]), by)
    whole = [match for match in found.values() if match.by != "beginning"]
    return sorted(
        whole or found.values(),
        key=lambda match: (
            _LIKEST.index(match.by),
            -match.entry.lists,
            not match.entry.is_monitored,
            match.entry.board.board_id,
        ),
    )


def boards_of(sources: Sequence[str], listed: Sequence[Board]) -> list[Board]:
    """The boards of these sources that are not `listed`, those first that most likely live.

    A company that is listed keeps the name it has there; a board that no list names has the name of another that its
    token spells, else its token in words.
    """
    return [*_more_boards(tuple(sources), tuple(listed))]


@lru_cache(maxsize=1)  # every asset of a run asks for the same
def _more_boards(sources: tuple[str, ...], listed: tuple[Board, ...]) -> tuple[Board, ...]:
    ids = {board.board_id for board in listed}
    entries = sorted(_entries(sources), key=lambda entry: (not entry.is_first, -entry.lists))
    boards = [*{board.board_id: board for entry in entries if (board := entry.board).board_id not in ids}.values()]
    surest_last = sorted(boards, key=lambda board: (board.named_by == "directory", len(board.company.split())))
    names = names_by_key([*surest_last, *listed])
    return tuple(replace(board, company=names.get(key(board.company), board.company)) for board in boards)


def names_by_key(boards: Iterable[Board]) -> dict[str, str]:
    """The company of each name in the names of these boards' companies, by its key; the last says it."""
    return {part: board.company for board in boards for part in keys(board.company)}


def keys(name: str) -> list[str]:
    """The key of a name, and those of the names in it: "Cursor / Anysphere" has two, RE/MAX is one and (UK) none."""
    first, *more = (key(part) for part in re.split(r"\s+[/|]\s+|\s*[()]\s*", name))
    return [part for part in dict.fromkeys([key(name), first, *(part for part in more if len(part) > 2)]) if part]


def _hits(wanted: str) -> Iterator[tuple[int, Likeness]]:
    """The numbers of the lines with a cell, or part of one, that is so called or begins so, with its likeness."""
    common, legal = "|".join(_COMMON), "|".join(_LEGAL)
    bare = re.sub(f"(?<=..)(?:{common})$", "", wanted)
    is_whole = re.compile(f"{re.escape(wanted)}(?:{legal})*".encode())
    is_nearly = re.compile(f"{re.escape(bare)}(?:{common})?(?:{legal})*".encode())
    table, number, counted = _folded(), 0, 0
    for hit in sorted(at.start() for before in "\n\t/" for at in re.finditer(re.escape(before + bare).encode(), table)):
        number, counted = number + table.count(b"\n", counted, hit + 1), hit + 1
        cell = table.count(b"\t", table.rfind(b"\n", 0, hit + 1), hit + 1)
        if cell not in (_COMPANY, _TOKEN, _KEY):
            continue
        called = re.compile(rb"[^\t/\n]*").match(table, hit + 1)[0]  # type: ignore[index]
        if is_whole.fullmatch(called):
            yield number - 1, "token" if cell == _TOKEN else "name"
        elif is_nearly.fullmatch(called):
            yield number - 1, "nearly"
        elif called.startswith(wanted.encode()):
            yield number - 1, "beginning"


def _entries(sources: Sequence[str]) -> Iterator[Entry]:
    marks = tuple(f"\t{source}\t".encode() for source in sources)
    return (_entry(line) for line in _lines() if any(mark in line for mark in marks))


def _entry(line: bytes) -> Entry:
    company, token, source, lists, monitored, *_ = line.decode().split("\t")
    if source == "workday" and token.count("/") == 2:  # the lists part what its address joins
        tenant, host, site = token.split("/", 2)
        token = f"{tenant}.{host}.myworkdayjobs.com/{site}"
    return Entry(company or None, source, token, int(lists), monitored == "1")


@cache
def _table() -> bytes:
    return zstandard.ZstdDecompressor().decompress(FILE.read_bytes())


@cache
def _lines() -> list[bytes]:
    return _table().splitlines()


@cache
def _folded() -> bytes:
    """The table as names are compared, line by line, with a line end before the first."""
    return b"\n" + _table().translate(_FOLDS, _MARKS)
