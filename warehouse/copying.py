"""Copies files so that a reader finds the old one or the new one, whole."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def copy_whole(file: Path, to: Path) -> None:
    """Copy a file whole or not at all, also where the power fails: on disk before it has its name."""
    partial = to.with_suffix(".partial")
    try:
        shutil.copyfile(file, partial)
        with partial.open("rb+") as copied:
            os.fsync(copied.fileno())
        os.replace(partial, to)
    except OSError:
        partial.unlink(missing_ok=True)  # a full disk needs the room
        raise
    folder = os.open(to.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
