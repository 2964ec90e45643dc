"""The page that ranks the six tracks for whoever answers three questions; the rule is that of `reports.choose`.

A page opened from disk has nobody to ask, so it carries the tables of `choose_table` and works the ranking out itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from reports.choose import ALIKE, choose_table
from reports.site.market import Market
from reports.site.page import Page

PLACE = ("kind", "country", "region", "city")
DIGITS = 6  # of the limits of a share; more would only weigh


def pages(market: Market) -> Iterator[Page]:
    table = choose_table(market.home)
    fits: dict[str, dict[str, list[Any]]] = {"background": defaultdict(list), "day": defaultdict(list)}
    for fit in table["fits"]:
        fits[fit["question"]][fit["answer"]].append(fit)
    yield Page("choose.html", "choose.html", "Choose", {"table": table, "fits": fits, "data": _data(market, table)})


def _data(market: Market, table: Mapping[str, Any]) -> dict[str, Any]:
    """The tables as `choose.js` reads them: openings by track of each area, those with the most first, and company."""
    areas = [
        _area(market, list(rows)) for _, rows in groupby(table["areas"], key=lambda row: [row[key] for key in PLACE])
    ]
    companies: dict[str, dict[str, int]] = defaultdict(dict)
    for row in table["companies"]:
        companies[row["company"]][row["track"]] = row["postings"]
    return {
        **table,
        "alike": ALIKE,
        "tracks": [{"name": name, "title": title} for name, title in table["tracks"].items()],
        "areas": sorted(areas, key=lambda area: -sum(area["postings"].values())),
        "companies": companies,
    }


def _area(market: Market, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """An area as it is picked by its name; `page` is that of the area, else of the smallest around it that has one."""
    kind, country, region, city = (rows[0][key] for key in PLACE)
    keys = [(kind, country, region, city), ("region", country, region, None), ("country", country, None, None)]
    around = [found for key in keys if (found := market.by_place.get(key))]
    inside = next((place.called for place in around if place.kind == "country"), country)
    names = {"world": ["everywhere"], "remote": ["Remote"]}.get(kind, [city, region, inside])
    return {
        "kind": kind,
        "called": ", ".join(name for name in names if name),
        "page": around[0].path if around else market.world.path,
        "postings": {row["track"]: row["postings"] for row in rows},
        "companies": {row["track"]: row["companies"] for row in rows},
        "limits": {row["track"]: [round(row["share_low"], DIGITS), round(row["share_high"], DIGITS)] for row in rows},
    }
