"""Recruitee's Careers Site API: the whole board in one answer, on the company's own host.

Endpoint and fields: docs.recruitee.com/reference/offers, and real answers. From 10 February 2027 it asks for
the company's token (docs.recruitee.com/reference/authentication-1), so its boards will then fail with 401.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from pipeline.fetching.payload import each, identifier, items, numeral, subdomain_at, words
from pipeline.fetching.web import Client
from pipeline.posting import Board, RawPay, RawPlace, RawPosting, Reject
from pipeline.sources import About

ABOUT = About("Recruitee", company_at=("offers", "0", "company_name"))
_WORKPLACES = ("remote", "hybrid", "on_site")
_TIME = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) UTC")


async def fetch(client: Client, board: Board) -> bytes:
    """The board with descriptions, places and salaries; one with its own domain answers there, or redirects."""
    return await client.get_whole(f"https://{quote(board.token, safe='')}.recruitee.com/api/offers/")


def read(payload: bytes) -> Iterator[RawPosting | Reject]:
    """Every published offer of the board."""
    return each(items(payload, "offers"), _posting)


def token_in(url: str) -> str | None:
    """The company of a page or an API address; a domain of its own does not name it."""
    return subdomain_at(url, "recruitee.com")


def _posting(offer: dict[str, Any]) -> RawPosting | None:
    """An offer in its own language, which stands at the top; `translations` repeats it in every one."""
    if offer.get("status") not in (None, "published"):
        return None
    return RawPosting(
        native_id=identifier(offer["id"]),
        title=words(offer.get("title")),
        html="\n".join(part for part in (offer.get("description"), offer.get("requirements")) if part),
        url=words(offer.get("careers_url")),
        places=_places(offer),
        workplace_type=next((name for name in _WORKPLACES if offer.get(name)), None),
        is_remote=offer.get("remote"),
        department=words(offer.get("department")),
        employment_type=words(offer.get("employment_type_code")),
        published=_time(offer.get("published_at")),
        pay=_pay(offer.get("salary") or {}),
        level=words(offer.get("experience_code")),
        valid_through=_time(offer.get("close_at")),
    )


def _places(offer: dict[str, Any]) -> tuple[RawPlace, ...]:
    """Every location with the name the company gave it; the offer's own fields only where it lists none."""
    single = {**offer, "name": offer.get("location"), "state": offer.get("state_name")}
    found = map(_place, offer.get("locations") or [single])
    return tuple(place for place in found if place != RawPlace())


def _place(location: dict[str, Any]) -> RawPlace:
    return RawPlace(
        words=words(location.get("name")),
        city=words(location.get("city")),
        region=words(location.get("state")),
        country=words(location.get("country")),
    )


def _pay(salary: dict[str, Any]) -> tuple[RawPay, ...]:
    """The salary, whose fields are all empty where the company shows none."""
    low, high = numeral(salary.get("min")), numeral(salary.get("max"))
    if low is None and high is None:
        return ()
    return (RawPay(low=low, high=high, currency=words(salary.get("currency")), interval=words(salary.get("period"))),)


def _time(value: object) -> str | None:
    """`2026-08-05 10:10:39 UTC` as ISO 8601 writes it."""
    text = words(value)
    return text and _TIME.sub(r"\1T\2Z", text)
