"""Keeps what a board answered, verbatim: the truth the warehouse can be rebuilt from."""

from __future__ import annotations

import gzip
import os
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from pipeline.posting import Board


def keep(home: Path, board: Board, seen_at: datetime, payload: bytes) -> str:
    """Write the payload compressed, whole or not at all; answers its path relative to `home`."""
    folder = Path("snapshots") / board.source / quote(board.token, safe="")
    path = folder / f"{seen_at:%Y%m%dT%H%M%SZ}.gz"
    (home / folder).mkdir(parents=True, exist_ok=True)
    partial = home / path.with_suffix(".part")
    partial.write_bytes(gzip.compress(payload, compresslevel=1, mtime=0))
    os.replace(partial, home / path)
    return str(path)


def reread(home: Path, path: str) -> bytes:
    """The payload as it was answered."""
    return gzip.decompress((home / path).read_bytes())
