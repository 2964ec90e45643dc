"""Gem's Job Board API: the whole board in one answer.

Endpoint and fields: api.gem.com/job_board/v0/reference, as others read it; we have no real answer. It has the form of
Greenhouse's, without the envelope. Of pay it has no field; a token is compared in its letter case.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from pipeline.fetching.payload import each, identifier, items, token_at, words
from pipeline.fetching.web import Client
from pipeline.posting import Board, RawPlace, RawPosting, Reject
from pipeline.sources import About

ABOUT = About("Gem")


async def fetch(client: Client, board: Board) -> bytes:
    """The board with its texts and offices; without the slash at the end the address is another."""
    return await client.get_whole(f"https://api.gem.com/job_board/v0/{quote(board.token, safe='')}/job_posts/")


def read(payload: bytes) -> Iterator[RawPosting | Reject]:
    """Every posting of the board."""
    return each(items(payload, None), _posting)


def token_in(url: str) -> str | None:
    """The board of a page or an API address; the pages' own API (`/api/`) names none."""
    token = token_at(url, "api.gem.com/job_board/v0/{token}", "jobs.gem.com/{token}")
    return None if token == "api" else token


def _posting(job: dict[str, Any]) -> RawPosting:
    return RawPosting(
        native_id=identifier(job["id"]),
        title=words(job.get("title")),
        html=job.get("content") or job.get("content_plain") or "",
        url=words(job.get("absolute_url")),
        places=_places(job),
        workplace_type=words(job.get("location_type")),
        department=next((words(one.get("name")) for one in job.get("departments") or ()), None),
        employment_type=words(job.get("employment_type")),
        published=words(job.get("first_published_at")),
    )


def _places(job: dict[str, Any]) -> tuple[RawPlace, ...]:
    """The place of every office; the posting's own only where no office has one."""
    of_offices = (_name(office.get("location")) for office in job.get("offices") or ())
    named = tuple(dict.fromkeys(name for name in of_offices if name)) or (_name(job.get("location")),)
    return tuple(RawPlace(words=name) for name in named if name)


def _name(location: dict[str, Any] | None) -> str | None:
    return words((location or {}).get("name"))
