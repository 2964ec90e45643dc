"""Whether there is a network at all, known within seconds: a request with its retries would take minutes to say so."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from queue import Empty, Queue
from threading import Thread
from time import monotonic

import httpx

from pipeline.fetching.faults import AddressError

HOSTS = (("boards-api.greenhouse.io", 443), ("api.lever.co", 443), ("api.ashbyhq.com", 443))
SECONDS = 4.0


def is_online(hosts: Sequence[tuple[str, int]] = HOSTS, seconds: float = SECONDS) -> bool:
    """Whether one of the hosts takes a connection within that time."""
    answers: Queue[bool] = Queue()

    def knock(host: tuple[str, int]) -> None:
        try:
            socket.create_connection(host, timeout=seconds).close()
        except OSError:
            answers.put(False)
        else:
            answers.put(True)

    for host in hosts:  # threads that nobody waits for: a name server that keeps silent cannot be interrupted
        Thread(target=knock, args=(host,), daemon=True).start()
    end = monotonic() + seconds
    for _ in hosts:
        try:
            if answers.get(timeout=max(0.0, end - monotonic())):
                return True
        except Empty:
            return False
    return False


class Noting(httpx.AsyncBaseTransport):
    """Notes who would be asked, and asks nobody: every request raises AddressError, which is not tried again."""

    def __init__(self) -> None:
        self.hosts: list[tuple[str, int]] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.hosts.append((request.url.host, request.url.port or 443))
        raise AddressError("nobody is asked yet")
