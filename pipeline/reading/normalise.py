"""From what a board wrote to what it means: the only place that judges, for every source alike."""

from __future__ import annotations

from datetime import UTC, date, datetime

from pipeline.posting import Posting, RawPosting, Reject
from pipeline.privacy import masked
from pipeline.reading.pay import attribute_pay, find_pay, join_pay
from pipeline.reading.places import read_places
from pipeline.reading.seniority import read_seniority
from pipeline.reading.text import plain

READING = 9  # raise when a reading rule changes: every kept posting is then read again
MAX_HTML = 1_000_000  # characters; the longest real description seen has 60,000
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)  # a date outside is a filler such as 0 or the end of time


def normalise(raw: RawPosting, home: frozenset[str] = frozenset()) -> Posting | Reject:
    """Judge a raw posting, or say why it cannot be one; `home` is the country of most places of its board."""
    title = " ".join((raw.title or "").split())
    if not title:
        return Reject("it has no title", raw.native_id)
    if len(raw.html) > MAX_HTML:
        return Reject(f"its description is longer than {MAX_HTML:,} characters", raw.native_id)
    text = masked(plain(raw.html))
    posted_on = read_date(raw.published)
    places, workplace, is_remote, remote_area = read_places(raw.places, raw.workplace_type, raw.is_remote, title, home)
    country = next((place.country for place in places if place.country), None)
    stated = find_pay(raw.pay, text, country)
    return Posting(
        native_id=raw.native_id,
        company=" ".join((raw.company or "").split()) or None,
        title=title,
        text=text,
        url=raw.url,
        department=raw.department,
        employment_type=raw.employment_type,
        workplace=workplace,
        is_remote=is_remote,
        remote_area=remote_area,
        places=places,
        posted_on=posted_on,
        valid_through=read_date(raw.valid_through),
        pay=join_pay(stated, posted_on),
        pay_ranges=attribute_pay(stated, text, posted_on),
        seniority=read_seniority(title, text),
        raw_sha256=raw.digest(),
    )


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
