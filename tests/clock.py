"""Time in tests: a loop whose clock need not be waited for, and work whose time must grow with its length alone."""

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from time import process_time
from typing import Any, TypeVar

T = TypeVar("T")
LONGER = 10  # times; quadratic work takes the square of it


class _Skipping(selectors.DefaultSelector):
    """Where a loop would wait until something is due, its clock is put forward to then.

    It goes on by a nanosecond with every turn of the loop, as a real one does: who waits for less than the clock can tell
    would else wait for ever.
    """

    now = 0.0

    def select(self, timeout: float | None = None) -> Any:
        if timeout is not None:
            self.now += max(timeout, 1e-9)
            timeout = 0
        return super().select(timeout)


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self.skipping = _Skipping()
        super().__init__(self.skipping)

    def time(self) -> float:
        return self.skipping.now


def run_unwaited(coroutine: Coroutine[Any, Any, T]) -> T:
    """`asyncio.run` that waits for no clock: a minute passes at once, and in order."""
    with asyncio.Runner(loop_factory=_Loop) as runner:
        return runner.run(coroutine)


def is_linear(work: Callable[[str], object], piece: str, length: int) -> bool:
    """Whether reading ten times as much of the same takes about ten times as long, on however slow a machine."""

    def seconds(characters: int) -> float:
        text = (piece * (characters // len(piece) + 1))[:characters]

        def once() -> float:
            begun = process_time()
            work(text)
            return process_time() - begun

        return min(once() for _ in range(3))

    work(piece)
    return seconds(LONGER * length) < LONGER**1.5 * max(seconds(length), 0.001)
