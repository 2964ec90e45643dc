"""Where payloads are kept: a folder, or a bucket of object storage, which every machine that reads one lake reaches."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.settings import SettingError, settings_of
from warehouse.errors import first_line
from warehouse.kinds import data_of, server_of_buckets

if TYPE_CHECKING:
    from obstore.store import S3Store

AT_ONCE = 32  # requests to a bucket
PATIENCE = timedelta(seconds=30)  # with a server that does not answer


class StorageError(SettingError, OSError):
    """The place of the payloads cannot be used as it is named; the message says why."""


def storage_of(home: Path) -> Storage:
    """Where a home's payloads are: where its settings say, else in the home. Raises SettingError."""
    said = settings_of(home).payloads
    address = data_of(said) if said else str(home)
    return Bucket(address) if address.startswith("s3://") else Folder(Path(address))


@dataclass(frozen=True, slots=True)
class Folder:
    """Payloads as files; each has a path, snapshots/SOURCE/RUN/BOARD.zst. All raise OSError where the disk does."""

    root: Path

    def check(self) -> None:
        """Raises StorageError where the place cannot be used at all."""
        try:
            self.root.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(f"{self.root} cannot be used: {error.strerror or error}") from None

    def write(self, path: str, data: bytes) -> None:
        """Write a payload, whole or not at all."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        partial = file.with_name(f"{file.name}.part")
        partial.write_bytes(data)
        os.replace(partial, file)

    def settle(self, paths: Collection[str]) -> None:
        """Wait until what was written outlives a power failure."""
        for path in (*paths, *{str(Path(path).parent) for path in paths}):
            descriptor = os.open(self.root / path, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def read(self, path: str) -> bytes:
        """A payload. Raises FileNotFoundError where it is lost."""
        return (self.root / path).read_bytes()

    def held(self, paths: Collection[str]) -> set[str]:
        """Those of the payloads that are there."""
        return {path for path in paths if (self.root / path).is_file()}

    def delete(self, paths: Collection[str]) -> None:
        """Delete payloads, and folders that are empty then; one that is gone already is no error."""
        for path in paths:
            (self.root / path).unlink(missing_ok=True)
        for folder in {(self.root / path).parent for path in paths}:
            with suppress(OSError):  # it holds others
                folder.rmdir()

    def before(self, run: str) -> Iterator[str]:
        """The paths of all that is kept of runs whose name, their time, sorts before this one."""
        for folder in (self.root / "snapshots").glob("*/20*T*Z"):
            if folder.name < run:
                yield from (str(file.relative_to(self.root)) for file in folder.iterdir())


@dataclass(frozen=True, slots=True)
class Bucket:
    """The same as objects beneath an address, s3://BUCKET/PREFIX/; what was written is safe once the server has answered.

    All raise StorageError where the server cannot be reached, or refuses.
    """

    address: str

    def check(self) -> None:
        """As of a folder."""
        self._folders("")

    def write(self, path: str, data: bytes) -> None:
        """As of a folder."""
        with self._open() as store:
            store.put(path, data)

    def settle(self, paths: Collection[str]) -> None:
        """Nothing is left to wait for."""

    def read(self, path: str) -> bytes:
        """As of a folder."""
        with self._open() as store:
            return bytes(store.get(path).bytes())

    def held(self, paths: Collection[str]) -> set[str]:
        """As of a folder."""
        with ThreadPoolExecutor(AT_ONCE) as threads:
            return {path for path, is_held in zip(paths, threads.map(self._is_held, paths), strict=True) if is_held}

    def delete(self, paths: Collection[str]) -> None:
        """As of a folder."""
        with self._open() as store:
            store.delete([*paths])

    def before(self, run: str) -> Iterator[str]:
        """As of a folder."""
        for source in self._folders("snapshots/"):
            for folder in self._folders(f"{source}/"):
                if folder.rpartition("/")[2] < run:
                    with self._open() as store:
                        found = store.list(f"{folder}/").collect()
                    yield from (one["path"] for one in found)

    def _folders(self, prefix: str) -> Sequence[str]:
        with self._open() as store:
            return store.list_with_delimiter(prefix)["common_prefixes"]

    def _is_held(self, path: str) -> bool:
        try:
            with self._open() as store:
                store.head(path)
        except FileNotFoundError:
            return False
        return True

    @contextmanager
    def _open(self) -> Iterator[S3Store]:
        try:
            from obstore.exceptions import BaseError
        except ImportError:
            raise StorageError(
                f"{self.address} needs a package that is not installed: pip install 'trackmix[lake]'"
            ) from None
        try:
            yield _store(self.address, server_of_buckets())
        except (BaseError, ValueError) as error:
            told = "keys, region and server are told by AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION and AWS_ENDPOINT_URL"
            raise StorageError(f"{self.address} cannot be used for payloads: {_reason(error)}; {told}") from None


Storage = Folder | Bucket


def _reason(error: Exception) -> str:
    """What the server says, in words or in XML, else what became of the request."""
    said = re.search("<Message>(.*?)</Message>", str(error), re.DOTALL)
    return said[1] if said else first_line(error)


@cache
def _store(address: str, server: str | None) -> S3Store:
    """A bucket, with the keys and the region that the usual variables name (AWS_ACCESS_KEY_ID ...)."""
    from obstore.store import S3Store  # most homes keep payloads in a folder

    return S3Store.from_url(
        address,
        client_options={"allow_http": (server or "").startswith("http://"), "connect_timeout": PATIENCE / 6},
        retry_config={"retry_timeout": PATIENCE, "max_retries": 5},
    )
