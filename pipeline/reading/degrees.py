"""The lowest degree that a posting asks for."""

from __future__ import annotations

import re

from pipeline.posting import Degree
from pipeline.reading.passages import Text, evidence, sentences_with

_BACHELOR = re.compile(
    r"\b[Bb]achelor(?:['’]?s|s['’])?\b|\bB\.?\s?(?:S|A|Sc|Eng|Tech|E)\b\.?(?=\s?(?:/|,|\bor\b|\band\b|\bin\b|degree|Degree|\(|with\b))|\b(?:undergraduate|[Uu]niversity|college|technical|related|4[- ]year|four[- ]year|STEM) [Dd]egree\b|"
    r"\b[Aa]n? (?:(?![Mm]aster|[Aa]dvanced|[Dd]octor|Ph|[Gg]raduate)\w+ )?degree (?:in|or|from|qualification|with)\b|^[-*•\s]*(?:(?![Mm]aster|[Aa]dvanced|[Dd]octor|Ph|[Gg]raduate)\w+ )?[Dd]egree (?:in|or|with)\b|\b(?:[Ss]tudium|[Hh]ochschulabschluss|[Ll]icenciatura|[Ll]aurea|[Gg]raduado en)\b"
)
_MASTER = re.compile(
    r"\b[Mm]aster(?:['’]s|s['’]|s)?(?= ?(?:degree|Degree|or\b|in [A-Z]|/|,|\(|of Science|and (?:PhD|doctor)))|\b[Mm]aster['’]s\b|\bM\.?\s?(?:S|Sc|Eng|Tech)\b\.?(?!, [A-Z]{2},)(?=\s?(?:/|,|\bor\b|\band\b|\bin\b|degree|Degree|\(|with\b))|\b(?<!under)[Gg]raduate degree\b|\b[Aa]dvanced degree\b"
)
_DOCTOR = re.compile(
    r"\bPh\.?\s?D\b\.?(?= (?:in|or|and|with|degree|required)\b|/|,? \()|\b[Dd]octora(?:te|l degree)\b|\bDoktortitel\b|\babgeschlossene Promotion\b"
)
_PREFERRED = re.compile(
    r"\b(?:prefer\w*|plus|nice to have|bonus|ideal(?:ly)?|desir\w+|advantage\w*|pursuing|enrolled|currently (?:studying|a student)|in[- ]process|students?|studying|encouraged|alumni|led by|programs|interns?|degrees? of (?:freedom|autonomy|ownership)|"
    r"high degree|a degree of|some degree|certain degree|not required|no degree|if you have a|with a phd|from vorteil|von vorteil|scrum master|master data|employees?|team of|colleagues)\b"
)
_LEVELS: tuple[tuple[Degree, re.Pattern[str], tuple[str, ...]], ...] = (  # each with what is in all of its words
    ("bachelor", _BACHELOR, ("bachelor", "degree", " bs ", "\nbs ", "bs,", "bs/", "bsc", " ba/", " b.", " ba ", "studium", "abschluss", "licenciatura", "laurea", "graduado")),
    ("master", _MASTER, ("master", "degree", " ms ", "ms,", "ms/", "msc", " m.")),
    ("doctorate", _DOCTOR, ("phd", "ph.", "ph d", "doctor", "doktor", "promotion")),
)  # fmt: skip
_PREFERRED_BEHIND = re.compile(r"[^.;,()]{0,80}\((?:strongly |highly )?(?:preferred|desired|desirable)\)")
_CLAUSE = re.compile(r"[;()]|, (?:but|preferably)\b")


def _clause(sentence: str, found: re.Match[str]) -> str:
    """The clause of a sentence that something was found in: of "Bachelor's (Master's preferred)" each is its own."""
    begin = max((cut.end() for cut in _CLAUSE.finditer(sentence, 0, found.start())), default=0)
    end = _CLAUSE.search(sentence, found.end())
    return sentence[begin : end.start() if end else len(sentence)]


def _is_preferred(sentence: str, found: re.Match[str]) -> bool:
    """Whether a degree is but preferred, or is somebody else's: by its clause, or by the brackets behind it."""
    return bool(
        _PREFERRED.search(_clause(sentence, found).lower()) or _PREFERRED_BEHIND.match(sentence.lower(), found.end())
    )


def read_degree(text: Text) -> tuple[str, str] | None:
    """The lowest degree that some sentence asks for; equivalent experience may do instead of it."""
    for degree, pattern, hints in _LEVELS:
        for sentence in sentences_with(text, hints):
            found = pattern.search(sentence)
            if found and not _is_preferred(sentence, found):
                return degree, evidence(sentence, found)
    return None
