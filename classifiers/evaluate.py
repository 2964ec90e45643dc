"""Measures the model on companies it never saw and writes the model card.

python -m classifiers.evaluate        writes MODEL_CARD.md and its pictures

Nested cross-validation grouped by company: the inner folds choose the settings and calibrate,
the outer ones are only reported. Figures are of the postings whose reader was sure (2 or 3).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import confusion_matrix, precision_recall_fscore_support

from classifiers.card import write_card
from classifiers.examples import NO_COMPANY, Examples, read_examples
from classifiers.model import Floats
from classifiers.tracks import LABELS
from classifiers.train import LEAST_SURE, Settings, fit, held_out_scores, scores_of, train

CANDIDATES = (
    Settings(),
    Settings(text_concepts=0.15, title_concepts=0.4),
    Settings(text_concepts=0.4, title_concepts=0.9),
    Settings(strength=0.3),
    Settings(second=0.0),
    Settings(second=0.5),
    Settings(balance=0.0),
    Settings(balance=1.0),
    Settings(text_concepts=0.0, title_concepts=0.0),
)
OUTER = 5
BINS = 15
SUREST = 0.8  # the part of the postings that abstaining from the rest leaves


@dataclass(frozen=True)
class Result:
    """Held-out postings with what readers and model said of them."""

    labels: NDArray[np.int64]
    probabilities: Floats
    expected: Floats

    @property
    def found(self) -> NDArray[np.int64]:
        """The label the model gives."""
        return np.asarray(self.probabilities.argmax(axis=1))

    @property
    def is_right(self) -> NDArray[np.bool_]:
        """Whether model and reader agree."""
        return np.asarray(self.found == self.labels)

    def accuracy(self) -> float:
        """Part of the postings on which model and reader agree."""
        return float(self.is_right.mean())

    def accuracy_of_surest(self) -> float:
        """The same, of the postings the model is surest of."""
        order = np.argsort(-self.probabilities.max(axis=1), kind="stable")
        return float(self.is_right[order[: int(SUREST * len(order))]].mean())

    def by_label(self) -> Floats:
        """Precision, recall, F1 and number of postings; shape (4, labels)."""
        numbers = list(range(len(LABELS)))
        return np.array(precision_recall_fscore_support(self.labels, self.found, labels=numbers, zero_division=0))

    def macro_f1(self) -> float:
        """The mean of the labels' F1."""
        return float(self.by_label()[2].mean())

    def confusion(self) -> NDArray[np.int64]:
        """Postings by the reader's label (rows) and the model's (columns)."""
        return np.asarray(confusion_matrix(self.labels, self.found, labels=list(range(len(LABELS)))))

    def reliability(self) -> list[tuple[float, float, int]]:
        """Mean probability, part right, and number of postings of each filled bin of probability."""
        sure = self.probabilities.max(axis=1)
        bins = np.minimum((sure * BINS).astype(int), BINS - 1)
        filled = [bins == number for number in range(BINS) if (bins == number).any()]
        return [(float(sure[at].mean()), float(self.is_right[at].mean()), int(at.sum())) for at in filled]

    def calibration_error(self) -> float:
        """Expected calibration error over 15 bins (Naeini et al. 2015, AAAI)."""
        gaps = sum(abs(said - right) * number for said, right, number in self.reliability())
        return float(gaps / len(self.labels))

    def shares(self) -> tuple[Floats, Floats, Floats]:
        """Each label's share by the reader, as counted by the model, and corrected."""
        size = len(LABELS)
        read, counted = (np.bincount(of, minlength=size) / len(of) for of in (self.labels, self.found))
        return read, counted, self.expected.mean(axis=0)


def evaluate(examples: Examples) -> Result:
    """Every real posting judged by a model that saw nothing of its company, settings and calibration included."""
    probabilities = np.full((len(examples.labels), len(LABELS)), np.nan)
    expected = probabilities.copy()
    for fitted, held_out in examples.folds(OUTER):
        inside, apart = examples.take(fitted), examples.take(held_out)
        model = train(inside, choose(inside))
        scores = scores_of(model, apart)
        probabilities[held_out], expected[held_out] = model.probabilities(scores), model.expected(scores)
    reported = np.isfinite(probabilities[:, 0]) & (examples.sureness >= LEAST_SURE)
    return Result(examples.labels[reported], probabilities[reported], expected[reported])


def choose(examples: Examples) -> Settings:
    """The candidate with the best grouped macro-F1."""
    return max(CANDIDATES, key=lambda settings: _macro_f1(examples, settings))


def _macro_f1(examples: Examples, settings: Settings) -> float:
    scores = held_out_scores(examples, settings)
    told = np.isfinite(scores[:, 0]) & (examples.sureness >= LEAST_SURE)
    return Result(examples.labels[told], scores[told], scores[told]).macro_f1()


def learning_curve(examples: Examples) -> Iterator[tuple[int, float]]:
    """Number of real postings learnt from, and grouped macro-F1: with a part of the companies left out at random."""
    real = examples.companies != NO_COMPANY
    companies = np.random.default_rng(0).permutation(np.unique(examples.companies[real]))
    for part in (0.1, 0.25, 0.5, 0.75, 1.0):
        kept = np.isin(examples.companies, companies[: int(part * len(companies))])
        labels, found, learnt = [], [], []
        for fitted, held_out in examples.folds(OUTER):
            chosen = fitted[kept[fitted] | ~real[fitted]]
            told = held_out[examples.sureness[held_out] >= LEAST_SURE]
            apart = examples.take(told)
            found.append(scores_of(fit(examples.take(chosen)), apart))
            labels.append(apart.labels)
            learnt.append(int(real[chosen].sum()))
        scores = np.concatenate(found)
        yield int(np.mean(learnt)), Result(np.concatenate(labels), scores, scores).macro_f1()


def main(folder: Path = Path(__file__).parent) -> None:
    """Measure and write the card."""
    examples = read_examples()
    write_card(folder, examples, evaluate(examples), list(learning_curve(examples)), train(examples))


if __name__ == "__main__":
    main()
