"""Areas and companies side by side: the share of each track, and where it differs from the first."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from classifiers.tracks import TITLES, TRACKS
from reports.mix import sample_mark, withheld
from reports.scope import Scope, ask_basis, ask_mix
from reports.show import Format, between, show
from warehouse.store import Answer, ask

Row = dict[str, Any]
SHOWN = ("postings", "companies", "share", "share_low", "share_high", "is_withheld")


def show_compare(home: Path, scopes: Sequence[Scope], form: Format) -> None:
    """Print the shares of two or more areas or companies, each with its interval; differences from the first."""
    bases = [ask_basis(home, scope) for scope in scopes]
    mixes = [{row["track"]: row for row in ask_mix(home, scope).records()} for scope in scopes]
    rows = [
        _row(scope.called, mix[track.name], differences.get(track.name), mixes[0][track.name])
        for scope, mix in zip(scopes, mixes, strict=True)
        for differences in [_differences(home, scope, scopes[0])]
        for track in TRACKS
    ]
    notes = [
        f"{scope.called}: rests on {basis['in_tracks']:,} of {basis['postings']:,} open postings, last seen {basis['seen_to']}. "
        + " ".join(withheld(scope, basis, list(mix.values())))
        for scope, basis, mix in zip(scopes, bases, mixes, strict=True)
    ]
    notes.append(
        f"In brackets the 95 % interval; +12: 12 points more than {scopes[0].called}, told only where the 95 % interval of "
        "the difference excludes 0. The model's own errors are not in it."
    )
    title = f"{sample_mark(bases[0])}share of open postings by track"
    show(_side_by_side(rows) if form is Format.table else _long(rows), form, title, notes)


def _differences(home: Path, scope: Scope, first: Scope) -> dict[str, Row]:
    """How far each track's share lies from that of the first, where that exceeds its error."""
    if scope == first:
        return {}
    rows = ask(home, "questions/differences", {**scope.params(), "other": first.params()["scope"]}).records()
    return {row["track"]: row for row in rows if row["difference_low"] > 0 or row["difference_high"] < 0}


def _row(name: str, cell: Row, difference: Row | None, first: Row) -> Row:
    told = difference if difference and not cell["is_withheld"] and not first["is_withheld"] else {}
    ends = ("difference", "difference_low", "difference_high")
    return {
        "name": name,
        "track": cell["track"],
        **{key: cell[key] for key in SHOWN},
        **{end: told.get(end) for end in ends},
    }


def _long(rows: list[Row]) -> Answer:
    return Answer(list(rows[0]), [tuple(row.values()) for row in rows])


def _side_by_side(rows: list[Row]) -> Answer:
    names = list(dict.fromkeys(row["name"] for row in rows))
    cells = {(row["name"], row["track"]): _cell(row) for row in rows}
    lines = [(TITLES[track.name], *(cells[name, track.name] for name in names)) for track in TRACKS]
    return Answer(["track", *names], lines)


def _cell(row: Row) -> str:
    if row["is_withheld"]:
        return "–"
    more = "" if row["difference"] is None else f"  {100 * row['difference']:+.0f}"
    return f"{row['share']:.0%} ({between(row['share_low'], row['share_high'], '{:.0%}–{:.0%}')}){more}"
