"""The kinds of job board trackmix reads. A source is a module in this folder, found by being here.

A source has:

- `ABOUT`: what a user should know of it;
- `async fetch(client, board) -> bytes`: the board's payload, verbatim;
- `read(payload) -> Iterator[RawPosting | Reject]`: what the payload says, renamed but not judged;
- `token_in(url) -> str | None`: the board that an address on the web belongs to, if it is one of this source.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from pipeline.fetching.web import Client
from pipeline.posting import Board, RawPosting, Reject


class SourceError(ValueError):
    """A source was named that is none; the message lists those there are."""


@dataclass(frozen=True, slots=True)
class About:
    """What a user should know of a source.

    `lists_all`: a board lists every open posting it has, so one that is missing has closed; where it
    lists only the newest, a posting counts as open until it runs out (`valid_through`, else 30 days
    after it was last seen). `is_dated`: its postings stand from their date on, so that an old payload
    tells what was open then. `is_asked_for`: read only by a run that names it (`--include`).
    `names_people`: fields of its answers that name a person, which are masked before they are kept.
    `total_at`: where an answer says how many postings the board has, so that one that was cut short is known.
    `company_at`: where an answer says whose board it is.
    `credit`: the line that its terms ask to show wherever its postings are used.
    """

    title: str
    lists_all: bool = True
    is_dated: bool = False
    is_asked_for: bool = False
    names_people: tuple[str, ...] = ()
    total_at: tuple[str, ...] = ()
    company_at: tuple[str, ...] = ()
    credit: str | None = None


class Source(Protocol):
    """What every module in this folder offers."""

    ABOUT: About

    async def fetch(self, client: Client, board: Board) -> bytes: ...

    def read(self, payload: bytes) -> Iterator[RawPosting | Reject]: ...

    def token_in(self, url: str) -> str | None: ...


@cache  # each line of a registry is looked up here
def names() -> tuple[str, ...]:
    """The names of all sources."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


def source_named(name: str) -> str:
    """The source that is called so, in any letter case. Raises SourceError."""
    if name.casefold() not in names():
        raise SourceError(f"{name} is not a source that trackmix reads; it reads {', '.join(names())}")
    return name.casefold()


def sources_named(names: str) -> list[str]:
    """The sources of a list with commas. Raises SourceError."""
    return [source_named(name.strip()) for name in names.split(",") if name.strip()]


def discover() -> dict[str, Source]:
    """Every source by its name, which is its module's name."""
    return {name: cast(Source, import_module(f"{__name__}.{name}")) for name in names()}
