"""What the search box finds: every place and company, and the page that tells most about it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from classifiers.tracks import TRACKS
from reports.scope import metros
from reports.site.market import Market
from warehouse.store import ask

Entry = tuple[str, str, str]  # its name, what tells it from others of that name, the path of its page


def script(market: Market) -> str:
    """The entries as a script: a page opened from disk may run one, but not fetch a file."""
    # an object in a script must not end it, nor hold what only newer browsers take for a string
    entries = json.dumps(list(dict.fromkeys(_entries(market))), ensure_ascii=True, separators=(",", ":"))
    return f"window.trackmixFinds={entries.replace('<', chr(92) + 'u003c')};\n"


def _entries(market: Market) -> Iterator[Entry]:
    for track in TRACKS:
        yield track.title, "track", f"tracks/{track.name}.html"
    for place in market.of_kind("remote", "country", "region", "metro"):
        yield place.called, place.inside or place.kind, place.path
    circles = {(row["city"], row["country"], row["within_km"]): row["metro"] for row in reversed(metros().values())}
    paths = {place.called: place.path for place in market.of_kind("metro")}
    for row in metros().values():
        if path := paths.get(circles[row["city"], row["country"], row["within_km"]]):
            yield row["metro"], "metro", path
    for company in market.companies:
        yield company.called, "company", company.path
    for city, region, country, country_name, _ in ask(market.home, "site/cities").rows:
        around = market.by_place.get(("region", country, region, None)) or market.by_place.get(
            ("country", country, None, None)
        )
        note = ", ".join(dict.fromkeys(filter(None, (region, country_name))))
        yield (
            city,
            note if around else f"{note}: no page of its own, see everywhere",
            around.path if around else "index.html",
        )
