"""The one place that asks DuckDB: a run loads and builds the warehouse, readers ask what is published.

Where it stands is the home's to say (`warehouse.kinds`): a file of its own, or a lake that several machines share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import duckdb

from warehouse.answer import Answer
from warehouse.embedded import PUBLISHED as PUBLISHED
from warehouse.errors import QuestionError, StoreError, first_line, of_another
from warehouse.kinds import taken as taken
from warehouse.kinds import warehouse_of
from warehouse.limits import MEMORY, ONE_THREAD, SECONDS, ended_after
from warehouse.questions import file_of, is_text, literal
from warehouse.shards import WHOLE, Shard

HERE = Path(__file__).parent
Connection = duckdb.DuckDBPyConnection
_PATH = "select current_setting('search_path')"
# how a column's SQL type is staged by pandas, so that a column of nothing but nulls keeps its type
_STAGED = {
    "VARCHAR": "object", "BOOLEAN": "boolean", "INTEGER": "Int32", "BIGINT": "Int64", "DOUBLE": "float64",
    "DOUBLE[]": "object", "DATE": "datetime64[s]", "TIMESTAMP": "datetime64[us]",
}  # fmt: skip


class Store:
    """The warehouse of a run while it is being written. Open it with `open_store`."""

    def __init__(self, connection: Connection, turn: Callable[[Connection], AbstractContextManager[None]]) -> None:
        self._db, self._turn = connection, turn

    def ask(self, question: str, params: Mapping[str, Any] | None = None) -> Answer:
        """Ask the run's own file; for stages that need what earlier stages loaded."""
        return _fetch(self._db, question, params)

    def stream(self, question: str, params: Mapping[str, Any], most: int) -> Iterator[list[dict[str, Any]]]:
        """The rows of an answer as it is now, whatever is loaded meanwhile, `most` at a time."""
        with closing(self._db.cursor()) as cursor:
            cursor.execute(f"set search_path = {literal(self.ask(_PATH).rows[0][0])}")  # a cursor has its own
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
        with self._turn(self._db):
            self._db.execute("begin")
            try:
                yield
            except BaseException:
                self._db.execute("rollback")
                raise
            self._db.execute("commit")


@contextmanager
def open_store(home: Path, shard: Shard = WHOLE) -> Iterator[Store]:
    """The warehouse of a run, or of one that reads a shard, with its tables made where they are not yet, or of another version.

    Raises StoreError when another run holds it or it is no warehouse, HomeError where there can be none, or no shards.
    """
    warehouse = warehouse_of(home)
    with warehouse.writing(shard) as connection:
        yield Store(connection, warehouse.turn)


def publish(home: Path) -> dict[str, Any]:
    """Let readers see what the run made, all at once; who is asking keeps what they opened. Answers where it is."""
    return warehouse_of(home).publish()


def copy_published(home: Path, file: Path) -> None:
    """Make a DuckDB file of what is published. Raises StoreError where nothing is."""
    warehouse_of(home).copy_to(file)


def ask(home: Path, question: str, params: Mapping[str, Any] | None = None, *, most: int | None = None) -> Answer:
    """Ask the published warehouse: the folder and name of a file in `queries/` ("run/counts"), or SQL.

    It reads and writes no file. With `most` no more rows than that, and no more than `SECONDS`. Raises StoreError when
    nothing is published yet, QuestionError, which is one, when the SQL cannot be run, or takes longer.
    """
    published = warehouse_of(home)
    try:
        with published.reading() as db, nullcontext() if most is None else ended_after(SECONDS, db.interrupt):
            if not file_of(question) and is_text(question):
                published.permit(db, question)
            return _fetch(db, question, params, most)
    except (duckdb.InterruptException, duckdb.OutOfMemoryException) as error:
        limit = f"{SECONDS:g} seconds" if isinstance(error, duckdb.InterruptException) else f"{MEMORY} of memory"
        else_ = f"ask for less, or open {published.name} with DuckDB itself"
        raise QuestionError(f"the question takes more than {limit}; {else_}") from None
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        if not file_of(question):
            raise QuestionError(f"the warehouse cannot answer: {first_line(error)}") from None
        raise of_another(published.name, home) from None
    except duckdb.Error as error:
        kind = StoreError if file_of(question) or isinstance(error, duckdb.IOException) else QuestionError
        raise kind(f"the warehouse cannot answer: {first_line(error)}") from None


def unpublished_runs(home: Path, store: Store) -> list[str]:
    """The runs that have asked boards, and whose visits no reader has seen yet; one without a name where there are none."""
    question = "select distinct run_id from fetches order by all"
    try:
        seen = set(ask(home, question).rows)
    except StoreError:  # nothing is published yet
        seen = set()
    return [run_id for (run_id,) in store.ask(question).rows if (run_id,) not in seen] or [""]


def write_files(warehouse: Path, questions: Mapping[Path, str]) -> None:
    """Write what SQL answers of a DuckDB file into these files, as Parquet or CSV by their names.

    A file that is asked at the same time is locked against writing any, so this takes a copy.
    """
    with duckdb.connect(str(warehouse), read_only=True, config=ONE_THREAD) as connection:
        for file, question in questions.items():
            answer = connection.sql(question)
            (answer.write_parquet if file.suffix == ".parquet" else answer.write_csv)(str(file))


@contextmanager
def reading(home: Path) -> Iterator[None]:
    """Keep the published warehouse open: all that is asked meanwhile is of one copy, and opens it in no time.

    Raises StoreError when nothing is published yet, or it is no warehouse.
    """
    published = warehouse_of(home)
    try:
        connection = published.reading()
    except duckdb.Error as error:
        raise StoreError(f"{published.name} cannot be opened: {first_line(error)}") from None
    with connection:  # DuckDB opens it once in a process, however many ask it
        yield


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
