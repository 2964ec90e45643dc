"""One track in an area: its levels and their pay, the areas it is hired for in, and the companies that hire."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Any

from classifiers.tracks import TITLES
from reports.mix import sample_mark
from reports.scope import Scope, ask_basis
from reports.show import Format, between, show
from warehouse.store import Answer, ask

Row = dict[str, Any]
MOST = 12  # areas and companies in a table


class Part(StrEnum):
    """What is told of a track: each the name of a query, behind `track_`."""

    levels = "levels"
    areas = "areas"
    companies = "companies"


def show_track(home: Path, track: str, scope: Scope, part: Part | None, form: Format) -> None:
    """Print one part; without one, every part in a table, or the areas in a machine form."""
    basis = ask_basis(home, scope)
    parts = [part] if part else list(Part) if form is Format.table else [Part.areas]
    for each in parts:
        answer = ask(home, f"questions/track_{each}", {**scope.params(), "track": track})
        shown = _TABLES[each](answer) if form is Format.table else answer
        notes = _notes(basis) if each is parts[-1] else []
        show(shown, form, f"{sample_mark(basis)}{TITLES[track]}, {scope.called}: {each}", notes, bar="share")


def _levels(answer: Answer) -> Answer:
    rows = [
        (
            row["seniority"],
            row["postings"],
            row["companies"],
            row["share"],
            between(row["pay_q1_usd"], row["pay_q3_usd"], "${:,.0f}–{:,.0f}k", per=1000),
            row["pay_mid_usd"],
            between(row["pay_mid_low_usd"], row["pay_mid_high_usd"], "${:,.0f}–{:,.0f}k", per=1000),
        )
        for row in answer.records()
    ]
    return Answer(["level", "postings", "companies", "share", "middle half", "median_usd", "95 %"], rows)


def _areas(answer: Answer) -> Answer:
    rows = [
        (
            _called(row),
            row["postings"],
            row["companies"],
            row["share"],
            between(row["share_low"], row["share_high"], "{:.0%}–{:.0%}"),
            "–" if row["quotient"] is None else f"{row['quotient']:.2f}",
            between(row["quotient_low"], row["quotient_high"], "{:.2f}–{:.2f}"),
        )
        for row in answer.records()[:MOST]
    ]
    return Answer(["area", "postings", "companies", "share", "95 %", "times", "95 % "], rows)


def _called(row: Row) -> str:
    return ", ".join(filter(None, (row["region"], row["country_name"]))) or row["area_kind"]


def _companies(answer: Answer) -> Answer:
    rows = [
        (row["company"], row["postings"], row["share"], between(row["share_low"], row["share_high"], "{:.0%}–{:.0%}"))
        for row in answer.records()[:MOST]
    ]
    return Answer(["company", "postings", "share", "95 %"], rows)


_TABLES = {Part.levels: _levels, Part.areas: _areas, Part.companies: _companies}


def _notes(basis: Row) -> list[str]:
    return [
        f"Rests on {basis['in_tracks']:,} open postings of the six tracks, last seen {basis['seen_from']} to {basis['seen_to']}. "
        "Share: of the six tracks at that level, in that area, at that company.",
        "Times: its share in the area over its share in all areas of that kind (location quotient); above 1 it clusters there, "
        "if the 95 % interval too lies above.",
        f"–, or not listed: fewer than {basis['least_postings']} postings or {basis['least_companies']} companies stand behind it, "
        f"or no interval can be told. The {MOST} largest; all of them: --of areas --format csv.",
    ]
