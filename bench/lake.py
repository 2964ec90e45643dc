"""What a lake costs against a file: runs of the sample market, and questions, in turns.

    python bench/lake.py [ROUNDS]

Starts a PostgreSQL of its own (tests/postgres.py). Both homes read both days of the sample market, first the one and then the
other. Then each question is asked of both as the command that a person types, the median of ROUNDS, and as SQL in a process that
has the warehouse open, as the assistants' server has. Prints seconds of the processor, PostgreSQL's with those of the lake, and
their ratio: a run may take 2 times what it takes on a file, a question 4 times.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from functools import partial
from io import StringIO
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

from reports.mix import show_mix
from reports.openings import show_first
from reports.scope import area_scope
from reports.show import Format
from tests.postgres import Server, missing, postgres
from warehouse.store import reading

ROOT = Path(__file__).parent.parent
DAYS = sorted((ROOT / "pipeline" / "sample").iterdir())
COMMANDS = (("area", "world"), ("area", "New York"), ("company", "Copperline Semiconductor"), ("track", "applied_llm"))
TICKS = os.sysconf("SC_CLK_TCK")


def of_server(server: Server) -> float:
    """Seconds of the processor that PostgreSQL has taken, with its processes that ended."""
    own = int((server.folder / "data" / "postmaster.pid").read_text().split()[0])
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        if own in (int(stat.parent.name), int(fields[1])):
            ticks += sum(map(int, fields[11:15] if int(stat.parent.name) == own else fields[11:13]))
    return ticks / TICKS


def of_children() -> float:
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def command(server: Server, home: Path, words: Sequence[str | Path]) -> float:
    """Seconds of the processor of a command on a home, and of the server meanwhile."""
    begun = of_children() + of_server(server)
    whole = [sys.executable, "-m", "pipeline.cli", *words, "--home", home]
    subprocess.run(whole, cwd=ROOT, check=True, capture_output=True)
    return of_children() + of_server(server) - begun


def in_process(server: Server, asked: Callable[[], object]) -> float:
    begun = process_time() + of_server(server)
    with redirect_stdout(StringIO()):
        asked()
    return process_time() + of_server(server) - begun


def show(what: str, on_file: float, on_lake: float, most: float) -> None:
    ratio = on_lake / on_file
    print(
        f"{what:44} {on_file:8.3f} {on_lake:8.3f} {ratio:6.2f}  {'' if ratio <= most else f'more than {most:g}'}",
        flush=True,
    )


def area(home: Path, place: str) -> None:
    scope = area_scope(home, place)
    show_mix(home, scope, Format.table, in_ppp=False)
    show_first(home, scope, None, [])


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    if reason := missing():
        sys.exit(reason)
    print(f"{'seconds of the processor':44} {'file':>8} {'lake':>8} {'ratio':>6}")
    with TemporaryDirectory() as folder, postgres() as server:
        homes = (Path(folder) / "file", server.lake(Path(folder) / "lake"))
        for day in DAYS:
            show(f"run of {day.name}", *(command(server, home, ("run", "--replay", day)) for home in homes), 2)
        for words in COMMANDS:
            took = [[command(server, home, words) for home in homes] for _ in range(rounds)]
            show(f"trackmix {' '.join(words)}", *map(median, zip(*took, strict=True)), 4)
        with reading(homes[0]), reading(homes[1]):
            for place in ("world", "New York"):
                took = [[in_process(server, partial(area, home, place)) for home in homes] for _ in range(rounds)]
                show(f"{place}, asked of an open warehouse", *map(median, zip(*took, strict=True)), 4)


if __name__ == "__main__":
    main()
