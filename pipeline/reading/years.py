"""The years of experience that a text asks for: in figures or words, in the languages of the boards, in any order.

Years that a company, its founders or its customers have, terms of contract and waiting times are not asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from pipeline.reading.preferred import is_preferred
from pipeline.reading.sentences import sentence_before, sentence_behind

_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "fifteen": 15,
}  # fmt: skip
# the beginning of the word for years, and how many of it make one; the others are looked for in a text that is not English
_SPELLED_ENDS = {*_NUMBERS, "plus", "more"}
_UNITS = {"year": 1, "Year": 1, "yr": 1, "Yr": 1, "YOE": 1, "YoE": 1, " months": 12}
_FOREIGN_UNITS = {
    " Jahr": 1, " ans ": 1, " années": 1, " año": 1, " anni ": 1, " anos ": 1, " jaar": 1, " lat ": 1, " lata ": 1, " let ": 1,
    " roky": 1, " års ": 1, " Monate": 12,
}  # fmt: skip
_ALL_UNITS = _UNITS | _FOREIGN_UNITS
# what stands before it: "5+", "3 to 5", "six (6)", "5 or more", "8 + "
_FIGURE = re.compile(
    r"(?<![0-9,$€£])(?<![0-9]\.)(?P<number>[0-9]{1,2})\)?"
    r"(?P<open>\s?(?:\+|plus)?(?:\s?(?:-|–|—|to|bis|à|a|tot|or|und|and)\s?[0-9]{1,2})?\s?(?:\+|plus|or more)?)\)?[\s-]?\Z",
    re.IGNORECASE,
)
_ENDS_OF_FIGURES = frozenset("0123456789+)-se")  # of "plus" and "more" too
_DIGIT = re.compile("[0-9]")
_KINDS = (" overall", " total", " combined", " full")  # of years: "10+ overall years"
_ENDS_OF_KINDS = frozenset("ld")
_REST = re.compile(r" ?\w{0,12}(?:\(s\))?[’']?")
_LABEL = re.compile(r"(?:years of (?:\w+ ){0,2}experience|\bYOE)\W{1,3}(\d{1,2})(?!\d)", re.IGNORECASE)
# what the years are of
_EXPERIENCE = re.compile(
    r"(?<![a-z])exp(?:erience[ds]?|\b|\.)|\bexpertise|erfahrung|berufspraxis|expérience|experiencia|esperienza|experiência|ervaring|"
    r"doświadczeni|erfarenhet|erfaring|zkušenost|praxí|\byoe\b|background|proficien|track record"
)
_WORK = re.compile(
    r"[’']?\s*(?:(?:of|in|as|with|at|on|within|doing|working|post-)\b|\w+ing\b|"
    r"(?:professional|industry|relevant|hands-on|software|commercial|practical|proven|full[- ]?stack|technical|related|work|of)\b)"
)
_TRADE = re.compile(
    r"\s(?:[a-z+#/.]+ ){0,3}?[a-z]{3,}"
)  # behind the figures that begin an item: "5+ years data science"
_BULLETS = " -–*•·>"
_LEAST = re.compile(  # "minimum six (6)" too
    r"(?:at least|minimum(?: of)?|min\.?|more than|over|mindestens|minimaal|minimum|al menos|mínim[oa]|almeno|pelo menos|au moins|"
    r"around|about|approximately|minst|minimálně|alespoň|>=?|≥)\s*(?:\w+ \()?$"
)
# the one who has or offers the years is not the candidate
_COMPANY = frozenset(
    ["our", "we", "us", "founder", "founders", "founded", "company", "firm", "employees", "collective", "backed", "built", "since",
     "join", "joining", "leader", "serving"]
)  # fmt: skip
_TEAM = re.compile(r"\bteam\b(?=.{0,20}\bwith)")
_SURELY_THEIRS = re.compile(r"\bfounded by\b|\bteam of \d|\bcompany (?:has|have)\b")
_WORD = re.compile(r"\w+")
_ASKED = re.compile(
    r"\b(?:you|your|you’ll|candidates?|applicants?|someone|look(?:ing)?|seek(?:ing)?|want|hiring|requires?|required|requirements?|"
    r"need|must|should|minimum|at least|ideal(?:ly)?|qualifications?|engineers? with|who|people|folks|prefer|targeting|hire|expect)\b"
)
_OPENING = re.compile(r"\W*(?:with|for)\s(?:over|more than|nearly|almost)?\s*")
_WE = re.compile(r"\b(?:we|is an?|are an?|has|employees|our company)\b")
_HIGHER_DEGREE = re.compile(r"(?:\b(?:ph\.?d|doctora\w+|m\.?sc?)|master(?:['’]?s)?)\b")
_BACHELOR = re.compile(r"\b(?:bachelor\w*|b\.?sc?|b\.?a|(?<![sd] )degree in)\b")
_LOWER_DEGREE = re.compile(r"\b(?:[Mm]aster\w*|MS|M\.S|[Bb]achelor\w*|BS|B\.S)\b")
# a term, a wait or an age, and what is the most of them
_NO_EXPERIENCE = re.compile(
    r"\b(?:up ?to|less than|fewer than|no more than|bis zu)\s\W{0,2}$|"
    r"\b(?:past|last|next|first|within|every|after|each|per|age of|during|under|(?:been|ing|ed) for)\s(?:the |over |more than )?\W{0,2}$"
)
_TERM = re.compile(
    r"\W{0,3}(?:(?:of )?(?:\w+ )?(?:runway|funding|university|college|study|studies|school)\b|ago|old|of age|vest\w*|cliff|degree|term|fixed|contract|sabbatical|of service|of employment|in a row|"
    r"depending|warranty|history|running|from now|or older|bachelor|university|college|programme|program)\b"
)
_MOST = 19  # no posting asks for more; a company has them
_WRAPPED = re.compile(r"\n(?=[a-zà-ÿ])|(?<=[a-z,])\n(?=\Z)")
_STUCK = re.compile(r"(?<=[a-z)])\.(?=[A-Z]|\Z)")  # the blank behind a stop is lost
_NEAR = 160  # characters within which a lower degree is told as one that will do too


class Asked(NamedTuple):
    """Years of experience asked for, and the sentence that asks for them."""

    number: float
    words: str


def years_asked(text: str) -> float | None:
    """The first years of experience asked for, and not merely preferred; None where none are."""
    asked = asked_in(text)
    return asked.number if asked else None


@lru_cache(maxsize=4)  # the roles of one comment on Hacker News share its text
def asked_in(text: str) -> Asked | None:
    """The same with its words.

    Years of some work ("2+ years working with speech models") give way to more of experience said behind them; those beside
    a higher degree to more beside a lower one ("PhD and 3 years, or MS and 5").
    """
    of_work: Asked | None = None
    with_degree: tuple[Asked, int] | None = None
    for asked, is_experience, before, (start, end) in _all_asked(text):
        if with_degree:
            if not _LOWER_DEGREE.search(text, with_degree[1], min(start, with_degree[1] + _NEAR)):
                break
            with_degree = max(with_degree[0], asked), end
        elif not is_experience:
            of_work = of_work or asked
        elif of_work and asked.number <= of_work.number:
            return of_work
        elif _HIGHER_DEGREE.search(before) and not _BACHELOR.search(before):
            with_degree = asked, end
        else:
            return asked
    return with_degree[0] if with_degree else of_work


def _all_asked(text: str) -> Iterator[tuple[Asked, bool, str, tuple[int, int]]]:
    """All years asked for: whether of experience or of some work, the words before them, and where they stand."""
    for years, is_open, start, end in _figures(text):
        if not 0 <= years <= _MOST:
            continue
        before, behind = _around(text, start, end)
        is_open = is_open or _LEAST.search(before[-30:]) is not None
        kind = "experience" if text[end - 3 : end] in ("YOE", "YoE") else _asked_for(before, behind, is_open)
        if kind is None and _is_under_heading(text, start, end):
            kind = "experience"
        if kind is None and is_open and _is_item(text, start, before, behind):
            kind = "work"
        if kind and not _is_the_companys(before, behind) and not is_preferred(text, start, before, behind):
            yield Asked(years, _sentence(text, start, end)), kind == "experience", before, (start, end)


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence around the figures, in its own letters."""
    whole = f"{sentence_before(text, start, 40)}{text[start:end]}{sentence_behind(text, end, 90)}"
    return " ".join(whole.split()).lstrip("-*• ")


def _figures(text: str) -> Iterator[tuple[float, bool, int, int]]:
    """Every number of years, whether more would do, and where it stands, in order."""
    found: list[tuple[float, bool, int, int]] = []
    for unit, a_year in (_UNITS if " the " in text else _ALL_UNITS).items():
        at = text.find(unit)
        while at >= 0:
            told: tuple[int, bool, int] | None = None
            if number := _figure_before(text, at):
                told = (int(number["number"]), a_year == 1 and bool(number["open"].strip()), number.start())
            elif unit == "year" and _word_before(text, at) in _SPELLED_ENDS:
                told = _spelled(text, at)
            if told and (rest := _REST.match(text, at)):
                found.append((told[0] / a_year, told[1], told[2], rest.end()))
            at = text.find(unit, at + 1)
    if "YOE" in text or "xperience:" in text:
        found += [(int(match[1]), True, match.start(1), match.end()) for match in _LABEL.finditer(text)]
    return iter(sorted(found, key=lambda one: one[2]))


def _kind_before(text: str, at: int) -> int:
    """The characters of a word between figures and "years" that says which: "overall"."""
    above = text[max(0, at - 10) : at].rstrip()
    return next((len(kind) + 1 for kind in _KINDS if above.endswith(kind)), 0)


def _word_before(text: str, at: int) -> str:
    return text[max(0, at - 9) : at].rstrip(" +").replace("\n", " ").rpartition(" ")[2].lower()


def _figure_before(text: str, at: int) -> re.Match[str] | None:
    """The figures that end where the word for years begins, from the first of "3 to 5" on."""
    last = text[max(0, at - 3) : at].rstrip()[-1:].lower()
    if last in _ENDS_OF_KINDS:
        at -= _kind_before(text, at)
    elif last not in _ENDS_OF_FIGURES:
        return None
    for digit in _DIGIT.finditer(text, max(0, at - 24), at):
        if found := _FIGURE.match(text, digit.start(), at):
            return found
    return None


def _spelled(text: str, at: int) -> tuple[int, bool, int] | None:
    """The number in words before "years", whether more would do, and where it stands: "two or more", "one to two"."""
    before = text[max(0, at - 30) : at].lower()
    words = before.replace("+", " + ").split()
    is_open = words[-1:] in (["+"], ["plus"], ["more"])
    words = words[:-1] if words[-1:] in (["+"], ["plus"]) else words
    first = words[-3] if len(words) > 2 and words[-2] in ("to", "or") else words[-1] if words else ""
    return (_NUMBERS[first], is_open, at - len(before) + before.rfind(first)) if first in _NUMBERS else None


def _asked_for(before: str, behind: str, is_open: bool) -> Literal["experience", "work"] | None:
    """What years are asked of: a word for experience stands beside them, or they are a minimum of some work."""
    if _TERM.match(behind) or _NO_EXPERIENCE.search(before[-30:]):
        return None
    soon = behind[:66]
    if " experience" in soon or _EXPERIENCE.search(soon) or _EXPERIENCE.search(before[-45:]):
        return "experience"
    return "work" if is_open and (_WORK.match(behind) or behind.startswith(")")) else None


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """The words of the sentence before and behind the figures, in small letters; a line that goes on in such is one with it."""
    is_stuck = text[start - 1 : start].islower()  # the line's end is lost: "a plus5+ years"
    before, behind = "" if is_stuck else _mended(text[max(0, start - 140) : start]), _mended(text[end : end + 90])
    return sentence_before(before, len(before), 140).lower(), sentence_behind(behind, 0, 90).lower()


def _mended(words: str) -> str:
    """Words whose wrapped lines are joined, and whose stops end sentences only."""
    words = _WRAPPED.sub(" ", words) if "\n" in words else words
    return _STUCK.sub(". ", words.replace("Ph.D.", "PhD")) if "." in words else words


def _is_under_heading(text: str, start: int, end: int) -> bool:
    """Whether the figures are a line of their own below one of experience: "Work Experience", "5-7 Years"."""
    above, _, own = text[max(0, start - 80) : start].rpartition("\n")
    alone = not own.strip("-*• ") and not text[end : end + 20].partition("\n")[0].strip(" .*")
    return alone and above.rstrip(" *:_").lower().endswith("experience")


def _is_item(text: str, start: int, before: str, behind: str) -> bool:
    """Whether the figures begin a line or an item, and a trade stands behind them."""
    is_first = not before.strip(_BULLETS) or text[max(0, start - 6) : start].rstrip(_BULLETS)[-1:] in ("", "\n")
    return is_first and _TRADE.match(behind) is not None and not _TERM.match(behind)


def _is_the_companys(before: str, behind: str) -> bool:
    """Whether the sentence tells of the company: "With 15 years of experience, we", "Our founders have"."""
    if _OPENING.fullmatch(before) and _WE.search(behind):
        return True
    if _SURELY_THEIRS.search(before):
        return True
    is_theirs = not _COMPANY.isdisjoint(_WORD.findall(before)) or ("team" in before and _TEAM.search(before))
    return bool(is_theirs) and not _ASKED.search(before)
