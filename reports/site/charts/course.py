"""The charts of how demand moves: openings week by week, and shares by month of the threads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from classifiers.tracks import TITLES, TRACKS
from reports.show import percent
from reports.site.charts.chart import LEAST, Chart, scale
from reports.site.subject import Row

LEAST_WEEKS = 2  # from which on there is a change to see
MOST_WEEKS = 52
WEEK, MONTH = 7, 31  # days; two weeks or threads no further apart have none missing between them
MONTHS = ("share", "share_low", "share_high", "postings", "of_postings")


def weeks(called: str, moved: Sequence[Row], readings: Sequence[date]) -> Chart | None:
    """The openings in each week in which boards were read; None where that is one.

    `moved` has the weeks in which any opened or closed, `readings` the Mondays of those in which boards were read. A point is of a
    week and not of its last reading, so that a day on which nothing moved changes no chart.
    """
    by_week = {row["week_on"]: row for row in moved}
    rows: list[Row] = []
    stock = 0
    for week_on in readings:
        row = by_week.get(week_on, {"opened": 0, "closed": 0, "open": stock})
        stock = row["open"]
        rows.append({"week_on": week_on, **{name: row[name] for name in ("open", "opened", "closed")}})
    rows = _along(rows[-MOST_WEEKS:], "week_on", WEEK)
    if len(rows) < LEAST_WEEKS or not any(row["open"] for row in rows):
        return None
    columns = ("week_on", "open", "opened", "closed")
    most = scale(max(row["open"] for row in rows), whole=True)
    return Chart("weeks", "course", f"{called}: openings, week by week", _moved(rows), columns, rows, most)


def months(track: str, found: Sequence[Row]) -> Chart | None:
    """The share of one track in each month's thread."""
    rows = _along(found, "month_on", MONTH)
    if len(rows) < LEAST:
        return None
    most = scale(max(row["share_high"] for row in rows))
    return Chart(
        "months",
        "course",
        f"{TITLES[track]}: its part of the six, month by month",
        _threads(rows, is_one=True),
        ("month_on", *MONTHS),
        rows,
        most,
    )


def all_months(found: Mapping[str, Sequence[Row]]) -> Chart | None:
    """The shares of the six in each month's thread, on one scale."""
    rows = [row for track in TRACKS for row in _along(found.get(track.name, ()), "month_on", MONTH)]
    if len(rows) < LEAST * len(TRACKS):
        return None
    most = scale(max(row["share"] for row in rows))
    return Chart(
        "months",
        "panels",
        "The six, month by month",
        _threads(rows, is_one=False),
        ("track", "month_on", "share", "postings"),
        rows,
        most,
    )


def _along(found: Sequence[Row], day: str, step: int) -> list[Row]:
    """These rows with the place of each day along the axis, and whether none is missing since the one before."""
    if not found:
        return []
    first, days = found[0][day], max((found[-1][day] - found[0][day]).days, 1)
    before = [first, *(row[day] for row in found)]
    return [
        {
            **row,
            "at": round(100 * (row[day] - first).days / days, 1),
            "is_next": number > 0 and _is_next(last, row[day], step),
        }
        for number, (row, last) in enumerate(zip(found, before, strict=False))
    ]


def _is_next(last: date, day: date, step: int) -> bool:
    """Whether two days lie in weeks, or months, that follow each other."""
    if step == MONTH:
        return (day.year - last.year) * 12 + day.month - last.month == 1
    return (day - last).days == WEEK


def _moved(rows: Sequence[Row]) -> str:
    first, last = rows[0], rows[-1]
    opened, closed = (sum(row[name] for row in rows[1:]) for name in ("opened", "closed"))
    new = last["open"] - first["open"] - opened + closed
    boards = f" {new:,} more came with boards read for the first time." if new > 0 else ""
    gap = "" if all(row["is_next"] for row in rows[1:]) else " Dotted: weeks without a reading."
    return (
        f"{first['open']:,} open in the week of {_day(first['week_on'])}, {last['open']:,} in that of {_day(last['week_on'])}; between them "
        f"{opened:,} opened and {closed:,} closed.{boards}{gap}"
    )


def _threads(rows: Sequence[Row], is_one: bool) -> str:
    first, last = rows[0], rows[-1]
    gap = " Dotted: no thread was read." if any(not row["is_next"] and row["at"] for row in rows) else ""
    says = "Part of the openings of all six in each month’s thread “Who is hiring?” of Hacker News"
    if not is_one:
        return f"{says}, {first['month_on']:%B %Y} to {last['month_on']:%B %Y}.{gap}"
    ends = [
        f"{row['share']:.0%} ({percent(row['share_low'], row['share_high'])}) in {row['month_on']:%B %Y}"
        for row in (first, last)
    ]
    return f"{says}: {' and '.join(ends)}. Band: where the true part lies, 19 times in 20.{gap}"


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"
