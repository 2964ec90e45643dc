"""Ctrl-C, SIGTERM and Dagster's Terminate end a run there and then; as with kill -9, what is loaded stays."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread

MOST_SECONDS = 3.0  # for writing down that the run was stopped


@contextmanager
def ended_at_once(write_down: Callable[[], object] | None = None) -> Iterator[None]:
    """Meanwhile such a signal ends this process, after `write_down`, which gets MOST_SECONDS and may fail.

    Dagster takes these signals for itself, and an exception may be lost in a callback or wait for threads. So a thread
    hears of them by Python's wakeup descriptor, which hears of every signal, whoever handles it.
    """
    heard, told = os.pipe()
    os.set_blocking(told, False)
    before = signal.set_wakeup_fd(told)
    Thread(target=_end_by_signal, args=(heard, write_down), daemon=True).start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        os.close(told)


def _end_by_signal(heard: int, write_down: Callable[[], object] | None) -> None:
    while number := os.read(heard, 1):
        if number[0] in (signal.SIGINT, signal.SIGTERM):
            if write_down:
                writing = Thread(target=write_down, daemon=True)
                writing.start()
                writing.join(MOST_SECONDS)
            os.write(2, b"trackmix: stopped; what was loaded is kept, and the next run does the rest\n")
            os._exit(128 + number[0])
    os.close(heard)
