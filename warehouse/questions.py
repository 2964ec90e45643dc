"""Questions as SQL: the file that a name stands for, and the parameters of a question as literals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

QUERIES = Path(__file__).with_name("queries")
_NAME = re.compile(r"[a-z_]+/[a-z_]+")  # of a query: who asks, and what


def file_of(question: str) -> Path | None:
    """The file in `queries/` that a question names by its folder and name, if it names one."""
    file = QUERIES / f"{question}.sql"
    return file if _NAME.fullmatch(question) and file.is_file() else None


def literal(value: Any) -> str:
    """A parameter as a SQL literal."""
    if value is None:
        return "null"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{literal(key)}: {literal(of_key)}" for key, of_key in value.items()) + "}"
    if isinstance(value, date):
        return f"date '{value}'"
    return repr(value)


def is_text(words: str) -> bool:
    """Whether they are Unicode; an argument in another encoding holds halves of surrogate pairs."""
    return words.isascii() or words.encode("utf-8", "ignore").decode() == words
