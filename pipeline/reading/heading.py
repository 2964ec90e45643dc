"""The first line of a text where it tells the terms of the job in segments: "Kestrel - Engineer - Remote (UK) - Full-time"."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.reading.location_words import WIDE
from pipeline.reading.passages import Text
from pipeline.reading.places import NOTHING, read_words

LONGEST_HEADING, LONGEST_SEGMENT = 500, 90  # characters
MOST_LINES = 3  # from the top; what stands before may be a title or a mark
LEAST_SEGMENTS = 3
_BETWEEN = re.compile(r"\s*\|\s*|\s+(?:[-–—]+|[•·→])\s+")
_MODES = r"(?:on-?site|in[- ](?:office|person)|hybrid)"
_REMOTE = r"remote\b(?=\W*\Z|\s?[(,/+&:]|\s(?:or|and|in|within|from|with|only|first|friendly)\b|[- ](?:us|usa|uk|eu|europe|canada)\b)"
# the word first, alone or among the other modes of work, and behind it a place or a term, not a trade: "Remote Sensing"
_REMOTE_FIRST = re.compile(
    rf"\W*(?:(?:full|part)[- ]time,?\s)?(?:(?:fully|full|100 ?%|{_MODES}(?: [^|]{{1,40}}?)?\s?(?:/|,|&|\+|\bor\b|\band\b))\s?)*"
    rf"{_REMOTE}",
    re.IGNORECASE,
)
_REMOTE_BEHIND = re.compile(
    rf"(?P<names>[A-Z][\w ,.()&/+-]{{1,50}}?)(?: or |,? |\s?[/(+&-]\s?){_REMOTE}", re.IGNORECASE
)
_NO_REMOTE = re.compile(r"\b(?:no|not|non)[- ]?remote\b|\bhybrid[- ]remote\b|\bremote ?: ?no\b", re.IGNORECASE)
_PLACE = re.compile(r"(?:[A-ZÀ-Þ][\w'’.-]*(?:[ ,/]+(?:(?:or|and) )?|\s?[&+]\s?|\Z))+")


class Heading(NamedTuple):
    """The segment that says where the work is done, and those behind the company that may name a place."""

    remote: str
    others: tuple[str, ...]


def remote_heading(text: Text) -> Heading | None:
    """The heading of a remote job; None where the text has none, or it says nothing of the kind."""
    for line in text.words[: 2 * LONGEST_HEADING].lstrip().split("\n")[:MOST_LINES]:
        segments = _BETWEEN.split(line) if "emote" in line or "EMOTE" in line else []
        if len(line) > LONGEST_HEADING or len(segments) < LEAST_SEGMENTS:
            continue
        _, *behind = segments
        if said := next(filter(_says_remote, behind), None):
            return Heading(said, tuple(one for one in behind if one != said and _PLACE.fullmatch(one)))
    return None


def _says_remote(segment: str) -> bool:
    if len(segment) > LONGEST_SEGMENT or _NO_REMOTE.search(segment):
        return False
    if _REMOTE_FIRST.match(segment):
        return True
    behind = _REMOTE_BEHIND.match(segment)
    return bool(behind and (WIDE.search(behind["names"]) or read_words(behind["names"], NOTHING)))
