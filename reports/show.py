"""Shows an answer as a table with bars, JSON, CSV or Markdown."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
from typing import Any, Literal, TextIO
from urllib.parse import urlsplit

from rich.bar import Bar
from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.style import Style
from rich.table import Table
from rich.text import Text

from warehouse.answer import Answer

BAR = 8  # characters that a share of 1 fills
FULL: dict[bool, Literal["fold", "ellipsis"]] = {False: "fold", True: "ellipsis"}  # a cell that is cut ends in …
WIDE = 400  # characters of a line that no terminal shows
SHORT, NARROW = 140, 13  # in a shorter line, columns beside a link get no more than that many characters
# control characters, line ends, and marks that turn the direction of what follows: a board's words are no commands
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]+")


class Format(StrEnum):
    """The forms an answer can take."""

    table = "table"
    json = "json"
    csv = "csv"
    md = "md"


@dataclass(frozen=True, slots=True)
class Told:
    """An answer for other programs, before it takes a form: its rows, what they are about, and what they rest on, in sentences."""

    answer: Answer
    title: str
    notes: Sequence[str]


def show(
    answer: Answer,
    form: Format,
    title: str,
    notes: Sequence[str] = (),
    bar: str | None = None,
    link: str | None = None,
    is_verbatim: bool = False,
    is_short: bool = False,
) -> None:
    """Print an answer, in a table with a bar of the column `bar` and its notes below.

    JSON is a list of objects. The other machine forms too have nothing but the rows on
    standard output; their notes go to standard error. In a table, the addresses of the column `link` are behind the
    first cell of each row where the terminal can open them, and a column where it cannot. An answer `is_verbatim` in a
    table too: names and values as the warehouse has them. One that `is_short` takes a line a row where links are hidden: what
    finds no room ends in an ellipsis.
    """
    if form is Format.table:
        _show_table(answer, title, bar, link, is_verbatim, is_short)
    elif form is Format.json:
        print(in_json(answer))
    elif form is Format.csv:
        write_csv(sys.stdout, answer)
    else:
        _show_markdown(answer, is_verbatim)
    console = _console(stderr=form is not Format.table)
    for note in notes:
        console.print(
            printable(note), style="dim", soft_wrap=not console.is_terminal
        )  # a pipe has no edge to break a line at


def in_json(answer: Answer) -> str:
    """The rows as a list of objects; what JSON has no form for is in words."""
    return json.dumps(_finite(answer.records()), default=str, indent=2, ensure_ascii=False, allow_nan=False)


def _finite(value: Any) -> Any:
    """The same with null for what no JSON number can be."""
    if isinstance(value, dict):
        return {name: _finite(of_name) for name, of_name in value.items()}
    if isinstance(value, list | tuple):
        return [*map(_finite, value)]
    return None if isinstance(value, float) and not isfinite(value) else value


def printable(text: str) -> str:
    """The text in one line, without characters that a terminal obeys instead of showing them."""
    return _CONTROLS.sub(" ", text)


def in_markdown(value: Any) -> str:
    """Words in one line of Markdown, none of them its markup."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]<>#|!~" else sign for sign in printable(str(value)))


def safe_cell(value: Any) -> Any:
    """A CSV cell that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def write_csv(file: TextIO, answer: Answer) -> None:
    """An answer as CSV, with a line of its columns first."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows([safe_cell(value) for value in row] for row in answer.rows)


def web_address(url: Any) -> str | None:
    """An address that may be a link: of the web, not a script."""
    try:
        return url if isinstance(url, str) and urlsplit(url).scheme in ("http", "https") else None
    except ValueError:  # no address at all
        return None


def written(column: str, value: Any) -> str:
    """A value as people read it: shares in per cent, pay in thousands of US or international dollars."""
    if value is None:
        return ""
    if "share" in column:
        return f"{value:.0%}"
    if column.endswith("_usd"):
        return f"${value / 1000:,.0f}k"
    if column.endswith("_intl"):
        return f"{value / 1000:,.0f}k"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def between(low: float | None, high: float | None, form: str, per: float = 1) -> str:
    """The two ends of an interval, each divided by `per`, in a form with two places."""
    return "" if low is None or high is None else form.format(low / per, high / per)


def percent(low: float, high: float) -> str:
    """An interval of shares: 9–48%."""
    return between(low, high, "{:.0f}–{:.0f}%", per=0.01)


def thousands(low: float | None, high: float | None, sign: str = "$") -> str:
    """An interval of pay: $73–134k; nothing where nobody states any."""
    return between(low, high, sign + "{:,.0f}–{:,.0f}k", per=1000)


def _console(stderr: bool = False, soft_wrap: bool = False) -> Console:
    """A console that shows words as they are: no markup, no pictures for names between colons."""
    return Console(stderr=stderr, soft_wrap=soft_wrap, highlight=False, markup=False, emoji=False)


def _show_markdown(answer: Answer, is_verbatim: bool) -> None:
    print(f"| {' | '.join(answer.columns)} |\n|{' --- |' * len(answer.columns)}")
    for row in answer.rows:
        cells = (_cell(name, value, is_verbatim) for name, value in zip(answer.columns, row, strict=True))
        print(f"| {' | '.join(map(in_markdown, cells))} |")


def _cell(column: str, value: Any, is_verbatim: bool) -> str:
    return printable(("NULL" if value is None else str(value)) if is_verbatim else written(column, value))


def _show_table(
    answer: Answer, title: str, bar: str | None, link: str | None, is_verbatim: bool, is_short: bool
) -> None:
    console = _console()
    if not console.is_terminal:
        console.width = max(console.width, WIDE)  # a pipe has no edge to cut a cell at
    linked = link if console.color_system else None  # a terminal without colours has no links either
    is_cut = is_short and linked is not None
    _console(soft_wrap=True).print(printable(title), style="bold")
    if title and not answer.rows:  # a word says more than a grid without rows
        console.print(" none")
        return
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=bool(title))  # one that goes on where another ended
    for number, name in enumerate(answer.columns):
        if name == linked:
            continue
        values = [row[number] for row in answer.rows if row[number] is not None]
        is_number = bool(values) and isinstance(values[0], int | float)
        justify: Literal["left", "right"] = "right" if is_number else "left"
        called = printable(name if is_verbatim else name.replace("_", " "))
        most = NARROW if linked and number and console.width < SHORT else None
        is_whole = bar is not None or (is_cut and number > 0)  # the first column alone gives way
        table.add_column(called, justify=justify, no_wrap=is_whole, overflow=FULL[is_cut], max_width=most)
        if name == bar:
            table.add_column("")
    for row in answer.rows:
        cells: list[RenderableType] = []
        for name, value in zip(answer.columns, row, strict=True):
            if name == linked:
                cells[0] = Text(str(cells[0]), Style(link=value if _is_address(value) else None), no_wrap=is_cut)
                continue
            cells.append(_cell(name, value, is_verbatim))
            if name == bar:
                cells.append(Bar(1, 0, value or 0, width=BAR, color="cyan"))
        table.add_row(*cells)
    console.print(table)


def _is_address(value: Any) -> bool:
    """Whether a link may lead there: to the web, and nowhere else."""
    return isinstance(value, str) and value.startswith(("https://", "http://")) and value == printable(value)
