"""Areas and companies side by side: the share of each track, and how it differs from the first."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from classifiers.tracks import TITLES, TRACKS
from reports.mix import SURELY, sample_mark
from reports.scope import Scope, ask_basis, ask_label_shift, ask_mix
from reports.show import Format, Told, percent, show
from warehouse.answer import Answer

Row = dict[str, Any]
SHOWN = ("postings", "companies", "share", "share_low", "share_high")


def show_compare(home: Path, scopes: Sequence[Scope], form: Format) -> None:
    """Print the shares of two or more areas or companies, each with its interval and its difference from the first."""
    told = tell_compare(home, scopes)
    shown = _side_by_side(told.answer.records()) if form is Format.table else told.answer
    show(shown, form, told.title, told.notes)


def tell_compare(home: Path, scopes: Sequence[Scope]) -> Told:
    """The shares of two or more areas or companies, each with its interval and its difference from the first."""
    bases = [ask_basis(home, scope) for scope in scopes]
    mixes = [{row["track"]: row for row in ask_mix(home, scope).records()} for scope in scopes]
    shift = ask_label_shift(home)
    rows = [
        _row(scope.called, mix[track.name], mixes[0][track.name], shift[track.name])
        for scope, mix in zip(scopes, mixes, strict=True)
        for track in TRACKS
    ]
    notes = [
        f"{scope.called}: {basis['in_tracks']:,} openings of the six among {basis['postings']:,} open postings, last seen "
        f"{basis['seen_to']}."
        for scope, basis in zip(scopes, bases, strict=True)
    ]
    notes.append(
        f"Openings, estimated share and its 95 % interval; +12*: 12 points more than {scopes[0].called}, * where that "
        "interval excludes 0."
    )
    return Told(_long(rows), f"{sample_mark(bases[0])}share of openings by track", notes)


def _row(name: str, cell: Row, first: Row, shift: float) -> Row:
    """A track in one scope, with how far its share lies from that in the first and the chance that it is larger."""
    from warehouse.estimates import difference

    names = ("difference", "difference_low", "difference_high", "chance_larger")
    apart: Sequence[Any] = (0.0, 0.0, 0.0, 0.5)
    if cell is not first:
        apart = [
            float(figure) for figure in difference(cell["share"], cell["worth"], first["share"], first["worth"], shift)
        ]
    return {
        "name": name,
        "track": cell["track"],
        **{key: cell[key] for key in SHOWN},
        **dict(zip(names, apart, strict=True)),
    }


def _long(rows: list[Row]) -> Answer:
    return Answer(list(rows[0]), [tuple(row.values()) for row in rows])


def _side_by_side(rows: list[Row]) -> Answer:
    names = list(dict.fromkeys(row["name"] for row in rows))
    cells = {(row["name"], row["track"]): _cell(row, row["name"] == names[0]) for row in rows}
    lines = [(TITLES[track.name], *(cells[name, track.name] for name in names)) for track in TRACKS]
    return Answer(["track", *names], lines)


def _cell(row: Row, is_first: bool) -> str:
    share = f"{row['share']:.0%} ({percent(row['share_low'], row['share_high'])})"
    mark = "" if 1 - SURELY < row["chance_larger"] < SURELY else "*"
    more = "" if is_first else f"  {round(100 * row['difference']):+d}{mark}"
    return f"{row['postings']:,}: {share}{more}"
