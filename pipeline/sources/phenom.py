"""Phenom's career sites: a sitemap on the company's own host, and a page with JobPosting for every posting.

A board's token is that host. The API behind the pages stands behind a bot wall on some sites, and is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from pipeline.fetching.faults import FetchError
from pipeline.fetching.web import Client
from pipeline.posting import Board, RawPosting, Reject
from pipeline.sources import About
from pipeline.sources.jobposting_pages.posting import NAMES_PEOPLE
from pipeline.sources.jobposting_pages.site import fetch_site, read_site, site_listing

ABOUT = About("Phenom", is_asked_for=True, names_people=NAMES_PEOPLE)
_JOB = re.compile(
    r"/(?P<language>[a-z]{2})/job/(?P<id>[^/?#]+)", re.IGNORECASE
)  # such as /global/en/job/R-1042/Engineer


async def fetch(client: Client, board: Board) -> bytes:
    """The sitemap, then every page that is new or changed. Raises FetchError for a sitemap without a posting's page."""
    if not re.fullmatch(r"(?:[\w-]+\.)+[\w-]+", board.token):
        raise FetchError(f"{board.token!r} is not a host, such as careers.kestrel.example.com")
    payload = await fetch_site(client, f"https://{board.token.casefold()}/sitemap.xml", LISTING)
    if not any(LISTING.read(payload)):
        raise FetchError("its sitemap lists no page of a posting")
    return payload


def read(payload: bytes) -> Iterator[RawPosting | Reject]:
    """Every posting of the pages that were listed and still there when they were asked for."""
    return read_site(payload, LISTING)


def token_in(url: str) -> str | None:
    """None: any host may be one, which its pages tell."""
    return None


def _pages_of(addresses: list[str]) -> dict[str, str]:
    """The page of every posting, once: the English one of those that a site has in several languages."""
    once: dict[str, str] = {}
    for address in addresses:
        job = _JOB.search(urlsplit(address).path)
        if job and (job["id"] not in once or job["language"].lower() == "en"):
            once[job["id"]] = address
    return {address: address for address in once.values()}


LISTING = site_listing(_pages_of)
