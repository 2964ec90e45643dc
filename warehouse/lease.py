"""Who writes a lake: locks in its catalog's database, which PostgreSQL gives free when the session of the process that holds them is gone.

A run of all boards, and one that publishes, hold the lake alone; a run of a shard holds that shard, and the lake together with the
runs of the other shards. These write in turns, a transaction after the other: DuckLake refuses two that change rows of one file,
and lets two through that add one key.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import duckdb

from warehouse.errors import StoreError
from warehouse.questions import literal
from warehouse.shards import Shard

_LOCKS = "hashtext('trackmix')"  # the first of an advisory lock's two numbers
_LAKE = 0  # the second one, of the whole lake; of shard 2/4 it is 42
_TURN = "hashtext('trackmix turn'), 0"


def hold(session: duckdb.DuckDBPyConnection, catalog: str, lake: str, shard: Shard) -> None:
    """Take the lake, or a shard of it, for as long as this cursor is open. Raises StoreError where another run has it.

    The locks are those of an open transaction, for a session's are let go at once (findings).
    """
    session.execute(f"attach {literal(catalog)} as held (type postgres)")
    session.execute("begin")
    _ask(session, f"select set_config('application_name', {literal(_me())}, false)")
    has_lake = _takes(session, _LAKE, "" if shard.is_whole else "_shared")
    has_shard = has_lake and (shard.is_whole or _takes(session, _number(shard)))
    held = _holders(session)
    others = [f" ({name})" for number, name in held.items() if number != _LAKE] if has_lake else []
    if not has_lake:
        other = next((f" ({name})" for name in held.values()), "")
        raise StoreError(f"another run is writing {lake}{other}; wait for it to end")
    if not has_shard:
        raise StoreError(f"shard {shard} of {lake} is being read{others[0] if others else ''}; wait for it to end")
    of = {number // 10 for number in held if number != _LAKE}
    if not shard.is_whole and of - {shard.of}:
        raise StoreError(f"{lake} is being read in {min(of - {shard.of})} shards, and not in {shard.of}; take as many")


def is_held(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether this process holds what it took."""
    return _me() in _holders(connection).values()


@contextmanager
def turn(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Meanwhile no other process writes. Raises StoreError where this one has lost what it held, for its catalog was away."""
    with let_go(connection.cursor()) as session:
        session.execute("begin")
        _ask(session, f"select pg_advisory_xact_lock({_TURN})::text")
        if not is_held(session):
            raise StoreError("this run no longer holds its lake, for the catalog was away; run again")
        yield


@contextmanager
def let_go(session: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """A cursor that may have a lock: at the end it is free."""
    try:
        yield session
    finally:
        with suppress(duckdb.Error):  # where its server is gone, that must be known before it is closed
            session.execute("rollback")
        session.close()


def _takes(session: duckdb.DuckDBPyConnection, number: int, shared: str = "") -> bool:
    return bool(_ask(session, f"select pg_try_advisory_xact_lock{shared}({_LOCKS}, {number})"))


def _number(shard: Shard) -> int:
    return 10 * shard.of + shard.number


def _holders(connection: duckdb.DuckDBPyConnection) -> dict[int, str]:
    """The processes that hold a lock, by its number."""
    asked = f"""
        select l.objid::bigint, a.application_name from pg_locks l join pg_stat_activity a using (pid)
        where l.locktype = 'advisory' and l.granted and l.database = (select oid from pg_database where datname = current_database())
            and l.classid::bigint = ({_LOCKS}::bigint + 4294967296) % 4294967296
    """
    return dict(connection.execute(f"from postgres_query('held', {literal(asked)})").fetchall())


def _ask(session: duckdb.DuckDBPyConnection, sql: str) -> Any:
    """The one value that PostgreSQL answers."""
    found = session.execute(f"from postgres_query('held', {literal(sql)})").fetchone()
    return found[0] if found else None


def _me() -> str:
    """This process, as PostgreSQL names a session."""
    return f"trackmix, process {os.getpid()} of {socket.gethostname()}"[:63]
