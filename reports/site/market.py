"""Everything the pages show, asked once for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import groupby
from pathlib import Path

from classifiers.tracks import TRACKS
from reports.scope import Scope, metros
from reports.site.page import Names
from reports.site.subject import Row, Subject, empty, subject
from warehouse.store import ask

FOLDERS = {"company": "companies", "metro": "metros"}  # the others are regions
PAGE_FROM = {"postings": 5, "companies": 3}  # a place has a page of its own from so many on
MOST_DOTS = 200  # on one map, those with the most postings
KEY = ("kind", "country", "region", "name")
SKILLS = "from skill_demand order by country, track, postings desc, skill"
NO_COMPANY = ""  # called so by nobody: its estimates are those of every company without an opening


class Market:
    """The published warehouse of a home folder, as the site shows it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.world = empty("world", "everywhere", "index.html")
        self.places: list[Subject] = []
        self.companies: list[Subject] = []
        self.reading: Row = ask(home, "run/last_reading").records()[0]
        self.skills_from: int = ask(home, "select least_for_skills()").rows[0][0]
        self.credits: list[str] = [row[0] for row in ask(home, "run/credits").rows]
        for found in self._subjects():
            if found.kind == "world":
                self.world = found
            elif found.kind == "company":
                self.companies.append(found)
            elif all(found.basis[name] >= least for name, least in PAGE_FROM.items()):
                self.places.append(found)
        self.by_place = {(s.kind, s.basis["country"], s.basis["region"], s.basis["name"]): s for s in self.places}
        self.company_paths = {s.called: s.path for s in self.companies}

    def _subjects(self) -> Iterator[Subject]:
        circles = self._circles()
        estimates, shift = self._estimates(circles), self._shift()
        names: dict[str, Names] = defaultdict(Names)
        records = ask(self.home, "site/mix", {"circles": circles}).records()
        for _, group in groupby(records, key=lambda row: tuple(row[key] for key in KEY)):
            basis, *tracks = group
            if tracks[0]["share"] is None:
                found = estimates[basis["name"] if basis["kind"] == "metro" else NO_COMPANY]
                tracks = [{**row, **_only_estimated(found[row["track"]])} for row in tracks]
            yield _subject([basis, *tracks], names, shift)

    def _circles(self) -> Sequence[Row]:
        """The metropolitan areas as scopes, each under one of its names."""
        circles = {(row["city"], row["country"], float(row["within_km"])): row for row in reversed(metros().values())}
        asked = {
            "metros": [row["metro"] for row in circles.values()],
            "cities": [city for city, _, _ in circles],
            "countries": [country for _, country, _ in circles],
            "kilometres": [kilometres for _, _, kilometres in circles],
        }
        return ask(self.home, "site/circles", asked).records()

    def _estimates(self, circles: Sequence[Row]) -> dict[str, dict[str, Row]]:
        """The estimates, by track, that no table keeps: those of the circles, and of a company without an opening."""
        from warehouse.cells import estimates_from

        nobody = Scope("company", NO_COMPANY, company=NO_COMPANY).params()["scope"]
        scopes = [*(circle["scope"] for circle in circles), nobody]
        called = {(row["scope"]["country"], row["scope"]["city"]): row["metro"] for row in circles}
        found: dict[str, dict[str, Row]] = defaultdict(dict)
        for row in estimates_from(partial(ask, self.home), "site/cells", {"scopes": scopes}):
            if row["kind"] in ("city", "company"):
                found[called.get((row["country"], row["city"]), NO_COMPANY)][row["track"]] = row
        return found

    def _shift(self) -> dict[str, float]:
        """The standard error of each track's share by wrong labels."""
        return dict(ask(self.home, "select of_what, value from priors where parameter = 'label_shift'").rows)

    @cached_property
    def months(self) -> dict[str, list[Row]]:
        """Each track's months, from the first to the last."""
        return _by(ask(self.home, "from demand_by_month order by track, month_on").records(), "track")

    @cached_property
    def weeks(self) -> Sequence[Row]:
        """What the runs saw open and close, week by week, of all six together."""
        return ask(self.home, "from demand_by_week where track = 'all' order by week_on").records()

    @cached_property
    def levels(self) -> dict[str, list[Row]]:
        """Each track at all levels, then level by level."""
        return _by(ask(self.home, "site/levels").records(), "track")

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
    def postings(self) -> dict[str, list[Row]]:
        """The open postings of the six tracks of each company."""
        return _by(ask(self.home, "site/postings").records(), "company")

    @cached_property
    def openings(self) -> Sequence[Row]:
        """The open postings of the six tracks, the newest first, with their places, skills and ranges of pay."""
        return ask(self.home, "site/openings").records()

    def at(self, country: str | None, region: str | None) -> Subject | None:
        """A country, or a region of it, if it has a page."""
        return self.by_place.get(("region" if region else "country", country, region, None))

    def of_kind(self, *kinds: str) -> list[Subject]:
        """The places of these kinds that have a page, those with the most postings first."""
        found = [place for place in self.places if place.kind in kinds]
        return sorted(found, key=lambda place: (-place.basis["postings"], place.called))


def _subject(rows: Sequence[Row], names: dict[str, Names], shift: Mapping[str, float]) -> Subject:
    row = rows[0]
    kind, country, region, name = (row[key] for key in KEY)
    called = {"world": "everywhere", "remote": "Remote", "country": row["country_name"], "region": region}.get(
        kind, name
    )
    inside = row["country_name"] if kind in ("region", "metro") else ""
    if kind == "world":
        return subject(kind, called, inside, "index.html", rows, shift)
    folder = FOLDERS.get(kind, "regions")
    word = " ".join(filter(None, (country, region))) if folder == "regions" and country else name or kind
    return subject(kind, called or country, inside or "", f"{folder}/{names[folder].give(word)}.html", rows, shift)


def _only_estimated(row: Row) -> Row:
    """The columns of an estimate that are no counts."""
    return {name: value for name, value in row.items() if name.startswith(("share", "worth", "pay_mid", "parent_"))}


def _by(records: Sequence[Row], column: str) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in records:
        rows[row[column]].append(row)
    return rows
