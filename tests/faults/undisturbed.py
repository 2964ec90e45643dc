"""What a home must tell after two days, whatever was done to it meanwhile: what it tells where nothing was."""

from __future__ import annotations

import signal
from collections.abc import Callable
from functools import cache
from pathlib import Path

from faults.case import Case
from faults.runs import days, homes, start
from faults.tables import Told, differing, mix, told

WORK, PUBLISHED = "work/warehouse.duckdb", "warehouse.duckdb"
SITE = "writing the site"
SAME = "the next run makes the tables of an undisturbed one; readers see the old or the new answer"


def second(home: Path) -> Path:
    """The second day's run, up to where its answers are published."""
    done = start(["run", "--replay", str(days()[1]), "--home", str(home)]).end(at=SITE)
    assert done.status == -signal.SIGKILL, done.err
    return home


def is_whole(home: Path) -> None:
    """The home tells what it would after two undisturbed runs."""
    assert differing(told(home), told_after(1)) == []


@cache
def told_after(day: int) -> Told:
    return told(homes()[day])


def reads_old_or_new(home: Path) -> None:
    assert mix(home) in (told_after(0)["company_mix"], told_after(1)["company_mix"])


def case(name: str, done: str, holds: str, proof: Callable[[Path], None], long: bool = True) -> Case:
    return Case(name, done, holds, proof, long)
