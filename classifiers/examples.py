"""The labelled postings a model learns from, as term counts; nobody's text is kept in the repository.

`training/labels.csv` and `training/counts.npz` hold real postings read one by one by the guide
(made by `classifiers.extract`); `training/written.jsonl` holds postings we wrote ourselves where
a track is thin. Postings that a user labelled can be added.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack
from sklearn.model_selection import GroupKFold

from classifiers.features import Vocabulary
from classifiers.tracks import LABELS

TRAINING = Path(__file__).with_name("training")
SURENESS = {"1": 0.5, "2": 0.8, "3": 1.0}  # how much a label counts, by how sure its reader was
WRITTEN = 0.6  # how much a posting that we wrote ourselves counts: it shows a track, not a market
NO_COMPANY = NO_LABEL = -1


@dataclass(frozen=True)
class Examples:
    """Labelled postings: counts of shape (postings, terms) and an entry per posting in every array."""

    title: csr_matrix
    text: csr_matrix
    title_terms: list[str]
    text_terms: list[str]
    labels: NDArray[np.int64]  # number of the label in LABELS
    seconds: NDArray[np.int64]  # number of the other label that fits; NO_LABEL where there is none
    sureness: NDArray[np.float64]  # how much the label counts
    companies: NDArray[np.int64]  # the company's number; NO_COMPANY for written postings, never held out
    origins: NDArray[np.int64]  # the number of the collection it was captured in; NO_COMPANY for written postings
    unknown: float  # part of the words of the real texts that are no terms

    def take(self, chosen: NDArray[np.int64]) -> Examples:
        """The chosen rows."""
        return Examples(
            self.title[chosen], self.text[chosen], self.title_terms, self.text_terms,
            self.labels[chosen], self.seconds[chosen], self.sureness[chosen], self.companies[chosen],
            self.origins[chosen], self.unknown,
        )  # fmt: skip

    def text_lengths(self) -> NDArray[np.int64]:
        """How many different terms each text has."""
        return np.asarray(np.diff(self.text.indptr))

    def folds(
        self, number: int, groups: NDArray[np.int64] | None = None
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
        """Rows to fit on and rows to hold out, so that no company, or none of `groups`, is on both sides."""
        real = np.flatnonzero(self.companies != NO_COMPANY)
        written = np.flatnonzero(self.companies == NO_COMPANY)
        apart = self.companies if groups is None else groups
        for fitted, held_out in GroupKFold(number).split(real, groups=apart[real]):
            yield np.concatenate([real[fitted], written]), real[held_out]

    def added(self, postings: Iterable[Mapping[str, str]], counts_as: float) -> Examples:
        """These and more postings `title, text, label` and maybe `second`, each counting `counts_as` and never held out."""
        more = list(postings)
        if not more:
            return self
        return Examples(
            vstack([self.title, Vocabulary(self.title_terms).count([one["title"] for one in more])]).tocsr(),
            vstack([self.text, Vocabulary(self.text_terms).count([one["text"] for one in more])]).tocsr(),
            self.title_terms,
            self.text_terms,
            np.concatenate([self.labels, [_number(one["label"]) for one in more]]),
            np.concatenate([self.seconds, [_number(one.get("second")) for one in more]]),
            np.concatenate([self.sureness, np.full(len(more), counts_as)]),
            np.concatenate([self.companies, np.full(len(more), NO_COMPANY)]),
            np.concatenate([self.origins, np.full(len(more), NO_COMPANY)]),
            self.unknown,
        )


def read_examples(folder: Path = TRAINING) -> Examples:
    """The training data kept in the repository: the real postings, then the written ones."""
    with (folder / "labels.csv").open(newline="") as file:
        rows = {row["pid"]: row for row in csv.DictReader(file)}
    with np.load(folder / "counts.npz", allow_pickle=False) as kept:
        labelled = [rows[pid] for pid in kept["pid"]]
        blocks = {name: _kept_counts(kept, name) for name in ("title", "text")}
        companies, origins = kept["company"].astype(np.int64), kept["origin"].astype(np.int64)
        unknown = float(kept["unknown"])
    real = Examples(
        blocks["title"][0],
        blocks["text"][0],
        blocks["title"][1],
        blocks["text"][1],
        np.array([_number(row["label"]) for row in labelled]),
        np.array([_number(row["second"]) for row in labelled]),
        np.array([SURENESS[row["sure"]] for row in labelled]),
        companies,
        origins,
        unknown,
    )
    with (folder / "written.jsonl").open(encoding="utf-8") as lines:
        return real.added(map(json.loads, lines), WRITTEN)


def _number(label: str | None) -> int:
    return LABELS.index(label) if label else NO_LABEL


def _kept_counts(kept: Any, name: str) -> tuple[csr_matrix, list[str]]:
    terms = str(kept[f"{name}_terms"]).split("\n")
    parts = (kept[f"{name}_counts"].astype(np.float64), kept[f"{name}_columns"], kept[f"{name}_starts"])
    return csr_matrix(parts, shape=(len(kept["pid"]), len(terms))), terms
