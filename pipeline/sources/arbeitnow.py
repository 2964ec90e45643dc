"""Arbeitnow: postings of many companies, most of them in Germany and Europe. It has one board, `all`.

Endpoint: www.arbeitnow.com/blog/job-board-api; fields: documenter.getpostman.com/view/18545278/UVJbJdKh,
and examples of real answers; terms, which ask for a link back: www.arbeitnow.com/terms. The `search` of its
documents is not obeyed, so no token could narrow it. Pages are numbered, newest first, of 100 to 300
postings; the one behind the last is empty. `links.next` may carry a search nobody asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from typing import Any

from pipeline.fetching.faults import FetchError
from pipeline.fetching.paging import first_pages
from pipeline.fetching.payload import bundled, each, identifier, items, number, token_at, words
from pipeline.fetching.web import Client
from pipeline.posting import Board, RawPlace, RawPosting, Reject
from pipeline.reading.text import is_escaped
from pipeline.sources import About

ABOUT = About(
    "Arbeitnow",
    lists_all=False,
    is_asked_for=True,
    credit="Job data from Arbeitnow: https://www.arbeitnow.com",
)
API = "https://www.arbeitnow.com/api/job-board-api"
ALL = "all"
# its newest 1,000 to 3,000 postings, several days of them; "please do not abuse", says every answer
MOST_PAGES = 10


async def fetch(client: Client, board: Board) -> bytes:
    """The newest postings, until a page lists nothing or MOST_PAGES are read."""
    if board.token != ALL:
        raise FetchError(f"Arbeitnow has one board: its token is {ALL!r}, not {board.token!r}")
    return await first_pages(client, API, "data", MOST_PAGES)


def read(payload: bytes) -> Iterator[RawPosting | Reject]:
    """Every posting of every page; one that moved between two pages comes twice."""
    return each((job for _, body in bundled(payload) for job in items(body, "data")), _posting)


def token_in(url: str) -> str | None:
    """The one board, for the address of the API."""
    return ALL if token_at(url, "arbeitnow.com/api/{token}") == "job-board-api" else None


def _posting(job: dict[str, Any]) -> RawPosting:
    company, location = words(job.get("company_name")), words(job.get("location"))
    if company is None:
        raise ValueError("it names no company")
    created = number(job.get("created_at"))
    return RawPosting(
        native_id=identifier(job["slug"]),
        title=words(job.get("title")),
        html=_html(job.get("description") or ""),
        url=words(job.get("url")),
        places=(RawPlace(words=location),) if location else (),
        is_remote=job.get("remote"),
        employment_type=", ".join(filter(None, map(words, job.get("job_types") or ()))) or None,
        published=None if created is None else int(created * 1000),
        company=company,
    )


def _html(description: str) -> str:
    """The description, which is escaped once more than HTML is where it was so on the board it came from."""
    return unescape(description) if "<" not in description or is_escaped(description) else description
