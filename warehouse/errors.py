"""What can be wrong with a warehouse or a question."""

from __future__ import annotations

from pathlib import Path
from shlex import quote


class StoreError(Exception):
    """The warehouse cannot be opened or asked; the message says why and what to do."""


class HomeError(StoreError, ValueError):
    """The home folder cannot be used; the message says why."""


class QuestionError(StoreError, ValueError):
    """SQL that cannot be run as it stands; the message says why."""


def first_line(error: Exception) -> str:
    """What an error says, without the SQL that it points at."""
    return next(iter(str(error).splitlines()), type(error).__name__)


def none_yet(home: Path) -> StoreError:
    """Nothing is published yet."""
    return StoreError(f"there is no warehouse in {home}; make one with: trackmix run --home {quote(str(home))}")


def of_another(name: str, home: Path) -> StoreError:
    """What is published lacks what this version asks for: an older one made it, or a newer."""
    renew = f"ask it with that one, or renew it with this: trackmix run --home {quote(str(home))}"
    return StoreError(f"{name} was made by another version of trackmix; {renew}")
