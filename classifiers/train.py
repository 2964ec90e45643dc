"""Trains the model from the labelled postings in `training/`.

python -m classifiers.train        writes model.npz; the same data gives the same bytes
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from scipy.special import rel_entr
from sklearn.svm import LinearSVC

from classifiers.calibrate import DECIMALS, calibrate
from classifiers.calibration import Calibration
from classifiers.concepts import concepts_of
from classifiers.examples import NO_COMPANY, NO_LABEL, Examples, read_examples
from classifiers.features import Block, Floats, Vocabulary, membership
from classifiers.model import Model
from classifiers.shift import OF_COMPANY, OF_MARKET, shift_between
from classifiers.tracks import LABELS

FOLDS = 5
# NumPy's logarithms and exponentials differ in their last bits between processors, with AVX-512 and without. What is
# learnt from and what is kept is rounded far above that, so that every processor learns the same model.
FEATURE_DECIMALS = 6
LEAST_SURE = 0.8  # the calibration listens to labels whose reader was sure, 2 or 3


# what cross-validation chose; MODEL_CARD.md says what else was tried
TITLE, TEXT = 0.8, 2.0  # lengths of the TF-IDF vectors
TITLE_CONCEPTS, TEXT_CONCEPTS = 0.6, 0.25  # weights of the concepts
STRENGTH = 0.8  # inverse of the regularisation of the linear layer
SECOND = 0.5  # how much the other label that fits counts beside the first
TOLERANCE = 0.01  # of the linear layer's fit: a finer one takes nearly twice as long and labels no better
BALANCE = 0.5  # 0 takes the labels as frequent as they are, 1 as if all were equally frequent
TELLING = 0.5  # power at which a term counts by how much it tells of the label; 0 takes all terms as equally telling
LEAST_TOLD = 0.04  # nats under which a term counts nothing; over a third of all counts are of such terms
USUAL = 10.0  # postings of the usual mix that each term is given beside its own: a rare one tells little


def train(examples: Examples) -> Model:
    """Fit the model, calibrate it on companies it was not fitted on, and see how far its counts are off there and elsewhere."""
    by_company = held_out_scores(examples)
    by_origin = held_out_scores(examples, examples.origins)
    calibration = by_company.calibration(examples)
    real = examples.companies != NO_COMPANY
    apart, elsewhere = (held.probabilities(examples, calibration)[real] for held in (by_company, by_origin))
    likeliest = apart[examples.sureness[real] >= LEAST_SURE].max(axis=1)
    return replace(
        fit(examples),
        calibration=calibration,
        shift=shift_between(examples.origins[real], examples.labels[real], elsewhere, OF_MARKET),
        company_shift=shift_between(examples.companies[real], examples.labels[real], apart, OF_COMPANY),
        usual_probability=round(float(likeliest.mean()), DECIMALS),
        usual_unknown=examples.unknown,
    )


@dataclass(frozen=True)
class HeldOut:
    """Scores of postings whose company, or whose group, the model saw nothing of; NaN for written postings."""

    whole: Floats  # shape (postings, labels)
    alone: Floats  # of the title alone

    def take(self, chosen: NDArray[np.int64]) -> HeldOut:
        """The chosen rows."""
        return HeldOut(self.whole[chosen], self.alone[chosen])

    def calibration(self, examples: Examples) -> Calibration:
        """What makes probabilities of such scores."""
        sure = sure_rows(examples)
        return calibrate(self.whole[sure], self.alone[sure], examples.labels[sure])

    def probabilities(self, examples: Examples, calibration: Calibration) -> Floats:
        """The probability of each label; shape (postings, labels)."""
        return calibration.probabilities(self.whole, self.alone, examples.text_lengths())


def held_out_scores(examples: Examples, groups: NDArray[np.int64] | None = None) -> HeldOut:
    """Each posting's scores by a model that saw nothing of its company, or of its group."""
    whole, alone = np.full((2, len(examples.labels), len(LABELS)), np.nan)
    for fitted, held_out in examples.folds(FOLDS, groups):
        model, apart = fit(examples.take(fitted)), examples.take(held_out)
        whole[held_out] = scores_of(model, apart)
        alone[held_out] = model.title_scores(model.title.features(apart.title))
    return HeldOut(whole, alone)


def sure_rows(examples: Examples) -> NDArray[np.bool_]:
    """The real postings whose reader was sure: those that calibrate and are reported."""
    return np.asarray((examples.companies != NO_COMPANY) & (examples.sureness >= LEAST_SURE))


def scores_of(model: Model, examples: Examples) -> Floats:
    """The model's scores for examples; shape (postings, labels)."""
    return model.scores(*model.features((examples.title, examples.text)))


def fit(examples: Examples) -> Model:
    """The linear layers over weighed terms and concepts, of whole postings and of titles alone, not calibrated yet."""
    spoken = examples.take(np.flatnonzero(examples.text_lengths()))  # a title alone teaches nothing of whole postings
    title = _block("title", examples.title, examples, TITLE, TITLE_CONCEPTS)
    text = _block("text", spoken.text, spoken, TEXT, TEXT_CONCEPTS)
    parts = (title.features(spoken.title), text.features(spoken.text))
    whole = _layer(hstack([part.vectors() for part in parts]).tocsr(), spoken)
    return Model(title, text, *whole, *_layer(title.features(examples.title).vectors(), examples))


def _layer(vectors: csr_matrix, examples: Examples) -> tuple[Floats, Floats]:
    """Weights and intercepts of a linear layer over these features of the examples (one-against-the-rest, squared hinge)."""
    vectors.data = vectors.data.round(FEATURE_DECIMALS)
    vectors.eliminate_zeros()
    rows, labels, counts_as = _weighted_labels(examples)
    present = np.bincount(labels, weights=counts_as, minlength=len(LABELS))
    rarity = (present.sum() / len(LABELS) / np.maximum(present, 1)) ** BALANCE
    linear = LinearSVC(C=STRENGTH, tol=TOLERANCE, random_state=0)
    linear.fit(vectors[rows], labels, sample_weight=counts_as * rarity[labels])
    return linear.coef_.T.astype(np.float32).astype(np.float64), linear.intercept_  # as the file keeps the weights


def _weighted_labels(examples: Examples) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
    """Rows, their labels and how much each counts: a posting that two labels fit counts twice.

    The second label counts SECOND of the reader's sureness, and the first half of that less.
    """
    doubted = np.flatnonzero(examples.seconds != NO_LABEL)
    first = examples.sureness.copy()
    first[doubted] *= 1 - SECOND / 2
    rows = np.concatenate([np.arange(len(first)), doubted])
    labels = np.concatenate([examples.labels, examples.seconds[doubted]])
    return rows, labels, np.concatenate([first, SECOND * examples.sureness[doubted]])


def _block(name: str, counts: csr_matrix, examples: Examples, weight: float, concept_weight: float) -> Block:
    """Terms weigh by how rare they are, as scikit-learn's TfidfTransformer has it, and by how much they tell of the label."""
    terms = {"title": examples.title_terms, "text": examples.text_terms}[name]
    labelled = np.eye(len(LABELS))[examples.labels] * examples.sureness[:, None]
    postings = np.bincount(counts.indices, minlength=counts.shape[1])
    idf = np.log((1 + counts.shape[0]) / (1 + postings)) + 1
    weights = (idf * _told(counts, labelled) ** TELLING).round(FEATURE_DECIMALS)
    return Block(Vocabulary(terms), weights, membership(terms, concepts_of(name)), weight, concept_weight)


def _told(counts: csr_matrix, labelled: Floats) -> Floats:
    """How far the labels of the postings that hold a term lie from those of all, in nats (Kullback-Leibler); shape (terms,).

    `labelled` says how much each posting counts for each label. Supervised term weighting: Debole & Sebastiani 2003, SAC.
    """
    is_there = csr_matrix((np.ones_like(counts.data), counts.indices, counts.indptr), shape=counts.shape)
    usual = labelled.sum(axis=0) / labelled.sum()
    found = is_there.T @ labelled + USUAL * usual
    told = rel_entr(found / found.sum(axis=1, keepdims=True), usual).sum(axis=1)
    return np.where(told < LEAST_TOLD, 0, told)


if __name__ == "__main__":
    train(read_examples()).save()
