"""The one place that opens DuckDB: a run loads and builds its own file, readers ask a published copy.

DuckDB lets one process write and locks readers out meanwhile. So a run writes
`HOME/work/warehouse.duckdb` and, when it is finished, publishes a copy as
`HOME/warehouse.duckdb` by an atomic rename. Readers open only that: they are never locked
out and never see half a run.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import duckdb

from warehouse.answer import Answer
from warehouse.questions import file_of, literal

HERE = Path(__file__).parent
PUBLISHED = "warehouse.duckdb"
# how a column's SQL type is staged by pandas, so that a column of nothing but nulls keeps its type
_STAGED = {
    "VARCHAR": "object",
    "BOOLEAN": "boolean",
    "INTEGER": "Int32",
    "BIGINT": "Int64",
    "DOUBLE": "float64",
    "DOUBLE[]": "object",
    "DATE": "datetime64[s]",
    "TIMESTAMP": "datetime64[us]",
}
# one thread: DuckDB 1.5.5 now and then ended the process from a second one of its own, which earned nothing here
_ONE_THREAD: Final[dict[str, str | bool | int | float | list[str]]] = {"threads": 1}
# a question reads the published tables and nothing else: no file, no network, and no way to allow itself more
_LOCKED: Final = {**_ONE_THREAD, "enable_external_access": "false", "lock_configuration": "true"}


class StoreError(Exception):
    """The warehouse cannot be opened or asked; the message says why and what to do."""


class Store:
    """The warehouse of a run while it is being written. Open it with `open_store`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._db = connection

    def ask(self, question: str, params: Mapping[str, Any] | None = None) -> Answer:
        """Ask the run's own file; for stages that need what earlier stages loaded."""
        return _fetch(self._db, question, params)

    def replace(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Make `rows` the whole content of a base table."""
        with self._transaction():
            self._db.execute(f"delete from {table}")
            self._insert(table, table, rows)

    def append(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add rows to a base table."""
        with self._transaction():
            self._insert(table, table, rows)

    def load(self, name: str, staged: Mapping[str, tuple[str, Sequence[Mapping[str, Any]]]]) -> None:
        """Run `load/<name>.sql` over staged rows, all or nothing.

        `staged` maps the name of each incoming table to the declaration of its columns (a
        base table's name, or `column type, ...`) and its rows.
        """
        with self._transaction():
            for incoming, (declared, rows) in staged.items():
                columns = f"as from {declared} limit 0" if declared.isidentifier() else f"({declared})"
                self._db.execute(f"create or replace temp table {incoming} {columns}")
                self._insert(incoming, incoming, rows)
            self._db.execute((HERE / "load" / f"{name}.sql").read_text("utf-8"))

    def build(self) -> dict[str, int]:
        """Build every derived table anew from the base tables; answers its number of rows."""
        from warehouse.derived import estimated  # with NumPy, a tenth of a second that only a run pays

        self._db.execute((HERE / "derived.sql").read_text("utf-8"))
        counts = {}
        for table, rows in estimated(self.ask).items():
            self.append(table, rows)
            counts[table] = len(rows)
        for file in sorted((HERE / "tables").glob("*.sql")):
            with self._transaction():
                self._db.execute(f"insert into {file.stem} by name {file.read_text('utf-8')}")
            counts[file.stem] = int(self.ask(f"select count(*) from {file.stem}").rows[0][0])
        return counts

    def _insert(self, table: str, declared: str, rows: Sequence[Mapping[str, Any]]) -> None:
        if not rows:
            return
        import pandas  # half a second that only a run pays, not a question

        types = {str(name): _STAGED[str(kind)] for name, kind, *_ in self.ask(f"describe {declared}").rows}
        frame = pandas.DataFrame(list(rows))
        frame = frame.astype({name: types[name] for name in frame.columns})
        self._db.register("staged_frame", frame)
        self._db.execute(f"insert into {table} by name select * from staged_frame")
        self._db.unregister("staged_frame")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("begin")
        try:
            yield
        except BaseException:
            self._db.execute("rollback")
            raise
        self._db.execute("commit")


@contextmanager
def open_store(home: Path) -> Iterator[Store]:
    """The run's own file, with its tables made where it is new or of another version.

    Raises StoreError when another run holds it or it is no warehouse.
    """
    path = home / "work" / PUBLISHED
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        connection = duckdb.connect(str(path), config=_ONE_THREAD)
    except duckdb.IOException as error:
        if "lock" in str(error):
            raise StoreError(f"another run is writing {path}; wait for it to end") from None
        raise StoreError(f"{path} cannot be opened: {_first_line(error)}") from None
    try:
        _declare(connection)
        yield Store(connection)
    finally:
        connection.close()


def _declare(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables, views and macros, all or nothing, unless those of this file were made by the same SQL."""
    files = (HERE / "schema.sql", *sorted((HERE / "macros").glob("*.sql")))
    declared = "\n".join(file.read_text("utf-8") for file in files)
    digest = sha256(declared.encode()).hexdigest()
    with suppress(duckdb.CatalogException):  # raised by a file that is new or was made before digests were kept
        if connection.execute("select schema_sha256()").fetchall() == [(digest,)]:
            return
    connection.execute("begin")
    connection.execute(f"{declared}; create or replace macro schema_sha256() as '{digest}'; commit")


def publish(home: Path) -> Path:
    """Put a whole copy of the run's file where readers look, by an atomic rename.

    Readers that are asking keep the copy they opened.
    """
    work, published = home / "work" / PUBLISHED, home / PUBLISHED
    with open_store(home) as store:
        store.ask("checkpoint")
    partial = published.with_suffix(".partial")
    shutil.copyfile(work, partial)
    with partial.open("rb+") as file:
        os.fsync(file.fileno())
    os.replace(partial, published)
    return published


def ask(home: Path, question: str, params: Mapping[str, Any] | None = None) -> Answer:
    """Ask the published warehouse: the folder and name of a file in `queries/` ("run/counts"), or SQL.

    It reads and writes no file. Raises StoreError when nothing is published yet, or the SQL cannot be run.
    """
    try:
        with _open_published(home) as connection:
            return _fetch(connection, question, params)
    except duckdb.CatalogException as error:
        if not file_of(question):
            raise StoreError(f"the warehouse cannot answer: {_first_line(error)}") from None
        older = f"{home / PUBLISHED} is older than this trackmix"
        raise StoreError(f"{older}; renew it with: trackmix run --home {home}") from None
    except duckdb.Error as error:
        raise StoreError(f"the warehouse cannot answer: {_first_line(error)}") from None


def write_parquet(folder: Path, tables: Mapping[str, Path]) -> None:
    """Write tables of the warehouse in a folder, by name, as Parquet files. Raises StoreError where there is none.

    A file that is asked at the same time is locked against writing any, so this takes a copy.
    """
    with duckdb.connect(str(_published(folder)), read_only=True, config=_ONE_THREAD) as connection:
        for table, file in tables.items():
            connection.table(table).write_parquet(str(file))


@contextmanager
def reading(home: Path) -> Iterator[None]:
    """Keep the published warehouse open: all that is asked meanwhile is of one copy, and opens it in no time.

    Raises StoreError when nothing is published yet, or it is no warehouse.
    """
    try:
        connection = _open_published(home)
    except duckdb.Error as error:
        raise StoreError(f"{home / PUBLISHED} cannot be opened: {_first_line(error)}") from None
    with connection:  # DuckDB opens a file once in a process, however many ask it
        yield


def _open_published(home: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(_published(home)), read_only=True, config=_LOCKED)


def _published(home: Path) -> Path:
    path = home / PUBLISHED
    if not path.is_file():
        raise StoreError(f"there is no warehouse in {home}; make one with: trackmix run --home {home}")
    return path


def _fetch(connection: duckdb.DuckDBPyConnection, question: str, params: Mapping[str, Any] | None) -> Answer:
    """Run the file of that name in `queries/`, or the SQL itself."""
    file = file_of(question)
    sql = file.read_text("utf-8") if file else question
    if not connection.extract_statements(sql):
        raise StoreError('the question is empty; ask in SQL, such as "from open_tracks"')
    if params:
        # bound through SQL: binding from Python would import pandas, a second that a question must not cost
        given = ", ".join(f"{name} := {literal(value)}" for name, value in params.items())
        connection.execute(f"prepare question as {sql}")
        sql = f"execute question({given})"
    result = connection.execute(sql)
    columns = [str(column[0]) for column in result.description or ()]
    return Answer(columns, result.fetchall())


def _first_line(error: Exception) -> str:
    lines: Iterable[str] = str(error).splitlines()
    return next(iter(lines), type(error).__name__)
