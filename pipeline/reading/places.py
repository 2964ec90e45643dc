"""From the words and fields of a location to places on the map, and how much of the work is remote.

A board's fields bind, its words refine: a place is looked for only in the country and region that are told. What
the words mean is decided for all names together (`resolution`). What no table knows is no place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.posting import Place, RawPlace, RawPosting, Workplace
from pipeline.reading.areas import (
    CODES_ALONE,
    country_alone,
    country_called,
    is_state_code,
    is_state_name,
    parts_called,
    regions_called,
    regions_coded,
)
from pipeline.reading.gazetteer import cities_called
from pipeline.reading.location_names import names_in
from pipeline.reading.location_words import LONGEST, WIDE, Part, pieces
from pipeline.reading.place_meanings import meanings
from pipeline.reading.resolution import Evidence, Name, Reading, resolve
from pipeline.reading.unlisted_towns import TOWN
from pipeline.reading.workplace import read_workplace, says_everywhere, says_remote, says_remote_in_title

NOTHING = Evidence()
WORDS_NOT_CODES = {"de", "hi", "id", "in", "la", "ma", "me", "oh", "ok", "or", "pa"}  # in small letters
LEAST_AT_HOME = 3  # places of a board


class Whereabouts(NamedTuple):
    """Where the work of a posting is done; unknown is None."""

    places: tuple[Place, ...]
    workplace: Workplace | None
    is_remote: bool | None
    remote_area: str | None  # areas wider than a country that a remote job is open to, as written: "EMEA"


def read_places(
    raw: Sequence[RawPlace],
    workplace_type: str | None,
    is_remote: bool | None,
    title: str = "",
    home: frozenset[str] = frozenset(),
) -> Whereabouts:
    """All distinct places of a posting, its workplace, and where it can be done remotely.

    `home` holds the country that most of its board's places lie in, which parts meanings that are else too close.

    The workplace type is trusted before the flag: on a real board 107 of 112 postings carry the flag while 97 are hybrid.
    Words such as "Remote (US)" say remote whatever the fields say, and so does the title.
    """
    return _whereabouts(tuple(raw), workplace_type, is_remote, says_remote_in_title(title), home)


@lru_cache(maxsize=20_000)
def _whereabouts(
    raw: tuple[RawPlace, ...],
    workplace_type: str | None,
    is_remote: bool | None,
    is_remote_by_title: bool,
    home: frozenset[str],
) -> Whereabouts:
    """The same for any title that says so much: the postings of a board have few places among them."""
    beside = NOTHING._replace(home=home, regions_beside=home)
    found = [place for one in raw for place in _read_one(one, beside)]
    if len(raw) > 1:
        beside = _beside(found, beside)
        found = [place for one in raw for place in _read_one(one, beside)]
    words = " | ".join(filter(None, (workplace_type, *(one.words for one in raw))))
    is_everywhere = not workplace_type and any(says_everywhere(one.words) for one in raw if one.words)
    is_said_remote = says_remote(words) or is_remote_by_title or is_everywhere
    workplace = read_workplace(workplace_type, words, is_remote or is_said_remote)
    places = tuple(dict.fromkeys(found))
    if is_said_remote or workplace == "remote":
        wide = dict.fromkeys(" ".join(found.group().split()) for found in WIDE.finditer(words[:LONGEST]))
        return Whereabouts(places, workplace, True, ", ".join(wide) or None)
    return Whereabouts(places, workplace, False if workplace else is_remote, None)


def home_country(postings: Iterable[RawPosting]) -> frozenset[str]:
    """The country of at least two thirds of a board's places that tell one; none of a board with fewer than three."""
    placed = (place for posting in postings for raw in posting.places for place in _read_one(raw, NOTHING))
    counts = Counter(place.country for place in placed if place.country and (place.city or place.region))
    if counts.total() < LEAST_AT_HOME:
        return frozenset()
    country, number = counts.most_common(1)[0]
    return frozenset({country} if 3 * number >= 2 * counts.total() else ())


def _read_one(raw: RawPlace, beside: Evidence) -> tuple[Place, ...]:
    """The places of an address, or else of words, in the country and region that the fields tell."""
    country = _told_country(raw.country)
    told = _told_region(raw.region, country) or Place(country=country)
    bound = beside._replace(country=told.country, region=told.region)
    found = read_words(raw.city, bound) if raw.city else ()
    if any(place.city for place in found):
        return found
    unknown = [
        field for field, is_known in ((raw.region, told.region), (raw.country, country)) if field and not is_known
    ]
    words = raw.words or ", ".join(unknown)
    said = () if _names_another_country(words, told.country) else read_words(words, bound)
    if raw.city and told.country and not any(place.city for place in said) and is_unlisted_town(raw.city):
        return (Place(raw.city, told.region, told.country),)
    return said or found or ((told,) if told.country else ())


def _names_another_country(words: str, told: str | None) -> bool:
    """Whether words name a country that the field excludes, by a name that means nothing in the one told."""
    names = (name.words for parts in pieces(words) for name in _names(parts)) if told else ()
    return any(
        country_alone(name) not in (None, told) and not any(one.country == told for one in meanings(name))
        for name in names
    )


def _told_country(name: str | None) -> str | None:
    """The country of a board's field: a name in any of the usual forms, or a code in any case."""
    return (country_called(name) or (country_called(name.upper()) if len(name) < 4 else None)) if name else None


def _told_region(name: str | None, country: str | None) -> Place | None:
    """The region that a board's field tells: one of the country told, or one of no other country."""
    regions = (*regions_called(name), *parts_called(name), *regions_coded(name.upper())) if name else ()
    found = [one for one in regions if country in (None, one.country)]
    is_told = found and (country or len({one.country for one in found}) == 1)
    return Place(region=found[0].region, country=found[0].country) if is_told else None


def is_unlisted_town(words: str) -> bool:
    """Whether the words of a city's field may be a town that no table knows, and say nothing else."""
    return bool(TOWN.fullmatch(words)) and [[part.words for part in parts] for parts in pieces(words)] == [[words]]


def read_words(words: str, evidence: Evidence) -> tuple[Place, ...]:
    """The places that words name."""
    found = [reading.place for reading in readings(words, evidence) if reading.place]
    named = list(dict.fromkeys(found))
    # "San Francisco, CA, United States" said as two lines still is one place
    finer: set[tuple[str | None, str | None]] = {(place.country, None) for place in named if place.city or place.region}
    finer |= {(place.country, place.region) for place in named if place.city}
    return tuple(place for place in named if place.city or (place.country, place.region) not in finer)


def why(words: str) -> list[dict[str, str | float]]:
    """What the words of a location mean, name by name, with the score of it and what decided."""
    return [
        {
            "names": ", ".join(reading.names),
            "place": ", ".join(
                filter(
                    None, (reading.place and (reading.place.city, reading.place.region, reading.place.country)) or ()
                )
            ),
            "score": round(reading.score, 2),
            "decided_by": reading.decided_by,
        }
        for reading in readings(words, NOTHING)
    ]


def names_place(words: str) -> bool:
    """Whether words name a place, even where it is open which one."""
    return bool(readings(words, NOTHING))


@lru_cache(maxsize=50_000)
def readings(words: str, evidence: Evidence) -> tuple[Reading, ...]:
    """What the words mean, place by place: all read once, and again beside the places that this found."""
    split = [_names(parts) for parts in pieces(words)]
    lone = {name for piece in split for name in _lone_states(piece)}
    codes = {name for name in lone if len(name) == 2}
    are_states = len(lone) > 2 or len(codes) > 1
    is_alone = sum(map(len, split)) == 1
    evidence = evidence._replace(
        is_alone=is_alone,
        among_countries=_are_countries(split),
        among_states=are_states and not lone <= {"LA", "NY", "DC"},
    )
    found = [reading for piece in split for reading in resolve(piece, evidence)]
    if found and sum(map(len, split)) > len(found[0].names):
        beside = _beside([reading.place for reading in found if reading.place], evidence)
        states = [one for one in found if len(one.names) == 1 and one.place and one.place.region and not one.place.city]
        beside = beside._replace(among_states=evidence.among_states or len(states) > 1)
        found = [reading for piece in split for reading in resolve(piece, beside)]
    return tuple(found)


def _are_countries(split: list[list[Name]]) -> bool:
    """Whether two codes beside the US' always mean countries, and none a state alone: "US / AR / BR / MX"."""
    codes = {name.words for piece in split for name in piece if len(name.words) == 2 and name.words.isupper()}
    countries, states = ({code for code in codes if is_of(code)} for is_of in (country_called, is_state_code))
    return len((countries & CODES_ALONE) - states - {"US"}) > 1 and not states - countries


def _lone_states(piece: list[Name]) -> list[str]:
    """The names and codes of states that stand behind no other name than such and countries."""
    are = [is_state_name(name.words) or bool(country_alone(name.words)) for name in piece]
    return [name.words for at, name in enumerate(piece) if is_state_name(name.words) and (at == 0 or are[at - 1])]


def _beside(places: Iterable[Place], evidence: Evidence) -> Evidence:
    """The evidence with that of other places."""
    found = [(place.country, place.region or place.city) for place in places if place.country]
    return evidence._replace(
        beside=evidence.beside | {country for country, _ in found},
        regions_beside=evidence.regions_beside | {country for country, finer in found if finer},
    )


def _names(parts: list[Part]) -> list[Name]:
    """The names of a piece."""
    names: list[Name] = []
    for part in parts:
        if names and part.is_aside and len(cities_called(whole := f"{names[-1].words} {part.words}")) == 1:
            names[-1] = names[-1]._replace(words=whole)  # Halle (Saale)
            continue
        first, *others = names_in(
            _as_code(part.words) if names and not part.is_aside and meanings(names[-1].words) else part.words
        )
        names += [Name(first, part.is_aside), *map(Name, others)]
    return names[1:] if _begins_with_own_code(names) else names


def _as_code(words: str) -> str:
    """The code of a state in capitals, however it is written: "Portland, Me"."""
    is_code = len(words) == 2 and words not in WORDS_NOT_CODES and is_state_code(words.upper())
    return words.upper() if is_code else words


def _begins_with_own_code(names: list[Name]) -> bool:
    """Whether the first name is a country's code that another country behind it belies: "CH - Shanghai, China"."""
    if len(names) < 3 or len(names[0].words) > 2 or not names[1].is_aside:
        return False
    own = country_called(names[0].words)
    told = {country_called(name.words) for name in names[2:] if len(name.words) > 3} - {None}
    return bool(own and told and own not in told)
