"""Workday CXS, the API behind Workday's career sites: a list in pages of 20, and a request for every posting.

Workday documents it nowhere; endpoints and fields are those of real answers. A board's token is the
address of its site, `host/site`: "kestrel.wd5.myworkdayjobs.com/External".
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import quote, unquote

from pipeline.fetching.details import Listing
from pipeline.fetching.faults import FetchError
from pipeline.fetching.paging import Page, every_page
from pipeline.fetching.payload import count, each, items, words
from pipeline.fetching.web import Client
from pipeline.posting import Board, RawPlace, RawPosting, Reject
from pipeline.sources import About

ABOUT = About("Workday", is_asked_for=True)
CAP = 2000
_SITE = re.compile(
    r"(?:https?://)?(?P<host>(?P<tenant>[\w-]+)\.wd\d+\.myworkdayjobs\.com)/"
    r"(?:wday/cxs/(?P=tenant)/|[a-z]{2}-[a-z]{2}/)?"
    r"(?!(?:wday|job|[a-z]{2}-[a-z]{2})(?:[/?#]|$))(?P<site>[^/?#]+)",  # what stands there without a site
    re.IGNORECASE,
)


async def fetch(client: Client, board: Board) -> bytes:
    """Every page of the list, then every posting that is new or changed.

    Raises FetchError for a board that says it has CAP postings: many sites count no further, and
    answer what is asked for behind with their first page again, so that the rest cannot be read and
    would look closed.
    """
    token = token_in(board.token)
    if token is None:
        raise FetchError(f"{board.token!r} is not host/site, such as kestrel.wd5.myworkdayjobs.com/External")
    host, _, site = token.partition("/")
    url = f"https://{host}/wday/cxs/{host.partition('.')[0]}/{quote(site, safe='')}/jobs"

    async def ask(offset: int) -> Page:
        body = await client.post(url, {"appliedFacets": {}, "limit": 20, "offset": offset, "searchText": ""})
        total = count(body, "total") if offset == 0 else None  # later pages say 0
        if total == CAP:
            raise FetchError(f"it counts its postings to {CAP} and no further, so that the rest would be missed")
        return LISTING.page(url, body, total)

    return await LISTING.board(client, await every_page(ask))


def read(payload: bytes) -> Iterator[RawPosting | Reject]:
    """Every posting that was listed and still there when it was asked for."""
    return each(map(_named, LISTING.read(payload)), _posting)


def token_in(url: str) -> str | None:
    """The board of a page (with or without a locale) or an API address."""
    found = _SITE.match(url)
    return f"{found['host'].lower()}/{unquote(found['site'])}" if found else None


def _path(row: Any) -> str:
    """A posting's path on its site, "/job/Berlin/Data-Engineer_R-1042"; empty for a row without one."""
    path = row.get("externalPath") if isinstance(row, dict) else None
    return quote(path, safe="/%") if isinstance(path, str) else ""


def _address(page: str, row: Any) -> str:
    """Where a posting is told in full; empty where that is not said."""
    path = _path(row)
    return f"{page.removesuffix('/jobs')}{path}" if path else ""


# not `postedOn`, which says every day that it is a day older
LISTING = Listing(partial(items, key="jobPostings"), _address, marks=("title", "locationsText", "bulletFields"))


def _named(row: Any) -> Any:
    """A row with an id: the requisition's, in which its path ends."""
    path = _path(row)
    return row | {"id": path.rpartition("/")[2].rpartition("_")[2]} if path else row


def _posting(row: dict[str, Any]) -> RawPosting:
    path_id = row["id"]
    job = {} if row["detail"] is None else json.loads(row["detail"])["jobPostingInfo"]
    return RawPosting(
        native_id=words(job.get("jobReqId")) or path_id,  # a new title gives a new path, which ends in "R-1042-1"
        title=words(job.get("title")) or words(row.get("title")),
        html=words(job.get("jobDescription")) or "",
        url=words(job.get("externalUrl")) or re.sub(r"/wday/cxs/[^/]+", "", row["address"]),
        places=_places(job),
        workplace_type=words(job.get("remoteType")),
        employment_type=words(job.get("timeType")),
        published=words(job.get("startDate")),
        valid_through=words(job.get("endDate")),
    )


def _places(job: dict[str, Any]) -> tuple[RawPlace, ...]:
    """The main location, whose country is told, and every further one."""
    main = RawPlace(words=words(job.get("location")), country=words((job.get("country") or {}).get("descriptor")))
    further = (RawPlace(words=words(location)) for location in job.get("additionalLocations") or ())
    return tuple(place for place in (main, *further) if place != RawPlace())
