"""What the site in a folder was made from, and each of its files: while that is the same they need not be made again."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path

from warehouse.store import ask

FILE = "made_from.txt"  # beside the start page: the digest of all, then a line a file that may be taken over
ROOT = Path(__file__).parents[2]


def made_from(home: Path) -> str:
    """A digest of what the pages of the published warehouse are made from. Raises StoreError when nothing is published."""
    rows = ask(home, "from made_from order by part").rows
    return sha256(f"{rows} {_rules()}".encode()).hexdigest()


def is_current(home: Path, folder: Path, files: list[str]) -> bool:
    """Whether a folder has the whole site of the published warehouse, all its `files`."""
    if not files or _lines(folder)[0] != made_from(home):
        return False
    return all((folder / file).is_file() for file in files)


@dataclass(frozen=True, slots=True)
class Earlier:
    """The site in a folder, from which files are taken over that would be made of the same now, and are whole.

    `before` has the digest and the length of each, `made_from` gets a digest of what each file shows that was asked for.
    """

    folder: Path
    before: Mapping[str, str]
    made_from: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path) -> Earlier:
        """The site in a folder, none of whose files stands where it was not written to its end."""
        return cls(folder, {path: made_of for made_of, path in (line.split("\t") for line in _lines(folder)[1:])})

    def file(self, path: str, shown: object) -> Path | None:
        """The file of that path, if it was made of what is to be shown; None if it is to be made."""
        self.made_from[path] = now = digest((_rules(), shown))
        file = self.folder / path
        return file if file.is_file() and self.before.get(path) == _of_length(now, file) else None


def digest(shown: object) -> str:
    """A digest of what a file shows: where it is the same, so is that; where it is not, a file is at most made once more."""
    return sha256(pickle.dumps(shown)).hexdigest()


def write_down(home: Path, folder: Path, files: Mapping[str, str]) -> None:
    """Write down that a folder has the whole site of the published warehouse, and what some of its files were made from."""
    lines = [made_from(home), *(f"{_of_length(made_of, folder / path)}\t{path}" for path, made_of in files.items())]
    (folder / FILE).write_text("\n".join(lines), encoding="utf-8")


def _of_length(made_of: str, file: Path) -> str:
    return f"{made_of} {file.stat().st_size}"


def _lines(folder: Path) -> list[str]:
    written = folder / FILE
    return (written.read_text("utf-8") if written.is_file() else "").splitlines() or [""]


@cache
def _rules() -> str:
    """A digest of the templates, the code and the texts that pages are made by."""
    found = [*(ROOT / "reports").rglob("*"), *(ROOT / "classifiers").glob("*")]
    files = sorted(file for file in found if file.is_file() and file.suffix not in (".pyc", ".npz"))
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
