"""Where the work is done: on site, remote, or both in turn."""

from __future__ import annotations

import re

from pipeline.posting import Workplace
from pipeline.reading.areas import key

_WORKPLACES: dict[str, Workplace] = {"remote": "remote", "hybrid": "hybrid"}
_WORKPLACES |= dict.fromkeys(("onsite", "on site", "in office", "in person"), "onsite")
_NOT_REMOTE = re.compile(r"\b(?:no|non|not)[- ]?remote\b|\bremote not\b|\bno remoto\b", re.IGNORECASE)
_PARTLY_REMOTE = re.compile(r"\bhybrid[- ]remote\b|\bremote[- ]hybrid\b", re.IGNORECASE)
# of the work, not a trade: Hybrid Cloud, Hybrid Search
_HYBRID_TITLE = re.compile(
    r"(?:[(\[|,/–-]\s?)hybrid\b(?=\s*(?:[)\]|,;/–-]|$))|\bhybrid (?:remote|role|position|work(?:ing)?|in|from)\b|\bremote[- ]hybrid\b|(?:- | – |\()hybrid\b(?= [^)]*\)?$)",
    re.IGNORECASE,
)
_REMOTE = re.compile(
    r"\b(?:remote(?! sensing)|work(?:ing)? from home|wfh|distributed|anywhere|telecommut\w+|tele-?work(?:ing)?|"
    r"(?:virtual(?:[- ](?:office|position|role|work))?|home[- ]?office)(?=\s*(?:$|[,;|()/–—-]|us\b|usa\b|uk\b))|home[- ]based|remoto|remota|t[ée]l[ée]travail|teletrabajo|teletrabalho|deutschlandweit|bundesweit|zdaln\w+)\b",
    re.IGNORECASE,
)
_REMOTE_TITLE = re.compile(
    r"\bremote\b(?![- ](?:sensing|monitoring|control|access|support|care|patient|operat|vehicle|diagnos|hands|site|device|work\b))|"
    r"\b(?:work from home|wfh|home[- ]based|remoto|t[ée]l[ée]travail|teletrabajo)\b",
    re.IGNORECASE,
)
# all of a location but its pay; that of a job that may be done from there: all 14 seen are remote by flag or text
_EVERYWHERE = re.compile(
    r"\W*(?:(?:`[^`]*\d[^`]*`)\W*)?(?:world[- ]?wide|everywhere|global(?:ly)?|(?:anywhere|everywhere) (?:in|around) the world|all over the world)\W*",
    re.IGNORECASE,
)
_ONSITE = re.compile(
    r"\b(?:on-?\s?site|in[- ]person|in[- ]office|presencial)\b|\b(?:no|non|not)[- ]?remote\b", re.IGNORECASE
)
_HYBRID = re.compile(r"\bhybrid\b", re.IGNORECASE)
_SOME_DAYS = re.compile(
    r"\bremote,? [1-4](?:[-–][1-4])? days?\b|\b[1-4](?:[-–][1-4])? days? (?:(?:a|per) week )?(?:remote(?:ly)?|wfh|(?:work )?from home)\b",
    re.IGNORECASE,
)


def read_workplace(workplace_type: str | None, words: str, is_remote: bool | None) -> Workplace | None:
    """The board's own type where it is a known one, else what the words say, else the flag."""
    known = _WORKPLACES.get(key(workplace_type)) if workplace_type else None
    if known:
        return known
    if _HYBRID.search(words) or _SOME_DAYS.search(words):
        return "hybrid"
    if is_remote:
        return "remote"
    return "onsite" if _ONSITE.search(words) else None


def says_remote(words: str) -> bool:
    """Whether the words of a location say that the work can be done remotely."""
    return bool(_REMOTE.search(words) and not _SOME_DAYS.search(words) and _REMOTE.search(_NOT_REMOTE.sub(" ", words)))


def says_everywhere(words: str) -> bool:
    """Whether a location is the whole world, and nothing else."""
    return _EVERYWHERE.fullmatch(words) is not None


def says_remote_in_title(title: str) -> bool:
    """The same of a title, where Remote Sensing is a trade."""
    return bool(
        _REMOTE_TITLE.search(title) and _REMOTE_TITLE.search(_PARTLY_REMOTE.sub(" ", _NOT_REMOTE.sub(" ", title)))
    )


def says_hybrid_in_title(title: str) -> bool:
    """Whether a title says that the work is done in an office on some days; Hybrid Cloud is a trade."""
    return "ybrid" in title.lower() and bool(_HYBRID_TITLE.search(title))
