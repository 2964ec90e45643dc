"""Everything the pages show, asked once for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby
from pathlib import Path

from classifiers.tracks import TRACKS
from reports.scope import WORLD, metros
from reports.site.page import Names
from reports.site.subject import Row, Subject, empty, subject
from warehouse.store import ask

FOLDERS = {"company": "companies", "metro": "metros"}  # the others are regions
MOST_DOTS = 200  # on one map, those with the most postings
KEY = ("kind", "country", "region", "name")
LEAST = "select least_postings() as postings, least_companies() as companies, least_for_skills() as for_skills"
CLUSTERS = "from location_quotient where quotient_low > 1 or quotient_high < 1 order by quotient desc, country, region"
SHOWN_SKILLS = (
    "from skill_demand where is_shown('area', postings, companies) order by country, track, postings desc, skill"
)


class Market:
    """The published warehouse of a home folder, as the site shows it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.world = empty("world", "everywhere", "index.html")
        self.places: list[Subject] = []
        self.companies: list[Subject] = []
        self.reading: Row = ask(home, "run/last_reading").records()[0]
        self.least: Row = ask(home, LEAST).records()[0]
        self.credits: list[str] = [row[0] for row in ask(home, "run/credits").rows]
        for found in self._subjects():
            if found.kind == "world":
                self.world = found
            elif found.kind == "company":
                self.companies.append(found)
            elif found.is_enough:
                self.places.append(found)
        self.by_place = {(s.kind, s.basis["country"], s.basis["region"], s.basis["name"]): s for s in self.places}
        self.company_paths = {s.called: s.path for s in self.companies}

    def _subjects(self) -> Iterator[Subject]:
        circles = {(row["city"], row["country"], float(row["within_km"])): row for row in reversed(metros().values())}
        asked = {
            "metros": [row["metro"] for row in circles.values()],
            "cities": [city for city, _, _ in circles],
            "countries": [country for _, country, _ in circles],
            "kilometres": [kilometres for _, _, kilometres in circles],
            "tracks": [track.name for track in TRACKS],
        }
        names: dict[str, Names] = defaultdict(Names)
        records = ask(self.home, "site/mix", asked).records()
        for _, group in groupby(records, key=lambda row: tuple(row[key] for key in KEY)):
            rows = list(group)
            yield _subject(rows, names)

    @cached_property
    def months(self) -> dict[str, list[Row]]:
        """Each track's months, from the first to the last, withheld where they have too few."""
        return _by(ask(self.home, "from demand_by_month order by track, month_on").records(), "track")

    @cached_property
    def weeks(self) -> Sequence[Row]:
        """What the runs saw open and close, week by week, of all six together."""
        return ask(self.home, "from demand_by_week where track = 'all' order by week_on").records()

    @cached_property
    def levels(self) -> dict[str, Sequence[Row]]:
        """Each track's postings and pay by level."""
        return {
            t.name: ask(self.home, "questions/track_levels", {**WORLD.params(), "track": t.name}).records()
            for t in TRACKS
        }

    @cached_property
    def skills(self) -> dict[str | None, dict[str, list[Row]]]:
        """The skills that each track's postings name, those named most first, of each country and, under None, everywhere."""
        rows: dict[str | None, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
        for row in ask(self.home, SHOWN_SKILLS).records():
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
    def concentration(self) -> dict[str, Row]:
        """How concentrated each track is in regions."""
        return {row["track"]: row for row in ask(self.home, "from concentration").records()}

    @cached_property
    def clusters(self) -> Sequence[Row]:
        """Where a track is more or less frequent than elsewhere by more than its error, the most frequent first."""
        return ask(self.home, CLUSTERS).records()

    @cached_property
    def dots(self) -> dict[str, list[Row]]:
        """Each track's dots on the map, and those of `all`: the smallest areas that have enough postings, the largest first."""
        dots: dict[str, list[Row]] = defaultdict(list)
        drawn: set[tuple[str | None, ...]] = set()
        records = ask(self.home, "site/dots").records()
        for row in sorted(records, key=lambda row: ("city", "region", "country").index(row["kind"])):
            where = (row["track"], row["country"], row["region"])
            if row["kind"] != "city" and where in drawn:
                continue
            drawn |= {where, (*where[:2], None)}
            dots[row["track"]].append(row)
        return {track: sorted(rows, key=lambda row: -row["postings"])[:MOST_DOTS] for track, rows in dots.items()}

    @cached_property
    def postings(self) -> dict[str, list[Row]]:
        """The open postings of the six tracks of each company."""
        return _by(ask(self.home, "site/postings").records(), "company")

    def at(self, country: str | None, region: str | None) -> Subject | None:
        """A country, or a region of it, if it has a page."""
        return self.by_place.get(("region" if region else "country", country, region, None))

    def of_kind(self, *kinds: str) -> list[Subject]:
        """The places of these kinds that have a page, those with the most postings first."""
        found = [place for place in self.places if place.kind in kinds]
        return sorted(found, key=lambda place: (-place.basis["postings"], place.called))


def _subject(rows: Sequence[Row], names: dict[str, Names]) -> Subject:
    row = rows[0]
    kind, country, region, name = (row[key] for key in KEY)
    called = {"world": "everywhere", "remote": "Remote", "country": row["country_name"], "region": region}.get(
        kind, name
    )
    inside = row["country_name"] if kind in ("region", "metro") else ""
    if kind == "world":
        return subject(kind, called, inside, "index.html", rows)
    folder = FOLDERS.get(kind, "regions")
    word = " ".join(filter(None, (country, region))) if folder == "regions" and country else name or kind
    return subject(kind, called or country, inside or "", f"{folder}/{names[folder].give(word)}.html", rows)


def _by(records: Sequence[Row], column: str) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in records:
        rows[row[column]].append(row)
    return rows
