"""Measures the model on companies it never saw and writes the model card.

python -m classifiers.evaluate        writes MODEL_CARD.md and its pictures

Nested cross-validation grouped by company: the inner folds choose the settings and calibrate,
the outer ones are only reported. Figures are of the postings whose reader was sure (2 or 3).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy.special import softmax

from classifiers.card import write_card
from classifiers.examples import NO_COMPANY, Examples, read_examples
from classifiers.result import Market, Result
from classifiers.shift import OF_MARKET
from classifiers.tracks import LABELS
from classifiers.train import LEAST_SURE, Settings, calibrate, fit, held_out_scores, scores_of, sure_rows, train

CANDIDATES = (
    Settings(),
    Settings(text=1.5),
    Settings(text=2.5),
    Settings(text_concepts=0.4, title_concepts=0.9),
    Settings(strength=0.4),
    Settings(strength=1.5),
    Settings(second=0.3),
    Settings(balance=0.8),
    Settings(text_concepts=0.0, title_concepts=0.0),
)
OUTER = 5


def evaluate(examples: Examples) -> Result:
    """Every real posting judged by a model that saw nothing of its company, settings and calibration included."""
    probabilities = np.full((len(examples.labels), len(LABELS)), np.nan)
    for fitted, held_out in examples.folds(OUTER):
        inside = examples.take(fitted)
        model = train(inside, choose(inside))
        probabilities[held_out] = model.probabilities(scores_of(model, examples.take(held_out)))
    sure = sure_rows(examples, probabilities)
    return Result(examples.labels[sure], probabilities[sure])


def markets(examples: Examples) -> list[Market]:
    """Each origin of enough postings, as counted by a model that saw nothing of it."""
    scores = held_out_scores(examples, None, examples.origins)
    sure = sure_rows(examples, scores)
    temperature, biases = calibrate(scores[sure], examples.labels[sure])
    probabilities = softmax(scores / temperature + biases, axis=1)
    inside = [np.flatnonzero(examples.origins == origin) for origin in np.unique(examples.origins) if origin >= 0]
    return [Market.of(examples.labels[rows], probabilities[rows]) for rows in inside if len(rows) >= OF_MARKET[0]]


def choose(examples: Examples) -> Settings:
    """The candidate with the best grouped macro-F1."""
    return max(CANDIDATES, key=lambda settings: _macro_f1(examples, settings))


def _macro_f1(examples: Examples, settings: Settings) -> float:
    scores = held_out_scores(examples, settings)
    sure = sure_rows(examples, scores)
    return Result(examples.labels[sure], scores[sure]).macro_f1()


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
    write_card(folder, examples, evaluate(examples), markets(examples), curve, train(examples))


if __name__ == "__main__":
    main()
