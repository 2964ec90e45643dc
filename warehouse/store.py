"""The one place that opens DuckDB: a run loads and builds its own file, readers ask a published copy.

DuckDB lets one process write and locks readers out meanwhile. So a run writes `HOME/work/warehouse.duckdb` and, when it is
finished, publishes a copy as `HOME/warehouse.duckdb` by an atomic rename. Readers open only that: they are never locked out
and never see half a run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from shlex import quote
from typing import Any, Final

import duckdb

from warehouse.answer import Answer
from warehouse.copying import copy_whole
from warehouse.declaring import declare
from warehouse.errors import HomeError, QuestionError, StoreError, first_line
from warehouse.limits import MEMORY, SECONDS, ended_after
from warehouse.questions import file_of, is_text, literal

HERE = Path(__file__).parent
PUBLISHED = "warehouse.duckdb"
Connection = duckdb.DuckDBPyConnection
# how a column's SQL type is staged by pandas, so that a column of nothing but nulls keeps its type
_STAGED = {
    "VARCHAR": "object", "BOOLEAN": "boolean", "INTEGER": "Int32", "BIGINT": "Int64", "DOUBLE": "float64",
    "DOUBLE[]": "object", "DATE": "datetime64[s]", "TIMESTAMP": "datetime64[us]",
}  # fmt: skip
# one thread: DuckDB 1.5.5 now and then ended the process from a second one of its own, which earned nothing here
_ONE_THREAD: Final[dict[str, str | bool | int | float | list[str]]] = {"threads": 1}
# a question reads the published tables and nothing else: no network, no file, not even by COPY the one that is asked
_READ_ONLY: Final = {**_ONE_THREAD, "enable_external_access": "false", "memory_limit": MEMORY, "temp_directory": ""}
_LOCK: Final = "set disabled_filesystems = 'LocalFileSystem'; set lock_configuration = true"


class Store:
    """The warehouse of a run while it is being written. Open it with `open_store`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def ask(self, question: str, params: Mapping[str, Any] | None = None) -> Answer:
        """Ask the run's own file; for stages that need what earlier stages loaded."""
        return _fetch(self._db, question, params)

    def stream(self, question: str, params: Mapping[str, Any], most: int) -> Iterator[list[dict[str, Any]]]:
        """The rows of an answer as it is now, whatever is loaded meanwhile, `most` at a time."""
        with closing(self._db.cursor()) as cursor:
            result = _execute(cursor, question, params)
            while rows := result.fetchmany(most):
                yield Answer(_columns(result), rows).records()

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
        """Bring every derived table up to date with the base tables; answers the number of rows of those that were filled."""
        from warehouse.derived import build  # with NumPy, a tenth of a second that only a run pays

        return build(self)

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

    A lost one is made again from the published copy. Raises StoreError when another run holds it or it is no
    warehouse, HomeError where there can be none.
    """
    path = home / "work" / PUBLISHED
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not (path.exists() and path.stat().st_size) and (home / PUBLISHED).exists():
            _take_published(home / PUBLISHED, path)
    except OSError as error:
        raise HomeError(f"the home folder {home} cannot be used: {error.strerror}: {error.filename}") from None
    with closing(_open_work(path)) as connection:
        yield Store(connection)


def _open_work(path: Path) -> Connection:
    try:
        connection = duckdb.connect(str(path), config=_ONE_THREAD)
        declare(connection)
    except duckdb.ProgrammingError as error:  # SQL that does not fit the file, which can be read
        made_by = "either no trackmix has made it, or this one has a fault, which its maintainers should know"
        raise StoreError(f"the tables of {path} cannot be declared ({first_line(error)}): {made_by}") from None
    except duckdb.Error as error:
        if "lock" in str(error):
            raise StoreError(f"another run is writing {path}; wait for it to end") from None
        mend = "delete it, and the next run goes on from what was published last"
        raise StoreError(f"{path} cannot be opened ({first_line(error)}); where it is damaged, {mend}") from None
    return connection


def _take_published(published: Path, path: Path) -> None:
    """Make the run's file, which is lost, from the published one. Raises HomeError where that is lost too."""
    try:
        duckdb.connect(str(published), read_only=True, config=_ONE_THREAD).close()
    except duckdb.Error as error:
        mend = f"put back a copy of either, or delete {published} too, to begin anew"
        raise HomeError(f"{path} is gone, {published} cannot be opened ({first_line(error)}); {mend}") from None
    path.with_name(f"{path.name}.wal").unlink(missing_ok=True)  # of the lost one
    copy_whole(published, path)


def publish(home: Path) -> Path:
    """Put a whole copy of the run's file where readers look, by an atomic rename; who is asking keeps the one they opened."""
    with open_store(home) as store:
        store.ask("checkpoint")
    copy_whole(home / "work" / PUBLISHED, home / PUBLISHED)
    return home / PUBLISHED


def ask(home: Path, question: str, params: Mapping[str, Any] | None = None, *, most: int | None = None) -> Answer:
    """Ask the published warehouse: the folder and name of a file in `queries/` ("run/counts"), or SQL.

    It reads and writes no file. With `most` no more rows than that, and no more than `SECONDS`. Raises StoreError when
    nothing is published yet, QuestionError, which is one, when the SQL cannot be run, or takes longer.
    """
    try:
        with _open_published(home) as db, nullcontext() if most is None else ended_after(SECONDS, db.interrupt):
            return _fetch(db, question, params, most)
    except (duckdb.InterruptException, duckdb.OutOfMemoryException) as error:
        limit = f"{SECONDS:g} seconds" if isinstance(error, duckdb.InterruptException) else f"{MEMORY} of memory"
        else_ = f"ask for less, or open {home / PUBLISHED} with DuckDB itself"
        raise QuestionError(f"the question takes more than {limit}; {else_}") from None
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        if not file_of(question):
            raise QuestionError(f"the warehouse cannot answer: {first_line(error)}") from None
        older = f"{home / PUBLISHED} is older than this trackmix"
        raise StoreError(f"{older}; renew it with: trackmix run --home {quote(str(home))}") from None
    except duckdb.Error as error:
        kind = StoreError if file_of(question) or isinstance(error, duckdb.IOException) else QuestionError
        raise kind(f"the warehouse cannot answer: {first_line(error)}") from None


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
        raise StoreError(f"{home / PUBLISHED} cannot be opened: {first_line(error)}") from None
    with connection:  # DuckDB opens a file once in a process, however many ask it
        yield


def _open_published(home: Path) -> Connection:
    connection = duckdb.connect(str(_published(home)), read_only=True, config=_READ_ONLY)
    if connection.execute("select current_setting('lock_configuration')").fetchall() == [(False,)]:
        connection.execute(_LOCK)  # once for all that have this file open in this process
    return connection


def _published(home: Path) -> Path:
    path = home / PUBLISHED
    if not path.is_file():
        raise StoreError(f"there is no warehouse in {home}; make one with: trackmix run --home {quote(str(home))}")
    return path


def _fetch(connection: Connection, question: str, params: Mapping[str, Any] | None, most: int | None = None) -> Answer:
    result = _execute(connection, question, params)
    return Answer(_columns(result), result.fetchall() if most is None else result.fetchmany(most))


def _columns(result: Connection) -> list[str]:
    return [str(column[0]) for column in result.description or ()]


def _execute(connection: Connection, question: str, params: Mapping[str, Any] | None) -> Connection:
    """Run the file of that name in `queries/`, or the SQL itself."""
    file = file_of(question)
    sql = file.read_text("utf-8") if file else question
    # bound through SQL: binding from Python would import pandas, a second that a question must not cost
    given = ", ".join(f"{name} := {literal(value)}" for name, value in (params or {}).items())
    if not is_text(sql + given) or not connection.extract_statements(sql):
        raise QuestionError('the question is empty or no text; ask in SQL, such as "from open_tracks"')
    if params:
        connection.execute(f"prepare question as {sql}")
        sql = f"execute question({given})"
    return connection.execute(sql)
