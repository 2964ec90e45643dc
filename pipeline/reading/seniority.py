"""How senior a posting is, from its title first, then from the years it asks for."""

from __future__ import annotations

import re

from pipeline.posting import Seniority

_LEAD = re.compile(
    r"\b(?:manager|head of|director|vp|vice president|chief|cto|lead|leader|team lead|leiter(?:in)?)\b", re.IGNORECASE
)
# a manager of a thing, not of people: the word is the job and says nothing of its level
_MANAGES_THINGS = re.compile(
    r"\b(?:product|program|programme|project|account|marketing|community|success|brand|partner|partnerships?|office|"
    r"facilities|case|content|campaign|events?|sales|growth|portfolio|alliance|channel|vendor|delivery|engagement|risk|"
    r"compliance|relationship|territory|scrum)\s+(?:marketing\s+)?manager\b",
    re.IGNORECASE,
)
_SENIOR = re.compile(r"\b(?:senior|sr|staff|principal|distinguished|fellow|expert|iii|iv|v|l[5-8])\b\.?", re.IGNORECASE)
_EARLY = re.compile(
    r"\b(?:intern|internship|junior|jr|graduate|new grad|entry[- ]level|trainee|apprentice|working student|associate|"
    r"werkstudent(?:in)?|praktikant(?:in)?|early career|residen(?:t|cy)|co-?op|i)\b",
    re.IGNORECASE,
)
# "fellow" and "fellowship" differ: a fellowship is for beginners
_FELLOWSHIP = re.compile(r"\bfellow(?:s|ship)\b", re.IGNORECASE)
_MIDDLE = re.compile(r"\b(?:mid|middle|intermediate|mid[- ]level)\b", re.IGNORECASE)
_YEARS = re.compile(
    r"\b(\d{1,2})\s?(?:\+|plus|-\s?\d{1,2}\+?|–\s?\d{1,2}\+?|to \d{1,2})?\s?(?:\+\s?)?years?\b[^.\n]{0,60}?\bexperience",
    re.IGNORECASE,
)
SENIOR_FROM, EARLY_TO = 5, 2  # years of experience asked for


def read_seniority(title: str, text: str) -> Seniority:
    """early, senior, lead, or unknown where neither title nor years say.

    Staff and principal engineers count as senior; those who lead people, as lead.
    """
    plain_title = _MANAGES_THINGS.sub(" ", title)
    is_senior = bool(_SENIOR.search(plain_title))
    if _FELLOWSHIP.search(title) or (_EARLY.search(plain_title) and not is_senior):
        return "early"
    if _LEAD.search(plain_title):
        return "lead"
    if is_senior:
        return "senior"
    if _MIDDLE.search(title):
        return "unknown"
    return _from_years(_YEARS.findall(text))


def _from_years(asked: list[str]) -> Seniority:
    """From the first years asked for: what is preferred, or asked for one tool, comes later."""
    if not asked:
        return "unknown"
    years = int(asked[0])
    return "senior" if years >= SENIOR_FROM else "early" if years <= EARLY_TO else "unknown"
