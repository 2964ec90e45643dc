"""The openings that fit a person: the newest of the tracks ranked first, in the area and at the companies they named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from reports.choose import Choice, Person
from reports.openings import FIRST, Wanted, ask_openings
from reports.scope import Scope

Row = dict[str, Any]


def fitting(home: Path, who: Person, ranking: Sequence[Choice]) -> list[Row]:
    """At most FIRST openings of the tracks of rank 1, each once, as `reports.openings.ask_openings` has them.

    Those at the companies stand first; where the area has some too, they are no more than half. Raises StoreError.
    """
    tracks = [choice.track for choice in ranking if choice.rank == 1]
    at_companies = _newest(home, who.companies, tracks)
    in_area = _newest(home, [who.area] if who.area in who.named or not who.companies else [], tracks)
    rows = (*at_companies[: FIRST // 2], *in_area, *at_companies[FIRST // 2 :])
    return list({row["posting_id"]: row for row in rows}.values())[:FIRST]


def _newest(home: Path, scopes: Sequence[Scope], tracks: Sequence[str]) -> list[Row]:
    """The newest of these tracks in any of these scopes."""
    rows = [
        row
        for scope in scopes
        for track in tracks
        for row in ask_openings(home, scope, Wanted(track), FIRST)[0].records()
    ]
    return sorted(rows, key=_order)[:FIRST]


def _order(row: Row) -> tuple[int, str, str, str]:
    """The newest first, then as `questions/openings.sql` orders them."""
    published: date = row["posted_on"] or row["first_seen_on"]
    return -published.toordinal(), row["company"], row["title"], row["posting_id"]
