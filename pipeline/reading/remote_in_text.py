"""Where the work is done, by title and text beside the board's fields.

A stated denial goes before any flag. That the work is remote is read from a text only where the fields say nothing. Where a
remote job is open to is read from the title, else from the text: it fills in a country that no place tells, adds those that
candidates may be in, and parts a country into the states told.
"""

from __future__ import annotations

from itertools import chain
from typing import NamedTuple

from pipeline.posting import Place
from pipeline.reading.heading import Heading, remote_heading
from pipeline.reading.location_words import LONGEST, WIDE
from pipeline.reading.passages import Text
from pipeline.reading.places import NOTHING, Whereabouts, read_words
from pipeline.reading.remote_places import in_heading, in_text, in_title
from pipeline.reading.remote_statements import denial, statement
from pipeline.reading.workplace import says_hybrid_in_title


class Said(NamedTuple):
    """The whereabouts as title and text have them, and the words that decided: of "remote", of "open_to"."""

    where: Whereabouts
    words: dict[str, str]


def refined(where: Whereabouts, title: str, text: Text) -> Said:
    """The whereabouts that the fields tell, with what title and text say beside them."""
    told: dict[str, str] = {}
    if denied := denial(title, text, where.workplace == "onsite"):
        workplace = where.workplace if where.workplace != "remote" else None
        return Said(where._replace(workplace=workplace, is_remote=False, remote_area=None), {"remote": denied})
    heading = remote_heading(text) if where.is_remote in (None, True) else None
    if where.is_remote is None and where.workplace is None:
        if says_hybrid_in_title(title):
            where = where._replace(workplace="hybrid", is_remote=False)
        elif said := heading.remote if heading else statement(text):
            where = where._replace(workplace="remote", is_remote=True)
            told["remote"] = said
    if where.is_remote:
        where, open_to = _opened(where, title, heading, text)
        told |= {"open_to": open_to} if open_to else {}
    return Said(where, told)


def own_country(told: tuple[Place, ...], said: tuple[Place, ...]) -> str | None:
    """The country whose money a bare sign means: of the first place told by the fields, else the only one said."""
    if first := next((place.country for place in told if place.country), None):
        return first
    countries = {place.country for place in said}
    return countries.pop() if len(countries) == 1 else None


def _opened(where: Whereabouts, title: str, heading: Heading | None, text: Text) -> tuple[Whereabouts, str | None]:
    """The places and wide areas of a remote job with those that title, heading, else text name; and the words, if any."""
    is_told = any(place.country for place in where.places)
    for names, words, is_binding in chain(in_title(title, is_told), in_heading(heading), in_text(text)):
        places = _read(names) if is_binding or not is_told else ()
        area = where.remote_area or (None if is_told and words != title else _wide(names))
        if places or area != where.remote_area:
            opened = where._replace(places=_merged(where.places, places), remote_area=area)
            return opened, words if opened != where else None
    return where, None


def _read(names: str) -> tuple[Place, ...]:
    """The places that names tell; a list that is longer than a location may be is read in parts."""
    parts: list[str] = []
    for name in names.split(", "):
        if parts and len(parts[-1]) + len(name) + 2 <= LONGEST:
            parts[-1] += f", {name}"
        else:
            parts.append(name)
    return tuple(dict.fromkeys(place for part in parts for place in read_words(part, NOTHING)))


def _wide(words: str) -> str | None:
    return ", ".join(dict.fromkeys(" ".join(found.group().split()) for found in WIDE.finditer(words))) or None


def _merged(told: tuple[Place, ...], said: tuple[Place, ...]) -> tuple[Place, ...]:
    """Places told by the fields, a country parted into the regions said of it, and those said of other countries."""
    parted = {place.country for place in said if place.region and not place.city}
    kept = [place for place in told if place.region or place.city or place.country not in parted]
    known = {place.country for place in kept}
    return tuple(dict.fromkeys([*kept, *(place for place in said if place.country not in known)]))
