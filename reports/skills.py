"""The skills that postings name: of an area, at a company beside others, and what rises."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from classifiers.tracks import TITLES, TRACKS
from reports.mix import sample_mark
from reports.scope import WORLD, Scope, ask_basis
from reports.show import Format, Told, show
from warehouse.answer import Answer
from warehouse.store import ask

OF_ALL = ": skills that open postings name"
MOST_SKILLS = 8  # of each track in a table; of one track four times as many


def show_skills(home: Path, scope: Scope, track: str | None, form: Format) -> None:
    """The skills of an area by track, or, for a company, beside those of the same tracks elsewhere."""
    told = tell_skills(home, scope, track)
    if form is not Format.table or not told.answer.rows:
        show(told.answer, form, told.title, told.notes)
        return
    tables = [list(rows) for _, rows in groupby(told.answer.records(), itemgetter("track"))]
    for rows in tables:
        of_track = f", {TITLES[rows[0]['track']]}: skills that {rows[0]['of_postings']:,} open postings name"
        most = MOST_SKILLS * 4 if track else MOST_SKILLS
        shown = (_beside_others if scope.kind == "company" else _in_an_area)(rows[:most])
        title = told.title.removesuffix(OF_ALL) + of_track
        show(shown, form, title, told.notes if rows is tables[-1] else (), bar="share")


def tell_skills(home: Path, scope: Scope, track: str | None) -> Told:
    """The skills of an area by track, or, for a company, beside those of the same tracks elsewhere."""
    answer, basis = _asked(home, scope, track), ask_basis(home, scope)
    title = f"{sample_mark(basis)}{scope.called}{OF_ALL}"
    return Told(answer, title, notes(scope, basis, answer, track))


def show_rising(home: Path, track: str | None, form: Format) -> None:
    """The skills that companies name more or less often in the last half-year of threads, by more than the error."""
    answer, basis = ask(home, "questions/skills_rising", {"track": track}), ask_basis(home, WORLD)
    tested = answer.records()
    changed = [row for row in tested if row["is_change"]]
    if form is Format.table:
        columns = ["skill", "field", "companies", "share_with_skill", "before", "share before", "change", "95 %"]
        answer = Answer(columns, [_changed(row) for row in changed])
    else:
        answer = Answer(answer.columns, [row for row in answer.rows if row[-1]])
    called = TITLES[track] if track else "all six tracks"
    show(answer, form, f"{sample_mark(basis)}{called}: skills that rise or fall", _compared(tested, len(changed)))


def _asked(home: Path, scope: Scope, track: str | None) -> Answer:
    from warehouse import skills  # with NumPy, a tenth of a second that help and errors need not cost

    if scope.kind != "company":
        asked, columns = {**scope.params(), "track": track}, (*skills.SHARES, *skills.PREMIUM)
        return skills.shares(partial(ask, home), "questions/skills", asked, columns=columns)
    market = replace(WORLD, only=scope.only)
    return skills.of_company(partial(ask, home), scope.params()["scope"], market.params()["scope"], track)


def notes(scope: Scope, basis: dict[str, Any], answer: Answer, track: str | None) -> list[str]:
    """What an answer rests on, and of which tracks no posting names a skill, in sentences."""
    shown = {row["track"] for row in answer.records()}
    silent = [one.title for one in TRACKS if one.name not in shown and track in (None, one.name)]
    lines = [
        f"Rests on the {basis['in_tracks']:,} postings surely of the six tracks, of {basis['postings']:,} open. "
        f"Last seen {basis['seen_from']} to {basis['seen_to']}.",
        "Postings: those of the track that name the skill, asked for or not. Share: their part of all the "
        "track's postings here. Lines that a company puts under half of its jobs or more, whatever they are, are not read.",
    ]
    if scope.kind == "company":
        lines.append(
            "Share elsewhere: the same of the track's postings at other companies. More: named more often than there, by Fisher's "
            "exact test, from five postings on; of those marked, one in twenty may be chance (Benjamini and Hochberg)."
        )
    else:
        lines.append(
            "Companies: those that have these postings. 95 %: the interval of the share (Wilson), which allows for postings "
            "of a company being alike (design effect by company)."
        )
    lines.append(
        "Pay: how much more openings that name the skill pay, everywhere, than others of the same track, level and country, "
        "companies apart, with its 95 % interval; blank where too few companies tell. It is no cause: who asks for it may pay more."
    )
    if silent:
        lines.append(f"No posting names a skill of: {', '.join(silent)}.")
    if scope.others:
        lines.append(f"The name also fits: {'; '.join(scope.others)}.")
    return lines


def _in_an_area(rows: list[dict[str, Any]]) -> Answer:
    """The columns of a table, to fit eighty characters."""
    columns = ["skill", "postings", "companies", "share", "95 %", "pay"]
    shown = [
        (
            row["skill"],
            row["postings"],
            row["companies"],
            row["share_with_skill"],
            f"{row['share_with_skill_low']:.0%}–{row['share_with_skill_high']:.0%}",
            premium(row),
        )
        for row in rows
    ]
    return Answer(columns, shown)


def _beside_others(rows: list[dict[str, Any]]) -> Answer:
    """The columns of a company's table, to fit eighty characters."""
    columns = ["skill", "postings", "share", "share elsewhere", "", "pay"]
    shown = [
        (
            row["skill"],
            row["postings"],
            row["share_with_skill"],
            row["share_with_skill_elsewhere"],
            "more" if row["is_distinct"] else "",
            premium(row),
        )
        for row in rows
    ]
    return Answer(columns, shown)


def premium(row: dict[str, Any]) -> str:
    """What is paid with a skill beyond, in percent, with its interval; nothing where too few companies tell."""
    if row["premium"] is None:
        return ""
    premium, low, high = (round(100 * row[name]) for name in ("premium", "premium_low", "premium_high"))
    return f"{premium:+} % ({low:+} to {high:+})"


def _changed(row: dict[str, Any]) -> tuple[Any, ...]:
    change = f"{100 * row['change']:+.0f} points"
    reach = f"{100 * row['change_low']:+.0f} to {100 * row['change_high']:+.0f}"
    return (
        row["skill"],
        row["field"],
        row["companies"],
        row["share_with_skill"],
        row["before"],
        row["share_with_skill_before"],
        change,
        reach,
    )


def _compared(tested: list[dict[str, Any]], changed: int) -> list[str]:
    """What a change rests on, in sentences."""
    if not tested:
        return [
            "Nothing can be compared: the monthly threads name fewer than 20 companies in one of the last two half-years. "
            "They are read with: trackmix run --include hackernews"
        ]
    row = tested[0]
    return [
        f"Hacker News, {row['since_on']:%Y-%m} to {row['until_on']:%Y-%m}, {row['of_companies']:,} companies, against "
        f"the half-year from {row['before_on']:%Y-%m}, {row['of_before']:,} companies; each counts once a half-year.",
        "Companies and before: those that name the skill in the two half-years. Share with skill: their part of all companies "
        "of it. Change: of that share, with its 95 % interval.",
        f"{changed:,} of the {len(tested):,} skills that 10 companies name changed by more than their error, by Fisher's "
        "exact test; of those shown, one in twenty may be chance (Benjamini and Hochberg).",
    ]
