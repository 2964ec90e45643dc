"""The names of places that a remote job is open to, as a title or a text has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from pipeline.reading.areas import country_alone
from pipeline.reading.heading import Heading
from pipeline.reading.passages import Text, evidence, said_in, sentences_with, ways
from pipeline.reading.workplace import says_remote_in_title


class Named(NamedTuple):
    """Names of places, the words they stand in, and whether these say where candidates may be."""

    names: str
    words: str
    is_binding: bool = True


_HINTS = (
    "remote", "resid", "based in", "-based", "located ", "live in", "living in", "live within", "open to", "to work in",
    "anywhere in", "applicants from", "candidates from", "applicants in", "candidates in", "any location", "hire ", "us based",
    "uk based", "canada based", "home office in", "location:",
)  # fmt: skip
_PEOPLE = "(?:(?<![Oo]ur )(?i:candidates?|applicants?|employees?|people|those|members?|residents?|individuals?|anyone|talent|workers))"
_CANDIDATES = ways(  # what names stand behind that say where candidates may be
    *(
        (
            verb,
            rf"\b(?:(?i:must|need to|needs to|should|required to|have to|has to)(?: \w+){{0,2}}? (?:be )?{verb}(?: \w+)? (?:in|within|of)|"
            rf"{_PEOPLE}(?: \w+){{0,3}}? {verb}s?(?: anywhere)? (?:in|within))\b",
        )
        for verb in ("reside", "residing", "live", "living", "located", "based", "resident")
    ),
    ("from ", rf"\b{_PEOPLE}(?: \w+){{0,3}}? from\b"),
    (
        " to ",
        rf"\b(?i:open|available|limited|restricted|considering)(?: only)? to (?:{_PEOPLE})?\s?(?:(?:based|located|residing|living|only|anywhere) )?"
        r"(?:in|within|from)\b",
    ),
    ("based in", r"\b(?i:looking for|seeking|hiring|speakers?|someone)\b[^.]{0,60}? based in\b"),
    ("located in", r"\b(?i:looking for|seeking|hiring|someone)\b[^.]{0,60}? located in\b"),
    ("hire ", r"\b(?:can|able to|only|currently) hire (?:\w+ )?(?:in|from|within)\b"),
    ("any location", r"\bany location (?:with)?in\b"),
    ("applicants in ", r"\b[Aa]pplicants in\b"),
    ("candidates in ", r"\b[Cc]andidates in\b"),
    ("remote ", r"\b[Rr]emote(?: \w+){0,2}? (?:in|within|across|from|anywhere in|throughout)\b"),
    ("anywhere ", r"\b[Aa]nywhere (?:with)?in\b"),
    ("remotely ", r"\bremotely (?:with)?in\b"),
    ("residen", r"\b[Rr]esidency (?:in|of)\b|\b[Rr]esidents? of\b"),
    ("home office in", r"\bhome office in\b"),
    ("remote", r"\b(?:LOCATION|[Ll]ocation):\W{0,4}(?:[Ff]ully[- ])?[Rr]emote(?:[- ][Ff]irst)?\b|^\W*[Rr]emote\b(?! [Ww]ork)(?=[\s(,|–—-]+[A-Z])"),
    ("location", r"^\W*(?:(?:Job|Work|Candidates?) )?[Ll]ocations?:\W{0,4}(?=[A-Z])"),
    ("remote", r"\b[Rr]emote-(?=US\b|USA\b|UK\b)|\b[Rr]emote \((?=[A-Z])"),
)  # fmt: skip
_RIGHT_TO_WORK = ways(  # a country where no place tells one
    (
        "work",
        r"\b(?:authori[sz]ed|eligible|permitted|right|authori[sz]ation|able) to (?:\w+ )?work(?: \w+)? (?:in|within)\b",
    ),
)
_BEFORE = ways(  # what names stand before
    (
        "based",
        r"\b((?:[A-Z][\w.]*-[Bb]ased or )?(?:[A-Z][\w.]*[ -]){0,2}[A-Z][\w.]*)[- ][Bb]ased\b"
        r"(?= (?:candidates?|applicants?|only|ONLY|employees?|[Rr]emote|REMOTE))",
    ),
    ("based", r"\b(?i:must|should|can|may) be ((?:[A-Z][\w.]*[ -](?:or |and )?){0,2}[A-Z][\w.]*)[- ][Bb]ased\b"),
    ("remote eligible", r"(?:^|[.:|–-] ?|\bis )((?:[A-Z][\w.]+ ?){1,3})[–-]? ?[Rr]emote [Ee]ligible\b"),
)
_BESIDE_AN_OFFICE = ways(  # where the office is no other place than that of the job
    (
        "remote",
        r"\b[Rr]emote ((?:[A-Z][\w.]*[ -]?){1,3}) (?=(?:candidates?|applicants?|employees?|workers?|residents?)\b)",
    ),
    (
        "remote",
        r"\b(?:located|based|work) (?:in|at|from|out of) (?:our |either )*((?:[A-Z][\w.]*,? ?(?:(?:or|and|&) )?){1,6})"
        r"(?:headquarters|hq|offices?|hub)?,? ?or (?:fully )?[Rr]emote(?:ly)?\b",
    ),
)
_NOT_BINDING = re.compile(
    r"\b(?:salary|compensation|pay|benefits?|prefer\w*|beneficial|ideally|plus(?:es)?|opportunity to)\b"
)
_STUCK_LABEL = re.compile(r"(?<=[a-z)])(?=[A-Z][a-z]+: )")  # the line's end is lost: "Remote (UK)Salary: "
_OFFICE = re.compile(r"\b(?<!home )office\b")
# of "don't" with the mark that a board wrote, lost, or garbled
_NOT_OPEN = re.compile(
    r"\b(?:not|no|outside|except|excluding|cannot|unable|other than|if you|(?:do|does|did|is|are|ca|wo|would|could)n(?:['’´`]|â\W{0,2})?t)\b"
)
_LEADING = frozenset(
    [
        "the",
        "a",
        "an",
        "either",
        "any",
        "one",
        "of",
        "following",
        "state",
        "states",
        "country",
        "countries",
        "area",
        "areas",
        "region",
        "regions",
        "location",
        "locations",
        "province",
        "provinces",
        "these",
        "our",
        "to",
        "be",
        "considered",
        "for",
        "mainland",
        "greater",
        "continental",
        "contiguous",
        "lower",
        "and",
        "or",
        "in",
        "within",
        "only",
        "based",
        "position",
        "role",
        "|",
        "-",
        "–",
        "—",
    ]
)
_BETWEEN = frozenset(("and", "or", "of", "the", "&", "/", "-", "–", "|", "und", "et", "y"))
_OF_TIME = ("time", "hours", "business", "working", "tz")  # "US time zones", "US hours"
_BASED_THERE = re.compile(r"-[Bb]ased\b")
_TOKEN = re.compile(r"\S+")
MOST_NAMES = 60  # words of a list of states

_PARTS = re.compile(r"\s*[\[\]()|]\s*|\s[-–—]\s")
_ASIDE = re.compile(
    r"\b(?:100 ?%|(?:fully|full)[- ]?remote|remote(?:[- ](?:friendly|first|only|eligible))?|hybrid|within|based|from|/|in|or)\b|%|/",
    re.IGNORECASE,
)
_OF_ZONES = re.compile(r"(?<![-\w])time|timezone", re.IGNORECASE)
_OF_HOURS = re.compile(r"time|\bhours?\b|\bhrs?\b|\b(?:UTC|GMT|TZ)|±|\+/?-", re.IGNORECASE)
_BASED = re.compile(r"\b[Bb]ased in\s+(.+)|(.+?)[- ][Bb]ased\b")


def in_title(title: str, is_told: bool) -> Iterator[Named]:
    """Those of a title, beside the word: "[Remote-US]"; where no place is told, also "(based in Poland)", "- Germany"."""
    first, *others = _PARTS.split(title)
    for part in (first, *others):
        if says_remote_in_title(part) and (names := _beside_remote(part)):
            yield Named(names, title)
        elif not is_told and (based := _BASED.fullmatch(part)):
            yield Named(based[1] or based[2], title)
    if not is_told:
        yield from (Named(part, title) for part in others if country_alone(part))


def in_heading(heading: Heading | None) -> Iterator[Named]:
    """Those of a heading, where no place is told: beside the word, else in its other segments."""
    if heading:
        is_of_zones = _OF_HOURS.search(heading.remote)
        yield Named("" if is_of_zones else heading.remote, heading.remote, is_binding=False)
        if heading.others:
            yield Named(", ".join(heading.others), heading.remote, is_binding=False)


def in_text(text: Text) -> Iterator[Named]:
    """Those of a text: first of where candidates may be, then of the right to work."""
    aside: list[Named] = []
    for sentence in chain.from_iterable(map(_STUCK_LABEL.split, sentences_with(text, _HINTS))):
        small = sentence.lower()
        named = list(_named_in(sentence, small))
        if named and not _NOT_BINDING.search(small):
            yield from (one for one in named if one.is_binding)
            aside += [one for one in named if not one.is_binding]
    yield from aside


def _named_in(sentence: str, small: str) -> Iterator[Named]:
    for ways_to_say, is_binding in ((_CANDIDATES, True), (_RIGHT_TO_WORK, False)):
        for found in () if _OFFICE.search(small) else said_in(sentence, small, ways_to_say):
            behind = sentence[found.end() :]
            names = _names_behind(behind) or _names_behind(behind.partition(": ")[2])
            if names and not _NOT_OPEN.search(small[max(0, found.start() - 60) : found.end()]):
                yield Named(names, evidence(sentence, found), is_binding)
    before = _BESIDE_AN_OFFICE if _OFFICE.search(small) else _BEFORE + _BESIDE_AN_OFFICE
    yield from (Named(found[1], evidence(sentence, found)) for found in said_in(sentence, small, before))


def _beside_remote(part: str) -> str:
    """The names beside the word in a part of a title: "US Remote", "Remote, Germany"; none of time, none behind a town.

    A code in the piece of the word alone, behind another piece, is of the town there: "Oakland, CA or REMOTE".
    """
    pieces = part.split(", ")
    at = next((number for number, piece in enumerate(pieces) if says_remote_in_title(piece)), 0)
    names = ", ".join(filter(None, (_ASIDE.sub(" ", piece).strip(" -:,+&") for piece in pieces[at:])))
    is_of_town = at > 0 and len(names) == 2
    return "" if is_of_town or _OF_ZONES.search(names) else names


def _names_behind(words: str) -> str:
    """The names at the beginning of words: what is capitalised, and what stands between such; none of hours and time zones."""
    kept: list[str] = []
    for token in list(_TOKEN.finditer(words, 0, 600))[:MOST_NAMES]:
        word = token.group()
        bare = _BASED_THERE.sub("", word.strip("(),;:.*_"))
        if kept and bare.lower().startswith(_OF_TIME):
            return ""
        if bare[:1].isupper() or (kept and bare.lower() in _BETWEEN) or not bare:
            kept.append(_BASED_THERE.sub(" ", word))
        elif kept or not (bare.lower() in _LEADING or bare.isdigit()):
            break
    return " ".join(kept).strip(" (),;:.*_&/-–|")
