"""Skills of postings, in batches that any process may read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from classifiers.skills import skills_named

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Batch:
    """Postings whose skills are read together, by this version of the list: rows of `posting_id, company, words, input_sha256`."""

    version: str
    postings: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Read:
    """The rows of table `skill_readings`, one a posting, and of `posting_skills`."""

    readings: list[Row]
    skills: list[Row]


def read(batch: Batch) -> Read:
    """The skills that each posting of a batch names."""
    readings = [
        {"posting_id": row["posting_id"], "skills_version": batch.version, "input_sha256": row["input_sha256"]}
        for row in batch.postings
    ]
    skills = [
        {"posting_id": row["posting_id"], "skill": skill}
        for row in batch.postings
        for skill in skills_named(row["words"], row["company"])
    ]
    return Read(readings, skills)
