"""How much a question may take, so that one that somebody wrote by mistake or malice cannot take the machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer

MEMORY = "4GB"  # of all that asks one published file in a process
SECONDS = 30.0  # of SQL that a person or an assistant wrote
ROWS = 1_000_000  # of its answer


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
