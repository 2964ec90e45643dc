"""Where the warehouse of a home stands."""

from __future__ import annotations

from pathlib import Path

from warehouse.embedded import Embedded


def warehouse_of(home: Path) -> Embedded:
    """The warehouse of a home: a file in it."""
    return Embedded(home)
