"""How far counts of held-out postings can be trusted: as the model counts them, and corrected for its confusions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifiers.confusion import LEAST_CORRECTED, SIZE, Confusion, counts_by_company, in_doubt
from classifiers.features import Floats
from classifiers.result import Result
from classifiers.tracks import LABELS, NONE

PARTS = 4  # of a fold's companies, as a place or a trade has some of them
DRAWS = 100

Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Counts:
    """Held-out postings, their companies and folds, and what the model of each fold takes for what.

    Each fold's counts are corrected by the confusion of the model trained without it, and the folds summed.
    """

    result: Result
    companies: NDArray[np.int64]
    folds: NDArray[np.int64]
    confusions: Sequence[Confusion]

    def shares(self) -> tuple[Floats, Floats, Floats]:
        """Each label's share by the reader, as counted by the model, and corrected."""
        return self._shares(np.arange(len(self.folds)))

    def largest_differences(self, mix: Sequence[float]) -> tuple[float, float]:
        """Largest difference of a share from the readers', counted and corrected: mean over draws of another mix.

        Each draw takes as many postings of each fold as it has, of the labels in these parts, with replacement.
        """
        chance = np.random.default_rng(0)
        shares = [self._shares(self._drawn(np.array(mix), chance)) for _ in range(DRAWS)]
        counted, corrected = (np.mean([abs(one[at] - one[0]).max() for one in shares]) for at in (1, 2))
        return float(counted), float(corrected)

    def coverage(self) -> tuple[float, int]:
        """Part of the 95 % intervals that hold the readers' count, and their number: each label in parts of the folds."""
        held = []
        for rows in self._parts():
            if in_doubt(self.result.probabilities[rows]).sum() >= LEAST_CORRECTED:
                read = np.bincount(self.result.labels[rows], minlength=SIZE)
                _, low, high = self._corrected(rows)
                held += list((low <= read) & (read <= high))
        return float(np.mean(held)), len(held)

    def _parts(self) -> Iterator[Rows]:
        """Each fold whole, then its companies in PARTS parts."""
        part = np.random.default_rng(0).integers(PARTS, size=self.companies.max() + 1)[self.companies]
        for fold in range(len(self.confusions)):
            yield np.flatnonzero(self.folds == fold)
            yield from (np.flatnonzero((self.folds == fold) & (part == number)) for number in range(PARTS))

    def _drawn(self, mix: Floats, chance: np.random.Generator) -> Rows:
        drawn = []
        for fold in range(len(self.confusions)):
            inside = np.flatnonzero(self.folds == fold)
            present = np.bincount(self.result.labels[inside], minlength=SIZE)
            parts = np.where(present > 0, mix, 0)[self.result.labels[inside]] / present[self.result.labels[inside]]
            drawn.append(chance.choice(inside, size=len(inside), p=parts / parts.sum()))
        return np.concatenate(drawn)

    def _shares(self, rows: Rows) -> tuple[Floats, Floats, Floats]:
        read, counted = (np.bincount(of[rows], minlength=SIZE) for of in (self.result.labels, self.result.found))
        corrected = sum(self._corrected(rows[self.folds[rows] == fold])[0] for fold in range(len(self.confusions)))
        return read / len(rows), counted / len(rows), corrected / len(rows)

    def _corrected(self, rows: Rows) -> Floats:
        """Corrected counts and limits of postings of one fold, those that are clearly none included; shape (3, labels)."""
        doubted = in_doubt(self.result.probabilities[rows])
        found = counts_by_company(self.companies[rows][doubted], self.result.found[rows][doubted])
        clear = np.where(np.array(LABELS) == NONE, (~doubted).sum(), 0)
        return np.asarray(self.confusions[self.folds[rows[0]]].corrected(found) + clear)
