"""From text to term counts, fast: words become numbers once, and pairs of words are found as numbers.

A term is a word or two words in a row. Counting by lookup in Python costs most of the time of a
TF-IDF pipeline; here a batch of texts is one array of word numbers, and its pairs are looked up
in one sorted search. The counts are those of scikit-learn's CountVectorizer over the same words.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, repeat
from unicodedata import normalize

import numpy as np
from scipy.sparse import csr_matrix


def _separate() -> bytes:
    """Latin-1 to what counts: lower-case letters without accents, digits, + and # (c++, c#), else a blank."""
    table = bytearray(b" " * 256)
    for code in range(256):
        letter = normalize("NFKD", chr(code)).lower()[0]
        if letter.isascii() and (letter.isalnum() or letter in "+#"):
            table[code] = ord(letter)
    return bytes(table)


_TABLE = _separate()


def split(text: str) -> list[bytes]:
    """The words of a text, in order, in lower case and without accents."""
    return text.encode("latin-1", "replace").translate(_TABLE).split()


class Vocabulary:
    """The terms that count, and their columns in the order given."""

    def __init__(self, terms: Sequence[str]) -> None:
        self.terms = list(terms)
        self._numbers: dict[bytes, int] = {}
        pairs = [term.encode().split() for term in self.terms]
        for word in chain.from_iterable(pairs):
            self._numbers.setdefault(word, len(self._numbers) + 1)  # 0 is every unknown word
        self._base = len(self._numbers) + 1
        keys = np.array([self._key(words) for words in pairs], dtype=np.int64)
        self._order = np.argsort(keys, kind="stable")
        self._keys = keys[self._order]

    def _key(self, words: Sequence[bytes]) -> int:
        """A word's number, or for two words the one number of the pair."""
        first, *rest = (self._numbers[word] for word in words)
        return first if not rest else first * self._base + rest[0]

    def count(self, texts: Sequence[str]) -> csr_matrix:
        """How often each term stands in each text; shape (texts, terms), 64-bit floats."""
        words = list(map(split, texts))
        lengths = np.fromiter(map(len, words), dtype=np.int64, count=len(words))
        flat = map(self._numbers.get, chain.from_iterable(words), repeat(0))
        numbers = np.fromiter(flat, dtype=np.int64, count=int(lengths.sum()))
        rows = np.repeat(np.arange(len(texts)), lengths)
        is_known = numbers > 0
        is_pair = is_known[:-1] & is_known[1:] & (rows[:-1] == rows[1:])
        pairs = (numbers[:-1] * self._base + numbers[1:])[is_pair]
        found = np.concatenate([numbers[is_known], pairs])
        found_rows = np.concatenate([rows[is_known], rows[:-1][is_pair]])
        at = np.searchsorted(self._keys, found)
        at[at == len(self._keys)] = 0
        is_term = self._keys[at] == found
        shape = (len(texts), len(self.terms))
        places = (found_rows[is_term], self._order[at[is_term]])
        return csr_matrix((np.ones(places[0].size), places), shape=shape)
