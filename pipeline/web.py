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

import httpx
from httpx_retries import Retry, RetryTransport

USER_AGENT = "trackmix/0.1 (job-market statistics from public job boards; one read a day)"
IN_ALL, PER_HOST = 16, 4
MAX_BODY = 64 * 1024 * 1024  # bytes; the largest real board seen is about 10 MB
MAX_WAIT = 120.0  # seconds; a host that asks for more is left alone for this run
MAX_REDIRECTS = 5
RETRIED_STATUS = (429, 500, 502, 503, 504, 529)


class FetchError(Exception):
    """A board that could not be fetched. `status` is the HTTP status where one came."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


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
                raise FetchError(f"the host asks to wait {seconds:.0f} s", response.status_code)
        await super().asleep(response)


class Web:
    """One run's access to the network: a client, its limits, and the hosts given up on."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http
        self.in_all = asyncio.Semaphore(IN_ALL)
        self.per_host: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(PER_HOST))
        self.given_up: dict[str, FetchError] = {}

    def client(self, known: Validators) -> Client:
        """A client for one board, which was last seen with the validators `known`."""
        return Client(self, known)


@asynccontextmanager
async def open_web(
    transport: httpx.AsyncBaseTransport | None = None, backoff_seconds: float = 0.5
) -> AsyncIterator[Web]:
    """The web over `transport` (the network itself when None)."""
    retry = _Patience(
        total=4,
        backoff_factor=backoff_seconds,
        backoff_jitter=0.5,
        max_backoff_wait=MAX_WAIT,
        status_forcelist=RETRIED_STATUS,
    )
    inner = transport or httpx.AsyncHTTPTransport(limits=httpx.Limits(max_connections=IN_ALL))
    async with httpx.AsyncClient(
        transport=RetryTransport(transport=inner, retry=retry),
        timeout=httpx.Timeout(60, connect=15),
        headers={"User-Agent": USER_AGENT},
        follow_redirects=False,
    ) as http:
        yield Web(http)


class Client:
    """One board's requests: counts what they cost and keeps what the answers say of themselves."""

    def __init__(self, web: Web, known: Validators) -> None:
        self._web = web
        self._known = known
        self.validators = Validators()
        self.status: int | None = None
        self.received = 0  # bytes of body, decompressed

    async def get(self, url: str, **params: str) -> bytes:
        """The body of a successful answer.

        Raises Unchanged on 304, FetchError on any other status, a fault of the connection,
        a body over MAX_BODY, or a redirect that leaves https or the public network.
        """
        request = self._web.http.build_request("GET", url, params=params, headers=self._known.headers())
        self._known = Validators()  # of several pages only the first is asked conditionally
        for _ in range(MAX_REDIRECTS + 1):
            body, request_to = await self._send(request)
            if request_to is None:
                return body
            if not _is_public(request_to.url):
                raise FetchError(f"redirected to {request_to.url}, which is not a public https address", self.status)
            request = request_to
        raise FetchError(f"more than {MAX_REDIRECTS} redirects", self.status)

    async def _send(self, request: httpx.Request) -> tuple[bytes, httpx.Request | None]:
        """The body, or the request a redirect leads to."""
        host = request.url.host
        async with self._web.per_host[host], self._web.in_all:
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
                if error.status == 429:
                    self._web.given_up[host] = error
                raise

    async def _receive(self, response: httpx.Response) -> bytes:
        self.status = response.status_code
        if response.status_code == 304:
            raise Unchanged
        if response.next_request is not None:
            return b""
        if response.status_code == 404:
            raise FetchError("no such board (404): it is gone or its token has changed", 404)
        if not response.is_success:
            raise FetchError(f"the answer was {response.status_code} {response.reason_phrase}".strip(), self.status)
        body = bytearray()
        async for chunk in response.aiter_bytes():
            body += chunk
            if len(body) > MAX_BODY:
                raise FetchError(f"the body is larger than {MAX_BODY // 2**20} MiB", self.status)
        self.received += len(body)
        headers = response.headers
        self.validators = Validators(headers.get("etag"), headers.get("last-modified"))
        return bytes(body)


def _is_public(url: httpx.URL) -> bool:
    """Whether a redirect may be followed: https, and not a private, local or bare host."""
    if url.scheme != "https":
        return False
    try:
        return ip_address(url.host).is_global
    except ValueError:
        return "." in url.host and not url.host.endswith((".local", ".internal", ".localhost"))
