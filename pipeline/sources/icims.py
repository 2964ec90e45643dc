"""iCIMS career portals: a sitemap on the company's host there, and a page with JobPosting for every posting.

A board's token is what its host has behind `careers-`, else the whole host: "jobs-kestrel.icims.com". A page is asked for
as it stands in a frame, without which its text is not in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote, urlsplit

from pipeline.fetching.web import Client
from pipeline.posting import Board, RawPosting, Reject
from pipeline.sources import About
from pipeline.sources.jobposting_pages.posting import NAMES_PEOPLE
from pipeline.sources.jobposting_pages.site import fetch_site, read_site, site_listing

ABOUT = About("iCIMS", is_asked_for=True, names_people=NAMES_PEOPLE)
DOMAIN, USUAL, FRAME = ".icims.com", "careers-", "?in_iframe=1"
_JOB = re.compile(r"/jobs/(\d+)/")


async def fetch(client: Client, board: Board) -> bytes:
    """The sitemap, then every page that is new or changed; a board without postings lists its introduction alone."""
    host = board.token if "." in board.token else f"{USUAL}{quote(board.token, safe='')}{DOMAIN}"
    return await fetch_site(client, f"https://{host}/sitemap.xml", LISTING)


def read(payload: bytes) -> Iterator[RawPosting | Reject]:
    """Every posting of the pages that were listed and still there when they were asked for."""
    return map(_named, read_site(payload, LISTING))


def token_in(url: str) -> str | None:
    """The board of a page."""
    host = (urlsplit(url if "//" in url else f"//{url}").hostname or "").casefold()
    name = host.removesuffix(DOMAIN)
    if name == host or "." in name or "-" not in name:  # such as www, or the vendor's own
        return None
    return name.removeprefix(USUAL) if name.startswith(USUAL) else host


def _pages_of(addresses: list[str]) -> dict[str, str]:
    return {address: f"{address.partition('?')[0]}{FRAME}" for address in addresses if _JOB.search(address)}


LISTING = site_listing(_pages_of)


def _named(item: RawPosting | Reject) -> RawPosting | Reject:
    """A posting by the number and the address of its page, out of the frame."""
    if isinstance(item, Reject) or not item.url or not (job := _JOB.search(item.url)):
        return item
    return replace(item, native_id=job[1], url=item.url.removesuffix(FRAME))
