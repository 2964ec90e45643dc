"""Every public table as files: CSV and Parquet, what each column means, and the DuckDB file itself."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from reports.show import safe_cell
from warehouse.answer import Answer
from warehouse.store import PUBLISHED, ask, copy_published, write_parquet

# the texts of postings are their authors', and the rest is how a run works: only the DuckDB file has these
NOT_SHARED = (
    "postings",
    "jobs",
    "company_lines",
    "fetches",
    "rejects",
    "openings",
    "opening_places",
    "cell_openings",
    "made_from",
    "read_companies",
    "gazetteer",
    "posting_areas",
)


@dataclass(frozen=True, slots=True)
class Table:
    """A public table: what it holds, and of each column its name, type and meaning."""

    name: str
    about: str
    columns: list[tuple[str, str, str]]


def public_tables(home: Path) -> list[Table]:
    """Those that are exported, in the dictionary's order."""
    rows = [row for row in ask(home, "questions/dictionary").rows if row[0] not in NOT_SHARED]
    grouped = groupby(rows, key=lambda row: row[:2])
    return [Table(name, about, [row[2:] for row in columns]) for (name, about), columns in grouped]


def export(home: Path, folder: Path) -> list[Path]:
    """Write them into a folder; answers what was written. Raises StoreError when nothing is published."""
    tables = public_tables(home)
    folder.mkdir(parents=True, exist_ok=True)
    written = [folder / PUBLISHED, folder / "dictionary.csv"]
    copy_published(home, written[0])
    _write_csv(written[1], ask(home, "questions/dictionary"))
    for table in tables:
        written.append(folder / f"{table.name}.csv")
        _write_csv(written[-1], ask(home, f"from {table.name}"))
    parquet = {table.name: folder / f"{table.name}.parquet" for table in tables}
    write_parquet(written[0], parquet)
    return [*written, *parquet.values()]


def _write_csv(path: Path, answer: Answer) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(answer.columns)
        writer.writerows([safe_cell(value) for value in row] for row in answer.rows)
