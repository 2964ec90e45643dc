"""Measures the model on companies it never saw and writes the model card.

python -m classifiers.evaluate        writes MODEL_CARD.md and its pictures

Nested cross-validation grouped by company: the inner folds choose the settings and calibrate,
the outer ones are only reported. Figures are of the postings whose reader was sure (2 or 3).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from classifiers.card import write_card
from classifiers.examples import NO_COMPANY, Examples, read_examples
from classifiers.result import Market, Result
from classifiers.shift import OF_MARKET
from classifiers.tracks import LABELS
from classifiers.train import LEAST_SURE, Settings, fit, held_out_scores, probabilities_of, scores_of, sure_rows, train

CANDIDATES = (
    Settings(),
    Settings(text=1.5),
    Settings(strength=0.4),
)
OUTER = 5


def evaluate(examples: Examples) -> tuple[Result, Result]:
    """Every real posting, and its title alone, judged by a model that saw nothing of its company, not to choose settings nor to calibrate."""
    whole, alone = np.full((2, len(examples.labels), len(LABELS)), np.nan)
    for fitted, held_out in examples.folds(OUTER):
        inside = examples.take(fitted)
        model = train(inside, choose(inside))
        apart = examples.take(held_out)
        whole[held_out] = probabilities_of(model, apart)
        alone[held_out] = probabilities_of(model, apart.without_texts())
    sure = sure_rows(examples)
    return Result(examples.labels[sure], whole[sure]), Result(examples.labels[sure], alone[sure])


def markets(examples: Examples) -> list[Market]:
    """Each origin of enough postings, as counted by a model that saw nothing of it."""
    held = held_out_scores(examples, None, examples.origins)
    probabilities = held.probabilities(examples, held.calibration(examples))
    inside = [np.flatnonzero(examples.origins == origin) for origin in np.unique(examples.origins) if origin >= 0]
    return [Market.of(examples.labels[rows], probabilities[rows]) for rows in inside if len(rows) >= OF_MARKET[0]]


def choose(examples: Examples) -> Settings:
    """The candidate with the best grouped macro-F1."""
    return max(CANDIDATES, key=lambda settings: _macro_f1(examples, settings))


def _macro_f1(examples: Examples, settings: Settings) -> float:
    sure = sure_rows(examples)
    return Result(examples.labels[sure], held_out_scores(examples, settings).whole[sure]).macro_f1()


def learning_curve(examples: Examples) -> Iterator[tuple[int, float]]:
    """Number of real postings learnt from, and grouped macro-F1: with a part of the companies left out at random."""
    real = examples.companies != NO_COMPANY
    companies = np.random.default_rng(0).permutation(np.unique(examples.companies[real]))
    for part in (0.1, 0.25, 0.5, 0.75, 1.0):
        kept = np.isin(examples.companies, companies[: int(part * len(companies))])
        labels, found, learnt = [], [], []
        for fitted, held_out in examples.folds(OUTER):
            chosen = fitted[kept[fitted] | ~real[fitted]]
            sure = held_out[examples.sureness[held_out] >= LEAST_SURE]
            apart = examples.take(sure)
            found.append(scores_of(fit(examples.take(chosen)), apart))
            labels.append(apart.labels)
            learnt.append(int(real[chosen].sum()))
        scores = np.concatenate(found)
        yield int(np.mean(learnt)), Result(np.concatenate(labels), scores).macro_f1()


def main(folder: Path = Path(__file__).parent) -> None:
    """Measure and write the card."""
    examples = read_examples()
    curve = list(learning_curve(examples))
    write_card(folder, examples, *evaluate(examples), markets(examples), curve, train(examples))


if __name__ == "__main__":
    main()
