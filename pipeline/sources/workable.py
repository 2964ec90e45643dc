"""Workable's widget API: the whole board in one answer, a posting once for each of its locations.

Endpoint and fields: workable.readme.io/reference/jobs-1 (its address leads on to this one), and real answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from pipeline.fetching.payload import each, items, joined, subdomain_at, token_at, words
from pipeline.fetching.web import Client
from pipeline.posting import Board, RawPlace, RawPosting, Reject
from pipeline.sources import About

ABOUT = About("Workable", company_at=("name",))


async def fetch(client: Client, board: Board) -> bytes:
    """The board with descriptions, which hold requirements and benefits too."""
    url = f"https://apply.workable.com/api/v1/widget/accounts/{quote(board.token, safe='')}"
    return await client.get_whole(url, details="true")


def read(payload: bytes) -> Iterator[RawPosting | Reject]:
    """Every posting of the board, once."""
    return joined(each(items(payload, "jobs"), _posting, id_key="shortcode"))


def token_in(url: str) -> str | None:
    """The account of a page or an API address; a short link to a posting (`/j/CODE`) names none."""
    api = ("apply.workable.com/api/v1/widget/accounts/{token}", "apply.workable.com/api/v3/accounts/{token}")
    account = token_at(url, *api, "workable.com/api/accounts/{token}", "apply.workable.com/{token}")
    return subdomain_at(url, "workable.com") if account in (None, "api", "j") else account


def _posting(job: dict[str, Any]) -> RawPosting:
    return RawPosting(
        native_id=words(job.get("shortcode")) or "",
        title=words(job.get("title")),
        html=job.get("description") or "",
        url=words(job.get("url")),
        places=_places(job),
        is_remote=job.get("telecommuting"),
        department=words(job.get("department")),
        employment_type=words(job.get("employment_type")),
        published=words(job.get("published_on")),
        level=words(job.get("experience")),
    )


def _places(job: dict[str, Any]) -> tuple[RawPlace, ...]:
    """Every location that is shown; the row's own fields, which repeat hidden ones too, only where it lists none."""
    listed = job.get("locations") or [{**job, "region": job.get("state")}]
    found = (_place(location) for location in listed if not location.get("hidden"))
    return tuple(place for place in found if place != RawPlace())


def _place(location: dict[str, Any]) -> RawPlace:
    return RawPlace(
        city=words(location.get("city")),
        region=words(location.get("region")),
        country=words(location.get("country")),
    )
