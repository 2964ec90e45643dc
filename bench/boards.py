"""Reading many boards: how fast they are fetched and kept, and what memory that takes.

    python bench/boards.py

A server in a process of its own answers 500 boards of 1 MB each over loopback: compressed, as the
boards' hosts answer whoever accepts it, and plain, which spares the client the unpacking and so is
the harder comparison. In one run they are read by the same client, which throws the bodies away,
and then fetched and kept as a run does (hashed, masked, compressed, written). Printed: the ratio of
both speeds, and the most memory after 100 and after 500 boards.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from math import inf
from pathlib import Path
from time import perf_counter

import httpx

from pipeline.fetching.storage import Folder
from pipeline.fetching.web import Client, Validators, Web, open_web
from pipeline.posting import Board
from pipeline.sources import discover
from pipeline.stages.visits import Visitor

BOARDS, FEW = 500, 100
SIZE = 2**20
ADDRESS = "https://loopback.example.com"
"""A server that answers every request with the same board, written by us, in the form of Greenhouse's API."""
SERVER = """
import asyncio, sys
body = sys.stdin.buffer.read()
head = f"HTTP/1.1 200 OK\\r\\ncontent-encoding: {sys.argv[1]}\\r\\ncontent-length: {len(body)}\\r\\n\\r\\n".encode()
async def answer(reader, writer):
    try:
        while await reader.readuntil(b"\\r\\n\\r\\n"):
            writer.write(head + body)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()
async def main():
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()
asyncio.run(main())
"""


def board_of(size: int) -> bytes:
    """A board's JSON of about `size` bytes: words of no meaning that compress as real postings do, to a quarter."""
    chance = random.Random(0)
    letters = "etaoinshrdlucmfwypvbgkjqxz"
    words = ["".join(chance.choices(letters, weights=range(26, 0, -1), k=chance.randint(2, 11))) for _ in range(8000)]
    about_us = " ".join(chance.choices(words, k=500))  # every posting of a board says the same of the company
    jobs: list[dict[str, object]] = []
    while size > 0:
        own = " ".join(chance.choices(words, weights=range(8000, 0, -1), k=400))
        content = f"&lt;p&gt;{about_us}&lt;/p&gt; &lt;p&gt;{own}&lt;/p&gt;"
        jobs.append({"id": len(jobs), "title": " ".join(chance.choices(words, k=4)), "content": content})
        size -= len(content)
    return json.dumps({"jobs": jobs}).encode()


async def thrown_away(web: Web) -> None:
    """The same client, the bodies dropped."""

    async def one(number: int) -> None:
        await web.client(Validators()).get_whole(f"{ADDRESS}/{number}")

    await asyncio.gather(*map(one, range(BOARDS)))


class Loopback:
    """A source whose boards are the server's."""

    ABOUT = discover()["greenhouse"].ABOUT
    read = staticmethod(discover()["greenhouse"].read)
    token_in = staticmethod(discover()["greenhouse"].token_in)

    async def fetch(self, client: Client, board: Board) -> bytes:
        return await client.get_whole(f"{ADDRESS}/{board.token}")


async def kept(web: Web, number: int, home: Path) -> None:
    """The visits of a run: `number` boards fetched, hashed, masked, compressed and written."""
    boards = [Board(f"Kestrel {n}", "loopback", str(n)) for n in range(number)]
    rows = await Visitor("loopback", Loopback(), "run", Folder(home), datetime(2026, 10, 5)).visit_all(web, boards, {})
    assert all(row["outcome"] == "fetched" for row in rows)


class ToLoopback(httpx.AsyncBaseTransport):
    """Takes to the server what the client takes for a public https host, for it asks no other."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._inner = httpx.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        request.url = request.url.copy_with(scheme="http", host="127.0.0.1", port=self._port)
        return await self._inner.handle_async_request(request)


async def seconds(port: int, work: Callable[[Web], Awaitable[None]]) -> float:
    async with open_web(ToLoopback(port), per_second=inf) as web:
        start = perf_counter()
        await work(web)
        return perf_counter() - start


def seconds_away(port: int) -> float:
    return asyncio.run(seconds(port, thrown_away))


def seconds_kept(port: int, number: int) -> float:
    with tempfile.TemporaryDirectory() as home:
        return asyncio.run(seconds(port, lambda web: kept(web, number, Path(home))))


def peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextmanager
def serving(encoding: str, body: bytes) -> Iterator[int]:
    """The port of a server that answers everything with `body`, which it says is in `encoding`."""
    server = subprocess.Popen([sys.executable, "-c", SERVER, encoding], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert server.stdin
    assert server.stdout
    try:
        server.stdin.write(body)
        server.stdin.close()
        yield int(server.stdout.readline())
    finally:
        server.kill()


def main() -> None:
    body = board_of(SIZE)
    print(f"{BOARDS} boards of {len(body) / 2**20:.1f} MiB")
    for encoding, sent in (("gzip", gzip.compress(body)), ("identity", body)):
        with serving(encoding, sent) as port:
            seconds_kept(port, FEW)
            few = peak_mib()
            for _ in range(5):
                away, keep = seconds_away(port), seconds_kept(port, BOARDS)
                print(f"{encoding}: thrown away {away:.1f} s, kept {keep:.1f} s, ratio {away / keep:.2f}")
        print(f"most memory: {few:.0f} MiB after {FEW} boards, {peak_mib():.0f} MiB after {BOARDS}")


if __name__ == "__main__":
    main()
