"""Apple's own job search, in pages of 20, and a request for every posting. A board is one country: "DEU"; or `all`.

Apple documents it nowhere; it has the form that others read, as we have no real answer. Some of them send a token that the
search page hands out, some say that none is needed; none is sent here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from html import escape
from typing import Any

from pipeline.fetching.details import Listing, id_in
from pipeline.fetching.faults import FetchError
from pipeline.fetching.paging import Page, every_page
from pipeline.fetching.payload import count, each, identifier, items, token_at, words
from pipeline.fetching.web import Client
from pipeline.posting import Board, RawPlace, RawPosting, Reject
from pipeline.sources import About

ABOUT = About("Apple", is_asked_for=True)
API = "https://jobs.apple.com/api/v1"
ALL, PAGE = "all", 20
FORMAT = {"longDate": "MMMM D, YYYY", "mediumDate": "MMM D, YYYY"}
PARTS = {"jobSummary": "Summary", "description": "Description", "responsibilities": "Responsibilities",
         "minimumQualifications": "Minimum qualifications", "preferredQualifications": "Preferred qualifications"}  # fmt: skip


async def fetch(client: Client, board: Board) -> bytes:
    """Every page of the list, the newest first, then every posting that is new or changed.

    Raises FetchError for an empty list, which is also the answer for a country that it does not know.
    """
    if not re.fullmatch(rf"{ALL}|[A-Z]{{3}}", board.token):
        raise FetchError(f"{board.token!r} is neither {ALL!r} nor a country's code of three letters, such as DEU")
    filters = {} if board.token == ALL else {"locations": [f"postLocation-{board.token}"]}

    async def ask(offset: int) -> Page:
        # `filters` and `format` must be there: without them nothing is found
        asked = {
            "query": "",
            "filters": filters,
            "page": offset // PAGE + 1,
            "locale": "en-us",
            "sort": "newest",
            "format": FORMAT,
        }
        body = await client.post(f"{API}/search", asked)
        total = count(body, "res.totalRecords")
        if total == 0:
            raise FetchError(
                f"no postings in {board.token}, which is also answered for a country that it does not know"
            )
        page = LISTING.page(f"{API}/search", body, total)
        # a posting has a row for each of its places, and the total counts rows
        return replace(page, ids=[json.dumps(row) for row in _rows(body)])

    return await LISTING.board(client, await every_page(ask))


def read(payload: bytes) -> Iterator[RawPosting | Reject]:
    """Every posting that was listed and still there when it was asked for."""
    return each(LISTING.read(payload), _posting, id_key="positionId")


def token_in(url: str) -> str | None:
    """All of its postings, for the address of any page."""
    return ALL if token_at(url, "jobs.apple.com/{token}") else None


def _address(_: str, row: Any) -> str:
    """Where a posting is told in full; empty where that is not said."""
    native_id = id_in(row, "positionId")
    return f"{API}/jobDetails/{native_id}" if native_id else ""


_rows = partial(items, key="res.searchResults")
LISTING = Listing(
    _rows,
    _address,
    marks=("postingTitle", "postDateInGMT", "jobSummary", "locations"),
)


def _posting(row: dict[str, Any]) -> RawPosting:
    job = row if row["detail"] is None else row | json.loads(row["detail"])["res"]
    native_id, name = identifier(row["positionId"]), words(row.get("transformedPostingTitle"))
    return RawPosting(
        native_id=native_id,
        title=words(job.get("postingTitle")),
        html=_html(job),
        url=f"https://jobs.apple.com/en-us/details/{native_id}" + (f"/{name}" if name else ""),
        places=_places(job),
        is_remote=True if job.get("homeOffice") is True else None,
        department=words((row.get("team") or {}).get("teamName")),
        employment_type=words(job.get("employmentType")),
        published=words(job.get("postDateInGMT")),
    )


def _html(job: dict[str, Any]) -> str:
    """The parts, which are plain text, under their headings, then the notes at the end, such as pay and benefits."""
    parts = [(heading, job.get(name)) for name, heading in PARTS.items()]
    for footer in job.get("postingFooters") or ():
        parts += [
            (note.get("name") or "", note.get("content"))
            for note in (footer.get("localizations") or {}).get("en_US") or ()
        ]
    told = ((words(heading), words(text)) for heading, text in parts)
    return "\n".join(f"<h3>{escape(heading or '')}</h3><p>{_lines(text)}</p>" for heading, text in told if text)


def _lines(text: str) -> str:
    """Plain text as HTML; a note at the end may be HTML already."""
    return text if "</" in text else escape(text).replace("\n", "<br>")


def _places(job: dict[str, Any]) -> tuple[RawPlace, ...]:
    """Every location in its parts; as words where it has no city."""
    return tuple(place for place in map(_place, job.get("locations") or ()) if place != RawPlace())


def _place(location: dict[str, Any]) -> RawPlace:
    city, region, country = (words(location.get(name)) for name in ("city", "stateProvince", "countryName"))
    return RawPlace(None if city else words(location.get("name")), city, region, country)
