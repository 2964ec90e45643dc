"""The site, page by page: its figures against SQL."""

import csv
import random
import re
import shutil
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import duckdb
import pytest
from agreement import (
    MIX,
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
from selectolax.lexbor import LexborHTMLParser
from typer.testing import CliRunner

from classifiers.tracks import TRACKS
from pipeline.cli import app
from reports.export import NOT_SHARED
from reports.scope import area_scope, ask_estimates
from reports.site.market import Market as Shown
from reports.site.page import Names
from reports.site.subject import Subject
from reports.site.write import page_of, render
from warehouse.store import ask

MarketOf = Callable[[str], Market]


def test_pages_drawn_at_random_agree_with_sql_and_the_command_line(sample_home: Path, site: Path, shown: Shown) -> None:
    pages = [one for one in every_page(shown) if one.kind not in ("metro", "wide_area")]
    cities = random.Random(11).sample(shown.of_kind("city"), 2)
    for subject in [shown.world, *cities, *random.Random(11).sample(pages, 5)]:
        agrees(sample_home, site, subject)
        agrees_with_employers(sample_home, site, subject)


def test_the_sample_market_has_changes_to_agree_with(sample_home: Path, site: Path, shown: Shown) -> None:
    assert shown.world.has_change
    assert any(moved(sample_home, shown.world).values())
    place = next(place for place in shown.of_kind("country") if place.has_change)
    agrees(sample_home, site, place)


def test_metros_and_wide_areas_agree_with_the_command_line(sample_home: Path, site: Path, shown: Shown) -> None:
    for kind in ("metro", "wide_area"):
        assert shown.of_kind(kind)
        for place in random.Random(11).sample(shown.of_kind(kind), 3):
            agrees(sample_home, site, place)


def test_a_city_says_what_lies_around_it_as_the_command_line_does(sample_home: Path, site: Path, shown: Shown) -> None:
    more = [(city, shown.around[key]) for city in shown.of_kind("city") if (key := of_city(city)) in shown.around]
    assert any(around.basis["postings"] > city.basis["postings"] for city, around in more)
    for city, around in more:
        said = tree(site / city.path).css_first("p.lead").text()
        if around.basis["postings"] == city.basis["postings"]:
            assert "With 50 km around: no more." in said
        else:
            assert f"With 50 km around: {around.headline}." in said
    city, around = random.Random(11).choice(more)
    circle = area_scope(sample_home, f"{city.called}, {city.basis['country_name']}", within_km=50)
    wanted = {row["track"]: row for row in ask_estimates(sample_home, circle)}
    for row in around.tracks:
        assert row["share"] == pytest.approx(wanted[row["track"]]["share"])
        assert row["postings"] == wanted[row["track"]]["postings"]


def of_city(place: Subject) -> tuple[str | None, ...]:
    return place.basis["country"], place.basis["region"], place.basis["city"]


def test_every_place_and_company_with_an_opening_has_a_page(sample_home: Path, site: Path, shown: Shown) -> None:
    kept = ask(sample_home, "select distinct kind, company, country, region, city from estimates where level = 'all'")
    held = """select distinct area from wide_areas w join estimates e on e.country = w.country and e.region is not distinct from w.region
        where kind = case when w.region is null then 'country' else 'region' end"""
    wanted = {row for row in kept.rows if row[0] not in ("world", "company")}
    wanted |= {("wide_area", area, None, None, None) for (area,) in ask(sample_home, held).rows}
    found = {
        (place.kind, *(place.basis[name] for name in ("name", "country", "region", "city")))
        for place in shown.places
        if place.kind != "metro"
    }
    assert found == wanted
    assert {row[1] for row in kept.rows if row[0] == "company"} <= {company.called for company in shown.companies}
    metros = ask(sample_home, "site/metro_cities", {"circles": shown.metropolitan}).rows
    assert {row[0] for row in metros} <= {place.basis["name"] for place in shown.of_kind("metro")}
    paths = [subject.path for subject in every_page(shown)]
    assert len(set(paths)) == len(paths)
    assert all((site / path).is_file() for path in paths)


def test_a_page_leads_to_what_lies_around_and_inside_it(site: Path, shown: Shown) -> None:
    def beside(subject: Subject, table: str) -> dict[str, list[str]]:
        rows = cells(tree(site / subject.path), f'[aria-label="{table}"] tbody tr:not(.here)')
        return {" ".join(row[0].split()): row[1:] for row in rows}

    city = shown.of_kind("city")[0]
    country = shown.at(city.basis["country"], None)
    assert country is not None
    here = city.tracks[0]["track"]
    there = country.track(here)
    figures = [f"{country.basis['postings']:,}", shares(there), pay(there)]
    assert beside(city, "Wider place")[f"{country.called} country"][:3] == figures
    assert "Everywhere" in beside(country, "Wider place")
    assert any(name.startswith(city.called) for name in beside(country, "Place inside"))
    area = shown.of_kind("wide_area")[0]
    assert all(name.endswith(" country") for name in beside(area, "Place inside"))


def test_every_page_can_be_cited_and_checked(sample_home: Path, site: Path, shown: Shown) -> None:
    (model,) = (str(row[0]) for row in ask(sample_home, "select distinct model_version from labels").rows)
    for page in site.rglob("*.html"):
        said = tree(page).css_first("#cite").text()
        for part in (
            f"trackmix {version('trackmix')}",
            "read on 23 November 2026",
            model,
            page.relative_to(site).as_posix(),
        ):
            assert part in said, page
        assert "invented sample market" in said
    for subject in [shown.world, *random.Random(11).sample(every_page(shown), 12)]:
        checked = tree(site / subject.path).css_first('[aria-label="Cite and check"] code').text()
        if not checked.startswith("trackmix area"):
            shares_there = {row["track"]: row["share"] for row in ask(sample_home, checked).records()}
            assert shares_there == {
                row["track"]: row["share"] for row in subject.tracks if row["track"] in shares_there
            }
            assert len(shares_there) == (0 if subject.kind == "company" and not subject.basis["postings"] else 6)


def test_bars_and_intervals_of_the_start_page_have_one_scale_from_0_to_100_percent(site: Path, shown: Shown) -> None:
    bars = tree(site / shown.world.path).css(f"{MIX} tbody .bar")
    for row, bar in zip(shown.world.tracks, bars, strict=True):
        filled, limits = bar.css_first("i").attributes["style"], bar.css_first("b").attributes["style"]
        assert filled == f"width:{100 * row['share']:.1f}%"
        low, wide = (float(number) for number in re.findall(r"[\d.]+", str(limits)))
        assert low == pytest.approx(100 * row["share_low"], abs=0.06)
        assert low + wide == pytest.approx(100 * row["share_high"], abs=0.11)


def test_words_of_statistics_stand_on_the_method_page_alone(site: Path) -> None:
    for page in site.rglob("*.html"):
        if page.parent != site or page.name in ("index.html", "places.html", "companies.html", "compare.html"):
            said = tree(page).css_first("main").text().casefold()
            assert not re.findall(r"\b(?:interval|median|wilson|dirichlet|bayes|p-value|significan)\w*", said), page
    method = tree(site / "method.html")
    headings = [heading.text() for heading in method.css("main h2")]
    assert headings[0].startswith("Who is covered")
    assert headings[-1] == "The statistics"
    before, _, after = method.css_first("main").text().partition("The statistics")
    assert "Dirichlet" in after
    assert "Dirichlet" not in before


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
        ("One", "One: 1 opening, ML research"),
        ("None", "None: no opening of the six tracks now"),
        ("Many", "Many: 41 openings, Fine-tuning / training leads"),
    ):
        agrees(home, folder, found[name])
        html = tree(folder / found[name].path)
        assert heading_of(html) == heading
        assert "no pay stated anywhere" in html.body.text()
    paris = tree(folder / "cities" / "fr-ile-de-france-paris.html")
    assert heading_of(paris) == "Paris: 1 opening, ML research"
    assert [row[1] for row in cells(paris, '[aria-label="Openings"] tbody tr')] == ["One"]


def test_a_city_beyond_the_border_lies_in_the_metropolitan_area_too(tmp_path: Path) -> None:
    home = invented(tmp_path / "home", [Job("One", "research", "Vancouver"), Job("Two", "training", "Blaine")])
    folder = render(home, tmp_path / "site").parent
    around = cells(tree(folder / "cities" / "us-washington-blaine.html"), '[aria-label="Wider place"] tbody tr')
    assert "Greater Vancouver" in around[1][0]
    assert cells(tree(folder / "metros" / "greater-vancouver.html"), '[aria-label="Place inside"] tbody tr')[1:]


def heading_of(page: LexborHTMLParser) -> str:
    return str(page.css_first("h1").text(strip=True)).replace("\u00a0", " ")


def test_no_leader_is_named_where_none_is_sure(tmp_path: Path) -> None:
    tracks = ["training", "training", "research", "applied_llm"]
    home = invented(tmp_path / "home", [Job(f"Company {n}", track, "Berlin") for n, track in enumerate(tracks)])
    folder = render(home, tmp_path / "site").parent
    berlin = tree(folder / "cities" / "de-berlin-berlin.html")
    said = "4 openings, of them 2 Fine-tuning / training, 1 Applied LLM and 1 ML research"
    assert heading_of(berlin) == f"Berlin: {said}"
    answer = CliRunner().invoke(app, ["area", "Berlin (city)", "--home", str(home)])
    assert said in answer.stdout


def test_most_of_a_few_openings_are_told_as_a_count_and_not_as_a_lead(tmp_path: Path) -> None:
    tracks = ["training", "training", "training", "research"]
    home = invented(tmp_path / "home", [Job(f"Company {n}", track, "Toronto") for n, track in enumerate(tracks)])
    folder = render(home, tmp_path / "site").parent
    toronto = tree(folder / "cities" / "ca-ontario-toronto.html")
    assert heading_of(toronto) == "Toronto: 4 openings, mostly Fine-tuning / training"


def test_a_company_with_many_openings_does_not_fill_the_list_of_a_place(tmp_path: Path) -> None:
    companies = ["Acme"] * 12 + ["Merlin"] + ["Zephyr"] * 3
    home = invented(tmp_path / "home", [Job(company, "training", "Berlin") for company in companies])
    berlin = tree(render(home, tmp_path / "site").parent / "cities" / "de-berlin-berlin.html")
    hiring = [row[1] for row in cells(berlin, '[aria-label="Openings"] tbody tr')]
    assert hiring == ["Acme", "Acme", "Merlin", "Zephyr", "Zephyr", *["Acme"] * 5]
    assert "at most 2 of a company first" in berlin.css_first('[aria-label="Openings"] caption').text()


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
        assert "of the six kinds of work, of " in said, page


def test_a_track_has_the_figures_of_sql(sample_home: Path, site: Path) -> None:
    for track in TRACKS:
        page = tree(site / "tracks" / f"{track.name}.html")
        said = {fact.css_first("dt").text(): fact.css_first("dd").text() for fact in page.css("dl.facts div")}
        of_track = f"from open_tracks where track = '{track.name}'"
        postings, companies = ask(sample_home, f"select count(*), count(distinct company) {of_track}").rows[0]
        assert (re.split("[+−±]", said["openings"])[0], said["companies"]) == (f"{postings:,}", f"{companies:,}")
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
            share, _, limits = row.css("td")[1 if where == "true" else 0].text(separator=" ", strip=True).partition(" ")
            low, high = (float(words) for words in limits.rstrip("%").split("–"))
            assert low <= float(share.rstrip("%")) <= high
            found[row.css_first("th").text(strip=True)] = share
        assert found == {skill: f"{sql[skill][2]:.0%}" for skill in found}, path
        least = min((sql[skill][0] for skill in found), default=0)
        assert all(skill in found or row[0] <= least for skill, row in sql.items()), path


def test_tracks_say_share_and_pay_by_level_as_the_table_has_it(sample_home: Path, site: Path) -> None:
    for track in TRACKS:
        wanted = {
            row["level"]: [
                f"{row['postings']:,}",
                shares(row),
                pay(row),
                f"{row['companies']:,}",
                f"{row['with_pay']:,}",
            ]
            for row in ask(sample_home, f"from estimates where kind = 'world' and track = '{track.name}'").records()
        }
        found = cells(tree(site / "tracks" / f"{track.name}.html"), '[aria-label="Levels"] tbody tr')
        assert {level: figures for level, *figures in found} == wanted
        assert found[0][0] == "all"


def test_downloads_hold_every_public_table(sample_home: Path, site: Path, tmp_path: Path) -> None:
    selected = {file.stem for file in (ROOT / "warehouse" / "tables").glob("*.sql")} - set(NOT_SHARED)
    for table in [*selected, "open_tracks", "labels"]:
        rows = ask(sample_home, f"select count(*) from {table}").rows[0][0]
        with (site / f"{table}.csv").open(newline="") as file:
            assert len(list(csv.DictReader(file))) == rows
        assert duckdb.read_parquet(f"{site / table}.parquet").aggregate("count(*)").fetchall() == [(rows,)]
    assert not list(site.glob("postings.*"))
    assert not any("text" in path.read_text().splitlines()[0].split(",") for path in site.glob("*.csv"))
    shutil.copytree(site, copy := tmp_path / "copy")
    assert ask(copy, "select count(*) from jobs").rows == ask(sample_home, "select count(*) from jobs").rows


def test_a_page_weighs_little(site: Path) -> None:
    """A page with all that it loads before anybody asks it something; the rows of the page of openings are beside it."""

    def weight(page: Path) -> int:
        html = tree(page)
        loaded = [link.attributes["href"] for link in html.css("link[rel=stylesheet]")]
        loaded += [script.attributes["src"] for script in html.css("script[src]")]
        files = [page.parent / str(name) for name in loaded if name and not name.endswith("openings.js")]
        return sum(file.stat().st_size for file in (page, *files))

    heaviest = max(site.rglob("*.html"), key=weight)
    assert weight(heaviest) < 130_000, heaviest  # the sample is small; real ones may weigh 150,000


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
    assert "No opening of the six was found" in tree(start).css_first("main").text()


# --- in a browser -----------------------------------------------------------------------------------------------
