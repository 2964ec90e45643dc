"""The public network and no other: what a name resolves to is looked at before anything is connected to.

A page, a redirect or a sitemap may name any host, and any name may lead to this machine or to its neighbours. So it is
not the text of an address that is judged but where a connection goes, for every request and every redirect alike.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from ssl import SSLContext
from typing import Any

import httpcore
import httpx

from pipeline.fetching.faults import AddressError

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]

KEPT_SECONDS = 5.0  # that an idle connection is kept open
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
_LOCAL_NAMES = (".local", ".internal", ".localhost")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public network's hosts; False for what is no IP address.

    One that holds an IPv4 address (mapped, 6to4, NAT64) is as public as that is.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or _behind_nat64(found)
        if inner is None:
            return found in _GLOBAL_UNICAST and found.is_global
        found = inner
    return found.is_global and not (found.is_multicast or found.is_reserved)


def may_be_public(url: httpx.URL) -> bool:
    """Whether an address may be asked at all, by its text: https, a port there is, no private host and no bare name."""
    if url.scheme != "https" or not 0 < (443 if url.port is None else url.port) < 2**16:
        return False
    try:
        ip_address(url.host)
    except ValueError:
        return "." in url.host.strip(".") and not url.host.rstrip(".").endswith(_LOCAL_NAMES)
    return is_public(url.host)


async def resolved(host: str, port: int) -> list[str]:
    """The IP addresses of a host, in the order in which this machine would try them. Raises OSError."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(where[0]) for *_, where in found))


class PublicNetwork(httpcore.AsyncNetworkBackend):
    """Connects to public addresses alone. Raises AddressError for a host that has none."""

    def __init__(self, resolve: Resolve = resolved, inner: httpcore.AsyncNetworkBackend | None = None) -> None:
        self._resolve = resolve
        self._inner = inner or httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            async with asyncio.timeout(timeout):
                addresses = await self._resolve(host, port)
        except TimeoutError:
            raise httpcore.ConnectTimeout(f"the name {host} was not resolved") from None
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"the name {host} does not resolve: {error}") from None
        public = [address for address in addresses if is_public(address)]
        if not public:
            raise AddressError(f"{host} is not on the public network")
        share = None if timeout is None else timeout / len(public)
        for address in public[:-1]:  # the next is tried where one of a host's addresses is dead
            try:
                return await self._inner.connect_tcp(address, port, share, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._inner.connect_tcp(public[-1], port, share, local_address, socket_options)

    async def sleep(self, seconds: float) -> None:
        await self._inner.sleep(seconds)


def public_transport(
    most_connections: int, network: PublicNetwork | None = None, trusted: SSLContext | None = None
) -> httpx.AsyncHTTPTransport:
    """httpx's transport over the public network; `trusted` are the certificates of authorities other than the usual."""
    context = trusted or httpx.create_ssl_context()
    transport = httpx.AsyncHTTPTransport(verify=context)
    # httpx 0.28 takes no network backend, so ours comes in with the pool
    transport._pool = httpcore.AsyncConnectionPool(
        ssl_context=context,
        max_connections=most_connections,
        keepalive_expiry=KEPT_SECONDS,
        network_backend=network or PublicNetwork(),
    )
    return transport


def _behind_nat64(address: IPv6Address) -> IPv4Address | None:
    return IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None
