"""The page that ranks the six tracks, in a real browser, against the ranking of Python."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest
from conftest import Opened
from selectolax.lexbor import LexborHTMLParser
from test_site_browser import AXE

from classifiers.fit import BACKGROUNDS, DAYS, fits
from classifiers.tracks import TITLES, TRACKS
from reports.beside import Beside, Named, beside
from reports.choose import Choice, Person, person, ranked
from reports.fitting import fitting
from reports.reasons import missing
from reports.skills import premium
from warehouse.store import ask

PAGE = "choose.html"


@dataclass(frozen=True)
class Asked:
    background: str
    day: str
    area: str | None = None
    companies: tuple[str, ...] = ()


def several(home: Path) -> list[Asked]:
    """Answers with and without a market: nothing named, an area and companies, an area alone, a company with few."""
    question = "select company from open_tracks group by company order by count(*) desc, company"
    companies = [str(row[0]) for row in ask(home, question).rows]
    return [
        Asked("backend", "gpu-memory"),
        Asked("phd", "experiments", "United States", tuple(companies[:3])),
        Asked("sre", "platform", "remote"),
        Asked("student", "product-features", "Berlin", (companies[-1],)),
        Asked("systems", "breaking-models", "Bay Area", (companies[0],)),
        Asked("phd", "breaking-models", "Europe"),
    ]


def answer(page: Any, asked: Asked) -> None:
    page.select_option("[name=background]", asked.background)
    page.select_option("[name=day]", asked.day)
    page.fill("[name=area]", asked.area or "")
    page.wait_for_selector("#ranking:not([hidden])")  # what it ranks by comes once somebody answers
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
    here, pay = choice.area, choice.shown
    market = [[f"{100 * m.value:.0f}", f"{100 * m.low:.0f}–{100 * m.high:.0f}"] for m in choice.parts[2:]]
    return {
        "track": choice.track,
        "rank": ranks if choice.rank_from != choice.rank_to else ranks[:1],
        "points": pytest.approx(choice.points),
        "said": points if choice.points_low != choice.points_high else points[:1],
        "others": [
            [f"{choice.background.fit} of 3"],
            [f"{choice.day.fit} of 3"],
            *(market or [["not named"]]),
            [f"{here.postings} of {here.of_postings}"],
            [f"{here.share:.0%}", f"{100 * here.share_low:.0f}–{here.share_high:.0%}"],
            [
                f"${pay.pay_mid_usd / 1000:.0f}k",
                f"${pay.pay_mid_low_usd / 1000:.0f}–{pay.pay_mid_high_usd / 1000:.0f}k",
            ],
            *([f"{offer.postings} of {offer.of_postings}"] for offer in choice.targets),
        ],
    }


def beside_rows(found: Beside) -> list[list[str]]:
    """What the page ought to say of the guide and the market: pay, skills, the ways in."""

    def named(skills: tuple[str, ...]) -> str:
        return "\n".join(count(found.named[skill]) for skill in skills) or "no skill that we look for"

    rows = [paid(found, level) for level in found.bands]
    rows.append([", ".join((*found.guide.skills, *found.guide.other_skills)), named(found.guide.skills)])
    return rows + [[task.does, named(task.skills)] for task in found.guide.break_in]


def count(one: Named) -> str:
    said = f"{one.skill}: {one.postings} of {one.of_postings} here, {one.everywhere} of {one.of_everywhere} everywhere"
    return f"{said}; pay {premium(asdict(one)).replace('-', '−')}" if one.is_paid_apart else said


def paid(found: Beside, level: str) -> list[str]:
    band, pay = found.bands[level], found.paid[level]
    more = f", and more at {band.and_more}" if band.and_more else ""
    limits = f"${pay.pay_mid_low_usd / 1000:.0f}–{pay.pay_mid_high_usd / 1000:.0f}k"
    return [
        f"${band.low_usd / 1000:.0f}–{band.high_usd / 1000:,.0f}k (US, 2026){more}",
        f"${pay.pay_mid_usd / 1000:.0f}k ({limits}), {pay.called}: stated by {pay.with_pay} of {pay.postings}",
    ]


def cells(page: Any, table: str) -> list[list[str]]:
    return [row.locator("td").all_inner_texts() for row in page.locator(f"#ranking table.{table} tbody tr").all()]


def under_the_ranking(page: Any, home: Path, who: Person, ranking: list[Choice]) -> None:
    """What the first has none of, the guide beside the market, and the openings that fit."""
    assert all(sentence in page.locator("#chosen").inner_text() for sentence in missing(ranking, who))
    assert ("has none of" in page.locator("#chosen").inner_text()) == bool(missing(ranking, who))
    assert cells(page, "beside") == beside_rows(beside(home, ranking[0].track, who.area))
    fit = fitting(home, who, ranking)
    shown = page.locator("#ranking table.fitting tbody tr")
    titles = shown.locator("th").all_inner_texts()
    links = [link.get_attribute("href") for link in shown.locator("a").all()]
    assert (titles, links) == ([row["title"] for row in fit], [row["url"] for row in fit])
    assert [row[:2] for row in cells(page, "fitting")] == [[row["company"], TITLES[row["track"]]] for row in fit]


def test_the_page_ranks_as_python_does(sample_home: Path, site: Path, visit: Opened) -> None:
    rankings = []
    for asked in several(sample_home):
        one = visit()
        page = one.open(site / PAGE)
        answer(page, asked)
        who = person(sample_home, asked.background, asked.day, asked.area, asked.companies)
        ranking = ranked(sample_home, who)
        rankings.append([choice.track for choice in ranking])
        assert rows(page) == [written(choice) for choice in ranking], asked
        said = " ".join(page.locator("#ranking").all_text_contents())
        weight = round(100 / len(ranking[0].parts))
        assert f"Weights: background {weight}%, day {weight}%" in said
        assert ("ranked by fit alone" in said) == (len(ranking[0].parts) == 2)
        under_the_ranking(page, sample_home, who, ranking)
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
    assert "market 33%." in page.locator("#notes").inner_text()
    page.locator("#notes a").click()
    page.wait_for_url("**/regions/us.html")
    page = one.open(site / PAGE)
    answer(page, Asked("backend", "gpu-memory", "<b>Nowhere</b>", ("<i>Nobody</i>",)))
    said = page.locator("#notes").inner_text()
    assert "No area called “<b>Nowhere</b>” has an opening" in said
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
