"""SmartRecruiters Posting API: a list in pages of 100, and a request for every posting's text.

Endpoints and fields: developers.smartrecruiters.com/reference/v1listpostings, and real answers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial
from html import escape
from typing import Any
from urllib.parse import quote

from pipeline.fetching.details import Listing, id_in
from pipeline.fetching.faults import FetchError
from pipeline.fetching.paging import Page, every_page
from pipeline.fetching.payload import count, each, identifier, items, token_at, words
from pipeline.fetching.web import Client
from pipeline.posting import Board, RawPlace, RawPosting, Reject
from pipeline.sources import About

ABOUT = About("SmartRecruiters", names_people=("creator",))
SECTIONS = ("companyDescription", "jobDescription", "qualifications", "additionalInformation")  # as a page shows them
_PAY = re.compile(r"\b(?:salary|compensation|pay range)\b", re.IGNORECASE)


async def fetch(client: Client, board: Board) -> bytes:
    """Every page of the list, then every posting that is new or changed.

    Raises FetchError for an empty list: that is also the answer for a company it does not know.
    """
    postings = f"https://api.smartrecruiters.com/v1/companies/{quote(board.token, safe='')}/postings"

    async def ask(offset: int) -> Page:
        url = f"{postings}?limit=100&offset={offset}"
        body = await client.get(postings, limit="100", offset=str(offset))
        total = count(body, "totalFound")
        if total == 0:
            raise FetchError(
                "no postings: the company is unknown or lists nothing, which SmartRecruiters answers alike"
            )
        return LISTING.page(url, body, total)

    return await LISTING.board(client, await every_page(ask))


def read(payload: bytes) -> Iterator[RawPosting | Reject]:
    """Every posting that was listed and still there when it was asked for."""
    return each(LISTING.read(payload), _posting)


def token_in(url: str) -> str | None:
    """The board of a page, an application form or an API address."""
    return token_at(
        url,
        "api.smartrecruiters.com/v1/companies/{token}",
        "jobs.smartrecruiters.com/oneclick-ui/company/{token}",
        "jobs.smartrecruiters.com/{token}",
        "careers.smartrecruiters.com/{token}",
    )


def _address(page: str, row: Any) -> str:
    """Where a posting is told in full; empty where that is not said."""
    native_id = id_in(row, "id")
    return f"{page.partition('?')[0]}/{native_id}" if native_id else ""


LISTING = Listing(partial(items, key="content"), _address, marks=("name", "releasedDate", "location"))


def _posting(row: dict[str, Any]) -> RawPosting:
    native_id = identifier(row["id"])
    job = row if row["detail"] is None else row | json.loads(row["detail"])
    location = job.get("location") or {}
    page = f"https://jobs.smartrecruiters.com/{(job.get('company') or {}).get('identifier')}/{native_id}"
    return RawPosting(
        native_id=native_id,
        title=words(job.get("name")),
        html=_html(job),
        url=words(job.get("postingUrl")) or page,
        places=_places(location),
        workplace_type="hybrid" if location.get("hybrid") else None,
        is_remote=location.get("remote"),
        department=_label(job.get("department")),
        employment_type=_label(job.get("typeOfEmployment")),
        published=words(job.get("releasedDate")),
        level=words((job.get("experienceLevel") or {}).get("id")) or _label(job.get("experienceLevel")),
    )


def _html(job: dict[str, Any]) -> str:
    """The sections with their titles, then what the board's own fields say of pay, which has no field of its own."""
    sections = (job.get("jobAd") or {}).get("sections") or {}
    written = (sections.get(name) or {} for name in SECTIONS)
    parts = [f"<h3>{escape(part.get('title') or '')}</h3>{part['text']}" for part in written if part.get("text")]
    own = ((field.get("fieldLabel") or "", field.get("valueLabel") or "") for field in job.get("customField") or ())
    parts += [f"<p>{escape(label)}: {escape(value)}</p>" for label, value in own if value and _PAY.search(label)]
    return "\n".join(parts)


def _places(location: dict[str, Any]) -> tuple[RawPlace, ...]:
    """The one place of a posting; a job in several has a posting in each."""
    place = RawPlace(
        words=words(location.get("fullLocation")),
        city=words(location.get("city")),
        region=words(location.get("region")),
        country=words(location.get("country")),
    )
    return () if place == RawPlace() else (place,)


def _label(value: dict[str, Any] | None) -> str | None:
    return words((value or {}).get("label"))
