"""The site, page by page: its figures against SQL."""

import csv
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from agreement import (
    agrees,
    agrees_with_employers,
    cells,
    complete,
    every_page,
    inside,
    moved,
    pay,
    shares,
    tree,
)
from conftest import ROOT, Market, Run
from invented import Job, invented
from typer.testing import CliRunner

from classifiers.tracks import TRACKS
from pipeline.cli import app
from reports.site.market import Market as Shown
from reports.site.page import Names
from reports.site.write import page_of, render
from warehouse.store import ask

MarketOf = Callable[[str], Market]


def test_pages_drawn_at_random_agree_with_sql_and_the_command_line(sample_home: Path, site: Path, shown: Shown) -> None:
    pages = [one for one in every_page(shown) if one.kind != "metro"]
    for subject in [shown.world, *random.SystemRandom().sample(pages, 5)]:
        agrees(sample_home, site, subject)
        agrees_with_employers(sample_home, site, subject)


def test_the_sample_market_has_changes_to_agree_with(sample_home: Path, site: Path, shown: Shown) -> None:
    assert shown.world.has_change
    assert any(moved(sample_home, shown.world).values())
    place = next(place for place in shown.of_kind("country") if place.has_change)
    agrees(sample_home, site, place)


def test_a_metro_agrees_with_the_command_line(sample_home: Path, site: Path, shown: Shown) -> None:
    assert shown.of_kind("metro")
    for metro in shown.of_kind("metro")[:3]:
        agrees(sample_home, site, metro)


def test_every_page_has_every_figure(site: Path, shown: Shown) -> None:
    assert len(every_page(shown)) > 40
    complete(site, shown)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The home and the site of a market with a company of one opening, one of many, and one of none of the six."""
    jobs = [Job("Many", "training", "Berlin") for _ in range(40)]
    jobs += [Job("Many", "research", "Berlin"), Job("One", "research", "Paris"), Job("None", "none", "Paris")]
    home = invented(tmp_path_factory.mktemp("small"), jobs)
    return home, render(home, tmp_path_factory.mktemp("site")).parent


def test_a_company_of_one_opening_or_none_has_a_whole_page(small: tuple[Path, Path]) -> None:
    home, folder = small
    found = {company.called: company for company in Shown(home).companies}
    complete(folder, Shown(home))
    for name, heading in (
        ("One", "One: 1 open posting, ML research"),
        ("None", "None: no open posting of the six tracks"),
        ("Many", "Many: Fine-tuning / training is hired for most, in 40 of 41 open postings"),
    ):
        agrees(home, folder, found[name])
        html = tree(folder / found[name].path)
        assert html.css_first("h1").text(strip=True).replace("\u00a0", " ") == heading
        assert "no pay stated anywhere" in html.body.text()


def test_no_leader_is_named_where_none_is_sure(tmp_path: Path) -> None:
    tracks = ["training", "training", "research", "applied_llm"]
    home = invented(tmp_path / "home", [Job(f"Company {n}", track, "Berlin") for n, track in enumerate(tracks)])
    start = tree(render(home, tmp_path / "site"))
    heading = start.css_first("h1").text(strip=True).replace("\u00a0", " ")
    assert heading.startswith("4 open postings: 2 Fine-tuning / training")


def test_every_link_leads_to_a_page_and_every_page_says_what_it_rests_on(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) > 50
    for page in pages:
        html = tree(page)
        for link in html.css("a[href], link[rel=stylesheet], script[src]"):
            to = link.attributes.get("href") or link.attributes.get("src") or ""
            if "://" not in to and not to.startswith("#"):
                assert (page.parent / to.partition("#")[0]).is_file(), (page, to)
        said = html.body.text(separator=" ")
        assert "Sample market" in said, page
        assert re.search(r"Boards last asked 23 November 2026: \d+ answered", said), page
        assert "open postings of the six tracks" in said, page


def test_a_track_has_the_figures_of_sql(sample_home: Path, site: Path) -> None:
    for track in TRACKS:
        page = tree(site / "tracks" / f"{track.name}.html")
        said = {fact.css_first("dt").text(): fact.css_first("dd").text() for fact in page.css("dl.facts div")}
        of_track = f"from open_tracks where track = '{track.name}'"
        postings, companies = ask(sample_home, f"select count(*), count(distinct company) {of_track}").rows[0]
        assert (re.split("[+−±]", said["open postings"])[0], said["companies"]) == (f"{postings:,}", f"{companies:,}")
        row = ask(sample_home, f"from time_open where track = '{track.name}'").records()[0]
        median, low, high = (row[name] for name in ("median_days", "median_days_low", "median_days_high"))
        known = (
            f"{median}{low}{f'–{high}' if high else ' or more'}"
            if median
            else f"over {low}"
            if low
            else "not known yet"
        )
        assert said["days until half have closed"] == known
        for row in page.css('[aria-label="Country"] tbody tr'):
            country = row.css_first("th").text().strip()
            there = f"select posting_id from job_places join countries using (country) where name = '{country}'"
            count = ask(sample_home, f"select count(*) {of_track} and posting_id in ({there})").rows[0][0]
            assert re.split("[+−±]", row.css_first("td").text())[0] == f"{count:,}"


def named(home: Path, track: str, where: str = "true") -> dict[str, tuple[int, int, float]]:
    """How many postings and companies name each skill, and which share of the track's that is."""
    rows = ask(
        home,
        f"""with here as (from open_tracks where track = '{track}' and {where})
        select skill, count(*), count(distinct company), count(*) / (select count(*) from here)
        from here join posting_skills using (posting_id) group by skill""",
    ).rows
    return {skill: tuple(figures) for skill, *figures in rows}


def test_skills_are_those_that_most_postings_name(sample_home: Path, site: Path, shown: Shown) -> None:
    pages = [(f"tracks/{track.name}.html", track.name, "true", '[aria-label="Skills"] tbody tr') for track in TRACKS]
    for place in shown.of_kind("country"):
        for table in tree(site / place.path).css('[aria-label="Skills"] table'):
            track = str(table.attributes["data-track"])
            pages.append((place.path, track, inside(place), f'[data-track="{track}"] tbody tr'))
    assert len(pages) > len(TRACKS)
    for path, track, where, rows in pages:
        sql = named(sample_home, track, where)
        found = {}
        for row in tree(site / path).css(rows):
            share, _, limits = (
                row.css("td")[-1 if where == "true" else 0].text(separator=" ", strip=True).partition(" ")
            )
            low, high = (float(words) for words in limits.rstrip("%").split("–"))
            assert low <= float(share.rstrip("%")) <= high
            found[row.css_first("th").text(strip=True)] = share
        assert found == {skill: f"{sql[skill][2]:.0%}" for skill in found}, path
        least = min((sql[skill][0] for skill in found), default=0)
        assert all(skill in found or row[0] <= least for skill, row in sql.items()), path


def test_tracks_say_share_and_pay_by_level_as_the_table_has_it(sample_home: Path, site: Path) -> None:
    for track in TRACKS:
        wanted = {
            row["level"]: [shares(row), pay(row), *(f"{row[name]:,}" for name in ("postings", "companies", "with_pay"))]
            for row in ask(sample_home, f"from estimates where kind = 'world' and track = '{track.name}'").records()
        }
        found = cells(tree(site / "tracks" / f"{track.name}.html"), '[aria-label="Levels"] tbody tr')
        assert {level: figures for level, *figures in found} == wanted
        assert found[0][0] == "all"


def test_downloads_hold_every_public_table(sample_home: Path, site: Path, tmp_path: Path) -> None:
    for table in [file.stem for file in (ROOT / "warehouse" / "tables").glob("*.sql")] + ["open_tracks", "labels"]:
        rows = ask(sample_home, f"select count(*) from {table}").rows[0][0]
        with (site / f"{table}.csv").open(newline="") as file:
            assert len(list(csv.DictReader(file))) == rows
        assert duckdb.read_parquet(f"{site / table}.parquet").aggregate("count(*)").fetchall() == [(rows,)]
    assert not list(site.glob("postings.*"))
    assert not any("text" in path.read_text().splitlines()[0].split(",") for path in site.glob("*.csv"))
    shutil.copytree(site, copy := tmp_path / "copy")
    assert ask(copy, "select count(*) from jobs").rows == ask(sample_home, "select count(*) from jobs").rows


def test_the_start_page_is_light(site: Path) -> None:
    assert sum((site / name).stat().st_size for name in ("index.html", "site.css", "site.js")) < 500_000


def test_writing_again_takes_away_what_is_no_longer_of_the_site(sample_home: Path, site: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    shutil.copytree(site, folder)
    gone, mine = folder / "companies" / "gone.html", folder / "mine.txt"
    for file in (gone, mine):
        file.write_text("x")
    with (folder / "files.txt").open("a") as listed:
        listed.write("companies/gone.html\n../outside.txt\n")
    outside = tmp_path / "outside.txt"
    outside.write_text("x")
    result = CliRunner().invoke(app, ["site", "--out", str(folder), "--home", str(sample_home)])
    assert result.stdout.strip() == str(folder / "index.html")
    assert not gone.exists()
    assert mine.exists()
    assert outside.exists()


def test_a_run_writes_the_site(sample_home: Path) -> None:
    start = page_of(sample_home)
    assert start.is_file()
    assert (start.parent / "company_mix.csv").is_file()
    assert (start.parent / "tracks" / "research.html").is_file()


def test_without_a_warehouse_one_sentence(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["site", "--out", str(tmp_path / "out"), "--home", str(tmp_path)])
    assert result.exit_code == 1
    assert result.stderr.startswith("trackmix: there is no warehouse")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Acme Labs, Inc.", "acme-labs-inc"),
        ("Müller & Söhne", "muller-sohne"),
        ("../../x", "x"),
        ("..", r"named-\w{8}"),
        ("株式会社", r"named-\w{8}"),
        ("a" * 300, "a{60}"),
    ],
)
def test_a_name_becomes_a_plain_file_name(name: str, slug: str) -> None:
    names = Names()
    assert re.fullmatch(slug, names.give(name))
    assert names.give(name) != names.give(name.upper() + "!")


def test_a_market_without_a_posting_still_has_its_pages(market: MarketOf, materialize: Run, tmp_path: Path) -> None:
    at = market("2026-10-05")
    at.board("Kestrel", "kestrel", [])
    assert materialize(at.folder, tmp_path / "home").success
    start = render(tmp_path / "home", tmp_path / "out")
    assert "No open posting" in tree(start).css_first("h1").text()


# --- in a browser -----------------------------------------------------------------------------------------------
