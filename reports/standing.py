"""How long openings have stood: those open over 90 days and those posted again, told as what they are and no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from reports.scope import Scope
from warehouse.store import ask

LONG = 90  # days


def ask_standing(home: Path, scope: Scope, track: str | None = None) -> str:
    """The line about the openings of a scope, of a track or all."""
    row = ask(home, "questions/standing", {**scope.params(), "track": track, "days": LONG}).records()[0]
    return standing(row["openings"], row["open_long"], row["posted_again"])


def standing_of(openings: Iterable[Mapping[str, Any]]) -> str:
    """The same of rows of openings that are at hand (`site/openings.sql`)."""
    days = [(row["days_open"], row["is_posted_again"]) for row in openings]
    told = [day for day, _ in days if day is not None]
    return standing(len(told), sum(day > LONG for day in told), sum(again for _, again in days))


def standing(openings: int, open_long: int, posted_again: int) -> str:
    """That line; what stands in monthly threads is left out, for a thread says nothing of how long."""
    return f"Open over {LONG} days: {open_long:,} of {openings:,}; posted again after it had closed: {posted_again:,}."
