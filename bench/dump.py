"""What a dump costs: CPU seconds of each step for N rows, of which a part is of the six tracks.

    python bench/dump.py [N] [--part 0.05] [--form parquet|csv|jsonl]

Rows are texts of the sample market put together to the length of real ones (5,600 characters), each with a number of its
own; those of no track stand for the other trades. They are spread over twelve months. CPU seconds are those of all
processes of a run, so that they hold on a busy machine; seconds are by the clock. The run goes to a home that is thrown
away.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

import dagster as dg
import duckdb
from texts import REAL_LENGTH, sample_html

from classifiers.model import Model
from pipeline.assets.graph import assets
from pipeline.reading.text import plain
from pipeline.resources import BoardsResource, StoreResource, WebResource, spread
from warehouse.store import ask

STEPS = ("raw_dump", "postings", "duplicates", "labels", "skills", "tables", "published")


def write(folder: Path, number: int, part: float, form: str) -> None:
    """A dump of `number` rows, of which `part` are of a track."""
    texts = [(title, plain(html)) for title, html in sample_html()]
    labels = Model.load().label(*zip(*texts, strict=True))
    kinds: tuple[list[tuple[str, str]], ...] = ([], [])
    for text, label in zip(texts, labels, strict=True):
        kinds[label.track != "none"].append(text)
    chance = random.Random(0)
    lines = folder / "a.jsonl"
    with lines.open("w") as file:
        for row in range(number):
            kind = kinds[chance.random() < part]
            title, text = chance.choice(kind)
            while len(text) < REAL_LENGTH:
                text += "\n" + chance.choice(kind)[1]
            month, company = 1 + row * 12 // number, f"Company {row % (1 + number // 40)}"
            first = f"2025-{month:02}-{1 + row % 28:02}"
            file.write(
                json.dumps(
                    {"id": row, "title": title, "company": company, "description": f"<p>{row}</p>\n<p>{text}</p>",
                     "location": "Berlin, Germany", "url": None, "first_seen": first, "removed": "2025-12-31"}
                ) + "\n"
            )  # fmt: skip
    if form != "jsonl":
        with duckdb.connect() as connection:
            connection.execute(f"copy (from '{lines}') to '{folder / f'a.{form}'}'")
        lines.unlink()


def cpu_seconds() -> float:
    """Of this process and those that it started and that have ended."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("number", type=int, nargs="?", default=20_000)
    arguments.add_argument("--part", type=float, default=0.05)
    arguments.add_argument("--form", choices=("parquet", "csv", "jsonl"), default="parquet")
    given = arguments.parse_args()
    with TemporaryDirectory() as name:
        folder = Path(name)
        (dump := folder / "dump").mkdir()
        writing = get_context("spawn").Process(target=write, args=(dump, given.number, given.part, given.form))
        writing.start()  # whose memory is not counted
        writing.join()
        (registry := folder / "boards.csv").write_text(f"company,source,token\nBench,dump,{dump}\n")
        home = folder / "home"
        resources = {
            "web": WebResource(),
            "boards": BoardsResource(registry=str(registry)),
            "store": StoreResource(home=str(home)),
            "processes": spread,
        }
        of_source = [asset for asset in assets if not asset.key.to_user_string().startswith("raw_")]
        dumps = [asset for asset in assets if asset.key.to_user_string() == "raw_dump"]
        with dg.DagsterInstance.ephemeral() as instance:
            before = (cpu_seconds(), monotonic())
            for step in ("boards", "places", *STEPS):
                chosen = [a for a in (*of_source, *dumps) if a.key.to_user_string() == step]
                assert dg.materialize(chosen, resources=resources, instance=instance).success
                now = (cpu_seconds(), monotonic())
                print(f"{step:12} {now[0] - before[0]:8.1f} CPU s, {now[1] - before[1]:8.1f} s", flush=True)
                before = now
        rows = ask(home, "select count(*), count(distinct date_trunc('month', posted_on)) from postings").rows
        print(f"kept, months: {rows[0]}; peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB")


if __name__ == "__main__":
    main()
