"""Shows an answer as a table with bars, JSON, CSV or Markdown."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import Any, Literal

from rich.bar import Bar
from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.markup import escape
from rich.table import Table

from warehouse.store import Answer

BAR = 8  # characters that a share of 1 fills
WIDE = 200  # characters of a line that no terminal shows


class Format(StrEnum):
    """The forms an answer can take."""

    table = "table"
    json = "json"
    csv = "csv"
    md = "md"


def show(answer: Answer, form: Format, title: str, notes: Sequence[str] = (), bar: str | None = None) -> None:
    """Print an answer, in a table with a bar of the column `bar` and its notes below.

    JSON is a list of objects. The other machine forms too have nothing but the rows on
    standard output; their notes go to standard error.
    """
    if form is Format.table:
        _show_table(answer, title, bar)
    elif form is Format.json:
        print(json.dumps(answer.records(), default=str, indent=2, ensure_ascii=False))
    elif form is Format.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(answer.columns)
        writer.writerows([safe_cell(value) for value in row] for row in answer.rows)
    else:
        print(f"| {' | '.join(answer.columns)} |\n|{' --- |' * len(answer.columns)}")
        for row in answer.rows:
            cells = (written(name, cell).replace("|", "\\|") for name, cell in zip(answer.columns, row, strict=True))
            print(f"| {' | '.join(cells)} |")
    console = Console(stderr=form is not Format.table, highlight=False, soft_wrap=True)
    for note in notes:
        console.print(escape(note), style="dim")


def safe_cell(value: Any) -> Any:
    """A CSV cell that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def written(column: str, value: Any) -> str:
    """A value as people read it: shares in per cent, pay in thousands of US or international dollars."""
    if value is None:
        return "–"
    if "share" in column:
        return f"{value:.0%}"
    if column.endswith("_usd"):
        return f"${value / 1000:,.0f}k"
    if column.endswith("_intl"):
        return f"{value / 1000:,.0f}k"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def between(low: float | None, high: float | None, form: str, per: float = 1) -> str:
    """The two ends of an interval, each divided by `per`, in a form with two places."""
    return "–" if low is None or high is None else form.format(low / per, high / per)


def _show_table(answer: Answer, title: str, bar: str | None) -> None:
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = max(console.width, WIDE)  # a pipe has no edge to cut a cell at
    table = Table(title=escape(title), title_justify="left", title_style="bold", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for number, name in enumerate(answer.columns):
        values = [row[number] for row in answer.rows if row[number] is not None]
        is_number = bool(values) and isinstance(values[0], int | float)
        justify: Literal["left", "right"] = "right" if is_number else "left"
        table.add_column(name.replace("_", " "), justify=justify, no_wrap=bar is not None)
        if name == bar:
            table.add_column("")
    for row in answer.rows:
        cells: list[RenderableType] = []
        for name, value in zip(answer.columns, row, strict=True):
            cells.append(escape(written(name, value)))
            if name == bar:
                cells.append(Bar(1, 0, value or 0, width=BAR, color="cyan"))
        table.add_row(*cells)
    console.print(table)
