"""Keeps what a board answered, verbatim but for personal data: the truth the warehouse can be rebuilt from."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Collection
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import zstandard

from pipeline.posting import Board

RUN = "%Y%m%dT%H%M%SZ"
LONGEST = 200  # letters of a name; most disks allow 255
LEVEL = 1  # of zstandard: twice as fast as its usual 3, and a sixth larger


class SnapshotError(Exception):
    """A kept payload that cannot be read any more; the message names it."""


def keep(home: Path, board: Board, seen_at: datetime, payload: bytes) -> str:
    """Write the payload compressed, whole or not at all; answers its path relative to `home`."""
    # a folder for each run: one for each board costs as much as writing what is in it
    folder = Path("snapshots") / board.source / f"{seen_at:{RUN}}"
    path = folder / f"{_name(board.token)}.zst"
    (home / folder).mkdir(parents=True, exist_ok=True)
    partial = home / f"{path}.part"
    partial.write_bytes(zstandard.compress(payload, LEVEL))
    os.replace(partial, home / path)
    return str(path)


def _name(token: str) -> str:
    """A file's name for a token, which may be the address of a page and longer than a name may be."""
    quoted = quote(token, safe="")
    return quoted if len(quoted) <= LONGEST else sha256(token.encode()).hexdigest()


def settle(home: Path, paths: Collection[str]) -> None:
    """Wait until the disk holds what was kept, so that no row that names it outlives it when the power fails."""
    for path in (*paths, *{str(Path(path).parent) for path in paths}):
        descriptor = os.open(home / path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def is_kept(home: Path, path: str) -> bool:
    """Whether a payload is still there."""
    return (home / path).is_file()


def reread(home: Path, path: str) -> bytes:
    """The payload as it was kept. Raises SnapshotError where it is lost; one that is damaged is deleted, to be asked for anew."""
    try:
        kept = (home / path).read_bytes()
        return gzip.decompress(kept) if path.endswith(".gz") else zstandard.decompress(kept)  # .gz: before 0.2
    except FileNotFoundError:
        raise SnapshotError(f"its kept answer {path} is lost; the next run asks it anew") from None
    except (zstandard.ZstdError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        (home / path).unlink()
        raise SnapshotError(f"its kept answer {path} is damaged ({error}); the next run asks it anew") from None


def thin_out(home: Path, needed: Collection[str], before: datetime) -> int:
    """Delete the payloads kept before a time, but none of `needed`; answers how many.

    `needed` are paths relative to `home`: the last payload of each board, and what is not loaded yet.
    """
    deleted = 0
    for folder in (home / "snapshots").glob("*/20*T*Z"):
        if folder.name >= f"{before:{RUN}}":
            continue
        for path in folder.iterdir():
            if str(path.relative_to(home)) not in needed:
                path.unlink()
                deleted += 1
        if not any(folder.iterdir()):
            folder.rmdir()
    return deleted
