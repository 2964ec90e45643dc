"""Reads the CSV files that people write by hand, strictly: what cannot be meant so is named, with its line."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from pathlib import Path

CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def read_rows(path: Path, needed: Sequence[str], mistake: type[ValueError]) -> list[tuple[int, dict[str, str]]]:
    """Each row with the number of its line, as cells without outer blanks; blank lines are left out.

    Raises `mistake`, with a sentence that names the file, the line and what to mend, for a file that cannot be read,
    is not UTF-8, has another header than one with all of `needed`, or has a row that cannot be meant so.
    """
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            lines = csv.reader(file, strict=True)
            rows = [(lines.line_num, cells) for cells in lines if cells]
    except OSError as error:
        raise mistake(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise mistake(f"{path} is not UTF-8; save it as UTF-8") from None
    except csv.Error as error:
        raise mistake(f"{path}, line {lines.line_num}, is not CSV: {error}") from None
    if not rows:
        return []
    header = [name.strip() for name in rows[0][1]]
    if missing := [name for name in needed if header.count(name) != 1]:
        raise mistake(f"{path} needs the header {','.join(needed)}: {', '.join(missing)} is missing or stands twice")
    return [(number, _row(path, number, header, cells, mistake)) for number, cells in rows[1:]]


def in_line(words: str) -> str:
    """Words as a cell that `read_rows` takes: in one line, without control characters."""
    return " ".join(CONTROL.sub(" ", words).split())


def _row(path: Path, number: int, header: list[str], cells: list[str], mistake: type[ValueError]) -> dict[str, str]:
    if len(cells) > len(header):
        raise mistake(f"{path}, line {number}: {len(cells)} cells under a header of {len(header)}")
    if any(map(CONTROL.search, cells)):
        raise mistake(f"{path}, line {number}: a cell holds a line end or control character; take it out")
    return dict(zip(header, [*map(str.strip, cells), *[""] * (len(header) - len(cells))], strict=True))
