"""The report to hand on, in each of its forms, against the tables and with a real browser."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Market, Opened, Run, greenhouse_job
from invented import Job, invented
from selectolax.lexbor import LexborHTMLParser
from test_answers import rows, trackmix
from test_openings import renamed

from classifiers.tracks import TITLES
from reports.handout.write import BROWSERS
from reports.show import percent, thousands, written

ODD = "[a](b) | <img src=x onerror=alert(1)> *Engineer*"


def reported(home: Path, file: Path, *words: str) -> str:
    status, out, err = trackmix(home, "report", *words, "--out", str(file))
    assert status == 0, err
    assert str(file) in out
    return file.read_text("utf-8")


def wanted(home: Path, *words: str) -> dict[str, list[str]]:
    """The figures of each track's row, as the answer of the terminal has them."""
    return {
        TITLES[str(row["track"])]: [
            f"{row['postings']:,}",
            f"{row['companies']:,}",
            written("share", row["share"]) + percent(row["share_low"], row["share_high"]),
            written("pay_usd", row["pay_mid_usd"]) + thousands(row["pay_mid_low_usd"], row["pay_mid_high_usd"]),
            f"{row['with_pay']:,}" + thousands(row["pay_least_usd"], row["pay_most_usd"]),
        ]
        for row in rows(home, *words)
    }


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("Berlin",), ("area", "Berlin")),
        (("Germany", "--level", "senior"), ("area", "Germany", "--level", "senior")),
        (("Austin", "--within", "80km"), ("area", "Austin", "--within", "80km")),
        (("--company", "Halcyon Compilers"), ("company", "Halcyon Compilers")),
        (("Lagos",), ("area", "Lagos")),  # has no opening
        ((), ("area", "world")),
    ],
)
def test_its_figures_are_those_of_the_answer(
    sample_home: Path, tmp_path: Path, asked: tuple[str, ...], words: tuple[str, ...]
) -> None:
    html = LexborHTMLParser(reported(sample_home, tmp_path / "a.html", *asked))
    shown = {row.css_first("th").text(): row for row in html.css(".mix tbody tr")}
    for title, figures in wanted(sample_home, *words).items():
        assert [cell.text() for cell in shown[title].css("td")][:5] == figures
    plain = reported(sample_home, tmp_path / "a.md", *asked)
    for title, (postings, companies, *_) in wanted(sample_home, *words).items():
        assert f"| {title} | {postings} | {companies} |" in plain
    openings = [link.attributes["href"] for link in html.css(".openings a")]
    assert openings == [row["url"] for row in rows(sample_home, "openings", *asked)][:10]
    assert all(f"<{url}>" in plain for url in openings)
    for said in (html.body.text(), plain):
        assert "SAMPLE MARKET" in said.upper()
        assert re.search(r"Cite as: trackmix \d\S*, “.+”, postings seen 2026-11-23, model \w+", said)


def test_no_change_is_told_where_no_board_was_read_four_weeks_ago(tmp_path: Path) -> None:
    home = invented(tmp_path / "home", [Job("Kestrel", "training")])
    assert "Since 20" not in LexborHTMLParser(reported(home, tmp_path / "a.html")).body.text()
    assert "Since 20" not in reported(home, tmp_path / "a.md")


def test_a_company_read_since_has_no_change_beside_one_that_has(
    market: Callable[[str], Market], materialize: Run, tmp_path: Path
) -> None:
    first, last, home = market("2026-10-05"), market("2026-11-02"), tmp_path / "home"
    first.board("Kestrel", "kestrel", [greenhouse_job(1)])
    last.board("Kestrel", "kestrel", [greenhouse_job(1), greenhouse_job(2, "Staff Inference Engineer")])
    last.board("Merlin", "merlin", [greenhouse_job(9)])
    assert materialize(first.folder, home, through="postings").success
    assert materialize(last.folder, home).success
    assert "| 1 | ±0 |" not in reported(home, tmp_path / "a.md", "--company", "Merlin")
    assert "Since 20" not in reported(home, tmp_path / "a.md", "--company", "Merlin")
    assert "Since 2026-10-05" in (told := reported(home, tmp_path / "a.md", "--company", "Kestrel"))
    assert "| +1 |" in told


def test_what_a_board_writes_is_only_text(tmp_path: Path) -> None:
    home = renamed(invented(tmp_path / "home", [Job("Kestrel", "training")]), title=ODD, url="javascript:alert(1)")
    html = LexborHTMLParser(reported(home, tmp_path / "a.html"))
    assert ODD in html.body.text()
    assert not html.css("img, script, .openings a")
    plain = reported(home, tmp_path / "a.md")
    assert r"\[a\](b) \| \<img src=x onerror=alert(1)\> \*Engineer\*" in plain
    assert "javascript" not in plain


@pytest.mark.parametrize("asked", [("Berlin",), ("world",), ("--company", "Halcyon Compilers")])
def test_it_prints_on_two_pages(sample_home: Path, tmp_path: Path, asked: tuple[str, ...]) -> None:
    if not any(map(shutil.which, BROWSERS)):
        pytest.skip("no Chromium on this machine")
    status, _, err = trackmix(sample_home, "report", *asked, "--out", str(tmp_path / "a.pdf"))
    assert status == 0, err
    printed = (tmp_path / "a.pdf").read_bytes()
    assert printed.startswith(b"%PDF")
    assert max(map(int, re.findall(rb"/Count (\d+)", printed))) <= 2


@pytest.mark.parametrize("width", [390, 1440])
def test_it_fits_and_can_be_read_by_all(sample_home: Path, tmp_path: Path, visit: Opened, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    reported(sample_home, tmp_path / "a.html", "Berlin")
    one = visit(width)
    page = one.open(tmp_path / "a.html")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not axe.run(page).response["violations"]
    assert not one.faults


def test_a_form_that_there_is_not_is_named_and_nothing_written(
    sample_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # where no browser lies
    for name, said in {"a.docx": ".html, .md, .pdf", "a.pdf": "needs Chromium", "a": "a ends in none of"}.items():
        status, out, err = trackmix(sample_home, "report", "Berlin", "--out", str(tmp_path / name))
        assert (status, out) == (2, "")
        assert said in err
        assert err.count("\n") == 1
    (tmp_path / "file").touch()
    status, _, err = trackmix(sample_home, "report", "Berlin", "--out", str(tmp_path / "file" / "a.html"))
    assert status == 2
    assert "cannot be written" in err
    assert [file.name for file in tmp_path.iterdir()] == ["file"]
