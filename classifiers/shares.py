"""Shares of the labels over many postings: as counted, and corrected for the model's known errors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from classifiers.model import Label
from classifiers.tracks import LABELS, TITLES


class Shares:
    """Adds up labels batch by batch; printed, it is a table of the shares."""

    def __init__(self) -> None:
        self.counted = np.zeros(len(LABELS))
        self.corrected = np.zeros(len(LABELS))

    def add(self, labels: Sequence[Label]) -> None:
        """Count some more labels."""
        for label in labels:
            self.counted[LABELS.index(label.track)] += 1
            self.corrected += label.expected

    def __str__(self) -> str:
        number = max(1.0, self.counted.sum())
        lines = [f"{'share of postings':24} counted corrected"]
        for name, counted, corrected in zip(LABELS, self.counted, self.corrected, strict=True):
            lines.append(f"{TITLES[name]:24} {counted / number:>7.1%} {corrected / number:>9.1%}")
        return "\n".join(lines)
