"""Lever Postings API: a bare JSON list of the whole board.

Endpoint and fields: github.com/lever/postings-api, and real answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any
from urllib.parse import quote

from pipeline.fetching.faults import FetchError
from pipeline.fetching.payload import each, identifier, items, number, token_at, words
from pipeline.fetching.web import Client
from pipeline.posting import Board, RawPay, RawPlace, RawPosting, Reject
from pipeline.sources import About

ABOUT = About("Lever")


async def fetch(client: Client, board: Board) -> bytes:
    """The board with descriptions, lists, places and salary ranges, from the EU's host where the other has none."""
    path = f"v0/postings/{quote(board.token, safe='')}"
    try:
        return await client.get_whole(f"https://api.lever.co/{path}", mode="json")
    except FetchError as error:
        if error.status != 404:
            raise
        return await client.get_whole(f"https://api.eu.lever.co/{path}", mode="json")


def read(payload: bytes) -> Iterator[RawPosting | Reject]:
    """Every posting of the board."""
    return each(items(payload, None), _posting)


def token_in(url: str) -> str | None:
    """The board of a page or an API address."""
    api = ("api.lever.co/v0/postings/{token}", "api.eu.lever.co/v0/postings/{token}")
    return token_at(url, *api, "jobs.lever.co/{token}", "jobs.eu.lever.co/{token}")


def _posting(job: dict[str, Any]) -> RawPosting:
    categories = job.get("categories") or {}
    return RawPosting(
        native_id=identifier(job["id"]),
        title=words(job.get("text")),
        html=_html(job),
        url=words(job.get("hostedUrl")),
        places=_places(categories, words(job.get("country"))),
        workplace_type=words(job.get("workplaceType")),
        department=words(categories.get("department")) or words(categories.get("team")),
        employment_type=words(categories.get("commitment")),
        published=job.get("createdAt"),
        pay=_pay(job.get("salaryRange")),
    )


def _html(job: dict[str, Any]) -> str:
    """Description, then the lists (they hold the requirements), salary words and closing."""
    parts = [job.get("description") or ""]
    for part in job.get("lists") or ():
        parts.append(f"<h3>{escape(part.get('text') or '')}</h3><ul>{part.get('content') or ''}</ul>")
    parts += [job.get("salaryDescription") or "", job.get("additional") or ""]
    return "\n".join(parts)


def _places(categories: dict[str, Any], country: str | None) -> tuple[RawPlace, ...]:
    """Every location; the country field is that of the main one."""
    main = words(categories.get("location"))
    named = categories.get("allLocations") or [main]
    found = [name for name in map(words, named) if name]
    return tuple(RawPlace(words=name, country=country if name == main or len(found) == 1 else None) for name in found)


def _pay(pay: dict[str, Any] | None) -> tuple[RawPay, ...]:
    if not pay:
        return ()
    return (
        RawPay(
            low=number(pay.get("min")),
            high=number(pay.get("max")),
            currency=words(pay.get("currency")),
            interval=words(pay.get("interval")),
        ),
    )
