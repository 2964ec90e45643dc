"""`trackmix label` and `trackmix explain`: the labels of postings, and why they got them.

What a command needs is imported when it runs, so that a question loads neither Dagster nor scikit-learn.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from classifiers.tracks import LABELS, TITLES
from pipeline.commands.streams import In, LineError, Out, stream, text_of
from reports.cli import DEFAULT_HOME, Form, Home, app, said_plainly
from reports.show import Format, show
from warehouse.answer import Answer
from warehouse.errors import StoreError

DECIMALS = 6  # of a probability that is written
MOST_TERMS = 12  # terms shown for a label, and against it


@app.command()
def label(
    in_: In = "-",
    out: Out = "-",
    review: Annotated[int, typer.Option(min=0, help="Label by hand this many of the warehouse's own postings.")] = 0,
    home: Home = DEFAULT_HOME,
) -> None:
    """Label postings `id,title,company,text`: writes `id,track,probability,probabilities,second,terms`.

    Sum the probabilities to count postings: over many, that is nearer to what careful readers count than the labels are.
    At the end the number of each label goes to standard error, its share of all, and the share that the sums say.
    """
    from pipeline.commands.review import review_postings
    from pipeline.stages.teaching import LabelsError

    if review:
        if (in_, out) != ("-", "-"):
            raise typer.BadParameter("--review asks in the terminal: it goes with neither --in nor --out")
        with said_plainly(StoreError, LabelsError, OSError):
            review_postings(home, review)
        return
    _label_stream(in_, out, home)


def _label_stream(in_: str, out: str, home: Path) -> None:
    from classifiers.model import ModelError
    from pipeline.reading.text import plain
    from pipeline.stages.teaching import home_model

    with said_plainly(ModelError):
        model = home_model(home)
    counts, expected = Counter[str](), dict.fromkeys(LABELS, 0.0)

    def labelled(batch: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        found = model.label([text_of(o, "title") for o in batch], [plain(text_of(o, "text")) for o in batch])
        counts.update(judged.track for judged in found)
        for posting, judged in zip(batch, found, strict=True):
            probabilities = _by_label(judged.probabilities)
            for track in LABELS:
                expected[track] += probabilities[track]
            yield {
                "id": posting["id"],
                "track": judged.track,
                "probability": round(judged.probability, 4),
                "probabilities": probabilities,
                "second": judged.second,
                "terms": list(judged.terms),
            }

    with said_plainly(LineError, OSError):
        stream(in_, out, labelled)
    of = max(1, counts.total())
    print(f"{'':24} {'labelled':>8} {'':>6} {'expected':>8}", file=sys.stderr)
    for track in LABELS:
        shares = f"{counts[track]:>8,} {counts[track] / of:>6.1%} {expected[track] / of:>8.1%}"
        print(f"{TITLES[track]:24} {shares}", file=sys.stderr)


def _by_label(probabilities: Sequence[float]) -> dict[str, float]:
    """By label, rounded so that they still sum to 1."""
    rounded = dict(zip(LABELS, (round(one, DECIMALS) for one in probabilities), strict=True))
    likeliest = max(rounded, key=rounded.__getitem__)
    rounded[likeliest] = round(rounded[likeliest] + 1 - sum(rounded.values()), DECIMALS)
    return rounded


@app.command()
def explain(
    posting: Annotated[str, typer.Argument(help="A posting's id, or a file: title on its first line, then the text.")],
    home: Home = DEFAULT_HOME,
    form: Form = Format.table,
) -> None:
    """Why a posting got its track: the terms that spoke for it and against it."""
    from classifiers.explain import explained
    from classifiers.model import ModelError
    from pipeline.stages.teaching import UnknownPostingError, home_model, text_of_posting

    with said_plainly(StoreError, UnknownPostingError, ModelError, OSError):
        title, text = text_of_posting(home, posting)
        model = home_model(home)
    reasons = explained(model, title, text, MOST_TERMS)
    rows = [(side, term, round(said, 3)) for side, term, said in reasons.terms]
    show(Answer(["for or against", "term", "adds"], rows), form, f"{title}: {reasons.said}")
