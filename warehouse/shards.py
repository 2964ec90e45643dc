"""Shards: parts into which the boards of a lake are dealt, each read by a run of its own (`shard_of` in `macros/visits.sql`)."""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_SHARDS = (
    4  # a host is asked by four requests at once (PER_HOST in pipeline/fetching/manners.py), each shard by one at least
)


@dataclass(frozen=True, slots=True)
class Shard:
    """One of `of` shards, counted from 1; of 1 it is all boards."""

    number: int = 1
    of: int = 1

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"

    @property
    def is_whole(self) -> bool:
        """Whether it holds all boards."""
        return self.of == 1

    def params(self) -> dict[str, int]:
        """As queries are asked for it."""
        return {"shard": self.number, "shards": self.of}


WHOLE = Shard()


def shard_called(words: str) -> Shard:
    """The shard of words such as "2/4". Raises ValueError, which says what it takes."""
    found = re.fullmatch(r"([1-9]\d?)/([1-9]\d?)", words, re.ASCII)
    number, of = map(int, found.groups()) if found else (0, 0)
    if not 1 <= number <= of <= MOST_SHARDS or of == 1:
        raise ValueError(f"a shard and how many there are, such as 2/4; of 2 to {MOST_SHARDS}")
    return Shard(number, of)


def shards(of: int) -> list[Shard]:
    """All shards of so many."""
    return [Shard(number, of) for number in range(1, of + 1)]
