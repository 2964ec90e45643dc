"""The page of every open posting of the six tracks, to filter and sort; without scripts it shows the first.

A page opened from disk has nobody to ask, so a script carries the rows column by column, each name once, and
`static/fitting.js` answers from them as `trackmix openings` does. What is asked stands in the page's address.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any
from urllib.parse import urlencode

from classifiers.tracks import TITLES, TRACKS
from reports.openings import pay
from reports.show import printable, web_address
from reports.site.areas import WITHIN_KM, circles
from reports.site.market import Market
from reports.site.page import Page, in_script
from reports.site.subject import Row, Subject
from warehouse.store import ask

PAGE = "openings.html"
FIRST = 50  # openings that stand on the page without scripts, and that each press of "show more" adds
MOST_PLACES = 3  # named beside an opening; where it has more, their number is
LEVELS = ("early", "senior", "lead", "unknown")
TOLD = LEVELS[:-1]  # those that can be asked for
PLACE = ("country", "region", "city", "latitude", "longitude")


def pages(market: Market) -> Iterator[Page]:
    facts = {
        "first": told(market, list(market.openings)[:FIRST]),
        "company_paths": market.company_paths,
        "levels": TOLD,
    }
    yield Page(PAGE, PAGE, "Openings", facts)


def script(market: Market) -> str:
    """The rows of the page as a script."""
    return in_script(
        "trackmixOpenings", {**_areas(market), **columns(list(market.openings.values()), market.company_paths)}
    )


def address(subject: Subject, track: str | None = None, level: str | None = None, company: str | None = None) -> str:
    """Where the openings of a place or company stand, narrowed or not: `openings.html#country=DE&track=research`.

    A region is named with its country, a city with both. Of a level the page knows those in LEVELS that are told.
    """
    basis, name = subject.basis, subject.basis.get("name")
    asked: dict[str, Any] = {key: basis.get(key) for key in ("country", "region")}
    if subject.kind == "city":
        asked |= {"city": basis.get("city")}
    elif subject.kind in ("company", "metro", "wide_area"):
        asked = {subject.kind: name}
    elif subject.kind == "circle":
        asked |= {"city": basis.get("city"), "within_km": WITHIN_KM}
    elif subject.kind == "remote":
        asked = {"remote": 1}
    told = level if level in TOLD else None
    filled = {
        key: value
        for key, value in {"company": company, **asked, "track": track, "level": told}.items()
        if value is not None
    }
    return f"{PAGE}#{urlencode(filled)}" if filled else PAGE


def columns(rows: Sequence[Row], company_paths: Mapping[str, str]) -> dict[str, Any]:
    """Openings as the page's script reads them: a column each, in the order of the rows (`site/openings.sql`).

    Columns of words are lines of one text; those of a few kinds a digit a row; those of several numbers a row lines of
    them in base 36, for a browser reads a long text sooner than many lists. Numbers point into the lists of names.
    """
    companies = sorted({row["company"] for row in rows}, key=lambda name: (name.lower(), name))
    skills, places, starts = _Numbers(), _Numbers(), _Numbers()
    number = {name: at for at, name in enumerate(companies)}
    newest = rows[0]["published_on"] if rows else None
    urls = [(web_address(row["url"]) or "").rpartition("/") for row in rows]
    found = {
        "titles": _lines(printable(row["title"] or "") for row in rows),
        "url_starts_of": [starts[start + slash] for start, slash, _ in urls],
        "url_ends": _lines(printable(end) for _, _, end in urls),
        "companies_of": [number[row["company"]] for row in rows],
        "tracks_of": "".join(str(list(TITLES).index(row["track"])) for row in rows),
        "levels_of": "".join(str(LEVELS.index(row["seniority"])) for row in rows),
        "is_remote": "".join(str(int(row["is_remote"])) for row in rows),
        "pay_low_usd": [_short(row["pay_low_usd"]) for row in rows],
        "pay_high_usd": [_short(row["pay_high_usd"]) for row in rows],
        "days_before": [(newest - row["published_on"]).days for row in rows],
        "places_of": _lines(_base_36(places[_place(place)] for place in row["places"] or ()) for row in rows),
        "skills_of": _lines(_base_36(skills[skill] for skill in row["skills"] or ()) for row in rows),
        "ranges": {at: _ranges(row, places) for at, row in enumerate(rows) if row["ranges"]},
    }
    names = {"url_starts": list(starts), "places": list(places), "skills": list(skills), "companies": companies}
    told = {"tracks": [track.name for track in TRACKS], "titles_of_tracks": [track.title for track in TRACKS]}
    paths = [company_paths.get(company) for company in companies]
    return {**told, "levels": LEVELS, "newest": str(newest), **names, "company_paths": paths, **found}


class _Numbers(dict[Any, int]):
    """Numbers names from 0 as they come."""

    def __init__(self) -> None:
        super().__init__()
        self._next = count()

    def __missing__(self, name: Any) -> int:
        self[name] = next(self._next)
        return self[name]


def _areas(market: Market) -> dict[str, Any]:
    """Names of countries, the countries of wide areas, circles of metropolitan areas, and what else areas are called."""
    wide: dict[str, list[str]] = {}
    for area, part in ask(
        market.home, "select area, concat_ws(', ', country, region) from wide_areas order by all"
    ).rows:
        wide.setdefault(area, []).append(part)
    also: dict[str, list[str]] = {}
    for country, region, city, area, name in ask(market.home, "site/area_names").rows:
        also.setdefault(area or "|".join(part or "" for part in (country, region, city)), []).append(name)
    metros = [{"called": row["metro"], **row["scope"]} for row in circles(market.home, by_every_name=True)]
    kept = ("called", *PLACE, "within_km")
    return {
        "countries": market.country_names,
        "wide_areas": wide,
        "also": also,
        "metros": [{name: metro[name] for name in kept} for metro in metros],
    }


def told(market: Market, postings: Iterable[str]) -> list[dict[str, Any]]:
    """These openings as people read them; the page's script writes the same."""
    return [_told(market.openings[posting], market.country_names) for posting in postings]


def _told(row: Row, names: Mapping[str, str]) -> dict[str, Any]:
    places = sorted({place["city"] or place["region"] or names[place["country"]] for place in row["places"] or ()})
    more = len(places) - MOST_PLACES
    return {
        **{name: row[name] for name in ("company", "track", "is_remote", "published_on")},
        "title": printable(row["title"] or ""),
        "link": web_address(row["url"]),
        "where": ", ".join(places[:MOST_PLACES]) + (f" and {more} more" if more > 0 else ""),
        "level": "" if row["seniority"] == "unknown" else row["seniority"],
        "pay": pay(row["pay_low_usd"], row["pay_high_usd"]),
    }


def _ranges(row: Row, places: _Numbers) -> list[Any]:
    """Whether each posting of the job has pay of its own, then its ranges: place, low and high; no place is null."""
    tied = [(places[_place(one)] if one["country"] else None, one["low"], one["high"]) for one in row["ranges"]]
    return [int(row["is_of_several"]), *([at, _short(low), _short(high)] for at, low, high in tied)]


def _place(place: Row) -> tuple[Any, ...]:
    return tuple(place[name] for name in PLACE)


def _short(dollars: float | None) -> float | None:
    """Dollars to the cent, without a part where there is none."""
    return dollars if dollars is None else int(dollars) if dollars == int(dollars) else round(dollars, 2)


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(texts)


def _base_36(numbers: Iterable[int]) -> str:
    return " ".join(_digits(number) for number in numbers)


def _digits(number: int) -> str:
    rest, last = divmod(number, 36)
    return (_digits(rest) if rest else "") + "0123456789abcdefghijklmnopqrstuvwxyz"[last]
