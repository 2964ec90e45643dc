"""Where the warehouse of a home stands: in the home, as a file, or in a lake, where the environment or HOME/trackmix.toml says so."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from warehouse.embedded import PUBLISHED, Embedded
from warehouse.errors import HomeError

if TYPE_CHECKING:
    from warehouse.lake import Lake

LAKE = "ducklake:postgres:"
SNAPSHOT_DAYS = 7  # that what was published before can still be read
_TAKEN: Final = dict[Path, Path]()  # homes whose lake stands in a file for now, and the folder of that


def warehouse_of(home: Path) -> Embedded | Lake:
    """The warehouse of a home, by TRACKMIX_WAREHOUSE and TRACKMIX_WAREHOUSE_DATA, else by its settings. Raises HomeError."""
    if folder := _TAKEN.get(home):
        return Embedded(folder)
    said = _settings(home)
    catalog = os.environ.get("TRACKMIX_WAREHOUSE") or said.get("catalog")
    data = os.environ.get("TRACKMIX_WAREHOUSE_DATA") or said.get("data")
    if not catalog:
        return Embedded(home)
    from warehouse.lake import Lake  # most homes are none

    try:
        days = said.get("snapshot_days", SNAPSHOT_DAYS)
        if type(days) is not int:
            raise ValueError("snapshot_days as a whole number")
        return Lake(home, catalog_of(catalog), data and data_of(data), days)
    except ValueError as error:
        raise HomeError(f"the warehouse of {home} is no lake; it takes {error}") from None


@contextmanager
def taken(home: Path) -> Iterator[None]:
    """For who asks thousands of questions: what is published in a lake is copied into a file once, and that is asked meanwhile."""
    warehouse = warehouse_of(home)
    if isinstance(warehouse, Embedded):
        yield
        return
    with TemporaryDirectory() as folder:
        warehouse.copy_to(Path(folder) / PUBLISHED)
        _TAKEN[home] = Path(folder)
        try:
            yield
        finally:
            del _TAKEN[home]


def catalog_of(words: str) -> str:
    """The database of PostgreSQL that a setting names, as libpq has it. Raises ValueError, which says what it takes."""
    if not isinstance(words, str) or not words.startswith(LAKE) or "=" not in words:
        raise ValueError(f'a catalog such as "{LAKE}host=db.example.com dbname=trackmix"')
    if "password" in words:
        raise ValueError("a catalog without a password, which PGPASSWORD, PGPASSFILE or ~/.pgpass tells")
    return words.removeprefix(LAKE)


def data_of(words: str) -> str:
    """The place of a lake's files, or of kept payloads. Raises ValueError, which says what it takes."""
    if not isinstance(words, str) or not re.match(r"/|s3://[^/]", words):
        raise ValueError('the whole path of a folder, or a bucket such as "s3://bucket/trackmix"')
    return words.rstrip("/") + "/"


def server_of_buckets() -> str | None:
    """The address of a server of buckets that is not Amazon's, as the variables name it that Amazon's own programs know."""
    return os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")


def _settings(home: Path) -> Mapping[str, Any]:
    file = home / "trackmix.toml"
    if not file.exists():
        return {}
    import tomllib  # most homes have no settings

    try:
        said = tomllib.loads(file.read_text("utf-8")).get("warehouse", {})
    except (OSError, ValueError) as error:  # of TOML and of UTF-8 alike
        raise HomeError(f"{file} cannot be read: {getattr(error, 'strerror', None) or error}") from None
    return said if isinstance(said, dict) else {}
