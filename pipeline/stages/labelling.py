"""Tracks of postings, in batches that any process may label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from classifiers.model import Model

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Batch:
    """Postings that are labelled together by the model of a file, of which that version is expected.

    Rows of `posting_id, title, text, input_sha256`, and `track_before`, None where there was none.
    """

    model: Path
    version: str
    postings: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Labelled:
    """The rows of table `labels`, and how many of them had another track before."""

    rows: list[Row]
    moved: int


def label(batch: Batch) -> Labelled:
    """The label of every posting of a batch, in order."""
    model = _model(batch.model, batch.version)
    found = model.label([row["title"] for row in batch.postings], [row["text"] for row in batch.postings])
    rows = [
        {
            "posting_id": row["posting_id"],
            "track": label.track,
            "probability": label.probability,
            "probabilities": list(label.probabilities),
            "second": label.second,
            "is_sure": label.is_sure,
            "terms": ", ".join(label.terms),
            "unknown_words": label.unknown_words,
            "model_version": model.version,
            "input_sha256": row["input_sha256"],
        }
        for row, label in zip(batch.postings, found, strict=True)
    ]
    before = [row["track_before"] for row in batch.postings]
    return Labelled(rows, sum(was not in (None, now.track) for was, now in zip(before, found, strict=True)))


@lru_cache(1)
def _model(file: Path, version: str) -> Model:
    """The model of a file, loaded once in a process for each version of it."""
    return Model.load(file)
