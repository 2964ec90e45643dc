"""docs/licences.md is what `make licences` writes of the lock that stands beside it."""

import re
import sys

from conftest import ROOT

sys.path.insert(0, str(ROOT / "docs"))
import licences


def test_the_page_is_up_to_date_with_the_lock() -> None:
    written = licences.PAGE.read_text("utf-8")
    rows = dict(re.findall(r"^\| ([\w.-]+) \| (\d\S*) \|", written, re.MULTILINE))
    pinned = dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE))
    assert rows == pinned
    assert written == licences.page(), "run `make licences`"


def test_every_package_states_a_licence() -> None:
    for name in licences.locked():
        assert licences.licence(name) not in ("", "not stated", "UNKNOWN"), name
    assert licences.licence("pycountry").startswith("LGPL")


def test_what_a_run_needs_is_told_from_what_development_needs() -> None:
    written = licences.PAGE.read_text("utf-8")
    for name, use in (
        ("pycountry", "run"),
        ("zstandard", "run"),
        ("pytest", "development"),
        ("mcp", "mcp"),
        ("mypy", "development"),
    ):
        assert re.search(rf"^\| {name} .* \| {use} \|$", written, re.MULTILINE), name
