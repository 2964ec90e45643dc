"""Postings labelled per second on one core, beside a plain scikit-learn pipeline on the same texts, and memory.

    python bench/labelling.py

The plain pipeline is TfidfVectorizer(ngram_range=(1, 2)) and LogisticRegression. Beside it stands what sentence
embeddings of the size of all-MiniLM-L6-v2 cost.
"""

from __future__ import annotations

import json
import os

os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")

import subprocess
import sys
from collections.abc import Callable
from statistics import median
from time import process_time
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from texts import postings, sample_html

from classifiers.examples import TRAINING
from classifiers.model import Model
from pipeline.reading.text import plain

NUMBER, TURNS = 2_000, 3
FEW, MANY = 10_000, 200_000
EMBEDDED = 20
WORDS, WIDTH, HEADS = 256, 384, 12
CHANCE = np.random.default_rng(0)
LAYERS = [
    (
        [CHANCE.standard_normal((WIDTH, WIDTH), dtype=np.float32) / WIDTH for _ in range(4)],
        CHANCE.standard_normal((WIDTH, 4 * WIDTH), dtype=np.float32) / WIDTH,
        CHANCE.standard_normal((4 * WIDTH, WIDTH), dtype=np.float32) / WIDTH,
    )
    for _ in range(6)
]


def per_second(work: Callable[[], Any]) -> float:
    """Postings a second of processor time."""
    start = process_time()
    work()
    return NUMBER / (process_time() - start)


def peak_mib(number: int) -> float:
    """Peak memory of `trackmix label` while `number` postings stream through it."""
    code = (
        "import resource,sys; from pipeline.cli import app\n"
        "try: app(['label', '--in', '-', '--out', '/dev/null'])\n"
        "except SystemExit: pass\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdin
        assert process.stdout
        for at, (title, text) in enumerate(postings(number)):
            process.stdin.write(json.dumps({"id": at, "title": title, "text": text}).encode() + b"\n")
        process.stdin.close()
        return float(process.stdout.read())


def embed() -> None:
    """What embedding one posting costs: a forward pass of all-MiniLM-L6-v2's size, six layers of 384 over 256 words.

    The weights are random, for none may be fetched here: this tells the speed of such an encoder, not its labels.
    """
    x = CHANCE.standard_normal((WORDS, WIDTH), dtype=np.float32)
    for square, wide, narrow in LAYERS:
        query, key, value = ((x @ weights).reshape(WORDS, HEADS, -1).transpose(1, 0, 2) for weights in square[:3])
        seen = np.exp(query @ key.transpose(0, 2, 1) / np.sqrt(WIDTH / HEADS))
        seen /= seen.sum(axis=2, keepdims=True)
        x = x + (seen @ value).transpose(1, 0, 2).reshape(WORDS, WIDTH) @ square[3]
        x = (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)
        x = x + np.maximum(x @ wide, 0) @ narrow
        x = (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)


def main() -> None:
    """Print the ratios."""
    found = list(postings(NUMBER))
    titles, texts = [title for title, _ in found], [text for _, text in found]
    whole = [f"{title}\n{text}" for title, text in found]
    with (TRAINING / "written.jsonl").open() as lines:
        rows = [json.loads(line) for line in lines]
    written, labels = [f"{row['title']}\n{row['text']}" for row in rows], [row["label"] for row in rows]
    model = Model.load()
    own = [f"{title}\n{plain(html)}" for title, html in sample_html()]
    own_labels = [label.track for label in model.label([text.partition("\n")[0] for text in own], own)]
    pipeline = make_pipeline(TfidfVectorizer(ngram_range=(1, 2)), LogisticRegression(max_iter=1000))
    pipeline.fit(written + own, labels + own_labels)
    ours, theirs = [], []
    for _ in range(TURNS):
        ours.append(per_second(lambda: model.label(titles, texts)))
        theirs.append(per_second(lambda: pipeline.predict_proba(whole)))
    print(f"{NUMBER:,} postings of {sum(map(len, whole)) / NUMBER:,.0f} characters, one core, median of {TURNS} turns")
    print(f"  trackmix        {median(ours):8,.0f} postings/s, terms that decided included")
    print(f"  plain pipeline  {median(theirs):8,.0f} postings/s")
    start = process_time()
    for _ in range(EMBEDDED):
        embed()
    print(
        f"  embeddings      {EMBEDDED / (process_time() - start):8,.0f} postings/s, an encoder of that size, random weights"
    )
    print(f"  ratio to the plain pipeline {median(a / b for a, b in zip(ours, theirs, strict=True)):.1f}")
    few, many = peak_mib(FEW), peak_mib(MANY)
    print(f"peak memory: {few:,.0f} MiB at {FEW:,} postings, {many:,.0f} MiB at {MANY:,}; ratio {many / few:.2f}")


if __name__ == "__main__":
    main()
