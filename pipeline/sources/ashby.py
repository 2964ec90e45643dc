"""Ashby public posting API: the whole board in one answer.

Endpoint and fields: developers.ashbyhq.com/docs/public-job-posting-api, and real answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from pipeline.fetching.payload import each, identifier, items, number, token_at, words
from pipeline.fetching.web import Client
from pipeline.posting import Board, RawPay, RawPlace, RawPosting, Reject
from pipeline.sources import About

ABOUT = About("Ashby")


async def fetch(client: Client, board: Board) -> bytes:
    """The board with descriptions, addresses and compensation."""
    url = f"https://api.ashbyhq.com/posting-api/job-board/{quote(board.token, safe='')}"
    return await client.get_whole(url, includeCompensation="true")


def read(payload: bytes) -> Iterator[RawPosting | Reject]:
    """Every listed posting of the board."""
    return each(items(payload, "jobs"), _posting)


def token_in(url: str) -> str | None:
    """The board of a page, an embed or an API address."""
    return token_at(url, "api.ashbyhq.com/posting-api/job-board/{token}", "jobs.ashbyhq.com/{token}")


def _posting(job: dict[str, Any]) -> RawPosting | None:
    if job.get("isListed") is False:
        return None
    return RawPosting(
        native_id=identifier(job["id"]),
        title=words(job.get("title")),
        html=job.get("descriptionHtml") or job.get("descriptionPlain") or "",
        url=words(job.get("jobUrl")),
        places=_places(job),
        workplace_type=words(job.get("workplaceType")),
        is_remote=job.get("isRemote"),
        department=words(job.get("department")) or words(job.get("team")),
        employment_type=words(job.get("employmentType")),
        published=words(job.get("publishedAt")),
        pay=_pay(job.get("compensation") or {}),
    )


def _places(job: dict[str, Any]) -> tuple[RawPlace, ...]:
    """The main location and every secondary one, each an office label with its address."""
    found = (_place(job), *map(_place, job.get("secondaryLocations") or ()))
    return tuple(place for place in found if place != RawPlace())


def _place(location: dict[str, Any]) -> RawPlace:
    address = (location.get("address") or {}).get("postalAddress") or {}
    return RawPlace(
        words=words(location.get("location")),
        city=words(address.get("addressLocality")),
        region=words(address.get("addressRegion")),
        country=words(address.get("addressCountry")),
    )


def _pay(compensation: dict[str, Any]) -> tuple[RawPay, ...]:
    """Base salary of every tier, tied to its title; equity, bonus and commission are other components."""
    tiers = compensation.get("compensationTiers") or ()
    components = [(part, tier.get("title")) for tier in tiers for part in tier.get("components") or ()]
    return tuple(
        RawPay(
            low=number(part.get("minValue")),
            high=number(part.get("maxValue")),
            currency=words(part.get("currencyCode")),
            interval=words(part.get("interval")),
            tied_to=words(title),
        )
        for part, title in components or ((part, None) for part in compensation.get("summaryComponents") or ())
        if part.get("compensationType") == "Salary"
    )
