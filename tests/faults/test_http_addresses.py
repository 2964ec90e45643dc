"""Addresses that lead nowhere, or to where nobody should be led: told at connect, for every request and redirect."""

import asyncio
import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

import httpcore
import httpx
import pytest

from faults.asking import URL, Ask, ask, fault, page, reaches_nothing, refuses, whole
from faults.case import Case, proving
from faults.server import ANY_OTHER, PUBLIC, Answer, Server, Way, by_path, redirect, serving
from faults.server import whole as body
from pipeline.fetching.faults import AddressError, FetchError
from pipeline.fetching.public_network import PublicNetwork, is_public, public_transport, resolved
from pipeline.fetching.web import Client, Validators, open_web
from pipeline.posting import Board, RawPosting, Reject
from pipeline.sources import jobposting_pages

NOT_PUBLIC = {
    "loopback": "127.0.0.1", "loopback, another": "127.8.8.8", "private 10": "10.0.0.8", "private 172": "172.16.0.1",
    "private 192": "192.168.1.1", "link-local": "169.254.169.254", "unspecified": "0.0.0.0", "this network": "0.1.2.3",
    "carrier's": "100.64.0.1", "multicast": "224.0.0.1", "broadcast": "255.255.255.255", "reserved": "240.0.0.1",
    "for documents": "192.0.2.1", "for benchmarks": "198.18.0.1", "v6 loopback": "::1", "v6 unspecified": "::",
    "v6 link-local": "fe80::1", "v6 link-local with a zone": "fe80::1%lo", "v6 site-local": "fec0::1",
    "v6 unique local": "fd00::1", "v6 multicast": "ff02::1", "v6 for documents": "2001:db8::1",
    "mapped loopback": "::ffff:127.0.0.1", "mapped private": "::ffff:a00:8", "compatible": "::127.0.0.1",
    "NAT64 loopback": "64:ff9b::7f00:1", "NAT64 private": "64:ff9b::a00:8", "local NAT64": "64:ff9b:1::a00:8",
    "6to4 private": "2002:a00:8::1", "Teredo": "2001:0:a00:8::1",
}  # fmt: skip
PUBLIC_ONES = {"v4": "93.184.215.14", "v6": "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "mapped public": "::ffff:8.8.8.8",
               "NAT64 public": "64:ff9b::808:808"}  # fmt: skip
SPELT = {
    "decimal": "2130706433", "hexadecimal": "0x7f000001", "octal": "0177.0.0.1", "short": "127.1", "zero": "0",
    "full stop": "127.0.0.1.", "ideographic stops": "127。0。0。1", "full width": "１２７.０.０.１",
    "v6": "[::1]", "v6 written out": "[0:0:0:0:0:0:0:1]", "v6 mapped": "[::ffff:127.0.0.1]", "NAT64": "[64:ff9b::7f00:1]",
    "name": "localhost", "name under it": "a.localhost", "name and stop": "localhost.", "printer": "printer.local",
    "cloud": "metadata.google.internal", "user before it": "boards.example.com@127.0.0.1",
    "percent": "%6c%6f%63%61lhost", "capitals": "LOCALHOST",
}  # fmt: skip
SCHEMES = ["http://boards.example.com/", "ftp://boards.example.com/", "file:///etc/hostname", "data:text/html,jobs",
           "javascript:void(0)", "gopher://boards.example.com/", "HTTP://boards.example.com/", "unix:/run/x", "about:blank",
           "//127.0.0.1/", "ws://boards.example.com/"]  # fmt: skip
NO_ADDRESSES = {"open bracket": "https://[", "letters in the port": "https://boards.example.com:jobs/",
                "port too large": "https://boards.example.com:99999999/", "bad label": "https://xn--a.example.com\u2028/",
                "no host": "https:///jobs", "control letter": "https://boards.example.com/\x01",
                "too long": f"https://boards.example.com/{'a' * 70_000}",
                "bracketed name": "https://[boards.example.com]/"}  # fmt: skip


def told(name: str, address: str, public: bool) -> Case:
    """A name that resolves to that address, asked for over the product's own guard."""

    def proof(_: Path) -> None:
        assert is_public(address) == public
        names = {"boards.example.com": [address]}
        if not public:
            reaches_nothing(body(b"jobs"), names)
            return
        with serving(body(b"jobs"), names) as way:
            assert ask(way) == b"jobs"
            assert way.reached == [address]

    word = "connected to" if public else "refused before any connection"
    return Case(name, f"a name that resolves to {address}", word, proof)


def redirected(name: str, location: str, names: dict[str, Sequence[str]] | None = None) -> Case:
    def proof(_: Path) -> None:
        reaches_nothing(redirect(location), names or {}, asked=1)

    return Case(
        name, f"a redirect to {location[:60]!a}", "refused; nothing but the redirecting host was reached", proof
    )


def really(name: str, host: str) -> Case:
    """No part of it is the case's: the machine's own resolver and sockets, and a server that counts who comes."""

    def proof(_: Path) -> None:
        async def asked(port: int) -> None:
            network = PublicNetwork()
            try:
                await network.connect_tcp(host, port, timeout=10)
            except (AddressError, httpcore.ConnectError):
                return
            raise AssertionError("it was connected to")

        with Server(body(b"secret"), is_tls=False) as server:
            asyncio.run(asked(server.port))
            assert server.connections == 0

    return Case(name, f"{host} by the machine's own resolver", "the server on loopback counts no connection", proof)


def both(_: Path) -> None:
    names = {"boards.example.com": ["10.0.0.8", PUBLIC, "::1"]}
    with serving(body(b"jobs"), names) as way:
        assert ask(way) == b"jobs"
        assert way.reached == [PUBLIC]


def changes_its_mind(_: Path) -> None:
    """Public when it is asked for the rules, private when it is asked for the page (DNS rebinding)."""
    answers = [[PUBLIC], ["127.0.0.1"]]

    async def resolve(host: str, port: int) -> Sequence[str]:
        return answers.pop(0) if len(answers) > 1 else answers[0]

    with serving(by_path(robots=body(b""), jobs=body(b"secret"))) as way, patch.object(way, "resolve", resolve):
        assert "not on the public network" in str(fault(way, page))
        assert [asked.target for asked in way.server.asked] == ["/robots.txt"]


def second_address(_: Path) -> None:
    """The first of a host's addresses is dead."""
    names = {"boards.example.com": ["93.184.215.15", PUBLIC]}
    with serving(body(b"jobs"), names) as way:
        way.wire.dead.add("93.184.215.15")
        assert ask(way) == b"jobs"
        assert way.reached == ["93.184.215.15", PUBLIC]


def does_not_resolve(_: Path) -> None:
    names: dict[str, Sequence[str]] = {"boards.example.com": []}
    with serving(body(b"jobs"), names) as way:

        async def resolve(host: str, port: int) -> Sequence[str]:
            raise OSError("Name or service not known")

        with patch.object(way, "resolve", resolve):
            assert "does not resolve" in str(fault(way))
        assert way.server.connections == 0


def pages_of(way: Way) -> list[RawPosting | Reject]:
    async def asked() -> bytes:
        async with open_web(way.transport(), backoff_seconds=0.0, per_second=1e6) as web:
            board = Board("Kestrel", "jobposting_pages", "https://boards.example.com/sitemap.xml")
            return await jobposting_pages.fetch(web.client(Validators()), board)

    return list(jobposting_pages.read(asyncio.run(asked())))


def sitemap(*addresses: str) -> Answer:
    urls = "".join(f"<url><loc>{address}</loc></url>" for address in addresses)
    return body(f"<urlset>{urls}</urlset>".encode())


def job_page(title: str) -> Answer:
    said = {"@type": "JobPosting", "title": title, "identifier": title, "description": "Serve models."}
    return body(f'<script type="application/ld+json">{json.dumps(said)}</script>'.encode())


def listed(name: str, address: str) -> Case:
    """One bad address in a sitemap beside a good one."""

    def proof(_: Path) -> None:
        good = "https://boards.example.com/good"
        answers = by_path(sitemap=sitemap(good, address), good=job_page("Good"), bad=redirect("https://["))
        with serving(answers, {"intranet.example.com": ["10.0.0.8"]}) as way:
            found = pages_of(way)
            assert [item.title for item in found if isinstance(item, RawPosting)] == ["Good"]
            assert [item.native_id for item in found if isinstance(item, Reject)] == [address[:500]]
            assert set(way.reached) == {PUBLIC}

    return Case(
        name, f"a sitemap lists {address[:50]!a}", "that address fails alone, and is counted as a reject", proof
    )


def sitemap_as(name: str, answer: Answer, said: str = "") -> Case:
    """A sitemap of one page, written otherwise; `said` is the fault, where it is one."""

    def proof(_: Path) -> None:
        with serving(by_path(sitemap=answer, good=job_page("Good"), inner=whole_sitemap())) as way:
            if not said:
                assert [item.title for item in pages_of(way) if isinstance(item, RawPosting)] == ["Good"]
            else:
                with pytest.raises(FetchError, match=said):
                    pages_of(way)

    return Case(f"sitemap, {name}", f"a sitemap, {name}", "the board fails" if said else "its page is read", proof)


def whole_sitemap() -> Answer:
    return body(SITEMAP)


def redirects_are_bounded(_: Path) -> None:
    refuses(redirect(URL), "more than 5 redirects", 6)


def in_a_ring(_: Path) -> None:
    ring = by_path(jobs=redirect("https://jobs.example.com/more"), more=redirect(URL))
    refuses(ring, "more than 5 redirects", 6)


def by_token(name: str, token: str) -> Case:
    """What stands in a registry, as the address of a page."""

    def proof(_: Path) -> None:
        async def asked(client: Client) -> bytes:
            return await jobposting_pages.fetch(client, Board("Kestrel", "jobposting_pages", token))

        reaches_nothing(body(b"secret"), {}, asked)

    return Case(name, f"a board whose token is {token[:50]!a}", "fails alone; nothing was reached", proof)


def sends_no_credentials(_: Path) -> None:
    onward = by_path(jobs=redirect("https://jobs.example.com/more"), more=body(b"jobs"))

    async def asked(client: Client) -> bytes:
        return await client.get("https://kestrel:secret@boards.example.com/jobs")

    with serving(onward) as way:
        assert ask(way, asked) == b"jobs"
        assert "authorization" not in way.server.asked[1].headers


def proxies_are_not_asked(_: Path) -> None:
    """A proxy of the environment would resolve names in our place."""
    with Server(body(b"secret"), is_tls=False) as proxy, serving(body(b"jobs")) as way:
        with patch.dict(
            "os.environ", {"HTTPS_PROXY": f"http://127.0.0.1:{proxy.port}", "ALL_PROXY": "http://127.0.0.1:1"}
        ):
            assert ask(way) == b"jobs"
        assert proxy.connections == 0


def the_usual_way_is_guarded(_: Path) -> None:
    transport = public_transport(16)
    assert isinstance(transport, httpx.AsyncHTTPTransport)
    assert isinstance(transport._pool, httpcore.AsyncConnectionPool)
    network = transport._pool._network_backend
    assert isinstance(network, PublicNetwork)
    assert network._resolve is resolved


def private_page(name: str, ask: Ask) -> Case:
    return Case(
        f"private, {name}", f"a host in the intranet, asked by {name}", "refused before any connection",
        lambda _: reaches_nothing(body(b"secret"), {"boards.example.com": ["192.168.1.1"]}, ask),
    )  # fmt: skip


SITEMAP = b"<urlset><url><loc>https://boards.example.com/good</loc></url></urlset>"
INDEX = b"<sitemapindex><sitemap><loc>https://boards.example.com/%s.xml</loc></sitemap></sitemapindex>"
PACKED = gzip.compress(SITEMAP[:30]) + gzip.compress(SITEMAP[30:])
ELSEWHERE_LOOPBACK: dict[str, Sequence[str]] = {"boards.example.com": [PUBLIC], ANY_OTHER: ["127.0.0.1"]}
INTRANET: dict[str, Sequence[str]] = {"intranet.example.com": ["10.0.0.8"]}
CASES = [
    *(told(name, address, False) for name, address in NOT_PUBLIC.items()),
    *(told(f"public {name}", address, True) for name, address in PUBLIC_ONES.items()),
    *(really(f"really {name}", host) for name, host in {
        "v4": "127.0.0.1", "v6": "::1", "name": "localhost", "short": "127.1", "decimal": "2130706433", "zero": "0.0.0.0",
        "mapped": "::ffff:127.0.0.1", "long label": f"{'a' * 70}.example.com", "no such name": "kestrel.invalid"}.items()),
    *(redirected(f"redirect to loopback as {name}", f"https://{host}/", ELSEWHERE_LOOPBACK) for name, host in SPELT.items()),
    redirected("redirect to an intranet by name", "https://intranet.example.com/", INTRANET),
    *(redirected(f"redirect to {scheme.partition(':')[0] or 'a bare'} {number}", scheme)
      for number, scheme in enumerate(SCHEMES)),
    *(redirected(f"redirect to {name}", address) for name, address in NO_ADDRESSES.items()
      if name not in ("control letter", "too long", "bad label", "no host")),
    *(listed(f"sitemap: {name}", address) for name, address in {
        "open bracket": "https://[", "port": "https://boards.example.com:jobs/", "loopback": "https://127.0.0.1/",
        "intranet": "https://intranet.example.com/", "scheme": "ftp://boards.example.com/",
        "bad redirect": "https://boards.example.com/bad", "words": "see our jobs", "long": "https://a.example.com/" + "a" * 70_000,
      }.items()),
    *(by_token(f"token: {name}", token) for name, token in NO_ADDRESSES.items() if name != "bad label"),
    sitemap_as("plain", body(SITEMAP)),
    sitemap_as("in two gzip members", body(PACKED)),
    sitemap_as("packed twice over", body(gzip.compress(PACKED), content_encoding="gzip")),
    sitemap_as("with a byte-order mark", body(b"\xef\xbb\xbf" + SITEMAP)),
    sitemap_as("in an index", body(INDEX % b"inner")),
    sitemap_as("its second member cut", body(PACKED[:-9]), "cut short"),
    sitemap_as("other bytes behind it", body(PACKED + b"more"), "cannot be unzipped"),
    sitemap_as("an index of itself", body(INDEX % b"sitemap"), "lists no pages"),
    sitemap_as("an index without a sitemap", body(INDEX % b"gone"), "no such board"),
    sitemap_as("half of it", body(SITEMAP[:50]), "cannot be read"),
    sitemap_as("with entities", body(b'<!DOCTYPE u [<!ENTITY a "b">]>' + SITEMAP), "declares entities"),
    sitemap_as("of more pages than anybody has", sitemap(*(f"https://boards.example.com/{n}" for n in range(501))), "more than 500"),
    private_page("get_whole", whole),
    private_page("get_page", page),
    private_page("post", lambda client: client.post(URL, {})),
    Case("public and private", "a name with addresses of both kinds", "only the public one is connected to", both),
    Case("rebinding", "a name that is public once and then private", "the second request is refused", changes_its_mind),
    Case("second address", "the first of two addresses is dead", "the second is tried", second_address),
    Case("no such name", "a name that does not resolve", "a failure of the board", does_not_resolve),
    Case("redirects without end", "an address that redirects to itself", "ended after 5", redirects_are_bounded),
    Case("redirects in a ring", "two hosts that redirect to each other", "ended after 5", in_a_ring),
    Case("credentials", "a redirect to another host", "no credentials go with it", sends_no_credentials),
    Case("proxies", "a proxy in the environment", "it is not asked", proxies_are_not_asked),
    Case("the usual way", "the web as a run opens it", "its guard and its resolver are the real ones", the_usual_way_is_guarded),
]  # fmt: skip

test_holds = proving(CASES)
