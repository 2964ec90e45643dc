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
SECOND = (
    "Ask this chat endpoint (of OpenAI's API, such as http://localhost:11434/v1) about postings the model is unsure of; "
    "a key is taken from TRACKMIX_CHAT_KEY. Their text leaves the machine."
)
MOST_TERMS = 12  # terms shown for a label, and against it


@app.command()
def label(
    in_: In = "-",
    out: Out = "-",
    review: Annotated[int, typer.Option(min=0, help="Label by hand this many of the warehouse's own postings.")] = 0,
    second: Annotated[str, typer.Option(metavar="URL", help=SECOND)] = "",
    model: Annotated[str, typer.Option(help="Its name at that endpoint.")] = "",
    most: Annotated[int, typer.Option(min=1, help="Postings that the endpoint is asked about at most.")] = 100,
    minutes: Annotated[float, typer.Option(min=0, help="No question is begun after that time.")] = 30,
    price: Annotated[float, typer.Option(min=0, help="USD for a million tokens there, to say the cost before.")] = 0,
    yes: Annotated[bool, typer.Option("--yes", help="Send without asking.")] = False,
    home: Home = DEFAULT_HOME,
) -> None:
    """Label postings `id,title,company,text`: writes `id,track,probability,probabilities,second,terms`.

    Sum the probabilities to count postings: over many, that is nearer to what careful readers count than the labels are.
    At the end the number of each label goes to standard error, its share of all, and the share that the sums say.
    """
    from pipeline.commands.review import review_postings
    from pipeline.commands.second import ask_second

    if second or review:
        if (in_, out) != ("-", "-"):
            raise typer.BadParameter("--review and --second take the warehouse's own postings: neither --in nor --out")
        if second and review:
            raise typer.BadParameter("--review asks you and --second an endpoint; do one after the other")
        if second and not model:
            raise typer.BadParameter("--second needs --model, the model's name at that endpoint")
        with said_plainly(*_mistakes()):
            if review:
                review_postings(home, review)
            else:
                ask_second(home, second, model, most, minutes, price, yes)
        return
    _label_stream(in_, out, home)


def _mistakes() -> tuple[type[Exception], ...]:
    from pipeline.fetching.chat import ChatError
    from pipeline.stages.second_opinion import SecondLabelsError
    from pipeline.stages.teaching import LabelsError

    return (StoreError, LabelsError, SecondLabelsError, ChatError, OSError)


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
    """Why a posting got its track: the terms that spoke for it and against it; and the words of its signals."""
    from classifiers.explain import explained
    from classifiers.model import ModelError
    from pipeline.stages.teaching import UnknownPostingError, home_model, text_of_posting

    with said_plainly(StoreError, UnknownPostingError, ModelError, OSError):
        title, text = text_of_posting(home, posting)
        model = home_model(home)
    reasons = explained(model, title, text, MOST_TERMS)
    rows = [(side, term, round(said, 3)) for side, term, said in reasons.terms]
    show(Answer(["for or against", "term", "adds"], rows), form, f"{title}: {reasons.said}")
    if form is Format.table and (signals := _signals(title, text)):
        show(Answer(["signal", "is", "words"], signals), form, "What it says")


def _signals(title: str, text: str) -> list[tuple[str, Any, str]]:
    """The signals that title and text say, each with what it is and the words that decided."""
    from pipeline.reading.passages import Text
    from pipeline.reading.places import read_places
    from pipeline.reading.remote_in_text import refined
    from pipeline.reading.signals import read_signals

    where, words = refined(read_places((), None, None, title), title, beside := Text.of(text))
    said = read_signals(title, beside, None, None, words)
    places = "; ".join(", ".join(filter(None, (one.city, one.region, one.country))) for one in where.places)
    values = {"remote": where.is_remote, "open_to": places or where.remote_area}
    return [(name, values.get(name, getattr(said, name, None)), of) for name, of in said.words.items()]
