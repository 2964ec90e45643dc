"""Himalayas: remote postings of many companies, found by words. A board is one search, its token the words.

Endpoint, fields and terms: himalayas.app/docs/remote-jobs-api ("free to use with attribution"; refreshed
once a day). Its answers differ from its documents, and both forms are read: times are answered in seconds
and documented in milliseconds, countries are answered as names and documented as objects. A page holds up
to 20 postings, often fewer, and `totalCount` counts candidates, not results: only an empty page is the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

from pipeline.fetching.paging import first_pages
from pipeline.fetching.payload import bundled, each, identifier, items, number, words
from pipeline.fetching.web import Client
from pipeline.posting import Board, RawPay, RawPlace, RawPosting, Reject
from pipeline.sources import About

ABOUT = About(
    "Himalayas",
    lists_all=False,
    is_asked_for=True,
    credit="Remote job data is sourced from Himalayas: https://himalayas.app",
)
SEARCH = "https://himalayas.app/jobs/api/search"
# up to 200 postings: about three weeks of a common search, where a daily run needs a day's; all of its
# 95,000 would be 4,800 requests, and it refuses (429) long before
MOST_PAGES = 10
LATEST_SECONDS = 10**11  # the year 5138; a larger time is in milliseconds


async def fetch(client: Client, board: Board) -> bytes:
    """What the words find, the most recent first, until a page lists nothing or MOST_PAGES are read."""
    return await first_pages(client, SEARCH, "jobs", MOST_PAGES, q=board.token, sort="recent")


def read(payload: bytes) -> Iterator[RawPosting | Reject]:
    """Every posting of every page; one that moved between two pages comes twice."""
    return each((job for _, body in bundled(payload) for job in items(body, "jobs")), _posting)


def token_in(url: str) -> str | None:
    """The words of a search, by its page or by the API, where it asks for nothing but words."""
    parts, asked = urlsplit(url), parse_qs(urlsplit(url).query)
    is_search = parts.hostname == "himalayas.app" and parts.path.rstrip("/") in ("/jobs", "/jobs/api/search")
    return asked["q"][0] if is_search and "q" in asked and asked.keys() <= {"q", "sort", "page"} else None


def _posting(job: dict[str, Any]) -> RawPosting:
    company = words(job.get("companyName"))
    if company is None:
        raise ValueError("it names no company")
    return RawPosting(
        native_id=identifier(job["guid"]),
        title=words(job.get("title")),
        html=job.get("description") or job.get("excerpt") or "",
        url=words(job.get("applicationLink")),  # its page on Himalayas, which the terms ask to link to
        places=_places(job.get("locationRestrictions")),
        is_remote=True,  # it lists nothing else
        employment_type=words(job.get("employmentType")),
        published=_milliseconds(job.get("pubDate")),
        pay=_pay(job),
        company=company,
        level=", ".join(filter(None, map(words, job.get("seniority") or ()))) or None,
        valid_through=_milliseconds(job.get("expiryDate")),
    )


def _places(restrictions: list[Any] | None) -> tuple[RawPlace, ...]:
    """Each country a candidate may live in; an empty list is documented to mean anywhere."""
    if restrictions == []:
        return (RawPlace(words="Worldwide"),)
    named = (one.get("name") if isinstance(one, dict) else one for one in restrictions or ())
    return tuple(RawPlace(words=name) for name in map(words, named) if name)


def _pay(job: dict[str, Any]) -> tuple[RawPay, ...]:
    """The range in its own period ("hourly", "monthly", "annual")."""
    low, high = number(job.get("minSalary")), number(job.get("maxSalary"))
    if low is None and high is None:
        return ()
    return (RawPay(low, high, words(job.get("currency")), words(job.get("salaryPeriod"))),)


def _milliseconds(time: object) -> int | None:
    """A Unix time, in milliseconds as documented or in seconds as answered."""
    since = number(time)
    return None if since is None else int(since if since > LATEST_SECONDS else since * 1000)
