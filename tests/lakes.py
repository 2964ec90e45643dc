"""What two warehouses hold, compared table by table."""

from collections.abc import Callable

from warehouse.answer import Answer

# what a run makes up for itself, and how long an answer took
ITS_OWN = {"fetches": ("run_id", "loaded_run_id", "seconds"), "rejects": ("run_id",)}


def digests(ask: Callable[[str], Answer]) -> dict[str, tuple[int, int]]:
    """Of each table the number of rows and a digest of them, in whatever order they stand."""
    found = {}
    listed = "select table_name from duckdb_tables() where database_name = current_database() and not temporary"
    for (table,) in ask(listed).rows:
        own = f"* exclude ({', '.join(ITS_OWN[table])})" if table in ITS_OWN else "*"
        [found[table]] = ask(f"select count(*), bit_xor(hash(t)) from (select {own} from {table}) t").rows
    return found
