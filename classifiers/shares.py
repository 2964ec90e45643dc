"""Shares of the labels over many postings: as counted, and corrected for the model's known confusions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from classifiers.confusion import CLEARLY_NONE_FROM, LEAST_CORRECTED, SIZE, Confusion
from classifiers.features import Floats
from classifiers.model import Label
from classifiers.tracks import LABELS, NONE, TITLES


class Shares:
    """Adds up labels batch by batch; printed, it is a table of the shares."""

    def __init__(self, confusion: Confusion) -> None:
        self.confusion = confusion
        self.clearly_none = 0
        self.in_doubt: dict[str, Floats] = defaultdict(lambda: np.zeros(SIZE))  # counts of the labels by company

    def add(self, companies: Sequence[str], labels: Sequence[Label]) -> None:
        """Count some more labels; postings whose company is not known count as of one company."""
        for company, label in zip(companies, labels, strict=True):
            if label.track == NONE and label.probability >= CLEARLY_NONE_FROM:
                self.clearly_none += 1
            else:
                self.in_doubt[company][LABELS.index(label.track)] += 1

    def counted(self) -> Floats:
        """Postings by label."""
        return sum(self.in_doubt.values(), self._clear())

    def corrected(self) -> Floats | None:
        """The corrected count of each label and its 95 % limits, shape (3, labels); None of too few postings in doubt."""
        found = np.array([*self.in_doubt.values()])
        return self.confusion.corrected(found) + self._clear() if found.sum() >= LEAST_CORRECTED else None

    def _clear(self) -> Floats:
        return np.where(np.array(LABELS) == NONE, float(self.clearly_none), 0.0)

    def __str__(self) -> str:
        counted, corrected = self.counted(), self.corrected()
        number = max(1.0, counted.sum())
        lines = [f"{'share of postings':24} counted corrected (95 %)"]
        for row, name in enumerate(LABELS):
            line = f"{TITLES[name]:24} {counted[row] / number:>7.1%} "
            if corrected is None:
                lines.append(f"{line}  too few")
            else:
                value, low, high = corrected[:, row] / number
                lines.append(f"{line}{value:>9.1%} ({low:.1%} to {high:.1%})")
        return "\n".join(lines)
