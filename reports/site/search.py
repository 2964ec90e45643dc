"""What the search box finds: every place and company, each with its own page; of a place without an opening, what lies around."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from classifiers.tracks import TRACKS
from reports.names import folded
from reports.scope import metros
from reports.site.market import Market
from reports.site.places import KINDS
from reports.site.subject import Subject
from warehouse.store import ask

Entry = tuple[str, str, str, list[str]]  # its name, what tells it from others, the path of its page, other names
CITY_BEFORE = 5  # a city comes before other places of its name with up to so many times its openings


def script(market: Market) -> str:
    """The entries as a script: a page opened from disk may run one, but not fetch a file."""
    return f"window.trackmixFinds={_json(list(_entries(market)))};\nwindow.trackmixElsewhere={_json(_elsewhere(market))};\n"


def _json(value: Any) -> str:
    """JSON that may stand in a script: it must not end it, nor hold what only newer browsers take for a string."""
    words = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return words.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _entries(market: Market) -> Iterator[Entry]:
    """The likeliest first."""
    for track in TRACKS:
        yield track.title, "kind of work", f"tracks/{track.name}.html", []
    names = _other_names(market)
    for place in sorted(market.places, key=_weight, reverse=True):
        note = ", ".join(filter(None, (KINDS[place.kind].lower() if place.kind != "remote" else None, place.inside)))
        others = [name for name in names[_key(place.basis)] if name != folded(place.called)]
        yield place.called, f"{note + ', ' if note else ''}{place.basis['postings']:,} openings", place.path, others
    for company in market.companies:
        yield company.called, "company", company.path, []


def _weight(place: Subject) -> int:
    return int(place.basis["postings"]) * (CITY_BEFORE if place.kind in ("city", "country") else 1)


def _key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["country"], row["region"], row["city"], row["name"]


def _other_names(market: Market) -> dict[tuple[Any, ...], list[str]]:
    """What people commonly call the places that have a page."""
    names = defaultdict[tuple[Any, ...], list[str]](list)
    for row in ask(market.home, "site/other_names").records():
        names[_key(row)].append(row["called"])
    first = {(row["city"], row["country"], row["within_km"]): row["metro"] for row in reversed(metros().values())}
    for row in metros().values():
        names[row["country"], None, None, first[row["city"], row["country"], row["within_km"]]].append(
            folded(row["metro"])
        )
    return names


def _elsewhere(market: Market) -> list[tuple[str, str, Sequence[str]]]:
    """Large cities without an opening, under the smallest place around that has one: its name, its page, their names."""
    around: dict[str, tuple[str, str, list[str]]] = {}
    for city, region, country in ask(market.home, "site/empty_cities").rows:
        place = market.at(country, region) or market.at(country, None) or market.world
        around.setdefault(place.path, (place.title, place.path, []))[2].append(city)
    return list(around.values())
