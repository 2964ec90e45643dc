"""A night: how long it takes to ask every board that the directory has of three sources, politely, and in what memory.

    python bench/night.py

The boards of `trackmix run --all greenhouse,lever,ashby` are visited as a run visits them, source by source, under the
shipped manners: the same client, waits, fetching, masking, compressing and keeping. Nobody waits: the loop's clock is
put forward to when something is next due, so the hours are those of the manners and the answers, not of this machine.
The server is in this process. It answers a board of the size that such boards have (the median of real ones, and one in
twenty ten times as large) after a time that a host takes, some 404, and now and then 503 or 429 with a wait; Lever asks
its second host about a board that the first does not have. Printed for hosts of three speeds: the hours, requests a
second of the busiest second, and the most memory after a tenth of the boards and after all.
"""

from __future__ import annotations

import asyncio
import gzip
import random
import resource
import selectors
import sys
import tempfile
from collections import Counter
from concurrent.futures import Executor, Future
from datetime import datetime
from pathlib import Path
from time import process_time
from typing import Any

import httpx
from boards import board_of

from pipeline.boards.directory import boards_of
from pipeline.fetching.storage import Folder
from pipeline.fetching.web import open_web
from pipeline.sources import discover
from pipeline.stages.visits import Visitor

SOURCES = ("greenhouse", "lever", "ashby")
SECONDS = (0.2, 0.5, 1.5)  # a host's answer takes: the mean of an exponential, after a tenth of it
SIZES = (40_000, 400_000)  # bytes of most boards, and of one in twenty
GONE, DOWN, SLOW = 0.2, 0.003, 0.0005  # the shares of answers that are 404, 503, and 429 with Retry-After
WAIT = 20  # seconds that a 429 asks for


class Skipping(selectors.DefaultSelector):
    """Where the loop would wait until something is due, its clock is put forward to then."""

    now = 0.0

    def select(self, timeout: float | None = None) -> Any:
        if timeout is not None:
            self.now += max(timeout, 1e-6)  # a clock never stands: what is due by a rounding error comes to be due
            timeout = 0
        return super().select(timeout)


class Loop(asyncio.SelectorEventLoop):
    """A loop by whose clock a night is over in minutes."""

    def __init__(self) -> None:
        self.skipping = Skipping()
        super().__init__(self.skipping)

    def time(self) -> float:
        return self.skipping.now


class AtOnce(Executor):
    """Does the work there and then, so that no clock runs on while a thread is at it."""

    def submit(self, work: Any, /, *args: Any, **named: Any) -> Future[Any]:
        done: Future[Any] = Future()
        try:
            done.set_result(work(*args, **named))
        except Exception as error:
            done.set_exception(error)
        return done


class Hosts(httpx.AsyncBaseTransport):
    """Hosts that answer after a while; what they saw, a second each."""

    def __init__(self, seconds: float, bodies: dict[str, list[bytes]]) -> None:
        self.seconds, self.bodies = seconds, bodies
        self.chance = random.Random(0)
        self.asked: Counter[tuple[str, int]] = Counter()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        host = request.url.host
        self.asked[host, int(asyncio.get_running_loop().time())] += 1
        await asyncio.sleep(self.seconds * (0.1 + 0.9 * self.chance.expovariate(1)))
        luck = self.chance.random()
        if luck < SLOW:
            return httpx.Response(429, headers={"retry-after": str(WAIT)})
        if luck < SLOW + DOWN:
            return httpx.Response(503)
        is_gone = random.Random(request.url.path).random() < GONE
        if is_gone or host not in self.bodies:
            return httpx.Response(404)
        size = self.chance.random() < 0.05
        return httpx.Response(200, headers={"content-encoding": "gzip"}, content=self.bodies[host][size])


def bodies() -> dict[str, list[bytes]]:
    """A small and a large board for each host, in the form of its source, compressed."""
    made: dict[str, list[bytes]] = {}
    for host, wrap in (
        ("boards-api.greenhouse.io", b"%s"),
        ("api.lever.co", b"[%s]"),
        ("api.ashbyhq.com", b"%s"),
    ):
        made[host] = [gzip.compress(wrap % board_of(size)) for size in SIZES]
    return made


async def night(
    seconds: float, most: int | None, answers: dict[str, list[bytes]]
) -> tuple[list[float], int, Counter[str]]:
    """The hours of each source, the most requests to one host in a second, and what came of the boards."""
    boards = boards_of(SOURCES, [])
    hosts, hours, outcomes = Hosts(seconds, answers), [], Counter[str]()
    loop = asyncio.get_running_loop()
    with tempfile.TemporaryDirectory() as home:
        for name in SOURCES:  # one after another, as the assets of a run
            begun = loop.time()
            source = discover()[name]
            visitor = Visitor(name, source, "run", Folder(Path(home)), datetime(2026, 11, 30), writers=AtOnce())
            async with open_web(hosts) as web:
                rows = await visitor.visit_all(web, [board for board in boards if board.source == name][:most], {})
            outcomes.update(row["outcome"] for row in rows)
            hours.append((loop.time() - begun) / 3600)
    return hours, max(hosts.asked.values()), outcomes


def peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    answers = bodies()
    speeds = [float(word) for word in sys.argv[1:]] or SECONDS
    with asyncio.Runner(loop_factory=Loop) as runner:
        runner.run(night(speeds[0], 700, answers))
    print(f"most memory after some 2,000 boards: {peak_mib():.0f} MiB")
    for seconds in speeds:
        begun = process_time()
        with asyncio.Runner(loop_factory=Loop) as runner:
            hours, busiest, outcomes = runner.run(night(seconds, None, answers))
        each = ", ".join(f"{name} {60 * hour:.0f}" for name, hour in zip(SOURCES, hours, strict=True))
        print(
            f"answers in {seconds} s: {sum(outcomes.values()):,} boards in {sum(hours):.2f} h (minutes: {each}), at most "
            f"{busiest} requests a second to a host; {dict(outcomes)}; {process_time() - begun:.0f} s of processor; "
            f"most memory {peak_mib():.0f} MiB"
        )


if __name__ == "__main__":
    main()
