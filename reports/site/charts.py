"""The charts of a page: what each draws, on one scale from 0 whose axis is labelled, and what one sees in it.

`templates/charts.html` draws them. A place along an axis is in per cent of the drawing, not in pixels, so that every screen lays a
chart out anew and its words keep their size.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from classifiers.guide import PAY_COUNTRY, PAY_KIND, PROFILES, Band
from classifiers.tracks import TITLES
from reports.show import thousands
from reports.site.subject import Row, Subject

LEAST = 3  # openings, stated pay, places or readings from which on a drawing says more than words
MOST_TICKS = 5  # of an axis, beside its 0; of pay, whose words are longer, one less
MOST_PLACES = 8  # in a chart of where
LEVELS = ("early", "senior", "lead")
SHARE = ("postings", "share", "share_low", "share_high")
PAY = ("postings", "with_pay", "pay_mid_usd", "pay_mid_low_usd", "pay_mid_high_usd")
GUIDE = ("guide_low_usd", "guide_high_usd")
COLUMNS = {  # how a table's head calls a column; a CSV calls it as the tables do
    "track": "Kind of work", "level": "Level", "place": "Place", "of": "Of", "postings": "Openings", "companies": "Companies",
    "share": "Share", "share_low": "19 in 20: from", "share_high": "19 in 20: to", "share_around": "Share around",
    "with_pay": "State pay", "pay_mid_usd": "Middle of the pay", "pay_mid_low_usd": "19 in 20: from",
    "pay_mid_high_usd": "19 in 20: to", "guide_low_usd": "The guide, from", "guide_high_usd": "The guide, to",
    "early": "Early", "senior": "Senior", "lead": "Lead", "unknown": "Not said", "read_on": "Read on", "open": "Open",
    "opened": "Opened", "closed": "Closed", "is_next": "Read the week before", "month_on": "Month", "of_postings": "Of",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from 0 to `most`, with a tick every `step`."""

    most: float
    step: float

    def at(self, value: float, start: float = 0, end: float = 100) -> float:
        """Where a value lies on an axis that begins and ends there, in per cent of the drawing."""
        return round(start + (end - start) * value / self.most, 1)

    @property
    def ticks(self) -> list[float]:
        """The values that the axis names."""
        return [self.step * number for number in range(round(self.most / self.step) + 1)]


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart. `form` is the macro that draws it; the table has the `columns` of the `rows` that are drawn."""

    name: str
    form: str
    title: str
    says: str
    columns: tuple[str, ...]
    rows: Sequence[Row]
    scale: Scale
    mark: str = ""  # what the upright marks are

    @property
    def heads(self) -> list[tuple[str, str]]:
        """The columns of its table, each with its name there and its name for people."""
        return [(column, COLUMNS[column]) for column in self.columns]


def scale(most: float, whole: bool = False, ticks: int = MOST_TICKS) -> Scale:
    """The shortest axis with so many round ticks or fewer that holds this value; the ticks of counts are `whole`."""
    power = 10.0 ** math.floor(math.log10(most / ticks))
    steps = [power * ten * factor for ten in (1, 10) for factor in ((1, 2, 5) if whole else (1, 2, 2.5, 5))]
    step = next(step for step in steps if math.ceil(most / step - 1e-9) <= ticks and (step >= 1 or not whole))
    return Scale(step * math.ceil(most / step - 1e-9), step)


def mix(subject: Subject, around: Subject) -> Chart | None:
    """The shares of the six, against those of what lies around it: its country, everywhere, or all companies."""
    if subject.basis["postings"] < LEAST:
        return None
    is_company = subject.kind == "company"
    beside = "at all companies" if is_company else "everywhere" if around.kind == "world" else "in the whole country"
    rows = [{**row, "share_around": around.track(row["track"])["share"]} for row in subject.tracks]
    larger = [row["track"] for row in rows if row["share_low"] > around.track(row["track"])["share_high"]]
    smaller = [row["track"] for row in rows if row["share_high"] < around.track(row["track"])["share_low"]]
    sizes = (("larger", larger), ("smaller", smaller))
    says = " ".join(f"Surely a {size} part than {beside}: {_titles(found)}." for size, found in sizes if found)
    says = says or f"No kind of work is surely a larger or smaller part than {beside}."
    title = f"{subject.called}: what is hired, beside {'all companies' if is_company else around.called}"
    return Chart("mix", "shares", title, says, ("track", *SHARE, "share_around"), rows, _of_shares(rows), beside)


def at_levels(track: str, levels: Sequence[Row]) -> Chart | None:
    """The share of one track among the openings of each level, against its share at all of them; the first row is all's."""
    everywhere, *rows = levels or [{"postings": 0}]
    if everywhere["postings"] < LEAST:
        return None
    rows = [{**row, "share_around": everywhere["share"]} for row in rows]
    apart = [row["level"] for row in rows if _are_apart(row, everywhere)]
    says = f"Surely another part than of all levels: {', '.join(apart)}." if apart else "No level is surely another part than all of them."
    columns = ("level", *SHARE, "share_around")
    return Chart("levels", "shares", f"{TITLES[track]}: its part of the six, by level", says, columns, rows, _of_shares(rows), "at all levels")


def pay(subject: Subject, levels: Mapping[str, Sequence[Row]]) -> Chart | None:
    """Pay by track, and by level where that is known, where some state it; in the guide's country with its bands."""
    if subject.basis["with_pay"] < LEAST:
        return None
    is_guided = subject.basis.get("country") == PAY_COUNTRY
    rows: list[Row] = []
    for row in subject.tracks:
        at_level = [one for one in levels.get(row["track"], []) if one["level"] in LEVELS]
        stated = [{"level": "all", **row}, *at_level]
        of_track = [{**one, "of": TITLES[row["track"]], **_guided(one, is_guided)} for one in stated if one["with_pay"]]
        rows += of_track[:1] if len(of_track) == 2 and of_track[1]["postings"] == row["postings"] else of_track
    return _pay(f"{subject.called}: pay, US dollars a year", _stated(subject.basis), "track", rows, is_guided)


def track_pay(track: str, places: Sequence[tuple[Subject, Sequence[Row]]]) -> Chart | None:
    """The pay of one track by level in some places, each with its levels; the guide's bands stand in its country."""
    rows: list[Row] = []
    for place, levels in places:
        is_guided = place.basis.get("country") == PAY_COUNTRY
        found = [{"level": "all", **place.track(track)}, *(row for row in levels if row["level"] in LEVELS)]
        rows += [{**row, "of": place.called.capitalize(), **_guided(row, is_guided)} for row in found if row["with_pay"]]
    if not rows or places[0][0].track(track)["with_pay"] < LEAST:
        return None
    return _pay(f"{TITLES[track]}: pay by level, US dollars a year", _stated(places[0][0].track(track)), "of", rows, True)


def levels(subject: Subject) -> Chart | None:
    """How many openings of each track are for which level."""
    basis = subject.basis
    if basis["postings"] < LEAST:
        return None
    rows = [{**row, "unknown": row["postings"] - sum(row[level] for level in LEVELS)} for row in subject.tracks]
    unknown = sum(row["unknown"] for row in rows)
    says = (
        f"Of {basis['postings']:,} openings, {basis['early']:,} are for an early career, {basis['senior']:,} senior and "
        f"{basis['lead']:,} lead; {unknown:,} {'does' if unknown == 1 else 'do'} not say."
    )
    most = max(row[level] for row in rows for level in (*LEVELS, "unknown"))
    columns = ("track", "postings", *LEVELS, "unknown")
    return Chart("levels", "counts", f"{subject.called}: openings by level", says, columns, rows, scale(most, whole=True))


def where(subject: Subject, counted: Sequence[tuple[str, int]]) -> Chart | None:
    """The places with the most openings, each with how many name it."""
    if len(counted) < LEAST or subject.basis["postings"] < LEAST:
        return None
    rows = [{"place": place, "postings": postings} for place, postings in counted[:MOST_PLACES]]
    cut = f" The {MOST_PLACES} largest of {len(counted):,} are drawn." if len(counted) > MOST_PLACES else ""
    says = f"{rows[0]['postings']:,} of {subject.basis['postings']:,} openings name {rows[0]['place']}.{cut}"
    title = f"{subject.called}: {'where it hires' if subject.kind == 'company' else 'where inside'}"
    return Chart("where", "places", title, says, ("place", "postings"), rows, scale(rows[0]["postings"], whole=True))


def _pay(title: str, says: str, groups: str, rows: Sequence[Row], is_guided: bool) -> Chart:
    most = max(row[name] or 0 for row in rows for name in ("pay_mid_high_usd", "guide_high_usd"))
    columns = (groups, "level", *PAY, *(GUIDE if is_guided else ()))
    says = f"{says} {PAY_KIND}" if is_guided else says
    return Chart("pay", "pays", title, says, columns, rows, scale(most, ticks=MOST_TICKS - 1), "the guide" if is_guided else "")


def _guided(row: Row, is_guided: bool) -> dict[str, Any]:
    """The guide's band for the track and level of a row, if it has one for that place."""
    profile = PROFILES[row["track"]]
    band: Band | None = {"early": profile.early, "senior": profile.senior}.get(row["level"]) if is_guided else None
    return {"guide_low_usd": band and band.low_usd, "guide_high_usd": band and band.high_usd}


def _stated(row: Row) -> str:
    some = "states" if row["with_pay"] == 1 else "state"
    return (
        f"{row['with_pay']:,} of {row['postings']:,} openings {some} pay, {thousands(row['pay_least_usd'], row['pay_most_usd'])}."
    )


def _of_shares(rows: Sequence[Row]) -> Scale:
    return scale(max(max(row["share_high"], row["share_around"]) for row in rows))


def _are_apart(one: Row, other: Row) -> bool:
    return bool(one["share_low"] > other["share_high"] or one["share_high"] < other["share_low"])


def _titles(tracks: Sequence[str]) -> str:
    *first, last = (TITLES[track] for track in tracks)
    return f"{', '.join(first)} and {last}" if first else last
