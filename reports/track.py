"""One track in an area: what the guide says, its levels and their pay, where it is hired for, and the companies that hire."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from classifiers.tracks import TITLES, TRACKS
from reports.mix import sample_mark
from reports.names import UnknownNameError, fitting, one_of
from reports.scope import MIX, Level, Scope, ask_basis, ask_mix
from reports.show import Format, Told, percent, show, thousands
from reports.standing import ask_standing
from warehouse.answer import Answer
from warehouse.store import ask

Row = dict[str, Any]
MOST = 12  # areas and companies in a table
CUT = f"The {MOST} areas and companies with the most openings; all of them: --of areas --format csv."
LEVELS = ("all", *Level, "unknown")


class Part(StrEnum):
    """What is asked of a track."""

    levels = "levels"
    areas = "areas"
    companies = "companies"


def track_called(name: str) -> str:
    """The track of that name: whole, or the beginning of a word of its name or title. Raises UnknownNameError."""
    called = {track.name: (track.name, track.title) for track in TRACKS}
    if not (fits := fitting(name, called)):
        raise UnknownNameError(f"{name!r} is none of {', '.join(called)}")
    return one_of(name, fits)


def show_track(home: Path, track: str, scope: Scope, part: Part | None, form: Format) -> None:
    """Print one part; without one, every part in a table, or the areas in a machine form."""
    parts = [part] if part else list(Part) if form is Format.table else [Part.areas]
    basis, most = ask_basis(home, scope), MOST if form is Format.table else None
    notes = [*_notes(home, track, scope, basis), *([CUT] if form is Format.table else [])]
    for each in parts:
        answer = _asked(home, track, scope, each, most)
        shown = _TABLES[each](answer) if form is Format.table else answer
        show(shown, form, _title(track, scope, each, basis), notes if each is parts[-1] else [], bar="share")
    if form is Format.table and not part:
        from reports.beside import beside  # with the guide, which an area need not load
        from reports.reasons import guide_beside

        show(guide_beside(beside(home, track, scope)), form, "")


def tell_track(home: Path, track: str, scope: Scope, part: Part) -> Told:
    """One part of a track in a scope."""
    basis = ask_basis(home, scope)
    answer = _asked(home, track, scope, part, None)
    return Told(answer, _title(track, scope, part, basis), _notes(home, track, scope, basis))


def _title(track: str, scope: Scope, part: Part, basis: Row) -> str:
    return f"{sample_mark(basis)}{TITLES[track]}, {scope.called}: {part}"


def ask_levels(home: Path, track: str, scope: Scope) -> Answer:
    """A track in a scope, all of it and by level, with the guide's band of pay where it gives one."""
    from classifiers.guide import PROFILES

    rows = []
    kept = ask(home, "questions/track_levels", {**scope.params(), "track": track}).records()
    of_level = {row["level"]: row for row in kept}
    for level in (scope.only.level,) if scope.only.level else LEVELS:
        asked = scope if level == "all" else replace(scope, only=replace(scope.only, level=level))
        mix = [of_level[level]] if level in of_level else ask_mix(home, asked).records()
        found = next(row for row in mix if row["track"] == track)
        band = getattr(PROFILES[track], level, None)
        guide = {"guide_low_usd": band and band.low_usd, "guide_high_usd": band and band.high_usd}
        rows.append({"seniority": str(level), **{name: found[name] for name in MIX}, **guide})
    return Answer(list(rows[0]), [tuple(row.values()) for row in rows])


def _asked(home: Path, track: str, scope: Scope, part: Part, most: int | None) -> Answer:
    if part is Part.levels:
        return ask_levels(home, track, scope)
    return ask(home, f"questions/track_{part}", {**scope.params(), "track": track, "most": most})


def _levels(answer: Answer) -> Answer:
    rows = [
        (
            row["seniority"],
            row["postings"],
            row["companies"],
            row["share"],
            percent(row["share_low"], row["share_high"]),
            row["pay_mid_usd"],
            thousands(row["pay_mid_low_usd"], row["pay_mid_high_usd"]),
            row["with_pay"],
            thousands(row["guide_low_usd"], row["guide_high_usd"]),
        )
        for row in answer.records()
    ]
    return Answer(
        ["level", "openings", "companies", "share", "95 %", "pay_usd", "95 % ", "state pay", "the guide says (US)"],
        rows,
    )


def _areas(answer: Answer) -> Answer:
    rows = [
        (
            _called(row),
            row["postings"],
            row["companies"],
            row["share"],
            percent(row["share_low"], row["share_high"]),
            row["pay_mid_usd"],
        )
        for row in answer.records()
    ]
    return Answer(["area", "openings", "companies", "share", "95 %", "pay_usd"], rows)


def _called(row: Row) -> str:
    return ", ".join(filter(None, (row["region"], row["country_name"]))) or row["area_kind"]


def _companies(answer: Answer) -> Answer:
    rows = [
        (row["company"], row["postings"], row["share"], percent(row["share_low"], row["share_high"]))
        for row in answer.records()
    ]
    return Answer(["company", "openings", "share", "95 %"], rows)


_TABLES = {Part.levels: _levels, Part.areas: _areas, Part.companies: _companies}


def _notes(home: Path, track: str, scope: Scope, basis: Row) -> list[str]:
    return [
        f"{basis['in_tracks']:,} openings of the six tracks, last seen {basis['seen_from']} to {basis['seen_to']}. Openings are "
        "counted; share and pay (median, a year) are estimates with 95 % intervals. Share: of the six at that level, in "
        "that area, at that company.",
        ask_standing(home, scope, track),
    ]
