"""What readers and model said of held-out postings, and the figures that follow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import confusion_matrix, precision_recall_fscore_support

from classifiers.features import Floats
from classifiers.tracks import LABELS

BINS = 15
DRAWS = 200  # of labels from probabilities
SUREST = 0.8  # the part of the postings that abstaining from the rest leaves


@dataclass(frozen=True)
class Result:
    """Held-out postings with what readers and model said of them."""

    labels: NDArray[np.int64]
    probabilities: Floats

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

    def reliability_by_label(self, sure_from: float) -> list[tuple[int, float, float, int]]:
        """Of each label that is given from that probability on: its number, how surely, part right, postings."""
        sure, found = self.probabilities.max(axis=1), self.found
        given = [(label, (found == label) & (sure >= sure_from)) for label in range(self.probabilities.shape[1])]
        return [
            (label, float(sure[at].mean()), float(self.is_right[at].mean()), int(at.sum()))
            for label, at in given
            if at.any()
        ]

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


@dataclass(frozen=True)
class Market:
    """A collection of postings counted without having learnt from it: shares of the labels, of shape (labels,)."""

    postings: int
    read: Floats
    labelled: Floats
    expected: Floats
    chance: float  # by which sums of true probabilities would be off in the mean, the share that is furthest off

    @classmethod
    def of(cls, labels: NDArray[np.int64], probabilities: Floats) -> Market:
        """From the readers' labels and the probabilities."""
        number, size = probabilities.shape[1], len(labels)
        read, labelled = (np.bincount(of, minlength=number) / size for of in (labels, probabilities.argmax(axis=1)))
        expected = probabilities.mean(axis=0)
        chance = np.random.default_rng(0)
        drawn = [chance.multinomial(1, probabilities).mean(axis=0) for _ in range(DRAWS)]
        return cls(size, read, labelled, expected, float(np.abs(drawn - expected).max(axis=1).mean()))

    def off(self) -> tuple[float, float, float]:
        """The largest difference to the readers' shares: of labels that are counted, of probabilities that are summed, and
        of probabilities that were true, by chance alone."""
        labelled, expected = (float(np.abs(shares - self.read).max()) for shares in (self.labelled, self.expected))
        return labelled, expected, self.chance
