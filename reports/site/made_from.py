"""What the site in a folder was made from: it need not be written again while that is the same."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from warehouse.store import ask

FILE = "made_from.txt"  # beside the start page
ROOT = Path(__file__).parents[2]


def made_from(home: Path) -> str:
    """A digest of what the pages of the published warehouse are made from. Raises StoreError when nothing is published."""
    rows = ask(home, "from made_from order by part").rows
    return sha256(f"{rows} {_rules()}".encode()).hexdigest()


def is_current(home: Path, folder: Path, files: list[str]) -> bool:
    """Whether a folder has the whole site of the published warehouse, all its `files`."""
    written = folder / FILE
    if not files or not written.is_file() or written.read_text("utf-8") != made_from(home):
        return False
    return all((folder / file).is_file() for file in files)


@cache
def _rules() -> str:
    """A digest of the templates, the code and the texts that pages are made by."""
    found = [*(ROOT / "reports").rglob("*"), *(ROOT / "classifiers").glob("*")]
    files = sorted(file for file in found if file.is_file() and file.suffix not in (".pyc", ".npz"))
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
