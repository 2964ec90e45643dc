"""A warehouse that several machines share: a DuckLake, Parquet files whose catalog is a database of PostgreSQL.

A run commits to the lake as it goes, and holds it, or a shard of it, alone (`warehouse.lease`). To publish is to write down which
snapshot of the lake is whole; readers ask the last of those by its version, and never what a run has come to since. Tables stand in
the lake, views and macros in the memory of each connection: a lake keeps no comment on a macro and no null as what a parameter is
without its value.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from functools import cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Any, Final

import duckdb

from warehouse.declaring import declare, tables, views_and_macros
from warehouse.errors import StoreError, first_line, none_yet, of_another
from warehouse.kinds import server_of_buckets
from warehouse.lease import hold, is_held, let_go, turn
from warehouse.limits import MEMORY, ONE_THREAD
from warehouse.questions import literal
from warehouse.reading_alone import refuse_more
from warehouse.shards import WHOLE, Shard

EXTENSIONS: Final = ("httpfs", "postgres_scanner", "ducklake")
# a connection reads and writes tables of the lake, and makes views and macros beside them
_LAKE: Final = "set search_path = 'lake.main,memory.main'"
_MEMORY: Final = "set search_path = 'memory.main,lake.main'"
_ASKED: Final = {**ONE_THREAD, "memory_limit": MEMORY, "temp_directory": ""}
_READIED: Final = Lock()  # by one thread of those that ask


class Lake:
    """The lake of that catalog, as libpq names the database ("host=db dbname=trackmix"), and the folder or bucket of its files.

    `keep_days` is for how long what was published before can still be read.
    """

    def __init__(self, home: Path, catalog: str, data: str | None, keep_days: int) -> None:
        self._home, self._catalog, self._data, self._keep_days = home, catalog, data, keep_days
        self.name = f"ducklake:postgres:{catalog}"

    @contextmanager
    def writing(self, shard: Shard) -> Iterator[duckdb.DuckDBPyConnection]:
        """The lake as the run has it, with its tables made where it is new or of another version.

        Raises StoreError when another run holds it or that shard, it cannot be reached, or this run has lost it.
        """
        with closing(self._connect("written", ONE_THREAD)) as connection, let_go(connection.cursor()) as holder:
            if not _is_attached(connection):
                with self._told("opened"):
                    hold(holder, self._catalog, self.name, shard)
                    with turn(connection):
                        self._attach(connection)
            elif not is_held(connection):
                raise StoreError(f"this run no longer holds {self.name}, for its catalog was away; run again")
            connection.execute(_LAKE)
            yield connection

    def turn(self, connection: duckdb.DuckDBPyConnection) -> AbstractContextManager[None]:
        """Meanwhile no other run writes."""
        return turn(connection)

    def publish(self) -> dict[str, Any]:
        """Let readers see the lake as it is now; what was published before can be read for some days more, half a run no longer."""
        with self.writing(WHOLE) as connection, self._told("published"):
            _compact(connection)
            version = int(_value(connection, "select max(snapshot_id) from ducklake_snapshots('lake')"))
            _tell(connection, f"insert into trackmix_published values ({version}, now())")
            _forget(connection, version, self._keep_days)
        return {"lake": self.name, "snapshot": version}

    def reading(self) -> duckdb.DuckDBPyConnection:
        """The snapshot published last, which can be read alone. Raises StoreError where there is none."""
        connection = self._connect("asked", _ASKED)
        try:
            with _READIED, self._told("opened"):
                if not _is_locked(connection):
                    self._ready(connection)
            connection.execute(_LAKE)
        except BaseException:
            connection.close()
            raise
        return connection

    def permit(self, connection: duckdb.DuckDBPyConnection, sql: str) -> None:
        """Raises QuestionError for SQL that does more than read the warehouse."""
        refuse_more(_value(connection, f"select json_serialize_sql({literal(sql)})"))

    def copy_to(self, file: Path) -> None:
        """Make a DuckDB file of what is published, its views and macros too. Raises StoreError where nothing is."""
        file.unlink(missing_ok=True)
        with closing(self._connect("copied", ONE_THREAD)) as connection, self._told("copied"):
            version = self._published(connection)
            connection.execute(self._attachment(f"read_only, snapshot_version {version}"))
            connection.execute(f"attach {literal(str(file))} as file; use file")
            declare(connection, tables() + views_and_macros())
            listed = "select table_name from duckdb_tables() where database_name = 'lake' order by all"
            for (table,) in connection.execute(listed).fetchall():
                connection.execute(f"insert into file.{table} by name from lake.{table}")

    def _connect(self, use: str, config: dict[str, Any]) -> duckdb.DuckDBPyConnection:
        """A connection to the one DuckDB of this process that serves that use of this lake, as long as any is open."""
        mark = sha256(f"{self.name} {self._data}".encode()).hexdigest()[:16]
        connection = duckdb.connect(f":memory:{use} {mark}", config=config)
        try:
            if not _is_locked(connection):
                connection.execute("".join(f"load {literal(str(file))};" for file in _extensions()) + _of_buckets())
        except BaseException:
            connection.close()
            raise
        return connection

    def _attachment(self, options: str) -> str:
        return f"attach {literal(self.name)} as lake ({options})"

    def _attach(self, connection: duckdb.DuckDBPyConnection) -> None:
        _tell(connection, "create table if not exists trackmix_published (version bigint, published_at timestamptz)")
        # rows inside the catalog would stay there after they are deleted
        data = f"data_path {literal(self._data)}, " if self._data else ""
        connection.execute(self._attachment(f"{data}data_inlining_row_limit 0"))
        connection.execute(_LAKE)
        declare(connection, tables())
        connection.execute(_MEMORY)
        connection.execute(views_and_macros())

    def _ready(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Open what was published last, and let nothing else be opened from then on."""
        connection.execute(self._attachment(f"read_only, snapshot_version {self._published(connection)}"))
        folder = _value(connection, "select data_path from ducklake_settings('lake')")
        connection.execute(f"set allowed_directories = [{literal(folder)}]; set enable_external_access = false")
        connection.execute(_MEMORY)
        try:
            connection.execute(views_and_macros())
        except (duckdb.CatalogException, duckdb.BinderException):
            raise of_another(self.name, self._home) from None
        connection.execute("set lock_configuration = true")

    def _published(self, connection: duckdb.DuckDBPyConnection) -> int:
        """The snapshot published last."""
        connection.execute(f"attach {literal(self._catalog)} as catalog (type postgres, read_only)")
        is_there = "select to_regclass('trackmix_published') is not null as found"
        last = "select max(version) as version from trackmix_published"
        found = _value(connection, f"select found from postgres_query('catalog', {literal(is_there)})")
        version = (
            _value(connection, f"select version from postgres_query('catalog', {literal(last)})") if found else None
        )
        connection.execute("detach catalog")
        if version is None:
            raise none_yet(self._home)
        return int(version)

    @contextmanager
    def _told(self, done: str) -> Iterator[None]:
        try:
            yield
        except duckdb.Error as error:
            raise StoreError(f"{self.name} cannot be {done}: {first_line(error)}") from None


@cache
def _extensions() -> tuple[Path, ...]:
    """The files of DuckDB's extensions, as their packages bring them. Raises StoreError where they are not installed."""
    try:
        folders = {name: Path(str(import_module(f"duckdb_extension_{name}").__file__)).parent for name in EXTENSIONS}
    except ImportError:
        raise StoreError("a lake needs packages that are not installed: pip install 'trackmix[lake]'") from None
    of_version = Path("extensions") / f"v{duckdb.__version__}"
    return tuple(folder / of_version / f"{name}.duckdb_extension" for name, folder in folders.items())


def _of_buckets() -> str:
    """What DuckDB is told of a server of buckets that is not Amazon's; keys and regions it takes from the environment itself."""
    if not (server := server_of_buckets()):
        return ""
    scheme, _, host = server.rstrip("/").rpartition("://")
    told = {"s3_endpoint": host, "s3_use_ssl": scheme != "http", "s3_url_style": "path"}
    return "".join(f"set global {name} = {literal(value)};" for name, value in told.items())  # of every cursor too


def _is_attached(connection: duckdb.DuckDBPyConnection) -> bool:
    return bool(_value(connection, "select count(*) from duckdb_databases() where database_name = 'lake'"))


def _is_locked(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether it was made ready to be asked."""
    return bool(_value(connection, "select current_setting('lock_configuration')"))


def _value(connection: duckdb.DuckDBPyConnection, sql: str) -> Any:
    """The one value that SQL answers."""
    found = connection.execute(sql).fetchone()
    return found[0] if found else None


def _tell(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Have the catalog's database do what this SQL of PostgreSQL says."""
    connection.execute(f"call postgres_execute('held', {literal(sql)})")


def _compact(connection: duckdb.DuckDBPyConnection) -> None:
    """Write the small files of a run together, and those anew of which rows were deleted."""
    connection.execute("call ducklake_rewrite_data_files('lake', delete_threshold => 0)")
    connection.execute("call ducklake_merge_adjacent_files('lake')")


def _forget(connection: duckdb.DuckDBPyConnection, version: int, days: int) -> None:
    """Forget what was published so many days ago and more, and what never was; then delete the files that nothing needs."""
    old = f"version < {version} and published_at < now() - interval '{days} days'"
    _tell(connection, f"delete from trackmix_published where {old}")
    asked = literal("select version from trackmix_published")
    gone = connection.execute(f"""
        select snapshot_id from ducklake_snapshots('lake')
        where snapshot_id < {version} and snapshot_id not in (select version from postgres_query('held', {asked}))
    """).fetchall()
    if gone:
        versions = literal([found for (found,) in gone])
        connection.execute(f"call ducklake_expire_snapshots('lake', versions => {versions})")
    connection.execute("call ducklake_cleanup_old_files('lake', cleanup_all => true)")
    # what a run wrote that was killed before it committed
    connection.execute("call ducklake_delete_orphaned_files('lake', older_than => now() - interval 1 day)")
