"""Every public table as files: CSV and Parquet, what each column means, and the DuckDB file itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from shutil import copyfile

from reports.show import write_csv
from warehouse.store import PUBLISHED, ask, copy_published, write_files

# the texts of postings are their authors', and the rest is how a run works or came with it: only the DuckDB file has these
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
    "place_names",
    "posting_areas",
    "posting_evidence",
)


CELLS = {  # of a CSV, by the type of the column
    "VARCHAR": """case when left("{0}", 1) in ('=', '+', '-', '@', chr(9), chr(13)) then '''' || "{0}" else "{0}" end as "{0}\"""",
    "BOOLEAN": """case "{0}" when true then 'True' when false then 'False' end as "{0}\"""",
}


Earlier = Callable[[str, object], Path | None]


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


def export(home: Path, folder: Path, earlier: Earlier = lambda path, shown: None) -> list[Path]:
    """Write them into a folder; answers what was written. Raises StoreError when nothing is published.

    `earlier` answers where the file of a path stands already, made of the same rows.
    """
    tables = public_tables(home)
    folder.mkdir(parents=True, exist_ok=True)
    copy_published(home, folder / PUBLISHED)
    with (folder / "dictionary.csv").open("w", newline="", encoding="utf-8") as opened:
        write_csv(opened, ask(home, "questions/dictionary"))
    files, unwritten = list[Path](), dict[Path, str]()
    for table in tables:
        rows = ask(home, f"select count(*), sum(hash(t)) from {table.name} t").rows
        for form, asked in {"csv": _as_csv(table), "parquet": f"from {table.name}"}.items():
            files.append(file := folder / f"{table.name}.{form}")
            if not (found := earlier(file.name, (table.columns, rows))):
                unwritten[file] = asked
            elif found != file:
                copyfile(found, file)
    write_files(folder / PUBLISHED, unwritten)
    return [folder / PUBLISHED, folder / "dictionary.csv", *files]


def _as_csv(table: Table) -> str:
    """The SQL of a table's rows as its CSV has them: as `write_csv` writes cells, text that begins as a formula marked as text."""
    cells = (CELLS.get(kind, '"{0}"').format(name) for name, kind, _ in table.columns)
    return f"select {', '.join(cells)} from {table.name}"
