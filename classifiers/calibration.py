"""From scores to probabilities that are true of postings the model never saw, whole ones and those of a few words.

Where the text is short or missing, the title alone speaks, and its scores mean something else than a whole posting's. So
there are two calibrations, of whole postings and of their titles alone, and a posting takes part in both by how much text
it has. `classifiers.calibrate` fits them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax

from classifiers.features import Floats
from classifiers.tracks import LABELS

SHORT = 10.0  # terms of a text at which the title's calibration still counts 1/e: some sentences speak for themselves


@dataclass(frozen=True)
class Calibration:
    """A temperature and a bias for each label: of whole postings, then of titles alone."""

    temperatures: Floats = field(default_factory=lambda: np.ones(2))
    biases: Floats = field(default_factory=lambda: np.zeros((2, len(LABELS))))  # shape (2, labels)

    def probabilities(self, scores: Floats, terms: NDArray[np.int64]) -> Floats:
        """The probability of each label, from scores and the number of terms of each text; rows sum to 1."""
        alone = np.exp(-terms / SHORT)[:, None]
        whole, title = (scores / self.temperatures[at] + self.biases[at] for at in (0, 1))
        return np.asarray(softmax((1 - alone) * whole + alone * title, axis=1))
