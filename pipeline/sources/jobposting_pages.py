"""Pages with a schema.org JobPosting as JSON-LD: those of a sitemap, those a careers page links to, or one alone.

Fields: schema.org/JobPosting, developers.google.com/search/docs/appearance/structured-data/job-posting, and real pages.
People (`applicationContact`, `contactPoint`) are not read, nor are `industry` and `occupationalCategory`: the company's
trade and a code of occupations are no department.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import unescape
from typing import Any

from pipeline.fetching.faults import AddressError, DisallowedError, FetchError
from pipeline.fetching.pages import json_ld, links, objects
from pipeline.fetching.paging import each_asked
from pipeline.fetching.payload import PayloadError, bundle, bundled, each, words
from pipeline.fetching.sitemaps import Sitemap, read_sitemap
from pipeline.fetching.web import Client
from pipeline.markup import MarkupError
from pipeline.posting import Board, RawPay, RawPlace, RawPosting, Reject
from pipeline.reading.monetary_amount import read_monetary_amount
from pipeline.reading.text import is_escaped, plain
from pipeline.sources import About

ABOUT = About("Pages with JobPosting", names_people=("applicationContact", "contactPoint"))
MOST_PAGES = 500
GONE = (404, 410)
LONGEST_ID = 500  # letters of an address that stands for an id
PARTS = ("description", "responsibilities", "qualifications", "educationRequirements", "experienceRequirements",
         "skills", "incentiveCompensation", "jobBenefits")  # fmt: skip


async def fetch(client: Client, board: Board) -> bytes:
    """Every page that could be read, in the order of their addresses.

    Pages that are gone or that robots.txt forbids are left out; any other fault is one of the board. A careers page is
    followed one link deep, on its own host: where it lists its jobs over several pages, name its sitemap instead.
    """
    body = await client.get_page(board.token)
    if sitemap := read_sitemap(body):
        urls = await _listed(client, sitemap)
    elif any(_found(board.token, body)):
        return bundle([(board.token, body)])
    elif not (urls := _each_once(links(board.token, body))):
        raise FetchError(f"{board.token} is no sitemap, has no JobPosting and links to no other page of its host")
    refused: list[AddressError] = []
    pages = [page for page in await each_asked(lambda url: _page(client, url, refused), urls) if page]
    if urls and len(pages) == len(refused):
        raise (
            refused[0]
            if refused
            else FetchError(f"none of its {len(urls)} pages can be read: each is gone, or robots.txt forbids it")
        )
    return bundle(pages)


def read(payload: bytes) -> Iterator[RawPosting | Reject]:
    """Every posting of every page. Raises PayloadError where there are pages, but none has a JobPosting."""
    pages = bundled(payload)
    found = [item for url, body in pages for item in _found(url, body)]
    if pages and not found:
        raise PayloadError(f"no page has a JobPosting as JSON-LD; the first of {len(pages)} is {pages[0][0]}")
    yield from (
        Reject("its page is empty, or at no public https address", url[:LONGEST_ID]) for url, body in pages if not body
    )
    yield from (item for item in found if isinstance(item, Reject))
    yield from _joined(item for item in found if isinstance(item, RawPosting))


def token_in(url: str) -> str | None:
    """None: such a page is known by what it holds, and any address may be one."""
    return None


async def _listed(client: Client, sitemap: Sitemap) -> list[str]:
    """The pages of a sitemap, or of the sitemaps that an index lists."""
    listed = _each_once(sitemap.addresses)
    if not sitemap.is_index:
        return listed
    found: list[str] = []
    for url in listed:
        inner = read_sitemap(await _ask(client, url))
        if inner is None or inner.is_index:
            raise FetchError(f"{url} stands in an index of sitemaps, but lists no pages")
        found = _each_once([*found, *inner.addresses])
    return found


async def _page(client: Client, url: str, refused: list[AddressError]) -> tuple[str, bytes] | None:
    """A page with its address; None where it is gone or robots.txt forbids it.

    One that is listed under no public address is `refused`: it has nothing in it, and costs itself alone.
    """
    try:
        return url, await _ask(client, url)
    except AddressError as error:
        refused.append(error)
        return url, b""
    except FetchError as error:
        if isinstance(error, DisallowedError) or error.status in GONE:
            return None
        raise


async def _ask(client: Client, url: str) -> bytes:
    """One of several answers; its fault names its address."""
    try:
        return await client.get_page(url)
    except FetchError as error:
        raise type(error)(f"{url}: {error}", error.status) from None


def _each_once(urls: Iterable[str]) -> list[str]:
    """Addresses in a stable order, over https however they were written. Raises FetchError for more than MOST_PAGES."""
    found = sorted({re.sub(r"^http://", "https://", url) for url in urls})
    if len(found) > MOST_PAGES:
        raise FetchError(f"it leads to more than {MOST_PAGES} pages: name a sitemap or page of the jobs alone")
    return found


def _found(url: str, body: bytes) -> Iterator[RawPosting | Reject]:
    """The postings of one page. One alone has the page's address; of several, each has its own `url`."""
    jobs: list[dict[str, Any]] = []
    try:
        texts = list(json_ld(body))
    except MarkupError as error:
        yield Reject(f"{url} is not read: {error}")
        return
    for text in texts:
        try:
            jobs += objects(json.loads(text, strict=False), "JobPosting")
        except (ValueError, RecursionError) as error:
            if "JobPosting" in text:
                yield Reject(f"the JSON-LD of {url} is not JSON: {error}")
    for job in jobs:
        if len(jobs) == 1 or not isinstance(job.get("url"), str):
            job["url"] = url
        job["id"] = _native_id(job)
    yield from each(jobs, _posting)


def _native_id(job: dict[str, Any]) -> str:
    """The identifier's value, plain or in a PropertyValue; the address of a posting that has none."""
    identifier = next(iter(_many(job.get("identifier"))), None)
    value = identifier.get("value") if isinstance(identifier, dict) else identifier
    return (str(value).strip() if isinstance(value, str | int) else "") or str(job["url"])


def _posting(job: dict[str, Any]) -> RawPosting:
    workplace_type = _name(job.get("jobLocationType"))
    is_remote = True if workplace_type and workplace_type.upper() == "TELECOMMUTE" else None
    types = [name for name in map(_name, _many(job.get("employmentType"))) if name]
    return RawPosting(
        native_id=job["id"],
        title=_name(job.get("title")),
        html=_html(job),
        url=words(job["url"]),
        places=_places(job) or (_areas(job) if is_remote else ()),
        workplace_type=workplace_type,
        is_remote=is_remote,
        department=_name(job.get("employmentUnit")),
        employment_type=", ".join(types) or None,
        published=words(job.get("datePosted")),
        pay=_pay(job),
        company=_name(job.get("hiringOrganization")),
        valid_through=words(job.get("validThrough")),
        level=_level(job.get("experienceRequirements")),
    )


def _many(value: Any) -> list[Any]:
    """What may stand alone or in a list, as a list."""
    return value if isinstance(value, list) else [] if value is None else [value]


def _name(value: Any) -> str | None:
    """A text, or the name of an object that is no person, the first of several; many sites escape it as in HTML."""
    first = next(iter(_many(value)), None)
    if isinstance(first, dict):
        first = None if first.get("@type") == "Person" else first.get("name")
    return words(unescape(words(first) or ""))


def _level(required: Any) -> str | None:
    """The months of experience, where they are a number; what is text is read with the description."""
    months = [one.get("monthsOfExperience") for one in _many(required) if isinstance(one, dict)]
    return next((f"{month} months of experience" for month in months if isinstance(month, int | float | str)), None)


def _html(job: dict[str, Any]) -> str:
    """The parts that are text, each that the ones before do not hold already; some sites escape their tags."""
    kept, said = [], " "
    for part in (part for name in PARTS for part in _many(job.get(name)) if isinstance(part, str)):
        html = unescape(part) if is_escaped(part) else part
        text = " ".join(plain(html).split())
        if text and f" {text} " not in said:
            kept.append(html)
            said += f"{text} "
    return "\n".join(kept)


def _places(job: dict[str, Any]) -> tuple[RawPlace, ...]:
    """Every distinct place: its address in parts or as words, else its name."""
    places = _many(job.get("jobLocation"))
    addresses = [(place.get("address") or place) if isinstance(place, dict) else place for place in places]
    found = (_place(address) for several in addresses for address in _many(several))
    return tuple(dict.fromkeys(place for place in found if place != RawPlace()))


def _place(address: Any) -> RawPlace:
    if not isinstance(address, dict):
        return RawPlace(words=_name(address))
    city, region, country = (_name(address.get(f"address{part}")) for part in ("Locality", "Region", "Country"))
    return RawPlace(None if city or region or country else _name(address), city, region, country)


def _areas(job: dict[str, Any]) -> tuple[RawPlace, ...]:
    """Where applicants may live: countries, states or wider areas, so free words."""
    names = map(_name, _many(job.get("applicantLocationRequirements")))
    return tuple(RawPlace(words=name) for name in names if name)


def _pay(job: dict[str, Any]) -> tuple[RawPay, ...]:
    currency = words(job.get("salaryCurrency"))
    found = (read_monetary_amount(salary, currency) for salary in _many(job.get("baseSalary")))
    return tuple(pay for pay in found if pay.low is not None or pay.high is not None)


def _joined(found: Iterable[RawPosting]) -> Iterator[RawPosting]:
    """A job with a page for each of its places is one posting; different jobs under one identifier stay apart."""
    jobs: dict[tuple[str | None, ...], RawPosting] = {}
    for posting in found:
        first = jobs.setdefault((posting.native_id, posting.title, posting.company), posting)
        places = tuple(dict.fromkeys(first.places + posting.places))
        jobs[posting.native_id, posting.title, posting.company] = replace(first, places=places)
    shared = Counter(posting.native_id for posting in jobs.values())
    for posting in jobs.values():
        is_own = shared[posting.native_id] == 1
        yield posting if is_own else replace(posting, native_id=f"{posting.url}#{posting.title}")
