"""The downloads: every public table as CSV and Parquet with its dictionary, and the DuckDB file."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from reports.show import safe_cell
from reports.site.market import Market
from reports.site.page import Page
from warehouse.store import PUBLISHED, Answer, ask

# the texts of postings are their authors', and the rest is how a run works: only the DuckDB file has these
NOT_SHARED = ("postings", "jobs", "fetches", "rejects", "gazetteer", "posting_areas")


def pages(market: Market) -> Iterator[Page]:
    yield Page(
        "downloads.html",
        "downloads.html",
        "Downloads",
        {"tables": _tables(market.home), "not_shared": NOT_SHARED, "database": PUBLISHED},
    )


def write_downloads(home: Path, folder: Path) -> list[Path]:
    """Write them into a folder; answers what was written."""
    written = [folder / PUBLISHED, folder / "dictionary.csv"]
    shutil.copyfile(home / PUBLISHED, written[0])
    _write_csv(written[1], ask(home, "dictionary"))
    for table, _, _ in _tables(home):
        written += [folder / f"{table}.csv", folder / f"{table}.parquet"]
        _write_csv(written[-2], ask(home, f"from {table}"))
        ask(home, f"copy {table} to '{str(written[-1]).replace(chr(39), chr(39) * 2)}' (format parquet)")
    return written


def _tables(home: Path) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    """Each public table with what it holds and its columns: name, type, meaning."""
    rows = [row for row in ask(home, "dictionary").rows if row[0] not in NOT_SHARED]
    return [(*table, [row[2:] for row in columns]) for table, columns in groupby(rows, key=lambda row: row[:2])]


def _write_csv(path: Path, answer: Answer) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(answer.columns)
        writer.writerows([safe_cell(value) for value in row] for row in answer.rows)
