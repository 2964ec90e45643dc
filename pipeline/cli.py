"""The `trackmix` command: the questions of `reports.cli`, and the work that makes their answers.

What a command needs is imported when it runs, so that a question loads neither Dagster nor scikit-learn.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer

from reports.cli import DEFAULT_HOME, Home, app, said_plainly

In = Annotated[str, typer.Option("--in", help="A file of JSON objects, one a line; - for standard input.")]
Out = Annotated[str, typer.Option("--out", help="Where to write, one JSON object a line; - for standard output.")]


class LineError(Exception):
    """A line of input that cannot be used; the message names its number and the fault."""


@app.command()
def run(
    replay: Annotated[Path | None, typer.Option(help="Answer every request from this folder.")] = None,
    boards: Annotated[Path | None, typer.Option(help="The boards to read: company,source,token.")] = None,
    home: Home = DEFAULT_HOME,
) -> None:
    """Read the boards, label what changed, and publish the counts."""
    from pipeline.registry import RegistryError
    from pipeline.replay import ReplayError
    from pipeline.run import RunError, run_pipeline
    from warehouse.store import StoreError

    with said_plainly(RunError, RegistryError, ReplayError, StoreError):
        run_pipeline(home, replay, boards)


@app.command()
def label(in_: In, out: Out = "-") -> None:
    """Label postings `id,title,company,text`: writes `id,track,probability,second,terms`."""
    from classifiers.model import Model
    from pipeline.text import plain

    model = Model.load()

    def labelled(batch: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        found = model.label([_text(o, "title") for o in batch], [plain(_text(o, "text")) for o in batch])
        for posting, judged in zip(batch, found, strict=True):
            yield {
                "id": posting["id"],
                "track": judged.track,
                "probability": round(judged.probability, 4),
                "second": judged.second,
                "terms": list(judged.terms),
            }

    with said_plainly(LineError, OSError):
        _stream(in_, out, labelled)


@app.command()
def normalise(in_: In, out: Out = "-") -> None:
    """Read postings `id,title,location,text` and optional `pay`: writes places, pay and seniority."""
    from pipeline.loose import judge_loose

    with said_plainly(LineError, OSError):
        _stream(in_, out, lambda batch: map(judge_loose, batch))


def _stream(in_: str, out: str, work: Callable[[list[dict[str, Any]]], Iterable[dict[str, Any]]]) -> None:
    """Objects in, objects out, a batch at a time, so that memory stays flat."""
    with _opened(in_, "r") as source, _opened(out, "w") as target:
        for batch in _batches(source):
            for result in work(batch):
                target.write(json.dumps(result, ensure_ascii=False) + "\n")
            target.flush()


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


def _text(posting: dict[str, Any], name: str) -> str:
    value = posting.get(name)
    return value if isinstance(value, str) else ""


if __name__ == "__main__":
    app()
