#!/usr/bin/env bash
# Dagster 1.13.27: every event and every line of a run's log waits for the disk, in an instance that keeps SQLite files (the default).
# A file is opened for each event and closed again. Its journal is a write-ahead log, but whoever closes a file last writes that
# log into it and deletes it, so the log that should save the wait is made and undone at each line. One connection that
# stays open beside, and synchronous=NORMAL, which a write-ahead log allows, take the wait away; nothing else changes.
# Seen: 200 lines, 200 connections; the -wal file is gone after each; 500 lines take 5 to 13 s, and 1 s with
# one connection more.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check dagster==1.13.27
cd "$work"
export DAGSTER_DISABLE_TELEMETRY=1
venv/bin/python - <<'PY'
import logging
import pathlib
import sqlite3
import sys
import time

import dagster as dg
from sqlalchemy import event
from sqlalchemy.engine import Engine

logging.getLogger("alembic").setLevel(logging.WARNING)
LINES, opened, held, is_held = 200, [], {}, False


@event.listens_for(Engine, "connect")
def connected(connection, _):
    file = connection.execute("pragma database_list").fetchone()[2]
    opened.append(file)
    if is_held:
        connection.execute("pragma synchronous=normal")
        held.setdefault(file, sqlite3.connect(file)).execute("select count(*) from sqlite_master").fetchone()


@dg.op
def speaks(context):
    begun, before, logs_left = time.monotonic(), len(opened), 0
    for number in range(LINES):
        context.log.info(f"line {number}")
        logs_left += pathlib.Path(f"instance/history/runs/{context.run_id}.db-wal").exists()
    found.update(seconds=time.monotonic() - begun, connections=len(opened) - before, logs_left=logs_left)


found = {}
pathlib.Path("instance").mkdir()
seen = []
with dg.DagsterInstance.from_config(str(pathlib.Path("instance").resolve()), "none.yaml") as instance:
    for is_held in (False, True):
        job = dg.GraphDefinition("speaks", node_defs=[speaks]).to_job()
        quiet = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
        assert job.execute_in_process(instance=instance, run_config=quiet).success
        seen.append(dict(found))
        print("one connection stays open:" if is_held else "as it comes:", found)
alone, beside = seen
is_so = (
    alone["connections"] >= LINES and alone["logs_left"] == 0 and beside["logs_left"] == LINES
)
print("a connection a line, and its log is undone each time" if is_so else "it is otherwise now")
sys.exit(0 if is_so else 1)
PY
