"""What a schema.org JobPosting on a page says, for every source that reads pages.

Fields: schema.org/JobPosting, developers.google.com/search/docs/appearance/structured-data/job-posting, and real pages.
People (`applicationContact`, `contactPoint`) are not read, nor are `industry` and `occupationalCategory`: the company's
trade and a code of occupations are no department.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import unescape
from typing import Any

from pipeline.fetching.pages import json_ld, objects
from pipeline.fetching.payload import each, words
from pipeline.markup import MarkupError
from pipeline.posting import RawPay, RawPlace, RawPosting, Reject
from pipeline.reading.monetary_amount import read_monetary_amount
from pipeline.reading.text import is_escaped, plain

NAMES_PEOPLE = ("applicationContact", "contactPoint")
PARTS = ("description", "responsibilities", "qualifications", "educationRequirements", "experienceRequirements",
         "skills", "incentiveCompensation", "jobBenefits")  # fmt: skip


def postings_on(url: str, body: bytes) -> Iterator[RawPosting | Reject]:
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
