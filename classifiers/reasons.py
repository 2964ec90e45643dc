"""Why a posting got its label: what each of its terms said for the label or against it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from classifiers.features import Block, Features
from classifiers.tracks import LABELS, TITLES

if TYPE_CHECKING:
    from classifiers.model import Floats, Model


def contributions(model: Model, features: tuple[Features, Features], labels: NDArray[np.int64]) -> csr_matrix:
    """What each term of each posting adds to its label's score over the mean of all labels.

    `labels` holds a label's number for each posting. A concept's part is shared equally among
    the terms that stand for it, so a row sums to the whole. Shape (postings, terms of title then of text).
    """
    apart = model.weights - model.weights.mean(axis=1, keepdims=True)
    width = model.title.width
    return hstack(
        [
            _said(model.title, features[0], apart[:width], labels),
            _said(model.text, features[1], apart[width:], labels),
        ]
    ).tocsr()


def _said(block: Block, features: Features, weights: Floats, labels: NDArray[np.int64]) -> csr_matrix:
    terms = features.terms
    rows = np.repeat(np.arange(len(labels)), np.diff(terms.indptr))
    said = terms.copy()
    said.data = terms.data * weights[terms.indices, labels[rows]]
    # a concept's part in equal shares to its terms: only the terms that belong to one are looked at
    shares = features.concepts.toarray() * weights[len(block.idf) :, labels].T
    shares /= np.maximum(features.spoken.toarray(), 1)
    at = np.flatnonzero(np.diff(block.concepts.indptr)[terms.indices])
    belongs = block.concepts[terms.indices[at]]
    said.data[at] += np.asarray(belongs.multiply(shares[rows[at]]).sum(axis=1)).ravel()
    return said


@dataclass(frozen=True, slots=True)
class Reasons:
    """What was decided, and the terms that spoke `for` and `against` it with what each added to the score."""

    said: str
    terms: list[tuple[str, str, float]]


def explained(model: Model, title: str, text: str, most: int) -> Reasons:
    """Why a posting gets its label: the strongest terms on each side, at most `most` of each."""
    label = model.label([title], [text])[0]
    said = contributions(model, model.features(model.count([title], [text])), np.array([LABELS.index(label.track)]))
    names = [f"{term} (title)" for term in model.title.vocabulary.terms] + model.text.vocabulary.terms
    order = np.argsort(-said.data, kind="stable")
    speaking = [(float(said.data[at]), names[said.indices[at]]) for at in order]
    pro = [("for", name, value) for value, name in speaking[:most] if value > 0]
    contra = [("against", name, value) for value, name in speaking[::-1][:most] if value < 0]
    second = f", or {TITLES[label.second]}" if label.second else ""
    doubt = "" if label.is_sure else " (unsure: in no track's count)"
    return Reasons(f"{TITLES[label.track]}, {label.probability:.0%}{second}{doubt}", pro + contra)


def strongest(
    model: Model, features: tuple[Features, Features], labels: NDArray[np.int64], most: int
) -> list[tuple[str, ...]]:
    """The terms that spoke most for each posting's label, strongest first; a term of title and text once."""
    said = contributions(model, features, labels)
    names = model.title.vocabulary.terms + model.text.vocabulary.terms
    found = []
    for start, end in pairwise(said.indptr):
        values = said.data[start:end]
        # partition first: sorting every term of a posting would cost more than labelling it
        top = np.argpartition(-values, 2 * most)[: 2 * most] if values.size > 2 * most else np.arange(values.size)
        order = top[np.argsort(-values[top], kind="stable")]
        terms = (names[said.indices[start + at]] for at in order if values[at] > 0)
        found.append(tuple(dict.fromkeys(terms))[:most])
    return found


def strongest_of_label(model: Model, label: int, most: int) -> list[str]:
    """The terms of the text that speak most for a label wherever they stand, strongest first."""
    block, width = model.text, model.title.width
    apart = (model.weights - model.weights.mean(axis=1, keepdims=True))[width:, label]
    force = apart[: len(block.idf)] * block.idf * block.weight
    names = block.vocabulary.terms
    return [names[at] for at in np.argsort(-force, kind="stable")[:most]]
