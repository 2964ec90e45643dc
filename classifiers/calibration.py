"""From scores to probabilities that are true of postings the model never saw, whole ones and those of a few words.

Where the text is short or missing, the title alone speaks, and its scores mean something else than a whole posting's. So
there are two calibrations, of whole postings and of their titles alone, and a posting takes part in both by how much text
it has. Each is bias-corrected temperature scaling (Alexandari, Kundaje & Shrikumar 2020, ICML).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_softmax, softmax

from classifiers.features import Floats
from classifiers.tracks import LABELS

DECIMALS = 4  # that are kept, far above what differs between processors
BIAS_PENALTY = 1e-3  # keeps the bias of a label that few postings have near 0
SHORT = 10.0  # terms of a text at which the title's calibration still counts 1/e: some sentences speak for themselves


@dataclass(frozen=True)
class Calibration:
    """A temperature and a bias for each label: of whole postings, then of titles alone."""

    temperatures: Floats = field(default_factory=lambda: np.ones(2))
    biases: Floats = field(default_factory=lambda: np.zeros((2, len(LABELS))))  # shape (2, labels)

    @classmethod
    def fitted(cls, whole: Floats, alone: Floats, labels: NDArray[np.int64]) -> Calibration:
        """From held-out scores of whole postings and of their titles alone, both of shape (postings, labels)."""
        temperatures, biases = zip(*(_calibrated(scores, labels) for scores in (whole, alone)), strict=True)
        return cls(np.array(temperatures), np.stack(biases))

    def probabilities(self, scores: Floats, terms: NDArray[np.int64]) -> Floats:
        """The probability of each label, from scores and the number of terms of each text; rows sum to 1."""
        alone = np.exp(-terms / SHORT)[:, None]
        whole, title = (scores / self.temperatures[at] + self.biases[at] for at in (0, 1))
        return np.asarray(softmax((1 - alone) * whole + alone * title, axis=1))


def _calibrated(scores: Floats, labels: NDArray[np.int64]) -> tuple[float, Floats]:
    """The temperature, and a bias for each label, under which the labels are likeliest."""
    truth = np.eye(len(LABELS))[labels]

    def loss(found: Floats) -> tuple[float, Floats]:
        tempered, biases = scores * np.exp(-found[0]), found[1:]
        off = (softmax(tempered + biases, axis=1) - truth) / len(truth)
        likelihood = (log_softmax(tempered + biases, axis=1) * truth).sum() / len(truth)
        slope = np.concatenate([[-(off * tempered).sum()], off.sum(axis=0) + 2 * BIAS_PENALTY * biases])
        return BIAS_PENALTY * float(biases @ biases) - float(likelihood), slope

    from scipy.optimize import minimize  # a quarter of a second that only training pays

    found = minimize(loss, np.zeros(1 + len(LABELS)), jac=True, method="BFGS", options={"gtol": 1e-9}).x
    return round(float(np.exp(found[0])), DECIMALS), found[1:].round(DECIMALS)
