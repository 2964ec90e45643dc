"""The charts in a real browser, opened from disk: how they fit, and what is saved of them."""

import csv
import io
import struct
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from agreement import tree
from conftest import Opened
from test_charts import figures, table

from reports.site.market import Market as Shown

SVG = "{http://www.w3.org/2000/svg}"
LARGEST = 760 + 2 * 24  # pixels: the width of what is saved
# words of a drawing that are small, or stick out of it, or lie on other words
MISPLACED = """() => [...document.querySelectorAll(".chart .drawing")].flatMap((drawing) => {
    const edge = drawing.getBoundingClientRect(), words = [...drawing.querySelectorAll("text")];
    const boxes = words.map((one) => one.getBoundingClientRect());
    const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 5;
    return words.filter((one, n) => parseFloat(getComputedStyle(one).fontSize) < 11
        || boxes[n].left < edge.left - 1 || boxes[n].right > edge.right + 1
        || boxes.some((box, m) => m < n && meet(box, boxes[n])))
        .map((one) => `${one.closest("figure").id}: ${one.textContent}`);
})"""


def drawn_pages(site: Path, shown: Shown) -> list[Path]:
    several = [shown.of_kind(kind)[0] for kind in ("wide_area", "country", "region", "metro", "city", "remote")]
    several.append(max(shown.companies, key=lambda one: one.basis["postings"]))
    return [site / "index.html", site / "tracks" / "applied_llm.html", *(site / one.path for one in several)]


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (820, "light"), (1440, "light")])
def test_words_of_a_drawing_can_be_read_at_every_width(
    site: Path, shown: Shown, visit: Opened, width: int, scheme: str
) -> None:
    one = visit(width, color_scheme=scheme)
    for path in drawn_pages(site, shown):
        page = one.open(path)
        assert page.locator(".chart .drawing").count() > 1, path
        assert page.evaluate(MISPLACED) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert not one.faults


def saved(page: Any, chart: str, kind: str) -> tuple[str, bytes]:
    """The name and the content of what a chart's button saves, pressed by keyboard."""
    button = page.locator(f"#chart-{chart} [data-as={kind}]")
    button.focus()
    with page.expect_download() as found:
        page.keyboard.press("Enter")
    return found.value.suggested_filename, Path(found.value.path()).read_bytes()


@pytest.mark.parametrize("chart", ["mix", "pay", "levels", "where", "weeks"])
def test_a_chart_is_saved_with_its_title_and_source_as_svg_png_and_csv(
    site: Path, shown: Shown, visit: Opened, chart: str
) -> None:
    country = shown.of_kind("country")[0]
    one = visit(390)
    page = one.open(site / country.path)
    figure = figures(site / country.path)[chart]
    name = f"trackmix-{country.path.replace('/', '-').removesuffix('.html')}-{chart}"

    called, content = saved(page, chart, "svg")
    assert called == f"{name}.svg"
    drawing = ElementTree.fromstring(content)
    assert drawing.get("width") == str(LARGEST)
    title, source = figure.css_first("strong").text(), tree(site / country.path).css_first("#source").text()
    assert drawing.findtext(f"{SVG}title") == title
    words = [text.text or "" for text in drawing.findall(f"{SVG}text")]
    assert words[0] == title
    assert " ".join(words).endswith(source)
    parts = list(drawing.iter())
    assert len(parts) > len(figure.css("svg *"))
    assert not [part for part in parts if part.get("class") or part.get("style")]
    lengths = [part.get(at) or "" for part in parts for at in ("x", "x1", "x2", "cx", "width")]
    assert not [length for length in lengths if "%" in length]
    assert b"var(" not in content
    assert len({part.get("fill") for part in parts if part.get("fill")}) > 2  # the colours came along

    called, content = saved(page, chart, "png")
    assert called == f"{name}.png"
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", content[16:24])
    assert (width, height) == (2 * LARGEST, 2 * int(str(drawing.get("height"))))
    assert len(content) > 10_000  # and something is painted on it

    called, content = saved(page, chart, "csv")
    assert called == f"{name}.csv"
    assert list(csv.DictReader(io.StringIO(content.decode()))) == table(figure)
    assert not one.faults


def test_a_drawing_is_saved_alike_from_a_phone_and_from_a_wide_screen(site: Path, shown: Shown, visit: Opened) -> None:
    path = site / shown.of_kind("country")[0].path
    narrow, wide = (saved(visit(width).open(path), "pay", "svg")[1] for width in (390, 1440))
    assert narrow == wide


def test_without_scripts_charts_and_tables_are_there_and_no_buttons(site: Path, shown: Shown, visit: Opened) -> None:
    page = visit(java_script_enabled=False).open(site / shown.of_kind("country")[0].path)
    charts = page.locator("figure.chart")
    for number in range(charts.count()):
        one = charts.nth(number)
        assert one.locator(".drawing").is_visible()
        assert not one.locator("button").first.is_visible()
        one.locator("summary").click()
        assert one.locator("tbody tr").first.is_visible()


def test_a_cell_that_a_spreadsheet_would_run_begins_with_an_apostrophe(site: Path, shown: Shown, visit: Opened) -> None:
    page = visit().open(site / shown.of_kind("country")[0].path)
    page.evaluate("""() => { const [first, second] = document.querySelectorAll("#chart-where tbody th");
        first.textContent = "=cmd|' /C calc'!A0"; second.textContent = 'Saint "Ouen", near Paris'; }""")
    rows = list(csv.reader(io.StringIO(saved(page, "where", "csv")[1].decode())))
    assert [row[0] for row in rows[:3]] == ["place", "'=cmd|' /C calc'!A0", 'Saint "Ouen", near Paris']


def test_the_script_that_saves_is_small(site: Path) -> None:
    assert (site / "save.js").stat().st_size < 4096
