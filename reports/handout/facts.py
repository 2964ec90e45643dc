"""What the report of an area or a company says, asked from the warehouse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from classifiers.tracks import TRACKS
from reports.mix import headline, rests_on
from reports.openings import FIRST, Wanted, ask_openings
from reports.scope import Scope, ask_around, ask_basis, ask_label_shift, ask_mix
from warehouse.store import ask

Row = Mapping[str, Any]
TRACKS_WITH_SKILLS, MOST_SKILLS = 3, 6


@dataclass(frozen=True, slots=True)
class Handout:
    """Everything on the two pages.

    `mix` has the six, the most frequent first, as `ask_mix` gives them, with the `change` of four weeks where companies
    here were read that long ago (`then_on` is that day, else None). `skills` are those named most by postings of
    the tracks with the most openings; `openings` the newest, of `all_openings`.
    """

    called: str
    headline: str
    basis: Row
    mix: Sequence[Row]
    rests_on: str
    then_on: str | None
    skills: Sequence[tuple[str, Sequence[Row]]]
    openings: Sequence[Row]
    all_openings: int
    model_version: str

    @property
    def code_version(self) -> str:
        """The version of trackmix that wrote it."""
        return version("trackmix")

    @property
    def read_on(self) -> str:
        """The day on which its postings were last seen."""
        return str(self.basis["seen_to"])

    def summed(self, column: str) -> int:
        """A count over all six."""
        return sum(int(row[column]) for row in self.mix)


def handout(home: Path, scope: Scope) -> Handout:
    """The report of a scope of the published warehouse. Raises StoreError when nothing is published."""
    basis, rows = ask_basis(home, scope), ask_mix(home, scope).records()
    newest, all_openings = ask_openings(home, scope, Wanted(), FIRST)
    then_on, changes = _changes(home, scope)
    mix = sorted(({**row, **changes[row["track"]]} for row in rows), key=lambda row: (-row["postings"], -row["share"]))
    return Handout(
        called=scope.called,
        headline=headline(rows, ask_label_shift(home)),
        basis=basis,
        mix=mix,
        rests_on=rests_on(rows, ask_around(home, scope, basis)),
        then_on=then_on,
        skills=_skills(home, scope, [row["track"] for row in mix if row["postings"]]),
        openings=newest.records(),
        all_openings=all_openings,
        model_version=ask(home, "select any_value(model_version) from labels").rows[0][0] or "none",
    )


def _changes(home: Path, scope: Scope) -> tuple[str | None, dict[str, Row]]:
    """The day four weeks ago and each track's change since, at companies read by then; None where none here was."""
    undated = replace(scope, only=replace(scope.only, since=None, until=None))
    rows = ask(home, "questions/change", {**undated.params(), "tracks": [track.name for track in TRACKS]}).records()
    is_known = any(row["postings_before"] or row["postings"] for row in rows)
    return (str(rows[0]["then_on"]) if is_known else None), {row["track"]: {"change": row["change"]} for row in rows}


def _skills(home: Path, scope: Scope, tracks: Sequence[str]) -> list[tuple[str, Sequence[Row]]]:
    """The skills named most, of the tracks with the most openings."""
    rows = ask(home, "questions/skills", {**scope.params(), "track": None}).records()
    named = {track: list(of) for track, of in groupby(sorted(rows, key=itemgetter("track")), itemgetter("track"))}
    return [
        (track, sorted(named[track], key=lambda row: (-row["postings"], row["skill"]))[:MOST_SKILLS])
        for track in tracks[:TRACKS_WITH_SKILLS]
        if track in named
    ]
