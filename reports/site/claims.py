"""The claims page: what the guide says of the tracks, held against the postings."""

from __future__ import annotations

from collections.abc import Iterator

from reports.claims import RULE, Verdict, claims, of, told
from reports.site.market import Market
from reports.site.page import Page


def pages(market: Market) -> Iterator[Page]:
    tested = claims(market.home)
    counts = {verdict: sum(claim.verdict is verdict for claim in tested) for verdict in Verdict}
    facts = {"claims": tested, "counts": counts, "rule": RULE, "told": told, "of": of}
    yield Page("claims.html", "claims.html", "Claims", facts)
