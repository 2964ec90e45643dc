"""Keeps what a board answered, verbatim but for personal data: the truth the warehouse can be rebuilt from."""

from __future__ import annotations

import gzip
import os
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


def reread(home: Path, path: str) -> bytes:
    """The payload as it was kept."""
    kept = (home / path).read_bytes()
    return gzip.decompress(kept) if path.endswith(".gz") else zstandard.decompress(kept)  # .gz: before 0.2


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
