"""Manners towards hosts: how many requests at once and a second, waiting where one asks for it, and giving up in time."""

from __future__ import annotations

import asyncio
import logging
from contextlib import AsyncExitStack, nullcontext
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import inf

import httpx
from aiolimiter import AsyncLimiter

from pipeline.fetching.faults import AddressError, FetchError, LeftAloneError

IN_ALL, PER_HOST = 16, 4  # requests at once; one of several shards has its part of these 4, and of a host's rate
PER_SECOND = 8.0  # requests a host gets, evenly, so that no second has more; the APIs that state a limit allow more
MAX_WAIT = 120.0  # seconds; a host that asks for more without an answer in between is left alone for this run
RETRIED_STATUS = (429, 500, 502, 503, 504, 529)
MOST_FAILURES = 5  # tries in a row, of whichever boards, after which a host is given up ...
FAILING_SECONDS = 10.0  # ... where they took that long: a host that starts anew is given the time for it
# to connect, and for every read; of a host that has not answered yet in this run it is not known whether it is there
UNKNOWN = httpx.Timeout(8, connect=5).as_dict()
KNOWN = httpx.Timeout(30, connect=15).as_dict()

LOG = logging.getLogger("trackmix")


class Host:
    """What is known of one host in this run, and the places there."""

    def __init__(self, name: str, per_second: float, places: int) -> None:
        self.name = name
        self.has_answered = False
        self.places = asyncio.Semaphore(places)
        # one at a time: a bucket of eight lets eight through at once and seven more while it leaks
        self.rate = AsyncLimiter(1, 1 / per_second) if per_second < inf else nullcontext()
        self.given_up: FetchError | None = None
        self.asked_again_at = 0.0  # by the loop's clock
        self._failures = 0  # tries in a row
        self._failing_since: float | None = None

    def answered(self) -> None:
        """It is there."""
        self.has_answered = True
        self._failures, self._failing_since = 0, None

    def failed(self, why: str, asked_at: float) -> None:
        """A try was in vain, which began then by the loop's clock; where too many in a row were, the host is given up."""
        self._failing_since = asked_at if self._failing_since is None else self._failing_since
        self._failures += 1
        if not self.given_up and self._failures >= MOST_FAILURES and self._seconds_failing() >= FAILING_SECONDS:
            self.given_up = LeftAloneError(f"not reached: {self._failures} tries in a row failed, the last with {why}")
            LOG.warning("%s is given up for this run, with all its boards: %s", self.name, self.given_up)

    def asks_to_wait(self, seconds: float, status: int) -> None:
        """Nobody asks it before so many seconds have passed. Raises LeftAloneError where that is too long."""
        if self._seconds_failing() + seconds > MAX_WAIT:
            self.given_up = LeftAloneError(f"the host asks to wait {seconds:.0f} s", status)
            raise self.given_up
        self.asked_again_at = max(self.asked_again_at, asyncio.get_running_loop().time() + seconds)

    def _seconds_failing(self) -> float:
        """Since the first try began that was in vain with no answer after it."""
        now = asyncio.get_running_loop().time()
        self._failing_since = now if self._failing_since is None else self._failing_since
        return now - self._failing_since


class Manners(httpx.AsyncBaseTransport):
    """Sends a request when its host has a place for it; whom a host asks to wait, or to try again, holds no place meanwhile."""

    def __init__(self, inner: httpx.AsyncBaseTransport, per_second: float, shards: int = 1) -> None:
        self._inner = inner
        # runs of other shards may ask the same host at the same time
        self._per_second, self._places = per_second / shards, PER_HOST // shards
        self._in_all = asyncio.Semaphore(IN_ALL)
        self.hosts: dict[str, Host] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        name = request.url.host
        host = self.hosts.setdefault(name, Host(name, self._per_second, self._places))
        async with AsyncExitStack() as places:
            await self._wait_for_place(host, places)
            asked_at = asyncio.get_running_loop().time()
            request.extensions = {**request.extensions, "timeout": KNOWN if host.has_answered else UNKNOWN}
            try:
                response = await self._inner.handle_async_request(request)
            except AddressError:
                raise  # no fault of the host's
            except (httpx.HTTPError, FetchError) as error:
                host.failed(f"{type(error).__name__} {error}".strip(), asked_at)
                raise
        if response.status_code not in RETRIED_STATUS:
            host.answered()
            return response
        if seconds := seconds_asked(response.headers.get("retry-after", "")):
            host.asks_to_wait(seconds, response.status_code)
        else:
            host.failed(f"{response.status_code} {response.reason_phrase}".strip(), asked_at)
        return response

    async def _wait_for_place(self, host: Host, places: AsyncExitStack) -> None:
        """Take a place with the host and one in all. Raises the reason where the host was given up."""
        loop = asyncio.get_running_loop()
        await places.enter_async_context(host.places)
        while True:
            if host.given_up:
                raise type(host.given_up)(str(host.given_up), host.given_up.status)
            if host.asked_again_at <= loop.time():
                break
            await asyncio.sleep(host.asked_again_at - loop.time())
        await places.enter_async_context(self._in_all)
        await places.enter_async_context(host.rate)  # last: what waits after it would be sent with what comes next

    async def aclose(self) -> None:
        await self._inner.aclose()


def seconds_asked(retry_after: str) -> float:
    """The seconds to wait that a Retry-After header asks for (RFC 9110, 10.2.3); 0 where it says nothing readable."""
    said = retry_after.strip()
    if said.isascii() and said.isdigit():
        return float(said)
    try:
        when = parsedate_to_datetime(said)
        return max(0.0, (when.replace(tzinfo=when.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0
