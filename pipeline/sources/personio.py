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
from pipeline.fetching.payload import PayloadError, bundle, bundled, each, joined, numeral, subdomain_at, words
from pipeline.fetching.web import Client
from pipeline.posting import Board, RawPay, RawPlace, RawPosting, Reject
from pipeline.sources import About

ABOUT = About("Personio")
_FEED = re.compile(r"(?:<\?xml[^>]*>\s*)?<workzag-jobs\s*(?:/>|>(.*)</workzag-jobs>)", re.DOTALL)
_START, _END = "<position>", "</position>"
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
    """The XML of every position, with its id and host.

    Each is parsed by itself: a malformed one costs only itself, and none can have a DOCTYPE, without which
    XML has no entities to expand or to fetch.
    """
    for url, body in bundled(payload):
        text = body.decode("utf-8-sig").strip()
        feed = _FEED.fullmatch(text)
        inside = (feed[1] or "") if feed else text
        *pieces, rest = [piece.strip() for piece in inside.split(_END)]  # a pattern would look for each end anew
        if not feed or rest or not all(piece.startswith(_START) for piece in pieces):
            raise PayloadError(f"the answer is not a whole feed of positions (it starts {text[:40]!r})")
        for piece in pieces:
            xml = piece + _END
            native = _ID.search(xml)
            yield {"id": native and native[1], "host": urlsplit(url).hostname, "xml": xml}


def _posting(found: dict[str, str | None]) -> RawPosting:
    position = _parsed(found["xml"] or "")
    native_id = _said(position, "id") or ""
    terms = (_said(position, "employmentType"), _said(position, "schedule"))
    return RawPosting(
        native_id=native_id,
        title=_said(position, "name"),
        html=_html(position),
        url=f"https://{found['host']}/job/{native_id}",
        places=_places(position),
        department=_said(position, "department") or _said(position, "recruitingCategory"),
        employment_type=", ".join(filter(None, terms)) or None,
        published=_said(position, "createdAt"),
        pay=_pay(position),
        level=_level(position),
    )


def _parsed(xml: str) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(xml)
    except ElementTree.ParseError as error:
        raise ValueError(f"its XML is malformed: {error}") from None


def _said(element: ElementTree.Element, name: str) -> str | None:
    return words(element.findtext(name))


def _html(position: ElementTree.Element) -> str:
    """Every section under its heading, but the one that names a person to turn to."""
    sections = position.iterfind("jobDescriptions/jobDescription")
    found = [(_said(section, "name") or "", _said(section, "value") or "") for section in sections]
    return "\n".join(f"<h3>{escape(name)}</h3>{html}" for name, html in found if name != "CONTACT_PERSON")


def _places(position: ElementTree.Element) -> tuple[RawPlace, ...]:
    """The main office and the others, each once."""
    offices = (*position.iterfind("office"), *position.iterfind("additionalOffices/office"))
    named = dict.fromkeys(words(office.text) for office in offices)
    return tuple(RawPlace(words=name) for name in named if name)


def _level(position: ElementTree.Element) -> str | None:
    """The seniority and the years of experience, each one of a few codes: "student", "5-7"."""
    years = _said(position, "yearsOfExperience")
    return ", ".join(filter(None, (_said(position, "seniority"), years and f"{years} years of experience"))) or None


def _pay(position: ElementTree.Element) -> tuple[RawPay, ...]:
    salary = position.find("salaryInformation")
    if salary is None:
        return ()
    low, high = numeral(_said(salary, "min")), numeral(_said(salary, "max"))
    if low is None and high is None:
        return ()
    return (RawPay(low=low, high=high, currency=_said(salary, "currencyCode"), interval=_said(salary, "type")),)
