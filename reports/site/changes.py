"""The page of what changed since the reading before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reports.changes import KINDS, Part, ask_changes, counts, paid, since_of
from reports.scope import WORLD
from reports.show import web_address
from reports.site.cite import Rows
from reports.site.market import Market
from reports.site.page import Page
from reports.site.subject import Row

PAGE = "changes.html"
MOST = 100  # openings that changed in one way; of more, the newest


def pages(market: Market) -> Iterator[Page]:
    since = since_of(market.home, WORLD)
    openings, moves, companies = (ask_changes(market.home, WORLD, since, part) for part in Part)
    rows = [{**row, **_told(row, market)} for row in openings.records()]
    facts = {
        "since": since,
        "counts": counts(openings),
        "changed": {kind: [row for row in rows if row["change"] == kind][:MOST] for kind in KINDS},
        "moves": moves.records(),
        "new": companies.records(),
    }
    yield Page(PAGE, PAGE, "Changes", facts, rows=Rows(None, "trackmix changes"))


def _told(row: Row, market: Market) -> dict[str, Any]:
    where = row["city"] or row["region"] or market.country_names.get(row["country"], row["country"])
    return {"link": web_address(row["url"]), "where": where, "pay": paid(dict(row))}
