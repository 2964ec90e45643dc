"""What a few words tell of a job by themselves: its role, where it is done, and on what terms.

They tell by a job noun, a workplace, a kind of employment, or a place that `places` knows. What tells
nothing is left out, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from pipeline.posting import RawPlace
from pipeline.reading.gazetteer import is_everyday
from pipeline.reading.places import names_place, read_places

LONGEST_PLACE = 160  # characters
LONGEST_TITLE, LONGEST_MORE = 14, 5  # words

JOB = (
    r"(?:(?<!\.)\b(?:engineer|eng|dev(?:eloper)?|programmer|designer|scientist|researcher|architect|manager|analyst|"
    r"director|lead|consultant|specialist|administrator|technician|writer|author|marketer|recruiter|sourcer|advocate|"
    r"evangelist|executive|officer|associate|rep(?:resentative)?|coordinator|assistant|intern(?:ship)?|trader|"
    r"strategist|auditor|advisor|editor|producer|artist|mentor|tutor|teacher|educator|instructor|professor|postdoc|fellow|"
    r"(?:co-?)?founder|generalist|hacker|professional|apprentice|accountant|sysadmin|admin|tester|student|devrel|"
    r"swe\d?|sre|sde\d?|mle|sdet|president|product owner|technical staff|ph\.?d)s?\b"
    r"|\b(?:c[tofmp]o|ciso|vp|head of|chief)\b"
    r"|\b(?-i:EMs?|PMM?s?|TPMs?|AEs?|CSMs?|SDRs?|BDRs?|QA|DevOps)\b)"
)
JOBS = re.compile(JOB, re.IGNORECASE)
LINK = re.compile(r"<?https?://[^\s)\]]+|\bwww\.[^\s)\]]+|\S+@\S+", re.IGNORECASE)
BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
EMPLOYMENT = re.compile(
    r"\b(?:full[- ]?time|part[- ]?time|FTE?|contract(?:or|ing)?s?|freelance|permanent|temporary|1099)\b", re.IGNORECASE
)
WORKPLACE = re.compile(
    r"(?<!\bno )(?<!\bnot )(?<!\bnon-)\b"
    r"(?:remote|hybrid|on[- ]?site|in[- ](?:the[- ])?office|in[- ]?person|work from home|wfh)\b",
    re.IGNORECASE,
)
_NO_REMOTE = re.compile(r"\b(?:no|not|non)[- ]remote\b", re.IGNORECASE)
OPENINGS = re.compile(
    r"\b(?:(?:multiple|various|several|many|all|different|numerous|open|\d+|two|three|four|five|a few)\s+"
    r"(?:\S+\s+){0,3}?)?(?:roles?|positions?|openings)\b|^(?:multiple|various)$",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"^(?:company|hiring|looking for|seeking|job(?: title| description)?|title|"
    r"(?:\d+ )?(?:open )?(?:roles?|positions?))\s*:\s*",
    re.IGNORECASE,
)
# words of sentences, which names and titles do without
_PROSE = re.compile(
    r"(?:^\W*(?:We|We['’](?:re|ve)|Our|You|Your|You['’](?:ll|re|ve)|Join|Apply|Contact|Work|Working|Looking|Seeking)"
    r"|(?:^|\s)(?:we|we['’](?:re|ve)|our|us|you|your|you['’](?:ll|re|ve)|I|I['’]m|my|is|are|was|were|will|who|that|"
    r"this|these|have|has|been|be|they|their|it|it['’]s|please|join|apply|email|contact|looking|seeking|hiring|if|"
    r"when|what|how|years?|yrs|experience|building|build|helping|not|can|work|"
    r"to(?! (?i:mid|senior|staff|principal|lead)\b)|working|as))(?=\s|$|[,.:!?])"
)
# what may stand behind a role and is no more of its title
ASIDE = re.compile(
    r"[$€£¥]\s?\d|\d\s?k\b|\b(?:salary|equity|compensation|competitive|bonus|benefits|visa|citizen|sponsor|relocat|"
    r"english|required|series|yc|funded|backed|clearance|hours|startup|industry)",
    re.IGNORECASE,
)
# a field of work, which stands for the role where a line names no job
_FIELDS = re.compile(
    r"\b(?:full[- ]?stack|front[- ]?end|back[- ]?end|engineering|marketing|sales|data science|ui|ux|founding team)\b",
    re.IGNORECASE,
)
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,10}(?:/\S*)?", re.IGNORECASE)
_ZONE = re.compile(
    r"\b(?:UTC|GMT|CES?T|EES?T|E[SD]?T|P[SD]?T|[CM][SD]T|A[EC]?[SD]T|NZ[SD]T|[BIJ]ST|SGT|(?i:time[- ]?zones?))\b"
)
# words of the trade that are codes of countries too, and who lives there
_CODES = re.compile(
    r"\b(?:AI|AR|ARM|BE|BI|CAT|CD|CI|CV|DOM|ESP|GM|GTM|I[oO]T|IT|MAC|ML|PG|PM|QA|SDN|SE|SR|TF|TV|residents?)\b"
)
# a number of openings, a note's number, a word that led on
_COUNT = re.compile(r"^\(?\d+\s?[x×]\)?\s+|\s+\(?\d?[x×]\d?\)?$|\s*\[\d+\]$|^(?:and|or|an?)\s+", re.IGNORECASE)
_PAY = re.compile(r"[(\[][^()\[\]]*(?:[$€£¥]|\d\s?k\b)[^()\[\]]*[)\]]", re.IGNORECASE)  # in brackets, behind a title
_ROLES_BETWEEN = re.compile(r"\s*(,\s*and\b|[,;+&•]|\band\b)\s*", re.IGNORECASE)
_ITEMS = re.compile(r"\s*[,;/]\s*|\s+(?:or|and|&)\s+")
_EXCLAIMED = re.compile(r"[!?](?:\s|$)")
_INTERNS = re.compile(r"(?:and|or|&|/)?\s*(?:interns?(?:hips?)?|co-?ops?|[,/&\s])+", re.IGNORECASE)
_EMPTY = re.compile(r"\(\W*\)|\[\W*\]")
_NOT_A_LETTER = re.compile(r"[\W_]")
_MARKS = " \t\n,;:-–—−*#|/+&>•·→=_~{}\"“”'⍃"


@dataclass(frozen=True, slots=True)
class HeaderFacts:
    """What words tell of a job; `openings` are such as say that there are some, not which: "Multiple roles"."""

    roles: tuple[str, ...] = ()
    openings: str | None = None
    places: tuple[str, ...] = ()
    workplace: tuple[str, ...] = ()
    employment: tuple[str, ...] = ()


def read_segments(segments: Iterable[str]) -> HeaderFacts:
    """All that the segments tell; one that tells nothing, right behind a role, is more of its title."""
    facts: list[HeaderFacts] = []
    for segment in segments:
        one = read_segment(segment)
        if one == HeaderFacts() and facts and len(facts[-1].roles) == 1 and not facts[-1].places and is_more(segment):
            one = HeaderFacts(roles=(f"{facts.pop().roles[0]} - {trim(segment)}",))
        facts.append(one)
    return HeaderFacts(
        tuple(chain.from_iterable(one.roles for one in facts)),
        next((one.openings for one in facts if one.openings), None),
        _distinct(chain.from_iterable(one.places for one in facts)),
        _distinct(chain.from_iterable(one.workplace for one in facts)),
        _distinct(chain.from_iterable(one.employment for one in facts)),
    )


def read_segment(segment: str) -> HeaderFacts:
    """What one segment tells of a job."""
    words = trim(_PAY.sub(" ", LINK.sub(" ", segment)))
    employment = tuple(EMPLOYMENT.findall(words))
    words = trim(EMPLOYMENT.sub(" ", words))
    workplace = tuple(WORKPLACE.findall(words) or _NO_REMOTE.findall(words))
    if _DOMAIN.fullmatch(words):
        return HeaderFacts()
    if is_prose(words):
        is_long = JOBS.search(words) or len(words.split()) > LONGEST_TITLE
        return (
            HeaderFacts()
            if is_long
            else HeaderFacts((), None, (words,) if is_place(words) else (), workplace, employment)
        )
    if JOBS.search(words) and not (employment and _INTERNS.fullmatch(words)):
        roles, places = _roles(trim(LABEL.sub("", words)))
        return HeaderFacts(roles, None, places, workplace, employment)
    openings = words if OPENINGS.search(words) or _FIELDS.search(words) else None
    where = trim(OPENINGS.sub(" ", words))
    places = (where,) if is_place(where) else bracketed_places(where)
    return HeaderFacts((), openings, places, workplace, employment)


def _roles(words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The roles of a segment, and the places that stand among them.

    A part that names no job belongs to the role before it ("Engineer, Payments"), or to the one behind
    it where only "and" stands between ("Mobile & Web Developer").
    """
    cuts = [(found.start(), found.end(), found[1]) for found in _ROLES_BETWEEN.finditer(hidden(words))]
    starts, ends = [0, *(end for _, end, _ in cuts)], [*(start for start, _, _ in cuts), len(words)]
    parts = [words[start:end] for start, end in zip(starts, ends, strict=True)]
    has_job = [bool(JOBS.search(part)) for part in parts]
    places = list(bracketed_places(words))
    spans: list[list[int]] = []  # of each role: its first and its last part
    is_open = False  # a role has begun that names no job yet
    for number, part in enumerate(parts):
        leads_on = number < len(cuts) and cuts[number][2][0] not in ",;" and has_job[number + 1]
        if not has_job[number] and number and is_place(part):
            places.append(trim(part))
        elif spans and (is_open or not (has_job[number] or leads_on)):
            spans[-1][1] = number
            is_open = is_open and not has_job[number]
        else:
            spans.append([number, number])
            is_open = not has_job[number]
    titles = (read_title(words[starts[first] : ends[last]]) for first, last in spans)
    return tuple(title for title in titles if title), tuple(places)


def read_title(words: str) -> str | None:
    """The words as a title, without a number of openings and pay in brackets; None where they are a sentence."""
    title = trim(_COUNT.sub("", trim(_PAY.sub("", LINK.sub(" ", words)))))
    is_title = title and len(title.split()) <= LONGEST_TITLE and not is_prose(title) and not _EXCLAIMED.search(title)
    return title if is_title else None


def bracketed_places(words: str) -> tuple[str, ...]:
    """The brackets that hold nothing but places: "(Berlin or Remote US)"."""
    found = (brackets[1:-1] for brackets in BRACKETS.findall(words))
    return tuple(inner for inner in found if is_place(inner) and all(map(_is_where, _ITEMS.split(inner))))


def is_place(words: str) -> bool:
    """Whether the words name a place, or the zones in which a remote job is open."""
    if len(words) > LONGEST_PLACE or is_everyday(words):  # "Nice to have"
        return False
    found = read_places((RawPlace(words=_CODES.sub(" ", words)),), "remote", None)
    named = len(found.places) + bool(found.remote_area)  # one name in a list of many words is chance
    return 3 * named >= len(_ITEMS.split(BRACKETS.sub(" ", words))) or bool(_ZONE.search(words))


def _is_where(words: str) -> bool:
    is_named = names_place(words) and not is_everyday(words)
    return is_place(words) or is_named or bool(WORKPLACE.search(words))


def is_more(segment: str) -> bool:
    """Whether a segment that tells nothing may belong to the title before it: "Engineer - Payments"."""
    words = trim(LINK.sub(" ", segment))
    is_short = words[:1].isalpha() and "," not in words and len(words.split()) <= LONGEST_MORE
    return is_short and not ASIDE.search(words) and not is_prose(words)


def is_prose(words: str) -> bool:
    """Whether the words are of a sentence, what stands in brackets aside."""
    return bool(_PROSE.search(BRACKETS.sub(" ", words)))


def hidden(words: str) -> str:
    """The words with what stands in brackets, two deep, made unreadable at its length."""
    for _ in range(2):
        words = BRACKETS.sub(lambda found: "_" * len(found[0]), words)
    return words


def trim(words: str) -> str:
    """Without blanks and marks at its ends, brackets around it all, and brackets that hold nothing or do not close."""
    words = " ".join(_EMPTY.sub(" ", words).split()).strip(_MARKS)
    opened, closed = words.count("(") + words.count("["), words.count(")") + words.count("]")
    is_wrapped = bool(BRACKETS.fullmatch(words))
    if is_wrapped or (opened > closed and words[0] in "(["):
        words = words[1:].strip(_MARKS)
    if is_wrapped or (closed > opened and words[-1] in ")]"):
        words = words[:-1].strip(_MARKS)
    return words


def _distinct(found: Iterable[str]) -> tuple[str, ...]:
    """Each once, letter case and dashes aside, as first written."""
    kept: dict[str, str] = {}
    for words in found:
        kept.setdefault(_NOT_A_LETTER.sub("", words.casefold()), words)
    return tuple(kept.values())
