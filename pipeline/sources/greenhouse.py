"""Greenhouse Job Board API: the whole board in one answer.

Endpoint and fields: developers.greenhouse.io/job-board.html, and real answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from pipeline.fetching.payload import each, identifier, items, number, token_at, words
from pipeline.fetching.web import Client
from pipeline.markup import unescaped
from pipeline.posting import Board, RawPay, RawPlace, RawPosting, Reject
from pipeline.sources import About

ABOUT = About("Greenhouse", total_at=("meta", "total"), company_at=("jobs", "0", "company_name"))


async def fetch(client: Client, board: Board) -> bytes:
    """The board with descriptions, departments, offices and pay ranges."""
    url = f"https://boards-api.greenhouse.io/v1/boards/{quote(board.token, safe='')}/jobs"
    return await client.get_whole(url, content="true", pay_transparency="true")


def read(payload: bytes) -> Iterator[RawPosting | Reject]:
    """Every posting of the board."""
    return each(items(payload, "jobs"), _posting)


def token_in(url: str) -> str | None:
    """The board of a page, an embed (`?for=`) or an API address."""
    parts = urlsplit(url)
    if (parts.hostname or "").endswith("greenhouse.io") and (embedded := parse_qs(parts.query).get("for")):
        return embedded[0]
    if "/embed/" in parts.path:
        return None
    api = ("boards-api.greenhouse.io/v1/boards/{token}", "api.greenhouse.io/v1/boards/{token}")
    pages = ("job-boards.greenhouse.io/{token}", "job-boards.eu.greenhouse.io/{token}", "boards.greenhouse.io/{token}")
    return token_at(url, *api, *pages, "boards.eu.greenhouse.io/{token}")


def _posting(job: dict[str, Any]) -> RawPosting:
    return RawPosting(
        native_id=identifier(job["id"]),
        title=words(job.get("title")),
        html=unescaped(job.get("content") or ""),  # escaped once more than HTML is
        url=words(job.get("absolute_url")),
        places=_places(job),
        workplace_type=_workplace_type(job),
        department=_first_name(job.get("departments")),
        published=words(job.get("first_published")),
        pay=tuple(map(_pay, job.get("pay_input_ranges") or ())),
    )


def _places(job: dict[str, Any]) -> tuple[RawPlace, ...]:
    """The one free string; the offices only where it says nothing."""
    location = words((job.get("location") or {}).get("name"))
    if location:
        return (RawPlace(words=location),)
    offices = job.get("offices") or ()
    named = (words(office.get("location")) or words(office.get("name")) for office in offices)
    return tuple(RawPlace(words=name) for name in named if name)


def _workplace_type(job: dict[str, Any]) -> str | None:
    """A board's own field, where it has one: `metadata` named "Location Type" or "Workplace Type"."""
    for field in job.get("metadata") or ():
        if field.get("name") in ("Location Type", "Workplace Type") and isinstance(field.get("value"), str):
            return words(field["value"])
    return None


def _first_name(departments: Any) -> str | None:
    return words(departments[0].get("name")) if departments else None


def _pay(pay: dict[str, Any]) -> RawPay:
    """A pay range, stated in cents; its title says the period ("Hourly Rate"), or what the range is tied to."""
    low, high = number(pay.get("min_cents")), number(pay.get("max_cents"))
    return RawPay(
        low=None if low is None else low / 100,
        high=None if high is None else high / 100,
        currency=words(pay.get("currency_type")),
        interval=words(pay.get("title")),
        tied_to=words(pay.get("title")),
    )
