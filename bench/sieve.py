"""What the sieve loses, what it lets through, and what a sifted posting costs.

    python bench/sieve.py [FILE ...]

Lost and passed are of the labelled postings that the sieve and the model learnt from, each judged by a sieve, and a least
score, that nothing of its company went into. FILEs of JSON lines (title, text; .gz or not) are sifted by the shipped sieve
beside: for each value of `why` or `origin` in it, how many pass of those that the model holds for none and for the six. The
cost is that of one board's answer, of texts of the length of real ones: of taking it apart, which every posting needs, and
of all that a sifted posting and one that is read in full need after it, up to its rows for the warehouse and its label.
"""

from __future__ import annotations

import gzip
import html
import json
import sys
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import numpy as np
from texts import plain_postings

from classifiers.examples import NO_COMPANY, read_examples
from classifiers.model import Model
from classifiers.sieve import Sieve, kept_sieve
from classifiers.sieve_training import NONE, held_out_scores, passed
from classifiers.tracks import LABELS
from classifiers.train import sure_rows
from pipeline.posting import Board
from pipeline.sources import discover
from pipeline.stages.changes import Changes, Fetch

NUMBER, TURNS = 500, 5
GROUP = 100  # postings of a file that are told apart


def lost_and_passed() -> None:
    """Print the part of each label that passes at companies that the sieve never saw."""
    examples = read_examples()
    passes, real, sure = (
        passed(examples, held_out_scores(examples)),
        examples.companies != NO_COMPANY,
        sure_rows(examples),
    )
    print("passed, at companies never seen                 surely read        all")
    of = {name: examples.labels == number for number, name in enumerate(LABELS)} | {"the six": examples.labels != NONE}
    for name, rows in of.items():
        told = (passes[rows & of_them] for of_them in (sure, real))
        print(f"  {name:40}", *(f"{one.mean():8.4f} of {len(one):,}" for one in told))


def of_file(file: Path, sieve: Sieve, model: Model) -> None:
    """Print how many postings of a file pass, by what it says of them."""
    with (gzip.open if file.suffix == ".gz" else open)(file, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    tracks = model.tracks([row["title"] for row in rows], [row["text"] for row in rows])
    groups: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for row, track in zip(rows, tracks, strict=True):
        found = (track == "none", sieve.passes(row["title"], row["text"]))
        for group in {"all", str(row.get("why") or row.get("origin") or "").partition(":")[0]}:
            groups[group].append(found)
    print(f"{file.name}: passed by the shipped sieve, of those the model holds for none, and for the six")
    for group, found in sorted(groups.items(), key=lambda one: -len(one[1])):
        if len(found) >= GROUP:
            none, six = ([passes for is_none, passes in found if is_none is of] for of in (True, False))
            print(f"  {group:40}", *(f"{np.mean(one):8.3f} of {len(one):,}" for one in (none, six) if one))


def job(number: int, title: str, text: str) -> dict[str, Any]:
    content = "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in text.split("\n"))
    return {
        "id": number, "title": title, "location": {"name": ("Berlin, Germany", "Austin, TX", "Remote")[number % 3]},
        "content": html.escape(content), "first_published": "2026-10-01T10:00:00-04:00", "offices": [], "metadata": None,
        "absolute_url": f"https://job-boards.greenhouse.io/kestrel/jobs/{number}", "departments": [{"name": "Care"}],
    }  # fmt: skip


def seconds(work: Callable[[], Any]) -> float:
    """Processor time of one turn, the middle of several, a posting."""
    times = []
    for _ in range(TURNS):
        begun = process_time()
        work()
        times.append(process_time() - begun)
    return median(times) / NUMBER


def cost(model: Model) -> None:
    """Print what a posting costs that is sifted, and that is read in full."""
    jobs = [job(number, *posting) for number, posting in enumerate(plain_postings(NUMBER))]
    source, payload = discover()["greenhouse"], json.dumps({"jobs": jobs, "meta": {"total": NUMBER}}).encode()

    def read(is_sieved: bool) -> Changes:
        changes = Changes("run")
        of = Board("Kestrel", "greenhouse", "kestrel")
        fetch = Fetch("run", of, datetime(2026, 10, 5), frozenset(), None, is_sieved)
        changes.add_payload(fetch, source, payload, {})
        return changes

    def read_and_label() -> None:
        rows = read(False).postings
        model.label([row["title"] for row in rows], [row["text"] for row in rows])

    sifted = [row["sifted_sha256"] is not None for row in read(True).postings]
    assert all(sifted), f"{len(sifted) - sum(sifted)} pass"
    apart, by_sieve, whole = (
        1e6 * seconds(work) for work in (lambda: list(source.read(payload)), lambda: read(True), read_and_label)
    )
    print(
        f"{NUMBER} postings of {len(payload) / NUMBER:,.0f} bytes, microseconds of the processor each, the middle of {TURNS}"
    )
    print(
        f"  taken apart {apart:,.0f}; sifted {by_sieve:,.0f}; read in full and labelled {whole:,.0f}: {whole / by_sieve:.1f} times"
    )


def main() -> None:
    """Measure."""
    sieve, model = kept_sieve(), Model.load()
    print(f"sieve {sieve.version}: {len(sieve.title):,} words of titles, {len(sieve.text):,} of texts")
    lost_and_passed()
    for file in sys.argv[1:]:
        of_file(Path(file), sieve, model)
    cost(model)


if __name__ == "__main__":
    main()
