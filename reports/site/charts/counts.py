"""Charts of counts: openings by level, by place, and on a map."""

from __future__ import annotations

from collections.abc import Sequence

from reports.site.charts.chart import LEAST, LEVELS, Chart, scale
from reports.site.market import MOST_DOTS
from reports.site.subject import Row, Subject

MOST_PLACES = 8


def levels(subject: Subject) -> Chart | None:
    """How many openings of each track are for which level, where some say so."""
    basis = subject.basis
    if sum(basis[level] for level in LEVELS) < LEAST:
        return None
    rows = [{**row, "unknown": row["postings"] - sum(row[level] for level in LEVELS)} for row in subject.tracks]
    unknown = sum(row["unknown"] for row in rows)
    says = (
        f"Of {basis['postings']:,} openings: early career {basis['early']:,}, senior {basis['senior']:,}, lead {basis['lead']:,}, "
        f"not said {unknown:,}."
    )
    most = max(row[level] for row in rows for level in (*LEVELS, "unknown"))
    columns = ("track", "postings", *LEVELS, "unknown")
    return Chart(
        "levels", "counts", f"{subject.called}: openings by level", says, columns, rows, scale(most, whole=True)
    )


def where(subject: Subject, counted: Sequence[tuple[str, int]]) -> Chart | None:
    """The places with the most openings, each with how many name it."""
    if len(counted) < LEAST or subject.basis["postings"] < LEAST:
        return None
    rows: list[Row] = [{"place": place, "postings": postings} for place, postings in counted[:MOST_PLACES]]
    cut = f" The {MOST_PLACES} largest of {len(counted):,} are drawn." if len(counted) > MOST_PLACES else ""
    says = f"{rows[0]['postings']:,} of {subject.basis['postings']:,} openings name {rows[0]['place']}.{cut}"
    title = f"{subject.called}: {'where it hires' if subject.kind == 'company' else 'where inside'}"
    return Chart("where", "places", title, says, ("place", "postings"), rows, scale(rows[0]["postings"], whole=True))


def spots(called: str, postings: int, dots: Sequence[Row]) -> Chart | None:
    """A map of the places that openings name, the largest first."""
    if not dots:
        return None
    rows: list[Row] = [
        {**dot, "place": dot["city"] or f"{dot['region'] or dot['country_name']}, no city"} for dot in dots
    ]
    cities = [row for row in rows if row["city"]]
    most = f"{cities[0]['postings']:,} of {postings:,} openings name {cities[0]['city']}. " if cities else ""
    cut = f" The {len(rows)} largest are drawn." if len(rows) == MOST_DOTS else ""
    says = (
        f"{most}A dot is a city, its area the openings that name it; a ring is what names a region or country and no city "
        f"in it.{cut}"
    )
    columns = ("place", "country_name", "postings", "companies")
    largest = scale((cities or rows)[0]["postings"], whole=True, ticks=2)
    return Chart("map", "map", f"{called}: where openings are", says, columns, rows, largest)
