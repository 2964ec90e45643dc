"""Amazon's own job search, in pages of 100 with their texts. A board is one country, its token the code: "DEU".

Amazon documents it nowhere; it has the form that others read, as we have no real answer. A search counts and lists no more
than 10,000 postings, so the world is read country by country.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from html import escape
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from pipeline.fetching.faults import FetchError
from pipeline.fetching.paging import Page, every_page
from pipeline.fetching.payload import PayloadError, bundle, bundled, count, each, identifier, items, words
from pipeline.fetching.web import Client
from pipeline.posting import Board, RawPlace, RawPosting, Reject
from pipeline.sources import About

ABOUT = About("Amazon", is_asked_for=True)
SITE = "https://www.amazon.jobs"
CAP = 10_000
COUNTRY = "normalized_country_code[]"
_CODE = re.compile(r"[A-Z]{3}")  # ISO 3166-1 alpha-3
_QUALIFICATIONS = {
    "basic_qualifications": "Basic qualifications",
    "preferred_qualifications": "Preferred qualifications",
}


async def fetch(client: Client, board: Board) -> bytes:
    """Every page of the country's postings, the newest first.

    Raises FetchError for a country of CAP postings: the rest would look closed; and for one without any, which is also
    what is answered for a code that it does not know.
    """
    if not _CODE.fullmatch(board.token):
        raise FetchError(f"{board.token!r} is not a country's code of three letters, such as DEU")
    url = f"{SITE}/en/search.json"

    async def ask(offset: int) -> Page:
        asked = {COUNTRY: board.token, "result_limit": "100", "offset": str(offset), "sort": "recent"}
        body = await client.get(url, **asked)
        total = count(body, "hits")
        if total is None or not 0 < total < CAP:
            raise FetchError(f"it counts {total} postings in {board.token}: none, or too many to list them all")
        return Page((f"{url}?{urlencode(asked)}", body), list(map(_id, items(body, "jobs"))), total)

    return bundle(page.answer for page in await every_page(ask))


def read(payload: bytes) -> Iterator[RawPosting | Reject]:
    """Every posting of every page; one that moved between two pages comes twice."""
    return each((job for _, body in bundled(payload) for job in items(body, "jobs")), _posting, id_key="id_icims")


def token_in(url: str) -> str | None:
    """The country of a search's address."""
    parts = urlsplit(url if "//" in url else f"//{url}")
    codes = parse_qs(parts.query).get(COUNTRY, [""]) if (parts.hostname or "").endswith("amazon.jobs") else [""]
    return codes[0] if _CODE.fullmatch(codes[0]) else None


def _id(job: Any) -> str:
    if not isinstance(job, dict):
        raise PayloadError("a posting of the list is no object")
    return str(job.get("id_icims"))


def _posting(job: dict[str, Any]) -> RawPosting:
    types = (words(job.get("job_schedule_type")), "Intern" if job.get("is_intern") is True else None)
    path = words(job.get("job_path"))
    return RawPosting(
        native_id=identifier(job["id_icims"]),
        title=words(job.get("title")),
        html=_html(job),
        url=path and SITE + path,
        places=_places(job),
        department=words(job.get("job_category")),
        employment_type=", ".join(filter(None, types)) or None,
        published=_day(words(job.get("posted_date"))),
    )


def _html(job: dict[str, Any]) -> str:
    """The description, then the qualifications under their headings."""
    parts = [job.get("description") or ""]
    parts += [f"<h3>{escape(heading)}</h3>{job[name]}" for name, heading in _QUALIFICATIONS.items() if job.get(name)]
    return "\n".join(filter(None, parts))


def _places(job: dict[str, Any]) -> tuple[RawPlace, ...]:
    """Every location, each of which is JSON within the JSON; the main one as words only where none is listed."""
    listed = (json.loads(one) if isinstance(one, str) else one for one in job.get("locations") or ())
    named = [words(one.get("normalizedLocation")) or words(one.get("location")) for one in listed]
    main = words(job.get("normalized_location")) or words(job.get("location"))
    return tuple(RawPlace(words=name) for name in dict.fromkeys(filter(None, named)) or filter(None, [main]))


def _day(written: str | None) -> str | None:
    """A day as it is written ("October  8, 2026") in ISO 8601; as it is where it is none."""
    try:
        return written and datetime.strptime(" ".join(written.split()), "%B %d, %Y").date().isoformat()
    except ValueError:
        return written
