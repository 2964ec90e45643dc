#!/usr/bin/env bash
# DuckDB 1.5.5 with its PostgreSQL extension: pg_advisory_lock asked through postgres_query is let go as soon as it is answered.
# The answer is true, and the connection goes back to a pool, which says DISCARD ALL to it; that frees locks of the session. A lock
# holds only as one of a transaction (pg_try_advisory_xact_lock) that DuckDB keeps open.
# Needs PostgreSQL's programs (Debian: postgresql) and, started by root, the user nobody.
# Seen: after a lock of the session another session gets it too; after one of an open transaction it does not.
set -euo pipefail
work=$(mktemp -d)
trap '[ ! -f "$work/server/data/postmaster.pid" ] || kill -QUIT "$(head -1 "$work/server/data/postmaster.pid")"; rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==1.5.5 duckdb-extension-postgres-scanner==1.5.5
mkdir "$work/server"
chmod 755 "$work"
as=()
if [ "$(id -u)" = 0 ]; then
    chown nobody "$work/server"
    as=(runuser -u nobody --)
fi
programs=$(dirname "$(command -v initdb || ls -d /usr/lib/postgresql/*/bin/initdb | tail -1)")
cd "$work/server"
"${as[@]}" "$programs/initdb" -D "$work/server/data" -A trust -U lake --no-locale -E UTF8 > /dev/null
"${as[@]}" "$programs/pg_ctl" -D "$work/server/data" -w -l "$work/server/log" -o "-k $work/server -c listen_addresses=" start > /dev/null
cd "$work"
venv/bin/python - <<'PY'
import sys
from pathlib import Path

import duckdb
import duckdb_extension_postgres_scanner as packaged

SERVER = f"host={Path('server').resolve()} user=lake dbname=postgres"


def session():
    db = duckdb.connect()
    db.execute(f"load '{Path(packaged.__file__).parent}/extensions/v1.5.5/postgres_scanner.duckdb_extension'")
    db.execute(f"attach '{SERVER}' as pg (type postgres)")
    return db


def asked(db, lock):
    return db.execute(f"from postgres_query('pg', 'select {lock}')").fetchall()[0][0]


one, other = session(), session()
of_session = asked(one, "pg_try_advisory_lock(1)"), asked(other, "pg_try_advisory_lock(1)")
one.execute("begin")
of_transaction = asked(one, "pg_try_advisory_xact_lock(2)"), asked(other, "pg_try_advisory_xact_lock(2)")
one.execute("rollback")
print(f"seen: of the session {of_session}, of an open transaction {of_transaction}")
same = (of_session, of_transaction) == ((True, True), (True, False))
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
