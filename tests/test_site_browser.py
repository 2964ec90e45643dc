"""The site in a real browser, opened from disk."""

import csv
from pathlib import Path

import pytest
from agreement import MIX, tree
from conftest import Market, Opened, Run, greenhouse_job

from reports.site.market import Market as Shown
from reports.site.write import render
from warehouse.store import ask

HTML_TITLE = "<script>window.broken = 1</script> Inference Engineer <b>CUDA</b>"
AXE = {"preload": False, "resultTypes": ["violations"]}  # the rest of what it finds is not put into words
FORMULA = "=cmd|' /C calc'!A0"


@pytest.fixture(scope="module")
def odd(materialize: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, deep in a folder of its own, of companies whose names and titles mean harm."""
    at, root = Market(tmp_path_factory.mktemp("replies")), tmp_path_factory.mktemp("odd")
    for token, company in (("up", "../../x"), ("tags", "<img src=x onerror='window.broken=1'>"), ("cell", FORMULA)):
        jobs = [greenhouse_job(n, f"{HTML_TITLE} {n}", absolute_url="javascript:window.broken=1") for n in range(1, 7)]
        at.board(company, token, jobs)
    assert materialize(at.folder, root / "home").success
    return render(root / "home", root / "deep" / "er" / "out").parent


def test_names_and_titles_are_only_text(odd: Path) -> None:
    assert (odd / "companies" / "x.html").is_file()
    assert {file.parent.name for file in odd.parents[2].rglob("x.html")} == {"companies"}
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


def kinds_of_page(site: Path, shown: Shown) -> list[Path]:
    several = [shown.of_kind(kind)[0] for kind in ("wide_area", "country", "region", "metro", "city")]
    several += [shown.of_kind("city")[-1]]
    several += [max(shown.companies, key=lambda one: one.basis["postings"])]
    several += [min(shown.companies, key=lambda one: one.basis["postings"])]
    named = (
        "index",
        "places",
        "companies",
        "openings",
        "compare",
        "choose",
        "method",
        "downloads",
        "tracks/applied_llm",
    )
    return [*(site / f"{name}.html" for name in named), *(site / one.path for one in several)]


@pytest.mark.parametrize("width", [390, 820, 1440])
def test_pages_fit_and_ask_nobody(site: Path, shown: Shown, visit: Opened, width: int) -> None:
    one = visit(width)
    for path in kinds_of_page(site, shown):
        page = one.open(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.locator("h1").bounding_box()["y"] < 400, path
        if page.locator(MIX).count():  # the counts are on the screen, however narrow
            count = page.locator(f"{MIX} tbody tr").first.locator("td").first.bounding_box()
            assert 0 < count["x"] + count["width"] <= width, path
    assert not one.faults


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1440, "dark")])
def test_pages_can_be_read_by_all(site: Path, shown: Shown, visit: Opened, width: int, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    one = visit(width, color_scheme=scheme)
    for path in kinds_of_page(site, shown):
        violations = axe.run(one.open(path), options=AXE).response["violations"]
        serious = [
            (found["id"], node["target"])
            for found in violations
            if found["impact"] in ("serious", "critical")
            for node in found["nodes"][:3]
        ]
        assert not serious, path
    assert not one.faults


SHIFTS = """new Promise((done) => new PerformanceObserver((list) => done(list.getEntries().map((one) => one.value)))
    .observe({type: "layout-shift", buffered: true}) || setTimeout(() => done([]), 200))"""


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_moves_when_the_scripts_have_run(site: Path, shown: Shown, visit: Opened, width: int) -> None:
    one = visit(width)
    for path in kinds_of_page(site, shown):
        assert sum(one.open(path).evaluate(SHIFTS)) < 0.01, path


def test_the_search_box_is_the_largest_thing_to_use_on_the_start_page(site: Path, visit: Opened) -> None:
    page = visit(1440).open(site / "index.html")
    sizes = {
        what: page.locator(what).first.evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)")
        for what in (".find input", ".mix th a", "nav a", "main .lead", "h2")
    }
    assert max(sizes, key=lambda what: sizes[what]) == ".find input"
    assert page.locator(".find input").bounding_box()["y"] < 400


def test_a_search_opens_what_was_typed(site: Path, shown: Shown, visit: Opened) -> None:
    one = visit()
    berlin = next(city for city in shown.of_kind("city") if city.called == "Berlin")
    country, company = shown.of_kind("country")[0], shown.companies[0]
    metro = shown.of_kind("metro")[0]
    typed = [
        ("Berlin", berlin),
        ("berlín", berlin),
        ("nyc", next(c for c in shown.of_kind("city") if c.called == "New York")),
    ]
    typed += [(subject.called, subject) for subject in (country, company, metro)]
    for words, subject in typed:
        page = one.open(site / "method.html")
        page.locator("input[role=combobox]").type(words)
        page.wait_for_selector("[role=option]")
        page.locator("input[role=combobox]").press("Enter")
        page.wait_for_url(f"**/{subject.path}")
        assert page.locator("h1").inner_text().startswith(f"{subject.called}:")
        assert not page.locator("#asked").is_visible()
    assert not one.faults


def test_a_search_for_a_place_without_an_opening_opens_what_lies_around_and_says_so(
    sample_home: Path, site: Path, shown: Shown, visit: Opened
) -> None:
    one = visit()
    country = shown.of_kind("country")[0]
    called, region, _ = next(
        row for row in ask(sample_home, "site/empty_cities").rows if row[2] == country.basis["country"]
    )
    around = shown.at(country.basis["country"], region) or country
    page = one.open(site / "index.html")
    page.locator("input[role=combobox]").type(called)
    option = page.locator(f"[role=option]:has-text('no opening; opens {around.title}')").first
    assert option.inner_text().startswith(called)
    option.click()
    page.wait_for_url(f"**/{around.path}?asked=*")
    assert page.locator("#asked").inner_text() == f"No opening names {called}. This is what lies around it."
    page = one.open(site / around.path)
    page.goto(f"{page.url}?asked=%3Cimg%20src%3Dx%20onerror%3D%22window.broken%3D1%22%3E")
    assert "<img src=x" in page.locator("#asked").inner_text()
    assert page.evaluate("window.broken") is None
    assert not one.faults


def test_the_citation_can_be_copied(site: Path, shown: Shown, visit: Opened) -> None:
    one = visit(permissions=["clipboard-read", "clipboard-write"])
    page = one.open(site / shown.of_kind("city")[0].path)
    page.get_by_role("button", name="Copy").click()
    assert page.evaluate("getSelection().toString()") == page.locator("#cite").inner_text()
    assert page.get_by_role("button", name="Copied").is_visible()
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

    head = page.locator(f"{MIX} thead th").nth(1)
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    postings = [int(words.split()[0].replace(",", "")) for words in column(2)]
    assert postings == sorted(postings, reverse=True)
    head.get_by_role("button").press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    assert [int(words.split()[0].replace(",", "")) for words in column(2)] == sorted(postings)
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


def test_everything_is_there_without_scripts(site: Path, shown: Shown, visit: Opened) -> None:
    one = visit(java_script_enabled=False)
    page = one.open(site / "index.html")
    assert page.locator(f"{MIX} tbody tr").first.locator("td").first.inner_text().strip()
    assert page.locator("h1").bounding_box()["y"] < 300
    assert not page.locator("form.find").is_visible()
    page.goto((site / "compare.html").as_uri())
    assert page.locator("#compared tbody tr").count() > 10
    assert not page.locator("#picks").is_visible()
    page.goto((site / "index.html").as_uri())
    page.get_by_role("link", name="Companies", exact=True).click()
    assert page.get_by_role("link", name=shown.companies[0].called, exact=True).first.is_visible()


def test_no_name_or_title_runs(odd: Path, visit: Opened) -> None:
    one = visit()
    for path in sorted(odd.rglob("*.html")):
        page = one.open(path)
        page.locator("input[role=combobox]").first.type("img")
        page.wait_for_selector("[role=option]")
        assert page.evaluate("window.broken") is None, path
    assert not one.faults


def test_paper_has_no_navigation_and_cuts_no_row(site: Path, shown: Shown, visit: Opened) -> None:
    one = visit(color_scheme="dark")
    for path in kinds_of_page(site, shown):
        page = one.open(path)
        page.emulate_media(media="print", color_scheme="dark")
        for gone in ("nav", "input", "button:not(thead button)", "select"):
            assert not [1 for found in page.locator(gone).all() if found.is_visible()], (path, gone)
        style = """(what) => [...new Set([...document.querySelectorAll(what)].map((one) => getComputedStyle(one).breakInside))]"""
        assert {*page.evaluate(style, "tr"), *page.evaluate(style, "figure")} <= {"avoid"}, path
        ground, ink = (
            page.evaluate(f"getComputedStyle(document.body).{what}") for what in ("backgroundColor", "color")
        )
        assert (ground, ink) == ("rgb(255, 255, 255)", "rgb(0, 0, 0)")
        page.emulate_media(media="screen")
    assert not one.faults
