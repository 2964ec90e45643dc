"""The sentences of a text in which a word stands: found by the word, so that a text without it costs one look."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

BEFORE, BEHIND = 200, 400  # characters of a sentence that are looked at, on either side of the word
MOST_EVIDENCE = 120  # characters of what is shown as evidence
# a sentence ends at its stop, at a line that goes on neither in small letters nor behind a comma, and where blanks behind stops were lost
_END = re.compile(
    r"(?<!\b[UuEe]\.[SsKkGg])(?<!\bi\.e)(?<!\bapprox)(?<!\bPh)[.!?](?=\s)|(?<=[a-z)])[.!?](?=[A-Z*(])|(?<!,)\n(?=\s*[^\sa-z])|•|;(?=\s+[a-z])"
)
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
    """Every sentence with one of the hints, which are in small letters, in one line; one with several comes several times."""
    for hint in hints:
        at = text.small.find(hint)
        while at >= 0:
            start = max(0, at - BEFORE)
            begin = max((min(end.end(), at) for end in _END.finditer(text.words, start, at + 1)), default=start)
            behind = _END.search(text.words, at, at + BEHIND)
            end = behind.start() if behind else min(len(text.words), at + BEHIND)
            yield " ".join(text.words[begin:end].split())
            at = text.small.find(hint, max(end, at + 1))


def evidence(sentence: str, found: re.Match[str]) -> str:
    """What was found, with as much of its sentence as may be shown."""
    if len(sentence) <= MOST_EVIDENCE:
        return sentence
    aside = max(0, MOST_EVIDENCE - (found.end() - found.start())) // 2
    start = max(0, min(found.start() - aside, len(sentence) - MOST_EVIDENCE))
    return f"{'…' if start else ''}{sentence[start : start + MOST_EVIDENCE].strip()}…"
