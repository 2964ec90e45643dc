"""The records that flow through the pipeline: a board, a raw posting, a posting."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from json import dumps
from typing import Any, Literal

Workplace = Literal["onsite", "hybrid", "remote"]
Seniority = Literal["early", "senior", "lead", "unknown"]
NamedBy = Literal["registry", "directory", "token"]
Period = Literal["hour", "day", "week", "month", "year"]


@dataclass(frozen=True, slots=True)
class Board:
    """One company's board on one source; `token` is the board's name there.

    `tags` say what kind of company it is (`registry.TAGS`); `confidence` how sure the registry is of the token;
    `named_by` who says whose board it is: the registry, a list of the directory, or, for want of them, its token.
    """

    company: str
    source: str
    token: str
    is_sample: bool = False
    tags: tuple[str, ...] = ()
    confidence: str | None = None
    named_by: NamedBy = "registry"

    @property
    def board_id(self) -> str:
        """`source/token`, the token case-folded, as the sources compare it."""
        return f"{self.source}/{self.token.casefold()}"

    def posting_id(self, native_id: str) -> str:
        """The key of one of its postings; what follows the last slash is the posting's own id, so no two boards share one."""
        return f"{self.board_id}/{native_id.replace('%', '%25').replace('/', '%2F')}"


@dataclass(frozen=True, slots=True)
class RawPlace:
    """One place as the board wrote it: free words, or the parts of an address."""

    words: str | None = None
    city: str | None = None
    region: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class RawPay:
    """One stated range of base pay, in the board's own words for currency, interval and what it is tied to."""

    low: float | None
    high: float | None
    currency: str | None
    interval: str | None
    tied_to: str | None = None


@dataclass(frozen=True, slots=True)
class RawPosting:
    """A posting as its board wrote it: renamed, not judged. Missing is None or empty.

    `company` is given only where a board lists several companies' postings; `level` is what the board's own field says of
    the experience asked for.
    """

    native_id: str
    title: str | None
    html: str
    url: str | None = None
    places: tuple[RawPlace, ...] = ()
    workplace_type: str | None = None
    is_remote: bool | None = None
    department: str | None = None
    employment_type: str | None = None
    published: str | int | None = None
    pay: tuple[RawPay, ...] = ()
    company: str | None = None
    valid_through: str | int | None = None
    level: str | None = None

    def digest(self) -> str:
        """SHA-256 of everything the board wrote, to tell a changed posting from a seen one.

        `level` counts only where it is told, so that a posting without one has the digest it had before there was one.
        """
        told = _told(self)
        if self.level is None:
            del told["level"]
        return sha256(dumps(told, sort_keys=True, default=_told).encode()).hexdigest()


def _told(record: RawPosting | Reject | RawPlace | RawPay) -> dict[str, Any]:
    """The fields of a record by name."""
    return {name: getattr(record, name) for name in record.__slots__}


@dataclass(frozen=True, slots=True)
class Reject:
    """A posting that could not be read; `native_id` where the board gave a readable one."""

    reason: str
    native_id: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place on the map; unknown parts are None. `country` is ISO 3166-1 alpha-2."""

    city: str | None = None
    region: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Pay:
    """Base pay as stated, per `period`, and the same per year in US dollars.

    The dollar figures are None where no rate is known for the currency, or where the
    yearly amount is implausible (see `pay.BOUNDS_USD`). `times` is how often a year the amount
    is paid: 12 for a month, unless the posting says 13 or 14 salaries; 2,080 for an hour.
    """

    low: float
    high: float
    currency: str | None
    period: Period
    low_usd: float | None = None
    high_usd: float | None = None
    rate_on: date | None = None
    times: float | None = None


@dataclass(frozen=True, slots=True)
class PayRange:
    """One of the ranges that a posting states, with what it is tied to: its words, a place they mean or a level."""

    pay: Pay
    tied_to: str | None = None
    place: Place | None = None
    level: Seniority | None = None


@dataclass(frozen=True, slots=True)
class Posting:
    """A posting with every judgement made; unknown is None, never a guess.

    One that the sieve holds for none of the six has the SHA-256 of its description, `sifted_sha256`, instead of a text, and
    nothing of what a text or an address would tell: neither pay nor a level that its title does not say.
    """

    native_id: str
    company: str | None
    title: str
    workplace: Workplace | None
    is_remote: bool | None
    remote_area: str | None
    places: tuple[Place, ...]
    posted_on: date | None
    valid_through: date | None
    seniority: Seniority
    raw_sha256: str
    text: str | None = None
    sifted_sha256: str | None = None
    url: str | None = None
    department: str | None = None
    employment_type: str | None = None
    pay: Pay | None = None
    pay_ranges: tuple[PayRange, ...] = ()


# what ends a line; what a terminal obeys instead of showing it, or turns the direction of what follows; half a pair
_ENDS = "\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
_OBEYED = "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f\ufff9-\ufffb\ufeff"
_LINE_ENDS, _CONTROLS = re.compile(f"\r\n?|[{_ENDS}]"), re.compile(f"[{_OBEYED}]")
_UNSOUND = re.compile(f"[\r{_ENDS}{_OBEYED}\ud800-\udfff]")  # one class: of several in turn each letter is tried by all


def sound(item: RawPosting | Reject) -> RawPosting | Reject:
    """The same with every text as `sound_text` has it.

    A reject where something else than text and numbers stands in a field, and where nothing is left of an id.
    """
    try:
        whole: RawPosting | Reject = _sound(item)
    except TypeError as error:
        native_id = _sound(item.native_id) if isinstance(item.native_id, str) else None
        return Reject(f"unreadable posting: {error}", native_id or None)
    if whole.native_id == "":
        return Reject("its id is made of control characters alone")
    return whole


def sound_text(text: str) -> str:
    """The text without control characters and marks of direction, its lines ended by "\\n".

    Each half of a surrogate pair, which JSON may spell and no file or database can hold, is U+FFFD.
    """
    if not _UNSOUND.search(text):
        return text
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _CONTROLS.sub("", _LINE_ENDS.sub("\n", whole))


def _sound(value: Any) -> Any:
    """The same record, tuple or text with all texts in it sound; itself where they are."""
    if isinstance(value, str):
        return sound_text(value)
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, tuple):
        return tuple(map(_sound, value))
    if isinstance(value, RawPosting | Reject | RawPlace | RawPay):
        mended = {name: _sound(one) for name, one in _told(value).items()}
        changed = {name: one for name, one in mended.items() if one is not getattr(value, name)}
        return replace(value, **changed) if changed else value
    raise TypeError(f"text or a number expected, found {type(value).__name__}")
