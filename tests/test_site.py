"""The site, page by page: its figures against SQL, and its pages in a real browser, opened from disk."""

import csv
import math
import random
import re
import shutil
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Market, Opened, Run, greenhouse_job
from invented import PLACES, Job, invented
from selectolax.lexbor import LexborHTMLParser
from typer.testing import CliRunner

from classifiers.tracks import TITLES, TRACKS
from pipeline.cli import app
from reports.scope import Scope, area_scope, ask_mix
from reports.site.market import Market as Shown
from reports.site.page import Names
from reports.site.subject import Subject
from reports.site.write import page_of, render
from warehouse.store import ask

MIX = "table.mix"
LEAST_POSTINGS, LEAST_COMPANIES = 5, 3  # as the method page says
HTML_TITLE = "<script>window.broken = 1</script> Inference Engineer <b>CUDA</b>"
FORMULA = "=cmd|' /C calc'!A0"


@pytest.fixture(scope="session")
def shown(sample_home: Path) -> Shown:
    return Shown(sample_home)


def tree(page: Path) -> LexborHTMLParser:
    return LexborHTMLParser(page.read_text("utf-8"))


def cells(page: Path, part: str) -> list[list[str]]:
    """The cells of the rows of the table of the six tracks."""
    rows = tree(page).css(f"{MIX} {part} tr")
    return [[cell.text(separator=" ", strip=True) for cell in row.css("th, td")] for row in rows]


def number(words: str) -> int:
    return int(words.replace(",", ""))


def inside(subject: Subject) -> str:
    """Which open postings a page is about, said apart from how the site asks for them."""
    row = {key: str(value).replace("'", "''") for key, value in subject.basis.items()}
    return {
        "world": "true",
        "remote": "is_remote",
        "company": f"company = '{row['name']}'",
        "country": f"posting_id in (select posting_id from job_places where country = '{row['country']}')",
        "region": f"posting_id in (select posting_id from job_places where country = '{row['country']}' "
        f"and region = '{row['region']}')",
    }[subject.kind]


def counted(home: Path, subject: Subject) -> dict[str, dict[str, Any]]:
    """What SQL counts for it, by track."""
    of_page = inside(subject)
    rows = ask(
        home,
        f"""with here as (from open_tracks where {of_page}),
        corrected as (
            select e.track, sum(expected) as corrected from expected_counts e join jobs using (posting_id)
            where closed_on is null and {of_page} group by 1)
        select track, count(*) as postings, count(distinct company) as companies,
            count(*) / (select count(*) from here) as share, any_value(corrected) as corrected
        from here join corrected using (track) group by track""",
    ).records()
    return {TITLES[row["track"]]: row for row in rows}


def agrees(home: Path, folder: Path, subject: Subject) -> None:
    """Every count and share of the table of the six is SQL's, and what is withheld is under the minimum."""
    page, sql = folder / subject.path, counted(home, subject)
    seen = 0
    for track, share, pay, postings, corrected, *others in cells(page, "tbody"):
        row = sql.get(track, {"postings": 0, "companies": 0})
        if postings:
            assert number(postings.split()[0]) == row["postings"], (subject.path, track)
            assert share.split()[0] == f"{row['share']:.0%}"
            if corrected != "–":  # a half may be rounded either way
                assert number(corrected.split()[0]) == pytest.approx(max(0, row["corrected"]), abs=0.51)
            assert pay
            if subject.kind != "company":
                companies = next(cell for cell in others if cell.replace(",", "").isdigit())
                assert number(companies) == row["companies"]
            seen += 1
        else:
            assert share == ("too few" if row["postings"] else "none"), (subject.path, track)
            few = row["companies"] < LEAST_COMPANIES and subject.kind != "company"
            assert row["postings"] < LEAST_POSTINGS or few
    assert len(sql) >= seen
    total = next(row for row in cells(page, "tfoot") if row[0] == "All six")
    assert number(total[3].split()[0]) == sum(row["postings"] for row in sql.values())
    for row in tree(page).css('[aria-label="Companies"] tbody tr'):
        company = row.css_first("th").text().replace("'", "''")
        here = f"select count(*) from open_tracks where {inside(subject)} and company = '{company}'"
        count = ask(home, here).rows[0][0]
        assert row.css_first("td").text() == (f"{count:,}" if count >= LEAST_POSTINGS else "too few")


def scope(home: Path, subject: Subject) -> Scope:
    """The question on the command line that asks for what a page is about."""
    place = {key: subject.basis[key] for key in ("country", "region")}
    if subject.kind == "metro":
        return area_scope(home, subject.called)
    return Scope(subject.kind, subject.called, company=subject.basis["name"], **place)


def between(low: float, high: float) -> str:
    return f"{100 * low:.0f}–{high:.0%}"


def paid(low: float, high: float) -> str:
    return f"${low / 1000:,.0f}–{high / 1000:,.0f}k"


def agrees_with_the_answer(home: Path, folder: Path, subject: Subject) -> None:
    """Every share, count and pay of a page, with its interval, is the one that the command line answers."""
    page, mix = folder / subject.path, ask_mix(home, scope(home, subject)).records()
    answer = {TITLES[row["track"]]: row for row in mix if not row["is_withheld"]}
    pay_rows = tree(page).css('[aria-label="Pay"] tbody tr')
    pay = {
        row.css_first("th").text(): [cell.text(separator=" ", strip=True) for cell in row.css("td")] for row in pay_rows
    }
    for track, share, median, _, corrected, *_ in cells(page, "tbody"):
        row = answer.pop(track, None)
        if row is None:
            assert share in ("too few", "none")
            assert track not in pay
            continue
        assert share == f"{row['share']:.0%} {between(row['share_low'], row['share_high'])}"
        figures = [row[name] for name in ("corrected", "corrected_low", "corrected_high") if row[name] is not None]
        # the command line rounds to a tenth before
        assert [number(words) for words in re.findall(r"[\d,]+", corrected)] == pytest.approx(figures, abs=0.55)
        told = None
        if row["pay_mid_usd"] is not None:
            told = f"${row['pay_mid_usd'] / 1000:,.0f}k {paid(row['pay_mid_low_usd'], row['pay_mid_high_usd'])}"
        assert median == told if told else median in ("too few", "–")
        if pay and subject.kind != "world":
            half = paid(row["pay_q1_usd"], row["pay_q3_usd"]) if told else ""
            assert pay[track] == [told or "too few", half, f"{row['share_with_pay']:.0%}"]
    assert not answer


def moves(home: Path, subject: Subject) -> dict[str, tuple[float, float, float]]:
    """The change of each track and of all against four weeks ago, with its 95 % interval, worked out from the postings."""
    rows = ask(
        home,
        f"""select track, posting_id, company, first_seen_on <= last - 28 and coalesce(closed_on > last - 28, true) as was_open,
            closed_on is null as is_open
        from jobs join labels using (posting_id), (select max(fetched_at)::date as last from fetches)
        where is_sure and track <> 'none' and {inside(subject)}
            and source not in (select source from sources where is_dated) and company in (
                select company from fetches join boards using (board_id) where fetched_at::date <= last - 28)""",
    ).records()
    found = {}
    for track in [*TITLES, "all"]:
        units: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        here = [row for row in rows if track in ("all", row["track"]) and (row["was_open"] or row["is_open"])]
        for row in here:
            unit = units[row["posting_id"] if subject.kind == "company" else row["company"]]
            unit[0] += row["was_open"]
            unit[1] += row["is_open"]
        change = sum(now - before for before, now in units.values())
        error = 1.96 * math.sqrt(sum((now - before) ** 2 for before, now in units.values()))
        stock = max(sum(before for before, _ in units.values()), sum(now for _, now in units.values()))
        companies = len({row["company"] for row in here})
        is_enough = stock >= LEAST_POSTINGS and (subject.kind == "company" or companies >= LEAST_COMPANIES)
        if is_enough and abs(change) > error:
            found[TITLES.get(track, "All six")] = (change, change - error, change + error)
    return found


def agrees_with_the_changes(home: Path, folder: Path, subject: Subject) -> int:
    """A change stands where it exceeds its error, and nowhere else; answers how many do."""
    changed = moves(home, subject)
    told = {row[0]: row for part in ("tbody", "tfoot") for row in cells(folder / subject.path, part)}
    withheld = [TITLES[row["track"]] for row in subject.tracks if row["withheld"]]
    column = 6 if subject.kind == "world" else 3
    for track, row in told.items():
        if track in changed and track not in withheld:
            change, low, high = changed[track]
            signed = f"{change:+d} in 4 weeks ({limit(low)} to {limit(high)})".replace("-", "−")
            assert row[column].endswith(signed), (subject.path, track)
        else:
            assert not any("in 4 weeks" in cell for cell in row), (subject.path, track)
    return len(changed)


def limit(number: float) -> str:
    return f"{number:+.1f}" if abs(number) < 0.5 else f"{number:+.0f}"


def with_figures(shown: Shown) -> list[Subject]:
    return [shown.world, *(one for one in (*shown.places, *shown.companies) if one.has_mix)]


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


def sums_and_minimum(site: Path, shown: Shown) -> None:
    """The tracks of every page sum to its total, and no count of a track is under the minimum."""
    for subject in with_figures(shown):
        page = site / subject.path
        postings = [row[3].partition(" ")[0] for row in cells(page, "tbody")]
        foot = {row[0]: row[3] if row[3] == "too few" else row[3].partition(" ")[0] for row in cells(page, "tfoot")}
        counts = [number(words) for words in postings if words]
        assert all(count >= LEAST_POSTINGS for count in counts), subject.path
        rest = number(foot["All six"]) - sum(counts)
        together = next((words for name, words in foot.items() if name.startswith("Those with too few")), "0")
        assert rest == number(together) if together != "too few" else rest > 0, subject.path
    for subject in shown.companies:
        if not subject.has_mix:
            assert not tree(site / subject.path).css(MIX)


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


def test_downloads_hold_every_public_table(sample_home: Path, site: Path) -> None:
    for table in [file.stem for file in (ROOT / "warehouse" / "tables").glob("*.sql")] + ["open_tracks", "labels"]:
        rows = ask(sample_home, f"select count(*) from {table}").rows[0][0]
        with (site / f"{table}.csv").open(newline="") as file:
            assert len(list(csv.DictReader(file))) == rows
        assert ask(sample_home, f"select count(*) from '{site / table}.parquet'").rows[0][0] == rows
    assert not list(site.glob("postings.*"))
    assert not any("text" in path.read_text().splitlines()[0].split(",") for path in site.glob("*.csv"))
    shutil.copytree(site, copy := site.parent / "copy")
    assert ask(copy, "select count(*) from jobs").rows == ask(sample_home, "select count(*) from jobs").rows


def test_the_start_page_is_light(site: Path) -> None:
    assert sum((site / name).stat().st_size for name in ("index.html", "site.css", "site.js")) < 500_000


def test_writing_again_takes_away_what_is_no_longer_of_the_site(sample_home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    result = CliRunner().invoke(app, ["site", "--out", str(folder), "--home", str(sample_home)])
    assert result.stdout.strip() == str(folder / "index.html")
    gone, mine = folder / "companies" / "gone.html", folder / "mine.txt"
    for file in (gone, mine):
        file.write_text("x")
    with (folder / "files.txt").open("a") as listed:
        listed.write("companies/gone.html\n../outside.txt\n")
    outside = tmp_path / "outside.txt"
    outside.write_text("x")
    render(sample_home, folder)
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


MarketOf = Callable[[str], Market]


@pytest.fixture
def odd(market: MarketOf, materialize: Run, tmp_path: Path) -> Path:
    """The site of companies whose names and titles mean harm."""
    at, home = market("2026-10-05"), tmp_path / "home"
    for token, company in (("up", "../../x"), ("tags", "<img src=x onerror='window.broken=1'>"), ("cell", FORMULA)):
        jobs = [greenhouse_job(n, f"{HTML_TITLE} {n}", absolute_url="javascript:window.broken=1") for n in range(1, 7)]
        at.board(company, token, jobs)
    assert materialize(at.folder, home).success
    return render(home, tmp_path / "deep" / "er" / "out").parent


def test_names_and_titles_are_only_text(odd: Path, tmp_path: Path) -> None:
    assert (odd / "companies" / "x.html").is_file()
    assert {file.parent.name for file in tmp_path.rglob("x.html")} == {"companies"}
    for page in odd.rglob("*.html"):
        html = tree(page)
        assert not html.css("img, main b:not(.bar b), main script"), page
        assert not [link for link in html.css("a") if link.attributes["href"].startswith("javascript")]
    said = tree(odd / "companies" / "x.html").body.text()
    assert HTML_TITLE in said
    assert "</script" not in (odd / "search.js").read_text()
    with (odd / "company_mix.csv").open(newline="") as file:
        companies = {row["company"] for row in csv.DictReader(file)}
    assert f"'{FORMULA}" in companies
    assert FORMULA not in companies


def test_a_market_without_a_posting_still_has_its_pages(market: MarketOf, materialize: Run, tmp_path: Path) -> None:
    at = market("2026-10-05")
    at.board("Kestrel", "kestrel", [])
    assert materialize(at.folder, tmp_path / "home").success
    start = render(tmp_path / "home", tmp_path / "out")
    assert "No open posting" in tree(start).css_first("h1").text()


# --- in a browser -----------------------------------------------------------------------------------------------


def kinds_of_page(site: Path, shown: Shown) -> list[Path]:
    several = [shown.of_kind("country")[0], shown.of_kind("region")[0], shown.of_kind("metro")[0]]
    several += [one for one in shown.companies if one.has_mix][:1]
    several += [one for one in shown.companies if not one.has_mix][:1]
    named = ("index", "places", "companies", "compare", "choose", "method", "downloads", "tracks/applied_llm")
    return [*(site / f"{name}.html" for name in named), *(site / one.path for one in several)]


@pytest.mark.parametrize("width", [390, 820, 1440])
def test_pages_fit_and_ask_nobody(site: Path, shown: Shown, visit: Opened, width: int) -> None:
    one = visit(width)
    for path in kinds_of_page(site, shown):
        page = one.open(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.locator("h1").bounding_box()["y"] < 400, path
    assert not one.faults


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1440, "dark")])
def test_pages_can_be_read_by_all(site: Path, shown: Shown, visit: Opened, width: int, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    one = visit(width, color_scheme=scheme)
    for path in kinds_of_page(site, shown):
        violations = axe.run(one.open(path), options={"preload": False}).response["violations"]
        serious = [
            (found["id"], node["target"])
            for found in violations
            if found["impact"] in ("serious", "critical")
            for node in found["nodes"][:3]
        ]
        assert not serious, path
    assert not one.faults


def test_search_finds_a_place_whatever_its_accents_by_keyboard(site: Path, shown: Shown, visit: Opened) -> None:
    one = visit()
    page = one.open(site / shown.companies[0].path)
    box = page.locator("input[role=combobox]")
    box.type("zuri")
    page.wait_for_selector("[role=option]")
    first = page.locator("[role=option]").first
    assert first.inner_text().startswith("Zürich") or first.inner_text().startswith("Zurich")
    box.fill("")
    box.type(shown.companies[-1].called[:6].upper())
    page.wait_for_selector(f"[role=option]:has-text('{shown.companies[-1].called}')")
    wanted = [row.inner_text() for row in page.locator("[role=option]").all()]
    for _ in range(next(n for n, words in enumerate(wanted) if words.startswith(shown.companies[-1].called))):
        box.press("ArrowDown")
    assert page.locator("[aria-selected=true]").inner_text().startswith(shown.companies[-1].called)
    box.press("Enter")
    page.wait_for_url(f"**/{shown.companies[-1].path}")
    page.locator("input[role=combobox]").type("zzzzqq")
    page.wait_for_selector("text=How to add a board")
    assert not one.faults


def test_tables_sort_by_mouse_and_by_keyboard(site: Path, visit: Opened) -> None:
    one = visit()
    page = one.open(site / "index.html")

    def column(number: int) -> list[str]:
        return [
            words.split("\n")[0] for words in page.locator(f"{MIX} tbody tr > :nth-child({number})").all_inner_texts()
        ]

    head = page.locator(f"{MIX} thead th").nth(3)
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    postings = [int(words.replace(",", "")) for words in column(4)]
    assert postings == sorted(postings, reverse=True)
    head.get_by_role("button").press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    assert [int(words.replace(",", "")) for words in column(4)] == sorted(postings)
    first = page.locator(f"{MIX} thead th").first
    first.get_by_role("button").click()
    assert column(1) == sorted(column(1), key=str.casefold)
    assert head.get_attribute("aria-sort") is None
    assert not one.faults


def test_dark_is_remembered(site: Path, visit: Opened) -> None:
    one = visit(color_scheme="light")
    page = one.open(site / "index.html")

    def ground() -> str:
        return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))

    light = ground()
    page.get_by_role("button", name="Switch to dark").click()
    dark = ground()
    assert dark != light
    one.open(site / "method.html")
    assert ground() == dark
    page.get_by_role("button", name="Switch to light").click()
    assert ground() == light
    assert not one.faults


def test_compare_shows_what_is_picked(site: Path, shown: Shown, visit: Opened) -> None:
    one = visit()
    page = one.open(site / "compare.html")
    country = shown.of_kind("country")[0]
    page.locator("select").nth(0).select_option("index.html")
    page.locator("select").nth(1).select_option(country.path)
    rows = page.locator("#compared tbody tr:visible")
    assert rows.count() == 2
    assert country.called in rows.nth(1).inner_text()
    assert not one.faults


def test_everything_is_there_without_scripts(site: Path, shown: Shown, visit: Opened) -> None:
    one = visit(java_script_enabled=False)
    page = one.open(site / "index.html")
    assert page.locator(f"{MIX} tbody tr").first.locator("td").first.inner_text().strip()
    assert page.locator("h1").bounding_box()["y"] < 300
    assert not page.locator("form.find").is_visible()
    page.get_by_role("link", name="Companies", exact=True).click()
    assert page.get_by_role("link", name=shown.companies[0].called, exact=True).first.is_visible()


def test_no_name_or_title_runs(odd: Path, visit: Opened) -> None:
    one = visit()
    for path in sorted(odd.rglob("*.html")):
        page = one.open(path)
        page.locator("input[role=combobox]").type("img")
        page.wait_for_selector("[role=option]")
        assert page.evaluate("window.broken") is None, path
    assert not one.faults
