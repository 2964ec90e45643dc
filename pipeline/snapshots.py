"""Keeps what a board answered, verbatim but for personal data: the truth the warehouse can be rebuilt from."""

from __future__ import annotations

import gzip
import os
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import zstandard

from pipeline.posting import Board

LEVEL = 1  # of zstandard: twice as fast as its usual 3, and a sixth larger


def keep(home: Path, board: Board, seen_at: datetime, payload: bytes) -> str:
    """Write the payload compressed, whole or not at all; answers its path relative to `home`."""
    folder = Path("snapshots") / board.source / quote(board.token, safe="")
    path = folder / f"{seen_at:%Y%m%dT%H%M%SZ}.zst"
    (home / folder).mkdir(parents=True, exist_ok=True)
    partial = home / path.with_suffix(".part")
    partial.write_bytes(zstandard.compress(payload, LEVEL))
    os.replace(partial, home / path)
    return str(path)


def reread(home: Path, path: str) -> bytes:
    """The payload as it was kept."""
    kept = (home / path).read_bytes()
    return gzip.decompress(kept) if path.endswith(".gz") else zstandard.decompress(kept)  # .gz: before 0.2


def thin_out(home: Path, needed: Collection[str], before: datetime) -> int:
    """Delete the payloads kept before a time, but none of `needed`; answers how many.

    `needed` are paths relative to `home`: the last payload of each board, and what is not loaded yet.
    """
    deleted = 0
    for path in (home / "snapshots").glob("**/*.*"):
        if path.is_file() and path.stem < f"{before:%Y%m%dT%H%M%SZ}" and str(path.relative_to(home)) not in needed:
            path.unlink()
            deleted += 1
    return deleted
