"""The sentences of a text in which a word stands: found by the word, so that a text without it costs one look."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

BEFORE, BEHIND = 200, 600  # characters of a sentence that are looked at, on either side of the word
LABEL = 25  # characters of a label that a line of its own may have: "Work Remotely:"
MOST_EVIDENCE = 120  # characters of what is shown as evidence
_MARK = re.compile("[.!?\n;*·•●◦▪‣►➤✓✔\U0001f300-\U0001faff]")  # pictures too begin the items of a list
_ABBREVIATED = re.compile(r"\b(?:[Uu]\.[SsKk]|[Ee]\.g|i\.e|approx|Ph)\Z")
_OPEN_ENDS = frozenset(["in", "of", "the", "a", "an", "from", "for", "with", "within", "and", "or", "to", "as", "at"])
_CAPITALS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


class Text(NamedTuple):
    """A text beside itself in small letters, of the same length."""

    words: str
    small: str

    @classmethod
    def of(cls, words: str) -> Text:
        """The text; the few letters that are longer when small stay as they are."""
        small = words.lower()
        return cls(words, small if len(small) == len(words) else words.translate(_CAPITALS))


def sentences_with(text: Text, hints: Iterable[str]) -> Iterator[str]:
    """Every sentence with one of the hints, which are in small letters, once and in one line."""
    seen: dict[int, int] = {}  # where it ends by where it begins
    for hint in hints:
        at = text.small.find(hint)
        while at >= 0:
            begin = _begin(text.words, at)
            end = seen.get(begin, 0)
            if not end:
                end = seen[begin] = _end(text.words, at)
                yield " ".join(text.words[begin:end].split())
            at = text.small.find(hint, max(end, at + 1))


def _begin(text: str, at: int) -> int:
    start = max(0, at - BEFORE)
    for mark in reversed([mark.start() for mark in _MARK.finditer(text, start, at)]):
        if _ends(text, mark):
            return mark + 1
    return start


def _end(text: str, at: int) -> int:
    marks = (mark.start() for mark in _MARK.finditer(text, at, at + BEHIND))
    return next((mark for mark in marks if _ends(text, mark)), min(len(text), at + BEHIND))


def _ends(text: str, at: int) -> bool:
    """Whether a mark ends a sentence: a sign of an item, a stop, be the blank behind it lost, or a line that does not go on."""
    mark, before, behind = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if not behind:
        return True
    if mark == "\n":
        return not _goes_on(text, at)
    if mark == ";":
        return behind.isspace() and text[at + 2 : at + 3].islower()
    if mark in "*·":
        return before.isspace() and behind.isspace()
    if mark not in ".!?":
        return True
    if behind.isspace():
        goes_on = behind != "\n" and text[at + 2 : at + 3].islower()
        return mark != "." or not (goes_on or _ABBREVIATED.search(text, max(0, at - 7), at))
    return (before.islower() or before == ")") and (behind.isupper() or behind in "*(")


def _goes_on(text: str, at: int) -> bool:
    """Whether a line goes on in the next: in small letters or with a comma, behind a comma, a short label or "in"."""
    next_line = text[at + 1 : at + 9].lstrip()[:1]
    if next_line.islower() or next_line == ",":
        return True
    above = text[max(0, at - LABEL) : at].rstrip()
    is_label = above.endswith(":") and "\n" in above
    return above.endswith(",") or (next_line.isalnum() and (is_label or above.rpartition(" ")[2] in _OPEN_ENDS))


def evidence(sentence: str, found: re.Match[str]) -> str:
    """What was found, with as much of its sentence as may be shown."""
    if len(sentence) <= MOST_EVIDENCE:
        return sentence
    aside = max(0, MOST_EVIDENCE - (found.end() - found.start())) // 2
    start = max(0, min(found.start() - aside, len(sentence) - MOST_EVIDENCE))
    return f"{'…' if start else ''}{sentence[start : start + MOST_EVIDENCE].strip()}…"


Ways = tuple[tuple[str, re.Pattern[str]], ...]


def ways(*saying: tuple[str, str]) -> Ways:
    """Ways to say something: a word that is in each, in small letters, so that most sentences cost one look, and its pattern."""
    return tuple((word, re.compile(pattern)) for word, pattern in saying)


def said_in(sentence: str, small: str, of: Ways) -> Iterator[re.Match[str]]:
    """Where a sentence says something in one of these ways; `small` is the sentence in small letters."""
    for word, pattern in of:
        if word in small:
            yield from pattern.finditer(sentence)
