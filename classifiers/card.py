"""Writes the model card: what the model was trained on, how good it is, and where it errs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from classifiers.examples import NO_COMPANY, WRITTEN, Examples
from classifiers.model import ABSTAIN_BELOW, COST_OF_ABSTAINING, FILE, Model
from classifiers.reasons import strongest_of_label
from classifiers.result import Market, Result
from classifiers.shift import OF_MARKET
from classifiers.tracks import LABELS, TITLES

STRONGEST = 12  # terms named for each label


def write_card(
    folder: Path,
    examples: Examples,
    result: Result,
    of_titles: Result,
    markets: Sequence[Market],
    curve: Sequence[tuple[int, float]],
    model: Model,
) -> None:
    """Write MODEL_CARD.md and, in `card/`, its pictures."""
    pictures = folder / "card"
    pictures.mkdir(exist_ok=True)
    _confusion(result).save(pictures / "confusion.svg")
    _reliability(result).save(pictures / "reliability.svg")
    _learning(curve).save(pictures / "learning.svg")
    parts = (
        _heading(model), _data(examples), _quality(result, of_titles), _counts(markets, model), _curve(curve),
        _terms(model), _LIMITS,
    )  # fmt: skip
    (folder / "MODEL_CARD.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _heading(model: Model) -> str:
    terms = len(model.title.vocabulary.terms) + len(model.text.vocabulary.terms)
    concepts = model.title.concepts.shape[1] + model.text.concepts.shape[1]
    return f"""# Model card

Written by `python -m classifiers.evaluate`; do not edit.

Version `{model.version}`: TF-IDF over {terms:,} words and pairs of words of title and text, each weighed by how much it
tells of the label, {concepts} concepts (`concepts.csv`), a linear layer (one-against-the-rest, squared hinge) for whole postings and one for titles
alone, each calibrated by a temperature and a bias for each label on companies it was not fitted on. {FILE.stat().st_size / 1e6:.1f} MB of plain arrays, trained in seconds by `python -m
classifiers.train`; the same data gives the same bytes."""


def _data(examples: Examples) -> str:
    real = examples.companies != NO_COMPANY
    rows = [
        (TITLES[name], int((examples.labels[real] == number).sum()), int((examples.labels[~real] == number).sum()))
        for number, name in enumerate(LABELS)
    ]
    sure = [int((examples.sureness[real] == weight).sum()) for weight in (1.0, 0.8, 0.5)]
    return f"""## What it learnt from

{real.sum():,} real postings of {len(np.unique(examples.companies[real])):,} companies, captured from public job boards
and public collections of postings between 2020 and 2026, read one by one by the labelling guide: 567 by a first reader, the
others in 2026-11 by readers (language models) who were given the guide. They were chosen so that rare tracks and doubtful
postings appear, so their shares are not the market's. The readers were clear on {sure[0]:,}, found {sure[1]:,} arguable and
{sure[2]:,} a coin toss, which count 1, 0.8 and 0.5. Of 260 postings read twice, blindly, the second reader agreed on 237, by
the first one's label: applied LLM 31 of 33, inference 14 of 15, training 73 of 79, MLOps 19 of 21, research 15 of 16, safety
2 of 2, none 83 of 94; where both were sure, on 202 of 206. A third reader settled the others. 569 more that a model which
had not learnt from them disputed were read a second time, blindly: 477 stayed as they were, 78 were changed
(`training/changed.csv`), 14 are now a coin toss. Of the 443 that the next model disputed most surely, read once more without
their labels, 354 were labelled as before and 33 surely otherwise, of which 3 were changed when the whole text had been read;
of 107 more that concern MLOps and safety, 91 and 8, of which 2 were changed, and of 78 that the model after that disputed,
69 and 9, of which 2 were changed: where model and readers part, the readers are mostly right. The repository keeps term counts and labels, no text.
{(~real).sum()} postings we wrote ourselves stand in where a track is thin, and for jobs that only sound like one; among them the
same work in eight styles, in a line, in a title alone, and in German, French, Spanish, Dutch and Polish. They count {WRITTEN}
and are never reported on.

{_table(("label", "real", "written"), rows)}"""


def _quality(result: Result, of_titles: Result) -> str:
    rows = [
        (TITLES[name], f"{precision:.2f}", f"{recall:.2f}", f"{f1:.2f}", int(number))
        for name, (precision, recall, f1, number) in zip(LABELS, result.by_label().T, strict=True)
    ]
    return f"""## How good it is on companies it never saw

Cross-validation grouped by company, on the {len(result.labels):,} postings whose reader was sure (2 or 3): each fifth is judged by
a model fitted on the others and calibrated by what was held out of them. The settings were chosen by grouped cross-validation on the same postings,
the concepts written with them at hand, so expect a little less elsewhere.

- macro-F1 over the seven labels **{result.macro_f1():.3f}**, accuracy **{result.accuracy():.3f}**
- accuracy on the 80 % it is surest of **{result.accuracy_of_surest():.3f}**
- expected calibration error (15 bins) **{result.calibration_error():.3f}**
- by the title alone: accuracy {of_titles.accuracy():.3f}, expected calibration error {of_titles.calibration_error():.3f}

{_table(("label", "precision", "recall", "F1", "postings"), rows)}

![Confusion matrix](card/confusion.svg)

![Reliability](card/reliability.svg)

{_reliability_by_label(result)}"""


def _reliability_by_label(result: Result) -> str:
    every, sure = ({row[0]: row[1:] for row in result.reliability_by_label(least)} for least in (0.0, ABSTAIN_BELOW))
    rows = [(TITLES[LABELS[label]], *_told(every[label]), *_told(sure.get(label, (0.0, 0.0, 0)))) for label in every]
    number = sum(postings for _, _, postings in sure.values())
    return f"""A label is sure from {ABSTAIN_BELOW:.2f} on: leaving a posting out is taken to cost {COST_OF_ABSTAINING} of a wrong label, and Chow's rule
(abstain under one minus that cost) does the rest. It means likelier than all others together, no more: of
{len(result.labels):,} postings {number:,} are sure. The others are shown as unsure and counted in no track. What the
model states of the label it gives, and how often that is right:

{_table(("label given", "stated", "right", "postings", "stated, sure", "right, sure", "sure"), rows)}"""


def _told(row: tuple[float, float, int]) -> tuple[str, str, str]:
    stated, right, postings = row
    return f"{stated:.2f}", f"{right:.2f}", f"{postings:,}"


def _counts(markets: Sequence[Market], model: Model) -> str:
    off = 100 * np.array([market.off() for market in markets])
    largest = sorted(markets, key=lambda market: -market.postings)[:8]
    rows = [
        (number, f"{market.postings:,}", *(f"{100 * points:.1f}" for points in market.off()))
        for number, market in enumerate(largest, 1)
    ]
    return f"""## How far its counts can be trusted

Shares are sums of probabilities, not counts of labels. Each collection of {OF_MARKET[0]} postings or more was counted by
a model that had learnt nothing of it, and held against its readers: the share that is furthest off, in points, in the
mean of {len(markets)} collections: labels **{off[:, 0].mean():.1f}**, sums of probabilities **{off[:, 1].mean():.1f}**. Were the
probabilities true, chance alone would make it {off[:, 2].mean():.1f}, for most collections are small. Of the largest:

{_table(("collection", "postings", "labels", "probabilities", "chance alone"), rows)}

Beyond the chance of single postings, sums are off by {model.shift:.2f} on the logit scale from one collection to another,
and by {model.company_shift:.2f} from one company to another. Both are in the interval of every estimate."""


def _curve(curve: Sequence[tuple[int, float]]) -> str:
    rows = [(f"{number:,}", f"{f1:.3f}") for number, f1 in curve]
    return f"""## What more labels would bring

{_table(("real postings learnt from", "macro-F1"), rows)}

![Learning curve](card/learning.svg)"""


def _terms(model: Model) -> str:
    rows = [
        (TITLES[name], ", ".join(strongest_of_label(model.text, model.weights[model.title.width :], number, STRONGEST)))
        for number, name in enumerate(LABELS)
    ]
    return f"## The strongest terms of each label\n\n{_table(('label', 'terms'), rows)}"


_LIMITS = """## What it is not for

It learnt from English postings. Of German, French, Spanish, Dutch and Polish it knows the words that name the work
(`concepts.csv`); other languages are mostly unsure or `none`. It labels what a posting says, not what the
job turns out to be. A single label may well be wrong: one in six is, and more of those of a few words, such as first lines
of a thread. It must not be used to judge people."""


def _table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def _confusion(result: Result) -> Any:
    names = [TITLES[name] for name in LABELS]
    counts = result.confusion()
    frame = pd.DataFrame(
        [
            {"reader": names[row], "model": names[column], "postings": int(counts[row, column]), "share": share}
            for row, column in np.ndindex(counts.shape)
            for share in [counts[row, column] / counts[row].sum()]
        ]
    )
    base = alt.Chart(frame).encode(
        alt.X("model:N", sort=names, title="model says", axis=alt.Axis(labelAngle=-35)),
        alt.Y("reader:N", sort=names, title="reader says"),
    )
    cells = base.mark_rect().encode(alt.Color("share:Q", scale=alt.Scale(scheme="blues", domain=[0, 1]), legend=None))
    ink = alt.condition("datum.share > 0.5", alt.value("white"), alt.value("black"))
    return (cells + base.mark_text().encode(alt.Text("postings:Q"), color=ink)).properties(width=380, height=300)


def _reliability(result: Result) -> Any:
    frame = pd.DataFrame(result.reliability(), columns=["probability", "right", "postings"])
    axis = alt.Scale(domain=[0, 1])
    ideal = alt.Chart(pd.DataFrame({"p": [0, 1]})).mark_line(strokeDash=[4, 4], color="grey").encode(x="p", y="p")
    points = alt.Chart(frame).mark_point(filled=True).encode(
        alt.X("probability", scale=axis, title="probability the model states"),
        alt.Y("right", scale=axis, title="part that is right"),
        alt.Size("postings"),
    )  # fmt: skip
    return (ideal + points).properties(width=300, height=300)


def _learning(curve: Sequence[tuple[int, float]]) -> Any:
    frame = pd.DataFrame(curve, columns=["postings", "macro-F1"])
    return alt.Chart(frame).mark_line(point=True).encode(
        alt.X("postings", title="real postings learnt from"), alt.Y("macro-F1", scale=alt.Scale(domain=[0.5, 0.9]))
    ).properties(width=380, height=240)  # fmt: skip
