"""How senior a posting is, from its title first, then from the years it asks for."""

from __future__ import annotations

import re

from pipeline.posting import Seniority

_LEAD = re.compile(
    r"\b(?:manager|head of|director|vp|vice president|chief|cto|lead|leader|team lead|leiter(?:in)?)\b", re.IGNORECASE
)
_SENIOR = re.compile(r"\b(?:senior|sr|staff|principal|distinguished|fellow|expert|iii|iv|v|l[5-8])\b\.?", re.IGNORECASE)
_EARLY = re.compile(
    r"\b(?:intern|internship|junior|jr|graduate|new grad|entry[- ]level|trainee|apprentice|working student|"
    r"werkstudent(?:in)?|praktikant(?:in)?|early career|residen(?:t|cy)|co-?op|i)\b",
    re.IGNORECASE,
)
# "fellow" and "fellowship" differ: a fellowship is for beginners
_FELLOWSHIP = re.compile(r"\bfellow(?:s|ship)\b", re.IGNORECASE)
_YEARS = re.compile(
    r"\b(\d{1,2})\s?(?:\+|plus|-\s?\d{1,2}\+?|–\s?\d{1,2}\+?|to \d{1,2})?\s?(?:\+\s?)?years?\b[^.\n]{0,60}?\bexperience",
    re.IGNORECASE,
)
SENIOR_FROM, EARLY_TO = 5, 2  # years of experience asked for


def read_seniority(title: str, text: str) -> Seniority:
    """early, senior, lead, or unknown where neither title nor years say.

    Staff and principal engineers count as senior; those who lead people, as lead.
    """
    if _FELLOWSHIP.search(title) or _EARLY.search(title):
        return "early"
    if _LEAD.search(title):
        return "lead"
    if _SENIOR.search(title):
        return "senior"
    asked = [int(match[1]) for match in _YEARS.finditer(text)]
    if asked and max(asked) >= SENIOR_FROM:
        return "senior"
    if asked and max(asked) <= EARLY_TO:
        return "early"
    return "unknown"
