"""The compare page: any places and companies side by side, track by track; without scripts, the largest."""

from __future__ import annotations

from collections.abc import Iterator

from reports.site.market import Market
from reports.site.page import Page
from reports.site.start import largest
from reports.site.subject import Subject

PAGE = "compare.html"
KINDS = ("country", "metro", "region", "city")
MOST = 12  # of each kind, those with the most openings


def pages(market: Market) -> Iterator[Page]:
    places = [place for kind in KINDS for place in market.of_kind(kind)[:MOST]]
    large = [market.world, *market.of_kind("remote"), *places, *largest(market)[:MOST]]
    subjects = [subject for subject in large if subject.basis["postings"]]
    yield Page(PAGE, PAGE, "Compare", {"subjects": subjects})


def address(subject: Subject) -> str:
    """Where a place or company is compared with another, which is still to be named."""
    return f"{PAGE}#with={subject.path}"
