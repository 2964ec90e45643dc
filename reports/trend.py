"""How demand moves in an area or a company: shares by month, stock and flow by week, change in four weeks, time open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

from classifiers.tracks import TITLES, TRACKS
from reports.mix import sample_mark
from reports.scope import Scope, ask_basis
from reports.show import Format, between, show, written
from warehouse.answer import Answer
from warehouse.store import ask

READ_THREADS = "trackmix run --include hackernews"

Row = dict[str, Any]


class View(StrEnum):
    """What is asked of the course of time: each the name of a query."""

    months = "months"
    weeks = "weeks"
    change = "change"
    open_time = "open_time"


PUBLISHED = (View.months, View.open_time)  # of what was published in the days asked for; a stock is of all that is open
TOLD = {
    View.months: "share of each track in the monthly threads of Hacker News and in dumps, in % (95 %)",
    View.weeks: "postings open at the end of each week (+ opened, − closed in it)",
    View.change: "open postings now and four weeks ago",
    View.open_time: "days until half of the postings have closed",
}

NO_MONTHS = (
    f"No month can be told: months are of Hacker News's threads ({READ_THREADS}) and of dumps "
    "(trackmix boards add NAME dump FOLDER)."
)


def show_trend(home: Path, scope: Scope, track: str | None, view: View | None, form: Format) -> None:
    """Print one view; without one, every view in a table, or the months in a machine form."""
    names = [track] if track else [one.name for one in TRACKS]
    basis = ask_basis(home, scope)
    views = [view] if view else list(View) if form is Format.table else [View.months]
    for number, each in enumerate(views):
        asked = scope if each in PUBLISHED else replace(scope, only=replace(scope.only, since=None, until=None))
        window = {"since": scope.only.since, "until": scope.only.until} if each is View.weeks else {}
        answer = _asked(home, each, {**asked.params(), **window, "tracks": names})
        shown = _readable(each, answer, names) if form is Format.table else answer
        notes = [NO_MONTHS] if each is View.months and not answer.rows else []
        notes += _notes(basis) if number == len(views) - 1 else []
        show(shown, form, f"{sample_mark(basis)}{asked.called}: {TOLD[each]}", notes)


def _asked(home: Path, view: View, params: Row) -> Answer:
    if view is View.weeks:
        return ask(home, "questions/weeks", params)
    from warehouse import through_time  # with NumPy, a tenth of a second that help and errors need not cost

    if view is View.months:
        return through_time.months_of(partial(ask, home), params)
    if view is View.change:
        return through_time.changes(partial(ask, home), "questions/change", params)
    return through_time.open_times(partial(ask, home), "questions/open_time", params)


def _readable(view: View, answer: Answer, names: list[str]) -> Answer:
    rows = answer.records()
    if view is View.months:
        return _crossed(rows, "month_on", names, _share)
    if view is View.weeks:
        return _crossed(rows, "week_on", names, _stock)
    if view is View.change:
        days = f"{rows[0]['then_on']}", f"{rows[0]['now_on']}"
        return Answer(["track", *days, "change", "95 %"], [_change(row) for row in rows])
    return Answer(
        ["track", "postings", "closed", "known within", "median days", "95 %"], [_open_time(row) for row in rows]
    )


def _crossed(rows: list[Row], key: str, names: list[str], cell: Callable[[Row], str]) -> Answer:
    """A line for each day with something to show, a column for each track."""
    cells = {(row[key], row["track"]): cell(row) for row in rows}
    days = sorted({day for day, _ in cells})
    lines = [(str(day), *(cells[day, name] for name in names)) for day in days]
    return Answer([key.removesuffix("_on"), *(TITLES[name] for name in names)], lines)


def _share(row: Row) -> str:
    return f"{row['share'] * 100:.0f} ({between(row['share_low'] * 100, row['share_high'] * 100, '{:.0f}–{:.0f}')})"


def _stock(row: Row) -> str:
    return f"{row['open']:,} (+{row['opened']:,} −{row['closed']:,})"


def _change(row: Row) -> tuple[Any, ...]:
    counts = [written(name, row[name]) for name in ("postings_before", "postings")]
    change = f"{row['change']:+,}{'*' if row['is_change'] else ''}"
    return TITLES[row["track"]], *counts, change, between(row["change_low"], row["change_high"], "{:+,.0f} to {:+,.0f}")


def _open_time(row: Row) -> tuple[Any, ...]:
    low, high, days = row["median_days_low"], row["median_days_high"], row["median_days"]
    ends = "" if low is None else f"{low:,} to {high:,}" if high is not None else f"{low:,} or more"
    gap = "none closed yet" if row["gap_days"] is None else f"{row['gap_days']:,} days"
    return (
        TITLES[row["track"]],
        row["postings"],
        row["closed"],
        gap,
        "not known yet" if days is None else f"{days:,}",
        ends,
    )


def _notes(basis: Row) -> list[str]:
    return [
        f"{basis['in_tracks']:,} open postings of the six tracks, and those that have closed; last seen "
        f"{basis['seen_from']} to {basis['seen_to']}. Months are of Hacker News and dumps alone, the other figures of the other boards.",
        "Weeks: what stood on a board on the first day it was read was open before, and opens in no week.",
        "Change: only companies with a board that was read four weeks ago; * where the 95 % interval does not touch 0, which one "
        "track of six will seem to do by chance one time in four.",
        "Days: not known before half have closed, or where a closing is known only to within more than a quarter of them, for "
        "the runs lie too far apart.",
    ]
