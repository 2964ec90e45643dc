"""The names in a part of a location: itself, several without separators, or those amid other words."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.reading.areas import CODES_ALONE, country_alone, country_called, key, regions_called
from pipeline.reading.explanation import lies_in
from pipeline.reading.gazetteer import CITY_ALIASES, SHORT_NAMES, cities_called, is_everyday
from pipeline.reading.location_words import without_numbers
from pipeline.reading.place_meanings import LEAST_ABROAD, meanings

MOST_WORDS = 8  # of a part that is taken for names without separators
LONGEST_NAME = 4  # words
_CODE_FIRST = re.compile(r"[A-Z]{2}-[A-Z][a-z]")  # DE-Hagen, which is not De Haan
_BETWEEN_WORDS = re.compile(r"[\s.>/_–—-]+")


@lru_cache(maxsize=50_000)
def names_in(part: str) -> tuple[str, ...]:
    """The names in a part; the part itself where it holds none that is known."""
    if meanings(part) and not _CODE_FIRST.match(part):
        return (part,)
    plain = without_numbers(part)
    if plain != part and plain and meanings(plain):
        return (plain,)
    words = [word for word in _BETWEEN_WORDS.split(plain) if word]
    if len(words) > 1 and all(word in CODES_ALONE for word in words):
        return tuple(words)
    small = sum(not word[0].isupper() for word in words)
    if 1 < len(words) <= MOST_WORDS and (small < 2 or small == len(words)):  # else it is a sentence
        if names := _covering(words):
            return names
        if any(country_called(" ".join(words[-length:])) for length in (1, 2)):
            for length in (1, 2):  # "Getzville New York United States"
                names = _covering(words[length:]) or ()
                if len(names) > 1 and regions_called(names[0]):
                    return (" ".join(words[:length]), *names)
    segments = [segment for segment in part.split("-") if meanings(segment)]
    if segments and " " not in part and part.count("-") == 1 and _is_large(part.partition("-")[0]):
        return tuple(segments[: 1 + _is_large(segments[-1])])  # "Stuttgart-Vaihingen"
    if len(segments) > 1 and len(words) <= MOST_WORDS:
        return tuple(segments)  # "UK-London-King's Cross"
    return tuple(sure_names(part.split()) or sure_names(words if len(words) <= MOST_WORDS else []) or [part])


def _covering(words: list[str]) -> tuple[str, ...] | None:
    """The fewest names that use up all words and together are one place: "Pune Maharashtra India", "US-MA-Cambridge"."""
    best: tuple[str, ...] | None = None
    for names in _coverings(tuple(words)):
        if (best is None or len(names) < len(best)) and _are_one_place(names):
            best = names
    return best


def _is_large(name: str) -> bool:
    return any(one.city and one.city.population >= LEAST_ABROAD for one in meanings(name))


@lru_cache(maxsize=1_000)
def _coverings(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    if not words:
        return ((),)
    found: list[tuple[str, ...]] = []
    for length in range(min(LONGEST_NAME, len(words)), 0, -1):
        name = " ".join(words[:length])
        is_code_first = length > 1 and len(words[0]) < 4 and words[0].isupper() and not name.isupper()  # "DE Hagen"
        if not is_code_first and meanings(name):
            found += [(name, *rest) for rest in _coverings(words[length:])][:4]
    return tuple(found[:8])


def _are_one_place(names: tuple[str, ...]) -> bool:
    """Whether one meaning of a name lies in some meaning of each other one."""
    return any(
        all(name == other or any(lies_in(one, area) for area in meanings(other)) for other in names)
        for name in names
        for one in meanings(name)
    )


def sure_names(words: list[str]) -> list[str]:
    """Places amid words ("Python NYC onsite"), but not in a name ("Boston Dynamics", "University of Melbourne")."""
    found: list[str] = []
    at = 0
    while at < len(words):
        name, end = _sure_name(words, at)
        is_ended = end == len(words) or not words[end - 1][-1].isalnum() or not words[end][0].isupper()
        if (
            name
            and (is_ended or name in SHORT_NAMES or _sure_name(words, end)[0])
            and not (at and words[at - 1] in ("of", "for", "New"))
        ):
            found.append(name)
        at = end
    return found


def _sure_name(words: list[str], at: int) -> tuple[str | None, int]:
    """The longest sure name that begins at a word, and where it ends."""
    if not words[at].lstrip(".,:-")[:1].isupper():
        return None, at + 1
    for end in range(min(at + 3, len(words)), at, -1):
        name = " ".join(words[at:end]).strip(".,:-")
        if _is_sure(name):
            return name, end
    return None, at + 1


@lru_cache(maxsize=50_000)
def _is_sure(name: str) -> bool:
    """Whether the name means a place even amid other words: a country, a large city, a state."""
    if not name[:1].isupper() or (len(name) < 4 and not name.isupper()):
        return False
    is_short = name in SHORT_NAMES or key(name) in CITY_ALIASES
    if not is_everyday(name) and any(
        city.population >= LEAST_ABROAD and (is_short or key(city.city) == key(name))
        for city in cities_called(name)[:1]
    ):
        return True
    is_state = len(name) > 3 and any(region.country in ("US", "CA", "AU") for region in regions_called(name))
    return is_state or country_alone(name) is not None
