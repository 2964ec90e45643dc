"""Sites whose sitemap lists a page for every posting: a page is asked for where it is new, or changed by its `lastmod`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from pipeline.fetching.details import Listing
from pipeline.fetching.faults import DisallowedError, FetchError
from pipeline.fetching.pages import json_ld
from pipeline.fetching.payload import PayloadError
from pipeline.fetching.sitemaps import read_sitemap, unzipped
from pipeline.fetching.web import Client
from pipeline.markup import MarkupError
from pipeline.posting import RawPosting, Reject
from pipeline.sources.jobposting_pages import read_pages

NOTHING = b"<!-- no JSON-LD -->"


def site_listing(pages_of: Callable[[list[str]], dict[str, str]]) -> Listing:
    """How a sitemap lists postings; `pages_of` tells, of the addresses it lists, those of postings and the page to ask."""

    def rows(body: bytes) -> list[Any]:
        try:
            sitemap = read_sitemap(body)
        except FetchError as error:
            raise PayloadError(str(error)) from None
        if sitemap is None:
            raise PayloadError(f"the answer is no sitemap (it starts {body[:40].decode('utf-8', 'replace').strip()!r})")
        pages = {} if sitemap.is_index else pages_of(sitemap.addresses)
        return [{"page": page, "lastmod": sitemap.changed.get(address)} for address, page in pages.items()]

    return Listing(rows, lambda _, row: str(row["page"]), marks=("lastmod",), ask=linked_data)


async def fetch_site(client: Client, url: str, listing: Listing) -> bytes:
    """The sitemap and those that it leads to, then the JSON-LD of every page that is new or changed."""
    body = unzipped(await client.get_page(url))
    pages = [listing.page(url, body)]
    sitemap = read_sitemap(body)
    for inner in sitemap.addresses if sitemap and sitemap.is_index else ():
        pages.append(listing.page(inner, unzipped(await client.get_page(inner))))
    return await listing.board(client, pages)


def read_site(payload: bytes, listing: Listing) -> Iterator[RawPosting | Reject]:
    """Every posting of the pages that were listed and still there. Raises PayloadError as `read_pages`.

    The company is the board's, whichever of its legal persons a page names.
    """
    pages = [(row["address"], row["detail"]) for row in listing.read(payload) if row["detail"] is not None]
    return (item if isinstance(item, Reject) else replace(item, company=None) for item in read_pages(pages))


async def linked_data(client: Client, url: str) -> bytes:
    """The JSON-LD of a page, all that is kept of it; NOTHING where it has none or robots.txt forbids it.

    Raises as `Client.get_page`.
    """
    try:
        blocks = list(json_ld(await client.get_page(url)))
    except (DisallowedError, MarkupError):
        return NOTHING
    return "\n".join(f'<script type="application/ld+json">{block}</script>' for block in blocks).encode() or NOTHING
