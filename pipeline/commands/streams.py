"""Objects in, objects out, one JSON object a line, a batch at a time, so that memory stays flat."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any, TextIO

import typer

In = Annotated[str, typer.Option("--in", help="A file of JSON objects, one a line; - for standard input.")]
Out = Annotated[str, typer.Option("--out", help="Where to write, one JSON object a line; - for standard output.")]


class LineError(Exception):
    """A line of input that cannot be used; the message names its number and the fault."""


def stream(in_: str, out: str, work: Callable[[list[dict[str, Any]]], Iterable[dict[str, Any]]]) -> None:
    """Write what `work` makes of each batch of objects; "-" stands for standard input and output.

    Raises LineError for a line that is no JSON object with an `id`, OSError for a file that cannot be opened.
    """
    with _opened(in_, "r") as source, _opened(out, "w") as target:
        for batch in _batches(source):
            for result in work(batch):
                target.write(json.dumps(result, ensure_ascii=False) + "\n")
            target.flush()


def text_of(posting: dict[str, Any], name: str) -> str:
    """A field where it is text, else nothing."""
    value = posting.get(name)
    return value if isinstance(value, str) else ""


@contextmanager
def _opened(name: str, mode: str) -> Iterator[TextIO]:
    if name == "-":
        yield sys.stdin if mode == "r" else sys.stdout
    else:
        with open(name, mode, encoding="utf-8") as file:
            yield file  # type: ignore[misc]


def _batches(lines: Iterable[str], size: int = 256) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            posting = json.loads(line)
        except ValueError as error:
            raise LineError(f"line {number} is not JSON: {error}") from None
        if not isinstance(posting, dict) or "id" not in posting:
            raise LineError(f"line {number} is not an object with an id")
        batch.append(posting)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
