"""How long the page of openings takes with 50,000 of them, in Chromium, beside a page that has them all in one table.

Both show the same openings, drawn at random, and are opened from disk, turn about. First view: until something is painted,
and until the page's scripts have run, so that it can be filtered. Keystroke: from a key to the next paint, as the
browser's event timing has it, in steps of 8 ms. Each is the median of several.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from html import escape
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from classifiers.tracks import TITLES, TRACKS
from reports.site.openings import LEVELS, PAGE, columns
from reports.site.page import in_script
from reports.site.write import render
from warehouse.store import open_store, publish

OPENINGS, TIMES = 50_000, 3
COMPANIES, CITIES, SKILLS, NAMED = 6_000, 2_000, 400, 18  # skills named by an opening, as real ones do
WORDS = "inference 12"
KEYS = """window.keys = []; new PerformanceObserver((list) => keys.push(...list.getEntries()
    .filter(({ name }) => name === "keydown").map(({ duration }) => duration)))
    .observe({ type: "event", durationThreshold: 16 })"""
VIEW = """() => ({ painted: performance.getEntriesByName("first-contentful-paint")[0].startTime,
    ready: performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd })"""
FILTER = """const rows = [...document.querySelectorAll("tbody tr")]; document.querySelector("input").addEventListener("input", (event) => {
    const words = event.target.value.toLowerCase().split(" ");
    for (const row of rows) row.hidden = !words.every((word) => row.textContent.toLowerCase().includes(word)); });"""
Row = Mapping[str, Any]


def drawn() -> Iterator[Row]:
    """Openings as real ones are in size: of their titles, addresses, skills, and of the ranges of pay tied to places."""
    draw, day = random.Random(14), date(2026, 11, 23)
    names = ("country", "region", "city", "latitude", "longitude")
    cities = [("DE", f"Region {n % 16}", f"Stadt {n}", 48 + n / 400, 11.0) for n in range(CITIES)]
    for n in range(OPENINGS):
        place = dict(zip(names, draw.choice(cities), strict=True))
        low = draw.choice((None, 60_000.0 + 1_000 * draw.randrange(200)))
        kind = draw.choice(("Inference", "Evaluation", "Platform", "Research"))
        yield {
            "title": f"Senior {kind} Engineer, Machine Learning Team {n}", "company": f"Company {n % COMPANIES}",
            "url": f"https://boards.example.org/company{n % COMPANIES}/jobs/{10**9 + n}",
            "track": draw.choice(TRACKS).name, "seniority": draw.choice(LEVELS), "is_remote": n % 5 == 0,
            "pay_low_usd": low, "pay_high_usd": low and low * 1.3, "published_on": day - timedelta(n * 90 // OPENINGS),
            "places": [place], "skills": [f"Skill {skill}" for skill in draw.sample(range(SKILLS), NAMED)],
            "is_of_several": False, "ranges": [place | {"low": low, "high": low * 1.3}] if low and n % 4 == 0 else None,
        }  # fmt: skip


def naive(rows: Sequence[Row]) -> str:
    """A page with a row of a table for each."""
    told = "".join(
        f'<tr><th><a href="{row["url"]}">{escape(row["title"])}</a><td>{row["company"]}<td>{TITLES[row["track"]]}'
        f"<td>{row['seniority']}<td>{row['places'][0]['city']}<td>{row['pay_low_usd'] or ''}<td>{row['published_on']}"
        for row in rows
    )
    style = '<meta charset="utf-8"><link rel="stylesheet" href="site.css">'
    return f'<!doctype html>{style}<input name="words"><table><tbody>{told}</table><script>{FILTER}</script>'


def make(folder: Path) -> None:
    """Both pages; the site is that of a market without an opening, with the rows drawn in place of its own."""
    with open_store(folder / "home") as store:
        store.build()
    publish(folder / "home")
    render(folder / "home", folder)
    rows = list(drawn())
    around = {"countries": {"DE": "Germany"}, "wide_areas": {"Europe": ["DE"]}, "metros": [], "also": {}}
    (folder / "openings.js").write_text(in_script("trackmixOpenings", around | columns(rows, {})))
    (folder / "naive.html").write_text(naive(rows))


def timed(browser: Browser, page: Path) -> tuple[float, ...]:
    """Milliseconds until it is painted and can be filtered, and from a key to the next paint: the median and the most."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    shown: Page = context.new_page()
    shown.goto(page.as_uri(), timeout=0)
    view = shown.evaluate(VIEW)
    shown.evaluate(KEYS)
    shown.locator("[name=words]").press_sequentially(WORDS)
    shown.wait_for_timeout(500)
    keys = shown.evaluate("keys")
    context.close()
    # a key below the least that is told of took no longer than that
    return view["painted"], view["ready"], median([*keys, *[16.0] * (len(WORDS) - len(keys))]), max(keys, default=16.0)


def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        print("no Chromium on this machine")
        return
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        folder = Path(home)
        make(folder)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        pages = [folder / PAGE, folder / "naive.html"]
        times: list[list[tuple[float, ...]]] = [[], []]
        for _ in range(TIMES):
            for page, found in zip(pages, times, strict=True):
                found.append(timed(browser, page))
        ours, others = ([median(column) for column in zip(*found, strict=True)] for found in times)
        for name, one, other in zip(
            ("painted", "can be filtered", "keystroke", "slowest keystroke"), ours, others, strict=True
        ):
            print(f"{name}: {one:,.0f} ms; all rows in a table {other:,.0f} ms, {other / one:.1f} times as long")
        sizes = {name: (folder / name).stat().st_size for name in (PAGE, "openings.js", "naive.html")}
        print(f"{OPENINGS:,} openings:", ", ".join(f"{name} {size:,} bytes" for name, size in sizes.items()))
        assert ours[1] < 1_000, ours
        assert ours[3] < 200, ours


if __name__ == "__main__":
    main()
