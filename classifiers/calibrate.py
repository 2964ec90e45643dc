"""Fits the calibration of a model: bias-corrected temperature scaling (Alexandari, Kundaje & Shrikumar 2020, ICML).

It is apart from what only applies one, for SciPy's optimisers take 0.3 s to load.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import log_softmax, softmax

from classifiers.calibration import Calibration
from classifiers.features import Floats
from classifiers.tracks import LABELS

DECIMALS = 4  # that are kept, far above what differs between processors
BIAS_PENALTY = 1e-3  # keeps the bias of a label that few postings have near 0


def calibrate(whole: Floats, alone: Floats, labels: NDArray[np.int64]) -> Calibration:
    """From held-out scores of whole postings and of their titles alone, both of shape (postings, labels)."""
    temperatures, biases = zip(*(_calibrated(scores, labels) for scores in (whole, alone)), strict=True)
    return Calibration(np.array(temperatures), np.stack(biases))


def _calibrated(scores: Floats, labels: NDArray[np.int64]) -> tuple[float, Floats]:
    """The temperature, and a bias for each label, under which the labels are likeliest."""
    truth = np.eye(len(LABELS))[labels]

    def loss(found: Floats) -> tuple[float, Floats]:
        tempered, biases = scores * np.exp(-found[0]), found[1:]
        off = (softmax(tempered + biases, axis=1) - truth) / len(truth)
        likelihood = (log_softmax(tempered + biases, axis=1) * truth).sum() / len(truth)
        slope = np.concatenate([[-(off * tempered).sum()], off.sum(axis=0) + 2 * BIAS_PENALTY * biases])
        return BIAS_PENALTY * float(biases @ biases) - float(likelihood), slope

    found = minimize(loss, np.zeros(1 + len(LABELS)), jac=True, method="BFGS", options={"gtol": 1e-9}).x
    return round(float(np.exp(found[0])), DECIMALS), found[1:].round(DECIMALS)
