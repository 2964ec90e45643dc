"""How often the intervals of corrected counts hold the truth, in markets drawn from a known one.

    python bench/corrected.py

Every interval is made by the SQL that answers questions (warehouse/macros), 1,000 draws a line. A function a figure
yields lines: the figure, the setting, how often what is shown holds the truth.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from classifiers.confusion import Confusion, in_doubt
from classifiers.examples import read_examples
from classifiers.model import Model
from classifiers.tracks import LABELS
from classifiers.train import held_out_scores, sure_rows
from warehouse.store import Store, open_store

DRAWS = 1000
LARGE = 3_000
MIXES = {  # parts of the labels among the postings in doubt, in the order of LABELS; None as they are held out
    "as held out": None,
    "all alike": [1 / 7] * 7,
    "a product company's": [0.70, 0.02, 0.08, 0.05, 0.01, 0.01, 0.13],
    "a lab's": [0.15, 0.15, 0.15, 0.20, 0.15, 0.15, 0.05],
    "mostly none": [0.20, 0.02, 0.05, 0.06, 0.01, 0.01, 0.65],
}
Counts = NDArray[np.int64]
Figures = NDArray[np.float64]


class Classifier:
    """One whose confusion is the model's own, and as correlated on the postings of a company."""

    def __init__(self, chance: np.random.Generator) -> None:
        self.chance = chance
        known = Model.load().confusion
        self.concentration = known.shares * (
            1 / known.intraclass_correlation - 1
        )  # of the Dirichlet a company's chances are drawn from
        self.mix = known.postings.sum(axis=1) / known.postings.sum()

    def labels(self, tracks: Counts, postings: Counts) -> Counts:
        """What so many postings of these tracks, each of one company, are taken for: counts by label."""
        drawn = self.chance.standard_gamma(self.concentration[tracks])
        return self.chance.multinomial(postings, drawn / drawn.sum(axis=1, keepdims=True))

    def market(self, mix: list[float] | None, sizes: Counts) -> tuple[Counts, Counts]:
        """The true count of each label, and what is found by company and label: companies that differ in their mix."""
        drawn = self.chance.standard_gamma(np.tile(2 * (self.mix if mix is None else np.array(mix)), (len(sizes), 1)))
        true = self.chance.multinomial(sizes, drawn / drawn.sum(axis=1, keepdims=True))
        companies, tracks = true.nonzero()
        found = np.zeros_like(true)
        np.add.at(found, companies, self.labels(tracks, true[companies, tracks]))
        return true.sum(axis=0), found

    def sizes(self, postings: int) -> Counts:
        """Postings of each company, 1 to 100 as often as a power law has it, so many in all."""
        sizes = np.minimum(100, (1 - self.chance.random(postings)) ** (-1 / 2.5)).astype(int)
        ends = sizes.cumsum()
        last = int(np.searchsorted(ends, postings))
        return np.append(sizes[:last], postings - (ends[last] - sizes[last]))


def corrected(store: Store) -> Iterator[tuple[str, str, str]]:
    """Counts corrected for confusions that are known from as many held-out postings and companies as the real ones."""
    classifier = Classifier(np.random.default_rng(0))
    tracks, held_out = _held_out()
    cells = [
        (name, size, is_one)
        for name in MIXES
        for size, is_one in ((20, False), (30, False), (300, False), (LARGE, False), (30, True), (300, True))
    ]
    store.ask("create or replace temp table found (base integer, company integer, predicted varchar, postings integer)")
    hits, shown = np.zeros((len(cells), len(LABELS))), np.zeros((len(cells), len(LABELS)))
    for _ in range(DRAWS):
        store.replace("confusion", Confusion.of_counts(tracks, classifier.labels(tracks, held_out)).rows())
        drawn = [
            classifier.market(MIXES[name], np.array([size]) if is_one else classifier.sizes(size))
            for name, size, is_one in cells
        ]
        store.replace("found", list(_rows([found for _, found in drawn])))
        answer = store.ask("select *, is_corrected_shown(of_postings) as is_shown from corrected_of('found')")
        for row in answer.records():
            cell, column = row["base"], LABELS.index(row["track"])
            holds = row["corrected_low"] <= drawn[cell][0][column] <= row["corrected_high"]
            hits[cell, column] += holds and row["is_shown"]
            shown[cell, column] += row["is_shown"]
    for (name, size, is_one), hit, often in zip(cells, hits, shown, strict=True):
        setting = f"{name}, {size:,} postings in doubt{' of one company' if is_one else ''}"
        yield "corrected count", setting, _told(hit, often) if often.all() else "not shown"


def _held_out() -> tuple[Counts, Counts]:
    """The track and the number of the held-out postings in doubt that each company has of a track."""
    examples = read_examples()
    scores = held_out_scores(examples)
    sure = sure_rows(examples, scores)
    doubted = in_doubt(Model.load().probabilities(scores[sure]))
    units = np.stack([examples.labels, examples.companies])[:, sure][:, doubted]
    (tracks, _), sizes = np.unique(units, axis=1, return_counts=True)
    return tracks, sizes


def _told(hits: Figures, shown: Figures) -> str:
    """How often what is shown holds the truth, over all tracks, and of the worst and the best of them."""
    return f"{hits.sum() / shown.sum():.1%}, a track {(hits / shown).min():.1%} to {(hits / shown).max():.1%}"


def _rows(markets: list[Counts]) -> Iterator[dict[str, object]]:
    """What is found in each market, as `corrected_of` reads it."""
    for base, found in enumerate(markets):
        for company, label in zip(*found.nonzero(), strict=True):
            yield {
                "base": base, "company": company, "predicted": LABELS[label], "postings": found[company, label]
            }  # fmt: skip


def main() -> None:
    """Print a line a figure and setting."""
    with TemporaryDirectory() as folder, open_store(Path(folder)) as store:
        for figures in (corrected,):
            for figure, setting, held in figures(store):
                print(f"{figure:20} {setting:60} {held}", flush=True)


if __name__ == "__main__":
    main()
