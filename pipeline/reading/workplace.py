"""Where the work is done: on site, remote, or both in turn."""

from __future__ import annotations

import re

from pipeline.posting import Workplace
from pipeline.reading.gazetteer import key

_WORKPLACES: dict[str, Workplace] = {"remote": "remote", "hybrid": "hybrid"}
_WORKPLACES |= dict.fromkeys(("onsite", "on site", "in office", "in person"), "onsite")
_REMOTE = re.compile(r"\b(remote(?! sensing)|work from home|wfh|distributed|anywhere|telecommute)\b", re.IGNORECASE)
_ONSITE = re.compile(r"\b(?:on-?\s?site|in[- ]person|in[- ]office)\b", re.IGNORECASE)
_HYBRID = re.compile(r"\bhybrid\b", re.IGNORECASE)


def read_workplace(workplace_type: str | None, words: str, is_remote: bool | None) -> Workplace | None:
    """The board's own type where it is a known one, else what the words say, else the flag."""
    known = _WORKPLACES.get(key(workplace_type)) if workplace_type else None
    if known:
        return known
    if _HYBRID.search(words):
        return "hybrid"
    if is_remote:
        return "remote"
    return "onsite" if _ONSITE.search(words) else None


def says_remote(words: str) -> bool:
    """Whether words say that the work can be done remotely."""
    return bool(_REMOTE.search(words))
