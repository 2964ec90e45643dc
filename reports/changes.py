"""What changed since a day: openings that appeared, closed or changed their pay, moves of the mix, and new companies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

from classifiers.tracks import TITLES, TRACKS
from reports.mix import sample_mark
from reports.openings import IN_A_TABLE, pay
from reports.scope import Scope, ask_basis
from reports.show import Format, Told, show
from warehouse.answer import Answer
from warehouse.errors import QuestionError
from warehouse.store import ask

Row = dict[str, Any]
NEVER = date(9999, 1, 1)
KINDS = {"appeared": "appeared", "closed": "closed", "pay": "changed their pay"}


class Part(StrEnum):
    """What is asked of the changes."""

    openings = "openings"
    moves = "moves"
    companies = "companies"


@dataclass(frozen=True, slots=True)
class Since:
    """The day from which on changes are told; `before_on` is the reading that they are held against, None where there is none."""

    since_on: date
    before_on: date | None


def since_of(home: Path, scope: Scope, since: date | None = None) -> Since:
    """From the day given, else from the day after the last reading but one; never before the second reading.

    The first reading of all tells what is there and not what is new. Raises StoreError, QuestionError of a day after the last.
    """
    (days,) = ask(home, "changes/readings", scope.params()).records()
    if days["before_on"] is None:
        return Since(NEVER, None)
    if since is not None and since > days["now_on"]:
        raise QuestionError(f"nothing is known since {since}: the boards were last read on {days['now_on']}")
    if since is None:
        return Since(days["before_on"] + timedelta(1), days["before_on"])
    since_on = max(since, days["first_on"] + timedelta(1))
    return Since(since_on, since_on - timedelta(1))


def ask_changes(home: Path, scope: Scope, since: Since, part: Part, most: int | None = None) -> Answer:
    """The rows of one part; of openings no more than `most`, the newest first. Raises StoreError."""
    params = {**scope.params(), "since": since.since_on}
    if part is Part.openings:
        return ask(home, "changes/openings", {**params, "most": most})
    if part is Part.companies:
        return ask(home, "changes/companies", params)
    from warehouse.moves import MOVES, moves  # with NumPy, a tenth of a second that help and errors need not cost

    if since.before_on is None:
        return Answer(list(MOVES), [])
    return moves(partial(ask, home), [track.name for track in TRACKS], params)


def counts(openings: Answer) -> dict[str, int]:
    """How many openings changed in each way, however few of them the answer has."""
    return dict.fromkeys(KINDS, 0) | {row["change"]: row["all_of_kind"] for row in openings.records()}


def show_changes(home: Path, scope: Scope, since: date | None, part: Part | None, form: Format) -> None:
    """Print one part; without one, every part in a table, or the openings in a machine form."""
    parts = [part] if part else list(Part) if form is Format.table else [Part.openings]
    for each in parts:
        told = tell_changes(home, scope, since, each, IN_A_TABLE if form is Format.table else None)
        shown = _TABLES[each](told.answer.records()) if form is Format.table else told.answer
        notes = told.notes if each is parts[-1] else told.notes[:1]
        show(shown, form, told.title, notes, link="url" if each is Part.openings else None)


def tell_changes(
    home: Path, scope: Scope, since: date | None, part: Part, most: int | None, rest: str = "all: --format csv"
) -> Told:
    """One part of what changed in a scope; `rest` says how who asks gets the openings beyond `most`."""
    basis, days = ask_basis(home, scope), since_of(home, scope, since)
    answer = ask_changes(home, scope, days, part, most)
    when = f"since {days.since_on}" if days.before_on else "of which there was but one reading"
    title = f"{sample_mark(basis)}{scope.called}, {when}: {_TITLES[part]}"
    if part is Part.openings:
        said = [_counted(answer, rest)]
        answer = Answer(answer.columns[:-1], [row[:-1] for row in answer.rows])
    else:
        said = [_RULES[part]]
    named = [f"The name also fits: {'; '.join(scope.others)}."] if scope.others else []
    return Told(answer, title, [*said, _compared(basis, days), *named])


def _counted(openings: Answer, rest: str) -> str:
    all_of = counts(openings)
    said = ", ".join(f"{number:,} {KINDS[kind]}" for kind, number in all_of.items())
    few = len(openings.rows) < sum(all_of.values())
    more = f" The newest {len(openings.rows):,} of them; {rest}." if few else ""
    return f"Openings: {said}. What a board listed on the first day it was read did not appear.{more}"


def _compared(basis: Row, days: Since) -> str:
    if days.before_on is None:
        return (
            "Boards have been read once so far, so nothing can be told to have changed: trackmix run reads them again."
        )
    held = f"Held against what was open on {days.before_on}; {basis['in_tracks']:,} of the six tracks are open now"
    return f"{held}, last seen {basis['seen_from']} to {basis['seen_to']}."


_TITLES = {
    Part.openings: "openings that appeared, closed or changed their pay",
    Part.moves: "moves of the mix",
    Part.companies: "new companies",
}
_RULES = {
    Part.moves: "Shares of the openings counted, at companies that were read before; change in points, with its 95 % interval, from "
    "ten companies (of a company, ten openings) on; * where that does not touch 0, which one track of six will seem to do by "
    "chance one time in four.",
    Part.companies: "Companies with openings of the six tracks here that had none before; where their boards were not read before, the "
    "openings may have stood for long.",
}


def _openings(rows: Sequence[Row]) -> Answer:
    columns = ["opening", "change", "on", "company", "place", "pay", "track", "url"]
    return Answer(columns, [_opening(row) for row in rows])


def _opening(row: Row) -> tuple[Any, ...]:
    about = row["company"], place(row), paid(row), TITLES[row["track"]], row["url"]
    return row["title"], row["change"], str(row["changed_on"]), *about


def place(row: Row) -> str:
    """Where an opening is, in a word, and whether it can be done remotely."""
    where = row["city"] or row["region"] or row["country"]
    return ", ".join(filter(None, (where, "remote" if row["is_remote"] else None)))


def paid(row: Row) -> str:
    """What an opening states to pay; where that changed, until then and now."""
    now = pay(row["pay_low_usd"], row["pay_high_usd"])
    if row["change"] != "pay":
        return now
    return f"{pay(row['pay_low_usd_before'], row['pay_high_usd_before']) or 'none stated'} → {now or 'none stated'}"


def _moves(rows: Sequence[Row]) -> Answer:
    columns = ["track", "openings before", "openings", "share before", "share", "change", "95 %"]
    return Answer(columns, [_move(row) for row in rows])


def _move(row: Row) -> tuple[Any, ...]:
    change = f"{round(100 * row['change']):+d}{'*' if row['is_move'] else ''}"
    reach = (
        ""
        if row["change_low"] is None
        else f"{round(100 * row['change_low']):+d} to {round(100 * row['change_high']):+d}"
    )
    shares = row["share_before"], row["share"]
    return TITLES[row["track"]], row["postings_before"], row["postings"], *shares, change, reach


def _companies(rows: Sequence[Row]) -> Answer:
    lines = [
        (row["company"], str(row["since_on"]), row["postings"], "first read" if row["is_first_reading"] else "")
        for row in rows
    ]
    return Answer(["company", "since", "openings", "board"], lines)


_TABLES = {Part.openings: _openings, Part.moves: _moves, Part.companies: _companies}
