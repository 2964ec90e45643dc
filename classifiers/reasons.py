"""Why a posting got its label: what each of its terms said for the label or against it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from classifiers.features import Block, Features, Floats

Blocks = tuple[Block, Block]  # of the title, of the text
FeaturesOfBoth = tuple[Features, Features]


def contributions(blocks: Blocks, weights: Floats, features: FeaturesOfBoth, labels: NDArray[np.int64]) -> csr_matrix:
    """What each term of each posting adds to its label's score over the mean of all labels.

    `labels` holds a label's number for each posting. A concept's part is shared equally among
    the terms that stand for it, so a row sums to the whole. Shape (postings, terms of title then of text).
    """
    apart, width = _over_the_mean(weights), blocks[0].width
    of_blocks = zip(blocks, features, (apart[:width], apart[width:]), strict=True)
    return hstack([_said(block, seen, part, labels) for block, seen, part in of_blocks]).tocsr()


def _over_the_mean(weights: Floats) -> Floats:
    return np.asarray(weights - weights.mean(axis=1, keepdims=True))


def _said(block: Block, features: Features, weights: Floats, labels: NDArray[np.int64]) -> csr_matrix:
    terms = features.terms
    rows = np.repeat(np.arange(len(labels)), np.diff(terms.indptr))
    said = terms.copy()
    said.data = terms.data * weights[terms.indices, labels[rows]]
    # a concept's part in equal shares to its terms: only the terms that belong to one are looked at
    shares = features.concepts.toarray() * weights[len(block.term_weights) :, labels].T
    shares /= np.maximum(features.spoken.toarray(), 1)
    at = np.flatnonzero(np.diff(block.concepts.indptr)[terms.indices])
    belongs = block.concepts[terms.indices[at]]
    said.data[at] += np.asarray(belongs.multiply(shares[rows[at]]).sum(axis=1)).ravel()
    return said


def strongest(said: csr_matrix, names: Sequence[str], most: int) -> list[tuple[str, ...]]:
    """The terms that spoke most for each posting's label, strongest first; a term of title and text once."""
    found = []
    for start, end in pairwise(said.indptr):
        values = said.data[start:end]
        # partition first: sorting every term of a posting would cost more than labelling it
        top = np.argpartition(-values, 2 * most)[: 2 * most] if values.size > 2 * most else np.arange(values.size)
        order = top[np.argsort(-values[top], kind="stable")]
        terms = (names[said.indices[start + at]] for at in order if values[at] > 0)
        found.append(tuple(dict.fromkeys(terms))[:most])
    return found


def strongest_of_label(block: Block, weights: Floats, label: int, most: int) -> list[str]:
    """The terms of a block, whose features have these weights, that speak most for a label, strongest first."""
    force = _over_the_mean(weights)[: len(block.term_weights), label] * block.term_weights * block.weight
    names = block.vocabulary.terms
    return [names[at] for at in np.argsort(-force, kind="stable")[:most]]
