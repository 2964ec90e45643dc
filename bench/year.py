"""What a home weighs after a year of weekly runs over the sample market, kept as a home keeps by default.

The two days of the sample take turns, each a week after the other, so that every run opens, changes and closes postings.

    python bench/year.py [weeks, 52 without it]
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from pipeline.commands.materialize import materialize
from pipeline.commands.progress import Progress

SAMPLE = Path(__file__).parent.parent / "pipeline" / "sample"
FIRST_DAY = datetime(2026, 10, 26, 5, tzinfo=UTC)
MOST_MEGABYTES = 300.0


def replies_of(day: Path, on: datetime, folder: Path) -> Path:
    """The replies of a day of the sample as if they had come on another."""
    folder.mkdir()
    shutil.copy(day / "boards.csv", folder)
    with (folder / "index.jsonl").open("w") as index:
        for line in (day / "index.jsonl").read_text().splitlines():
            reply = json.loads(line)
            reply["headers"] = {**reply["headers"], "date": format_datetime(on, usegmt=True)}
            index.write(json.dumps({**reply, "file": str((day / reply["file"]).resolve())}) + "\n")
    return folder


def weigh(home: Path) -> dict[str, float]:
    """Megabytes of each thing in a home."""
    return {
        found.name: sum(file.stat().st_size for file in [found, *found.rglob("*")] if file.is_file()) / 1e6
        for found in sorted(home.iterdir())
    }


def weeks_of(home: Path, weeks: int) -> list[dict[str, float]]:
    """What the home weighs after each of so many weekly runs."""
    weighed = []
    for week in range(weeks):
        day = sorted(SAMPLE.iterdir())[week % 2]
        replies = replies_of(day, FIRST_DAY + timedelta(weeks=week), home.parent / f"week-{week}")
        with Progress() as progress:
            materialize(progress, home, replies, None, (), None)
        weighed.append(weigh(home))
    return weighed


def main(weeks: int) -> None:
    folder = Path(tempfile.mkdtemp(prefix="year-"))
    try:
        for week, weighed in enumerate(weeks_of(folder / "home", weeks), 1):
            if week in (1, 2, 4, 13, 26, weeks):
                parts = ", ".join(f"{name} {size:.0f}" for name, size in weighed.items())
                print(f"after {week} weeks {sum(weighed.values()):.0f} MB: {parts}")
        assert sum(weighed.values()) < MOST_MEGABYTES
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 52)
