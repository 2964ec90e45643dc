#!/usr/bin/env bash
# Dagster 1.13.27, dagster-postgres 0.29.27, SQLAlchemy 2.1.9: an instance that is set up as documented does not start.
# dagster-postgres brings the driver psycopg2 and writes its address as postgresql://; since SQLAlchemy 2.1 those words mean
# psycopg 3, which nothing here brings. pip finds no conflict, for dagster-postgres names no highest SQLAlchemy. No server is
# asked: it is the driver that is missing. `scheme: postgresql+psycopg2` in dagster.yaml mends it.
# Seen: pip check is content; plain settings: ModuleNotFoundError: No module named 'psycopg'; with the scheme: psycopg2.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check dagster==1.13.27 dagster-postgres==0.29.27 sqlalchemy==2.1.9
cd "$work"
venv/bin/pip check
venv/bin/python - <<'PY'
import sys

from dagster_postgres.utils import pg_url_from_config
from sqlalchemy import create_engine

settings = {"hostname": "localhost", "port": 5432, "username": "dagster", "password": "secret", "db_name": "dagster"}


def driver(**scheme: str) -> str:
    try:
        return create_engine(pg_url_from_config({"postgres_db": settings | scheme})).driver
    except ModuleNotFoundError as error:
        return f"{type(error).__name__}: {error}"


plain, named = driver(), driver(scheme="postgresql+psycopg2")
print(f"seen: plain settings: {plain}; with the scheme: {named}")
same = (plain, named) == ("ModuleNotFoundError: No module named 'psycopg'", "psycopg2")
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
