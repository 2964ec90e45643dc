"""From what a board wrote to what it means: the only place that judges, for every source alike."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from hashlib import sha256

from classifiers.sieve import Sieve
from pipeline.posting import Posting, RawPosting, Reject
from pipeline.privacy import masked, without_contacts
from pipeline.reading.passages import Text
from pipeline.reading.pay import attribute_pay, find_pay, join_pay
from pipeline.reading.places import read_places
from pipeline.reading.remote_in_text import own_country, refined
from pipeline.reading.seniority import read_seniority
from pipeline.reading.signals import read_signals
from pipeline.reading.text import plain

READING = 15  # raise when a reading rule changes: every kept posting is then read again
MAX_HTML = 1_000_000  # characters; the longest real description seen has 60,000
MAX_TITLE = 300  # characters, behind which a title is cut; the longest real one seen has 219
MAX_NAME = 200  # characters of a company, a department or a type of employment; the longest real one seen has 68
MAX_ADDRESS = 2_000  # characters of an address or an id
MAX_PLACES, MAX_RANGES = 200, 100  # of one posting; the most of a real one are 10 and 20
_WEB = re.compile(r"https?://[^\s\\]+\Z", re.IGNORECASE)
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)  # a date outside is a filler such as 0 or the end of time


def normalise(raw: RawPosting, home: frozenset[str] = frozenset(), sieve: Sieve | None = None) -> Posting | Reject:
    """Judge a raw posting, or say why it cannot be one; `home` is the country of most places of its board.

    What is too long to be what it should be is none; a title is cut, for the rest of it is no less a title. Where there is
    a `sieve`, a posting that does not pass it is not read in full (`Posting.sifted_sha256`).
    """
    title, company = _line(raw.title), _line(raw.company)
    if fault := _fault(raw, title, company):
        return Reject(fault, without_contacts(raw.native_id[:MAX_ADDRESS]))
    if sieve and not sieve.passes(title, raw.html):
        return _sifted(raw, title, company, home)
    text = _text(raw.html)
    posted_on = read_date(raw.published)
    told = read_places(raw.places[:MAX_PLACES], raw.workplace_type, raw.is_remote, title, home)
    (places, workplace, is_remote, remote_area), words = refined(told, title, beside := Text.of(text))
    country = own_country(told.places, places)
    stated = find_pay(raw.pay[:MAX_RANGES], text, country)
    return Posting(
        native_id=raw.native_id,
        company=company or None,
        title=_title(title),
        text=text,
        url=_address(raw.url),
        department=_name(raw.department),
        employment_type=_name(raw.employment_type),
        workplace=workplace,
        is_remote=is_remote,
        remote_area=remote_area and without_contacts(remote_area),
        places=places,
        posted_on=posted_on,
        valid_through=read_date(raw.valid_through),
        pay=join_pay(stated, posted_on),
        pay_ranges=attribute_pay(stated, text, posted_on),
        seniority=read_seniority(title, text, raw.level, raw.employment_type),
        signals=read_signals(title, beside, raw.level, raw.employment_type, words),
        raw_sha256=raw.digest(),
    )


def _sifted(raw: RawPosting, title: str, company: str, home: frozenset[str]) -> Posting:
    """A posting that is plainly none of the six: what is counted of it, and what tells whether it is another one again."""
    places, workplace, is_remote, remote_area = read_places(
        raw.places[:MAX_PLACES], raw.workplace_type, raw.is_remote, title, home
    )
    return Posting(
        native_id=raw.native_id,
        company=company or None,
        title=_title(title),
        sifted_sha256=sha256(raw.html.encode("utf-8", "replace")).hexdigest(),
        workplace=workplace,
        is_remote=is_remote,
        remote_area=remote_area and without_contacts(remote_area),
        places=places,
        posted_on=read_date(raw.published),
        valid_through=read_date(raw.valid_through),
        seniority=read_seniority(title, "", raw.level, raw.employment_type),
        raw_sha256=raw.digest(),
    )


def _title(title: str) -> str:
    return title if len(title) <= MAX_TITLE else f"{title[: MAX_TITLE - 1].rstrip()}…"


@lru_cache(maxsize=4)
def _text(html: str) -> str:
    """The masked text of HTML; the roles of one comment on Hacker News share theirs."""
    return masked(plain(html))


def _fault(raw: RawPosting, title: str, company: str) -> str | None:
    """Why it cannot be a posting; None where it can."""
    if not title:
        return "it has no title"
    if len(company) > MAX_NAME:
        return f"its company's name is longer than {MAX_NAME} characters"
    if len(raw.native_id) > MAX_ADDRESS:
        return f"its id is longer than {MAX_ADDRESS:,} characters"
    if "@" in raw.native_id and without_contacts(raw.native_id) != raw.native_id:
        return "its id holds an e-mail address"
    if len(raw.html) > MAX_HTML:
        return f"its description is longer than {MAX_HTML:,} characters"
    return None


def _line(words: str | None) -> str:
    """Words in one line, without e-mail addresses and telephone numbers."""
    return without_contacts(" ".join((words or "").split()))


def _name(words: str | None) -> str | None:
    """A name in one line; None where there is none, or it is too long to be one."""
    name = _line(words)
    return name if 0 < len(name) <= MAX_NAME else None


def _address(url: str | None) -> str | None:
    """An address of the web; None where it is none, too long to be one, or about a person: masked it would lead nowhere."""
    is_address = url and len(url) <= MAX_ADDRESS and _WEB.match(url) and without_contacts(url) == url
    return url if is_address else None


def read_date(published: str | int | None) -> date | None:
    """The UTC day of an ISO 8601 time or of milliseconds since 1970; None where it is neither, or a filler."""
    try:
        if isinstance(published, int):
            when = datetime.fromtimestamp(published / 1000, UTC)
        elif published:
            when = datetime.fromisoformat(published)
        else:
            return None
        day = when.astimezone(UTC).date() if when.tzinfo else when.date()
    except (ValueError, OverflowError, OSError):
        return None
    return day if EARLIEST <= day < LATEST else None
