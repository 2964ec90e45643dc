"""How long openings have stood: those open over 90 days and those posted again, told as what they are and no more."""

from __future__ import annotations

from pathlib import Path

from reports.scope import Scope
from warehouse.store import ask

LONG = 90  # days


def ask_standing(home: Path, scope: Scope, track: str | None = None) -> str:
    """The line about the openings of a scope, of a track or all."""
    row = ask(home, "questions/standing", {**scope.params(), "track": track, "days": LONG}).records()[0]
    return standing(row["openings"], row["open_long"], row["posted_again"])


def standing(openings: int, open_long: int, posted_again: int) -> str:
    """That line; what stands in monthly threads is left out, for a thread says nothing of how long."""
    return f"Open over {LONG} days: {open_long:,} of {openings:,}; posted again after it had closed: {posted_again:,}."
