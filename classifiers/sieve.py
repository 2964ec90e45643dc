"""The sieve before the model: whether a posting could be of one of the six tracks, told from single words in a tenth of a
millisecond, so that what plainly is none of them need not be read.

It is made to lose almost nothing and lets much through that is none of the six after all: the model judges that. What it
cannot judge, because it knows too few of the words, it lets through. `classifiers/sieve_training.py` learns it from the
labelled postings; the same data gives the same bytes.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from unicodedata import combining, normalize

FILE = Path(__file__).with_name("sieve.csv")
LEAST_KNOWN = 60  # different words of a text that it must know; short texts and other languages have fewer
_TAG = re.compile(r"<[^<>]*>")
_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789+#")
# whatever else stands there parts words, each byte of a letter beyond ASCII among it
_PARTED = bytes(ord(sign) if (sign := chr(code).lower()) in _SIGNS else ord(" ") for code in range(256))


@dataclass(frozen=True)
class Sieve:
    """A weight for each word of a title and of a text; a posting passes whose words come to `least` or more.

    Weights are whole thousandths, so that their sum does not depend on the order of words.
    """

    title: Mapping[bytes, int]
    text: Mapping[bytes, int]
    least: int

    @classmethod
    def load(cls, file: Path = FILE) -> Sieve:
        """The sieve kept in `file`."""
        weights: dict[str, dict[bytes, int]] = {"title": {}, "text": {}, "least": {}}
        with file.open(newline="", encoding="ascii") as lines:
            for part, word, weight in csv.reader(lines):
                weights[part][word.encode()] = int(weight)
        return cls(weights["title"], weights["text"], weights["least"][b""])

    def save(self, file: Path = FILE) -> None:
        """Keep the sieve as lines of part, word and weight."""
        with file.open("w", newline="", encoding="ascii") as lines:
            lines.write(self._lines)

    @cached_property
    def _lines(self) -> str:
        parts = (("least", {b"": self.least}), ("title", self.title), ("text", self.text))
        return "".join(f"{part},{word.decode()},{at}\n" for part, of in parts for word, at in of.items())

    @cached_property
    def version(self) -> str:
        """Twelve hex digits of everything that decides what passes."""
        return sha256(f"{self._lines}{LEAST_KNOWN}".encode()).hexdigest()[:12]

    def passes(self, title: str, html: str) -> bool:
        """Whether the posting could be of one of the six, or cannot be judged."""
        known = self._known.intersection(_words(_TAG.sub(" ", html)))
        return len(known) < LEAST_KNOWN or self.score(_words(_without_accents(title)), known) >= self.least

    def score(self, title: Iterable[bytes], known: Set[bytes]) -> int:
        """What the words of a title, each once, and the known words of a text come to."""
        return sum(self.title.get(word, 0) for word in {*title}) + sum(map(self.text.__getitem__, known))

    @cached_property
    def _known(self) -> frozenset[bytes]:
        return frozenset(self.text)


def _words(text: str) -> list[bytes]:
    return text.encode("utf-8", "replace").translate(_PARTED).split()


def _without_accents(title: str) -> str:
    return "".join(letter for letter in normalize("NFKD", title) if not combining(letter))


@cache
def kept_sieve() -> Sieve:
    """The bundled sieve, loaded once in a process."""
    return Sieve.load()
