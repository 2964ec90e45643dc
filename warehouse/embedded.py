"""A warehouse that is a file in the home folder: a run writes its own, readers ask a published copy.

DuckDB lets one process write a file and locks readers out meanwhile. So a run writes `HOME/work/warehouse.duckdb` and, when it
is finished, publishes a copy as `HOME/warehouse.duckdb` by an atomic rename. Readers open only that: they are never locked out
and never see half a run.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from pathlib import Path
from typing import Any, Final

import duckdb

from warehouse.copying import copy_whole
from warehouse.declaring import declare, tables, views_and_macros
from warehouse.errors import HomeError, StoreError, first_line, none_yet
from warehouse.limits import ASKED, ONE_THREAD
from warehouse.shards import WHOLE, Shard

PUBLISHED = "warehouse.duckdb"
_LOCK: Final = "set disabled_filesystems = 'LocalFileSystem'; set lock_configuration = true"


class Embedded:
    """The file of a home."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._work = home / "work" / PUBLISHED
        self._published = home / PUBLISHED
        self.name = str(self._published)

    @contextmanager
    def writing(self, shard: Shard) -> Iterator[duckdb.DuckDBPyConnection]:
        """The run's own file, with its tables made where it is new or of another version.

        A lost one is made again from the published copy. Raises StoreError when another run holds it or it is no
        warehouse, HomeError where there can be none, or where a shard is asked for.
        """
        if not shard.is_whole:
            raise HomeError(f"{self._work} is a file, which one run writes: shards need a lake (docs/operating.md)")
        try:
            self._work.parent.mkdir(parents=True, exist_ok=True)
            if not (self._work.exists() and self._work.stat().st_size) and self._published.exists():
                self._take_published()
        except OSError as error:
            raise HomeError(
                f"the home folder {self._home} cannot be used: {error.strerror}: {error.filename}"
            ) from None
        with closing(self._open_work()) as connection:
            yield connection

    def turn(self, _: duckdb.DuckDBPyConnection) -> AbstractContextManager[None]:
        """No other run writes: the file is locked."""
        return nullcontext()

    def publish(self) -> dict[str, Any]:
        """Put a whole copy of the run's file where readers look, by an atomic rename; who is asking keeps the one they opened."""
        with self.writing(WHOLE) as connection:
            connection.execute("checkpoint")
        copy_whole(self._work, self._published)
        return {"path": self._published, "bytes": self._published.stat().st_size}

    def reading(self) -> duckdb.DuckDBPyConnection:
        """The published copy, which can do nothing but read it. Raises StoreError where there is none."""
        connection = duckdb.connect(str(self._found()), read_only=True, config=ASKED)
        if connection.execute("select current_setting('lock_configuration')").fetchall() == [(False,)]:
            connection.execute(_LOCK)  # once for all that have this file open in this process
        return connection

    def permit(self, connection: duckdb.DuckDBPyConnection, sql: str) -> None:
        """Any SQL may be asked: DuckDB's own settings hold it to reading this file."""

    def copy_to(self, file: Path) -> None:
        """Make a file of what is published. Raises StoreError where nothing is."""
        copy_whole(self._found(), file)

    def _found(self) -> Path:
        if not self._published.is_file():
            raise none_yet(self._home)
        return self._published

    def _open_work(self) -> duckdb.DuckDBPyConnection:
        try:
            connection = duckdb.connect(str(self._work), config=ONE_THREAD)
            declare(connection, tables() + views_and_macros())
        except duckdb.ProgrammingError as error:  # SQL that does not fit the file, which can be read
            made_by = "either no trackmix has made it, or this one has a fault, which its maintainers should know"
            raise StoreError(
                f"the tables of {self._work} cannot be declared ({first_line(error)}): {made_by}"
            ) from None
        except duckdb.Error as error:
            if "lock" in str(error):
                raise StoreError(f"another run is writing {self._work}; wait for it to end") from None
            mend = "delete it, and the next run goes on from what was published last"
            raise StoreError(
                f"{self._work} cannot be opened ({first_line(error)}); where it is damaged, {mend}"
            ) from None
        return connection

    def _take_published(self) -> None:
        """Make the run's file, which is lost, from the published one. Raises HomeError where that is lost too."""
        published, work = self._published, self._work
        try:
            duckdb.connect(str(published), read_only=True, config=ONE_THREAD).close()
        except duckdb.Error as error:
            mend = f"put back a copy of either, or delete {published} too, to begin anew"
            raise HomeError(f"{work} is gone, {published} cannot be opened ({first_line(error)}); {mend}") from None
        work.with_name(f"{work.name}.wal").unlink(missing_ok=True)  # of the lost one
        copy_whole(published, work)
