"""Pinpoint's feed of postings: the whole board in one answer, on the company's own host.

Endpoint and fields: real answers. It says no day of publication; who a position reports to (`reporting_to`) is not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any
from urllib.parse import quote

from pipeline.fetching.payload import each, identifier, items, number, subdomain_at, words
from pipeline.fetching.web import Client
from pipeline.posting import Board, RawPay, RawPlace, RawPosting, Reject
from pipeline.sources import About

ABOUT = About("Pinpoint", names_people=("reporting_to",))
SECTIONS = ("key_responsibilities", "skills_knowledge_expertise", "benefits")  # as a page shows them


async def fetch(client: Client, board: Board) -> bytes:
    """The board with its texts, places and pay; one with its own domain redirects there."""
    return await client.get_whole(f"https://{quote(board.token, safe='')}.pinpointhq.com/postings.json")


def read(payload: bytes) -> Iterator[RawPosting | Reject]:
    """Every posting of the board."""
    return each(items(payload, "data"), _posting)


def token_in(url: str) -> str | None:
    """The company of a page or the feed; a domain of its own does not name it."""
    return subdomain_at(url, "pinpointhq.com")


def _posting(job: dict[str, Any]) -> RawPosting:
    department = (job.get("job") or {}).get("department") or job.get("department") or {}
    return RawPosting(
        native_id=identifier(job["id"]),
        title=words(job.get("title")),
        html=_html(job),
        url=words(job.get("url")),
        places=_places(job.get("location") or {}),
        workplace_type=words(job.get("workplace_type")),
        department=words(department.get("name")),
        employment_type=words(job.get("employment_type_text")) or words(job.get("employment_type")),
        pay=_pay(job),
        valid_through=words(job.get("deadline_at")),
    )


def _html(job: dict[str, Any]) -> str:
    """The description, then the sections under their headings."""
    parts = [job.get("description") or ""]
    for name in SECTIONS:
        if text := job.get(name):
            heading = words(job.get(f"{name}_header"))
            parts.append(f"<h3>{escape(heading)}</h3>{text}" if heading else text)
    return "\n".join(filter(None, parts))


def _places(location: dict[str, Any]) -> tuple[RawPlace, ...]:
    """The one place of a posting, by the name that the company gave it and the parts of its address."""
    place = RawPlace(
        words=words(location.get("name")), city=words(location.get("city")), region=words(location.get("province"))
    )
    return () if place == RawPlace() else (place,)


def _pay(job: dict[str, Any]) -> tuple[RawPay, ...]:
    """The range of pay, where the company shows it."""
    low, high = number(job.get("compensation_minimum")), number(job.get("compensation_maximum"))
    if job.get("compensation_visible") is not True or (low is None and high is None):
        return ()
    currency, interval = words(job.get("compensation_currency")), words(job.get("compensation_frequency"))
    return (RawPay(low=low, high=high, currency=currency, interval=interval),)
