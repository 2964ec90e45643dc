"""The `trackmix` command: the questions of `reports.cli`, and the work that makes their answers.

What a command needs is imported when it runs, so that a question loads neither Dagster nor scikit-learn.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.boards_cli import boards as boards_app
from pipeline.streams import LineError, stream, text_of
from reports import guidance, questions  # noqa: F401 - their commands
from reports.cli import DEFAULT_HOME, Form, Home, app, said_plainly
from reports.show import Format, show
from warehouse.store import Answer, StoreError

In = Annotated[str, typer.Option("--in", help="A file of JSON objects, one a line; - for standard input.")]
Out = Annotated[str, typer.Option("--out", help="Where to write, one JSON object a line; - for standard output.")]
MOST_TERMS = 12  # terms shown for a label, and against it
app.add_typer(boards_app, name="boards")


@app.command()
def run(
    replay: Annotated[Path | None, typer.Option(help="Answer every request from this folder.")] = None,
    boards: Annotated[Path | None, typer.Option(help="The boards to read: company,source,token.")] = None,
    include: Annotated[list[str] | None, typer.Option(help="Also read this source, which must be asked for.")] = None,
    keep_days: Annotated[
        int | None,
        typer.Option(envvar="TRACKMIX_KEEP_DAYS", min=0, help="Delete kept answers older than this; all are kept."),
    ] = None,
    home: Home = DEFAULT_HOME,
) -> None:
    """Read the boards, label what changed, and publish the counts."""
    from pipeline.registry import RegistryError
    from pipeline.replay import ReplayError
    from pipeline.run import RunError, run_pipeline

    with said_plainly(RunError, RegistryError, ReplayError, StoreError):
        run_pipeline(home, replay, boards, include or (), keep_days)


@app.command()
def label(
    in_: In = "-",
    out: Out = "-",
    review: Annotated[int, typer.Option(help="Label by hand this many of the warehouse's own postings.")] = 0,
    home: Home = DEFAULT_HOME,
) -> None:
    """Label postings `id,title,company,text`: writes `id,track,probability,second,terms`.

    At the end the shares go to standard error, as counted and as corrected for the model's known confusions.
    """
    from pipeline.review import review_postings
    from pipeline.teaching import LabelsError

    if review:
        with said_plainly(StoreError, LabelsError):
            review_postings(home, review)
        return
    _label_stream(in_, out, home)


def _label_stream(in_: str, out: str, home: Path) -> None:
    from classifiers.model import ModelError
    from classifiers.shares import Shares
    from pipeline.teaching import home_model
    from pipeline.text import plain

    with said_plainly(ModelError):
        model = home_model(home)
    shares = Shares(model.confusion)

    def labelled(batch: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        found = model.label([text_of(o, "title") for o in batch], [plain(text_of(o, "text")) for o in batch])
        shares.add([text_of(o, "company") for o in batch], found)
        for posting, judged in zip(batch, found, strict=True):
            yield {
                "id": posting["id"],
                "track": judged.track,
                "probability": round(judged.probability, 4),
                "second": judged.second,
                "terms": list(judged.terms),
            }

    with said_plainly(LineError, OSError):
        stream(in_, out, labelled)
    print(shares, file=sys.stderr)


@app.command()
def normalise(in_: In = "-", out: Out = "-") -> None:
    """Read postings `id,title,location,text` and optional `pay`: writes places, pay and seniority."""
    from pipeline.loose import judge_loose

    with said_plainly(LineError, OSError):
        stream(in_, out, lambda batch: map(judge_loose, batch))


@app.command()
def explain(
    posting: Annotated[str, typer.Argument(help="A posting's id, or a file: title on its first line, then the text.")],
    home: Home = DEFAULT_HOME,
    form: Form = Format.table,
) -> None:
    """Why a posting got its track: the terms that spoke for it and against it."""
    from classifiers.explain import explained
    from classifiers.model import ModelError
    from pipeline.teaching import UnknownPostingError, home_model, text_of_posting

    with said_plainly(StoreError, UnknownPostingError, ModelError):
        title, text = text_of_posting(home, posting)
        model = home_model(home)
    reasons = explained(model, title, text, MOST_TERMS)
    rows = [(side, term, round(said, 3)) for side, term, said in reasons.terms]
    show(Answer(["for or against", "term", "adds"], rows), form, f"{title}: {reasons.said}")


@app.command()
def train(home: Home = DEFAULT_HOME) -> None:
    """Train again with the labels you gave (`trackmix label --review N`); the next run labels everything anew."""
    from pipeline.teaching import LabelsError, retrain

    with said_plainly(StoreError, LabelsError):
        model, used = retrain(home)
    print(f"trained model {model.version} with {used} of your labels; label everything with it: trackmix run")


if __name__ == "__main__":
    app()
