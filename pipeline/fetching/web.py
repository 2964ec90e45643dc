"""The web with manners: bounded, patient, conditional, and honest about who asks.

Every request of trackmix goes through `Client`. Beneath it, from the top: what fails in passing is tried again, a host
is asked only when it has a place (`manners`), an answer is had whole (`answers`), and a connection goes to the public
network alone (`public_network`). That last one is a parameter, so a replayed run takes the same path as a live one.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
from httpx_retries import Retry, RetryTransport
from protego import Protego

from pipeline.fetching.answers import WholeAnswers
from pipeline.fetching.faults import AddressError, DisallowedError, FetchError, Unchanged
from pipeline.fetching.manners import IN_ALL, MAX_WAIT, PER_SECOND, RETRIED_STATUS, Manners
from pipeline.fetching.public_network import may_be_public, public_transport
from pipeline.fetching.robots import rules_of

USER_AGENT = "trackmix/0.1 (job-market statistics from public job boards; one read a day)"
MAX_BOARD = 512 * 1024 * 1024  # bytes of all answers to one board's requests
MAX_REDIRECTS = 5
MAX_VALIDATOR = 1000  # letters; a server may refuse longer ones, though it sent them
_CONDITIONS = {"if-none-match", "if-modified-since"}


@dataclass(frozen=True, slots=True)
class Validators:
    """What a board's last answer said of itself, sent back to save a body."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """The conditional request headers these validators allow; what no header may hold is not sent back."""
        pairs = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {
            name: value for name, value in pairs.items() if value and value.isascii() and len(value) <= MAX_VALIDATOR
        }


class Web:
    """One run's access to the network: a client, its manners towards each host, and the hosts' rules."""

    def __init__(self, http: httpx.AsyncClient, manners: Manners) -> None:
        self.http = http
        self.manners = manners
        self.robots: dict[str, asyncio.Task[Protego | None]] = {}

    def client(self, known: Validators, kept: Callable[[], bytes] = bytes) -> Client:
        """A client for one board, which was last seen with the validators `known`, and its payload `kept` (empty: none)."""
        return Client(self, known, kept)


@asynccontextmanager
async def open_web(
    transport: httpx.AsyncBaseTransport | None = None,
    backoff_seconds: float = 0.5,
    per_second: float = PER_SECOND,
    shards: int = 1,
) -> AsyncIterator[Web]:
    """The web over `transport` (the public network when None), each host asked at most `per_second` times by all `shards`."""
    retry = Retry(
        total=4,
        backoff_factor=backoff_seconds,
        backoff_jitter=0.5,
        max_backoff_wait=MAX_WAIT,
        status_forcelist=RETRIED_STATUS,
        allowed_methods=("GET", "POST"),  # a board asked by POST is only read, so asking again is safe
        respect_retry_after_header=False,  # the manners do, for all who ask that host
    )
    manners = Manners(WholeAnswers(transport or public_transport(IN_ALL)), per_second, shards)
    async with httpx.AsyncClient(
        transport=RetryTransport(transport=manners, retry=retry),
        timeout=None,  # the manners', by what is known of a host
        headers={"User-Agent": USER_AGENT, "Accept-Encoding": "gzip"},
        follow_redirects=False,
    ) as http:
        yield Web(http, manners)


class Client:
    """One board's requests: counts what they cost and keeps what the answers say of themselves."""

    def __init__(self, web: Web, known: Validators, kept: Callable[[], bytes] = bytes) -> None:
        self._web = web
        self._known = known
        self.kept = kept  # asked for only where a source takes something over: most boards answer whole
        self._answered = httpx.Headers()
        self.validators = Validators()
        self.status: int | None = None
        self.address: str | None = None  # the last one asked: after redirects, the one that answered
        self.received = 0  # bytes of body, decompressed

    @property
    def host_time(self) -> datetime | None:
        """When the last answer was made, by its host's clock (UTC, no zone attached); None where it does not say."""
        try:
            made_at = parsedate_to_datetime(self._answered.get("date", "")).astimezone(UTC).replace(tzinfo=None)
            return made_at + timedelta(seconds=int(self._answered.get("age", "0")))
        except (ValueError, TypeError, IndexError, OverflowError):
            return None

    async def get_whole(self, url: str, **params: str) -> bytes:
        """The body of a board that answers in one piece; raises Unchanged where it says it is what it was.

        Otherwise as `get`.
        """
        body = await self._ask(self._request("GET", url, params=params or None, headers=self._known.headers()))
        self.validators = Validators(self._answered.get("etag"), self._answered.get("last-modified"))
        return body

    async def get(self, url: str, **params: str) -> bytes:
        """The body of a successful answer, one of several that make up a board.

        Raises FetchError on any other status than 200, a fault of the connection, or a body over MAX_BODY, and
        AddressError for what is no address or leads, itself or by a redirect, off https or off the public network.
        """
        # None and not {}, which would take away the query that the address has
        return await self._ask(self._request("GET", url, params=params or None))

    async def post(self, url: str, body: dict[str, Any]) -> bytes:
        """The body of the answer to a JSON object, for boards that are asked so. Raises as `get`."""
        return await self._ask(self._request("POST", url, json=body))

    async def get_page(self, url: str) -> bytes:
        """A page made for people, asked for only where its host's robots.txt allows it (RFC 9309).

        Raises as `get`, DisallowedError where robots.txt forbids the page or one that it redirects to, and FetchError
        where the rules cannot be had.
        """
        return await self._ask(self._request("GET", url), is_page=True)

    def _request(self, method: str, url: str, **rest: Any) -> httpx.Request:
        try:
            return self._web.http.build_request(method, url, **rest)
        except (httpx.InvalidURL, ValueError) as error:
            raise AddressError(f"{url[:200]!r} is not an address: {error}") from None

    async def _ask(self, request: httpx.Request, is_page: bool = False) -> bytes:
        for redirects in range(MAX_REDIRECTS + 1):
            if not may_be_public(request.url):
                address = str(request.url)[:200]
                said = f"redirected to {address}, which" if redirects else address
                raise AddressError(f"{said} is not a public https address")
            self.address = str(request.url)
            if is_page:
                await self._obey_robots(request.url)
            response = await self._send(request)
            if response.next_request is None:
                return self._body(response)
            request = response.next_request
        raise FetchError(f"more than {MAX_REDIRECTS} redirects")

    async def _send(self, request: httpx.Request) -> httpx.Response:
        host = request.url.host
        try:
            response = await self._web.http.send(request)
        except httpx.HTTPError as error:
            raise FetchError(f"no answer from {host}: {type(error).__name__} {error}".strip()) from error
        except httpx.InvalidURL as error:
            raise AddressError(f"{host} redirects to what is not an address: {error}") from error
        self.status = response.status_code  # the last answer's of several
        self._answered = response.headers
        if self.status == 429:  # though it was given time
            self._web.manners.hosts[host].given_up = _not_whole(response)
        return response

    def _body(self, response: httpx.Response) -> bytes:
        if response.status_code == 304 and response.request.headers.keys() & _CONDITIONS:
            raise Unchanged
        if response.status_code != 200:
            raise _not_whole(response)
        self.received += len(response.content)
        if self.received > MAX_BOARD:
            raise FetchError(f"its answers are larger than {MAX_BOARD // 2**20} MiB together", 200)
        return response.content

    async def _obey_robots(self, url: httpx.URL) -> None:
        host = url.netloc.decode("ascii")  # with its port, which may have rules of its own
        if host not in self._web.robots:
            self._web.robots[host] = asyncio.create_task(self._robots(str(url.join("/robots.txt"))))
        rules = await asyncio.shield(self._web.robots[host])  # others wait for them too
        if rules is not None and not rules.can_fetch(str(url), USER_AGENT):
            raise DisallowedError(f"robots.txt of {host} does not allow {url}")

    async def _robots(self, url: str) -> Protego | None:
        """The rules of a host; None where it has none."""
        try:
            return rules_of(await Client(self._web, Validators()).get(url))  # its own: no answer of this board
        except AddressError:
            raise
        except FetchError as error:
            if error.status is not None and 400 <= error.status < 500 and error.status != 429:
                return None
            raise FetchError(f"{url} cannot be had, so its pages are left alone: {error}", error.status) from None


def _not_whole(response: httpx.Response) -> FetchError:
    """The fault that an answer is whose status is not 200."""
    if response.status_code == 404:
        return FetchError("no such board (404): it is gone or its token has changed", 404)
    return FetchError(f"the answer was {response.status_code} {response.reason_phrase}".strip(), response.status_code)
