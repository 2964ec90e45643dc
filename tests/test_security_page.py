"""docs/security.md counts the cases that there are, and names files that are there."""

import re
import subprocess
import sys

from conftest import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")


def test_its_table_counts_the_cases_of_every_group() -> None:
    listed = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-m", "long or not long", "-n", "0", "tests/faults"],
        capture_output=True, text=True, check=True, cwd=ROOT,
    ).stdout  # fmt: skip
    found = {
        group: int(cases) for group, cases in re.findall(r"^tests/faults/test_(\w+)\.py: (\d+)$", listed, re.MULTILINE)
    }
    told = re.findall(r"^\| ([a-z ]+) \| (\d+) \| (\d+) \|$", PAGE, re.MULTILINE)
    assert {group.replace(" ", "_"): int(cases) for group, cases, _ in told} == found
    assert all(cases == held for _, cases, held in told)


def test_the_files_it_names_are_there() -> None:
    named = re.findall(r"`(?:tests/faults/)?(test_\w+\.py)`", PAGE)
    assert named
    for file in named:
        assert (ROOT / "tests" / "faults" / file).is_file(), file
