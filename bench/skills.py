"""Postings whose skills are read per second on one core, beside one regular expression of all names.

python bench/skills.py
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from statistics import median
from time import process_time
from typing import Any

from texts import postings

from classifiers.skills import FILE, skills_named

NUMBER, FEW, TURNS = 2_000, 40, 3


def per_second(work: Callable[[str], Any], texts: list[str]) -> float:
    """Texts a second of processor time."""
    start = process_time()
    for text in texts:
        work(text)
    return len(texts) / (process_time() - start)


def every_name() -> re.Pattern[str]:
    """All names and aliases as alternatives between word borders, the longest first."""
    with FILE.open(newline="", encoding="utf-8") as file:
        names = {
            name for row in csv.DictReader(file) for kind in row if kind != "field" for name in row[kind].split("|")
        }
    longest = sorted((re.escape(name) for name in names if name), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest)})(?!\w)", re.IGNORECASE)


def main() -> None:
    """Print the ratio."""
    texts = [f"{title}\n{text}" for title, text in postings(NUMBER)]
    pattern = every_name()
    ours = [per_second(skills_named, texts) for _ in range(TURNS)]
    theirs = [per_second(pattern.findall, texts[:FEW]) for _ in range(TURNS)]
    print(f"{NUMBER:,} postings of {sum(map(len, texts)) / NUMBER:,.0f} characters, one core, median of {TURNS} turns")
    print(f"  trackmix        {median(ours):8,.0f} postings/s")
    print(f"  one expression  {median(theirs):8,.0f} postings/s")
    print(f"  ratio {median(a / b for a, b in zip(ours, theirs, strict=True)):.1f}")


if __name__ == "__main__":
    main()
