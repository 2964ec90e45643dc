"""How often the model takes a track for another, on companies it never saw, and what follows for counts.

Adjusted classify and count (Forman 2008, Data Min. Knowl. Disc. 17:164): where postings of a track get each label as
often as on the held-out postings, the counts of labels are the true counts times the confusion, and its inverse takes
the confusion back, whatever the mix of tracks. `warehouse/macros/corrected.sql` does the same in SQL.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifiers.features import Floats
from classifiers.tracks import LABELS, NONE

# a posting that is none of the six with this probability is taken for that: of 214 held-out ones two were not, and
# boards are full of jobs that are no harder to tell, in numbers that no held-out set has
CLEARLY_NONE_FROM = 0.9
LEAST_CORRECTED = 30  # postings in doubt, under which no corrected count is shown
PRIOR = 1 / len(LABELS)  # added to every cell of the confusion (Perks 1947), so that a cell not seen is not impossible
SIZE = len(LABELS)
DECIMALS = 9  # kept of sums whose last bits depend on the processor


def in_doubt(probabilities: Floats) -> NDArray[np.bool_]:
    """The postings that are corrected: all but those that are clearly none of the six."""
    return np.asarray(probabilities[:, LABELS.index(NONE)] < CLEARLY_NONE_FROM)


@dataclass(frozen=True)
class Confusion:
    """Held-out postings in doubt by the label of their reader (rows) and of the model (columns)."""

    postings: NDArray[np.int64]
    worth: Floats  # as many postings drawn one by one tell as much, for labels within a company correlate
    intraclass_correlation: float  # of the labels that a company's postings of a track get

    @classmethod
    def of(cls, labels: NDArray[np.int64], probabilities: Floats, companies: NDArray[np.int64]) -> Confusion:
        """The confusion of held-out postings: their readers' labels, their probabilities and their companies."""
        doubted = in_doubt(probabilities)
        units, unit = np.unique(np.stack([labels, companies])[:, doubted], axis=1, return_inverse=True)
        counts = np.zeros((units.shape[1], SIZE))
        np.add.at(counts, (unit, probabilities[doubted].argmax(axis=1)), 1)
        return cls.of_counts(units[0], counts)

    @classmethod
    def of_counts(cls, labels: NDArray[np.int64], counts: Floats) -> Confusion:
        """The confusion of held-out postings: a row of counts for each company and label of the reader.

        A row of m postings is worth m / (1 + (m - 1) intraclass_correlation) (Kleinman 1973, J. Am. Stat. Assoc. 68:46).
        """
        correlation = round(_intraclass_correlation(labels, counts), DECIMALS)
        weight = 1 / (1 + (counts.sum(axis=1, keepdims=True) - 1) * correlation)
        return cls(
            _by_label(labels, counts).astype(np.int64), _by_label(labels, counts * weight).round(DECIMALS), correlation
        )

    @property
    def shares(self) -> Floats:
        """Part of the postings of each label (rows) that gets each label of the model (columns)."""
        known = self.worth + PRIOR
        return np.asarray(known / known.sum(axis=1, keepdims=True))

    @property
    def weights(self) -> Floats:
        """What a posting with a label of the model (rows) adds to the corrected count of each label (columns)."""
        return np.asarray(np.linalg.inv(self.shares))

    def corrected(self, found: Floats) -> Floats:
        """The corrected count of each label and its 95 % limits; shape (3, labels).

        `found` counts the postings in doubt by company (rows) and label of the model. The variance is explained in
        `warehouse/macros/corrected.sql`.
        """
        total = found.sum(axis=0)
        counts = np.clip(total @ self.weights, 0, total.sum())
        pairs = total * (total - 1)
        together = np.divide((found * (found - 1)).sum(axis=0), pairs, out=np.zeros(SIZE), where=pairs > 0)
        known = (self.worth + PRIOR).sum(axis=1)
        drawn = counts * (1 + np.maximum(0, counts - 1) * together * self.intraclass_correlation) + counts**2 / (
            known + 1
        )
        varies = np.maximum(0, self.shares @ self.weights**2 - np.eye(SIZE))  # of what a posting of each label adds
        reach = 1.96 * np.sqrt(drawn @ varies)
        return np.stack([counts, np.maximum(0, counts - reach), np.minimum(total.sum(), counts + reach)])

    def rows(self) -> list[dict[str, Any]]:
        """The rows of table `confusion`."""
        shares, weights, known = self.shares, self.weights, (self.worth + PRIOR).sum(axis=1)
        return [
            {
                "track": track,
                "predicted": predicted,
                "postings": int(self.postings[row, column]),
                "share": shares[row, column],
                "worth": known[row],
                "weight": weights[column, row],
                "intraclass_correlation": self.intraclass_correlation,
            }
            for row, track in enumerate(LABELS)
            for column, predicted in enumerate(LABELS)
        ]


NOTHING_HELD_OUT = Confusion(np.zeros((SIZE, SIZE), np.int64), np.zeros((SIZE, SIZE)), 0.0)


def counts_by_company(companies: Sequence[Any] | NDArray[Any], found: NDArray[np.int64]) -> Floats:
    """Postings by company (rows) and label of the model (columns)."""
    units, unit = np.unique(companies, return_inverse=True)
    counts = np.zeros((len(units), SIZE))
    np.add.at(counts, (unit, found), 1)
    return counts


def _by_label(labels: NDArray[np.int64], counts: Floats) -> Floats:
    """The sum of the rows of each label."""
    summed = np.zeros((SIZE, SIZE))
    np.add.at(summed, labels, counts)
    return summed


def _intraclass_correlation(labels: NDArray[np.int64], counts: Floats) -> float:
    """How much oftener two postings of a track get the same label where they are of one company, 0 to 1.

    `counts` has a row per track and company. The intraclass correlation from pairs that agree (Fleiss & Cuzick 1979,
    Appl. Psychol. Meas. 3:537), each company against the others.
    """
    others = _by_label(labels, counts)[labels] - counts
    known = (counts.sum(axis=1) > 1) & (others.sum(axis=1) > 0)
    counts, others = counts[known], others[known]
    size = counts.sum(axis=1)
    together = (counts * (counts - 1)).sum(axis=1) / (size * (size - 1))
    apart = (counts * others).sum(axis=1) / (size * others.sum(axis=1))
    return float(np.clip((size - 1) @ (together - apart) / ((size - 1) @ (1 - apart)), 0, 1))
