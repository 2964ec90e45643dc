"""From the words and fields of a location to places on the map, and how much of the work is remote.

A board's fields bind, its words refine: a place is looked for only in the country and region that are told. What
the words mean is decided for all names together (`resolution`). What no table knows is no place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.posting import Place, RawPlace, Workplace
from pipeline.reading.gazetteer import cities_called, country_alone, country_called, is_state_code, regions_called, regions_coded
from pipeline.reading.location_names import names_in
from pipeline.reading.location_words import LONGEST, WIDE, Part, pieces
from pipeline.reading.resolution import TOWN, Evidence, Name, Reading, resolve
from pipeline.reading.workplace import read_workplace, says_remote


class Whereabouts(NamedTuple):
    """Where the work of a posting is done; unknown is None."""

    places: tuple[Place, ...]
    workplace: Workplace | None
    is_remote: bool | None
    remote_area: str | None  # areas wider than a country that a remote job is open to, as written: "EMEA"


def read_places(
    raw: Sequence[RawPlace], workplace_type: str | None, is_remote: bool | None, title: str = ""
) -> Whereabouts:
    """All distinct places of a posting, its workplace, and where it can be done remotely."""
    found = [place for one in raw for place in _read_one(one, Evidence())]
    if len(raw) > 1:
        beside = _beside(found)
        found = [place for one in raw for place in _read_one(one, beside)]
    places = tuple(dict.fromkeys(found))
    words = " | ".join(filter(None, (workplace_type, *(one.words for one in raw))))
    is_said_remote = says_remote(words) or says_remote(title, is_title=True)
    workplace = read_workplace(workplace_type, words, is_remote or is_said_remote)
    if is_said_remote or workplace == "remote":
        wide = dict.fromkeys(" ".join(found.group().split()) for found in WIDE.finditer(words[:LONGEST]))
        return Whereabouts(places, workplace, True, ", ".join(wide) or None)
    return Whereabouts(places, workplace, False if workplace else is_remote, None)


def _read_one(raw: RawPlace, evidence: Evidence) -> tuple[Place, ...]:
    """The places of an address, or of words, inside what the fields tell."""
    country = country_called(raw.country) if raw.country else None
    region = _told_region(raw.region, country) if raw.region else None
    told = region or Place(country=country)
    bound = evidence._replace(country=told.country, region=told.region)
    found = read_words(raw.city, bound) if raw.city else ()
    if raw.city and told.country and not any(place.city for place in found) and TOWN.fullmatch(raw.city):
        found = (Place(raw.city, told.region, told.country),)
    unread = ", ".join(field for field, is_read in ((raw.region, region), (raw.country, country)) if field and not is_read)
    words = (raw.words, unread) if not found else ()
    return found or next((read for each in words if each and (read := read_words(each, bound))), None) or (
        (told,) if told.country else ()
    )


def _told_region(name: str, country: str | None) -> Place | None:
    """The region that a board's field tells, where it is one of the country told, or of no other."""
    found = [one for one in (*regions_called(name), *regions_coded(name)) if country in (None, one.country)]
    is_told = found and (country or len({one.country for one in found}) == 1)
    return Place(region=found[0].region, country=found[0].country) if is_told else None


def read_words(words: str, evidence: Evidence = Evidence()) -> tuple[Place, ...]:
    """The places that words name."""
    found = [reading.place for reading in readings(words, evidence) if reading.place]
    named = list(dict.fromkeys(found))
    # "San Francisco, CA, United States" said as two lines still is one place
    finer: set[tuple[str | None, str | None]] = {(place.country, None) for place in named if place.city or place.region}
    finer |= {(place.country, place.region) for place in named if place.city}
    return tuple(place for place in named if place.city or (place.country, place.region) not in finer)


@lru_cache(maxsize=50_000)
def readings(words: str, evidence: Evidence) -> tuple[Reading, ...]:
    """What the words mean, place by place: all read once, and again beside the places that this found."""
    split = [_names(parts) for parts in pieces(words)]
    codes = {code for piece in split for code in _lone_codes(piece)}
    is_alone = sum(map(len, split)) == 1
    evidence = evidence._replace(is_alone=is_alone, among_states=len(codes) > 1 and not codes <= {"LA", "NY", "DC"})
    found = [reading for piece in split for reading in resolve(piece, evidence)]
    if len(found) > 1:
        beside = _beside([reading.place for reading in found if reading.place], evidence)
        states = [one for one in found if len(one.names) == 1 and one.place and one.place.region and not one.place.city]
        beside = beside._replace(among_states=evidence.among_states or len(states) > 1)
        found = [reading for piece in split for reading in resolve(piece, beside)]
    return tuple(found)


def _lone_codes(piece: list[Name]) -> list[str]:
    """The codes of states that stand behind no other name than such codes and countries."""
    codes = [is_state_code(name.words) or bool(country_alone(name.words)) for name in piece]
    return [name.words for at, name in enumerate(piece) if is_state_code(name.words) and (at == 0 or codes[at - 1])]


def _beside(places: Iterable[Place], evidence: Evidence = Evidence()) -> Evidence:
    """The evidence with that of other places."""
    found = [place for place in places if place.country]
    return evidence._replace(
        beside=evidence.beside | {place.country for place in found},
        regions_beside=evidence.regions_beside | {place.country for place in found if place.region or place.city},
    )


def _names(parts: list[Part]) -> list[Name]:
    """The names of a piece."""
    names: list[Name] = []
    for part in parts:
        if names and part.is_aside and len(cities_called(whole := f"{names[-1].words} {part.words}")) == 1:
            names[-1] = names[-1]._replace(words=whole)  # Halle (Saale)
            continue
        first, *others = names_in(part.words)
        names += [Name(first, part.is_aside), *map(Name, others)]
    own, *others = names or [Name("")]
    is_own_code = len(own.words) == 2 and len(others) > 1 and others[0].is_aside and country_called(own.words)
    if is_own_code and any(len(one.words) > 3 and country_called(one.words) not in (None, is_own_code) for one in others):
        return others  # "CH - Shanghai, China"
    return names
