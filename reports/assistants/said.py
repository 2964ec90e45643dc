"""The form of an answer for an assistant, and how much of it there may be."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reports.show import Told, in_json
from warehouse.answer import Answer
from warehouse.store import ask

MOST_ROWS = 200  # of one answer
LONGEST = 4000  # characters of one cell: a posting's text may be longer


@dataclass(frozen=True)
class Said:
    """An answer: what it is about, its rows, what they rest on and how they were made, in sentences."""

    about: str
    rows: list[dict[str, Any]]
    rests_on: list[str]
    is_sample_market: bool


def said(home: Path, told: Told) -> Said:
    """An answer with its first rows, in values that JSON has."""
    rows: list[dict[str, Any]] = json.loads(in_json(Answer(told.answer.columns, told.answer.rows[:MOST_ROWS])))
    more = [f"Only the first {MOST_ROWS} rows are here."] if len(told.answer.rows) > MOST_ROWS else []
    is_sample = bool(ask(home, "select coalesce(bool_or(is_sample), false) from boards").rows[0][0])
    return Said(told.title, [*map(_cut, rows)], [*more, *told.notes], is_sample)


def _cut(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: f"{value[:LONGEST]}…" if isinstance(value, str) and len(value) > LONGEST else value
        for name, value in row.items()
    }
