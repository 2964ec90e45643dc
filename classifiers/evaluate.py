"""Measures the model on companies it never saw and writes the model card.

python -m classifiers.evaluate        writes MODEL_CARD.md and its pictures

Cross-validation grouped by company: each fold is judged by a model fitted on the others and calibrated by what was held
out of them. Figures are of the postings whose reader was sure (2 or 3).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from classifiers.card import write_card
from classifiers.examples import NO_COMPANY, Examples, read_examples
from classifiers.model import Model
from classifiers.result import Market, Result
from classifiers.shift import OF_MARKET
from classifiers.tracks import LABELS
from classifiers.train import FOLDS, HeldOut, fit, held_out_scores, scores_of, sure_rows

PARTS = (0.1, 0.25, 0.5)  # of the companies, for the learning curve


def evaluate(examples: Examples, held: HeldOut) -> tuple[Result, Result]:
    """Every real posting, and its title alone, judged by a model that saw nothing of its company, as the others calibrate it."""
    whole, alone = np.full((2, len(examples.labels), len(LABELS)), np.nan)
    for others, judged in examples.folds(FOLDS):
        calibration = held.take(others).calibration(examples.take(others))
        apart, scores = examples.take(judged), held.take(judged)
        whole[judged] = scores.probabilities(apart, calibration)
        alone[judged] = calibration.probabilities(scores.whole, scores.alone, np.zeros(len(judged), np.int64))
    sure = sure_rows(examples)
    return Result(examples.labels[sure], whole[sure]), Result(examples.labels[sure], alone[sure])


def markets(examples: Examples) -> list[Market]:
    """Each origin of enough postings, as counted by a model that saw nothing of it."""
    held = held_out_scores(examples, examples.origins)
    probabilities = held.probabilities(examples, held.calibration(examples))
    inside = [np.flatnonzero(examples.origins == origin) for origin in np.unique(examples.origins) if origin >= 0]
    return [Market.of(examples.labels[rows], probabilities[rows]) for rows in inside if len(rows) >= OF_MARKET[0]]


def learning_curve(examples: Examples, held: HeldOut) -> Iterator[tuple[int, float]]:
    """Number of real postings learnt from, and grouped macro-F1: with a part of the companies left out at random."""
    real, sure = examples.companies != NO_COMPANY, sure_rows(examples)
    companies = np.random.default_rng(0).permutation(np.unique(examples.companies[real]))
    for part in PARTS:
        kept = ~real | np.isin(examples.companies, companies[: int(part * len(companies))])
        scores, learnt = np.full_like(held.whole, np.nan), []
        for fitted, judged in examples.folds(FOLDS):
            chosen = fitted[kept[fitted]]
            scores[judged] = scores_of(fit(examples.take(chosen)), examples.take(judged))
            learnt.append(int(real[chosen].sum()))
        yield int(np.mean(learnt)), Result(examples.labels[sure], scores[sure]).macro_f1()
    yield int(real.sum() * (1 - 1 / FOLDS)), Result(examples.labels[sure], held.whole[sure]).macro_f1()


def main(folder: Path = Path(__file__).parent) -> None:
    """Measure and write the card of the kept model."""
    examples = read_examples()
    held = held_out_scores(examples)
    curve = list(learning_curve(examples, held))
    write_card(folder, examples, *evaluate(examples, held), markets(examples), curve, Model.load())


if __name__ == "__main__":
    main()
