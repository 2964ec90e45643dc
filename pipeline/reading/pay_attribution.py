"""Pay attribution: the place or the level that a range of pay is for, from the words beside it.

Words attribute a range only if nothing is left of them but places, levels and zones once the words of
pay ("the base salary range for this role in ... is") are taken out. So prose attributes nothing, and a
range that is attributed wrongly is rarer than one that is left without.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.posting import Place, RawPlace, Seniority
from pipeline.reading.areas import Region, country_called, regions_called, regions_coded
from pipeline.reading.gazetteer import cities_called
from pipeline.reading.places import read_places
from pipeline.reading.seniority import read_seniority

LONGEST = 80  # characters of the words that are kept
_BEFORE, _BEHIND = 320, 140  # characters beside a range that may attribute it
LARGE = 500_000  # inhabitants; the name of a city so large means it in any currency
# what a sentence that states pay says besides, in small letters; it names no place and no level
_PAY_WORDS = re.compile(
    r"\b(?:base|annual|annualized|yearly|hourly|monthly|salary|salaries|pay|paid|compensation|wages?|rates?|ranges?|"
    r"bands?|cash|gross|total|amounts?|figures?|target(?:ed)?|estimated?|expected|anticipated|typical(?:ly)?|standard|"
    r"starting|current(?:ly)?|new hire|hiring|full[- ]time|transparency|minimum|maximum|per|year|annum|hour|month|annually|"
    r"roles?|positions?|jobs?|openings?|this|these|those|that|the|our|an?|any|(?<!district )of|in|at|for|to|with|within|across|from|"
    r"between|by|on|is|are|be|will|would|may|as|follow(?:s|ing)|below|listed|only|if|you|who|your|candidates?|applicants?|"
    r"employees?|hires?|residents?|workers?|members?|teams?|individuals?|people|persons?|hired|successful|living|lives?|"
    r"located|based|residing|resides?|working|works?|performed|eligible|locations?|offices?|markets?|metros?|"
    r"(?<!united )states?|premium|all|other|others|rest|remaining|remote|most|unless otherwise noted|"
    r"usd|cad|gbp|eur|aud|inr)\b|#li-[\w-]+|[*_#`~\[\]\"“”$€£]"
)
_ZONE = re.compile(r"\b(?:pay |geo(?:graphic)? )?(?:zone|tier|geo|group)\s?(?:\d{1,2}|[a-f])\b", re.IGNORECASE)
_ZONE_OR_PAY = re.compile(rf"(?P<zone>{_ZONE.pattern})|{_PAY_WORDS.pattern}")
_EXCEPT = re.compile(
    r"[,(]?\s*\b(?:excluding|except(?:ing| for)?|other than|not including|outside(?: of)?)\b.*", re.IGNORECASE
)
_GRADE = (
    r"(?:junior|jr\.?|entry[- ]level|associate|mid(?:[- ]level|dle)?|intermediate|senior|sr\.?|staff|principal|"
    r"distinguished|lead|manager|director|intern|(?:level|grade)\s?(?:\d|[IV]{1,3})|(?:l|ic|p|e|m)[- ]?\d|i{2,3}|iv)"
)
_WORK = (
    r"(?:software|machine learning|ml|ai|data|research|applied|product|engineer(?:s|ing)?|scientists?|developers?|"
    r"researchers?|level)"
)
_LEVEL = re.compile(rf"(?:{_WORK}\s+)*{_GRADE}(?:[\s/,-]+(?:{_GRADE}|{_WORK}))*", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*(?:[,;/|()&+:•\n]|\b(?:and|or)\b|\s[-–—]\s)+\s*", re.IGNORECASE)
_NAME = re.compile(r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}")
_SENTENCE = re.compile(r"(?<=[a-z0-9)]{2})[.!?][_*)\"”]*\s|[|•]")
_CLAUSE = re.compile(r"[,:]\s+(?=(?:in|for|the|our|if|base)\b)|:\s+(?=\S)", re.IGNORECASE)
# a line that a text wraps at its width is no end of a sentence
_WRAPPED = re.compile(
    r"\n(?:(?<=\A\n)(?=[a-z])|(?<=[a-z,&]\n)(?=[a-z0-9])|"
    r"(?:(?<=[,&]\n)|(?<=\b(?:or|in)\n)|(?<=\b(?:and|for|the|any|New|San|Los)\n)|(?<=\beligible\n))(?=[A-Z]))"
)
_CURRENCY = re.compile(r"\s?[A-Z]{3}(?=[A-Z][a-z]|\W|$)")
_LEADS = re.compile(
    r"[ \u00a0*_\])]*(?:(?:USD|CAD|GBP|EUR|base|salary|gross|annually|(?:(?:per|an?)\s|/ ?)(?:year|annum|hour|yr|hr|month))\b[ \u00a0*_]*)*"
    r"(?=(?:for|in|if)\b|\()",
    re.IGNORECASE,
)


class PayAttribution(NamedTuple):
    """The words that attribute a range, and what they mean."""

    words: str
    places: tuple[Place, ...] = ()
    level: Seniority | None = None


def read_attribution(words: str, currency: str | None) -> PayAttribution | None:
    """The attribution that words make, if they name places, levels or zones and nothing else."""
    words = words.replace("_", " ")
    left = _without_pay_words(words)
    counted = _ZONE.sub(_blank, _EXCEPT.sub(_blank, left))
    parts = [part for part in map(_trimmed, _SEPARATOR.split(counted)) if part]
    places, levels, unknown = _named(parts, currency)
    if unknown > len(places) or not (places or levels or _ZONE.search(left)):
        return None
    level = read_seniority(" ".join(levels), "") if levels and not unknown else "unknown"
    return PayAttribution(_as_written(words, left), tuple(_finest(places)), None if level == "unknown" else level)


def read_title(title: str, currency: str | None) -> PayAttribution | None:
    """The attribution in a board's own title of a range, as far as it says more than that this is pay."""
    title = title[:_BEFORE]
    left = _without_pay_words(title)
    return read_attribution(title, currency) or (
        PayAttribution(_as_written(title, left)) if re.search(r"\w", left) else None
    )


def _without_pay_words(words: str) -> str:
    """Words with a stroke for each letter of the words of pay; zones stay."""
    left = words
    for found in _ZONE_OR_PAY.finditer(words.replace("İ", "I").lower()):  # of "İ" two letters would be made
        if not found["zone"]:
            left = left[: found.start()] + _blank(found) + left[found.end() :]
    return left


def _blank(match: re.Match[str]) -> str:
    return "|" * len(match[0])


def _trimmed(part: str) -> str:
    return part.strip(" .-–—'’\u00a0\u200e")


def _as_written(words: str, left: str) -> str:
    """From the first to the last of the words that are not words of pay."""
    found = [match.span() for match in re.finditer(r"\w[^|]*", left)]
    kept = " ".join(words[found[0][0] : found[-1][1]].split())
    kept = re.sub(r"^(?:and|or)\s|[\s,*]+(?:and|or)?$|(?<=[a-z0-9])\.$", "", kept, flags=re.IGNORECASE)
    return kept.strip(" ,:;-–—(*_")[:LONGEST].rstrip(" ,")


def _named(parts: list[str], currency: str | None) -> tuple[list[Place], list[str], int]:
    """The places and levels that parts name; how many names are unknown (all, where one is no name)."""
    home = (currency or "")[:2]  # ISO 4217 begins a currency's code with its country's
    regions = [part for part in parts if _home_region(part, home)]
    is_regional = len(parts) == 1 or any(not _is_large(part) for part in regions if part != "LA")
    places: list[Place] = []
    levels: list[str] = []
    unknown = number = 0
    while number < len(parts):
        part, behind = parts[number], parts[number + 1] if number + 1 < len(parts) else ""
        number += 1
        if _LEVEL.fullmatch(part):
            levels.append(part)
        elif not part[0].isupper():
            return [], [], len(parts)
        elif (part not in regions or _is_large(part)) and behind and (place := _inside(part, behind)):
            places.append(place)
            number += 1
        elif found := _places_called(part, home, is_regional):
            places += found
        elif _NAME.fullmatch(part):
            unknown += 1
        else:
            return [], [], len(parts)
    return places, levels, unknown


def _finest(places: list[Place]) -> Iterator[Place]:
    """Each place once, without the country or region of another."""
    finer: set[tuple[str | None, str | None]] = {(one.country, None) for one in places if one.region or one.city}
    finer |= {(one.country, one.region) for one in places if one.city}
    for place in dict.fromkeys(places):
        if place.city or (place.country, place.region) not in finer:
            yield place


def _home_region(name: str, home: str) -> str | None:
    """The region of that name or code in the country of the currency."""
    if len(name) <= 3 and not name.isupper():
        return None
    return next((one.region for one in _regions(name) if one.country == home), None)


def _regions(name: str) -> list[Region]:
    return [*regions_called(name), *(regions_coded(name) if name.isupper() else [])]


def _is_large(name: str) -> bool:
    return any(city.population > LARGE for city in cities_called(name))


def _inside(name: str, area: str) -> Place | None:
    """The city of "Irvine, CA" or "Toronto, Canada", where both parts make one."""
    found = read_places((RawPlace(words=f"{name}, {area}"),), None, None).places
    if len(found) != 1 or not found[0].city:
        return None
    place = found[0]
    is_known = any((city.country, city.region) == (place.country, place.region) for city in cities_called(name))
    is_named = country_called(area) == place.country or any(
        (one.country, one.region) == (place.country, place.region) for one in _regions(area)
    )
    is_named = is_named or any(city.city == place.city for city in cities_called(area))  # "Washington, DC"
    is_address = len(area) == 2 and area not in ("DC", "LA")  # "Westlake, TX": a town that no table knows
    return place if is_named and (is_known or is_address) else None


def _places_called(name: str, home: str, is_regional: bool) -> tuple[Place, ...]:
    """A region of the currency's country, or what the name means anywhere; a small city rather at home."""
    region = _home_region(name, home)
    if region and (is_regional or not _is_large(name)) and (name != "LA" or is_regional):
        return (Place(region=region, country=home),)
    found = read_places((RawPlace(words=name),), None, None).places
    is_small = any(place.city and place.country != home and not _is_large(place.city) for place in found)
    if (is_small or not found) and any(city.country == home for city in cities_called(name)):
        found = read_places((RawPlace(words=name, country=home),), None, None).places
    return found


def attribution_beside(
    text: str, after: int, start: int, end: int, until: int, currency: str | None
) -> tuple[PayAttribution | None, int]:
    """What attributes the range at `start` to `end`, and where the words behind it that do so end.

    The words lie between `after`, where the range before it ends, and `until`, where the next begins.
    """
    behind = _joined(text[end : min(until, end + _BEHIND)])
    for begins, ends in _leads(behind):
        if found := read_attribution(behind[begins:ends], currency):
            return found, end + ends
    is_cut = after < start - _BEFORE
    before = text[start - _BEFORE if is_cut else after : start]
    for label in _labels(
        _joined(f"cut {before}" if is_cut else before)
    ):  # "cut" is no name: half a list attributes nothing
        if found := read_attribution(label, currency):
            return found, end
    return None, end


def _joined(text: str) -> str:
    return _WRAPPED.sub(" ", text)


def _leads(behind: str) -> Iterator[tuple[int, int]]:
    """Where words behind a range that may attribute it begin and end, the longest first: "for candidates in Denver"."""
    leads = _LEADS.match(behind)
    if not leads:
        return
    rest = behind[leads.end() :]
    if rest.startswith("("):
        rest = rest[: max(0, rest.find(")"))]
    sentence = _SENTENCE.split(rest.split("\n")[0])[0]
    if sentence.rstrip().endswith(":"):
        return  # it is the label of the next range
    ends = [match.start() for match in re.finditer(r"[,.(;]\s|\s(?://|(?:and|plus|along|depending|with)\b)", sentence)]
    for length in [len(sentence), *ends[:-9:-1]]:
        yield leads.end(), leads.end() + length


def _labels(before: str) -> Iterator[str]:
    """The words before a range that may attribute it: its sentence, a clause of that, or the line before."""
    glued = _CURRENCY.match(before)
    lines = [line.strip() for line in before[glued.end() if glued else 0 :].split("\n")]
    line = lines.pop()
    if lines and not re.search(r"\w", _PAY_WORDS.sub(" ", line.lower())):
        line = next((line for line in reversed(lines) if re.search(r"\w", line)), "")
    sentence = _SENTENCE.split(line.rstrip(" :(["))[-1].lstrip("-*• ")
    yield sentence
    for clause in list(_CLAUSE.finditer(sentence))[:8]:
        yield sentence[clause.end() :]
