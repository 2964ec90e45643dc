"""How senior a posting is: from the board's fields, else its title, else the years of experience it asks for."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.posting import Seniority
from pipeline.reading.years import years_asked

SENIOR_FROM, EARLY_TO = 5, 2  # years of experience asked for

# what boards' fields say: SmartRecruiters, Workable, Personio, Recruitee, Himalayas; "mid-senior" and the like decide nothing
_FIELD_EARLY = re.compile(
    r"\b(?:intern|internship|trainee|apprentic\w*|student\w*|working[ _]student|werkstudent\w*|entry|graduates?|junior|"
    r"ausbildung|praktik\w*|stage|stagiaire|alternance)\b"
)
_FIELD_INTERN = re.compile(r"\bintern(?:ship)?\b|\bstudent")
_FIELD_LEAD = re.compile(r"\b(?:director|executive|manager|head|lead)\b")
_FIELD_SENIOR = re.compile(r"\bsenior\b(?! executive)")

# a word of level that names a trade, a product or another's office is none
_NO_LEVEL = re.compile(
    r"\b(?:member of (?:the )?(?:\w+ )?staff|technical staff member|(?:research )?staff member|"
    r"lead(?:s)?[ -](?:gen\w*|acid|management|scoring)|senior[ -](?:living|care|citizens?|housing|communit\w+)|"
    r"staff (?:scheduling|tools|augmentation|management|accountant|nurse)|graduate (?:admissions|school|studies)|"
    r"(?:assistant|deputy|support|reporting) (?:to|for) .*)"
)
# a manager of a thing, not of people: the word is the job and says nothing of its level
_MANAGES_THINGS = re.compile(
    r"\b(?:product|program|programme|project|account|marketing|community|success|brand|partner|partnerships?|office|"
    r"facilities|case|content|campaign|events?|sales|growth|portfolio|alliance|channel|vendor|delivery|engagement|risk|"
    r"compliance|relationship|territory|scrum|package|password|ads?|device|secrets?|file|window|tag|asset|task|resource|"
    r"cluster|queue|order|social media|release|incident|change|category|territory)\s+(?:marketing\s+)?manager\b(?!s)"
)
_GROUP_MANAGER = re.compile(r"\bgroup (?:product|program) manager\b")
# a part of the title that names whom the job is with
_TEAM = re.compile(r"\b(?:group|team|org(?:anization)?|office|division|department|brokerage|portal)\s*$")
_JOB = re.compile(
    r"\b(?:engineer(?:ing)?|scientist|developer|analyst|researcher|architect|designer|intern|manager|programmer)s?\b"
)
_PARTS = re.compile(r"\s*(?:[,:|(@)]|\s[-–—]\s)\s*")

_LEAD = re.compile(
    r"\b(?:manager|head(?: of\b|,|$)|director|vp|svp|evp|vice president|chief|c[efot]o|lead|leader|team[- ]?lead|(?:team|abteilungs|"
    r"gruppen|bereichs)?leiter(?:in)?|leitende[rn]?|responsable|directeur|directrice|jefe|jefa|líder|kierownik|coordenador)\b"
)
_SENIOR = re.compile(
    r"\b(?:senior|sénior|sênior|sr|snr|staff|principal|distinguished|expert|experte|expertin|iii|iv|v|l[5-8]|starszy|(?:ingénieur )?confirmé)\b\.?|"
    r"\b(?:engineer|scientist|developer|analyst)\s[3-6]\b"
)
_EARLY = re.compile(
    r"\b(?:intern|internships?|junior|júnior|jr|graduates?|new[- ]?grads?|entry[- ]level|trainee|apprentice(?:ship)?|working student|"
    r"associates?|werkstudent(?:in)?|praktikant(?:in)?|praktikum|early[- ]career|residen(?:t|cy)|co-?op|i|stagiaire|alternan(?:ce|te?)|"
    r"becari[oa]|prácticas|tirocinio|stagista|estágio|estagiári[oa]|młodszy|stażyst\w*|azubi|duales studium|"
    r"post-?doc\w*|(?:phd|doctoral|master'?s?) (?:student|researcher|candidate)|student|fellow(?:s|ship)?|"
    r"(?:engineer|scientist|developer|analyst)\s1)\b|^stage\b"
)
_INTERN = re.compile(
    r"\b(?:intern|internship|working student|werkstudent(?:in)?|praktikant(?:in)?|praktikum|trainee|apprentice)\b"
)
# a fellow of a programme is a beginner; these are a company's highest grade
_FELLOW = re.compile(r"\b(?:distinguished|senior|sr\.?|technical|principal|corporate) (?:\w+ )?fellow\b")
_FELLOWSHIP = re.compile(r"\bfellow(?:s|ship)\b")
# "associate" before a rank is the rank below it, and of a professor it says nothing
_RANK = re.compile(
    r"\bassociate (?=(?:\w+ )?(?:director|vice president|vp|partner|principal|manager|head|general counsel|dean)\b)|"
    r"\b(?:associate|assistant) professor\b"
)
_MIDDLE = re.compile(r"\b(?:mid|middle|intermediate|mid[- ]level|pleno|all levels)\b")


_WORD = re.compile(r"\w+")
# the words of levels that are more than one word
_LEVEL_WORDS = "vice head team entry new grad grads early career op working student phd doctoral post all levels"
_PARTS_OF_LEVELS = frozenset(_LEVEL_WORDS.split())
_ANY = re.compile("|".join(one.pattern for one in (_LEAD, _SENIOR, _EARLY, _MIDDLE)))


@lru_cache(maxsize=20_000)
def _may_be_level(word: str) -> bool:
    """Whether a word is one of level, or of a name of level that has several; most titles have none."""
    return word.lower() in _PARTS_OF_LEVELS or word.isdigit() or _ANY.search(word.lower()) is not None


def read_seniority(title: str, text: str, level: str | None = None, employment_type: str | None = None) -> Seniority:
    """early, senior, lead, or unknown where neither fields nor title nor years say.

    `level` and `employment_type` are the board's own words. Staff and principal engineers count as senior; those who lead
    people, as lead.
    """
    told = (_from_fields(level, employment_type) if level or employment_type else None) or _from_title(title)
    if told:
        return told
    asked = years_asked(text)
    if asked is None and level:
        asked = years_asked(level)
        if asked is not None and asked <= EARLY_TO and "experienced" in level:
            return "unknown"
    return _from_years(asked)


def _from_fields(level: str | None, employment_type: str | None) -> Seniority | None:
    words = (level or "").lower().replace("_", " ").replace("-", " ")
    kind = (employment_type or "").lower().replace("_", " ")
    if _FIELD_EARLY.search(kind) or _FIELD_INTERN.search(words):
        return "early"
    if re.search(r"\bmid\b", words):
        return None  # "Mid-Senior level", or one of several
    if _FIELD_EARLY.search(words):
        return "early"
    if _FIELD_LEAD.search(words):
        return "lead"
    return "senior" if _FIELD_SENIOR.search(words) else None


def _from_title(title: str) -> Seniority | None:
    """The level that the title names; "unknown" where it names the middle, None where it names none."""
    if not any(map(_may_be_level, _WORD.findall(title))):
        return None
    title = title.lower()
    own = _own_words(title)
    plain = _MANAGES_THINGS.sub(" ", _RANK.sub(" ", _NO_LEVEL.sub(" ", own)))
    is_senior = bool(_SENIOR.search(plain) or _FELLOW.search(own))
    if _FELLOWSHIP.search(own) or _INTERN.search(plain) or (_EARLY.search(plain) and not is_senior):
        return "early"
    if _LEAD.search(plain) or _GROUP_MANAGER.search(own):
        return "lead"
    if is_senior:
        return "senior"
    return "unknown" if _MIDDLE.search(title) else None


def _own_words(title: str) -> str:
    """The title without the parts that name a team, where another part names the job."""
    parts = _PARTS.split(title)
    kept = [part for part in parts if not _TEAM.search(part)]
    return ", ".join(kept) if any(_JOB.search(part) for part in kept) else title


def _from_years(years: float | None) -> Seniority:
    if years is None:
        return "unknown"
    return "senior" if years >= SENIOR_FROM else "early" if years <= EARLY_TO else "unknown"
