"""Which place the names of a piece mean together: the combination that explains most of them, and is likeliest.

Names that stand next to each other may be one place or several. A group of names is one place if one of them can
mean it and it explains the others, being in the country or region that they mean. Of all ways to part the names of a
piece into groups the one with the largest sum of scores is taken (dynamic programming, as the best segmentation
of a text into words).
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from pipeline.posting import Place
from pipeline.reading.areas import CODES_ALONE, LIE_IN, WITH_REGION_CODES, country_called, is_county, is_state_name
from pipeline.reading.explanation import explains
from pipeline.reading.gazetteer import is_everyday
from pipeline.reading.place_meanings import GERMAN, Meaning, meanings
from pipeline.reading.unlisted_towns import unlisted_town

WHOLE = 4.0  # for a group that is all that the piece names
BESIDE = 1.0  # for a city in a country that other pieces name a place in
REGION_BESIDE = 2.0  # the same for a region that is no city's name too: Georgia beside Florida
MARGIN = 0.3  # a place that leads another meaning by less is not told apart from it: their common area is the answer
AMONG_STATES = -3.0  # for New York City and Washington in a list of states
LEAST_AREA = 100_000  # inhabitants of a city whose common area with others of its name is the answer
CAPITAL = 1.5  # by so much less a city may be likely than the region of its name, and is meant
OUTDONE = 100  # times the inhabitants of a namesake: "US, London" are two places
LONGEST_GROUP = 5  # names


Scored = tuple[float, Meaning]


class Name(NamedTuple):
    """A name in a location; `is_aside` where a bracket or a dash is before it."""

    words: str
    is_aside: bool = False


class Evidence(NamedTuple):
    """What binds a reading, and what speaks for one: the country and region told, and the countries of other places.

    `regions_beside` are the countries of which others name a region or city, and not only the country.
    """

    country: str | None = None
    region: str | None = None
    beside: frozenset[str] = frozenset()
    regions_beside: frozenset[str] = frozenset()
    home: frozenset[str] = frozenset()  # the country of most places of the board, which parts what the margin does not
    among_states: bool = False  # whether states stand beside, by their names or codes
    among_countries: bool = False  # whether the codes beside are those of countries alone: "US / AR / BR / MX"
    is_alone: bool = False  # whether the location is one name


class Reading(NamedTuple):
    """A place (None where its meanings are too close), the names it was read from, its score, and what decided."""

    place: Place | None
    names: tuple[str, ...]
    score: float
    decided_by: str


def resolve(names: list[Name], evidence: Evidence) -> list[Reading]:
    """The readings of the names of a piece."""
    meant = [_within(name.words, evidence) for name in names]
    known = sum(map(bool, meant))
    countries = [
        {land for one in of_name for land in (one.country, LIE_IN.get(one.country, one.country))} for of_name in meant
    ]
    best: list[tuple[float, list[Reading]]] = [(0.0, [])]
    for end in range(1, len(names) + 1):
        options = []
        common = countries[end - 1]
        for start in range(end - 1, max(0, end - LONGEST_GROUP) - 1, -1):
            common = common & countries[start]
            is_whole = end - start >= known
            behind = frozenset(one.country for of_name in meant[:start] for one in of_name)
            is_pair = len(names) == 2
            group = _Group(names[start:end], meant[start:end], common, behind, is_pair, is_whole, evidence)
            if reading := _read(group):
                score, before = best[start]
                options.append((score + reading.score, [*before, reading]))
        options.append(best[end - 1])  # the last name is left unread
        best.append(max(reversed(options), key=lambda option: option[0]))
    return best[-1][1]


def _within(name: str, evidence: Evidence) -> list[Meaning]:
    """The meanings of a name that the board's fields leave, weighed with what other pieces tell."""
    found = []
    of_cities = {one.country for one in meanings(name) if one.city and one.stands}  # New York is first a city
    for one in meanings(name):
        if evidence.country not in (None, one.country) or (one.region and evidence.region not in (None, one.region)):
            continue
        if evidence.among_countries and one.region and one.is_code:
            continue
        beside = 0.0
        if one.city:
            beside = BESIDE * (one.country in evidence.beside)
        elif one.region and (one.is_code or one.country not in of_cities):
            beside = REGION_BESIDE * (
                (one.country in evidence.regions_beside) + (one.is_code and evidence.among_states)
            )
        found.append(one._replace(weight=one.weight + beside) if beside else one)
    return found


class _Group(NamedTuple):
    """Names that stand next to each other, and what each may mean.

    `countries` are those that each of them can mean something in: no meaning elsewhere explains all. `behind` holds the
    countries of what is named before them, `is_pair` says that the piece has two names, `is_whole` that the group is all
    that are known.
    """

    names: list[Name]
    meant: list[list[Meaning]]
    countries: set[str]
    behind: frozenset[str]
    is_pair: bool
    is_whole: bool
    evidence: Evidence


def _read(group: _Group) -> Reading | None:
    """The place that a group of names means, if one explains all of them."""
    scored = [
        (score, one)
        for number, of_name in enumerate(group.meant)
        for one in of_name
        if (one.country in group.countries or LIE_IN.get(one.country) in group.countries)
        and (score := _score(group, one, number)) is not None
    ]
    words = tuple(name.words for name in group.names)
    whole = WHOLE if group.is_whole and len(words) > 1 else 0.0
    if not scored:
        is_apart = bool(group.behind) or any(name.is_aside for name in group.names)
        unlisted = None if is_apart else unlisted_town(words, group.meant)
        return Reading(unlisted[1], words, unlisted[0] + whole, "no table knows it") if unlisted else None
    best, one = _city_of_region(max(scored, key=lambda each: each[0]), scored)
    rivals = [rival for score, rival in scored if score > best - MARGIN and bool(rival.city) == bool(one.city)]
    at_home = [rival for rival in rivals if rival.country in group.evidence.home]
    if at_home:
        one, rivals = max(at_home, key=lambda each: each.weight), at_home
    place = _common(one, rivals, len(words) == 1)
    return Reading(place, words, best + whole, _decided_by(group, one, place))


def _decided_by(group: _Group, one: Meaning, place: Place | None) -> str:
    """What told this meaning from others, in words."""
    if place is None or (one.city and not place.city):
        return "others of its name are as likely"
    if group.evidence.country:
        return "a field of the board"
    if len(group.names) > 1:
        return "the names beside it"
    likeliest = max(meanings(group.names[0].words), key=lambda each: each.weight * each.stands)
    return "its size and fame" if likeliest[:3] == one[:3] else "other places of its country"


def _city_of_region(best: Scored, scored: list[Scored]) -> Scored:
    """The city of a region's own name, where it is nearly as likely: Vienna; but a state is itself."""
    if best[1].city or not best[1].region or best[1].country in WITH_REGION_CODES:
        return best
    held = [each for each in scored if each[1].city and each[1][:2] == best[1][:2] and each[0] > best[0] - CAPITAL]
    return max(held, key=lambda each: each[0], default=best)


def _score(group: _Group, one: Meaning, number: int) -> float | None:
    """How well a meaning of one name explains the others; None where it does not, or cannot stand on its own."""
    name, evidence = group.names[number], group.evidence
    if one.is_code and one.region and len(group.names) > 1 and all(each.words in CODES_ALONE for each in group.names):
        return None  # "US, CA, UK" are countries
    if one.city and is_state_name(name.words) and any(is_county(each.words) for each in group.names):
        return None  # "Erie County, NY"
    score, is_told, is_region_told = one.weight, bool(evidence.country), bool(evidence.region)
    for other, areas in enumerate(group.meant):
        if other == number:
            continue
        is_aside = other > number and group.names[other].is_aside
        explained, area = 0.0, None
        for each in areas:
            if (by_it := explains(one, each, is_aside)) > explained:
                explained, area = by_it, each
        if area is None:
            return None
        score += explained
        is_told |= not area.city
        is_region_told |= not area.city and area.region is not None
    if one.city and evidence.among_states and name.words != "DC" and is_state_name(name.words) and _are_states(group):
        score += AMONG_STATES
    is_meant = is_region_told or (is_told and not _needs_region(group, one, number)) or _stands(group, one, name)
    return score if is_meant else None


def _are_states(group: _Group) -> bool:
    """Whether a group is one name, or names of states and no code."""
    names = [each.words for each in group.names]
    return len(names) == 1 or all(len(each) > 2 and is_state_name(each) for each in names)


def _needs_region(group: _Group, one: Meaning, number: int) -> bool:
    """Whether a name is no city where only the country is told: Poland, a part of the place before it, or a word."""
    name = group.names[number]
    if not one.city:
        return False
    is_namesake = len(name.words) > 3 and country_called(name.words) not in (None, one.country)
    is_part = bool(group.behind) and name.is_aside and one.city.population < LEAST_AREA
    is_word = any(each.is_aside for each in group.names[1:]) and (
        is_everyday(name.words) or not name.words[0].isupper()
    )
    is_outdone = any(each.city and each.city.population > OUTDONE * one.city.population for each in group.meant[number])
    return is_namesake or is_part or is_word or is_outdone


def _stands(group: _Group, one: Meaning, name: Name) -> bool:
    """Whether a meaning is likely enough with nothing told in its group."""
    evidence = group.evidence
    beside = evidence.regions_beside if one.is_code else evidence.beside
    is_beside = one.is_code and evidence.among_countries
    is_beside |= one.stands_beside and (one.country in beside or (one.is_code and evidence.among_states))
    is_of_other = name.is_aside or (group.is_pair and one.country not in group.behind)  # "Bengaluru, Whitefield"
    is_part = one.city and group.behind and is_of_other and one.city.population < LEAST_AREA
    is_namesake = one.city and len(name.words) > 3 and country_called(name.words) not in (None, one.country)
    return (one.stands or is_beside or (one.stands_alone and evidence.is_alone)) and not (is_part or is_namesake)


def _common(best: Meaning, rivals: list[Meaning], is_lone: bool) -> Place | None:
    """The best meaning, or the area that it has in common with those of its kind that are as good."""
    if all(_is_same(one, best) for one in rivals):
        city = best.city
        place = Place(city and city.city, best.region, best.country)
        return replace(place, latitude=city.latitude, longitude=city.longitude) if city else place
    is_small = best.city and best.city.population < LEAST_AREA and best.country not in GERMAN
    if any(one.country != best.country for one in rivals) or (is_lone and is_small):
        return None
    return Place(None, best.region if all(one.region == best.region for one in rivals) else None, best.country)


def _is_same(one: Meaning, best: Meaning) -> bool:
    """Whether both are one place: the same, or two towns of one name in one region."""
    return one[:2] == best[:2] and (one.city and one.city.city) == (best.city and best.city.city)
