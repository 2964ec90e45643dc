"""The claims page: what the guide says of the tracks, held against the postings."""

from __future__ import annotations

from collections.abc import Iterator

from reports.claims import against_told, claims, figure_told, probability_told
from reports.site.market import Market
from reports.site.page import Page
from reports.verdict import RULE, Verdict


def pages(market: Market) -> Iterator[Page]:
    judged = claims(market.home)
    counts = {verdict: sum(one.verdict is verdict for one in judged) for verdict in Verdict}
    words = {"figure_told": figure_told, "against_told": against_told, "probability_told": probability_told}
    yield Page("claims.html", "claims.html", "Claims", {"judged": judged, "counts": counts, "rule": RULE, **words})
