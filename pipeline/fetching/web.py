"""The web with manners: bounded, patient, conditional, and honest about who asks.

Every request of trackmix goes through `Client.get`; the transport beneath is a parameter,
so a replayed run takes the same path as a live one.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

import httpx
from aiolimiter import AsyncLimiter
from httpx_retries import Retry, RetryTransport
from protego import Protego

USER_AGENT = "trackmix/0.1 (job-market statistics from public job boards; one read a day)"
IN_ALL, PER_HOST = 16, 4  # requests at once
PER_SECOND = 8.0  # requests a host gets; the APIs that state a limit allow more
MAX_BODY = 64 * 1024 * 1024  # bytes; the largest real board seen is about 10 MB
MAX_WAIT = 120.0  # seconds; a host that asks for more is left alone for this run
MAX_REDIRECTS = 5
RETRIED_STATUS = (429, 500, 502, 503, 504, 529)
_CONDITIONS = {"if-none-match", "if-modified-since"}


class FetchError(Exception):
    """A board that could not be fetched. `status` is the HTTP status where one came."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class DisallowedError(FetchError):
    """A page that its host's robots.txt asks to leave alone."""


class LeftAloneError(FetchError):
    """A host that asks to wait for longer than MAX_WAIT."""


class Unchanged(Exception):  # noqa: N818 - news, not a fault
    """The board answered 304: it is what it was when it was last read."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a board's last answer said of itself, sent back to save a body."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """The conditional request headers these validators allow."""
        pairs = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in pairs.items() if value}


class _Patience(Retry):
    """Backoff with jitter, but no waiting out a host that asks for longer than MAX_WAIT."""

    async def asleep(self, response: httpx.Response | Exception) -> None:
        if isinstance(response, httpx.Response) and (asked := response.headers.get("Retry-After")):
            try:
                seconds = self.parse_retry_after(asked)
            except ValueError:
                seconds = 0.0
            if seconds > MAX_WAIT:
                raise LeftAloneError(f"the host asks to wait {seconds:.0f} s", response.status_code)
        await super().asleep(response)


class Web:
    """One run's access to the network: a client, its limits, and the hosts given up on."""

    def __init__(self, http: httpx.AsyncClient, per_second: float) -> None:
        self.http = http
        self.in_all = asyncio.Semaphore(IN_ALL)
        self.per_host: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(PER_HOST))
        self.rates: dict[str, AsyncLimiter] = defaultdict(lambda: AsyncLimiter(max(1.0, per_second), 1.0))
        self.given_up: dict[str, FetchError] = {}
        self.robots: dict[str, asyncio.Task[Protego | None]] = {}

    def client(self, known: Validators) -> Client:
        """A client for one board, which was last seen with the validators `known`."""
        return Client(self, known)


@asynccontextmanager
async def open_web(
    transport: httpx.AsyncBaseTransport | None = None, backoff_seconds: float = 0.5, per_second: float = PER_SECOND
) -> AsyncIterator[Web]:
    """The web over `transport` (the network itself when None), each host asked at most `per_second` times."""
    retry = _Patience(
        total=4,
        backoff_factor=backoff_seconds,
        backoff_jitter=0.5,
        max_backoff_wait=MAX_WAIT,
        status_forcelist=RETRIED_STATUS,
        allowed_methods=("GET", "POST"),  # a board asked by POST is only read, so asking again is safe
    )
    inner = transport or httpx.AsyncHTTPTransport(limits=httpx.Limits(max_connections=IN_ALL))
    async with httpx.AsyncClient(
        transport=RetryTransport(transport=inner, retry=retry),
        timeout=httpx.Timeout(60, connect=15),
        headers={"User-Agent": USER_AGENT},
        follow_redirects=False,
    ) as http:
        yield Web(http, per_second)


class Client:
    """One board's requests: counts what they cost and keeps what the answers say of themselves."""

    def __init__(self, web: Web, known: Validators) -> None:
        self._web = web
        self._known = known
        self._answered = httpx.Headers()
        self.validators = Validators()
        self.status: int | None = None
        self.address: str | None = None  # the last one asked: after redirects, the one that answered
        self.received = 0  # bytes of body, decompressed

    async def get_whole(self, url: str, **params: str) -> bytes:
        """The body of a board that answers in one piece; raises Unchanged where it says it is what it was.

        Otherwise as `get`.
        """
        request = self._web.http.build_request("GET", url, params=params or None, headers=self._known.headers())
        body = await self._ask(request)
        self.validators = Validators(self._answered.get("etag"), self._answered.get("last-modified"))
        return body

    async def get(self, url: str, **params: str) -> bytes:
        """The body of a successful answer, one of several that make up a board.

        Raises FetchError on any other status, a fault of the connection, a body over MAX_BODY,
        or a redirect that leaves https or the public network.
        """
        # None and not {}, which would take away the query that the address has
        return await self._ask(self._web.http.build_request("GET", url, params=params or None))

    async def post(self, url: str, body: dict[str, Any]) -> bytes:
        """The body of the answer to a JSON object, for boards that are asked so. Raises as `get`."""
        return await self._ask(self._web.http.build_request("POST", url, json=body))

    async def get_page(self, url: str) -> bytes:
        """A page made for people, asked for only where its host's robots.txt allows it (RFC 9309).

        Raises as `get`, DisallowedError where robots.txt forbids the page, and FetchError where it cannot be
        had or the address, which may be any page's word, is not a public https one.
        """
        try:
            address = httpx.URL(url)
        except httpx.InvalidURL as error:
            raise FetchError(f"{url[:200]} is not an address: {error}") from None
        if not _is_public(address):
            raise FetchError(f"{url} is not a public https address")
        host = address.host
        if host not in self._web.robots:
            self._web.robots[host] = asyncio.create_task(self._robots(f"https://{host}/robots.txt"))
        rules = await asyncio.shield(self._web.robots[host])  # others wait for them too
        if rules is not None and not rules.can_fetch(url, USER_AGENT):
            raise DisallowedError(f"robots.txt of {host} does not allow {url}")
        return await self.get(url)

    async def _robots(self, url: str) -> Protego | None:
        """The rules of a host; None where it has none."""
        try:
            # a client of its own: what the host allows is no answer of this board
            return Protego.parse((await Client(self._web, Validators()).get(url)).decode("utf-8", "replace"))
        except FetchError as error:
            if error.status is not None and 400 <= error.status < 500 and error.status != 429:
                return None
            raise FetchError(f"{url} cannot be had, so its pages are left alone: {error}", error.status) from None

    async def _ask(self, request: httpx.Request) -> bytes:
        for _ in range(MAX_REDIRECTS + 1):
            self.address = str(request.url)
            body, request_to = await self._send(request)
            if request_to is None:
                return body
            if not _is_public(request_to.url):
                raise FetchError(f"redirected to {request_to.url}, which is not a public https address")
            request = request_to
        raise FetchError(f"more than {MAX_REDIRECTS} redirects")

    async def _send(self, request: httpx.Request) -> tuple[bytes, httpx.Request | None]:
        """The body, or the request a redirect leads to."""
        host = request.url.host
        async with self._web.per_host[host], self._web.rates[host], self._web.in_all:
            if host in self._web.given_up:
                raise self._web.given_up[host]
            try:
                response = await self._web.http.send(request, stream=True)
                try:
                    return await self._receive(response), response.next_request
                finally:
                    await response.aclose()
            except httpx.HTTPError as error:
                raise FetchError(f"no answer from {host}: {type(error).__name__} {error}".strip()) from error
            except FetchError as error:
                if error.status == 429 or isinstance(error, LeftAloneError):
                    self._web.given_up[host] = error
                raise

    async def _receive(self, response: httpx.Response) -> bytes:
        self.status = status = response.status_code  # the client's own is the last answer's of several
        if status == 304 and response.request.headers.keys() & _CONDITIONS:
            raise Unchanged
        if response.next_request is not None:
            return b""
        if status == 404:
            raise FetchError("no such board (404): it is gone or its token has changed", 404)
        if not response.is_success:
            raise FetchError(f"the answer was {status} {response.reason_phrase}".strip(), status)
        chunks, size = [], 0
        async for chunk in response.aiter_bytes():
            chunks.append(chunk)
            size += len(chunk)
            if size > MAX_BODY:
                raise FetchError(f"the body is larger than {MAX_BODY // 2**20} MiB", response.status_code)
        self.received += size
        self._answered = response.headers
        return b"".join(chunks)


def _is_public(url: httpx.URL) -> bool:
    """Whether an address that others named may be asked: https, and not a private, local or bare host."""
    if url.scheme != "https":
        return False
    try:
        return ip_address(url.host).is_global
    except ValueError:
        return "." in url.host and not url.host.endswith((".local", ".internal", ".localhost"))
