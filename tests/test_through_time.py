"""What is told of the course of time, on invented markets whose days are known."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from invented import Job, invented
from test_answers import rows, trackmix

from warehouse.store import ask, open_store, publish
from warehouse.through_time import changes

FIRST = date(2026, 11, 2)  # a Monday
COLUMNS = ("change", "change_low", "change_high", "is_change")
COMPANIES = ("Kestrel", "Linnet", "Merlin")


def lived(home: Path, lives: Sequence[tuple[int, int, int | None]], posted: bool = True) -> Path:
    """Jobs of the three companies in turn, each with the days, from FIRST, it was first seen, last seen and closed on."""
    invented(home, [Job(COMPANIES[number % 3], "training") for number in range(len(lives))])
    with open_store(home) as store:
        store.ask("update sources set lists_all = true")
        for number, (first, last, closed) in enumerate(lives):
            days = {
                "first_seen_on": first,
                "last_seen_on": last,
                "closed_on": closed,
                "posted_on": first if posted else None,
            }
            said = ", ".join(f"{name} = {on(day)}" for name, day in days.items())
            store.ask(f"update postings set {said} where posting_id = 'job/{number}'")
    return home


def on(day: int | None) -> str:
    return "null" if day is None else f"date '{FIRST + timedelta(day)}'"


def read_on(home: Path, days: dict[str, Sequence[int]]) -> None:
    """Say on which days each board was read, and publish."""
    fetches: list[dict[str, Any]] = [
        {"run_id": str(day), "board_id": board, "outcome": "read",
         "fetched_at": datetime.combine(FIRST + timedelta(day), datetime.min.time())}
        for board, read in days.items() for day in read
    ]  # fmt: skip
    with open_store(home) as store:
        store.append("fetches", fetches)
        store.build()
    publish(home)


def opened(home: Path) -> dict[str, int]:
    return {str(row["week_on"]): row["opened"] for row in rows(home, "trend", "--of", "weeks", "--track", "training")}


def test_what_a_board_lists_on_its_first_day_opens_in_no_week(tmp_path: Path) -> None:
    stood = [(0, 14, None)] * 6
    new = [(7, 14, None)] * 2
    late = [(14, 14, None)]  # Merlin's, whose board is first read then
    home = lived(tmp_path, stood + new + late, posted=False)
    read_on(home, {"Kestrel": [0, 7, 14], "Linnet": [0, 7, 14], "Merlin": [14]})
    with_merlin = {"2026-11-02": 0, "2026-11-09": 2, "2026-11-16": 0}
    assert opened(home) == with_merlin
    weeks = rows(home, "trend", "--of", "weeks", "--track", "training")
    assert [row["open"] for row in weeks] == [6, 8, 9]
    assert "opens in no week" in trackmix(home, "trend")[1]


def test_a_job_opens_when_the_first_of_its_postings_does(tmp_path: Path) -> None:
    """One that opened on a board that was read already, and stands on another one by the time that is first read."""
    home = lived(tmp_path, [(0, 14, None)] * 6 + [(14, 14, None), (7, 14, None)], posted=False)
    with open_store(home) as store:
        store.append("duplicates", [{"posting_id": "job/7", "same_as": "job/6", "reason": "exact", "similarity": 1.0}])
        store.ask("update postings set board_id = 'elsewhere' where posting_id = 'job/6'")
    read_on(home, {**dict.fromkeys(COMPANIES, (0, 7, 14)), "elsewhere": [14]})
    assert opened(home) == {"2026-11-02": 0, "2026-11-09": 1, "2026-11-16": 0}


@pytest.mark.parametrize(("moves", "is_change"), [(4, False), (6, True)])
def test_an_interval_that_touches_0_is_no_change(tmp_path: Path, moves: int, is_change: bool) -> None:
    """Four more at four companies: 4 - 1.96 * 2 = 0.08, which is shown as 0; six more at six: 1.2."""
    with open_store(tmp_path) as store:
        store.ask(
            "create temp table stock (base integer, unit integer, company integer, was_open boolean, is_open boolean)"
        )
        store.ask(f"insert into stock select 0, i, i, false, true from range({moves}) t (i)")
        (row,) = changes(store.ask, "from changes_of('stock')", columns=COLUMNS).records()
    assert row["change"] == moves
    assert row["change_low"] > 0
    assert row["is_change"] is is_change


@pytest.mark.parametrize(("gap", "is_told"), [(1, True), (10, True), (11, False), (28, False)])
def test_days_open_are_told_where_runs_lie_close_enough(tmp_path: Path, gap: int, is_told: bool) -> None:
    home = lived(tmp_path, [(0, 40 - gap, 40)] * 12)
    read_on(home, dict.fromkeys(COMPANIES, (0, 40)))
    (row,) = rows(home, "trend", "--of", "open_time", "--track", "training")
    assert (row["closed"], row["gap_days"]) == (12, gap)
    assert row["median_days"] == (40 if is_told else None)
    assert (row["median_days_low"] is not None) is is_told
    assert f"{gap} days" in trackmix(home, "trend")[1]
    assert ask(home, "select median_days from time_open where track = 'training'").rows == [(row["median_days"],)]
