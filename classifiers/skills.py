"""The tools and skills that a posting names: a list written by hand, found at word borders in one pass.

`skills.csv` has a line a skill: `name`, the `field` it belongs to, and the ways people write it, parted by `|`:
`aliases` count in any case, `as_written` only in that spelling (REST, not rest), and `beside` only in that spelling
and next to another skill in a list ("Python, Go or Rust", not "Go to market"). The name is an alias itself unless
it stands in one of the other two.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

FILE = Path(__file__).with_name("skills.csv")
# a word, C++, C#, W&B and .NET included; a mark of a list or sentence; a line that starts with a capital
# what most words begin with is tried first, and a blank at once as nothing
_WORD = re.compile(
    r"(?=[^ ])(?:[0-9A-Za-z]++[^\W_]*+(?:\+\+|#|&[^\W_]\b)?|[,;:()/|&!?]|[^\W_]++(?:\+\+|#|&[^\W_]\b)?|"
    r"(?<!\w)\.(?:NET|Net|net)\b|\.(?!\w)|\n(?=[\W_]{0,9}[A-Z]))"
)
_JOINS = frozenset([",", "/", "(", ":", "|", "&", "\n", "and", "or", "plus", "like", "such", "as"])
_MOST_JOINS = 3  # between two neighbours of a list: ", such as"


@dataclass(frozen=True, slots=True)
class Skill:
    """A tool or skill, and the field it belongs to."""

    name: str
    field: str


@dataclass(frozen=True, slots=True)
class _Alias:
    """One way to write a skill, word by word."""

    skill: str
    words: Sequence[str]
    is_as_written: bool
    is_beside: bool


@dataclass(frozen=True, slots=True)
class _Mention:
    """Where an alias stands: the numbers of its first word and of the word after it."""

    alias: _Alias
    start: int
    end: int


def skills() -> list[Skill]:
    """Every skill of the list, in its order."""
    return [Skill(row["name"], row["field"]) for row in _rows()]


@cache
def ways_to_write() -> dict[str, str]:
    """Every way to write a skill, whatever its case and whatever stands beside it, with the skill's name."""
    kinds = ("name", "aliases", "as_written", "beside")
    return {way.casefold(): row["name"] for row in _rows() for kind in kinds for way in row[kind].split("|") if way}


def skills_version() -> str:
    """Changes with the list and with the rules here, so that postings are read again."""
    return sha256(FILE.read_bytes() + Path(__file__).read_bytes()).hexdigest()[:12]


def skills_named(text: str, company: str = "") -> list[str]:
    """The skills that a text names, each once, by name.

    A name with the company's own in it is left out: what Databricks writes of Databricks is no skill it asks for.
    """
    words = _WORD.findall(text)
    lower = [*" ".join(words).lower().split(" "), ""]
    aliases = _aliases()
    found: list[_Mention] = []
    unclear: list[_Mention] = []
    for start in [at for at, word in enumerate(lower) if word in aliases]:
        beginning_so = aliases[lower[start]]
        for alias in beginning_so.get(None, []) + beginning_so.get(lower[start + 1], []):
            end = start + len(alias.words)
            if (words if alias.is_as_written else lower)[start:end] == alias.words:
                (unclear if alias.is_beside else found).append(_Mention(alias, start, end))
    if unclear:
        found += _beside_others(lower, found, unclear)
    own = f" {company.casefold()} "
    return sorted(name for name in {mention.alias.skill for mention in found} if own not in f" {name.casefold()} ")


def _beside_others(words: Sequence[str], found: Iterable[_Mention], unclear: Sequence[_Mention]) -> list[_Mention]:
    """The unclear mentions that are neighbours, in a list, of a skill or of one another that is."""
    named = {number for mention in found for number in range(mention.start, mention.end)}
    clear = []
    for mention in (*unclear, *reversed(unclear)):
        if _neighbour(words, mention.start - 1, -1) in named or _neighbour(words, mention.end, 1) in named:
            named.update(range(mention.start, mention.end))
            clear.append(mention)
    return clear


def _neighbour(words: Sequence[str], at: int, step: int) -> int:
    """The number of the next word of a list, going on from `at`; -1 where no list goes on there."""
    joins: list[str] = []
    while 0 <= at < len(words) and words[at] in _JOINS and len(joins) < _MOST_JOINS:
        joins.append(words[at])
        at += step
    return at if any(join != "\n" for join in joins) else -1


@cache
def _aliases() -> dict[str, dict[str | None, list[_Alias]]]:
    """Every alias, by its first word and by its second, None where it has none, in lower case."""
    found: dict[str, dict[str | None, list[_Alias]]] = defaultdict(lambda: defaultdict(list))
    for row in _rows():
        exact = {kind: row[kind].split("|") if row[kind] else [] for kind in ("as_written", "beside")}
        given = [row["name"], *row["aliases"].split("|")] if row["aliases"] else [row["name"]]
        loose = [alias.lower() for alias in given if alias not in exact["as_written"] + exact["beside"]]
        for kind, names in {"aliases": loose, **exact}.items():
            for name in names:
                words = _WORD.findall(name)
                first, second = words[0].lower(), words[1].lower() if len(words) > 1 else None
                found[first][second].append(_Alias(row["name"], words, kind != "aliases", kind == "beside"))
    return found


def _rows() -> list[dict[str, str]]:
    with FILE.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
