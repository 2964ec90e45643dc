"""Everything the pages show, asked once for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any

from classifiers.tracks import TRACKS
from reports.openings import FIRST
from reports.scope import Scope, ask_label_shift
from reports.site.areas import circles, estimates, unkept
from reports.site.page import Names
from reports.site.subject import Row, Subject, empty, subject
from warehouse.store import ask

FOLDERS = {"company": "companies", "metro": "metros", "city": "cities", "wide_area": "areas"}  # the others are regions
OF_A_COMPANY = 2  # openings at one company that come before those of others in the list of a place
MOST_DOTS = 200  # on one map, those with the most postings
KEY = ("kind", "country", "region", "city", "name")
SKILLS = """select d.*, premium, premium_low, premium_high from skill_demand d left join skill_pay using (skill)
order by country, track, d.postings desc, skill"""
INSIDE = ("region", "city", "metro")  # kinds that are told apart by their country
OF_COUNTRIES = ("country", "region", "city")  # kinds called on disk by the code of their country, then by their names
NO_COMPANY = ""  # called so by nobody: its estimates are those of every company without an opening


class Market:
    """The published warehouse of a home folder, as the site shows it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.world = empty("world", "everywhere", "index.html")
        self.places: list[Subject] = []
        self.companies: list[Subject] = []
        self.around: dict[tuple[str | None, ...], Subject] = {}  # what lies around a city: no page of its own
        self.metropolitan = circles(home)
        self.reading: Row = ask(home, "run/last_reading").records()[0]
        self.skills_from: int = ask(home, "select least_for_skills()").rows[0][0]
        self.models: list[str] = [
            str(row[0]) for row in ask(home, "select distinct model_version from labels order by 1").rows
        ]
        self.credits: list[str] = [row[0] for row in ask(home, "run/credits").rows]
        for found in self._subjects():
            if found.kind == "world":
                self.world = found
            elif found.kind == "company":
                self.companies.append(found)
            elif found.kind == "circle":
                self.around[_key(found.basis)[1:4]] = found
            elif found.basis["postings"]:
                self.places.append(found)
        self.by_place = {_key(place.basis): place for place in self.places}
        self.company_paths = {s.called: s.path for s in self.companies}

    def _subjects(self) -> Iterator[Subject]:
        areas = unkept(self.home, self.metropolitan)
        nobody = Scope("company", NO_COMPANY, company=NO_COMPANY).params()["scope"]
        found = estimates(self.home, [*(area["scope"] for area in areas), nobody])
        by_area = {_key(area): of_area for area, of_area in zip(areas, found, strict=False)}
        shift, names = ask_label_shift(self.home), defaultdict[str, Names](Names)
        records = ask(self.home, "site/mix", {"areas": areas, "most": FIRST, "of_a_company": OF_A_COMPANY}).records()
        for key, group in groupby(records, key=_key):
            basis, *tracks = group
            if tracks[0]["share"] is None:
                own = by_area.get(key, found[-1])
                tracks = [{**row, **_only_estimated(own[row["track"]])} for row in tracks]
            yield _subject([basis, *tracks], names, shift)

    @cached_property
    def months(self) -> dict[str, list[Row]]:
        """Each track's months, from the first to the last."""
        return _by(ask(self.home, "from demand_by_month order by track, month_on").records(), "track")

    @cached_property
    def weeks(self) -> dict[str, list[Row]]:
        """What the runs saw open and close of each track and of `all`, week by week."""
        return _by(ask(self.home, "from demand_by_week order by week_on").records(), "track")

    @cached_property
    def readings(self) -> list[date]:
        """The Mondays of the weeks in which boards were read."""
        return [row[0] for row in ask(self.home, "site/readings").rows]

    @cached_property
    def _levels(self) -> dict[tuple[Any, ...], list[Row]]:
        rows = defaultdict[tuple[Any, ...], list[Row]](list)
        for row in ask(self.home, "site/levels").records():
            rows[_key(row)].append(row)
        return rows

    def levels(self, subject: Subject) -> dict[str, list[Row]]:
        """Each track's levels in a place, where one has an opening; everywhere each of them, after all levels together."""
        return _by(self._levels.get(_key(subject.basis), []), "track")

    @cached_property
    def skills(self) -> dict[str | None, dict[str, list[Row]]]:
        """The skills that each track's postings name, those named most first, of each country and, under None, everywhere."""
        rows: dict[str | None, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
        for row in ask(self.home, SKILLS).records():
            rows[row["country"]][row["track"]].append(row)
        return rows

    @cached_property
    def rising(self) -> dict[str, Sequence[Row]]:
        """The skills of each track that could be compared over the last two half-years, those that rise most first."""
        return {t.name: ask(self.home, "questions/skills_rising", {"track": t.name}).records() for t in TRACKS}

    @cached_property
    def distinct(self) -> dict[str, list[Row]]:
        """The skills that each company names more often than others do."""
        return _by(ask(self.home, "site/distinct").records(), "company")

    @cached_property
    def time_open(self) -> dict[str, Row]:
        """How long each track's postings stay open."""
        return {row["track"]: row for row in ask(self.home, "from time_open").records()}

    @cached_property
    def dots(self) -> dict[str, list[Row]]:
        """Each track's dots on the map, and those of `all`, the largest first."""
        dots = _by(ask(self.home, "site/dots").records(), "track")
        return {track: rows[:MOST_DOTS] for track, rows in dots.items()}

    @cached_property
    def country_names(self) -> dict[str, str]:
        """The countries by their codes."""
        return dict(ask(self.home, "select country, name from countries order by country").rows)

    @cached_property
    def openings(self) -> dict[str, Row]:
        """The openings of the six tracks, by `posting_id`, the newest first, with their places, skills and ranges of pay."""
        return {row["posting_id"]: row for row in ask(self.home, "site/openings").records()}

    @cached_property
    def of_company(self) -> dict[str, list[Row]]:
        """The openings of each company, the newest first."""
        return _by(list(self.openings.values()), "company")

    def at(self, country: str | None, region: str | None) -> Subject | None:
        """A country, or a region of it, if it has a page."""
        return self.by_place.get(("region" if region else "country", country, region, None, None))

    def of_kind(self, *kinds: str) -> list[Subject]:
        """The places of these kinds that have a page, those with the most postings first."""
        found = [place for place in self.places if place.kind in kinds]
        return sorted(found, key=lambda place: (-place.basis["postings"], place.called))


def _key(row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in KEY)


def _subject(rows: Sequence[Row], names: dict[str, Names], shift: Mapping[str, float]) -> Subject:
    row = rows[0]
    kind, country, region, city, name = _key(row)
    called = {"world": "everywhere", "remote": "Remote", "country": row["country_name"], "region": region, "city": city}
    inside = [region if kind == "city" and region != city else None, row["country_name"] if kind in INSIDE else None]
    folder = FOLDERS.get(kind, "regions")
    word = " ".join(filter(None, (country, region, city))) if kind in OF_COUNTRIES else name or kind
    path = "index.html" if kind in ("world", "circle") else f"{folder}/{names[folder].give(word)}.html"
    return subject(
        kind, called.get(kind) or name or city or country, ", ".join(filter(None, inside)), path, rows, shift
    )


def _only_estimated(row: Row) -> Row:
    """The columns of an estimate that are no counts."""
    return {name: value for name, value in row.items() if name.startswith(("share", "worth", "pay_mid", "parent_"))}


def _by(records: Sequence[Row], column: str) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in records:
        rows[row[column]].append(row)
    return rows
