"""Eightfold's career sites: a list in pages of 10, and a request for every posting's text, on the company's own host.

Eightfold documents it nowhere; the older list is that of a real answer, the rest has the form that others read. A board's
token is `host/domain`, the domain being the company's name there: "kestrel.eightfold.ai/kestrel.example.com".
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urljoin, urlsplit

from pipeline.fetching.details import Listing, id_in
from pipeline.fetching.faults import FetchError
from pipeline.fetching.paging import Page, every_page
from pipeline.fetching.payload import PayloadError, count, each, identifier, items, number, words
from pipeline.fetching.web import Client
from pipeline.posting import Board, RawPlace, RawPosting, Reject
from pipeline.sources import About

ABOUT = About("Eightfold", is_asked_for=True)
PAGE = 10  # postings, whatever number is asked for
MOST_ASKED = 250  # requests a visit; after some 290 from one address a host answers 403 for a while
LISTS = (("api/pcsx/search", "data.count"), ("api/apply/v2/jobs", "count"))  # a site answers to one of them only
REFUSED = (403, 404)
_TOKEN = re.compile(r"(?P<host>(?:[\w-]+\.)+[\w-]+)/(?P<domain>(?:[\w-]+\.)+[\w-]+)")


async def fetch(client: Client, board: Board) -> bytes:
    """Every page of the list, then the postings that are new or changed, as many as MOST_ASKED allows.

    The others are listed without their text, and asked for on later days.
    """
    token = _TOKEN.fullmatch(board.token)
    if token is None:
        raise FetchError(f"{board.token!r} is not host/domain, such as kestrel.eightfold.ai/kestrel.example.com")
    try:
        pages = await _pages(client, token, *LISTS[0])
    except FetchError as error:
        if error.status not in REFUSED:
            raise
        pages = await _pages(client, token, *LISTS[1])
    return await LISTING.board(client, pages, max(0, MOST_ASKED - len(pages)))


async def _pages(client: Client, token: re.Match[str], path: str, total_at: str) -> list[Page]:
    """Every page of one of the two lists.

    Raises FetchError for a list that is empty, as that of an unknown domain may be, or too long to be asked for in one visit.
    """
    url = f"https://{token['host'].lower()}/{path}"

    async def ask(offset: int) -> Page:
        asked = {"domain": token["domain"], "start": str(offset), "num": str(PAGE)}
        body = await client.get(url, **asked)
        total = count(body, total_at)
        if total == 0:
            raise FetchError("no postings: whether the domain is unknown there or lists nothing, it does not say")
        if total is not None and total > MOST_ASKED * PAGE:
            raise FetchError(f"it has {total} postings, more than the {MOST_ASKED} requests that it answers can list")
        return LISTING.page(f"{url}?{urlencode(asked)}", body, total)

    return await every_page(ask)


def read(payload: bytes) -> Iterator[RawPosting | Reject]:
    """Every posting that was listed and, where it was asked for, still there."""
    return each(LISTING.read(payload), _posting)


def token_in(url: str) -> str | None:
    """The board of a page at Eightfold that says the company's domain (`?domain=`), or of a token."""
    if found := _TOKEN.fullmatch(url):
        return url.lower() if found["host"].lower().endswith(".eightfold.ai") else None
    parts = urlsplit(url if "//" in url else f"//{url}")
    host, domain = (parts.hostname or "").lower(), parse_qs(parts.query).get("domain")
    return f"{host}/{domain[0].lower()}" if domain and host.endswith(".eightfold.ai") else None


def _rows(body: bytes) -> list[Any]:
    """The postings of a page of either list. Raises PayloadError."""
    try:
        return items(body, "data.positions")
    except PayloadError:
        return items(body, "positions")


def _address(page: str, row: Any) -> str:
    """Where a posting is told in full, which is the same for both lists; empty where that is not said."""
    native_id, parts = id_in(row, "id"), urlsplit(page)
    domain = parse_qs(parts.query).get("domain", [""])[0]
    address = f"https://{parts.hostname}/api/apply/v2/jobs/{native_id}?domain={quote(domain)}"
    return address if native_id and domain else ""


LISTING = Listing(_rows, _address, marks=("name", "location", "locations", "postedTs", "t_create", "t_update"))


def _posting(row: dict[str, Any]) -> RawPosting:
    job = row if row["detail"] is None else row | json.loads(row["detail"])
    seconds = number(job.get("postedTs")) or number(job.get("t_create"))
    page = words(job.get("positionUrl"))
    return RawPosting(
        native_id=identifier(row["id"]),
        title=words(job.get("name")),
        html=job.get("job_description") or "",
        url=words(job.get("canonicalPositionUrl")) or (urljoin(row["address"], page) if page else None),
        places=_places(job),
        workplace_type=words(job.get("workLocationOption")) or words(job.get("work_location_option")),
        department=words(job.get("department")),
        published=int(seconds * 1000) if seconds else None,
    )


def _places(job: dict[str, Any]) -> tuple[RawPlace, ...]:
    """Every location as words, in Eightfold's own order where it is told: a company's may begin with the country."""
    named = job.get("standardizedLocations") or job.get("locations") or [job.get("location")]
    return tuple(RawPlace(words=name) for name in dict.fromkeys(map(words, named)) if name)
