"""Makes the training data from labelled postings: term counts, without anyone's text.

    python -m classifiers.extract POSTINGS.jsonl.gz [POSTINGS.jsonl.gz ...] LABELS.csv [LABELS.csv ...]

POSTINGS have one JSON object a line with `pid, origin, company, title, text`; LABELS have columns
`pid, label, second, sure`. Writes `training/labels.csv` and `training/counts.npz`.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifiers.concepts import concepts_of
from classifiers.features import Vocabulary, split

TRAINING = Path(__file__).with_name("training")
LEAST_POSTINGS = 4  # a term of fewer postings is noise, and could tell whose text it was


def terms_of(texts: Iterable[str]) -> list[str]:
    """The words and pairs of words that stand in at least LEAST_POSTINGS of the texts, sorted."""
    seen: Counter[bytes] = Counter()
    for text in texts:
        words = split(text)
        seen.update({*words, *map(b" ".join, pairwise(words))})
    return sorted(term.decode() for term, postings in seen.items() if postings >= LEAST_POSTINGS)


def extract(postings: list[dict[str, Any]], labels: dict[str, dict[str, str]], folder: Path) -> None:
    """Write the counts of the labelled postings, over the terms of all of them."""
    labelled = sorted((p for p in postings if p["pid"] in labels), key=lambda p: p["pid"])
    arrays: dict[str, Any] = {
        "pid": np.array([posting["pid"] for posting in labelled]),
        "company": _numbers([" ".join(posting["company"].casefold().split()) for posting in labelled]),
        "origin": _numbers([posting["origin"] for posting in labelled]),
    }
    for block in ("title", "text"):
        spoken = {term for terms in concepts_of(block).values() for term in terms}
        vocabulary = Vocabulary(sorted(spoken.union(terms_of(posting[block] for posting in postings))))
        found = vocabulary.read([posting[block] for posting in labelled])
        counts = found.terms
        arrays |= {
            f"{block}_terms": np.array("\n".join(vocabulary.terms)),
            f"{block}_counts": counts.data.clip(max=255).astype(np.uint8),
            f"{block}_columns": counts.indices.astype(np.int32),
            f"{block}_starts": counts.indptr.astype(np.int32),
        }
        if block == "text":
            arrays["unknown"] = np.float64(found.unknown.sum() / max(1, found.words.sum()))
    np.savez_compressed(folder / "counts.npz", **arrays)
    with (folder / "labels.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, ("pid", "label", "second", "sure"), lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(labels[posting["pid"]] for posting in labelled)


def _numbers(names: list[str]) -> NDArray[np.int32]:
    """The number of each name among all of them, sorted."""
    return np.unique(names, return_inverse=True)[1].astype(np.int32)


def main(*files: str) -> None:
    """Read the files and write the training data; a later label file overrides an earlier one."""
    postings: list[dict[str, Any]] = []
    labels: dict[str, dict[str, str]] = {}
    for name in files:
        if name.endswith(".gz"):
            with gzip.open(name, "rt", encoding="utf-8") as lines:
                postings += map(json.loads, lines)
        else:
            with open(name, newline="") as file:
                labels |= {row["pid"]: row for row in csv.DictReader(file)}
    extract(postings, labels, TRAINING)


if __name__ == "__main__":
    main(*sys.argv[1:])
