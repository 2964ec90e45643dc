"""The site, page by page: its figures against SQL."""

import csv
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from agreement import (
    LEAST_COMPANIES,
    LEAST_POSTINGS,
    agrees,
    agrees_with_the_answer,
    agrees_with_the_changes,
    between,
    inside,
    sums_and_minimum,
    tree,
    with_figures,
)
from conftest import ROOT, Market, Run
from invented import PLACES, Job, invented
from selectolax.lexbor import LexborHTMLParser
from typer.testing import CliRunner

from classifiers.tracks import TITLES, TRACKS
from pipeline.cli import app
from reports.site.market import Market as Shown
from reports.site.page import Names
from reports.site.write import page_of, render
from warehouse.store import ask

MarketOf = Callable[[str], Market]


def test_five_pages_drawn_at_random_agree_with_sql(sample_home: Path, site: Path, shown: Shown) -> None:
    pages = [one for one in with_figures(shown) if one.kind != "metro"]
    for subject in [shown.world, *random.SystemRandom().sample(pages, 5)]:
        agrees(sample_home, site, subject)
        agrees_with_the_answer(sample_home, site, subject)
        agrees_with_the_changes(sample_home, site, subject)


def test_a_change_stands_on_the_pages_of_those_that_changed(sample_home: Path, site: Path, shown: Shown) -> None:
    changed = [shown.world, *(place for place in shown.places if place.kind != "metro" and place.has_change)]
    assert {place.kind for place in changed} >= {"world", "country", "region"}
    assert all(agrees_with_the_changes(sample_home, site, place) for place in changed if place.has_mix)


def test_a_metro_agrees_with_the_command_line(sample_home: Path, site: Path, shown: Shown) -> None:
    metros = [metro for metro in shown.of_kind("metro") if metro.has_mix]
    assert metros
    for metro in metros:
        agrees_with_the_answer(sample_home, site, metro)


def test_the_tracks_of_every_page_sum_to_its_total_and_none_is_under_the_minimum(site: Path, shown: Shown) -> None:
    assert len(with_figures(shown)) > 15
    sums_and_minimum(site, shown)


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
        assert (said["open postings"].partition("+")[0], said["companies"]) == (f"{postings:,}", f"{companies:,}")
        row = ask(sample_home, f"from time_open where track = '{track.name}'").records()[0]
        median, low, high = (row[name] for name in ("median_days", "median_days_low", "median_days_high"))
        known = f"{median}{low}{f'–{high}' if high else ' or more'}" if median else f"over {low}" if low else "too few"
        assert said["days until half have closed"] == known
        told_of_places(sample_home, page, track.name)
        for row in page.css('[aria-label="Country"] tbody tr'):
            country = row.css_first("th").text().strip()
            there = f"select posting_id from job_places join countries using (country) where name = '{country}'"
            count = ask(sample_home, f"select count(*) {of_track} and posting_id in ({there})").rows[0][0]
            assert row.css_first("td").text().partition("+")[0] == f"{count:,}"


def test_a_track_of_enough_companies_says_how_concentrated_it_is(tmp_path: Path) -> None:
    towns = list(PLACES)
    jobs = [Job(f"Company {n}", "training", towns[n % 40 if n % 3 else 0]) for n in range(120)]
    jobs += [Job(f"Company {n}", "research", towns[n % 40]) for n in range(120)]
    home = invented(tmp_path / "home", jobs)
    page = tree(render(home, tmp_path / "site").parent / "tracks" / "training.html")
    told_of_places(home, page, "training")
    said = " ".join(page.body.text().split())
    assert "in the five largest: Texas, " in said
    assert "as concentrated as if spread evenly over" in said


def told_of_places(home: Path, page: LexborHTMLParser, track: str) -> None:
    """How concentrated a track is and where it is more or less frequent than everywhere, as the tables have it."""
    row, said = ask(home, f"from concentration where track = '{track}'").records()[0], page.body.text()
    assert ("Too few companies to tell how concentrated" in said) == row["is_withheld"]
    if not row["is_withheld"]:
        five = between(row["five_largest_share_low"], row["five_largest_share_high"])
        assert f"{row['five_largest_share']:.0%} ({five}) of the postings that name a region" in said
        index = f"{row['herfindahl']:.2f} ({row['herfindahl_low']:.2f}–{row['herfindahl_high']:.2f})"
        assert f"Herfindahl index {index}" in said
    places = f"""select coalesce(region, name) as place, quotient, quotient_low, quotient_high, postings from location_quotient
        join countries using (country) where track = '{track}' and"""
    for label, clause in (("Where it clusters", "quotient_low > 1"), ("Where it is rare", "quotient_high < 1")):
        wanted = {
            (place, f"{times:.2f} {low:.2f}–{high:.2f}", f"{postings}")
            for place, times, low, high, postings in ask(home, f"{places} {clause}").rows
        }
        rows = [
            (row.css_first("a").text(), *(cell.text(separator=" ", strip=True) for cell in row.css("td")))
            for row in page.css(f'[aria-label="{label}"] tbody tr')
        ]
        assert set(rows) == wanted


def test_a_place_says_which_tracks_cluster_there(sample_home: Path, site: Path, shown: Shown) -> None:
    wanted = ask(sample_home, "from location_quotient where quotient_low > 1 or quotient_high < 1").records()
    assert wanted
    for row in wanted:
        place = shown.at(row["country"], row["region"])
        words = " ".join(line.text() for line in tree(site / place.path).css("p.clusters"))
        times = (
            f"{row['quotient']:.2f} times its share everywhere ({row['quotient_low']:.2f}–{row['quotient_high']:.2f})"
        )
        assert f"{TITLES[row['track']]}, {times}" in words
        assert ("Clusters here" if row["quotient"] > 1 else "Rare here") in words


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
        sql = {skill: row for skill, row in named(sample_home, track, where).items() if row[0] >= 5 and row[1] >= 3}
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


def test_tracks_say_pay_by_level_as_the_tables_have_it(sample_home: Path, site: Path) -> None:
    for track in TRACKS:
        levels = dict(
            ask(
                sample_home,
                "select seniority, postings from demand_by_region where area_kind = 'world' and track = "
                f"'{track.name}' and postings >= {LEAST_POSTINGS} and companies >= {LEAST_COMPANIES}",
            ).rows
        )
        table = tree(site / "tracks" / f"{track.name}.html").css('[aria-label="Levels"] tbody tr')
        found = {row.css_first("th").text(): row.css("td")[-1].text() for row in table}
        assert {level: words for level, words in found.items() if words} == {
            level: str(count) for level, count in levels.items()
        }


def test_downloads_hold_every_public_table(sample_home: Path, site: Path, tmp_path: Path) -> None:
    for table in [file.stem for file in (ROOT / "warehouse" / "tables").glob("*.sql")] + ["open_tracks", "labels"]:
        rows = ask(sample_home, f"select count(*) from {table}").rows[0][0]
        with (site / f"{table}.csv").open(newline="") as file:
            assert len(list(csv.DictReader(file))) == rows
        assert ask(sample_home, f"select count(*) from '{site / table}.parquet'").rows[0][0] == rows
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
