"""What a home says: its tables, and whether readers find an answer."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from warehouse.store import ask

# of a run: a killed one leaves rows there of its own, which `made_from` has a digest of; and what is loaded from this package's
# own files
LEFT_OUT = ("fetches", "made_from", "gazetteer", "place_names", "wide_areas", "price_levels", "countries")
Told = dict[str, list[tuple[object, ...]]]


def told(home: Path) -> Told:
    """All tables of the published warehouse but what tells of runs, each with its rows in order."""
    names = [row[0] for row in ask(home, "select table_name from duckdb_tables() where not temporary").rows]
    return {name: ask(home, f"select columns(lambda c: c <> 'run_id') from {name} order by all").rows
            for name in names if name not in LEFT_OUT}  # fmt: skip


def differing(one: Told, other: Told) -> list[str]:
    """The tables that differ."""
    return [name for name in {**one, **other} if one.get(name) != other.get(name)]


def mix(home: Path) -> list[tuple[object, ...]]:
    """What readers ask for first."""
    return ask(home, "select * from company_mix order by all").rows


def on_disk(folder: Path, *but: str) -> dict[str, str | None]:
    """Every file under a folder with the digest of its bytes, and every folder."""
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
        if path.relative_to(folder).parts[0] not in but
    }
