"""The figures of every page as one script, for the pages that compare whatever is asked for: Compare and Choose.

They are many, and a page opened from disk may not fetch a file, so both pages run this script once somebody asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from classifiers.tracks import TRACKS
from reports.site.market import Market
from reports.site.page import in_script
from reports.site.subject import Row, Subject

DIGITS = 7  # significant ones; more would only weigh
FIGURES = (
    "postings",
    "companies",
    "share",
    "share_low",
    "share_high",
    "pay_mid_usd",
    "pay_mid_low_usd",
    "pay_mid_high_usd",
)


def script(market: Market) -> str:
    """The figures of every page, as a script."""
    return in_script("trackmixFigures", every_figure(market))


def every_figure(market: Market) -> dict[str, Any]:
    """Every place and company with an opening of the six, by the path of its page: name, kind, FIGURES of each track."""
    hiring = [company for company in market.companies if company.basis["postings"]]
    pages = {subject.path: _told(subject) for subject in (market.world, *market.places, *hiring)}
    tracks = [[track.name, track.title] for track in TRACKS]
    return {"tracks": tracks, "pages": pages}


def figures(row: Row, names: Sequence[str]) -> list[Any]:
    """These figures of a row, as short as they may be."""
    return [_short(row[name]) for name in names]


def _told(subject: Subject) -> list[Any]:
    of_tracks = {row["track"]: row for row in subject.tracks}
    shown = FIGURES if subject.basis["postings"] else ("postings", "companies")
    return [subject.title, subject.kind, *(figures(of_tracks[track.name], shown) for track in TRACKS)]


def _short(value: Any) -> Any:
    return float(f"{value:.{DIGITS}g}") if isinstance(value, float) else value
