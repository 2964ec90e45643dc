"""From text to term counts, fast: words become numbers by arithmetic on their letters, a batch at a time.

A term is a word or two words in a row. Splitting and looking up in Python costs most of the time
of a TF-IDF pipeline; here a chunk of texts is one array of letters, every word one hash of it, and
every pair of words a hash of two. The counts are those of scikit-learn's CountVectorizer over the
same words.
"""

from __future__ import annotations

from codecs import register_error
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from unicodedata import combining, normalize

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack, vstack

Hashes = NDArray[np.uint64]
Floats = NDArray[np.float64]

CHUNK = 64  # texts that are counted together: their arrays stay in the processor's cache
# Multilinear hashing (Carter and Wegman 1979): a word is the sum of its letters, each times a random
# number of its position; two words share 64 bits by a chance of 2**-63. A letter of position 64 and
# beyond shares a number, so words longer than that could meet; no term is that long.
_POSITIONS = np.random.default_rng(1979).integers(1, 2**64, size=64, dtype=np.uint64) | np.uint64(1)
_PAIR = np.uint64(0x9E3779B97F4A7C15)


def _separate() -> bytes:
    """Latin-1 to what counts: lower-case letters without accents, digits, + and # (c++, c#), else a blank."""
    table = bytearray(b" " * 256)
    for code in range(256):
        letter = normalize("NFKD", chr(code)).lower()[0]
        if letter.isascii() and (letter.isalnum() or letter in "+#"):
            table[code] = ord(letter)
    return bytes(table)


_TABLE = _separate()


def _without_accents(error: UnicodeError) -> tuple[bytes, int]:
    """Letters beyond Latin-1 as their base letters (Polish z for ż), anything else as a blank."""
    assert isinstance(error, UnicodeEncodeError)
    base = normalize("NFKD", error.object[error.start : error.end].translate(_STROKES))
    return "".join(letter for letter in base if not combining(letter)).encode("latin-1", "replace"), error.end


_STROKES = str.maketrans("łŁ", "lL")  # these two have no decomposition
register_error("without accents", _without_accents)


def _letters(text: str) -> bytes:
    return text.encode("latin-1", "without accents").translate(_TABLE)


def split(text: str) -> list[bytes]:
    """The words of a text, in order, in lower case and without accents."""
    return _letters(text).split()


def _hash_words(texts: Sequence[str]) -> tuple[Hashes, NDArray[np.int64]]:
    """The hash of every word of the texts, in order, and how many words each text has."""
    parts = list(map(_letters, texts))
    letters = np.frombuffer(b" ".join([b"", *parts, b""]), dtype=np.uint8)
    is_word = letters != ord(" ")
    starts = np.flatnonzero(is_word[1:] > is_word[:-1]) + 1
    lengths = np.flatnonzero(is_word[1:] < is_word[:-1]) + 1 - starts
    at = np.flatnonzero(is_word)
    weighed = letters[at] * _POSITIONS[(at - np.repeat(starts, lengths)) & 63]
    hashes = np.add.reduceat(weighed, np.cumsum(lengths) - lengths) if starts.size else np.empty(0, np.uint64)
    ends = np.cumsum([len(part) + 1 for part in parts])
    return hashes, np.diff(np.searchsorted(starts, ends), prepend=0)


def _slots(hashes: Hashes, level: int, shift: np.uint64) -> NDArray[np.int64]:
    """Where a level of the table keeps a hash: its highest bits, turned another way at each level."""
    return ((hashes * (_PAIR + np.uint64(2 * level))) >> shift).view(np.int64)


class _Table:
    """Finds numbers of hashes: levels of slots, the next level for those whose slot was taken."""

    def __init__(self, hashes: Hashes) -> None:
        self._hashes = hashes
        self._shift = np.uint64(64 - max(8, int(hashes.size).bit_length() + 1))
        self._levels: list[NDArray[np.int32]] = []
        left = np.arange(hashes.size)
        while left.size:
            slots = _slots(hashes[left], len(self._levels), self._shift)
            _, first = np.unique(slots, return_index=True)
            numbers = np.full(2 ** int(64 - self._shift), -1, np.int32)
            numbers[slots[first]] = left[first]
            left = np.delete(left, first)
            self._levels.append(numbers)

    def numbers(self, hashes: Hashes) -> NDArray[np.int32]:
        """The number of each hash, -1 for one that is not in the table."""
        found = np.full(hashes.size, -1, np.int32)
        left = np.arange(hashes.size)
        for level, numbers in enumerate(self._levels):
            candidates = numbers[_slots(hashes[left], level, self._shift)]
            is_taken = candidates >= 0
            left, candidates = left[is_taken], candidates[is_taken]
            is_same = self._hashes[candidates] == hashes[left]
            found[left[is_same]] = candidates[is_same]
            left = left[~is_same]
        return found


class Counts(NamedTuple):
    """What a vocabulary finds in some texts."""

    terms: csr_matrix  # how often each term stands in each text; shape (texts, terms), 64-bit floats
    words: NDArray[np.int64]  # how many words each text has
    unknown: NDArray[np.int64]  # how many of them are no terms

    def unknown_part(self) -> Floats:
        """The part of each text's words that are no terms, 0 to 1; 0 of a text without words."""
        return self.unknown / np.maximum(self.words, 1)


class Vocabulary:
    """The terms that count, and their columns in the order given."""

    def __init__(self, terms: Sequence[str]) -> None:
        self.terms = list(terms)
        hashes, lengths = _hash_words(self.terms)
        first = hashes[np.cumsum(lengths) - lengths]
        last = hashes[np.cumsum(lengths) - 1]
        self._table = _Table(np.where(lengths == 1, first, first * _PAIR + last))

    def count(self, texts: Sequence[str]) -> csr_matrix:
        """How often each term stands in each text; shape (texts, terms), 64-bit floats."""
        return self.read(texts).terms

    def read(self, texts: Sequence[str]) -> Counts:
        """The same, with how many words each text has and how many of them are no terms."""
        chunks = [self._read(texts[start : start + CHUNK]) for start in range(0, len(texts), CHUNK)]
        if len(chunks) < 2:
            return chunks[0] if chunks else self._read(texts)
        terms, words, unknown = zip(*chunks, strict=True)
        return Counts(vstack(terms).tocsr(), np.concatenate(words), np.concatenate(unknown))

    def _read(self, texts: Sequence[str]) -> Counts:
        hashes, lengths = _hash_words(texts)
        rows = np.repeat(np.arange(len(texts), dtype=np.int32), lengths)
        is_pair = rows[:-1] == rows[1:]
        pairs = (hashes[:-1] * _PAIR + hashes[1:])[is_pair]
        columns = self._table.numbers(np.concatenate([hashes, pairs]))
        is_term = columns >= 0
        width = np.int32(len(self.terms))
        cells = np.concatenate([rows, rows[:-1][is_pair]])[is_term] * width + columns[is_term]
        cells.sort()
        first = np.flatnonzero(np.diff(cells, prepend=np.int32(-1)))
        counts = np.diff(first, append=cells.size).astype(np.float64)
        starts = np.searchsorted(cells[first], np.arange(len(texts) + 1) * width)
        terms = csr_matrix((counts, cells[first] % width, starts), shape=(len(texts), width))
        return Counts(terms, lengths, np.bincount(rows[~is_term[: rows.size]], minlength=len(texts)))


class Features(NamedTuple):
    """What the linear layer sees of one part of some postings, and what it was made from."""

    terms: csr_matrix  # shape (postings, terms)
    concepts: csr_matrix  # shape (postings, concepts)
    is_there: csr_matrix  # 1 where a term is there
    spoken: csr_matrix  # how many of a concept's terms are there

    def vectors(self) -> csr_matrix:
        """Terms then concepts, as one matrix."""
        return hstack([self.terms, self.concepts]).tocsr()


@dataclass(frozen=True)
class Block:
    """One part of a posting's words: the terms that count there and the concepts they belong to."""

    vocabulary: Vocabulary
    term_weights: Floats  # how much a term counts that is there once; shape (terms,)
    concepts: csr_matrix  # shape (terms, concepts): 1 where the term belongs to the concept
    weight: float  # length of the part's TF-IDF vector
    concept_weight: float

    @property
    def width(self) -> int:
        """How many features the block has: its terms and its concepts."""
        return sum(self.concepts.shape)

    def features(self, counts: csr_matrix) -> Features:
        """The features of a part, from the counts of its terms.

        Terms: the term's weight times 1 + log(count), each row scaled to length `weight` (zero stays zero).
        Concepts: log(1 + how many of a concept's terms are there), times `concept_weight`.
        """
        is_there = csr_matrix((np.ones_like(counts.data), counts.indices, counts.indptr), shape=counts.shape)
        spoken = csr_matrix(is_there @ self.concepts)
        concepts = spoken.copy()
        concepts.data = np.log1p(spoken.data) * self.concept_weight
        return Features(self._weighed(counts), concepts, is_there, spoken)

    def _weighed(self, counts: csr_matrix) -> csr_matrix:
        found = counts.copy()
        found.data = (1 + np.log(found.data)) * self.term_weights[found.indices]
        lengths = np.sqrt(np.asarray(found.multiply(found).sum(axis=1)).ravel())
        scale = self.weight / np.where(lengths > 0, lengths, 1)
        found.data *= np.repeat(scale, np.diff(found.indptr))
        return found


def membership(terms: Sequence[str], concepts: Mapping[str, Sequence[str]]) -> csr_matrix:
    """1 where a term belongs to a concept; shape (terms, concepts). Every concept's term must be among the terms."""
    numbers = {term: number for number, term in enumerate(terms)}
    pairs = [(numbers[term], column) for column, words in enumerate(concepts.values()) for term in words]
    rows, columns = zip(*pairs, strict=True)
    return csr_matrix((np.ones(len(pairs)), (rows, columns)), shape=(len(terms), len(concepts)))
