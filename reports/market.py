"""The report of a run: one HTML page and the CSVs behind it, in the home folder."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, select_autoescape

from classifiers.tracks import TITLES, TRACKS
from reports.scope import Scope, ask_basis, ask_mix
from reports.show import safe_cell, written
from warehouse.store import Answer, ask

TABLES = ("demand_by_region", "pay_by_region", "company_mix", "demand_by_week", "demand_by_month")
MOST_ROWS = 15  # areas and companies on the page; the CSVs have all
LEAST_POSTINGS = 5  # of the six tracks, for an area or company to stand on the page


def render(home: Path) -> Path:
    """Write the page and its CSVs for the day of the data; answers the page's path."""
    page = page_of(home)
    page.parent.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        _write_csv(page.with_name(f"{table}.csv"), ask(home, f"from {table}"))
    templates = Environment(loader=PackageLoader("reports"), autoescape=select_autoescape(), trim_blocks=True)
    templates.filters["written"] = lambda value, column: written(column, value)
    page.write_text(templates.get_template("market.html").render(_facts(home)), encoding="utf-8")
    return page


def page_of(home: Path) -> Path:
    """Where the page of the published data stands."""
    day: date | None = ask(home, "select max(fetched_at)::date from fetches").rows[0][0]
    return home / "reports" / str(day) / "index.html"


def _facts(home: Path) -> dict[str, Any]:
    world = Scope("world", "everywhere")
    crossed = {
        name: ask(home, name, {"most": MOST_ROWS, "least": LEAST_POSTINGS}).records()
        for name in ("report_countries", "report_companies")
    }
    return {
        "tracks": TRACKS,
        "titles": TITLES,
        "mix": ask_mix(home, world).records(),
        "basis": ask_basis(home, world),
        "reading": ask(home, "last_reading").records()[0],
        "countries": _by_row(crossed["report_countries"]),
        "companies": _by_row(crossed["report_companies"]),
        "weeks": _weeks(ask(home, "from demand_by_week order by week_on desc, track").records()),
        "tables": TABLES,
        "credits": [row[0] for row in ask(home, "credits").rows],
        "least": LEAST_POSTINGS,
    }


def _by_row(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of (name, track, postings, total) as one row a name, with the postings of each track."""
    rows: dict[str, dict[str, Any]] = {}
    for record in records:
        row = rows.setdefault(record["name"], {"name": record["name"], "total": record["total"], "tracks": {}})
        row["tracks"][record["track"]] = record["postings"]
    return list(rows.values())


def _weeks(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    weeks: dict[date, dict[str, Any]] = {}
    for record in records:
        week = weeks.setdefault(record["week_on"], {"week_on": record["week_on"], "opened": 0, "closed": 0, "open": 0})
        for name in ("opened", "closed", "open"):
            week[name] += record[name]
    return list(weeks.values())[:8]


def _write_csv(path: Path, answer: Answer) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(answer.columns)
        writer.writerows([safe_cell(value) for value in row] for row in answer.rows)
