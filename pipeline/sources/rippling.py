"""Rippling's Job Board API: a list in one answer, a posting once for each of its places, and a request for every posting.

Endpoints and fields: developer.rippling.com/documentation/job-board-api, and real answers; of a posting's own answer we
have none, so its form is the one that others read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import quote

from pipeline.fetching.details import Listing, id_in
from pipeline.fetching.payload import each, identifier, items, number, token_at, words
from pipeline.fetching.web import Client
from pipeline.posting import Board, RawPay, RawPlace, RawPosting, Reject
from pipeline.sources import About

ABOUT = About("Rippling")
PARTS = ("role", "company")


async def fetch(client: Client, board: Board) -> bytes:
    """The list, then every posting that is new or changed."""
    url = f"https://api.rippling.com/platform/api/ats/v1/board/{quote(board.token, safe='')}/jobs"
    return await LISTING.board(client, [LISTING.page(url, await client.get(url))])


def read(payload: bytes) -> Iterator[RawPosting | Reject]:
    """Every posting that was listed and still there when it was asked for."""
    return each(LISTING.read(payload), _posting, id_key="uuid")


def token_in(url: str) -> str | None:
    """The board of a page (with or without a locale) or an API address."""
    forms = ("api.rippling.com/platform/api/ats/v1/board/{token}", "ats.rippling.com/{token}")
    token = token_at(url, *forms)
    if token and re.fullmatch("[a-z]{2}-[A-Z]{2}", token):  # a locale
        token = token_at(url, f"ats.rippling.com/{token}/{{token}}")
    return None if token in ("api", "assets") else token


def _address(page: str, row: Any) -> str:
    """Where a posting is told in full; empty where that is not said."""
    native_id = id_in(row, "uuid")
    return f"{page}/{native_id}" if native_id else ""


LISTING = Listing(partial(items, key=None), _address, marks=("name", "department", "workLocation"))


def _posting(row: dict[str, Any]) -> RawPosting:
    job = row if row["detail"] is None else row | json.loads(row["detail"])
    description = job.get("description") or {}
    return RawPosting(
        native_id=identifier(row["uuid"]),
        title=words(job.get("name")),
        html="\n".join(part for part in map(description.get, PARTS) if part),
        url=words(job.get("url")),
        places=_places(job),
        department=_named(job.get("department")) or _named(row.get("department")),
        employment_type=_named(job.get("employmentType")),
        published=words(job.get("createdOn")),
        pay=tuple(map(_pay, job.get("payRangeDetails") or ())),
    )


def _places(job: dict[str, Any]) -> tuple[RawPlace, ...]:
    """Every place, as words ("Remote (New Jersey, US)"); that of the list only where the posting's own answer has none."""
    named = (_named(place) for place in job.get("workLocations") or [job.get("workLocation")])
    return tuple(RawPlace(words=name) for name in dict.fromkeys(named) if name)


def _named(value: Any) -> str | None:
    """Words, or an object's: `name` and `label` are what is shown; an employment type has its code there, and shows `id`."""
    if not isinstance(value, dict):
        return words(value)
    label = words(value.get("name")) or words(value.get("label"))
    return words(value.get("id")) if label is None or label.isupper() else label


def _pay(pay: dict[str, Any]) -> RawPay:
    """The range of pay of one place."""
    return RawPay(
        low=number(pay.get("rangeStart")),
        high=number(pay.get("rangeEnd")),
        currency=words(pay.get("currency")),
        interval=words(pay.get("frequency")),
        tied_to=words(pay.get("location")),
    )
