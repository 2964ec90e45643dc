"""The page of all openings, in a real browser, against the command line and SQL."""

import random
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest
from agreement import tree
from conftest import Opened
from invented import PLACES, Job, invented
from test_site_browser import AXE, odd  # noqa: F401

from classifiers.tracks import TRACKS
from reports.openings import Sort, Wanted, ask_openings, pay
from reports.scope import WORLD, Level, Only, Scope, area_scope, company_scope
from reports.site.market import Market as Shown
from reports.site.openings import FIRST, PAGE, address, columns
from reports.site.page import in_script
from reports.site.subject import Subject
from reports.site.write import render
from warehouse.store import ask, open_store, publish

DRAWN = 40
ROWS = 50_000
TRACK_NAMES = [track.name for track in TRACKS]
Row = Mapping[str, Any]


def counted(page: Any) -> int:
    return int(page.locator("#count strong").inner_text().replace(",", ""))


def titles(page: Any) -> list[str]:
    return list(page.locator("#openings .title").all_inner_texts())


def links(page: Any) -> list[str]:
    """The addresses of all openings that fit, in their order."""
    while page.locator("#more").is_visible():
        page.locator("#more").click()
    return list(page.evaluate("[...document.querySelectorAll('#openings .title a')].map((link) => link.href)"))


def ask_page(page: Any, asked: str) -> None:
    page.evaluate("(asked) => { location.hash = asked; }", asked)
    page.wait_for_function("(asked) => location.hash.slice(1) === asked", arg=asked)
    page.evaluate("new Promise((done) => setTimeout(done))")  # until the page has been told


# --- the same answer as elsewhere -------------------------------------------------------------------------------


def areas(home: Path) -> list[tuple[str, Scope]]:
    """Areas and companies with openings of every kind: what the address says of each, and the question for it."""
    found = [("", WORLD), ("remote=1", Scope("remote", "remote jobs"))]
    for country, region, city in ask(
        home, "select distinct country, region, city from job_places join open_tracks using (posting_id)"
    ).rows:
        where = {"country": country, "region": region, "city": city}
        kind = "city" if city else "region" if region else "country"
        found.append((written(where), Scope(kind, kind, **where)))
        found.append((written({"country": country}), Scope("country", country, country=country)))
    for (name,) in ask(home, "select distinct area from wide_areas where area in ('Europe', 'EMEA', 'APAC')").rows:
        found.append((written({"wide_area": name}), area_scope(home, name)))
    found.append((written({"metro": "Bay Area"}), area_scope(home, "Bay Area")))
    around = area_scope(home, "San Francisco, California", within_km=70)
    where = {"country": around.country, "region": around.region, "city": around.city, "within_km": 70}
    found.append((written(where), around))
    for (company,) in ask(home, "select distinct company from open_tracks").rows:
        found.append((written({"company": company}), company_scope(home, company)))
    return found


def written(asked: Mapping[str, Any]) -> str:
    return urlencode({name: value for name, value in asked.items() if value not in (None, "")})


def agrees(page: Any, home: Path, asks: str, scope: Scope, wanted: Wanted) -> int:
    """The page answers as the command line; says how many openings fit."""
    only = {"level": scope.only.level, "remote": scope.only.is_remote and 1}
    asked = {"track": wanted.track, "pay_from": wanted.pay_from, "sort": wanted.sort, **only}
    ask_page(page, "&".join(filter(None, (asks, written(asked)))))
    answer, total = ask_openings(home, scope, wanted)
    assert counted(page) == total, (asks, scope, wanted)
    assert links(page) == [row["url"] for row in answer.records()], (asks, scope, wanted)
    return total


def test_drawn_filters_are_answered_as_by_the_command_line(sample_home: Path, site: Path, visit: Opened) -> None:
    one, draw, kinds = visit(), random.Random(17), areas(sample_home)
    page, totals = one.open(site / PAGE), []
    for asks, scope in kinds:
        if scope.kind in ("world", "remote", "wide_area") or scope.within_km:
            assert agrees(page, sample_home, asks, scope, Wanted())
    for asks, scope in draw.choices(kinds, k=DRAWN):
        only = Only(draw.choice([None, None, *Level]), draw.choice([None, None, True]))
        narrowed = replace(scope, only=only) if scope.kind != "remote" else scope
        sort = draw.choice([Sort.newest, Sort.pay, Sort.company])
        wanted = Wanted(draw.choice([None, None, *TRACK_NAMES]), draw.choice([None, None, 90_000, 180_000]), (), sort)
        totals.append(agrees(page, sample_home, asks, narrowed, wanted))
    assert any(totals)
    assert not one.faults


@pytest.fixture(scope="module")
def tied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A market whose jobs state ranges for a city, a region, a country or none, some of them in two postings."""
    draw, cities = (
        random.Random(23),
        ["Berlin", "Austin", "San Francisco", "New York", "Paris", "Town 01", "Town 02"],
    )
    jobs = [
        Job(
            f"Company {n % 9}",
            "training",
            draw.choice([None, *cities]),
            pay=draw.choice([None, 150]),
            is_remote=n % 4 == 0,
        )
        for n in range(120)
    ]
    home = invented(tmp_path_factory.mktemp("tied"), jobs)
    ranges = []
    for n in range(len(jobs)):
        for number in range(draw.choice([0, 1, 2, 3])):
            city = draw.choice(cities)
            region, country, latitude, longitude = PLACES[city]
            spot = {"city": city, "region": region, "country": country, "latitude": latitude, "longitude": longitude}
            kept = draw.choice([(), ("country",), ("country", "region"), tuple(spot)])
            low = 40_000.0 + 1_000 * draw.randrange(200)
            paid = {"pay_low_usd": low, "pay_high_usd": low + 1_000 * draw.randrange(1, 90)}
            ranges.append({"posting_id": f"job/{n}", "pay_no": number + 1, **{key: spot[key] for key in kept}, **paid})
    with open_store(home) as store:
        store.append("posting_pay", ranges)
        store.append("duplicates", [{"posting_id": f"job/{n + 90}", "same_as": f"job/{n}"} for n in range(30)])
        store.build()
    publish(home)
    return home


def test_pay_is_what_a_job_states_for_the_area(tied: Path, visit: Opened, tmp_path: Path) -> None:
    one = visit()
    page = one.open(render(tied, tmp_path / "site").parent / PAGE)
    differ = 0
    for asks, scope in dict(areas(tied)).items():
        ask_page(page, asks + "&pay_from=90000&sort=pay")
        answer, total = ask_openings(tied, scope, Wanted(None, 90_000, (), Sort.pay))
        told = [(row["title"], pay(row["pay_low_usd"], row["pay_high_usd"])) for row in answer.records()]
        assert counted(page) == total, asks
        while page.locator("#more").is_visible():
            page.locator("#more").click()
        assert list(zip(titles(page), page.locator("#openings .pay").all_inner_texts(), strict=True)) == told, asks
        differ += len(told)
    assert differ
    assert not one.faults


def test_words_begin_words_of_title_company_place_or_skill(sample_home: Path, site: Path, visit: Opened) -> None:
    one = visit()
    page = one.open(site / PAGE)
    said = """select posting_id, strip_accents(lower(concat_ws(chr(10), title, t.company,
            (select string_agg(concat_ws(chr(10), city, region, name), chr(10)) from job_places join countries using (country)
                where posting_id = t.posting_id),
            (select string_agg(skill, chr(10)) from posting_skills where posting_id = t.posting_id)))) as words
        from open_tracks t join jobs using (posting_id)"""
    found = [str(row[1]) for row in ask(sample_home, said).rows]
    totals = []
    for words in (
        "cuda",
        "PYTHON senior",
        "Berl",
        "germany engineer",
        "zurich",
        "c++",
        "ython",
        "kubernetes halcyon",
        "(",
        ".*",
    ):
        ask_page(page, urlencode({"words": words}))
        fits = [
            text
            for text in found
            if all(re.search(rf"(?<![^\W_]){re.escape(word)}", text) for word in words.lower().split())
        ]
        assert counted(page) == len(fits), words
        totals.append(len(fits))
    assert sum(0 < total < len(found) for total in totals) >= 4
    assert 0 in totals
    assert not one.faults


def test_counts_by_track_are_of_all_else_that_is_asked(sample_home: Path, site: Path, visit: Opened) -> None:
    page = visit().open(site / PAGE)
    ask_page(page, "country=US&track=research&track=training")
    rows = ask(
        sample_home,
        """select track, count(*) from open_tracks
        where posting_id in (select posting_id from job_places where country = 'US') group by track""",
    ).rows
    counts = {
        row.get_attribute("data-track"): int(row.locator("output").inner_text())
        for row in page.locator("label[data-track]").all()
    }
    assert counts == dict.fromkeys(TRACK_NAMES, 0) | dict(rows)
    assert counted(page) == counts["research"] + counts["training"]


def test_who_states_no_pay_is_said(sample_home: Path, site: Path, visit: Opened) -> None:
    page = visit().open(site / PAGE)
    ask_page(page, "pay_from=100000&track=applied_llm")
    silent = ask(
        sample_home,
        """select count(*) from (
            select pay_in(posting_id, pay_low_usd, pay_high_usd, scope_of('world')) as pay
            from open_tracks where track = 'applied_llm'
        ) where pay.high is null""",
    ).rows[0][0]
    assert silent > 1
    assert page.locator("#count").inner_text().endswith(f"{silent} more state no pay")


# --- the address ------------------------------------------------------------------------------------------------


def test_a_filter_can_be_sent_to_a_friend(site: Path, visit: Opened) -> None:
    one = visit()
    page = one.open(site / PAGE)
    page.get_by_label("Words").fill("engineer")
    page.get_by_label("Area").fill("united stat")
    page.get_by_label("Applied LLM").check()
    page.get_by_label("MLOps / platform").check()
    page.get_by_label("Level").select_option("senior")
    page.get_by_label("Stated pay from").fill("120000")
    page.get_by_label("Sort").select_option("pay")
    page.wait_for_function("location.hash.includes('sort=pay')")
    sent = page.url
    assert parse_qs(sent.partition("#")[2]) == {
        "country": ["US"], "track": ["applied_llm", "mlops_platform"], "words": ["engineer"], "level": ["senior"],
        "pay_from": ["120000"], "sort": ["pay"],
    }  # fmt: skip
    other = visit()
    other.page.goto(sent)
    assert counted(other.page) == counted(page) > 0
    assert titles(other.page) == titles(page)
    assert other.page.get_by_label("Area").input_value() == "United States"
    assert other.page.get_by_label("MLOps / platform").is_checked()
    assert not other.page.get_by_label("ML research").is_checked()
    other.page.get_by_role("button", name="Clear all").click()
    other.page.wait_for_function("!location.hash")
    assert counted(other.page) > counted(page)
    assert not one.faults + other.faults


def test_the_openings_of_a_page_are_those_it_counts(site: Path, shown: Shown, visit: Opened) -> None:
    one = visit()
    page = one.open(site / PAGE)
    several = [shown.world, *random.Random(17).sample([*shown.places, *shown.companies], 15)]
    for subject in [*several, *shown.of_kind("metro")[:2], *shown.of_kind("remote")]:
        for track in (None, subject.tracks[0]["track"]):
            file, _, asked = address(subject, track).partition("#")
            assert file == PAGE
            ask_page(page, asked)
            assert counted(page) == (subject.track(track) if track else subject.basis)["postings"], asked
    assert not one.faults


def test_every_number_that_leads_to_openings_is_their_number(site: Path, shown: Shown, visit: Opened) -> None:
    one, draw = visit(), random.Random(29)
    around = {path_of(circle, shown) for circle in shown.around.values()}
    large = next(place for place in shown.of_kind("city") if place.path in around and place.basis["employers"])
    files = [site / "index.html", site / "tracks" / "applied_llm.html", site / "places.html", site / "compare.html"]
    files += [site / subject.path for subject in (large, *draw.sample([*shown.places, *shown.companies], 4))]
    links = {}
    for file in files:
        for link in tree(file).css("a.count"):
            links[str(link.attributes["href"]).rpartition("/")[2]] = int(link.text().replace(",", ""))
    kinds = ("within_km=", "level=", "company=", "wide_area=", "metro=", "track=")
    drawn = [draw.choice([link for link in sorted(links) if kind in link]) for kind in kinds]
    page = one.open(site / PAGE)
    for link in [*drawn, *draw.sample(sorted(links), 40)]:
        ask_page(page, link.partition("#")[2])
        assert counted(page) == links[link], link
    assert not one.faults


def path_of(circle: Subject, shown: Shown) -> str:
    """The page of the city that a circle is drawn around, where the circle holds more."""
    basis = circle.basis
    city = shown.by_place["city", basis["country"], basis["region"], basis["city"], None]
    return city.path if basis["postings"] > city.basis["postings"] else ""


@pytest.mark.parametrize("asked", ["area=Nowhere+at+all", "metro=Atlantis", "wide_area=Pangaea", "country=AQ"])
def test_an_area_without_an_opening_is_said(site: Path, visit: Opened, asked: str) -> None:
    one = visit()
    one.page.goto(f"{(site / PAGE).as_uri()}#{asked}")
    assert counted(one.page) == 0
    assert one.page.get_by_label("Area").input_value()
    assert not one.faults


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("züri", "Zurich, Switzerland"),
        ("deutschland", "Germany"),
        ("U.K.", "United Kingdom"),
        ("new york city", "New York, United States"),
        ("bay", "Bay Area"),
        ("european union", "European Union"),
    ],
)
def test_an_area_is_found_as_people_type_it(site: Path, visit: Opened, typed: str, told: str) -> None:
    page = visit().open(site / PAGE)
    page.get_by_label("Area").fill(typed)
    assert page.locator("#count").inner_text().endswith(f" in {told}")


def test_an_address_made_up_does_no_harm(site: Path, visit: Opened) -> None:
    one = visit()
    one.page.goto(
        f"{(site / PAGE).as_uri()}#sort=x&level=%3Cb%3E&track=nobody&pay_from=lots&within_km=-1&words=%25&x=%E0"
    )
    assert one.page.get_by_label("Sort").input_value() == "newest"
    assert one.page.get_by_label("Level").input_value() == ""
    assert not one.faults


# --- the page ---------------------------------------------------------------------------------------------------


def test_scripts_write_the_rows_as_the_page_has_them(site: Path, shown: Shown, visit: Opened) -> None:
    plain, scripted = visit(java_script_enabled=False), visit()
    rows = [one.open(site / PAGE).locator("#openings li").all() for one in (plain, scripted)]
    assert [row.evaluate("(row) => row.outerHTML") for row in rows[1]] == [
        row.evaluate("(row) => row.outerHTML") for row in rows[0]
    ]
    assert len(rows[0]) == FIRST
    links(scripted.page)
    days = [row["published_on"].strftime("%-d %b %Y") for row in shown.openings.values()]
    assert scripted.page.locator("#openings time").all_inner_texts() == days
    assert plain.page.locator("main noscript p").is_visible()
    assert not plain.page.locator("#filter").is_visible()
    assert not plain.page.get_by_label("Sort").is_visible()
    assert plain.page.locator("#openings").bounding_box()["width"] > 1_000


def test_by_keyboard_alone(site: Path, visit: Opened) -> None:
    one = visit()
    page = one.open(site / PAGE)

    def focused() -> str:
        return str(
            page.evaluate("document.activeElement.name || document.activeElement.id || document.activeElement.tagName")
        )

    for _ in range(40):
        page.keyboard.press("Tab")
        if focused() == "words":
            break
    page.keyboard.type("engineer")
    every = counted(page)
    page.keyboard.press("Tab")
    page.keyboard.type("united states")
    assert 0 < (here := counted(page)) < every
    page.keyboard.press("Tab")
    assert focused() == "remote"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert counted(page) == int(page.locator("label[data-track] output").first.inner_text()) < here
    page.keyboard.press("Space")
    for _ in range(20):
        page.keyboard.press("Tab")
        if focused() == "sort":
            break
    page.keyboard.press("End")
    assert page.get_by_label("Sort").input_value() == "company"
    page.keyboard.press("Tab")
    assert focused() == "A"
    more = page.locator("#more")
    assert page.locator("#openings li").count() == FIRST < here
    more.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("[...document.querySelectorAll('#openings li')].indexOf(document.activeElement)") == FIRST
    assert page.locator("#openings li").count() == min(here, 2 * FIRST)
    assert not one.faults


@pytest.mark.parametrize(
    ("width", "scheme"), [(390, "light"), (390, "dark"), (820, "light"), (1440, "dark"), (1440, "light")]
)
def test_fits_and_can_be_read_by_all(site: Path, visit: Opened, width: int, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    one = visit(width, color_scheme=scheme)
    page = one.open(site / PAGE)
    button = page.locator("#narrow")
    if width < 960:
        assert not page.get_by_label("Level").is_visible()
        assert page.locator("#openings li").first.bounding_box()["y"] < 700
        button.press("Enter")
        assert button.get_attribute("aria-expanded") == "true"
        assert button.inner_text() == f"Show {counted(page)} openings"
    page.get_by_label("AI safety").check()
    page.get_by_label("Area").fill("United States")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = axe.run(page, options=AXE).response["violations"]
    assert not [(one["id"], node["target"]) for one in found for node in one["nodes"][:3]]
    assert not one.faults


def test_no_title_or_name_runs_or_links_to_a_script(odd: Path, visit: Opened) -> None:  # noqa: F811
    assert "</script" not in (odd / "openings.js").read_text()
    one = visit()
    page = one.open(odd / PAGE)
    page.get_by_label("Words").fill("script")
    page.get_by_label("Company", exact=True).fill("<img")
    assert counted(page) == 6
    assert titles(page)[0].startswith("<script>")
    page.wait_for_function("location.hash.includes('company')")
    assert (
        page.evaluate("document.querySelectorAll('main img, main script, #openings b, #openings .title a').length") == 0
    )
    assert page.evaluate("window.broken") is None
    assert not one.faults


def test_a_market_without_an_opening_has_its_page(visit: Opened, tmp_path: Path) -> None:
    folder = render(invented(tmp_path / "home", [Job("Kestrel", "none")]), tmp_path / "site").parent
    one = visit()
    page = one.open(folder / PAGE)
    page.get_by_label("Words").fill("engineer")
    assert page.locator("#count").inner_text() == "0 openings"
    assert not page.locator("#openings li, #more:visible").count()
    assert not one.faults


def test_without_its_rows_the_page_says_so(site: Path, visit: Opened, tmp_path: Path) -> None:
    for name in (PAGE, "site.css", "site.js", "fitting.js", "filter.js"):
        shutil.copy(site / name, tmp_path / name)
    page = visit().open(tmp_path / PAGE)
    assert "openings.js" in page.locator("#count").inner_text()
    assert page.locator("#openings li").count() == FIRST
    assert page.locator("#openings li").first.is_visible()


# --- fifty thousand ---------------------------------------------------------------------------------------------


def many(rows: int) -> list[Row]:
    """Openings of a market that nobody reads, the newest first."""
    draw, day = random.Random(14), date(2026, 11, 23)
    cities = [("DE", f"Region {n % 16}", f"Stadt {n}", 48 + n / 400, 11.0) for n in range(2_000)]
    drawn = [
        {
            "title": f"{draw.choice(('Senior', 'Staff', 'Research'))} {draw.choice(('Inference', 'Evals', 'Platform'))} Engineer {n}",
            "url": f"https://example.org/{n % 5_000}/jobs/{n}", "company": f"Company {n % 5_000}",
            "track": draw.choice(TRACK_NAMES), "seniority": draw.choice(("early", "senior", "lead", "unknown")),
            "is_remote": n % 9 == 0, "pay_low_usd": None if n % 2 else 100_000.0 + n, "pay_high_usd": None if n % 2 else 150_000.0 + n,
            "published_on": day - timedelta(n * 90 // rows),
            "places": [dict(zip(("country", "region", "city", "latitude", "longitude"), draw.choice(cities), strict=True))],
            "skills": [f"Skill {skill}" for skill in draw.sample(range(300), 8)], "is_of_several": None, "ranges": None,
        }
        for n in range(rows)
    ]  # fmt: skip
    return drawn


def script_of(rows: Sequence[Row]) -> str:
    around = {"countries": {"DE": "Germany"}, "wide_areas": {"Europe": ["DE"]}, "metros": [], "also": {}}
    return in_script("trackmixOpenings", {**around, **columns(rows, {})})


def test_fifty_thousand_are_answered_from_a_small_page(site: Path, visit: Opened, tmp_path: Path) -> None:
    for name in (PAGE, "site.css", "site.js", "fitting.js", "filter.js"):
        shutil.copy(site / name, tmp_path / name)
    rows = many(ROWS)
    (tmp_path / "openings.js").write_text(script_of(rows))
    one = visit()
    page = one.open(tmp_path / PAGE)
    assert counted(page) == ROWS
    assert titles(page) == [row["title"] for row in rows[:FIRST]]
    page.get_by_label("Words").fill("evals skill 2")
    page.get_by_label("Area").fill("Region 3,")
    page.get_by_label("ML research").check()
    page.get_by_label("Stated pay from").fill("170000")
    page.get_by_label("Sort").select_option("pay")
    fits = [row for row in rows if fits_by_hand(row)]
    assert counted(page) == len(fits) > FIRST
    best = sorted(fits, key=lambda row: -row["pay_high_usd"])
    assert titles(page) == [row["title"] for row in best[:FIRST]]
    page.locator("#more").click()
    assert titles(page) == [row["title"] for row in best[: 2 * FIRST]]
    assert page.evaluate("document.querySelectorAll('*').length") < 2_000
    assert not one.faults


def fits_by_hand(row: Row) -> bool:
    """Whether an opening fits what the test of fifty thousand asks."""
    place = row["places"][0]
    said = " ".join((row["title"], row["company"], place["city"], place["region"], *row["skills"])).lower().split()
    return (
        all(any(word.startswith(asked) for word in said) for asked in ("evals", "skill", "2"))
        and row["track"] == "research"
        and place["region"] == "Region 3"
        and (row["pay_high_usd"] or 0) >= 170_000
    )
