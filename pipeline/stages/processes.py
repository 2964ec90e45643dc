"""Work in batches, spread over as many processes as there are cores once it lasts.

They are started anew and given what they are to do through a pipe. So no lock or thread of a run is in them, they never import
its main module, as those of `multiprocessing` do, and they end when the run's own process does, however it ends, for the pipe ends too.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from threading import Thread
from time import process_time
from types import TracebackType
from typing import Any, TypeVar

MOST_ALONE = 2.0  # seconds of work in this process; about what it takes two others to begin
WAITING = 2  # batches for each process beyond the one it has, so that none waits for this process
SERVE = "from pipeline.stages.processes import serve; serve()"
Given = TypeVar("Given")
Result = TypeVar("Result")


class ProcessError(Exception):
    """A process that did a part of the work was ended; the message says how."""


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Processes:
    """Processes for all the work of a run; they are started once it has taken this process MOST_ALONE seconds.

    Where there is one core, none is started.
    """

    def __init__(self) -> None:
        self._left = MOST_ALONE
        self._number = cores()
        self._threads: ThreadPoolExecutor | None = None
        self._started: list[_Process] = []
        self._idle: SimpleQueue[_Process] = SimpleQueue()

    def __enter__(self) -> Processes:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.end()

    def end(self) -> None:
        """End those that were started, for they hold memory; more work would start others."""
        if self._threads:
            self._threads.shutdown(cancel_futures=True)
        for process in self._started:
            process.end()
        self._threads, self._started, self._idle = None, [], SimpleQueue()

    def map(self, work: Callable[[Given], Result], batches: Iterable[Given]) -> Iterator[Result]:
        """What `work`, a function of a module, makes of each batch, in their order.

        Raises what it raises, and ProcessError where a process was ended.
        """
        waiting: deque[Future[Result]] = deque()
        try:
            for batch in batches:
                if self._left > 0 or self._number == 1:
                    begun = process_time()
                    done = work(batch)
                    self._left -= process_time() - begun
                    yield done
                    continue
                waiting.append(self._others().submit(self._do, work, batch))
                if len(waiting) > (1 + WAITING) * self._number:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for one in waiting:  # of a stage that fails: the next must not wait for what nobody wants
                one.cancel()

    def _others(self) -> ThreadPoolExecutor:
        """The threads that wait for the processes."""
        if self._threads is None:
            self._threads = ThreadPoolExecutor(self._number)
            for _ in range(self._number):
                self._started.append(_Process())
                self._idle.put(self._started[-1])
        return self._threads

    def _do(self, work: Callable[[Given], Result], batch: Given) -> Result:
        process = self._idle.get()
        try:
            return process.do(work, batch)
        finally:
            self._idle.put(process)


class _Process:
    def __init__(self) -> None:
        env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        # a group of its own, for Ctrl-C in a terminal is meant for the run
        self._running = subprocess.Popen(
            [sys.executable, "-c", SERVE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env, process_group=0
        )

    def do(self, work: Callable[[Given], Result], batch: Given) -> Result:
        assert self._running.stdin
        assert self._running.stdout
        try:
            pickle.dump((work, batch), self._running.stdin, pickle.HIGHEST_PROTOCOL)
            self._running.stdin.flush()
            is_done, result = pickle.load(self._running.stdout)
        except (EOFError, BrokenPipeError):
            raise ProcessError(f"a process that was started for it ended with {self._running.wait()}") from None
        if not is_done:
            raise result
        return result  # type: ignore[no-any-return]

    def end(self) -> None:
        self._running.kill()
        self._running.communicate()


def serve() -> None:
    """In a started process: do what is asked, and end, whatever is being done, once nobody is there to ask."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what is printed is no answer
    asked: SimpleQueue[Any] = SimpleQueue()
    Thread(target=_listen, args=(asked,), daemon=True).start()
    while True:
        pickle.dump(_done(*asked.get()), answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()


def _listen(asked: SimpleQueue[Any]) -> None:
    try:
        while True:
            asked.put(pickle.load(sys.stdin.buffer))
    except (EOFError, pickle.UnpicklingError):  # at its end, or cut off
        os._exit(0)


def _done(work: Callable[[Any], Any], batch: Any) -> tuple[bool, Any]:
    try:
        return True, work(batch)
    except Exception as error:  # raised where it is waited for
        return False, error
