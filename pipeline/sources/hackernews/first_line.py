"""The lines that people write about a job: "Company | Role(s) | Place | REMOTE | pay | type", in any order,
and the rows of a list of openings. What their parts tell, `segment` reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.sources.hackernews.header_segments import (
    ASIDE,
    BRACKETS,
    EMPLOYMENT,
    JOB,
    JOBS,
    LABEL,
    LINK,
    OPENINGS,
    WORKPLACE,
    HeaderFacts,
    bracketed_places,
    hidden,
    is_more,
    is_place,
    is_prose,
    read_segment,
    read_segments,
    read_title,
    trim,
)

LONGEST_LINE, LONGEST_ROW, LONGEST_TEXT = 600, 120, 2_000  # characters; what stands behind them is prose
LONGEST_NAME, LONGEST_WHERE = 10, 6  # words

# a dash inside a word or a range ("Full-time", "$170-225K") has no blank beside it
_BETWEEN = re.compile(
    r"\s*\|+\s*|\s+(?:[-–—−]+>?|//+|[•·→])(?:\s+|$)|(?<=[A-Za-z_.])[-–—]+(?:\s+|$)|\s[-–—](?=[A-Za-z<])|"
    r"\s+(?=(?i:open roles|roles):\s)"
)
_SENTENCE = re.compile(r"\s(?=(?:We|We['’](?:re|ve)|I['’]m|I am)\s)")
_SLASHES = re.compile(r"\s/\s")
_AT = re.compile(r"\s+(?:at|@)\s+", re.IGNORECASE)
_BEHIND_NAME = re.compile(r"\s*[:,]\s+|(?<=\w)-(?=\w)")
# a bracket ends a name, but not one that the name goes on behind: "Kestrel (KPI) Labs"
_NAME_END = re.compile(r"\s*(?:\((?![^()]{0,80}\)\s+[A-Z][a-z])|[\[{<])|\s*https?://|,\s+(?:an?|YC)\s")
_GREETING = re.compile(r"(?:hi|hello|hey|dear|edit|looking for|hiring|update)\b", re.IGNORECASE)
_HOST = re.compile(r"^<?(?:https?://)?(?:www\.)?|[/?#>].*$", re.IGNORECASE)
_HIRING_TAG = re.compile(r"^\W*[\[(](?:now )?hiring[\])]:?\s*", re.IGNORECASE)
_IN = re.compile(r"\s(?:in|from|near)\s+([A-Z][^.!?]*)")
_IS = re.compile(
    r"^(?:At\s+)?((?!(?:This|That|It|There|Here|What|Who|Which|He|She|They|We|You|One|Some|Most|My|Our|Your)\b)"
    r"[A-Z0-9][\w.&'-]*(?:\s+[A-Za-z0-9&][\w.&'-]*){0,4}?)(?:\s*\([^()]*\))?,?\s+(?:is|are|we\s+are|we['’]re)\s+"
    r"(?:now\s+|still\s+|also\s+|actively\s+|currently\s+)?"
    r"(?:hiring|looking|seeking|searching|building|on\s+a\s+mission|an?|the)\b",
    re.IGNORECASE,
)
# the start of a sentence or of a word about the team
_NO_ROW = re.compile(r"(?:for|on|with|from|by|as|the|ex)\b|founders$|(?-i:[a-z])(?:\S*\s+){5}", re.IGNORECASE)
_ENDS_IN_JOB = re.compile(rf"{JOB}\W*$", re.IGNORECASE)
_STARTS_IN_JOB = re.compile(r"(?:\w+ )?(?:head of|vp|director|chief)\b", re.IGNORECASE)
_LEVEL = re.compile(r"[\s,]+(?:I{1,3}|IV|V|[LE]\d)$")
_TITLE_PARTS = re.compile(r",|\s+(?:in|for|of|on|at|[-–—/])\s+", re.IGNORECASE)
_BULLET = re.compile(r"^[\s>]*(?:[-–—−*•●◦▪+→]+|\(?\d{1,2}[.):]|[A-Z]\))?[\s*_]*")
_ROW_END = re.compile(
    r"\*?:\*?(?:\s|$)|(?P<dash>\s+[-–—−=]+>?(?:\s+|$))|\s*[→|]\s*|(?=<?https?://)|(?<=\w\w\w)\.(?:\s|$)|"
    r",?\s(?:(?<![Uu]p\s)to(?! (?i:mid|senior|staff|principal|lead)\b)|who)\s"
)
_LISTED = re.compile(
    r"\b(?:hiring|hiring for|looking for|seeking|openings|roles|positions)\s*(?:\([^()]*\))?:\s*(?=\S)", re.IGNORECASE
)
_SOUGHT = re.compile(
    r"\b(?:hire|hiring|looking for|seeking|searching for|need)\s+(?:for\s+)?"
    r"(?:(?:a|an|our|some|more|another|multiple|several|two|three|first|second|next)\s+)*"
    rf"((?:[\w+#./&'’()-]+,?\s+){{0,6}}?{JOB}"
    rf"(?:(?:\s+(?!(?:to|who|and|for|with|in|at|or)\s)[\w-]+)?\s+{JOB})*)",
    re.IGNORECASE,
)


def read_first_line(line: str) -> tuple[str | None, HeaderFacts]:
    """The company that a comment's first line names, if it names one, and what it says of the job."""
    segments = _segments(_HIRING_TAG.sub("", line))
    if not segments:
        return None, HeaderFacts()
    company, rest = _company(segments)
    return company, read_segments(rest)


def read_line(line: str) -> HeaderFacts:
    """What a line says of a job that names no company."""
    return read_segments(_segments(line))


def read_row(line: str) -> list[HeaderFacts]:
    """A row of a list of openings ("- ML Engineer (Berlin): you train ..."), or several after a colon; else none."""
    words = _BULLET.sub("", line[:LONGEST_LINE])
    if found := _LISTED.search(words):
        listed = read_segments(_segments(LINK.sub(" ", words[found.end() :]), (_BETWEEN,)))
        return [HeaderFacts((role,)) for role in listed.roles if _ends_in_job(role)]
    words = LABEL.sub("", words)
    end = _ROW_END.search(hidden(words))
    first, behind = (words[: end.start()], words[end.end() :]) if end else (words, "")
    if len(first) > LONGEST_ROW or not JOBS.search(first):
        return []
    title = read_title(first)
    if title is None or _NO_ROW.match(title) or not _ends_in_job(title):
        return []
    parts = [part if len(part.split()) <= LONGEST_WHERE else "" for part in _ROW_END.split(behind)[::2]]
    facts = read_segments([title, "", *(part for part in parts if not JOBS.search(part))])
    if end and end["dash"] and read_segment(parts[0]) == HeaderFacts() and is_more(parts[0]):
        title = f"{title} - {trim(parts[0])}"
    return [replace(facts, roles=(title,), openings=None)]


def read_sentence(lines: Iterable[str]) -> str | None:
    """The role that the first sentence of its kind looks for: "We are hiring a data engineer"."""
    for line in lines:
        for found in _SOUGHT.finditer(line[:LONGEST_TEXT]):
            if title := read_title(found[1]):
                return title
    return None


def _segments(line: str, separators: Sequence[re.Pattern[str]] = (_BETWEEN, _SLASHES)) -> list[str]:
    """The line at its separators that stand outside brackets; at " / " where it has no other."""
    line = _SENTENCE.split(line[:LONGEST_LINE], maxsplit=1)[0]
    found = (list(between.finditer(hidden(line))) for between in separators)
    cuts = [(cut.start(), cut.end()) for cut in next(filter(None, found), [])]
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(line)]
    return [part for start, end in zip(starts, ends, strict=True) if (part := line[start:end]) and trim(part)]


def _company(segments: list[str]) -> tuple[str | None, list[str]]:
    """The name, and what the other segments are: mostly it is the first, but a role may stand before it."""
    first, rest = LABEL.sub("", trim(segments[0])), segments[1:]
    plain = hidden(first)
    if found := _IS.match(first):
        return _name(found[1]), [*_where(first[found.end() :]), *rest]
    if (at := _AT.search(plain)) and JOBS.search(plain[: at.start()]) and not JOBS.search(plain[at.end() :]):
        return _name(first[at.end() :]), [first[: at.start()], *_inside_brackets(first[at.end() :]), *rest]
    if (end := _BEHIND_NAME.search(plain)) and not JOBS.search(plain[: end.start()]):
        facts = read_segment(behind := first[end.end() :])
        is_glued = end[0] == "-"  # as in "Full-stack", so that only a place tells that a name ended there
        if facts.places if is_glued else (facts.roles or facts.workplace):
            return _name(first[: end.start()]), [behind, *rest]
    if not JOBS.search(BRACKETS.sub(" ", first)):
        if _tells_no_name(first):
            return None, segments
        return _name(first), [*bracketed_places(first), *BRACKETS.split(LINK.sub(" ", first))[1:], *rest]
    facts_of_rest = [read_segment(segment) for segment in rest]
    if any(facts.roles or facts.openings for facts in facts_of_rest) and not _ends_in_job(first):
        return _name(first), rest
    if facts_of_rest and facts_of_rest[0] == HeaderFacts() and not LINK.search(rest[0]) and not ASIDE.search(rest[0]):
        return _name(rest[0]), [first, *rest[1:]]
    return None, segments


def _where(sentence: str) -> list[str]:
    """Where a sentence that looks for people says that they work: "is hiring bakers in Leeds (remote)"."""
    found = _IN.search(BRACKETS.sub(" ", sentence))
    return [*([found[1]] if found and is_place(found[1]) else []), *_inside_brackets(sentence)]


def _inside_brackets(words: str) -> list[str]:
    return [brackets[1:-1] for brackets in BRACKETS.findall(words)]


def _tells_no_name(segment: str) -> bool:
    """Whether a first segment says where or how, not who."""
    words = trim(BRACKETS.sub(" ", segment))
    if any(pattern.match(words) for pattern in (WORKPLACE, EMPLOYMENT, OPENINGS)):
        return True
    return "," in words and all(map(is_place, words.split(",")))


def _name(segment: str) -> str | None:
    """The company's name in a segment, without what stands in brackets or as a link behind it."""
    words = trim(segment)
    if words.startswith(("[", "(")):
        words = trim(words.strip("[]()"))
    if link := LINK.match(words):
        return _HOST.sub("", link[0]) or None
    name = trim(_NAME_END.split(words)[0])
    others = name.split()[1:]  # the first word may be "Our" or "Your"
    if not any(map(str.isalpha, name)) or len(others) >= LONGEST_NAME or _GREETING.match(name):
        return None
    return None if is_prose(" ".join(["", *others])) else name


def _ends_in_job(title: str) -> bool:
    """Whether a title is a job's and not a sentence about people: "Engineer, Payments" but not "Engineers we love"."""
    parts = [_LEVEL.sub("", part.strip()) for part in _TITLE_PARTS.split(BRACKETS.sub("", title))]
    named = [parts[0], *(part for part in parts[1:] if not part[:1].islower())]  # not "21 people, mostly engineers"
    return bool(_STARTS_IN_JOB.match(title)) or any(map(_ENDS_IN_JOB.search, named))
