"""What is estimated of the course of time: shares of the monthly threads, change in four weeks, how long postings stay open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from warehouse.answer import Answer
from warehouse.cells import Ask
from warehouse.clusters import Clusters
from warehouse.comparisons import change_of_stock, is_apart
from warehouse.priors import Row
from warehouse.survival import kaplan_meier

MONTHS = ("month_on", "track", "postings", "companies", "of_postings", "share", "share_low", "share_high")
CHANGE = (
    "track", "then_on", "now_on", "postings_before", "postings", "change", "change_low", "change_high", "is_change",
)  # fmt: skip
MEDIAN = ("median_days", "median_days_low", "median_days_high")
OPEN_TIME = ("track", "postings", "companies", "closed", "entered_late", "gap_days", *MEDIAN)
CLOSE_ENOUGH = 1 / 4  # of the days open: how closely they must be known to be told


def months_of(ask: Ask, params: Mapping[str, Any]) -> Answer:
    """The share of `tracks` in each month's threads in a `scope`, as table `demand_by_month` has it: looked up, or estimated."""
    kept = ask("questions/months_kept", params).records()
    return Answer.of(MONTHS, kept) if kept else months(ask, "questions/months", params)


def months(ask: Ask, question: str, params: Mapping[str, Any] | None = None) -> Answer:
    """The share of each track in each month's threads, with its 95 % interval, of what a question counts (`months_in`)."""
    rows = ask(question, params).records()
    low, high = Clusters.of(rows).limits(few=True)
    return Answer.of(MONTHS, rows, share_low=low.tolist(), share_high=high.tolist())


def changes(
    ask: Ask, question: str, params: Mapping[str, Any] | None = None, *, columns: Sequence[str] = CHANGE
) -> Answer:
    """The stock now and four weeks ago and the change between, with its 95 % interval, of what a question counts (`changes_of`).

    It is a change where the interval, in whole postings as it is shown, does not touch 0.
    """
    rows = ask(question, params).records()
    low, high = change_of_stock(*(np.array([row[name] for row in rows], float) for name in ("change", "squares")))
    apart = is_apart(low, high).tolist()
    return Answer.of(columns, rows, change_low=low.tolist(), change_high=high.tolist(), is_change=apart)


def open_times(ask: Ask, question: str, params: Mapping[str, Any] | None = None) -> Answer:
    """Days until half of the postings have closed, with their 95 % interval, of what a question counts (`open_time_in`)."""
    rows = ask(question, params).records()
    return Answer.of(OPEN_TIME, [{**row, **_median_days(row["days"], row["gap_days"])} for row in rows])


def _median_days(days: Sequence[Row], gap_days: int | None) -> Row:
    """The median and its limits; unknown where closings are known only to within more than a quarter of it."""
    curve = kaplan_meier(*(np.array([day[name] for day in days], float) for name in ("day", "closed", "at_risk")))
    found = [int(day) if np.isfinite(day) else None for day in curve.median_days()]
    least = found[1] if found[0] is None else found[0]
    is_told = least is not None and gap_days is not None and gap_days <= least * CLOSE_ENOUGH
    return dict(zip(MEDIAN, found if is_told else (None, None, None), strict=True))
