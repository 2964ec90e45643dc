"""What somebody's skills are asked for: the openings that name them, what is missing, and what that opens."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Opened
from test_site_browser import AXE
from typer.testing import CliRunner

from classifiers.tracks import TITLES
from pipeline.cli import app
from reports.names import UnknownNameError
from reports.own_skills import MOST_MISSING, MOST_TRACKS, RULE, ask_fit, own_skills
from reports.scope import WORLD, area_scope
from reports.skills import premium
from warehouse.store import ask

HAVE = ["Python", "Kubernetes", "PyTorch", "Linux"]


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ("python, k8s ,CUDA", ["Python", "Kubernetes", "CUDA"]),
        ("go", ["Go"]),  # in a text it would have to stand beside another
        ("postgres,PostgreSQL,", ["PostgreSQL"]),
        ("js,rest", ["JavaScript", "REST APIs"]),  # in a text only as JS and REST
        ("Github  ACTIONS,gen AI", ["GitHub Actions", "Generative AI"]),
    ],
)
def test_skills_are_known_as_people_write_them(given: str, named: list[str]) -> None:
    assert own_skills(given) == named


def test_a_skill_that_is_not_known_is_told_with_the_nearest(sample_home: Path) -> None:
    with pytest.raises(UnknownNameError, match="'pythn'; the nearest: Python"):
        own_skills("rust, pythn")
    with pytest.raises(UnknownNameError, match="'rust and python'"):  # nothing of it is left out unsaid
        own_skills("rust and python")
    done = CliRunner().invoke(app, ["choose", "--skills", "pythn", "--home", str(sample_home)])
    assert done.exit_code == 2
    assert "no skill is called 'pythn'" in done.stderr


@pytest.mark.parametrize("area", [None, "United States"])
def test_each_opening_is_counted_by_the_skills_it_names(sample_home: Path, area: str | None) -> None:
    scope = area_scope(sample_home, area) if area else WORLD
    fit = ask_fit(sample_home, scope, HAVE)
    rows = ask(
        sample_home,
        "select t.track, list(skill) as named from open_tracks t join postings_in($scope) using (posting_id) "
        "join posting_skills using (posting_id) group by t.track, posting_id",
        scope.params(),
    ).records()
    assert len(fit.tracks) == 6
    assert [row["covered_share"] or 0 for row in fit.tracks] == sorted(
        [row["covered_share"] or 0 for row in fit.tracks]
    )[::-1]
    for told in fit.tracks:
        openings = [set(row["named"]) for row in rows if row["track"] == told["track"]]
        had = [len(named & set(HAVE)) / len(named) for named in openings]
        assert told["with_skills"] == len(openings)
        assert told["naming"] == sum(part > 0 for part in had)
        assert told["a_third"] == sum(len(named) <= 3 * len(named & set(HAVE)) for named in openings)
        assert told["covered_share"] == pytest.approx(sum(had) / len(had) if had else None)
        missing = fit.missing.get(told["track"], [])
        assert len(missing) <= MOST_MISSING
        for one in missing:
            more = {*HAVE, one["skill"]}
            assert one["skill"] not in HAVE
            assert one["postings"] == sum(one["skill"] in named for named in openings)
            now, then = (sum(len(named) <= 3 * len(named & set(some)) for named in openings) for some in (HAVE, more))
            assert one["opens"] == then - now


def test_choose_says_what_skills_are_asked_for(sample_home: Path) -> None:
    asked = ["choose", "--skills", ",".join(HAVE), "--home", str(sample_home)]
    shown = CliRunner().invoke(app, asked)
    assert shown.exit_code == 0
    assert "everywhere: openings that ask for Python, Kubernetes, PyTorch, Linux" in shown.stdout
    rows = json.loads(CliRunner().invoke(app, [*asked, "--format", "json"]).stdout)
    assert {row["track"] for row in rows} == {row["track"] for row in ask_fit(sample_home, WORLD, HAVE).tracks}
    table = list(csv.DictReader(io.StringIO(CliRunner().invoke(app, [*asked, "--format", "csv"]).stdout)))
    assert [row["skill"] for row in table] == [row["skill"] or "" for row in rows]


def test_a_ranking_follows_where_it_is_asked_for_too(sample_home: Path) -> None:
    asked = ["--skills", "python", "--background", "backend", "--day", "platform", "--home", str(sample_home)]
    shown = CliRunner().invoke(app, ["choose", *asked]).stdout
    assert shown.index("openings that ask for Python") < shown.index("The six tracks for: backend, platform")


def test_the_page_says_the_same_without_asking_anybody(sample_home: Path, site: Path, visit: Opened) -> None:
    for area in (None, "United States", "Berlin"):
        one = visit()
        page = one.open(site / "choose.html")
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url.rpartition("/")[2]))
        page.fill("[name=area]", area or "")
        page.wait_for_function("window.trackmixOpenings")
        assert "own_skills.js" not in asked
        page.fill("[name=skills]", "python, K8S,PyTorch , linux,")
        page.wait_for_selector("table.own")
        assert asked.count("own_skills.js") == 1
        fit = ask_fit(sample_home, area_scope(sample_home, area) if area else WORLD, HAVE)
        assert [cells(row) for row in page.locator("table.own tbody tr").all()] == [
            [
                TITLES[row["track"]],
                f"{row['covered_share']:.0%}" if row["with_skills"] else "–",
                *(str(row[name]) for name in ("a_third", "naming", "with_skills")),
            ]
            for row in fit.tracks
        ]
        told = {row["track"]: fit.missing[row["track"]] for row in fit.tracks if row["track"] in fit.missing}
        assert {
            table.get_attribute("data-track"): [cells(row) for row in table.locator("tbody tr").all()]
            for table in page.locator("table.missing").all()
        } == {track: [lacking(row) for row in told[track]] for track in list(told)[:MOST_TRACKS]}
        assert page.locator("#chosen strong").inner_text() == TITLES[fit.tracks[0]["track"]]
        assert RULE in page.locator("#ranking").inner_text()
        assert not one.faults


def cells(row: Any) -> list[str]:
    return [words.strip() for words in row.locator("th, td").all_inner_texts()]


def lacking(row: dict[str, Any]) -> list[str]:
    """What the page ought to say of a missing skill."""
    pay = premium(row).replace("-", "−").replace(" (", "\n").rstrip(")")
    return [row["skill"], str(row["opens"]), str(row["postings"]), pay]


def test_the_page_offers_skills_after_the_last_comma_and_tells_those_it_does_not_know(
    site: Path, visit: Opened
) -> None:
    one = visit()
    page = one.open(site / "choose.html")
    page.get_by_label("Your skills").focus()
    page.wait_for_function("window.trackmixOpenings")
    page.keyboard.type("<b>pythn</b>, rust, ku")
    page.wait_for_selector("table.own")
    offered = page.locator("#skills option").evaluate_all("(all) => all.map((one) => one.value)")
    assert "<b>pythn</b>, rust, Kubernetes" in offered
    assert "Not in our list of skills: “<b>pythn</b>”, “ku”: left out." in page.locator("#notes").inner_text()
    page.fill("[name=skills]", "Delphi 1")
    page.wait_for_function("!document.querySelector('table.own')")
    assert "“Delphi 1”: left out." in page.locator("#notes").inner_text()
    page.fill("[name=skills]", "")
    assert not page.locator("#ranking").is_visible()
    assert not one.faults


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (820, "dark"), (1440, "dark")])
def test_all_answers_together_fit_and_can_be_read_by_all(site: Path, visit: Opened, width: int, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    one = visit(width, color_scheme=scheme)
    page = one.open(site / "choose.html")
    page.fill("[name=skills]", "c++, cuda, pytorch")
    page.select_option("[name=background]", "systems")
    page.select_option("[name=day]", "gpu-memory")
    page.wait_for_selector("table.own")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for table in ("own", "missing"):  # nothing of them is beyond the edge
        assert page.locator(f"table.{table}").first.bounding_box()["width"] <= width
    found = axe.run(page, options=AXE).response["violations"]
    assert not [(one["id"], one["nodes"][0]["target"]) for one in found if one["impact"] in ("serious", "critical")]
    assert not one.faults
