"""BambooHR's careers site: a list in one answer, and a request for every posting, on the company's own host.

BambooHR documents it nowhere; the list is that of real answers, a posting's own answer has the form that others read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from html import escape
from typing import Any
from urllib.parse import quote

from pipeline.fetching.details import Listing, id_in
from pipeline.fetching.faults import FetchError
from pipeline.fetching.payload import each, identifier, items, subdomain_at, total_in, words
from pipeline.fetching.web import Client
from pipeline.posting import Board, RawPlace, RawPosting, Reject
from pipeline.sources import About

ABOUT = About("BambooHR")
_WORKPLACES = {"0": "on site", "1": "remote", "2": "hybrid"}  # `locationType`


async def fetch(client: Client, board: Board) -> bytes:
    """The list, then every posting that is new or changed.

    A company that it does not know is redirected to BambooHR's own site, which is no list and so a failure.
    """
    url = f"https://{quote(board.token, safe='')}.bamboohr.com/careers/list"
    page = LISTING.page(url, body := await client.get(url))
    if (total_in(body, ("meta", "totalCount")) or 0) > len(page.ids):
        raise FetchError("it says that it has more postings than it lists")
    return await LISTING.board(client, [page])


def read(payload: bytes) -> Iterator[RawPosting | Reject]:
    """Every posting that was listed and still there when it was asked for."""
    return each(LISTING.read(payload), _posting)


def token_in(url: str) -> str | None:
    """The company of a page."""
    return subdomain_at(url, "bamboohr.com")


def _address(page: str, row: Any) -> str:
    """Where a posting is told in full; empty where that is not said."""
    native_id = id_in(row, "id")
    return f"{page.removesuffix('/list')}/{native_id}/detail" if native_id else ""


LISTING = Listing(
    partial(items, key="result"),
    _address,
    marks=("jobOpeningName", "departmentLabel", "employmentStatusLabel", "location", "atsLocation", "locationType"),
)


def _posting(row: dict[str, Any]) -> RawPosting:
    own = {} if row["detail"] is None else json.loads(row["detail"])["result"]["jobOpening"]
    job = row | own
    return RawPosting(
        native_id=identifier(row["id"]),
        title=words(job.get("jobOpeningName")),
        html=_html(job),
        url=words(job.get("jobOpeningShareUrl")) or row["address"].removesuffix("/detail"),
        places=_places(job),
        workplace_type=_WORKPLACES.get(str(job.get("locationType"))),
        is_remote=job.get("isRemote"),
        department=words(job.get("departmentLabel")),
        employment_type=words(job.get("employmentStatusLabel")),
        published=words(job.get("datePosted")),
        level=words(job.get("minimumExperience")),
    )


def _html(job: dict[str, Any]) -> str:
    """The description, then what the board says of pay, in words of its own."""
    pay = words(job.get("compensation"))
    parts = (job.get("description"), pay and f"<p>Compensation: {escape(pay)}</p>")
    return "\n".join(part for part in parts if part)


def _places(job: dict[str, Any]) -> tuple[RawPlace, ...]:
    """The company's location; that of the advertisement (`atsLocation`), which mostly is empty, where it has none."""
    found = (_place(job.get(name) or {}) for name in ("location", "atsLocation"))
    return tuple(place for place in found if place != RawPlace())[:1]


def _place(location: dict[str, Any]) -> RawPlace:
    return RawPlace(
        city=words(location.get("city")),
        region=words(location.get("state")) or words(location.get("province")),
        country=words(location.get("addressCountry")) or words(location.get("country")),
    )
