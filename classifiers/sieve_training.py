"""Trains the sieve from the labelled postings in `training/`, and measures it on companies it was not fitted on.

The labelled postings that are none of the six were chosen because they are like them, so there is hardly a nurse's or a
driver's. So each posting is shown once more, as none: without its title, and without the words of its text that are of
the trade. What then speaks for the six are these words, not the lack of words that hard cases have.

python -m classifiers.sieve_training        writes sieve.csv; the same data gives the same bytes
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags, hstack, vstack
from sklearn.svm import LinearSVC

from classifiers.concepts import concepts_of
from classifiers.examples import Examples, read_examples
from classifiers.features import Floats
from classifiers.sieve import LEAST_KNOWN, Sieve
from classifiers.tracks import LABELS
from classifiers.train import FOLDS, sure_rows

LOST = 0.0015  # part of the postings of the six that it may lose, of companies it was not fitted on
LEAST_TITLES, LEAST_TEXTS = 4, 40  # postings that have a word, or it does not count
TEXT = 0.3  # how much a word of the text counts beside one of the title, before anything is learnt
STRENGTH = 0.02  # inverse of the regularisation
TRADE = (  # concepts of texts
    "llm_applications", "applications", "inference", "systems", "modelling", "ml_platform", "infrastructure", "research", "science",
    "safety", "risk",
)  # fmt: skip
BARE = 0.6  # how much a posting without its words of the trade counts
PARTS = 1_000  # of a weight, which is kept in whole ones: far above what differs between processors
NONE = LABELS.index("none")


@dataclass(frozen=True)
class Words:
    """Which single words stand in each title and text, of those that count."""

    title: csr_matrix
    text: csr_matrix
    title_words: list[bytes]
    text_words: list[bytes]

    @classmethod
    def of(cls, examples: Examples) -> Words:
        """From the counts of all terms."""
        title, title_words = _words(examples.title, examples.title_terms, LEAST_TITLES)
        text, text_words = _words(examples.text, examples.text_terms, LEAST_TEXTS)
        return cls(title, text, title_words, text_words)

    def vectors(self) -> csr_matrix:
        """Words of titles, then of texts."""
        return hstack([self.title, TEXT * self.text]).tocsr()

    def bare(self) -> csr_matrix:
        """The same without titles, and without words of the trade."""
        trade = {term.encode() for concept in TRADE for term in concepts_of("text")[concept]}
        is_other = np.array([word not in trade for word in self.text_words], dtype=np.float64)
        return hstack([csr_matrix(self.title.shape), TEXT * (self.text @ diags(is_other))]).tocsr()


def _words(counts: csr_matrix, terms: list[str], least: int) -> tuple[csr_matrix, list[bytes]]:
    postings = np.bincount(counts.indices, minlength=counts.shape[1])
    chosen = [number for number, term in enumerate(terms) if " " not in term and postings[number] >= least]
    found = counts[:, chosen].tocsr()
    found.data = np.ones_like(found.data)
    return found, [terms[number].encode() for number in chosen]


def fit(words: Words, examples: Examples, rows: NDArray[np.int64]) -> Floats:
    """A weight for each word, then what all begin with: one linear layer (squared hinge), the six against none."""
    linear = LinearSVC(C=STRENGTH, dual=True, random_state=0)  # without BLAS: the same on every processor
    of_six = np.concatenate([examples.labels[rows] != NONE, np.zeros(len(rows), bool)])
    counts_as = np.concatenate([examples.sureness[rows], np.full(len(rows), BARE)])
    linear.fit(vstack([words.vectors()[rows], words.bare()[rows]]), of_six, sample_weight=counts_as)
    return np.append(linear.coef_[0], linear.intercept_)


def scores(words: Words, weights: Floats) -> Floats:
    """What the words of each posting come to; infinite where too few of the text are known, so that it passes."""
    found = words.vectors() @ weights[:-1] + weights[-1]
    return np.where(np.diff(words.text.indptr) < LEAST_KNOWN, np.inf, found)


def held_out_scores(examples: Examples) -> Floats:
    """Each real posting's score by a sieve that saw nothing of its company; NaN for written postings."""
    words = Words.of(examples)
    found = np.full(len(examples.labels), np.nan)
    for fitted, judged in examples.folds(FOLDS):
        found[judged] = scores(words, fit(words, examples, fitted))[judged]
    return found


def least_score(held: Floats, examples: Examples, rows: NDArray[np.int64]) -> float:
    """The score that all but LOST of these postings of the six reach, by sieves that saw nothing of their companies."""
    of_six = np.zeros(len(held), bool)
    of_six[rows] = True
    return float(np.quantile(held[of_six & sure_rows(examples) & (examples.labels != NONE)], LOST, method="lower"))


def train(examples: Examples, held: Floats) -> Sieve:
    """Fit the sieve, and find by the `held` out scores from which score on a posting passes."""
    words = Words.of(examples)
    every = np.arange(len(examples.labels))
    weights = fit(words, examples, every)
    least = least_score(held, examples, every) - weights[-1]
    parts = [TEXT * weights[len(words.title_words) : -1], weights[: len(words.title_words)], np.array([least])]
    text, title, (score,) = ((PARTS * part).round().astype(int).tolist() for part in parts)
    return Sieve(
        dict(zip(words.title_words, title, strict=True)), dict(zip(words.text_words, text, strict=True)), score
    )


def passed(examples: Examples, held: Floats) -> NDArray[np.bool_]:
    """Whether each real posting passes a sieve, and a least score, that nothing of its company went into."""
    found = np.zeros(len(held), bool)
    for others, judged in examples.folds(FOLDS):
        found[judged] = held[judged] >= least_score(held, examples, others)
    return found


if __name__ == "__main__":
    labelled = read_examples()
    train(labelled, held_out_scores(labelled)).save()
