"""The sentence around a place in text; quick, for it is asked of every figure."""

from __future__ import annotations

ENDS = (". ", "! ", "? ", "; ", "\n", "•")
_ABBREVIATIONS = ("min", "mind", "ca", "approx")


def sentence_before(text: str, start: int, most: int) -> str:
    """The words of the sentence that stand before `start`, at most so many characters."""
    before = text[max(0, start - most) : start]
    stop = before.rfind(". ")
    while stop >= 0 and before[:stop].lower().endswith(_ABBREVIATIONS):
        stop = before.rfind(". ", 0, stop)
    for end in ENDS[1:]:
        stop = max(stop, before.rfind(end))
    return before[stop + 1 :]


def sentence_behind(text: str, end: int, most: int) -> str:
    """The words of the sentence that stand behind `end`, at most so many characters."""
    behind = text[end : end + most]
    for one in ENDS:
        behind = behind.partition(one)[0]
    return behind
