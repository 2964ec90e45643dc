"""Postings labelled per second on one core, beside a plain scikit-learn pipeline on the same texts, and memory.

    python bench/labelling.py

The plain pipeline is TfidfVectorizer(ngram_range=(1, 2)) and LogisticRegression. Where the package
sentence-transformers and its model all-MiniLM-L6-v2 are installed, embeddings with the same regression stand beside.
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

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from texts import postings, sample_html

from classifiers.examples import TRAINING
from classifiers.model import Model
from pipeline.text import plain

NUMBER, TURNS = 2_000, 3
FEW, MANY = 10_000, 200_000


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


def embedding(labels: list[str], written: list[str]) -> Callable[[list[str]], Any] | None:
    """Embeddings and the same regression, where they are installed."""
    try:
        from sentence_transformers import SentenceTransformer

        encoder = SentenceTransformer("all-MiniLM-L6-v2", local_files_only=True)
    except (ImportError, OSError):
        return None
    linear = LogisticRegression(max_iter=1000).fit(encoder.encode(written), labels)
    return lambda texts: linear.predict(encoder.encode(texts))


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
    embedded = embedding(labels, written)
    ours, theirs = [], []
    for _ in range(TURNS):
        ours.append(per_second(lambda: model.label(titles, texts)))
        theirs.append(per_second(lambda: pipeline.predict_proba(whole)))
    print(f"{NUMBER:,} postings of {sum(map(len, whole)) / NUMBER:,.0f} characters, one core, median of {TURNS} turns")
    print(f"  trackmix        {median(ours):8,.0f} postings/s, terms that decided included")
    print(f"  plain pipeline  {median(theirs):8,.0f} postings/s")
    if embedded:
        print(f"  embeddings      {per_second(lambda: embedded(whole)):8,.0f} postings/s")
    else:
        print("  embeddings      not installed (sentence-transformers with all-MiniLM-L6-v2), not measured")
    print(f"  ratio to the plain pipeline {median(a / b for a, b in zip(ours, theirs, strict=True)):.1f}")
    few, many = peak_mib(FEW), peak_mib(MANY)
    print(f"peak memory: {few:,.0f} MiB at {FEW:,} postings, {many:,.0f} MiB at {MANY:,}; ratio {many / few:.2f}")


if __name__ == "__main__":
    main()
