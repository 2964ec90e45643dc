"""Teamtailor's feed of jobs (RSS) in pages of 100, on the company's own host: a board's token is that host.

The feed: support.teamtailor.com/en/articles/11171756-rss-feed-how-to-guide; its fields, as others read them: we have no
real answer. The JSON feed beside it has neither the department nor whether a job is remote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode, urlsplit
from xml.etree import ElementTree

from pipeline.fetching.faults import AddressError
from pipeline.fetching.feeds import elements, parsed, said
from pipeline.fetching.paging import Page, every_page
from pipeline.fetching.payload import bundle, bundled, each
from pipeline.fetching.web import Client
from pipeline.posting import Board, RawPlace, RawPosting, Reject
from pipeline.sources import About

ABOUT = About("Teamtailor")
_FEED = re.compile(
    r"(?:<\?xml[^>]*>\s*)?<rss\b[^>]*>\s*<channel>(?:(?!<item>).)*?((?:<item>.*</item>)?)\s*</channel>\s*</rss>",
    re.DOTALL,
)
_NAMESPACE = "https://teamtailor.com/locations"
_TT = f"{{{_NAMESPACE}}}"
_GUID = re.compile(r"<guid[^>]*>\s*([^<\s]+)\s*</guid>")
_HOST = re.compile(
    r"(?!(?:www|app|api|support|help|docs|blog|info|get|scripts|assets)\.)[\w-]+(?:\.na)?\.teamtailor\.com"
)
_REMOTE = {"fully": True, "none": False}


async def fetch(client: Client, board: Board) -> bytes:
    """Every page of the feed, which does not say how many there are. Raises AddressError for a token that is no host."""
    host = board.token.casefold()
    if not re.fullmatch(r"(?:[\w-]+\.)+[\w-]+", host):
        raise AddressError(f"{board.token!r} is not a host, such as kestrel.teamtailor.com")
    feed = f"https://{host}/jobs.rss"

    async def ask(offset: int) -> Page:
        asked = {"offset": str(offset), "per_page": "100"}
        body = await client.get(feed, **asked)
        return Page((f"{feed}?{urlencode(asked)}", body), [str(item["id"]) for item in _items(body)])

    return bundle(page.answer for page in await every_page(ask))


def read(payload: bytes) -> Iterator[RawPosting | Reject]:
    """Every job of every page; one that moved between two pages comes twice."""
    return each((item for _, body in bundled(payload) for item in _items(body)), _posting)


def token_in(url: str) -> str | None:
    """The company's host at Teamtailor; a domain of its own is told by its pages."""
    host = (urlsplit(url if "//" in url else f"//{url}").hostname or "").casefold()
    return host if _HOST.fullmatch(host) else None


def _items(body: bytes) -> list[dict[str, Any]]:
    """The XML of every job with its id. Raises PayloadError."""
    found = ((_GUID.search(xml), xml) for xml in elements(_FEED, body, "item"))
    return [{"id": guid and guid[1], "xml": xml} for guid, xml in found]


def _posting(item: dict[str, Any]) -> RawPosting:
    job = parsed(item["xml"].replace("<item>", f'<item xmlns:tt="{_NAMESPACE}">', 1))
    remote = said(job, "remoteStatus")
    return RawPosting(
        native_id=said(job, "guid") or "",
        title=said(job, "title"),
        html=job.findtext("description") or "",
        url=said(job, "link"),
        places=_places(job),
        workplace_type=remote,
        is_remote=_REMOTE.get(remote or ""),
        department=said(job, f"{_TT}department"),
        published=_day(said(job, "pubDate")),
    )


def _places(job: ElementTree.Element) -> tuple[RawPlace, ...]:
    """Every location: its city and country, and the name that the company gave it only where it has neither."""
    found = map(_place, job.iterfind(f"{_TT}locations/{_TT}location"))
    return tuple(dict.fromkeys(place for place in found if place != RawPlace()))


def _place(location: ElementTree.Element) -> RawPlace:
    city, country = said(location, f"{_TT}city"), said(location, f"{_TT}country")
    return RawPlace(None if city or country else said(location, f"{_TT}name"), city, None, country)


def _day(written: str | None) -> str | None:
    """A time as e-mail writes it ("Mon, 05 Oct 2026 09:00:00 +0200") in ISO 8601; as it is where it is none."""
    try:
        return written and parsedate_to_datetime(written).isoformat()
    except ValueError:
        return written
