"""Personio's feed of open positions: the whole board in one XML answer, on the company's own host.

Feed and fields: developer.personio.de/docs/retrieving-open-job-positions, and real answers; `salaryInformation`
and the `CONTACT_PERSON` section: github.com/applypack/applypack/pull/127, read from live feeds. A position that
is not written in the language asked for comes without its description.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree

from pipeline.fetching.faults import FetchError
from pipeline.fetching.feeds import elements, parsed, said
from pipeline.fetching.payload import bundle, bundled, each, joined, numeral, subdomain_at, words
from pipeline.fetching.web import Client
from pipeline.posting import Board, RawPay, RawPlace, RawPosting, Reject
from pipeline.sources import About

ABOUT = About("Personio")
_FEED = re.compile(r"(?:<\?xml[^>]*>\s*)?<workzag-jobs\s*(?:/>|>(.*)</workzag-jobs>)", re.DOTALL)
_ID = re.compile(r"<id>\s*(\w+)\s*</id>")


async def fetch(client: Client, board: Board) -> bytes:
    """The board in English, from the `.com` host where the `.de` one has none."""
    host = f"https://{quote(board.token, safe='')}.jobs.personio"
    try:
        return await _fetch(client, f"{host}.de/xml")
    except FetchError as error:
        if error.status != 404:
            raise
        return await _fetch(client, f"{host}.com/xml")


async def _fetch(client: Client, url: str) -> bytes:
    """The feed with its address, for no position says its own."""
    return bundle([(url, await client.get_whole(url, language="en"))])


def read(payload: bytes) -> Iterator[RawPosting | Reject]:
    """Every position of the board, once."""
    return joined(each(_positions(payload), _posting))


def token_in(url: str) -> str | None:
    """The company of a page or a feed."""
    return subdomain_at(url, "jobs.personio.de", "jobs.personio.com")


def _positions(payload: bytes) -> Iterator[dict[str, str | None]]:
    """The XML of every position, with its id and host."""
    for url, body in bundled(payload):
        for xml in elements(_FEED, body, "position"):
            native = _ID.search(xml)
            yield {"id": native and native[1], "host": urlsplit(url).hostname, "xml": xml}


def _posting(found: dict[str, str | None]) -> RawPosting:
    position = parsed(found["xml"] or "")
    native_id = said(position, "id") or ""
    terms = (said(position, "employmentType"), said(position, "schedule"))
    return RawPosting(
        native_id=native_id,
        title=said(position, "name"),
        html=_html(position),
        url=f"https://{found['host']}/job/{native_id}",
        places=_places(position),
        department=said(position, "department") or said(position, "recruitingCategory"),
        employment_type=", ".join(filter(None, terms)) or None,
        published=said(position, "createdAt"),
        pay=_pay(position),
        level=_level(position),
    )


def _html(position: ElementTree.Element) -> str:
    """Every section under its heading, but the one that names a person to turn to."""
    sections = position.iterfind("jobDescriptions/jobDescription")
    found = [(said(section, "name") or "", said(section, "value") or "") for section in sections]
    return "\n".join(f"<h3>{escape(name)}</h3>{html}" for name, html in found if name != "CONTACT_PERSON")


def _places(position: ElementTree.Element) -> tuple[RawPlace, ...]:
    """The main office and the others, each once."""
    offices = (*position.iterfind("office"), *position.iterfind("additionalOffices/office"))
    named = dict.fromkeys(words(office.text) for office in offices)
    return tuple(RawPlace(words=name) for name in named if name)


def _level(position: ElementTree.Element) -> str | None:
    """The seniority and the years of experience, each one of a few codes: "student", "5-7"."""
    years = said(position, "yearsOfExperience")
    return ", ".join(filter(None, (said(position, "seniority"), years and f"{years} years of experience"))) or None


def _pay(position: ElementTree.Element) -> tuple[RawPay, ...]:
    salary = position.find("salaryInformation")
    if salary is None:
        return ()
    low, high = numeral(said(salary, "min")), numeral(said(salary, "max"))
    if low is None and high is None:
        return ()
    return (RawPay(low=low, high=high, currency=said(salary, "currencyCode"), interval=said(salary, "type")),)
