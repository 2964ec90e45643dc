"""Answers are had whole, or not at all: bounded in time and in size, their bodies unpacked as they come."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Iterable

import httpx

from pipeline.fetching.faults import AddressError, FetchError
from pipeline.fetching.gunzip import Gunzip

MAX_BODY = 64 * 1024 * 1024  # bytes, unpacked; the largest real board seen is about 10 MB
MAX_SECONDS = 120.0  # for a whole answer, from asking to its last byte; not for each read
ENCODINGS = {"": None, "identity": None, "gzip": Gunzip, "x-gzip": Gunzip}
_OF_THE_WAY = {b"content-encoding", b"content-length", b"transfer-encoding"}  # gone when the body has been received


class WholeAnswers(httpx.AsyncBaseTransport):
    """Reads the body beneath whoever tries again, to whom one that breaks off is thus a fault of the connection.

    Raises FetchError for an answer that is too long, too slow or packed as nobody asked, and AddressError for a
    redirect to what is no address.
    """

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self._inner = inner

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        try:
            async with asyncio.timeout(MAX_SECONDS):
                response = await self._inner.handle_async_request(request)
                try:
                    _check_redirect(request, response)
                    # of another status nothing is read, so that an endless error page costs nothing
                    body = await _body(response) if response.status_code == 200 else b""
                finally:
                    await response.aclose()
        except TimeoutError:
            raise FetchError(f"its answer was not whole after {MAX_SECONDS:.0f} s") from None
        headers = [(name, value) for name, value in response.headers.raw if name.lower() not in _OF_THE_WAY]
        said = {name: said for name, said in response.extensions.items() if name in ("http_version", "reason_phrase")}
        return httpx.Response(response.status_code, headers=headers, content=body, extensions=said)

    async def aclose(self) -> None:
        await self._inner.aclose()


async def _body(response: httpx.Response) -> bytes:
    """The body, unpacked. Raises httpx.RemoteProtocolError where gzip breaks off."""
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding not in ENCODINGS:
        raise FetchError(f"its body is packed as {encoding[:40]!r}, which was not asked for", response.status_code)
    kind = ENCODINGS[encoding]
    gunzip = kind() if kind else None
    pieces: list[bytes] = []
    received = unpacked = 0
    assert isinstance(response.stream, httpx.AsyncByteStream)
    async for chunk in response.stream:
        received += len(chunk)
        for piece in _unpacked(chunk, gunzip):
            unpacked += len(piece)
            if max(received, unpacked) > MAX_BODY:
                raise FetchError(f"the body is larger than {MAX_BODY // 2**20} MiB", response.status_code)
            pieces.append(piece)
    if gunzip and received and not gunzip.is_whole:
        raise httpx.RemoteProtocolError("its gzip breaks off")
    return b"".join(pieces)


def _unpacked(chunk: bytes, gunzip: Gunzip | None) -> Iterable[bytes]:
    if gunzip is None:
        yield chunk
        return
    try:
        yield from gunzip.feed(chunk)
    except zlib.error as error:
        raise FetchError(f"its body is not the gzip that it says it is: {error}", 200) from None


def _check_redirect(request: httpx.Request, response: httpx.Response) -> None:
    if not response.has_redirect_location:
        return
    location = response.headers["location"]
    try:
        request.url.join(location)
    except (httpx.InvalidURL, ValueError) as error:
        raise AddressError(f"redirected to {location[:200]!r}, which is not an address: {error}") from None
