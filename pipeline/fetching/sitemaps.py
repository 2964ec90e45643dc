"""Reads what a sitemap lists: sitemaps.org/protocol.html."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from xml.etree import ElementTree

from pipeline.fetching.answers import MAX_BODY
from pipeline.fetching.faults import FetchError
from pipeline.fetching.gunzip import Gunzip

_ROOT = re.compile(rb"<(?:[\w.-]+:)?(\w+)")  # the first element, whatever stands before it
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The addresses a sitemap lists: of pages, or, in an index, of further sitemaps.

    `changed` has what it says of when an address changed last (`lastmod`), where it says so.
    """

    is_index: bool
    addresses: list[str]
    changed: dict[str, str]


def read_sitemap(body: bytes) -> Sitemap | None:
    """The sitemap that an answer is, gzipped or not; None for an answer that is none.

    Raises FetchError for one that is not whole. One that declares entities is refused, for they may be a bomb; it is
    looked at as the text that is parsed, so that no other encoding hides them.
    """
    body = unzipped(body)
    root = _ROOT.search(body)
    if root is None or root[1] not in (b"urlset", b"sitemapindex"):
        return None
    try:
        text = body.decode("utf-8-sig")
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            raise ValueError("it declares entities")
        listed = ElementTree.fromstring(text).findall("*")
    except (ValueError, ElementTree.ParseError) as error:
        raise FetchError(f"the sitemap cannot be read: {error}") from None
    # not the `loc` of an image, which stands deeper
    told = [
        ((loc.text or "").strip(), entry.findtext("{*}lastmod")) for entry in listed for loc in entry.findall("{*}loc")
    ]
    changed = {address: day.strip() for address, day in told if day}
    return Sitemap(root[1] == b"sitemapindex", [address for address, _ in told], changed)


def unzipped(body: bytes) -> bytes:
    """The body of a sitemap that may come gzipped. Raises FetchError."""
    if not body.startswith(_GZIP):
        return body
    gunzip, pieces, size = Gunzip(), list[bytes](), 0
    try:
        for piece in gunzip.feed(body):
            pieces.append(piece)
            size += len(piece)
            if size > MAX_BODY:
                raise FetchError(f"the sitemap is larger than {MAX_BODY // 2**20} MiB")
    except zlib.error as error:
        raise FetchError(f"the sitemap cannot be unzipped: {error}") from None
    if not gunzip.is_whole:
        raise FetchError("the sitemap is cut short")
    return b"".join(pieces)
