"""One number per thing: whoever asks, and by which way, is told the same."""

import csv
import io
import json
import random
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from agreement import MIX, Row, every_page, of_tracks, pay, shares, tree
from test_facts import said

import warehouse
from classifiers.tracks import TITLES, TRACKS
from reports.site.market import Market as Shown
from warehouse.store import ask

SIX = [track.name for track in TRACKS]
BAR = "█▉▊▋▌▍▎▏"
ESTIMATED = ("share", "share_low", "share_high", "pay_mid_usd", "pay_mid_low_usd", "pay_mid_high_usd")


class Place(NamedTuple):
    """What is asked about, as table `estimates` has it: a place, a company, remote jobs or everywhere."""

    kind: str
    company: str | None
    country: str | None
    region: str | None
    city: str | None

    def typed(self, countries: dict[str, str]) -> tuple[str, str]:
        """The words that ask for it on the command line."""
        if self.kind == "company":
            return "company", str(self.company)
        if self.country is None:
            return "area", self.kind
        region = None if self.region == self.city else self.region
        return "area", ", ".join(filter(None, (self.city, region, countries[self.country]))) + f" ({self.kind})"


@pytest.fixture(scope="module")
def drawn(sample_home: Path, pages: dict[Place, Path]) -> list[tuple[Place, list[str]]]:
    """15 places and companies, each with its page of the site, and two tracks of each."""
    rows = ask(sample_home, "select distinct kind, company, country, region, city from estimates order by all").rows
    places = [Place(*row) for row in rows]
    chance = random.Random(29)
    groups = [(1, "world"), (1, "remote"), (3, "country"), (3, "region"), (3, "city"), (4, "company")]
    return [
        (place, chance.sample(SIX, 2))
        for number, kind in groups
        for place in chance.sample([place for place in places if place.kind == kind and place in pages], number)
    ]


@pytest.fixture(scope="module")
def pages(site: Path, shown: Shown) -> dict[Place, Path]:
    """The page of each place and company that has one."""
    found = {}
    for subject in every_page(shown):
        company = subject.basis["name"] if subject.kind == "company" else None
        place = Place(subject.kind, company, *(subject.basis[name] for name in ("country", "region", "city")))
        found[place] = site / subject.path
    return found


def by_sql(home: Path, place: Place) -> dict[str, Row]:
    """The estimates by `trackmix sql`, and the counts as SQL makes them of the openings themselves, by track."""
    question = f"from estimates where level = 'all' and {same(place)}"
    rows = json.loads(said(home, "sql", question, "--format", "json"))
    named = same(place, is_all=False, skip="kind")
    openings = {"world": "true", "remote": "is_remote", "company": named}.get(
        place.kind, f"posting_id in (select posting_id from job_places where {named})"
    )
    counted = f"""select track, count(*) as postings, count(distinct company) as companies
        from open_tracks where {openings} group by all"""
    facts = {row["track"]: row for row in ask(home, counted).records()}
    return {row["track"]: row | facts.get(row["track"], {"postings": 0, "companies": 0}) for row in rows}


def in_notebook(home: Path) -> dict[tuple[Place, str], Row]:
    """The tables that are made to be asked, read as frames, by place and track."""
    found: dict[tuple[Place, str], Row] = defaultdict(dict)
    for question in (
        "from company_mix",
        "from demand_by_region where seniority = 'all'",
        "from pay_by_region where seniority = 'all'",
    ):
        for row in warehouse.frame(question, home=home).to_dict("records"):
            its = [row.get(name) for name in Place._fields[1:]]  # what is not there is NaN in a frame
            place = Place(row.get("area_kind", "company"), *(one if isinstance(one, str) else None for one in its))
            found[place, row["track"]] |= row
    return found


def same(place: Place, is_all: bool = True, skip: str = "") -> str:
    """The SQL that finds a place by its columns; by all of them or by those that it has."""
    quoted = {name: value and "'" + value.replace("'", "''") + "'" for name, value in place._asdict().items()}
    return " and ".join(
        f"{name} is not distinct from {value or 'null'}"
        for name, value in quoted.items()
        if (value or is_all) and name != skip
    )


def in_terminal(shown: str, track: str) -> str:
    """A track's line of the table, without the bar."""
    (line,) = (line for line in shown.splitlines() if line.startswith(f" {TITLES[track]} ") and "%" in line)
    return " ".join(word for word in line.split(TITLES[track])[1].split() if word.strip(BAR))


def test_terminal_site_csv_notebook_and_sql_say_the_same_for_30_drawn_cells(
    sample_home: Path, pages: dict[Place, Path], drawn: list[tuple[Place, list[str]]]
) -> None:
    countries: dict[str, str] = dict(ask(sample_home, "select country, name from countries").rows)
    frames = in_notebook(sample_home)
    for place, tracks in drawn:
        words = place.typed(countries)
        table = said(sample_home, *words)
        as_csv = {
            row["track"]: row for row in csv.DictReader(io.StringIO(said(sample_home, *words, "--format", "csv")))
        }
        page = {line[0]: line for line in of_tracks(tree(pages[place]), f"{MIX} tbody tr")}
        asked = by_sql(sample_home, place)
        for track in tracks:
            row, frame = asked[track], frames[place, track]
            at: Any = place, track
            for name in (*ESTIMATED, "postings", "with_pay"):
                assert float(as_csv[track][name]) == row[name] == frame[name], (at, name)
            assert int(as_csv[track]["companies"]) == row["companies"] == frame.get("companies", row["companies"]), at
            facts = f"{row['postings']:,} {row['companies']:,}"
            assert in_terminal(table, track) == f"{facts} {shares(row)} {pay(row)} {row['with_pay']:,}", at
            _, postings, share, paid, *others = page[TITLES[track]]
            assert (share, paid, postings.split()[0]) == (shares(row), pay(row), f"{row['postings']:,}"), at
            companies, stated = others[:2] if place.kind != "company" else ("1", others[0])
            assert stated.split()[0] == f"{row['with_pay']:,}", at
            assert place.kind == "company" or companies == f"{row['companies']:,}", at
    assert sum(len(tracks) for _, tracks in drawn) == 30
