"""How well places, pay and seniority are read: beside a careful person's reading of real postings.

    python bench/reading.py [FOLDER] [--jobspy PYTHON]

FOLDER holds the real captures (`../shared/data` by default); without it only the speed is measured.
The yardsticks in `bench/yardsticks` hold the person's readings and no text. Of the pay yardstick the
postings whose id hashes to an odd number are held out, of the places those marked so. `--jobspy`
names an interpreter with python-jobspy, whose salary extraction then reads the same postings.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import html
import json
import re
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from texts import sample_html

from pipeline.commands.standalone import judge_standalone
from pipeline.posting import RawPlace
from pipeline.reading.pay import read_pay as pay_of
from pipeline.reading.places import read_places as places_of
from pipeline.reading.seniority import read_seniority
from pipeline.reading.text import plain

HERE = Path(__file__).parent
YARDSTICKS = HERE / "yardsticks"
Pay = tuple[float | None, float | None, str | None, str | None]


def is_held_out(pid: str) -> bool:
    """Half of the postings, by the hash of their id."""
    return int(hashlib.md5(pid.encode()).hexdigest(), 16) % 2 == 1


def pay_lines(truth: list[Pay], found: list[Pay]) -> str:
    """Precision and recall of finding pay at all, and how often all of it is right where it is found."""
    both = [(t, f) for t, f in zip(truth, found, strict=True) if t[0] is not None and f[0] is not None]
    said, stated = sum(f[0] is not None for f in found), sum(t[0] is not None for t in truth)
    parts = [sum(t[at] == f[at] for t, f in both) / len(both) for at in range(4)]
    exact = sum(t == f for t, f in both) / len(both)
    return (
        f"found: precision {len(both) / said:.3f}, recall {len(both) / stated:.3f}; of those "
        f"low {parts[0]:.3f}, high {parts[1]:.3f}, currency {parts[2]:.3f}, period {parts[3]:.3f}, all {exact:.3f}"
    )


def read_pay(folder: Path, jobspy: str | None) -> None:
    """Print the pay and seniority figures of both halves."""
    with gzip.open(folder / "postings" / "postings.jsonl.gz", "rt") as lines:
        postings = {posting["pid"]: posting for posting in map(json.loads, lines)}
    with (YARDSTICKS / "pay.csv").open() as file:
        rows = list(csv.DictReader(file))
    for name, held_out in (("built on", False), ("held out", True)):
        half = [row for row in rows if is_held_out(row["pid"]) is held_out]
        texts = [postings[row["pid"]] for row in half]
        read = [judge_standalone({**text, "id": text["pid"]}) for text in texts]
        truth = [_truth(row) for row in half]
        ours = [(r["pay_low"], r["pay_high"], r["pay_currency"], r["pay_period"]) for r in read]
        agree = sum(r["seniority"] == row["seniority"] for r, row in zip(read, half, strict=True)) / len(half)
        print(f"pay, {name}, {len(half)} postings\n  trackmix  {pay_lines(truth, ours)}")
        if jobspy:
            print(f"  jobspy    {pay_lines(truth, jobspy_pay(jobspy, [text['text'] for text in texts]))}")
        print(f"  seniority agrees {agree:.3f}")


def _truth(row: dict[str, str]) -> Pay:
    low, high = (float(row[name]) if row[name] else None for name in ("low", "high"))
    return low, high, row["currency"] or None, row["period"] or None


def jobspy_pay(python: str, texts: list[str]) -> list[Pay]:
    """What python-jobspy's `extract_salary` finds."""
    code = (
        "import json,sys; from jobspy.util import extract_salary\n"
        "print(json.dumps([extract_salary(t) for t in json.load(sys.stdin)]))"
    )
    done = subprocess.run([python, "-c", code], input=json.dumps(texts), capture_output=True, text=True, check=True)
    periods = {"yearly": "year", "monthly": "month", "weekly": "week", "daily": "day", "hourly": "hour"}
    return [(low, high, currency, periods.get(interval)) for interval, low, high, currency in json.loads(done.stdout)]


def location_strings(folder: Path) -> Iterator[str]:
    """Every location string of the captures: fields, and the fragments of first lines on Hacker News."""
    for file in (folder / "postings").glob("*.jsonl.gz"):
        with gzip.open(file, "rt") as lines:
            yield from (json.loads(line)["location"] or "" for line in lines)
    for file in [*folder.glob("replies/**/*.json"), *folder.glob("captures/**/*.json")]:
        try:
            yield from _strings(json.loads(file.read_bytes()))
        except ValueError:
            continue


def _strings(found: Any) -> Iterator[str]:
    if isinstance(found, list):
        for one in found:
            yield from _strings(one)
    elif isinstance(found, dict):
        comment = found.get("text") or found.get("comment_text")
        if isinstance(comment, str):
            first = html.unescape(re.sub("<[^>]+>", " ", comment.split("<p>")[0])).strip()
            yield from (" ".join(part.split()) for part in re.split(r"\s\|\s|\s-\s|\s–\s|\|", first))
        for name, value in found.items():
            if isinstance(value, str) and name in ("location", "name", "locationsText"):
                yield value
            elif name == "allLocations":
                yield from value
            else:
                yield from _strings(value)


def read_places(folder: Path) -> None:
    """Print the figures of places."""
    with (YARDSTICKS / "places.jsonl").open() as lines:
        rows = {row["sha256"]: row for row in map(json.loads, lines)}
    strings = {hashlib.sha256(words.strip().encode()).hexdigest()[:16]: words for words in location_strings(folder)}
    for name, held_out in (("built on", False), ("held out", True)):
        half = [(strings[sha], row) for sha, row in rows.items() if row["held_out"] is held_out and sha in strings]
        right = countries = remote = 0
        for words, row in half:
            read = judge_standalone({"id": 0, "location": words})
            truth = {_place(*place) for place in row["places"]}
            found = {_place(place["city"], place["region"], place["country"]) for place in read["places"]}
            right += truth == found
            countries += {place[2] for place in truth} == {place[2] for place in found}
            remote += (row["workplace"] == "remote") == bool(read["is_remote"])
        number = len(half)
        print(
            f"places, {name}, {number} strings\n  all places {right / number:.3f}, "
            f"countries {countries / number:.3f}, remote {remote / number:.3f}"
        )


def _place(city: str | None, region: str | None, country: str | None) -> tuple[str | None, str | None, str | None]:
    """A place without what spelling adds; the region counts only where there is no city."""
    return _key(city), None if city else _key(region), country


def _key(name: str | None) -> str | None:
    if not name:
        return None
    plain_name = (
        unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower().replace("saint ", "st. ")
    )
    plain_name = plain_name.replace("-yafo", "").replace(" am main", "").strip()
    return {"bangalore": "bengaluru", "gurugram": "gurgaon"}.get(plain_name, plain_name)


def read_speed() -> None:
    """Print what reading costs beside turning the HTML into text."""
    pages = sample_html()
    texts = [(title, plain(page)) for title, page in pages]
    to_text = _seconds(lambda: [plain(page) for _, page in pages])
    where = (RawPlace(words="Berlin, Germany; Remote (US)"),)

    def read() -> None:
        for title, text in texts:
            places, *_ = places_of(where, None, None)
            pay_of((), text, places[0].country, None)
            read_seniority(title, text)

    reading = _seconds(read)
    print(f"reading place, pay and seniority costs {reading / to_text:.2f} times turning the HTML into text")


def read_long_lines() -> None:
    """Print the time that a line of a million figures and signs takes, and one half as long beside it."""
    for name, unit in (("digits", "7"), ("signs", "$"), ("both", "$1,"), ("ranges", "$1k - "), ("places", "Paris, ")):
        half, whole = (_seconds(partial(_judge, (unit * length)[:length])) for length in (500_000, 1_000_000))
        print(f"a megabyte of {name}: {whole:.2f} s, {whole / half:.1f} times the half")


def _judge(words: str) -> None:
    judge_standalone({"id": 0, "title": "", "location": words, "text": words})


def _seconds(work: Callable[[], Any]) -> float:
    spent = []
    for _ in range(5):
        start = process_time()
        work()
        spent.append(process_time() - start)
    return median(spent)


def main() -> None:
    """Print all figures."""
    options = argparse.ArgumentParser(description="How well places, pay and seniority are read.")
    options.add_argument("folder", nargs="?", type=Path, default=HERE.parent.parent / "shared" / "data")
    options.add_argument("--jobspy", help="an interpreter that has python-jobspy")
    given = options.parse_args()
    if given.folder.is_dir():
        read_pay(given.folder, given.jobspy)
        read_places(given.folder)
    else:
        print(f"{given.folder} is not there: only the speed is measured")
    read_speed()
    read_long_lines()


if __name__ == "__main__":
    main()
