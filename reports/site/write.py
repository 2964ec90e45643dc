"""Writes the site into a folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from importlib.metadata import version
from pathlib import Path, PurePosixPath

from jinja2 import Environment

from classifiers.tracks import TRACKS
from reports.export import export
from reports.site import (
    changes,
    choose,
    claims,
    companies,
    compare,
    downloads,
    feeds,
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
from reports.site.drawing import Drawing
from reports.site.made_from import FILE, Earlier, is_current, write_down
from reports.site.market import OF_A_COMPANY, Market
from reports.site.page import Page
from reports.templating import PALETTE, templates
from warehouse.store import ask, reading, taken

# each kind of page, and how the navigation calls the one page of it that stands there
KINDS: dict[Callable[[Market], Iterator[Page]], tuple[str, str] | None] = {
    start.pages: None,
    tracks.pages: None,
    places.pages: ("Places", "places.html"),
    companies.pages: ("Companies", "companies.html"),
    openings.pages: ("Openings", openings.PAGE),
    changes.pages: None,
    compare.pages: ("Compare", "compare.html"),
    choose.pages: ("Choose", "choose.html"),
    claims.pages: ("Claims", "claims.html"),
    method.pages: ("Method", "method.html"),
    downloads.pages: ("Downloads", "downloads.html"),
}
# what pages run once it is asked for, and what readers of feeds fetch
TEXTS: dict[str, Callable[[Market], str]] = {
    "search.js": search.script,
    "openings.js": openings.script,
    "figures.js": figures.script,
    "choose-data.js": choose.script,
    feeds.ATOM: feeds.atom,
    feeds.JSON: feeds.json_feed,
}
STATIC = Path(__file__).with_name("static")
OF_A_DAY = "[0-9]???-[01]?-[0-3]?"  # the folder of a site that a run wrote
LISTED = "files.txt"  # what an earlier writing left in the folder, to take away what is no longer of the site


class SiteError(Exception):
    """Pages that could not be written, in `faults` each with its reason; all others were."""

    def __init__(self, faults: Sequence[str], folder: Path) -> None:
        super().__init__(
            f"{len(faults)} of the site's pages could not be written: {', '.join(faults)}; the others are in {folder}"
        )
        self.faults = faults


def render(home: Path, folder: Path) -> Path:
    """Write the site of a home folder's published warehouse; answers its start page.

    Files that an earlier site left in the folder and this one has no more are deleted; others are let alone.
    Raises StoreError when nothing is published, and SiteError, once all others are written, for pages that could not be.
    """
    faults: list[str] = []
    with taken(home), reading(home):
        market = Market(home)
        folder.mkdir(parents=True, exist_ok=True)
        earlier = Earlier.of(_written_last(home, folder))
        (folder / FILE).unlink(missing_ok=True)  # until all is written
        texts = [*_pages(market, earlier, faults), *_texts(market)]
        files = [*_write_texts(texts, folder, faults), *export(home, folder, earlier.file)]
    files.append(folder / "site.css")
    files[-1].write_text(PALETTE.read_text("utf-8") + (STATIC / "site.css").read_text("utf-8"), encoding="utf-8")
    for name in (
        "charts.css",
        "site.js",
        "save.js",
        "choose.js",
        "compare.js",
        "fitting.js",
        "filter.js",
        "own_skills.js",
    ):
        files.append(folder / name)
        shutil.copyfile(STATIC / name, files[-1])
    _tidy(folder, [file.relative_to(folder).as_posix() for file in files])
    if faults:
        raise SiteError(faults, folder)
    write_down(home, folder, earlier.made_from)
    return folder / "index.html"


def bring_up_to_date(home: Path, folder: Path) -> None:
    """Write the site, as `render` does, unless it stands in the folder as it would be written now."""
    if not is_current(home, folder, _listed(folder)):
        render(home, folder)


def page_of(home: Path) -> Path:
    """Where a run writes the start page of the published data."""
    day: date | None = ask(home, "select max(fetched_at)::date from fetches").rows[0][0]
    return home / "reports" / str(day) / "index.html"


def thin_out(home: Path, before: date, weeks: int | None = None) -> int:
    """Delete sites that runs wrote, but never the newest; answers how many.

    Those of days before `before` go, and with `weeks` all but the newest of each of the last so many weeks that have one.
    """
    sites = sorted(listed.parent for listed in (home / "reports").glob(f"{OF_A_DAY}/{LISTED}"))
    kept = [site for site in sites if site.name >= before.isoformat()]
    if weeks is not None:
        of_week = {date.fromisoformat(site.name).isocalendar()[:2]: site for site in kept}
        kept = [*of_week.values()][-weeks:]
    old = [site for site in sites[:-1] if site not in kept]
    for site in old:
        shutil.rmtree(site)
    return len(old)


def _written_last(home: Path, folder: Path) -> Path:
    """Where the site stands whose files may be taken over: the one in the folder, else the newest that a run wrote whole."""
    whole = sorted((home / "reports").glob(f"{OF_A_DAY}/{FILE}"))
    return whole[-1].parent if whole and not (folder / FILE).is_file() else folder


def _pages(market: Market, earlier: Earlier, faults: list[str]) -> Iterator[tuple[str, Callable[[], str]]]:
    """The path of every page, and what writes it. A kind of page that raises loses those that would follow."""
    draws = Drawing(market, _templates(market), earlier)
    for pages in KINDS:
        try:
            for page in pages(market):
                yield page.path, partial(draws.html, page)
        except Exception as error:
            faults.append(f"those of {pages.__module__.rpartition('.')[2]} ({type(error).__name__}: {error})")


def _texts(market: Market) -> list[tuple[str, Callable[[], str]]]:
    return [(name, partial(made, market)) for name, made in TEXTS.items()]


def _write_texts(texts: Iterable[tuple[str, Callable[[], str]]], folder: Path, faults: list[str]) -> list[Path]:
    """The files written; what cannot be made goes to `faults` with its reason."""
    files = []
    for path, made in texts:
        try:
            text = made()
        except Exception as error:  # whatever a stranger's posting raises costs the page that shows it
            faults.append(f"{path} ({type(error).__name__}: {error})")
            continue
        files.append(folder / path)
        files[-1].parent.mkdir(exist_ok=True)
        files[-1].write_text(text, encoding="utf-8")
    return files


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
    for name in set(_listed(folder)) - set(files):
        if ".." not in PurePosixPath(name).parts and not PurePosixPath(name).is_absolute():
            (folder / name).unlink(missing_ok=True)
    (folder / LISTED).write_text("\n".join(sorted(files)) + "\n", encoding="utf-8")


def _listed(folder: Path) -> list[str]:
    """What an earlier writing left in the folder."""
    listed = folder / LISTED
    return listed.read_text("utf-8").splitlines() if listed.is_file() else []
