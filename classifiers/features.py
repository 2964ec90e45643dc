"""From text to term counts, fast: words become numbers once, and pairs of words are found as numbers.

A term is a word or two words in a row. Counting by lookup in Python costs most of the time of a
TF-IDF pipeline; here a batch of texts is one array of word numbers, and its pairs are looked up
in one sorted search. The counts are those of scikit-learn's CountVectorizer over the same words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack


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

    def unknown(self, texts: Sequence[str]) -> float:
        """The part of all words of the texts that are no terms, 0 to 1."""
        single = {term.encode() for term in self.terms}
        is_known = [word in single for text in texts for word in split(text)]
        return 1 - sum(is_known) / max(1, len(is_known))

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


@dataclass(frozen=True)
class Block:
    """One part of a posting's words: the terms that count there and the concepts they belong to."""

    vocabulary: Vocabulary
    idf: NDArray[np.float64]  # shape (terms,)
    concepts: csr_matrix  # shape (terms, concepts): 1 where the term belongs to the concept
    weight: float  # length of the part's TF-IDF vector
    concept_weight: float

    @property
    def width(self) -> int:
        """How many features the block has: its terms and its concepts."""
        return sum(self.concepts.shape)

    def vectors(self, counts: csr_matrix) -> csr_matrix:
        """The features of a part; shape (postings, terms then concepts)."""
        return hstack([self.term_vectors(counts), self.concept_vectors(counts)]).tocsr()

    def term_vectors(self, counts: csr_matrix) -> csr_matrix:
        """TF-IDF with 1 + log(count), each row scaled to length `weight` (zero stays zero)."""
        found = counts.copy()
        found.data = (1 + np.log(found.data)) * self.idf[found.indices]
        lengths = np.sqrt(np.asarray(found.multiply(found).sum(axis=1)).ravel())
        scale = self.weight / np.where(lengths > 0, lengths, 1)
        found.data *= np.repeat(scale, np.diff(found.indptr))
        return found

    def concept_vectors(self, counts: csr_matrix) -> csr_matrix:
        """log(1 + how many of a concept's terms are there), times `concept_weight`."""
        spoken = csr_matrix(self.presence(counts) @ self.concepts)
        spoken.data = np.log1p(spoken.data) * self.concept_weight
        return spoken

    def presence(self, counts: csr_matrix) -> csr_matrix:
        """1 where a term is there."""
        return csr_matrix((np.ones_like(counts.data), counts.indices, counts.indptr), shape=counts.shape)


def membership(terms: Sequence[str], concepts: Mapping[str, Sequence[str]]) -> csr_matrix:
    """1 where a term belongs to a concept; shape (terms, concepts). Every concept's term must be among the terms."""
    numbers = {term: number for number, term in enumerate(terms)}
    pairs = [(numbers[term], column) for column, words in enumerate(concepts.values()) for term in words]
    rows, columns = zip(*pairs, strict=True)
    return csr_matrix((np.ones(len(pairs)), (rows, columns)), shape=(len(terms), len(concepts)))
