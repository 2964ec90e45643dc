"""What engineers of each kind talk about: named groups of terms that the model counts besides single terms.

A concept says that "vllm", "kv cache" and "tensorrt" are the same kind of evidence, which no
thousand labelled postings teach by themselves. The groups are written by hand, in
`concepts.csv`: `block` (the part of a posting they are looked for in), `concept`, `terms`
(words or pairs of words, joined by `;`). A term may stand in several concepts.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("concepts.csv")


@cache
def concepts_of(block: str) -> dict[str, tuple[str, ...]]:
    """The concepts looked for in a block, `title` or `text`, with their terms."""
    with FILE.open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["block"] == block]
    return {row["concept"]: tuple(row["terms"].split(";")) for row in rows}
