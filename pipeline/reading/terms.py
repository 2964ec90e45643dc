"""The kind of contract: permanent, for a fixed term, freelance, an internship; from the field, the title, the text."""

from __future__ import annotations

import re

from pipeline.posting import Contract
from pipeline.reading.passages import Text, evidence, sentences_with

_INTERN = r"\bintern(?:ship)?s?\b|\bpraktik(?:um|ant\w*)\b|\bstagiaire\b|\btirocinio\b|\bprácticas\b|\bbecari[oa]\b|\bestágio\b|\bstaż\w*\b"
_FREELANCE = r"\bfreelanc\w*\b|\bcontractors?\b|\bfreiberuf\w*\b|\bindependent contract\w*\b|\b1099\b|\bcorp[- ]to[- ]corp\b|\bself[- ]employed\b|\bindépendant\b|\bzzp\b"
_FIXED = (
    r"\bfixed[- ]term\b|\btemporary\b|\btemp\b|\bbefristet\w*\b|\bcdd\b|\bftc\b|\b\d{1,2}[- ]months? (?:\w+[- ]){0,3}contract\b|"
    r"\bmaternity cover\b|\bparental leave cover\b|\bcontrat à durée déterminée\b|\btiempo determinado\b|\btempo determinato\b"
)
_PERMANENT = r"\bpermanent\b|\bunbefristet\w*\b|\bfestanstellung\b|\bcdi\b|\bindefinid[oa]\b|\bindeterminato\b|\bcontrat à durée indéterminée\b|\btillsvidare\w*\b"
_KINDS: tuple[tuple[Contract, re.Pattern[str]], ...] = (
    ("internship", re.compile(_INTERN)),
    ("freelance", re.compile(_FREELANCE)),
    ("fixed_term", re.compile(_FIXED)),
    ("permanent", re.compile(_PERMANENT)),
)
_OR = re.compile(r"[/,|]| or ")
_BARE = re.compile(
    r"^contract (?!and\b)\w|^\W*(?:contract|contract[ /-](?:w2|c2c|basis|position|role|job)|contract[- ]to[- ]hire)\W*$|\(contract\)|[-–,] contract$|\bcontract[- ]to[- ]hire\b"
)
_NO_KIND = re.compile(
    r"\b(?:manager|management|recruit\w*|program(?:me)?|relations|specialist|negotiat\w+|lawyer|counsel|administrat\w+|smart)\b"
)
# in a text the words must say it of the job itself
_TEXT_HINTS = (
    "fixed",
    "month",
    "permanent",
    "freelance",
    "contractor",
    "duration",
    "befristet",
    "internship",
    "1099",
    " cdi",
    " cdd",
)
_OF_THE_JOB: tuple[tuple[Contract, tuple[str, ...], re.Pattern[str]], ...] = (  # each with what is in all of its words
    ("internship", ("internship",), re.compile(r"\bthis (?:is an? )?(?:[\w-]+ ){0,4}internship\b|\btype:? ?internship\b|\binternship \(")),
    ("fixed_term", ("fixed", "month", "duration", "contract", "befristet", "cdd"), re.compile(
        r"(?:\bthis (?:is|role is|position is)|\bcontract:|\btype:|\bduration:|\ba|\ban|\|)\s?(?:[\w-]+ ){0,3}?(?:fixed[- ]term\b(?! deposit)|\d{1,2}[- ]?months?(?:[- ]\w+){0,3}[- ]contract\b)|"
        r"(?:duration|\bcontract) ?: ?(?:contract\b|\d{1,2}\+? (?:months|years?\b))|\b\d{1,2}[- ]months? fixed[- ]term\b|\bfixed[- ]term (?:contract|position|role|appointment|employment) (?:of|for|until)\b|"
        r"\bdie (?:stelle|position) ist (?:\w+ ){0,3}befristet\b|\bun cdd\b|\bcontrat : cdd\b")),
    ("freelance", ("freelance", "contractor", "1099"), re.compile(
        r"\b(?:this is an? |this role is an? |engagement: |as an? )(?:\w+[- ]){0,3}?(?:freelance\w*|independent contractor|contractor (?:role|position|engagement)|1099)\b|\b1099 contract|\bcontract \(1099\)|^contractor role|\bfreelance (?:contract|basis|position|role)\b")),
    ("permanent", ("permanent", "befristet", "cdi", "indefinido", "indeterminato"), re.compile(
        r"\bthis is an? (?:[\w-]+,? ){0,2}permanent\b|\bpermanent,? (?:\w+[- ]?){0,2}?(?:position|role|contract|employment|job|opportunity)\b|\bunbefristete\w* (?:\w+ )?(?:arbeits|vertrag|anstellung|stelle|festanstellung)\w*|"
        r"\bun cdi\b|\bcontrat : cdi\b|\bcdi\b(?=[^.]{0,30}(?:temps plein|poste|basé|,))|\bcontrato indefinido\b|\btempo indeterminato\b|\bcontract: permanent\b|\b(?:employment|position|contract|job) type:? (?:full[- ]time,? )?permanent\b")),
)  # fmt: skip
_NOT_THIS = re.compile(
    r"\b(?:their|your own|residen\w+|establishment|if |temporary employees|transition|opportunity to|become|or permanent|conver\w+|internship experience|prior internship|previous internship|past internship)\b"
)


def read_contract(employment_type: str | None, title: str) -> tuple[str, str] | None:
    """The kind of contract by the board's field, else the title, and these words; None where the field names several."""
    if employment_type:
        kinds = {_kind(part) for part in _OR.split(employment_type.lower().replace("_", " "))}
        if kinds != {None}:
            kind = kinds.pop()
            return (kind, employment_type) if kind and not kinds else None
    kind = _kind(title.lower())
    return (kind, title) if kind else None


def contract_in_text(text: Text) -> tuple[str, str] | None:
    """The kind of contract that a text says of its job, and the words."""
    for sentence in sentences_with(text, _TEXT_HINTS):
        small = sentence.lower()
        said = (
            (kind, evidence(sentence, found))
            for kind, words, pattern in _OF_THE_JOB
            if any(word in small for word in words) and (found := pattern.search(small))
        )
        if (first := next(said, None)) and not _NOT_THIS.search(small):
            return first
    return None


def _kind(small: str) -> Contract | None:
    """The first kind that a field or title in small letters names, where the word is not of what the job is about.

    That is a manager of contractors or interns, customer due diligence (CDD).
    """
    if _NO_KIND.search(small):
        return None
    for kind, pattern in _KINDS:
        if pattern.search(small) and not (kind == "fixed_term" and "cdd" in small and "h/f" not in small):
            return kind
    return "fixed_term" if _BARE.search(small) else None
