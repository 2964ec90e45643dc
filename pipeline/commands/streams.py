"""Objects in, objects out, one JSON object a line, a batch at a time, so that memory stays flat."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from math import isinf
from pathlib import Path
from typing import Annotated, Any, BinaryIO, NoReturn

import typer

In = Annotated[str, typer.Option("--in", help="A file of JSON objects, one a line; - for standard input.")]
Out = Annotated[str, typer.Option("--out", help="Where to write, one JSON object a line; - for standard output.")]


class LineError(ValueError):
    """A line of input that cannot be used; the message names its number and the fault."""


def stream(in_: str, out: str, work: Callable[[list[dict[str, Any]]], Iterable[dict[str, Any]]]) -> None:
    """Write what `work` makes of each batch of objects; "-" stands for standard input and output.

    A file takes its place when it is whole: until then what stood there stays. Raises LineError for a line that is no
    JSON object with an `id`, OSError for a file that cannot be used.
    """
    if out != "-" and in_ != "-" and Path(out).exists() and Path(out).samefile(in_):
        raise LineError(f"{out} is read and cannot be written at once; name another file for --out")
    with nullcontext(sys.stdin.buffer) if in_ == "-" else open(in_, "rb") as source, _written(out) as target:
        for batch in _batches(source, "standard input" if in_ == "-" else in_):
            for result in work(batch):
                line = json.dumps(result, ensure_ascii=False, allow_nan=False)
                target.write(line.encode("utf-8", "backslashreplace") + b"\n")  # half a pair as JSON spells it
            target.flush()


def text_of(posting: dict[str, Any], name: str) -> str:
    """A field where it is text, else nothing."""
    value = posting.get(name)
    return value if isinstance(value, str) else ""


@contextmanager
def _written(name: str) -> Iterator[BinaryIO]:
    file = Path(name).resolve()
    if name == "-" or (file.exists() and not file.is_file()):  # a pipe or device is written to, not replaced
        with nullcontext(sys.stdout.buffer) if name == "-" else file.open("wb") as target:
            yield target
        return
    partial = file.with_name(f".{file.name[:200]}.{os.getpid()}.part")
    try:
        with partial.open("wb") as target:
            yield target
        os.replace(partial, file)
    except OSError as error:
        error.filename = name if error.filename in (None, str(partial)) else error.filename
        raise
    finally:
        partial.unlink(missing_ok=True)


def _batches(lines: Iterable[bytes], name: str, size: int = 256) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            batch.append(_object(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line))
        except ValueError as error:
            raise LineError(f"{name}, line {number}, {error}") from None
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _object(line: bytes) -> dict[str, Any]:
    """The object of a line, with its id. Raises ValueError with what the line is instead."""
    try:
        found = json.loads(line.decode("utf-8"), parse_constant=_refused, parse_float=_finite)
    except UnicodeDecodeError:
        raise ValueError("is not UTF-8") from None
    except RecursionError:
        raise ValueError("is nested too deeply") from None
    except ValueError as error:
        raise ValueError(f"is not JSON: {error}") from None
    if not isinstance(found, dict) or "id" not in found:
        raise ValueError("is not an object with an id")
    if isinstance(found["id"], bool) or not isinstance(found["id"], str | int | float):
        raise ValueError("has an id that is neither text nor a number")
    return found


def _refused(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def _finite(digits: str) -> float:
    if isinf(number := float(digits)):
        raise ValueError(f"{digits} is beyond what a number can be")
    return number
