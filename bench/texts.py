"""Postings to measure with: the bundled sample market's texts, put together to the length of real ones."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.posting import RawPosting
from pipeline.reading.text import plain
from pipeline.sources import discover

Text = tuple[str, str, str]  # title, location, text
SAMPLE = Path(__file__).parent.parent / "pipeline" / "sample" / "2026-11-23"
REAL_LENGTH = 5_600  # characters: the mean of 2,186 real postings
TRADES = ("Registered Nurse", "Truck Driver", "Account Executive", "Line Cook", "Tax Accountant", "Store Manager")
PLAIN = (
    "You will look after guests, patients and customers on our premises, and keep the records that the law asks for.",
    "Our house in the heart of the city is looking for caring and reliable people to join a team of twelve.",
    "Plan shifts, order supplies, and see to it that rooms, vehicles and tools are clean and safe at any time.",
    "Work with doctors, drivers, cooks and clerks, and support colleagues and families at every step.",
    "Sell to accounts in your territory, close contracts, and meet the monthly target with the regional manager.",
    "Prepare invoices, payroll and tax returns, and answer questions of auditors by phone and in person.",
    "Help new colleagues and students to learn the daily work, and take part in meetings with the management.",
    "What we ask for: a finished apprenticeship, a valid licence, two years of experience, and good communication.",
    "What we offer: fair pay, thirty days of holiday, a pension, free meals, and courses every year.",
    "Please apply with your documents; we are happy to hear from you and will come back within a week.",
)


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


def plain_postings(number: int) -> Iterator[tuple[str, str]]:
    """Title and plain text of `number` postings of trades that are none of the six, the same ones at every call."""
    chance = random.Random(1)
    for at in range(number):
        lines = list(PLAIN)
        while sum(map(len, lines)) < REAL_LENGTH:
            lines.append(chance.choice(PLAIN))
        chance.shuffle(lines)
        yield f"{chance.choice(TRADES)} {at}", "\n".join(lines)


def among_plain(found: Sequence[Text], of_ten: int) -> list[Text]:
    """Ten times as many texts, so many of ten of other trades; the places are those of the texts."""
    plain = [
        (title, found[at % len(found)][1], text) for at, (title, text) in enumerate(plain_postings(of_ten * len(found)))
    ]
    own = iter([*found] * (10 - of_ten))
    others = iter(plain)
    return [next(others if at % 10 < of_ten else own) for at in range(10 * len(found))]
