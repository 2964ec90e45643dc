"""The model that labels: TF-IDF and concepts of title and text, linear layers, calibrated probabilities.

One layer reads whole postings, the other titles alone: where the text is short or missing, the second reads the title.

It is kept as plain arrays (no pickle), so that loading it runs nobody's code.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags

from classifiers.calibration import SHORT, Calibration, title_part
from classifiers.features import Block, Features, Floats, Vocabulary
from classifiers.reasons import contributions, strongest
from classifiers.tracks import LABELS

FILE = Path(__file__).with_name("model.npz")
# leaving a posting out costs half of what a wrong label costs; then Chow's rule (1970, IEEE Trans. Inf.
# Theory 16:41) abstains where the likeliest label is less likely than one minus that cost
COST_OF_ABSTAINING = 0.5
ABSTAIN_BELOW = 1 - COST_OF_ABSTAINING
SECOND_FROM = 0.25  # a second track is named from this probability on
TERMS = 6  # terms named for a label

Counts = tuple[csr_matrix, csr_matrix]


class ModelError(ValueError):
    """A kept model cannot be used; the message names the file and the fix."""


@dataclass(frozen=True, slots=True)
class Label:
    """What the model makes of a posting: its likeliest label, how surely, what else, and why.

    `probabilities` are those of all labels, in the order of `LABELS`; they sum to 1. `unknown_words` is the part of the
    text's words that the model does not know, 0 to 1.
    """

    track: str
    probability: float
    probabilities: tuple[float, ...]
    second: str | None
    is_sure: bool
    terms: tuple[str, ...]
    unknown_words: float


@dataclass(frozen=True)
class Model:
    """Two blocks of features, a weight per feature and label, what calibrates their scores, and how it errs."""

    title: Block
    text: Block
    weights: Floats  # shape (features of title then of text, labels)
    intercepts: Floats  # shape (labels,)
    title_weights: Floats  # of the layer that reads titles alone; shape (features of title, labels)
    title_intercepts: Floats  # shape (labels,)
    calibration: Calibration = field(default_factory=Calibration)
    shift: float = math.nan  # by which shares of labels are off in markets it was not fitted on, logit scale
    company_shift: float = math.nan  # and in companies
    usual_probability: float = math.nan  # mean probability of the label given, on companies it was not fitted on
    usual_unknown: float = math.nan  # part of the words of the training texts that are no terms

    @classmethod
    def load(cls, file: Path = FILE) -> Model:
        """The model kept in `file`. Raises FileNotFoundError where there is none, ModelError where it cannot be used."""
        return _loaded(file, file.stat().st_mtime_ns)

    @classmethod
    def _of(cls, kept: Any) -> Model:
        return cls(
            _kept_block(kept, "title"),
            _kept_block(kept, "text"),
            kept["weights"].astype(np.float64),
            kept["intercepts"],
            kept["alone_weights"].astype(np.float64),
            kept["alone_intercepts"],
            Calibration(kept["temperatures"], kept["biases"]),
            *map(float, kept["shift"]),
            *map(float, kept["usual"]),
        )

    def save(self, file: Path = FILE) -> None:
        """Keep the model as plain arrays; the same model gives the same bytes."""
        arrays: dict[str, Any] = {
            "intercepts": self.intercepts,
            "alone_weights": self.title_weights.astype(np.float32),
            "alone_intercepts": self.title_intercepts,
            "temperatures": self.calibration.temperatures,
            "biases": self.calibration.biases,
            "shift": np.array([self.shift, self.company_shift]),
            "usual": np.array([self.usual_probability, self.usual_unknown]),
        }
        for name, block in (("title", self.title), ("text", self.text)):
            arrays[f"{name}_terms"] = np.array("\n".join(block.vocabulary.terms))
            arrays[f"{name}_term_weights"] = block.term_weights
            arrays[f"{name}_concepts"] = np.stack(block.concepts.nonzero()).astype(np.int32)
            arrays[f"{name}_weights"] = np.array([block.weight, block.concept_weight])
        np.savez_compressed(file, weights=self.weights.astype(np.float32), **arrays)

    @cached_property
    def version(self) -> str:
        """Twelve hex digits of everything that decides a label."""
        parts: list[NDArray[Any]] = [self.weights.astype(np.float32), self.intercepts]
        parts += [self.title_weights.astype(np.float32), self.title_intercepts]
        parts += [self.calibration.temperatures, self.calibration.biases, np.array([ABSTAIN_BELOW, SHORT])]
        for block in (self.title, self.text):
            parts += [block.term_weights, *block.concepts.nonzero(), np.array([block.weight, block.concept_weight])]
        digest = sha256(b"".join(part.tobytes() for part in parts))
        digest.update("\n".join(self.title.vocabulary.terms + self.text.vocabulary.terms).encode())
        return digest.hexdigest()[:12]

    def row(self) -> dict[str, Any]:
        """The row of table `models`."""
        return {"model_version": self.version, "label_shift": self.shift, "company_label_shift": self.company_shift}

    def count(self, titles: Sequence[str], texts: Sequence[str]) -> Counts:
        """How often each term stands in each title and in each text."""
        return self.title.vocabulary.count(titles), self.text.vocabulary.count(texts)

    def features(self, counts: Counts) -> tuple[Features, Features]:
        """What the linear layer sees of titles and of texts."""
        return self.title.features(counts[0]), self.text.features(counts[1])

    def scores(self, title: Features, text: Features) -> Floats:
        """How strongly each label is spoken for in whole postings; shape (postings, labels)."""
        start = self.title.width
        return _scores(title, self.weights[:start]) + _scores(text, self.weights[start:]) + self.intercepts

    def title_scores(self, title: Features) -> Floats:
        """The same in titles alone."""
        return _scores(title, self.title_weights) + self.title_intercepts

    def probabilities(self, features: tuple[Features, Features]) -> Floats:
        """The probability of each label; shape (postings, labels).

        Where the title decides, what little text there is still counts as it does in whole postings.
        """
        alone = self.title_scores(features[0]) + _scores(features[1], self.weights[self.title.width :])
        return self.calibration.probabilities(self.scores(*features), alone, _lengths(features))

    def said(self, features: tuple[Features, Features], labels: NDArray[np.int64]) -> csr_matrix:
        """What each term of each posting adds to its label's score over the mean of all, by the layer that decides it.

        Shape (postings, terms of title then of text).
        """
        blocks, by_title = (self.title, self.text), title_part(_lengths(features)) > 0.5
        said = contributions(blocks, self.weights, features, labels)
        if not by_title.any():
            return said
        alone = np.concatenate([self.title_weights, self.weights[self.title.width :]])
        return csr_matrix(
            diags(1.0 - by_title) @ said + diags(1.0 * by_title) @ contributions(blocks, alone, features, labels)
        )

    def tracks(self, titles: Sequence[str], texts: Sequence[str]) -> list[str]:
        """The likeliest label of each posting, in order: that of `label` without its reasons, in two thirds of the time."""
        likeliest = self.probabilities(self.features(self.count(titles, texts))).argmax(axis=1)
        return [LABELS[row] for row in likeliest]

    def label(self, titles: Sequence[str], texts: Sequence[str]) -> list[Label]:
        """A label for each posting, in order."""
        read = self.text.vocabulary.read(texts)
        features = self.features((self.title.vocabulary.count(titles), read.terms))
        found = self.probabilities(features)
        order = np.argsort(-found, axis=1, kind="stable")
        why = strongest(self.said(features, order[:, 0]), self.terms, TERMS)
        unknown = read.unknown_part().tolist()
        return [_label(found[row], order[row], why[row], unknown[row]) for row in range(len(titles))]

    @cached_property
    def terms(self) -> list[str]:
        """The terms of titles, then of texts."""
        return self.title.vocabulary.terms + self.text.vocabulary.terms


def _scores(features: Features, weights: Floats) -> Floats:
    width = features.terms.shape[1]
    return np.asarray(features.terms @ weights[:width] + features.concepts @ weights[width:])


def _lengths(features: tuple[Features, Features]) -> NDArray[np.int64]:
    """How many different terms each text has."""
    return np.asarray(np.diff(features[1].is_there.indptr))


@lru_cache(maxsize=1)  # every stage of a run asks for the same
def _loaded(file: Path, _changed_at: int) -> Model:
    mend = "delete it, or train it again: trackmix train"
    try:
        with np.load(file, allow_pickle=False) as kept:
            if "alone_weights" not in kept.files:
                raise ModelError(f"{file} is of an older trackmix; {mend}")
            return Model._of(kept)
    except (BadZipFile, zlib.error, EOFError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise error if isinstance(error, ModelError) else ModelError(f"{file} is damaged; {mend}") from None


def _label(probabilities: Floats, order: NDArray[np.int64], terms: tuple[str, ...], unknown_words: float) -> Label:
    first, second = int(order[0]), int(order[1])
    return Label(
        track=LABELS[first],
        probability=float(probabilities[first]),
        probabilities=tuple(probabilities.tolist()),
        second=LABELS[second] if probabilities[second] >= SECOND_FROM else None,
        is_sure=bool(probabilities[first] >= ABSTAIN_BELOW),
        terms=terms,
        unknown_words=unknown_words,
    )


def _kept_block(kept: Any, name: str) -> Block:
    terms = str(kept[f"{name}_terms"]).split("\n")
    rows, columns = kept[f"{name}_concepts"]
    shape = (len(terms), int(columns.max()) + 1)
    concepts = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)
    weight, concept_weight = kept[f"{name}_weights"]
    return Block(Vocabulary(terms), kept[f"{name}_term_weights"], concepts, float(weight), float(concept_weight))
