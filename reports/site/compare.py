"""The compare page: places and companies side by side, track by track."""

from __future__ import annotations

from collections.abc import Iterator

from reports.site.market import Market
from reports.site.page import Page
from reports.site.start import largest

MOST = 40  # of each kind, those with the most postings


def pages(market: Market) -> Iterator[Page]:
    large = [
        market.world,
        *market.of_kind("remote"),
        *market.of_kind("country")[:MOST],
        *market.of_kind("region", "metro")[:MOST],
        *largest(market)[:MOST],
    ]
    subjects = [subject for subject in large if subject.basis["postings"]]
    yield Page("compare.html", "compare.html", "Compare", {"subjects": subjects})
