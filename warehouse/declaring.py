"""The tables of a warehouse, and the views and macros over them, as this version has them."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

HERE = Path(__file__).parent
GONE = ("expected_counts",)  # what older versions had, some as a table and some as a view


def tables() -> str:
    """The SQL of every table; it makes the derived ones anew, empty."""
    return _read(HERE / "schema.sql", HERE / "derived.sql")


def views_and_macros() -> str:
    """The SQL of every view and macro, for where the tables are."""
    return _read(HERE / "views.sql", *sorted((HERE / "macros").glob("*.sql")))


def declare(connection: duckdb.DuckDBPyConnection, declared: str) -> None:
    """Make what this SQL declares, all or nothing, unless what is there was made by the same SQL."""

    digest = sha256(declared.encode()).hexdigest()
    made_by = "select macro_definition from duckdb_functions() where function_name = 'schema_sha256'"
    if connection.execute(made_by).fetchall() == [(f"'{digest}'",)]:
        return
    connection.execute("begin")
    for name in GONE:
        kinds = f"select table_type = 'VIEW' from information_schema.tables where table_name = '{name}'"
        for (is_view,) in connection.execute(kinds).fetchall():
            connection.execute(f"drop {'view' if is_view else 'table'} {name}")
    connection.execute(f"{declared}; create or replace macro schema_sha256() as '{digest}'; commit")


@cache
def _read(*files: Path) -> str:
    return "\n".join(file.read_text("utf-8") for file in files)
