"""The table that `make faults` prints: cases held and failed by group."""

from collections import Counter
from pathlib import PurePath

import pytest

FAULTS = "tests/faults/"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    counted: dict[str, Counter[str]] = {}
    for outcome in ("passed", "failed", "error", "skipped"):
        for report in terminalreporter.stats.get(outcome, []):
            if report.nodeid.startswith(FAULTS):
                group = PurePath(report.nodeid.split("::")[0]).stem.removeprefix("test_").replace("_", " ")
                counted.setdefault(group, Counter())[outcome] += 1
    if not counted:
        return
    terminalreporter.write_sep("-", "cases by group")
    for group, of in [*sorted(counted.items()), ("all", sum(counted.values(), Counter()))]:
        terminalreporter.write_line(
            f"{group:<16} {of['passed']:>5} held {of['failed'] + of['error']:>5} failed {of['skipped']:>5} skipped"
        )
