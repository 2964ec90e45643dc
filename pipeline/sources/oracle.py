"""Oracle Recruiting Cloud, the API behind its career sites: a list in pages of 200, and a request for every posting.

Resources: docs.oracle.com/en/cloud/saas/human-resources/farws (recruitingCEJobRequisitions); fields are those of real
answers. A board's token is the address of its site, `host/site`: "kestrel.fa.us2.oraclecloud.com/CX_1".
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import quote, urlsplit

from pipeline.fetching.details import Listing, id_in
from pipeline.fetching.faults import FetchError
from pipeline.fetching.paging import Page, every_page
from pipeline.fetching.payload import count, each, identifier, items, words
from pipeline.fetching.web import Client
from pipeline.posting import Board, RawPlace, RawPosting, Reject
from pipeline.sources import About

ABOUT = About("Oracle Recruiting", is_asked_for=True, names_people=("ExternalContactName", "ExternalContactEmail"))
CAP = 10_000
PARTS = ("ExternalDescriptionStr", "ExternalResponsibilitiesStr", "ExternalQualificationsStr")
RESOURCES = "hcmRestApi/resources/latest"
_SITE = re.compile(
    r"(?:https?://)?(?P<host>[\w.-]+\.oraclecloud\.com)/(?:hcmUI/CandidateExperience/[\w-]+/sites/)?"
    r"(?!hcm(?:UI|RestApi)(?:[/?#]|$))(?P<site>[\w-]+)",
    re.IGNORECASE,
)


async def fetch(client: Client, board: Board) -> bytes:
    """Every page of the list, the newest first, then every posting that is new or changed.

    Raises FetchError for a board of more than CAP postings, behind which it lists none: the rest would look closed; and
    for one without any, which may be one whose site has another name now.
    """
    token = token_in(board.token)
    if token is None:
        raise FetchError(f"{board.token!r} is not host/site, such as kestrel.fa.us2.oraclecloud.com/CX_1")
    host, _, site = token.partition("/")
    expand = "requisitionList.secondaryLocations,requisitionList.workLocation"
    url = f"https://{host}/{RESOURCES}/recruitingCEJobRequisitions?onlyData=true&expand={expand}&finder="

    async def ask(offset: int) -> Page:
        # what is asked for stands inside `finder`: beside it, an offset is not obeyed
        page = f"{url}findReqs;siteNumber={site},limit=200,offset={offset},sortBy=POSTING_DATES_DESC"
        body = await client.get(page)
        total = count(body, "items.0.TotalJobsCount")
        if total == 0:
            raise FetchError("no postings: whether the site is unknown or lists nothing, it does not say")
        if total is not None and total > CAP:
            raise FetchError(f"it has {total} postings and lists the first {CAP}, so that the rest would be missed")
        return LISTING.page(page, body, total)

    return await LISTING.board(client, await every_page(ask))


def read(payload: bytes) -> Iterator[RawPosting | Reject]:
    """Every posting that was listed and still there when it was asked for."""
    return each(LISTING.read(payload), _posting, id_key="Id")


def token_in(url: str) -> str | None:
    """The board of a page or of a token."""
    found = _SITE.match(url)
    return f"{found['host'].lower()}/{found['site']}" if found else None


def _address(page: str, row: Any) -> str:
    """Where a posting is told in full; empty where that is not said."""
    native_id, site = id_in(row, "Id"), re.search("siteNumber=([^,]+)", page)
    if not native_id or not site:
        return ""
    finder = f"ById;Id=%22{native_id}%22,siteNumber={site[1]}"
    details = f"{RESOURCES}/recruitingCEJobRequisitionDetails"
    return f"https://{urlsplit(page).hostname}/{details}?onlyData=true&expand=all&finder={finder}"


LISTING = Listing(
    partial(items, key="items.0.requisitionList"),
    _address,
    marks=("Title", "PostedDate", "PrimaryLocation", "secondaryLocations"),
)


def _posting(row: dict[str, Any]) -> RawPosting | None:
    found = [{}] if row["detail"] is None else json.loads(row["detail"])["items"]
    if not found:
        return None  # what it answers for a posting that was taken down
    job = row | found[0]
    native_id, address = identifier(row["Id"]), urlsplit(row["address"])
    site = address.query.rpartition("siteNumber=")[2]
    return RawPosting(
        native_id=native_id,
        title=words(job.get("Title")),
        html="\n".join(part for part in map(job.get, PARTS) if part) or job.get("ShortDescriptionStr") or "",
        url=f"https://{address.hostname}/hcmUI/CandidateExperience/en/sites/{site}/job/{quote(native_id, safe='')}",
        places=_places(job),
        workplace_type=words(job.get("WorkplaceType")),
        department=words(job.get("Category")) or words(job.get("JobFamily")),
        employment_type=words(job.get("JobSchedule")) or words(job.get("ContractType")),
        published=words(job.get("ExternalPostedStartDate")) or words(job.get("PostedDate")),
        valid_through=words(job.get("ExternalPostedEndDate")) or words(job.get("PostingEndDate")),
    )


def _places(job: dict[str, Any]) -> tuple[RawPlace, ...]:
    """The main location and every further one, each as words with its country's code."""
    main = RawPlace(words=words(job.get("PrimaryLocation")), country=words(job.get("PrimaryLocationCountry")))
    further = (
        RawPlace(words=words(one.get("Name")), country=words(one.get("CountryCode")))
        for one in job.get("secondaryLocations") or ()
    )
    return tuple(place for place in (main, *further) if place != RawPlace())
