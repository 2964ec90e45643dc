"""Whether years of experience are only preferred: by their sentence, or by the heading above them."""

from __future__ import annotations

import re

_PREFERRED = re.compile(r"\b(?:preferred|preferably|nice to have|bonus|a plus|desirable|von vorteil)\b")
_PREFERRED_BEHIND = re.compile(r"\b(?:preferred|(?:a|big|huge) plus|desirable|desired|von vorteil)\b")
_PIECE = re.compile(r"[,;|(]|\s?[-–—]\s")
_BRACKETS = re.compile(r"\([^()]*\)")
_HEADINGS = re.compile(
    r"^[\W_]*(?:(?P<preferred>preferred|nice[- ]to|good to have|bonus|desired|desirable|pluses)|(?:required?|requirements?|minimum|basic|"
    r"must|qualifications?|what you|who you|you have|about you))\b[^\n\d]{0,40}$",
    re.IGNORECASE | re.MULTILINE,
)
_STUCK_HEADING = re.compile(
    r"(?<=[a-z.)])(?:Preferred|Desired|Required|Minimum|Basic) Qualifications"
)  # the line's end is lost
_PREFERRED_HINTS = ("referred", "ice to", "ice-to", "ood to", "onus", "esir", "luses")
_FAR = 700  # characters within which a heading says that what follows is only preferred


def is_preferred(text: str, start: int, before: str, behind: str) -> bool:
    """Whether a sentence, told by its words before and behind what stands at `start`, or the heading above it says so."""
    before = _BRACKETS.sub(
        " ", before[-60:]
    )  # what they prefer stands before them: "A degree (a master's preferred), 5+ years"
    if _may_be_preferred(before) and _PREFERRED.search(before):
        return True
    if _may_be_preferred(behind) and _PREFERRED_BEHIND.search(_PIECE.split(behind, maxsplit=1)[0]):
        return True
    above = text[max(0, start - _FAR) : start]
    if not any(hint in above for hint in _PREFERRED_HINTS):
        return False
    if " Qualifications" in above:
        above = _STUCK_HEADING.sub(r"\n\g<0>\n", above)
    headings = [match["preferred"] for match in _HEADINGS.finditer(above)]
    return bool(headings and headings[-1])


def _may_be_preferred(words: str) -> bool:
    """Whether one of the patterns may match; that most words match none is seen at a look."""
    return (
        "prefer" in words
        or "plus" in words
        or "desir" in words
        or "bonus" in words
        or "nice" in words
        or "vorteil" in words
    )
