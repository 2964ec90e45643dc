"""A page before it is written, the names of pages on disk, and what of a posting's words may stand in one."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from reports.site.cite import Rows

Facts = Mapping[str, Any]
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}  # of Windows
LONGEST = 60  # characters of a name on disk


@dataclass(frozen=True, slots=True)
class Page:
    """One page: `path` under the site's folder, `template`, and what the template shows.

    `facts` of one of many are gathered when it is written, so that a fault of them costs that page. `basis` is what its
    figures rest on (a row of `site/mix.sql`), the whole market's where it is None; `rows` is where the tables have them,
    None for a page that is made from several.
    """

    path: str
    template: str
    title: str
    facts: Facts | Callable[[], Facts] = field(default_factory=dict)
    basis: Mapping[str, Any] | None = None
    rows: Rows | None = None


class Names:
    """Names of files in one folder: lower-case ASCII letters, digits and dashes, each given out once.

    Whatever a company calls itself, its page is a plain file in that folder: `../../x` becomes `x`.
    """

    def __init__(self) -> None:
        self._given: set[str] = set()

    def give(self, name: str) -> str:
        """The file name, without its ending, for this name."""
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].rstrip("-")
        if not slug or slug in self._given or slug in _DEVICES:
            slug = f"{slug or 'named'}-{sha256(name.encode()).hexdigest()[:8]}"
        self._given.add(slug)
        return slug


def in_script(name: str, value: Any) -> str:
    """A script that gives a page this value under a name: opened from disk, it may run one, but not fetch a file."""
    # an object in a script must not end it, nor hold what only newer browsers take for a string
    told = json.dumps(value, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")
    return f"window.{name}={told};\n"
