"""How much a question may take, so that one that somebody wrote by mistake or malice cannot take the machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer
from typing import Final

MEMORY = "4GB"  # of all that asks one published file in a process
SECONDS = 30.0  # of SQL that a person or an assistant wrote
ROWS = 1_000_000  # of its answer
# one thread: DuckDB 1.5.5 now and then ended the process from a second one of its own, which earned nothing here
ONE_THREAD: Final[dict[str, str | bool | int | float | list[str]]] = {"threads": 1}
# a question reads the published tables and nothing else: no network, no file, not even by COPY the one that is asked
ASKED: Final = {**ONE_THREAD, "enable_external_access": "false", "memory_limit": MEMORY, "temp_directory": ""}


@contextmanager
def ended_after(seconds: float, end: Callable[[], None]) -> Iterator[None]:
    """Call `end` where what is done meanwhile takes longer than so many seconds."""
    timer = Timer(seconds, end)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()  # it may be calling, and what it ends is closed next
