"""What changed as feeds that a reader may subscribe to: Atom (RFC 4287) and JSON Feed 1.1, of the same entries.

The site's own address is not known. Atom takes references, which are of the address a feed was fetched from; JSON Feed does
not say so, and leaves its own addresses out. What identifies an entry is no address but a name (RFC 9562) made of the
opening, what changed and the day, so that it stays when the site moves or is written again.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5
from xml.etree import ElementTree

from classifiers.tracks import TITLES
from reports.changes import Part, Row, ask_changes, paid, place, since_of
from reports.mix import sample_mark
from reports.scope import WORLD
from reports.show import printable, web_address
from reports.site.changes import PAGE
from reports.site.market import Market
from warehouse.store import ask

MOST = 200  # entries, the newest
ATOM, JSON = "changes.atom", "changes.json"
OURS = UUID("6d0c2f0e-3c0a-5d8b-9a55-1f1f6a3b7c20")  # drawn once: the names below are in it
NEVER = datetime(1970, 1, 1)  # Atom wants a time where nothing was read yet, too
SAYS = {"appeared": "New", "closed": "Closed", "pay": "Pay changed"}
_NO_XML = re.compile("[\ufffe\uffff]")  # not even escaped


@dataclass(frozen=True, slots=True)
class Entry:
    """A change: `name` identifies it for good, `url` is where to read of the opening, if it has an address."""

    name: str
    on: date
    title: str
    words: str
    tags: tuple[str, ...]
    url: str | None = None


def atom(market: Market) -> str:
    """The feed as Atom."""
    feed = ElementTree.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "en"})
    _add(feed, "id", _name(_first_run(market)))
    _add(feed, "title", _title(market))
    _add(feed, "updated", f"{market.reading['read_at'] or NEVER:%Y-%m-%dT%H:%M:%SZ}")
    _add(_add(feed, "author"), "name", "trackmix")
    _add(feed, "link", rel="self", type="application/atom+xml", href=ATOM)
    _add(feed, "link", rel="alternate", type="text/html", href=PAGE)
    if market.credits:
        _add(feed, "rights", " ".join(f"{credit}." for credit in market.credits))
    for one in entries(market):
        entry = _add(feed, "entry")
        _add(entry, "id", one.name)
        _add(entry, "title", one.title)
        _add(entry, "updated", _at(one.on))
        _add(entry, "content", one.words)
        if one.url:
            _add(entry, "link", rel="alternate", href=one.url)
        for tag in one.tags:
            _add(entry, "category", term=tag)
    ElementTree.indent(feed, "")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(feed, encoding="unicode")}\n'


def json_feed(market: Market) -> str:
    """The feed as JSON Feed 1.1."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(market),
        "description": " ".join(
            ["What changed on the job boards that trackmix reads.", *(f"{one}." for one in market.credits)]
        ),
        "language": "en",
        "authors": [{"name": "trackmix"}],
        "items": [_item(one) for one in entries(market)],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1)


def entries(market: Market) -> list[Entry]:
    """The newest changes, at most MOST: openings of all readings, companies and moves since the last but one."""
    ever, last = since_of(market.home, WORLD, date.min), since_of(market.home, WORLD)
    found = [_of_opening(row) for row in ask_changes(market.home, WORLD, ever, Part.openings, MOST).records()]
    found += [_of_company(row) for row in ask_changes(market.home, WORLD, last, Part.companies).records()]
    moved = [row for row in ask_changes(market.home, WORLD, last, Part.moves).records() if row["is_move"]]
    found += [_of_move(row, market.reading["read_at"].date()) for row in moved]
    return sorted(found, key=lambda entry: entry.on, reverse=True)[:MOST]


def _of_opening(row: Row) -> Entry:
    track, about = TITLES[row["track"]], ", ".join(filter(None, (row["company"], place(row))))
    words = ". ".join(filter(None, (f"{SAYS[row['change']]}: {row['title']}, {about}", track, paid(row))))
    tags = tuple(filter(None, (SAYS[row["change"]], track, row["company"], row["country"])))
    title = f"{SAYS[row['change']]}: {row['title']} ({about})"
    name = _name(f"{row['posting_id']} {row['change']} {row['changed_on']}")
    return Entry(name, row["changed_on"], title, words, tags, web_address(row["url"]))


def _of_company(row: Row) -> Entry:
    openings = f"{row['postings']:,} opening{'' if row['postings'] == 1 else 's'} of the six kinds of work"
    words = f"{row['company']} has {openings}" + (", read for the first time." if row["is_first_reading"] else ".")
    name = _name(f"{row['company']} is new {row['since_on']}")
    return Entry(name, row["since_on"], f"New company: {row['company']}", words, ("New company", row["company"]))


def _of_move(row: Row, on: date) -> Entry:
    track = TITLES[row["track"]]
    words = f"{track}: {row['share_before']:.0%} of openings before, {row['share']:.0%} now ({100 * row['change']:+.0f} points)."
    return Entry(_name(f"{row['track']} moved {on}"), on, f"Share moved: {track}", words, ("Share moved", track))


def _item(entry: Entry) -> dict[str, object]:
    own = {"url": entry.url} if entry.url else {}
    item = {"id": entry.name, **own, "title": entry.title, "content_text": entry.words}
    return {**item, "date_published": _at(entry.on), "tags": entry.tags}


def _title(market: Market) -> str:
    return f"{sample_mark(market.world.basis)}what changed among AI engineering openings"


def _first_run(market: Market) -> str:
    """What tells this home from others, and stays."""
    return str(ask(market.home, "select arg_min(run_id, (fetched_at, run_id)) from fetches").rows[0][0])


def _name(of: str) -> str:
    return uuid5(OURS, of).urn


def _at(on: date) -> str:
    return f"{on}T00:00:00Z"


def _add(parent: ElementTree.Element, tag: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    own = {key: _NO_XML.sub(" ", printable(value)) for key, value in attributes.items()}
    child = ElementTree.SubElement(parent, tag, own)
    child.text = text and _NO_XML.sub(" ", printable(text))
    return child
