"""Postings to measure with: the bundled sample market's texts, put together to the length of real ones."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from pipeline.posting import RawPosting
from pipeline.reading.text import plain
from pipeline.sources import discover

SAMPLE = Path(__file__).parent.parent / "pipeline" / "sample" / "2026-11-23"
REAL_LENGTH = 5_600  # characters: the mean of 2,186 real postings


def sample_html() -> list[tuple[str, str]]:
    """Title and HTML of every posting of the sample market."""
    sources = discover()
    found = [
        one for file in sorted(SAMPLE.glob("*/*.json")) for one in sources[file.parent.name].read(file.read_bytes())
    ]
    return [(one.title or "", one.html) for one in found if isinstance(one, RawPosting)]


def sample_places() -> list[str]:
    """Where the postings of the sample market are, in the boards' words."""
    sources = discover()
    found = (
        one for file in sorted(SAMPLE.glob("*/*.json")) for one in sources[file.parent.name].read(file.read_bytes())
    )
    return [place.words for one in found if isinstance(one, RawPosting) for place in one.places if place.words]


def postings(number: int) -> Iterator[tuple[str, str]]:
    """Title and plain text of `number` postings, the same ones at every call."""
    chance = random.Random(0)
    bodies = [(title, plain(html)) for title, html in sample_html()]
    for _ in range(number):
        title, text = chance.choice(bodies)
        while len(text) < REAL_LENGTH:
            text += "\n" + chance.choice(bodies)[1]
        yield title, text
