"""Remote OK: postings of many companies in one answer. A board is one tag, or `all` for the newest of any.

Endpoint and the `tag` parameter: remoteok.com/faq; terms: the first element of every answer, and
remoteok.com/legal; fields: examples of real answers; pay: the form at remoteok.com/hire-remotely. An answer
holds about 100 postings. `all` is days old; a tag reaches back months, to postings of which nothing says
that they are still open, and tags are given freely, so `all` is the board to prefer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

from pipeline.fetching.payload import each, identifier, items, number, token_at, words
from pipeline.fetching.web import Client
from pipeline.posting import Board, RawPay, RawPlace, RawPosting, Reject
from pipeline.sources import About

ABOUT = About(
    "Remote OK",
    lists_all=False,
    is_asked_for=True,
    credit="Remote OK is a source of these postings: https://remoteok.com",
)
API = "https://remoteok.com/api"
ALL = "all"
# added to every text by Remote OK, not by the company: it holds the asker's own network address in base64
_MARK = re.compile(r"(?<!\s)\s*Please mention the word \*\*[^<]*")


async def fetch(client: Client, board: Board) -> bytes:
    """The newest postings with the tag; a tag that nothing has answers with the notice alone."""
    asked = {} if board.token == ALL else {"tag": board.token}
    return await client.get_whole(API, **asked)


def read(payload: bytes) -> Iterator[RawPosting | Reject]:
    """Every posting; the notice before them is none."""
    return each(items(payload, None), _posting)


def token_in(url: str) -> str | None:
    """The tag of a page ("/remote-python-jobs") or of the API."""
    if token_at(url, "remoteok.com/{token}") != "api":
        return token_at(url, "remoteok.com/remote-{token}-jobs")
    asked = parse_qs(urlsplit(url).query)
    return asked.get("tag", [ALL])[0] if asked.keys() <= {"tag"} else None


def _posting(answered: dict[str, Any]) -> RawPosting | None:
    if "legal" in answered:
        return None
    job = {name: _decoded(value) if isinstance(value, str) else value for name, value in answered.items()}
    company, location = words(job.get("company")), words(job.get("location"))
    if company is None:
        raise ValueError("it names no company")
    return RawPosting(
        native_id=identifier(job["id"]),
        title=words(job.get("position")),
        html=_MARK.sub("", job.get("description") or ""),
        url=words(job.get("url")),  # its page on Remote OK, which the terms ask to link to
        places=(RawPlace(words=location),) if location else (),
        # no field says remote, and the feed lists on-site jobs too, so the words must say it
        published=words(job.get("date")),
        pay=_pay(job),
        company=company,
    )


def _pay(job: dict[str, Any]) -> tuple[RawPay, ...]:
    """The range, which its form asks for as "annual salary or compensation in USD"; 0 is not stated."""
    low, high = number(job.get("salary_min")) or None, number(job.get("salary_max")) or None
    return (RawPay(low, high, currency="USD", interval="annual"),) if low or high else ()


def _decoded(text: str) -> str:
    """Text that was encoded twice, as many of its texts are ("MÃ¼nchen"), decoded once more."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text
