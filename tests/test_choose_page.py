"""The page that ranks the six tracks, in a real browser, against the ranking of Python."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from conftest import Opened
from selectolax.lexbor import LexborHTMLParser
from test_site_browser import AXE

from classifiers.fit import BACKGROUNDS, DAYS, fits
from classifiers.tracks import TITLES, TRACKS
from reports.choose import LEAST_AT_TARGETS, Choice, Share, choose, choose_table

PAGE = "choose.html"


@dataclass(frozen=True)
class Asked:
    background: str
    day: str
    area: str | None = None
    companies: tuple[str, ...] = ()


def openings(home: Path) -> dict[str, int]:
    """The openings of the six tracks of each company, those with the most first."""
    found: dict[str, int] = {}
    for row in choose_table(home)["companies"]:
        found[row["company"]] = found.get(row["company"], 0) + row["postings"]
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def several(home: Path) -> list[Asked]:
    """Answers with and without a market: everywhere, an area and companies, an area too small with a company too small."""
    companies = openings(home)
    large = list(companies)[:3]
    assert sum(companies[name] for name in large) >= LEAST_AT_TARGETS
    small = min(companies, key=lambda name: companies[name])
    assert companies[small] < LEAST_AT_TARGETS
    return [
        Asked("backend", "gpu-memory"),
        Asked("phd", "experiments", "United States", tuple(large)),
        Asked("sre", "platform", "remote", tuple(large)),
        Asked("student", "product-features", "Berlin", (small,)),
    ]


def answer(page: Any, asked: Asked) -> None:
    page.select_option("[name=background]", asked.background)
    page.select_option("[name=day]", asked.day)
    page.fill("[name=area]", asked.area or "")
    for number, company in enumerate(asked.companies, start=1):
        page.get_by_label(f"Company {number}", exact=True).fill(company.upper())


def rows(page: Any) -> list[dict[str, Any]]:
    """The ranking as the page has it."""
    return [
        {
            "track": row.get_attribute("data-track"),
            "rank": row.locator("td").nth(0).inner_text().split("\n"),
            "points": float(row.locator("data").get_attribute("value")),
            "said": row.locator("td").nth(1).inner_text().split("\n"),
            "others": [words.split("\n") for words in row.locator("td").all_inner_texts()[2:]],
        }
        for row in page.locator("#ranking table.ranked tbody tr").all()
    ]


def written(choice: Choice) -> dict[str, Any]:
    """What the page ought to say of a choice."""
    ranks = [str(choice.rank), f"{choice.rank_from}–{choice.rank_to}"]
    points = [f"{choice.points:.0f}", f"{choice.points_low:.0f}–{choice.points_high:.0f}"]
    here = choice.market.openings
    shown = [] if here.share is None else [percent(here), [str(here.postings)], [str(here.companies)]]
    at_targets = [percent(choice.targets)] if choice.targets else []
    return {
        "track": choice.track,
        "rank": ranks if choice.rank_from != choice.rank_to else ranks[:1],
        "points": pytest.approx(choice.points),
        "said": points if choice.points_low != choice.points_high else points[:1],
        "others": [[f"{choice.background.fit} of 3"], [f"{choice.day.fit} of 3"], *shown, *at_targets],
    }


def percent(share: Share) -> list[str]:
    limits = share.limits()
    if limits is None:
        return ["too few"]
    return [f"{limits[0]:.0%}", f"{100 * limits[1]:.0f}–{limits[2]:.0%}"]


def test_the_page_ranks_as_python_does(sample_home: Path, site: Path, visit: Opened) -> None:
    rankings = []
    for asked in several(sample_home):
        one = visit()
        page = one.open(site / PAGE)
        answer(page, asked)
        ranking = choose(sample_home, asked.background, asked.day, asked.area, asked.companies)
        rankings.append([choice.track for choice in ranking])
        assert rows(page) == [written(choice) for choice in ranking], asked
        said = " ".join(page.locator("#ranking").all_text_contents())
        weight = round(100 / len(ranking[0].parts))
        assert f"Weights: background {weight}%, day {weight}%" in said
        assert ("ranked by fit alone" in said) == (len(ranking[0].parts) == 2)
        for choice in ranking:
            assert choice.background.because in said
            assert choice.day.because in said
            assert all(f"to learn: {', '.join(switch.asked_more)}." in said for switch in choice.switches)
        assert not one.faults
    assert len({tuple(ranking) for ranking in rankings}) == len(rankings)


def test_an_area_is_found_whatever_its_case_and_a_wrong_name_is_said(site: Path, visit: Opened) -> None:
    one = visit()
    page = one.open(site / PAGE)
    assert not page.locator("#ranking").is_visible()
    answer(page, Asked("backend", "gpu-memory", "UNITED states"))
    assert "market 33%. United States: " in page.locator("#notes").inner_text()
    page.locator("#notes a").click()
    page.wait_for_url("**/regions/us.html")
    page = one.open(site / PAGE)
    answer(page, Asked("backend", "gpu-memory", "<b>Nowhere</b>", ("<i>Nobody</i>",)))
    said = page.locator("#notes").inner_text()
    assert "No area called “<b>Nowhere</b>”" in said
    assert "known at “<I>NOBODY</I>”" in said
    assert "ranked by fit alone" in said
    assert not one.faults


@pytest.mark.parametrize("width", [390, 1440])
def test_a_ranking_fits_and_can_be_read_by_all(sample_home: Path, site: Path, visit: Opened, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    one = visit(width, color_scheme="dark")
    page = one.open(site / PAGE)
    answer(page, several(sample_home)[1])
    assert page.locator("#ranking").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = axe.run(page, options=AXE).response["violations"]
    assert not [(one["id"], one["nodes"][0]["target"]) for one in found if one["impact"] in ("serious", "critical")]
    assert not one.faults


def test_without_scripts_the_page_says_so_and_shows_the_fits(site: Path, visit: Opened) -> None:
    page = visit(java_script_enabled=False).open(site / PAGE)
    assert page.locator("#unscripted").is_visible()
    assert not page.locator("#choose").is_visible()
    html = LexborHTMLParser((site / PAGE).read_text("utf-8"))
    shown = {
        tuple(cell.text(strip=True) for cell in row.css("th, td")) for table in html.css("table.fits") for row in
        table.css("tbody tr")
    }  # fmt: skip
    grades = {(fit.answer, fit.track): str(fit.fit) for fit in fits()}
    answers = BACKGROUNDS | DAYS
    assert shown == {(called, *(grades[name, track.name] for track in TRACKS)) for name, called in answers.items()}
    said = " ".join(html.css_first("main").text().split())
    assert all(" ".join(fit.because.split()) in said for fit in fits())
    assert all(TITLES[track.name] in said for track in TRACKS)
