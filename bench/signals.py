"""How well the signals of a posting are read, and where a remote job may be done: beside a careful person's reading.

    python bench/signals.py [FOLDER] [--misses]

FOLDER holds the real captures (`../shared/data` by default). `bench/yardsticks/signals.csv` holds the readings of postings,
one by one, and no text: the older of the sentences in which such words stand, 409 of whole texts, half of them drawn at
random, half by such words, and 330 of remote jobs and texts that speak of such, by the passages with words of place, time,
years or visa; `?` where a careful reader cannot tell, or did not read for it. Held out are 346, in three draws. A company is on
one side only. Their misses too have been seen since: no half is fresh.
`--misses` names those of the building half.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from pipeline.posting import Posting, RawPlace, RawPosting
from pipeline.reading.normalise import normalise
from pipeline.sources import hackernews

HERE = Path(__file__).parent
SAID = ("remote", "countries", "is_denied", "years", "degree", "visa", "clearance", "contract", "language")
NOT_JUDGED = "?"


def raw_postings(folder: Path) -> Iterator[tuple[str, RawPosting]]:
    """Every posting of the captures by its id in the yardstick; those of Hacker News begin with hn."""
    for file in sorted((folder / "postings").glob("*.jsonl.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for one in map(json.loads, lines):
                places = (RawPlace(words=one["location"]),) if one["location"] else ()
                yield one["pid"], RawPosting(one["pid"], one["title"], one["text"] or "", places=places)
    for file in sorted((folder / "replies" / "hn").glob("20*.json")):
        for raw in hackernews.read(file.read_bytes()):
            if isinstance(raw, RawPosting):
                yield f"hn{raw.native_id}", raw


def found_in(posting: Posting) -> dict[str, str]:
    """What is read of a posting, in the words of the yardstick."""
    said = posting.signals
    found = {name: getattr(said, name) or "" for name in ("degree", "visa", "clearance", "contract", "language")}
    countries = sorted({place.country for place in posting.places if place.country})
    return found | {
        "remote": "y" if posting.is_remote else "n",
        "is_denied": str(int("remote" in said.words and posting.is_remote is False)),
        "countries": " ".join(countries) if posting.is_remote else "",
        "years": "" if said.years is None else f"{said.years:g}",
    }


def told_apart(row: dict[str, str], name: str) -> bool:
    """Whether the yardstick judges that of this posting: the countries only of a remote job."""
    return row[name] != NOT_JUDGED and (name != "countries" or row["remote"] == "y")


def main() -> None:
    """Print the figures of both halves."""
    options = argparse.ArgumentParser(description="How well the signals of a posting are read.")
    options.add_argument("folder", nargs="?", type=Path, default=HERE.parent.parent / "shared" / "data")
    options.add_argument("--misses", action="store_true", help="name the misses of the building half")
    given = options.parse_args()
    if not given.folder.is_dir():
        raise SystemExit(f"{given.folder} is not there: the yardstick holds no text")
    with (HERE / "yardsticks" / "signals.csv").open(encoding="utf-8") as file:
        rows = {row["pid"]: row for row in csv.DictReader(file)}
    read = {}
    for pid, raw in raw_postings(given.folder):
        if pid in rows and isinstance(judged := normalise(raw), Posting):
            read[pid] = found_in(judged)
    for name, held_out in (("built on", "0"), ("held out", "1")):
        half = {pid: row for pid, row in rows.items() if row["held_out"] == held_out and pid in read}
        print(f"{name}, {len(half)} postings")
        for each in SAID:
            asked = [pid for pid, row in half.items() if told_apart(row, each)]
            wrong = [pid for pid in asked if _key(half[pid][each]) != _key(read[pid][each])]
            said = [pid for pid in asked if half[pid][each] not in ("", "0", "n")]
            missed = sum(pid in wrong for pid in said)
            print(
                f"  {each:10} right {1 - len(wrong) / max(1, len(asked)):.3f} of {len(asked)}; where it is told "
                f"{1 - missed / max(1, len(said)):.3f} of {len(said)}; told wrongly {len(wrong) - missed}"
            )
            if given.misses and held_out == "0":
                print(*(f"    {pid}: {read[pid][each]!r}, not {half[pid][each]!r}" for pid in wrong), sep="\n")


def _key(said: str) -> tuple[str, ...]:
    return tuple(sorted(said.split()))


if __name__ == "__main__":
    main()
