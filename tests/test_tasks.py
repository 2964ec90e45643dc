"""What people come for, in a real browser: five tasks in at most three actions each, and everything by keyboard alone.

An action is a click, or a text typed into a field and sent with Enter.
"""

import random
from pathlib import Path
from typing import Any

import pytest
from agreement import tree
from conftest import Opened, Visit

from classifiers.tracks import TITLES, TRACKS
from reports.site.compare import address
from reports.site.market import Market as Shown
from reports.site.subject import Subject

MOST_ACTIONS = 3
CONTROLS = """[...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")].filter((one) => one.checkVisibility({ visibilityProperty: true }))"""


class Person:
    """Somebody on the site, from its start page on, whose actions are counted."""

    def __init__(self, at: Visit, site: Path) -> None:
        self.page, self.actions = at.open(site / "index.html"), 0
        self._faults = at.faults

    def search(self, words: str, field: str = "Find a city, region, country or company") -> None:
        self.actions += 1
        box = self.page.get_by_role("combobox", name=field)
        box.click()  # in the field that is typed into
        box.press_sequentially(words)
        self.page.wait_for_selector("[role=option]:visible")
        box.press("Enter")

    def click(self, what: Any) -> None:
        self.actions += 1
        what.click()

    def is_done(self) -> None:
        assert self.actions <= MOST_ACTIONS
        assert not self._faults


def place(shown: Shown, number: int = 0) -> Subject:
    """A city with openings, the largest first."""
    return shown.of_kind("city")[number]


def test_find_my_citys_mix(site: Path, shown: Shown, visit: Opened) -> None:
    person = Person(visit(), site)
    city = place(shown)
    person.search(city.called)
    person.page.wait_for_url(f"**/{city.path}")
    first = person.page.locator("table.mix tbody tr").first
    assert first.locator("th a").inner_text() == TITLES[city.tracks[0]["track"]]
    assert f"{city.tracks[0]['share']:.0%}" in first.inner_text()
    person.is_done()


def test_find_a_companys_inference_openings(site: Path, shown: Shown, visit: Opened) -> None:
    person = Person(visit(), site)
    company = max(shown.companies, key=lambda one: one.track("inference_serving")["postings"])
    wanted = company.track("inference_serving")["postings"]
    person.search(company.called)
    person.page.wait_for_url(f"**/{company.path}")
    person.click(person.page.locator("table.mix tr[data-track=inference_serving] a.count"))
    person.page.wait_for_url("**/openings.html#*")
    assert int(person.page.locator("#count strong").inner_text()) == wanted > 0
    assert person.page.locator("#openings li[data-track=inference_serving]").count() == wanted
    person.is_done()


def test_compare_two_cities(site: Path, shown: Shown, visit: Opened) -> None:
    person = Person(visit(), site)
    one, other = place(shown), place(shown, 1)
    person.search(one.called)
    person.page.wait_for_url(f"**/{one.path}")
    person.click(person.page.get_by_role("link", name=f"Compare {one.called} with another"))
    person.page.wait_for_selector("#chosen-table")
    assert person.page.evaluate("document.activeElement.ariaLabel") == "Second place or company"
    person.search(other.called, "Second place or company")
    person.page.wait_for_selector("#chosen-table thead th:nth-child(3)")
    heads = person.page.locator("#chosen-table thead a").all_inner_texts()
    assert heads == [one.title, other.title]
    person.is_done()


def test_save_a_chart(site: Path, shown: Shown, visit: Opened) -> None:
    person = Person(visit(), site)
    city = place(shown)
    if not tree(site / city.path).css("figure button[data-as=svg]"):
        pytest.skip("the charts of a city have no buttons to save them yet")
    person.search(city.called)
    person.page.wait_for_url(f"**/{city.path}")
    with person.page.expect_download() as saved:
        person.click(person.page.locator("figure button[data-as=svg]").first)
    assert "<svg" in saved.value.path().read_text("utf-8")
    person.is_done()


def test_cite_a_figure(site: Path, shown: Shown, visit: Opened) -> None:
    person = Person(visit(permissions=["clipboard-read", "clipboard-write"]), site)
    city = place(shown)
    person.search(city.called)
    person.page.wait_for_url(f"**/{city.path}")
    person.click(person.page.get_by_role("button", name="Copy"))
    copied = person.page.evaluate("navigator.clipboard.readText()")
    assert copied == person.page.locator("#cite").inner_text()
    assert f"{city.title}: {city.headline}" in copied
    person.is_done()


@pytest.mark.parametrize("kind", ["index", "city", "company", "openings", "choose", "compare"])
@pytest.mark.parametrize("width", [390, 1440])
def test_the_keyboard_reaches_everything_in_its_order(
    site: Path, shown: Shown, visit: Opened, kind: str, width: int
) -> None:
    subjects = {"city": place(shown), "company": shown.companies[0]}
    path = site / (subjects[kind].path if kind in subjects else f"{kind}.html")
    one = visit(width)
    page = one.open(path)
    there = page.evaluate(f"(window.controls = {CONTROLS}).length")
    reached = []
    for _ in range(there):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("controls.indexOf(document.activeElement)"))
    assert sorted(reached) == list(range(there))
    assert reached == sorted(reached)
    assert not one.faults


# --- compare ----------------------------------------------------------------------------------------------------


def test_what_is_compared_has_the_figures_of_its_page(site: Path, shown: Shown, visit: Opened) -> None:
    one, draw = visit(), random.Random(23)
    hiring = [company for company in shown.companies if company.basis["postings"]]
    for _ in range(5):
        subjects = [shown.world, *draw.sample([*shown.places, *hiring], draw.choice([1, 2, 3]))]
        page = one.page
        page.goto("about:blank")
        page.goto(f"{(site / 'compare.html').as_uri()}#{'&'.join(f'with={subject.path}' for subject in subjects)}")
        page.wait_for_selector("#chosen-table")
        for number, subject in enumerate(subjects, start=2):
            said = page.locator(f"#chosen-table tbody tr > :nth-child({number})").all_inner_texts()
            for words, track in zip(said, TRACKS, strict=True):
                row = subject.track(track.name)
                share = f"{row['share']:.0%} {100 * row['share_low']:.0f}–{row['share_high']:.0%}"
                money = f"${row['pay_mid_usd'] / 1000:,.0f}k ${row['pay_mid_low_usd'] / 1000:,.0f}–{row['pay_mid_high_usd'] / 1000:,.0f}k"
                openings = "1 opening" if row["postings"] == 1 else f"{row['postings']:,} openings"
                assert words.split("\n") == [share, openings, money], (subject.path, track.name)
        assert_told(page.locator("#side-by-side [role=status]").inner_text(), subjects)
    assert not one.faults


def assert_told(said: str, subjects: list[Subject]) -> None:
    """What is said to differ surely is what differs by more than both its limits."""
    for track in TRACKS:
        rows = sorted((subject.track(track.name) for subject in subjects), key=lambda row: row["share"])
        assert (f"{track.title} (" in said) == (rows[-1]["share_low"] > rows[0]["share_high"])


def test_a_comparison_can_be_changed_and_sent(site: Path, shown: Shown, visit: Opened) -> None:
    one = visit()
    city, country = place(shown), shown.of_kind("country")[0]
    page = one.open(site / address(city).partition("#")[0])
    assert page.locator("#largest").is_visible()
    for field, subject in (("First place or company", city), ("Second place or company", country)):
        box = page.get_by_role("combobox", name=field)
        box.press_sequentially(subject.title if subject is country else subject.called)
        page.wait_for_selector("[role=option]:visible")
        box.press("Enter")
        page.wait_for_function(
            "(title) => document.querySelector('#chosen-table')?.innerText.includes(title)", arg=subject.title
        )
    assert page.url.endswith(f"{address(city).replace('/', '%2F')}&with={country.path.replace('/', '%2F')}")
    assert not page.locator("#largest").is_visible()
    other = visit()
    other.page.goto(page.url)
    other.page.wait_for_selector("#chosen-table")
    assert other.page.locator("#chosen-table").inner_text() == page.locator("#chosen-table").inner_text()
    page.get_by_role("combobox", name="Second place or company").fill("")
    page.wait_for_selector("#chosen-table th:nth-child(3)", state="detached")
    assert not one.faults + other.faults


@pytest.mark.parametrize("asked", ["with=nowhere.html", "with=%3Cimg%3E&with=__proto__", "with="])
def test_an_address_made_up_compares_nothing(site: Path, visit: Opened, asked: str) -> None:
    one = visit()
    one.page.goto(f"{(site / 'compare.html').as_uri()}#{asked}")
    one.page.wait_for_timeout(200)
    assert not one.page.locator("#chosen-table").count()
    assert one.page.locator("#largest").is_visible()
    assert not one.faults
