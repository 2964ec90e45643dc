"""The kinds of job board trackmix reads. A source is a module in this folder, found by being here.

A source has two functions:

- `async fetch(client, board) -> bytes`: the board's payload, verbatim;
- `read(payload) -> Iterator[RawPosting | Reject]`: what the payload says, renamed but not judged.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from typing import Protocol, cast

from pipeline.posting import Board, RawPosting, Reject
from pipeline.web import Client


class Source(Protocol):
    """What every module in this folder offers."""

    async def fetch(self, client: Client, board: Board) -> bytes: ...

    def read(self, payload: bytes) -> Iterator[RawPosting | Reject]: ...


def discover() -> dict[str, Source]:
    """Every source by its name, which is its module's name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {name: cast(Source, import_module(f"{__name__}.{name}")) for name in names}
