"""From scores to probabilities that are true of postings the model never saw, whole ones and those of a few words.

Where the text is short or missing, the title alone speaks, in a layer of its own. So there are two calibrations, of the
scores of whole postings and of those of titles alone, and a posting takes part in both by how much text it has. `classifiers.calibrate` fits them.
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

    def probabilities(self, whole: Floats, alone: Floats, terms: NDArray[np.int64]) -> Floats:
        """The probability of each label, from the scores of whole postings and of their titles alone; rows sum to 1.

        `terms` holds the number of terms of each text.
        """
        part = title_part(terms)[:, None]
        whole, title = (scores / self.temperatures[at] + self.biases[at] for at, scores in enumerate((whole, alone)))
        return np.asarray(softmax((1 - part) * whole + part * title, axis=1))


def title_part(terms: NDArray[np.int64]) -> Floats:
    """How much the title alone decides, 0 to 1, by the number of terms of each text."""
    return np.exp(-terms / SHORT)
