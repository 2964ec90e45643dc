"""Keeps what a board answered, verbatim but for personal data: the truth the warehouse can be rebuilt from."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Collection
from datetime import datetime
from hashlib import sha256
from urllib.parse import quote

import zstandard

from pipeline.fetching.storage import Storage
from pipeline.posting import Board

RUN = "%Y%m%dT%H%M%SZ"
LONGEST = 200  # letters of a name; most disks allow 255
LEVEL = 1  # of zstandard: twice as fast as its usual 3, and a sixth larger


class SnapshotError(Exception):
    """A kept payload that cannot be read any more; the message names it."""


def keep(storage: Storage, board: Board, seen_at: datetime, payload: bytes) -> str:
    """Write the payload compressed, whole or not at all; answers its path in the storage."""
    # a folder for each run: one for each board costs as much as writing what is in it
    path = f"snapshots/{board.source}/{seen_at:{RUN}}/{_name(board.token)}.zst"
    storage.write(path, zstandard.compress(payload, LEVEL))
    return path


def _name(token: str) -> str:
    """A file's name for a token, which may be the address of a page and longer than a name may be."""
    quoted = quote(token, safe="")
    return quoted if len(quoted) <= LONGEST else sha256(token.encode()).hexdigest()


def reread(storage: Storage, path: str) -> bytes:
    """The payload as it was kept. Raises SnapshotError where it is lost; one that is damaged is deleted, to be asked for anew."""
    try:
        kept = storage.read(path)
        return gzip.decompress(kept) if path.endswith(".gz") else zstandard.decompress(kept)  # .gz: before 0.2
    except FileNotFoundError:
        raise SnapshotError(f"its kept answer {path} is lost; the next run asks it anew") from None
    except (zstandard.ZstdError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        storage.delete([path])
        raise SnapshotError(f"its kept answer {path} is damaged ({error}); the next run asks it anew") from None


def thin_out(storage: Storage, needed: Collection[str], before: datetime) -> int:
    """Delete the payloads kept before a time, but none of `needed`; answers how many.

    `needed` are paths in the storage: the last payload of each board, and what is not loaded yet.
    """
    old = [path for path in storage.before(f"{before:{RUN}}") if path not in needed]
    storage.delete(old)
    return len(old)
