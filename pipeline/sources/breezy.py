"""Breezy's list of positions, in one answer on the company's own host, and a page with JobPosting for each.

Breezy documents the list nowhere; it has the form that others read, as we have no real answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from html import escape
from typing import Any
from urllib.parse import quote

from pipeline.fetching.details import Listing
from pipeline.fetching.payload import each, identifier, items, subdomain_at, words
from pipeline.fetching.web import Client
from pipeline.posting import Board, RawPlace, RawPosting, Reject
from pipeline.sources import About
from pipeline.sources.jobposting_pages.posting import NAMES_PEOPLE, postings_on
from pipeline.sources.jobposting_pages.site import linked_data

ABOUT = About("Breezy", names_people=NAMES_PEOPLE)


async def fetch(client: Client, board: Board) -> bytes:
    """The list, then the page of every position that is new or changed.

    A company that it does not know is redirected to Breezy's own site, which is no list and so a failure.
    """
    url = f"https://{quote(board.token, safe='')}.breezy.hr/json"
    return await LISTING.board(client, [LISTING.page(url, await client.get(url))])


def read(payload: bytes) -> Iterator[RawPosting | Reject]:
    """Every position that was listed and whose page was still there when it was asked for."""
    return each(LISTING.read(payload), _posting)


def token_in(url: str) -> str | None:
    """The company of a page or the list."""
    return subdomain_at(url, "breezy.hr")


def _address(_: str, row: Any) -> str:
    """The position's page; empty where it is not said."""
    page = row.get("url") if isinstance(row, dict) else None
    return page if isinstance(page, str) else ""


LISTING = Listing(
    partial(items, key=None),
    _address,
    marks=("name", "published_date", "location", "locations", "salary"),
    ask=linked_data,
)


def _posting(row: dict[str, Any]) -> RawPosting:
    """The row, with what its page says of the text, pay and experience."""
    native_id, salary = identifier(row["id"]), words(row.get("salary"))
    found = postings_on(row["address"], row["detail"]) if row["detail"] is not None else ()
    page = next((item for item in found if isinstance(item, RawPosting)), RawPosting(native_id, None, ""))
    places = row.get("locations") or [row.get("location") or {}]
    return RawPosting(
        native_id=native_id,
        title=words(row.get("name")),
        html="\n".join(filter(None, (page.html, salary and f"<p>Salary: {escape(salary)}</p>"))),
        url=row["address"],
        places=tuple(place for place in map(_place, places) if place != RawPlace()),
        is_remote=max(
            (place["is_remote"] for place in places if isinstance(place.get("is_remote"), bool)), default=None
        ),
        department=words(row.get("department")),
        employment_type=words((row.get("type") or {}).get("name")),
        published=words(row.get("published_date")) or page.published,
        pay=page.pay,
        valid_through=page.valid_through,
        level=page.level,
    )


def _place(location: dict[str, Any]) -> RawPlace:
    """A location in its parts; as words where it has none."""
    region, country = ((location.get(name) or {}).get("name") for name in ("state", "country"))
    city = words(location.get("city"))
    return RawPlace(
        None if city or region or country else words(location.get("name")), city, words(region), words(country)
    )
