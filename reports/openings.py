"""The openings behind an answer: what it counts, job by job, with the address where to read and apply."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from shlex import join
from typing import Any

from classifiers.tracks import TITLES
from reports.mix import sample_mark
from reports.scope import Only, Scope, ask_basis
from reports.show import Format, Told, show
from warehouse.answer import Answer
from warehouse.store import ask

Row = dict[str, Any]
FIRST = 10  # openings under another answer
IN_A_TABLE = 50  # openings that `trackmix openings` shows in a terminal, unless told otherwise


class Sort(StrEnum):
    """The order of openings: published last, best paid, by company, or surest of their track first."""

    newest = "newest"
    pay = "pay"
    company = "company"
    sure = "sure"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which openings of a scope: of a track, whose pay reaches `pay_from` US dollars a year, that name all of `words`."""

    track: str | None = None
    pay_from: int | None = None
    words: tuple[str, ...] = ()
    sort: Sort = Sort.newest

    def __str__(self) -> str:
        said = [TITLES[self.track]] if self.track else []
        said += [f"${self.pay_from / 1000:,g}k or more"] if self.pay_from else []
        return ", ".join((*said, *(f"“{word}”" for word in self.words)))


def ask_openings(home: Path, scope: Scope, wanted: Wanted, most: int | None = None) -> tuple[Answer, int]:
    """A row for each opening, and how many there are; with `most`, no more rows than that.

    An opening is an open job surely of one of the six tracks, one row whatever many places it names. City, region and
    country are of a place inside the scope where it names one. Pay is what it states for the scope, US dollars a year.
    """
    params = {
        "track": wanted.track,
        "pay_from": wanted.pay_from,
        "words": wanted.words,
        "sort": wanted.sort,
        "most": most,
    }
    found = ask(home, "questions/openings", {**scope.params(), **params})
    total = found.rows[0][-1] if found.rows else 0
    return Answer(found.columns[:-1], [row[:-1] for row in found.rows]), total


def show_openings(home: Path, scope: Scope, wanted: Wanted, limit: int | None, form: Format) -> None:
    """Print the openings: `limit` of them, 0 for all; without one, IN_A_TABLE in a table and all in another form."""
    most = (IN_A_TABLE if form is Format.table else None) if limit is None else limit or None
    told = tell_openings(home, scope, wanted, most)
    shown = _table(told.answer, scope, wanted) if form is Format.table else told.answer
    show(shown, form, told.title, told.notes, link="url")


def tell_openings(home: Path, scope: Scope, wanted: Wanted, most: int | None, rest: str = "all: --limit 0") -> Told:
    """The openings, no more than `most` of them; `rest` says how who asks gets the others."""
    answer, total = ask_openings(home, scope, wanted, most)
    basis = ask_basis(home, scope)
    called = ", ".join(filter(None, (scope.called, str(wanted))))
    more = f" The first {len(answer.rows):,} of them, {wanted.sort} first; {rest}." if len(answer.rows) < total else ""
    notes = [
        f"{_openings(total)}.{more} Last seen {basis['seen_from']} to {basis['seen_to']}."
        if total
        else "No opening fits.",
        "Sure: how probable the model holds the track to be. Days: from the day it was published, or first seen, to the day "
        "it was last seen. Pay: the range it states for the place asked about, US dollars a year.",
    ]
    if scope.others:
        notes.append(f"The name also fits: {'; '.join(scope.others)}.")
    return Told(answer, f"{sample_mark(basis)}{called}: openings", notes)


def show_first(home: Path, scope: Scope, track: str | None, asked: Sequence[str]) -> None:
    """Print the newest openings under a table that counts them; `asked` are the words that ask for all of them."""
    wanted = Wanted(track)
    answer, total = ask_openings(home, scope, wanted, FIRST)
    if not total:
        return
    words = [*asked, *(["--track", track] if track else []), *_options(scope.only)]
    said = f"{len(answer.rows)} of {_openings(total)}; all of them: trackmix openings {join(words)}"
    title = "Newest openings" + (f", {TITLES[track]}" if track else "")
    show(_table(answer, scope, wanted), Format.table, title, [said], link="url", is_short=True)


def _openings(count: int) -> str:
    return "1 opening" if count == 1 else f"{count:,} openings"


def _options(only: Only) -> list[str]:
    """The options that narrow a question so."""
    words = ["--level", only.level] if only.level else []
    words += ["--remote"] if only.is_remote else []
    words += ["--since", str(only.since)] if only.since else []
    return words + (["--until", str(only.until)] if only.until else [])


def _table(answer: Answer, scope: Scope, wanted: Wanted) -> Answer:
    """The columns for people, without those that are the same in every row; a table fits a hundred characters."""
    same = {"company"} if scope.kind == "company" else set()
    same |= {"track"} if wanted.track else set()
    rows = [{name: cell for name, cell in _cells(row).items() if name not in same} for row in answer.records()]
    return Answer(list(rows[0]) if rows else ["opening"], [tuple(row.values()) for row in rows])


def _cells(row: Row) -> Row:
    return {
        "opening": row["title"],
        "company": row["company"],
        "place": _place(row),
        "level": "" if row["seniority"] == "unknown" else row["seniority"],
        "pay": pay(row["pay_low_usd"], row["pay_high_usd"]),
        "track": TITLES[row["track"]],
        "sure": f"{row['probability']:.0%}",
        "days": _days(row),
        "url": row["url"],
    }


def _place(row: Row) -> str:
    place = row["city"] or row["region"] or row["country"]
    return ", ".join(filter(None, (place, "remote" if row["is_remote"] else None)))


def _days(row: Row) -> int:
    """How long it has been open, as far as that was seen."""
    return int((row["last_seen_on"] - (row["posted_on"] or row["first_seen_on"])).days)


def pay(low: float | None, high: float | None) -> str:
    """A range of pay in thousands of US dollars, such as $180–220k."""
    if low is None or high is None:
        return ""
    ends = dict.fromkeys(f"{end / 1000:,.0f}" for end in (low, high))
    return f"${'–'.join(ends)}k"
