"""Trains the model from the term counts in `training/`.

python -m classifiers.train        writes model.npz; the same data gives the same bytes
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix, hstack
from scipy.special import log_softmax
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from classifiers.features import Vocabulary
from classifiers.model import Block, Floats, Model
from classifiers.tracks import LABELS

TRAINING = Path(__file__).with_name("training")
TITLE_WEIGHT, TEXT_WEIGHT = 0.7, 1.0
STRENGTH = 10.0  # inverse of the regularisation of the linear layer
FOLDS = 5
SURENESS = {"1": 0.5, "2": 0.8, "3": 1.0}  # how much a label counts, by how sure its reader was


@dataclass(frozen=True)
class Examples:
    """The labelled postings as counts: what the model learns from."""

    title: csr_matrix
    text: csr_matrix
    title_terms: list[str]
    text_terms: list[str]
    labels: NDArray[np.int64]  # number of the label in LABELS
    sureness: Floats
    companies: NDArray[np.int64]

    def take(self, chosen: NDArray[np.int64]) -> Examples:
        """The chosen rows."""
        return Examples(
            self.title[chosen], self.text[chosen], self.title_terms, self.text_terms,
            self.labels[chosen], self.sureness[chosen], self.companies[chosen],
        )  # fmt: skip


def read_examples(folder: Path = TRAINING) -> Examples:
    """The training data kept in the repository."""
    with (folder / "labels.csv").open(newline="") as file:
        rows = {row["pid"]: row for row in csv.DictReader(file)}
    with np.load(folder / "counts.npz", allow_pickle=False) as kept:
        labelled = [rows[pid] for pid in kept["pid"]]
        counts, terms = {}, {}
        for block in ("title", "text"):
            terms[block] = str(kept[f"{block}_terms"]).split("\n")
            parts = (kept[f"{block}_counts"].astype(np.float64), kept[f"{block}_columns"], kept[f"{block}_starts"])
            counts[block] = csr_matrix(parts, shape=(len(labelled), len(terms[block])))
        return Examples(
            counts["title"], counts["text"], terms["title"], terms["text"],
            np.array([LABELS.index(row["label"]) for row in labelled]),
            np.array([SURENESS[row["sure"]] for row in labelled]),
            kept["company"].astype(np.int64),
        )  # fmt: skip


def train(examples: Examples) -> Model:
    """Fit the model, then calibrate it on companies it was not fitted on."""
    scores = np.zeros((len(examples.labels), len(LABELS)))
    for fitted, held_out in GroupKFold(FOLDS).split(scores, groups=examples.companies):
        model, apart = fit(examples.take(fitted)), examples.take(held_out)
        scores[held_out] = np.log(model.probabilities(_vectors(model, apart)))
    temperature = calibrate(scores, examples.labels)
    fitted_model = fit(examples)
    return Model(fitted_model.title, fitted_model.text, fitted_model.weights, fitted_model.intercepts, temperature)


def fit(examples: Examples) -> Model:
    """The linear layer over TF-IDF, not calibrated yet."""
    title = _block(examples.title, examples.title_terms, TITLE_WEIGHT)
    text = _block(examples.text, examples.text_terms, TEXT_WEIGHT)
    vectors = hstack([title.vectors(examples.title), text.vectors(examples.text)]).tocsr()
    linear = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=500)
    linear.fit(vectors, examples.labels, sample_weight=examples.sureness)
    weights = linear.coef_.T.astype(np.float32).astype(np.float64)  # as the file keeps them
    return Model(title, text, weights, linear.intercept_, 1.0)


def calibrate(scores: Floats, labels: NDArray[np.int64]) -> float:
    """The temperature under which held-out labels are likeliest (Guo et al. 2017, ICML)."""

    def loss(log_temperature: float) -> float:
        found = log_softmax(scores / np.exp(log_temperature), axis=1)
        return float(-found[np.arange(len(labels)), labels].mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-3, 3), method="bounded").x))


def _block(counts: csr_matrix, terms: list[str], weight: float) -> Block:
    """Smoothed inverse document frequency, as scikit-learn's TfidfTransformer has it."""
    postings = np.bincount(counts.indices, minlength=counts.shape[1])
    return Block(Vocabulary(terms), np.log((1 + counts.shape[0]) / (1 + postings)) + 1, weight)


def _vectors(model: Model, examples: Examples) -> csr_matrix:
    return hstack([model.title.vectors(examples.title), model.text.vectors(examples.text)]).tocsr()


if __name__ == "__main__":
    train(read_examples()).save()
