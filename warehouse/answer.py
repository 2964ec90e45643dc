"""What a question answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """The columns and rows of a question, in order."""

    columns: list[str]
    rows: list[tuple[Any, ...]]

    @classmethod
    def of(cls, columns: Sequence[str], records: Sequence[Mapping[str, Any]], **figures: Sequence[Any]) -> Answer:
        """These columns of records, and of figures that stand beside them, by column; what is not a number is null."""
        places = range(len(records))
        told = [[figures[name][at] if name in figures else records[at][name] for name in columns] for at in places]
        return cls(list(columns), [tuple(map(_known, row)) for row in told])

    def records(self) -> list[dict[str, Any]]:
        """The rows as dicts."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def _known(value: Any) -> Any:
    return None if value != value else value
