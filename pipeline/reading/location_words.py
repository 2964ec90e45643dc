"""The words of a location, split into pieces of one place each and these into parts; what names no place is taken out."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pipeline.reading.areas import country_called, names_with_conjunctions, regions_called
from pipeline.reading.gazetteer import is_own_name

LONGEST = 300  # characters; more is prose, not a location, or a list of countries
LONGEST_LIST, LISTED = 5_000, 0.8  # characters of such a list; the part of its names that must be countries
_MONEY = re.compile(r"`[^`]*\d[^`]*`")  # a board that puts pay beside the place, between backticks
# links, what only says where a place is, what is excepted, and when a board was read: "Reposted 2 weeks ago"
_ASIDE = re.compile(
    r"(?:reposted\s+)?\b\d{1,2}\s+(?:minute|hour|day|week|month)s? ago\b[^;|]*|https?://\S+|\((?:close to|next to|near)\b[^()]*\)|(?:(?:(?<=world )|(?<=anywhere )|(?<=everywhere ))but|\bexcept(?: for)?|\bexcluding)\s+(?:the\s+)?\w[\w.]*",
    re.IGNORECASE,
)
_ASIDE_HINTS = (" ago", "http", "close to", "next to", "near", "but", "xcept", "xcluding")  # one of them is in each
# areas wider than a country: no places, but a remote job may be open to one
WIDE = re.compile(
    r"\b(?:emea|apac|lat ?am|mena|european union|europe(?:an)?|eu|(?:(?:north|south|latin|central|the)[ /&])*americas?\b(?! de)|american|(?:south-?east )?asia(?: pacific)?|"
    r"(?<!south )africa|middle east|nordics|dach|benelux|worldwide|(?:anywhere in )?the world|global(?:ly)?|international)\b",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"\b(?:fully|100 ?%|full(?= remote)|(?-i:[CEMP][DS]?T)[- ]friendly|in the|the|in[- ]person|(?:west|east)[ -]coast|offices|(?:remote|hybrid|virtual)(?:[- ](?:friendly|first|only|eligible|in|within|ok|work))?|(?:not|non|no)[- ]remote|non-?us(?:a)?|continental|(?<=us )ok|on-?site|in-office|in office|travel[- ]required|"
    r"headquarters|hq|hubs?|home[- ]?office|home[- ]based|field[- ]based|office|only|based|ideally|prefer(?:red|ably|able)|greater|gro(?:ß|ss)raum|raum|metropolregion|metro(?:politan)?|(?<!bay )area|region|multiple locations|various|nationwide|(?:full|part)[- ]?time|contract(?:or)?|visa|locations?|"
    r"telecommute|tele-?work(?:ing)?|remoto|en remoto|remota|t[ée]l[ée]travail|teletrabajo|(?<=us[ -])(?:(?:north|south|mid)?[ -]?(?:west|east)(?:ern)?|central)(?: coast)?|work(?:ing)? from home|wfh|anywhere(?: in)?|within|city of|\d+\. ?bezirk|\d+(?:er|e|[èe]me) arrondissement|(?:regional |metropolitan )?municipality(?: of)?|zdaln\w+)\b|[\U0001F000-\U0001FFFF`]",
    re.IGNORECASE,
)
# in small letters only, for IN is Indiana and EST, in capitals, is a time and not Estonia
_SMALL = re.compile(r"\b(?:(?:out|outside) of|in|from|at|near|around|to|EST|EDT|CET|CEST|PST|PDT|CST|GMT|UTC)\b")
_BETWEEN_PIECES = re.compile(
    r"[;|•·*\n]|\s/\s|/(?=[A-ZÀ-Þ])|\s+(?:or|and|&|\+|(?-i:ou|oder|lub|eller|o|y|e|et|und|och|og|i))\s+|(?<=[A-Z])[&+](?=[A-Z])",
    re.IGNORECASE,
)
_BETWEEN_PARTS = re.compile(r"\s*([,>]|\s[-–—]\s|:\s|[()\[\]]|[-–—]\s|\s[-–—])\s*")
_TIMES = re.compile(r"[^()\[\];|]*\btime[\s-]?zones?\b", re.IGNORECASE)  # "SF or US/Canada time zones"
_ZONE = re.compile(  # "US Eastern Time"
    r"(?:\b(?:USA?|U\.S\.|EU) )?\b(?:eastern|pacific|central|mountain|atlantic|european)(?: standard)? (?:time|hours)\b",
    re.IGNORECASE,
)
_CONJUNCTION = re.compile(r" (?:and|y|et|e|und|og|i) ", re.IGNORECASE)
_CODE_BEFORE = re.compile(r"^[A-Z]{2,3}-")
_EDGES = " .…/-–—_"
_EASTERN = re.compile(r"\b(?:eastern|central|mountain|pacific) time\b", re.IGNORECASE)


class Part(NamedTuple):
    """What stands between two separators; `is_aside` where a bracket or a dash is before it, not a comma."""

    words: str
    is_aside: bool = False


def pieces(words: str) -> list[list[Part]]:
    """The parts of every piece: "Berlin, Germany or Paris" is two pieces of two parts and one."""
    if len(words) > LONGEST:
        return _listed(words)
    if _CONJUNCTION.search(words):
        words = names_with_conjunctions().sub(
            lambda name: re.sub(r"\s+", "\u2060", name[0]), words
        )  # one name, one word
    words = _MONEY.sub(" ", words) if "`" in words else words
    small = words.lower()
    if any(hint in small for hint in _ASIDE_HINTS):
        words = _ASIDE.sub(" … ", words)
    if "zone" in small:
        words = _TIMES.sub(_but_countries, words)
    if " time" in small or " hours" in small:
        words = _ZONE.sub(" … ", words)
    return [parts for piece in _BETWEEN_PIECES.split(words) if (parts := _parts(piece))]


def _listed(words: str) -> list[list[Part]]:
    """The countries of a long list, of which nearly all must be such; of other words none, for they are prose."""
    names = [name.strip(_EDGES) for name in _MONEY.sub(" ", words[:LONGEST_LIST]).split(",")]
    countries = [name for name in names if len(name) > 2 and country_called(name)]
    return [[Part(name)] for name in countries] if len(countries) >= LISTED * len(names) else []


def _but_countries(clause: re.Match[str]) -> str:
    """A clause that ends in "time zones" without the countries these are of."""
    *named, _ = _BETWEEN_PIECES.split(clause.group())
    return " / ".join(piece for piece in named if not country_called(_NOISE.sub("", piece).strip()))


def _parts(piece: str) -> list[Part]:
    between = ["", *_BETWEEN_PARTS.split(piece)]
    parts: list[Part] = []
    is_aside = False
    for separator, part in zip(between[::2], between[1::2], strict=True):
        is_aside |= separator.strip() not in ("", ",", ">")
        for words in _without_noise(part):
            parts.append(Part(words, is_aside and bool(parts)))
            is_aside = True
        is_aside &= not (parts and parts[-1].words in part)  # a bracket may begin with words that are taken out
    return parts


@lru_cache(maxsize=50_000)
def _without_noise(part: str) -> tuple[str, ...]:
    """What is left of a part where the words that name no place are taken out: one name or more."""
    part = " ".join(part.replace("\u2060", " ").strip(_EDGES).split())
    name = _CODE_BEFORE.sub("", part)
    if (" " in name or "-" in name) and (is_own_name(name) or regions_called(name)):
        return (part,)  # Lake in the Hills, Metro Manila
    left = _SMALL.sub(" ", _NOISE.sub(" … ", WIDE.sub(" … ", _EASTERN.sub(" ", part))))
    return tuple(words for each in left.split("…") if (words := " ".join(each.strip(_EDGES).split())))


def without_numbers(words: str) -> str:
    """The same without what has a digit, is a letter or a Roman numeral: "Praha 4", "75008 Paris", "Aarhus C"."""
    kept = [word for word in words.split() if not re.search(r"\d", word) and not re.fullmatch(r"[A-Z]|[IVX]+", word)]
    return " ".join(kept)
