"""Whom a track fits, and what a switch between tracks costs: two tables to be read and argued with.

`fit.csv` has a line for each background and each track, and for each day at work and each track: how well they fit, 0
(little carries over, or hardly ever) to 3 (the nearest there is, or what the week is spent on), why, and what that rests
on: the guide for people choosing a track, the labelling guide, or our own judgement. `switches.csv` is made by
`classifiers.switches`.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

BEST = 3
BACKGROUNDS = {
    "backend": "back-end or full-stack software",
    "frontend": "front-end or mobile software",
    "data-engineering": "data pipelines and warehouses",
    "data-science": "data science and statistics",
    "ml-engineering": "building machine learning models",
    "sre": "site reliability, DevOps, cloud",
    "systems": "systems, C++, embedded, compilers",
    "security": "security",
    "phd": "a doctorate or research",
    "student": "a student, or new to software",
}
DAYS = {
    "product-features": "building features that people use",
    "gpu-memory": "making models fit and run fast on GPUs",
    "training-runs": "running and mending training runs",
    "platform": "building what colleagues work on",
    "experiments": "experiments whose outcome nobody knows",
    "breaking-models": "finding what models do wrong",
}


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a track fits an answer to a question, `fit` from 0 to BEST, and why."""

    question: str  # background or day
    answer: str  # a key of BACKGROUNDS or DAYS
    track: str
    fit: int
    rests_on: str  # guide, labelling guide or ours
    because: str


@dataclass(frozen=True, slots=True)
class Switch:
    """What two tracks have in common of what postings ask for, 0 to 1, and the terms that say so."""

    from_track: str
    to_track: str
    in_common: float
    shared: tuple[str, ...]
    asked_more: tuple[str, ...]  # what the other track asks for more


@cache
def fits() -> tuple[Fit, ...]:
    """Every line of `fit.csv`."""
    return tuple(
        Fit(row["question"], row["answer"], row["track"], int(row["fit"]), row["rests_on"], row["because"])
        for row in _rows("fit.csv")
    )


@cache
def switches() -> tuple[Switch, ...]:
    """Every line of `switches.csv`."""
    return tuple(
        Switch(
            row["from_track"],
            row["to_track"],
            float(row["in_common"]),
            tuple(row["shared"].split("; ")),
            tuple(row["asked_more"].split("; ")),
        )
        for row in _rows("switches.csv")
    )


def _rows(name: str) -> list[dict[str, str]]:
    with Path(__file__).with_name(name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
