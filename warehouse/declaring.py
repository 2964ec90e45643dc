"""The tables, views and macros of the run's own file, as this version has them."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

HERE = Path(__file__).parent
GONE = ("expected_counts",)  # what older versions had, some as a table and some as a view


def declare(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables, views and macros, all or nothing, unless those of this file were made by the same SQL."""
    files = (HERE / "schema.sql", *sorted((HERE / "macros").glob("*.sql")))
    declared = "\n".join(file.read_text("utf-8") for file in files)
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
