"""What someone's skills are asked for: which openings of an area name them, what is missing, and what each missing one opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from classifiers.skills import skills, ways_to_write
from classifiers.tracks import TITLES
from reports.names import UnknownNameError, nearest
from reports.scope import Scope
from reports.skills import premium
from warehouse.answer import Answer
from warehouse.store import ask

MOST_MISSING = 5  # missing skills of each track
MOST_TRACKS = 3  # whose missing skills stand in a table
RULE = (
    "Openings: those that name a skill. A third yours: you have a third or more of the skills they name, and they name far more "
    "than one person has. Covered: the part that you have, in the mean. Opens: openings of which you have a third with this one "
    "skill more. Pay: how much more openings that name it pay than like ones, everywhere, which is no cause. Skills are those "
    "of a written list."
)
Row = dict[str, Any]


def own_skills(given: str) -> list[str]:
    """The skills of a list with commas, by their names in the list of skills, as they come; "k8s" is Kubernetes.

    Raises UnknownNameError, with the nearest names.
    """
    known = ways_to_write()
    found: dict[str, None] = {}
    for words in filter(None, (" ".join(part.split()) for part in given.split(","))):
        if words.casefold() not in known:
            raise UnknownNameError(f"no skill is called {words!r}{nearest(words, [skill.name for skill in skills()])}")
        found[known[words.casefold()]] = None
    return list(found)


@dataclass(frozen=True, slots=True)
class SkillFit:
    """How the openings of each track fit somebody's skills, the track that asks most for them first, and what is missing."""

    tracks: list[Row]
    missing: dict[str, list[Row]]  # by track, what opens most first

    def answer(self) -> Answer:
        """A row for each track and missing skill, for other programs; one alone for a track that nothing is missing of."""
        rows = [{**track, **one} for track in self.tracks for one in self.missing.get(track["track"], [{}])]
        columns = ["track", "with_skills", "naming", "a_third", "covered_share",
                   "skill", "postings", "opens", "premium", "premium_low", "premium_high"]  # fmt: skip
        return Answer(columns, [tuple(row.get(name) for name in columns) for row in rows])


def ask_fit(home: Path, scope: Scope, have: Sequence[str]) -> SkillFit:
    """How the openings in a scope fit these skills, by their names in the list. Raises StoreError."""
    asked = {**scope.params(), "skills": list(have)}
    rows = ask(home, "choose/missing_skills", {**asked, "most": MOST_MISSING}).records()
    missing = {track: list(group) for track, group in groupby(rows, itemgetter("track"))}
    return SkillFit(ask(home, "choose/own_skills", asked).records(), missing)


def title(scope: Scope, have: Sequence[str]) -> str:
    """What is asked."""
    return f"{scope.called}: openings that ask for {', '.join(have)}"


def table(fit: SkillFit) -> Answer:
    """A row for each track, for people."""
    columns = ["track", "openings", "name one of yours", "a third yours", "covered share"]
    rows = [
        (TITLES[row["track"]], row["with_skills"], row["naming"], row["a_third"], row["covered_share"] or 0.0)
        for row in fit.tracks
    ]
    return Answer(columns, rows)


def missing(fit: SkillFit) -> Answer:
    """What is missing for the tracks whose openings ask most for what somebody has, what opens most first."""
    columns = ["track", "missing", "openings that name it", "opens", "pay"]
    some = [row["track"] for row in fit.tracks if row["track"] in fit.missing][:MOST_TRACKS]
    rows = [
        (TITLES[track], one["skill"], one["postings"], one["opens"], premium(one))
        for track in some
        for one in fit.missing[track]
    ]
    return Answer(columns, rows)
