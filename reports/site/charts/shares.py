"""Charts of shares, each with how sure it is and what it is held against."""

from __future__ import annotations

from collections.abc import Sequence

from classifiers.tracks import TITLES
from reports.site.charts.chart import LEAST, Chart, Scale, listed, scale, told
from reports.site.subject import Row, Subject

SHARE = ("share", "share_low", "share_high")
AROUND = tuple(f"{name}_around" for name in SHARE)  # of what a share is held against
MOST_PLACES = 8


def mix(subject: Subject, around: Subject) -> Chart | None:
    """The shares of the six, against those of what lies around it: its country, everywhere, or all companies."""
    if subject.basis["postings"] < LEAST:
        return None
    is_company = subject.kind == "company"
    beside = "at all companies" if is_company else "everywhere" if around.kind == "world" else "in the whole country"
    rows = [_beside(row, around.track(row["track"])) for row in subject.tracks]
    larger = [row["track"] for row in rows if row["share_low"] > row["share_high_around"]]
    smaller = [row["track"] for row in rows if row["share_high"] < row["share_low_around"]]
    sizes = (("larger", larger), ("smaller", smaller))
    says = " ".join(
        f"Surely a {size} part than {beside}: {listed([TITLES[track] for track in found])}."
        for size, found in sizes
        if found
    )
    says = says or f"No kind of work is surely a larger or smaller part than {beside}."
    title = f"{subject.called}: what is hired, beside {'all companies' if is_company else around.called}"
    return Chart("mix", "shares", title, says, ("track", "postings", *SHARE, *AROUND), rows, _of_shares(rows), beside)


def at_levels(track: str, levels: Sequence[Row]) -> Chart | None:
    """The share of one track among the openings of each level, against its share at all of them; the first row is all's."""
    everywhere, *rows = levels or [{"postings": 0}]
    if everywhere["postings"] < LEAST:
        return None
    rows = [_beside(row, everywhere) for row in rows]
    apart = [told("level", row["level"]) for row in rows if _is_apart(row)]
    says = (
        f"Surely another part than of all levels: {listed(apart)}."
        if apart
        else "No level is surely another part than all of them."
    )
    columns = ("level", "postings", *SHARE, *AROUND)
    return Chart(
        "levels",
        "shares",
        f"{TITLES[track]}: its part of the six, by level",
        says,
        columns,
        rows,
        _of_shares(rows),
        "at all levels",
    )


def shares_at(track: str, places: Sequence[Subject], everywhere: Row) -> Chart | None:
    """The share of one track in the places with the most openings of it, against its share everywhere."""
    if len(places) < LEAST:
        return None
    rows = [{**_beside(place.track(track), everywhere), "place": place.called} for place in places[:MOST_PLACES]]
    apart = [row["place"] for row in rows if _is_apart(row)]
    says = (
        f"Surely another part than everywhere: {listed(apart)}."
        if apart
        else "No country is surely another part than everywhere."
    )
    title = f"{TITLES[track]}: its part of the six, by country"
    return Chart(
        "where", "shares", title, says, ("place", "postings", *SHARE, *AROUND), rows, _of_shares(rows), "everywhere"
    )


def _beside(row: Row, around: Row) -> Row:
    """A share with the one it is held against, and how sure that one is."""
    return {**row, **{there: around[here] for here, there in zip(SHARE, AROUND, strict=True)}}


def _of_shares(rows: Sequence[Row]) -> Scale:
    return scale(max(max(row["share_high"], row["share_high_around"]) for row in rows))


def _is_apart(row: Row) -> bool:
    return bool(row["share_low"] > row["share_high_around"] or row["share_high"] < row["share_low_around"])
