"""The model that labels: TF-IDF of title and text, one linear layer, calibrated probabilities.

It is kept as plain arrays (no pickle), so that loading it runs nobody's code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from scipy.special import softmax

from classifiers.features import Vocabulary
from classifiers.tracks import LABELS

FILE = Path(__file__).with_name("model.npz")
ABSTAIN_BELOW = 0.45  # see docs/design.md: under it a label is more often wrong than a reader would be
SECOND_FROM = 0.25  # a second track is named from this probability on
TERMS = 6  # terms named for a label

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Label:
    """What the model makes of a posting: its likeliest label, how surely, what else, and why."""

    track: str
    probability: float
    second: str | None
    is_sure: bool
    terms: tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """One part of a posting's words: its vocabulary, the weight of each term, and of the block."""

    vocabulary: Vocabulary
    idf: Floats
    weight: float

    def vectors(self, counts: csr_matrix) -> csr_matrix:
        """TF-IDF with 1 + log(count), each row scaled to length `weight` (zero stays zero)."""
        found = counts.copy()
        found.data = (1 + np.log(found.data)) * self.idf[found.indices]
        lengths = np.sqrt(np.asarray(found.multiply(found).sum(axis=1)).ravel())
        scale = self.weight / np.where(lengths > 0, lengths, 1)
        found.data *= np.repeat(scale, np.diff(found.indptr))
        return found


@dataclass(frozen=True)
class Model:
    """Blocks of features, a weight per term and label, and the temperature that calibrates."""

    title: Block
    text: Block
    weights: Floats  # shape (terms of title then of text, labels)
    intercepts: Floats  # shape (labels,)
    temperature: float

    @classmethod
    def load(cls, file: Path = FILE) -> Model:
        """The model kept in `file`. Raises FileNotFoundError where there is none."""
        with np.load(file, allow_pickle=False) as kept:
            return cls(
                _kept_block(kept, "title"),
                _kept_block(kept, "text"),
                kept["weights"].astype(np.float64),
                kept["intercepts"],
                float(kept["temperature"]),
            )

    def save(self, file: Path = FILE) -> None:
        """Keep the model as plain arrays; the same model gives the same bytes."""
        arrays: dict[str, Any] = {"intercepts": self.intercepts, "temperature": np.float64(self.temperature)}
        for name, block in (("title", self.title), ("text", self.text)):
            arrays[f"{name}_terms"] = np.array("\n".join(block.vocabulary.terms))
            arrays[f"{name}_idf"] = block.idf
            arrays[f"{name}_weight"] = np.float64(block.weight)
        np.savez_compressed(file, weights=self.weights.astype(np.float32), **arrays)

    @cached_property
    def version(self) -> str:
        """Twelve hex digits of everything that decides a label."""
        parts = (self.weights.astype(np.float32), self.intercepts, self.title.idf, self.text.idf)
        digest = sha256(b"".join(part.tobytes() for part in parts))
        digest.update("\n".join(self.title.vocabulary.terms + self.text.vocabulary.terms).encode())
        digest.update(repr((self.temperature, self.title.weight, self.text.weight, ABSTAIN_BELOW)).encode())
        return digest.hexdigest()[:12]

    def vectors(self, titles: Sequence[str], texts: Sequence[str]) -> csr_matrix:
        """The features of postings; shape (postings, terms)."""
        blocks = ((self.title, titles), (self.text, texts))
        return hstack([block.vectors(block.vocabulary.count(words)) for block, words in blocks]).tocsr()

    def probabilities(self, vectors: csr_matrix) -> Floats:
        """The calibrated probability of each label; shape (postings, labels), rows sum to 1."""
        scores = np.asarray(vectors @ self.weights) + self.intercepts
        return np.asarray(softmax(scores / self.temperature, axis=1))

    def label(self, titles: Sequence[str], texts: Sequence[str]) -> list[Label]:
        """A label for each posting, in order."""
        vectors = self.vectors(titles, texts)
        found = self.probabilities(vectors)
        order = np.argsort(-found, axis=1, kind="stable")
        return [self._label(row, found[number], order[number]) for number, row in enumerate(vectors)]

    def _label(self, row: csr_matrix, probabilities: Floats, order: NDArray[np.int64]) -> Label:
        first, second = int(order[0]), int(order[1])
        return Label(
            track=LABELS[first],
            probability=float(probabilities[first]),
            second=LABELS[second] if probabilities[second] >= SECOND_FROM else None,
            is_sure=bool(probabilities[first] >= ABSTAIN_BELOW),
            terms=self._terms(row, first),
        )

    def _terms(self, row: csr_matrix, label: int) -> tuple[str, ...]:
        """The terms that spoke most for a label, against the mean of all labels."""
        weights = self.weights[row.indices]
        said = row.data * (weights[:, label] - weights.mean(axis=1))
        strongest = [number for number in np.argsort(-said, kind="stable")[: 2 * TERMS] if said[number] > 0]
        names = (self._names[row.indices[number]] for number in strongest)
        return tuple(dict.fromkeys(names))[:TERMS]

    @cached_property
    def _names(self) -> list[str]:
        return self.title.vocabulary.terms + self.text.vocabulary.terms


def _kept_block(kept: Any, name: str) -> Block:
    terms = str(kept[f"{name}_terms"]).split("\n")
    return Block(Vocabulary(terms), kept[f"{name}_idf"], float(kept[f"{name}_weight"]))
