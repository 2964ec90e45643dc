"""Writes the site into a folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from importlib.metadata import version
from pathlib import Path, PurePosixPath

from jinja2 import Environment

from classifiers.tracks import TRACKS
from reports.export import export
from reports.site import (
    choose,
    claims,
    companies,
    compare,
    downloads,
    figures,
    method,
    openings,
    places,
    search,
    start,
    tracks,
)
from reports.site.areas import WITHIN_KM
from reports.site.charts.chart import told
from reports.site.market import OF_A_COMPANY, Market
from reports.site.page import Page
from reports.templating import PALETTE, templates
from warehouse.store import ask, reading

# each kind of page, and how the navigation calls the one page of it that stands there
KINDS: dict[Callable[[Market], Iterator[Page]], tuple[str, str] | None] = {
    start.pages: None,
    tracks.pages: None,
    places.pages: ("Places", "places.html"),
    companies.pages: ("Companies", "companies.html"),
    openings.pages: ("Openings", openings.PAGE),
    compare.pages: ("Compare", "compare.html"),
    choose.pages: ("Choose", "choose.html"),
    claims.pages: ("Claims", "claims.html"),
    method.pages: ("Method", "method.html"),
    downloads.pages: ("Downloads", "downloads.html"),
}
# what pages run once it is asked for
SCRIPTS: dict[str, Callable[[Market], str]] = {
    "search.js": search.script,
    "openings.js": openings.script,
    "figures.js": figures.script,
    "choose-data.js": choose.script,
}
STATIC = Path(__file__).with_name("static")
LISTED = "files.txt"  # what an earlier writing left in the folder, to take away what is no longer of the site


def render(home: Path, folder: Path) -> Path:
    """Write the site of a home folder's published warehouse; answers its start page.

    Files that an earlier site left in the folder and this one has no more are deleted; others are let alone.
    Raises StoreError when nothing is published.
    """
    with reading(home):
        market = Market(home)
        folder.mkdir(parents=True, exist_ok=True)
        files = [*_write_pages(market, folder), *export(home, folder)]
        for name, made in SCRIPTS.items():
            files.append(folder / name)
            files[-1].write_text(made(market), encoding="utf-8")
    files.append(folder / "site.css")
    files[-1].write_text(PALETTE.read_text("utf-8") + (STATIC / "site.css").read_text("utf-8"), encoding="utf-8")
    for name in ("charts.css", "site.js", "save.js", "choose.js", "compare.js", "fitting.js", "filter.js"):
        files.append(folder / name)
        shutil.copyfile(STATIC / name, files[-1])
    _tidy(folder, [file.relative_to(folder).as_posix() for file in files])
    return folder / "index.html"


def page_of(home: Path) -> Path:
    """Where a run writes the start page of the published data."""
    day: date | None = ask(home, "select max(fetched_at)::date from fetches").rows[0][0]
    return home / "reports" / str(day) / "index.html"


def thin_out(home: Path, before: date) -> int:
    """Delete the sites that runs wrote before a day, but never the newest; answers how many."""
    sites = sorted(listed.parent for listed in (home / "reports").glob(f"????-??-??/{LISTED}"))
    old = [site for site in sites[:-1] if site.name < before.isoformat()]
    for site in old:
        shutil.rmtree(site)
    return len(old)


def _write_pages(market: Market, folder: Path) -> list[Path]:
    filled = _templates(market)
    files = []
    for pages in KINDS:
        for page in pages(market):
            files.append(folder / page.path)
            files[-1].parent.mkdir(exist_ok=True)
            files[-1].write_text(_rendered(filled, page, market), encoding="utf-8")
    return files


def _rendered(templates: Environment, page: Page, market: Market) -> str:
    root = "../" * (len(PurePosixPath(page.path).parts) - 1)
    facts = {"page": page, "root": root, "basis": page.basis or market.world.basis, **page.facts}
    return templates.get_template(page.template).render(facts)


def _templates(market: Market) -> Environment:
    found = templates("reports.site")
    found.filters["told"] = lambda value, column: told(column, value)
    found.globals |= {
        "tracks": TRACKS,
        "world": market.world,
        "reading": market.reading,
        "credits": market.credits,
        "openings_address": openings.address,
        "compare_address": compare.address,
        "navigation": [entry for entry in KINDS.values() if entry],
        "models": market.models,
        "within_km": WITHIN_KM,
        "kinds": places.KINDS,
        "company_paths": market.company_paths,
        "version": version("trackmix"),
        "skills_from": market.skills_from,
        "of_a_company": OF_A_COMPANY,
        "land": (STATIC / "land.path").read_text("ascii"),
    }
    return found


def _tidy(folder: Path, files: list[str]) -> None:
    """Delete what an earlier writing listed and this one did not write, and list what stands there now."""
    listed = folder / LISTED
    before = listed.read_text("utf-8").splitlines() if listed.is_file() else []
    for name in set(before) - set(files):
        if ".." not in PurePosixPath(name).parts and not PurePosixPath(name).is_absolute():
            (folder / name).unlink(missing_ok=True)
    listed.write_text("\n".join(sorted(files)) + "\n", encoding="utf-8")
