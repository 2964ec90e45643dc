"""Says on standard error what a run is doing: each stage as it begins, then at least every ten seconds."""

from __future__ import annotations

import logging
import sys
from threading import Event, Thread
from time import monotonic
from types import TracebackType

SILENT_FOR = 8.0  # seconds, after which a stage is said to go on


class Progress:
    """While it is open, prints the stages it is told of and what the log `trackmix` says.

    Tell it of a stage by `begin(name)`; a stage that says nothing for long is named again.
    """

    def __init__(self) -> None:
        self._started = self._spoke = monotonic()
        self._stage, self._out = "starting", sys.stderr
        self._is_over = Event()
        self._thread = Thread(target=self._go_on, daemon=True)
        self._handler = logging.Handler(logging.INFO)
        self._handler.emit = lambda record: self._say(record.getMessage())  # type: ignore[method-assign]

    def __enter__(self) -> Progress:
        log = logging.getLogger("trackmix")
        log.addHandler(self._handler)
        log.setLevel(logging.INFO)
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._is_over.set()
        self._thread.join()
        logging.getLogger("trackmix").removeHandler(self._handler)

    def begin(self, stage: str) -> None:
        """Name the stage that begins."""
        self._stage = stage
        self._say(stage)

    def _say(self, words: str) -> None:
        self._spoke = monotonic()
        print(f"{self._spoke - self._started:6.0f} s  {words}", file=self._out, flush=True)

    def _go_on(self) -> None:
        while not self._is_over.wait(1):
            if monotonic() - self._spoke > SILENT_FOR:
                self._say(f"still at: {self._stage}")
