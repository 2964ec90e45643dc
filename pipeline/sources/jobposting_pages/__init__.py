"""Pages with a schema.org JobPosting as JSON-LD: those of a sitemap, those a careers page links to, or one alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.fetching.faults import AddressError, DisallowedError, FetchError
from pipeline.fetching.pages import links
from pipeline.fetching.paging import each_asked
from pipeline.fetching.payload import PayloadError, bundle, bundled
from pipeline.fetching.sitemaps import Sitemap, read_sitemap
from pipeline.fetching.web import Client
from pipeline.posting import Board, RawPosting, Reject
from pipeline.sources import About
from pipeline.sources.jobposting_pages.posting import NAMES_PEOPLE, postings_on

ABOUT = About("Pages with JobPosting", names_people=NAMES_PEOPLE)
MOST_PAGES = 500
GONE = (404, 410)
LONGEST_ID = 500  # letters of an address that stands for an id


async def fetch(client: Client, board: Board) -> bytes:
    """Every page that could be read, in the order of their addresses.

    Pages that are gone or that robots.txt forbids are left out; any other fault is one of the board. A careers page is
    followed one link deep, on its own host: where it lists its jobs over several pages, name its sitemap instead.
    """
    body = await client.get_page(board.token)
    if sitemap := read_sitemap(body):
        urls = await _listed(client, sitemap)
    elif any(postings_on(board.token, body)):
        return bundle([(board.token, body)])
    elif not (urls := _each_once(links(board.token, body))):
        raise FetchError(f"{board.token} is no sitemap, has no JobPosting and links to no other page of its host")
    refused: list[AddressError] = []
    pages = [page for page in await each_asked(lambda url: _page(client, url, refused), urls) if page]
    if urls and len(pages) == len(refused):
        raise (
            refused[0]
            if refused
            else FetchError(f"none of its {len(urls)} pages can be read: each is gone, or robots.txt forbids it")
        )
    return bundle(pages)


def read(payload: bytes) -> Iterator[RawPosting | Reject]:
    """Every posting of every page. Raises PayloadError as `read_pages`."""
    return read_pages(bundled(payload))


def read_pages(pages: Sequence[tuple[str, bytes]]) -> Iterator[RawPosting | Reject]:
    """Every posting of the pages with their addresses. Raises PayloadError where there are pages, but none has a JobPosting."""
    found = [item for url, body in pages for item in postings_on(url, body)]
    if pages and not found:
        raise PayloadError(f"no page has a JobPosting as JSON-LD; the first of {len(pages)} is {pages[0][0]}")
    yield from (
        Reject("its page is empty, or at no public https address", url[:LONGEST_ID]) for url, body in pages if not body
    )
    yield from (item for item in found if isinstance(item, Reject))
    yield from _joined(item for item in found if isinstance(item, RawPosting))


def token_in(url: str) -> str | None:
    """None: such a page is known by what it holds, and any address may be one."""
    return None


async def _listed(client: Client, sitemap: Sitemap) -> list[str]:
    """The pages of a sitemap, or of the sitemaps that an index lists."""
    listed = _each_once(sitemap.addresses)
    if not sitemap.is_index:
        return listed
    found: list[str] = []
    for url in listed:
        inner = read_sitemap(await _ask(client, url))
        if inner is None or inner.is_index:
            raise FetchError(f"{url} stands in an index of sitemaps, but lists no pages")
        found = _each_once([*found, *inner.addresses])
    return found


async def _page(client: Client, url: str, refused: list[AddressError]) -> tuple[str, bytes] | None:
    """A page with its address; None where it is gone or robots.txt forbids it.

    One that is listed under no public address is `refused`: it has nothing in it, and costs itself alone.
    """
    try:
        return url, await _ask(client, url)
    except AddressError as error:
        refused.append(error)
        return url, b""
    except FetchError as error:
        if isinstance(error, DisallowedError) or error.status in GONE:
            return None
        raise


async def _ask(client: Client, url: str) -> bytes:
    """One of several answers; its fault names its address."""
    try:
        return await client.get_page(url)
    except FetchError as error:
        raise type(error)(f"{url}: {error}", error.status) from None


def _each_once(urls: Iterable[str]) -> list[str]:
    """Addresses in a stable order, over https however they were written. Raises FetchError for more than MOST_PAGES."""
    found = sorted({re.sub(r"^http://", "https://", url) for url in urls})
    if len(found) > MOST_PAGES:
        raise FetchError(f"it leads to more than {MOST_PAGES} pages: name a sitemap or page of the jobs alone")
    return found


def _joined(found: Iterable[RawPosting]) -> Iterator[RawPosting]:
    """A job with a page for each of its places is one posting; different jobs under one identifier stay apart."""
    jobs: dict[tuple[str | None, ...], RawPosting] = {}
    for posting in found:
        first = jobs.setdefault((posting.native_id, posting.title, posting.company), posting)
        places = tuple(dict.fromkeys(first.places + posting.places))
        jobs[posting.native_id, posting.title, posting.company] = replace(first, places=places)
    shared = Counter(posting.native_id for posting in jobs.values())
    for posting in jobs.values():
        is_own = shared[posting.native_id] == 1
        yield posting if is_own else replace(posting, native_id=f"{posting.url}#{posting.title}")
