"""Names as people type them: folded, cut short, mistyped; and what to do where several things fit one."""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping, Sequence
from unicodedata import combining, normalize

MOST_LISTED = 12


class UnknownNameError(ValueError):
    """A company, place or track that is not known; the message offers the nearest names."""


class SeveralFitError(UnknownNameError):
    """A name that fits several things about equally; the message lists what to type instead."""


def folded(name: str) -> str:
    """A name as it is compared: no case, no accents, words with one blank between them."""
    plain = "".join(letter for letter in normalize("NFKD", name.casefold()) if not combining(letter))
    return " ".join("".join(letter if letter.isalnum() else " " for letter in plain).split())


def fitting(asked: str, called: Mapping[str, Collection[str]]) -> list[str]:
    """The things, each with its names, of which `asked` is a name; else those with a name, else a word, that it begins.

    What is written just so comes before what differs in case or marks: two companies may be called Clutch and CLUTCH.
    """
    if exact := [thing for thing, its_names in called.items() if asked.strip() in its_names]:
        return exact
    wanted = folded(asked)
    names = {thing: [folded(name) for name in its_names] for thing, its_names in called.items()}
    for is_fit in (
        lambda name: name == wanted,
        lambda name: name.startswith(wanted),
        lambda name: f" {wanted}" in name,
    ):
        if wanted and (fits := [thing for thing, of_it in names.items() if any(map(is_fit, of_it))]):
            return fits
    return []


def one_of(asked: str, fits: Sequence[str]) -> str:
    """The one that is meant: asked for by a numbered list in a terminal. Raises SeveralFitError where nobody can answer."""
    if len(fits) == 1:
        return fits[0]
    listed = list(fits[:MOST_LISTED])
    more = [f"... and {len(fits) - len(listed)} more"] if len(fits) > len(listed) else []
    said = f"{asked!r} fits several; name one of them:"
    if not sys.stdin.isatty():
        raise SeveralFitError("\n  ".join([said, *listed, *more]))
    from rich.console import Console
    from rich.prompt import IntPrompt

    from reports.show import printable

    console = Console(stderr=True, highlight=False, markup=False)
    for line in (said, *(f"{number:3}  {name}" for number, name in enumerate(listed, 1)), *more):
        console.print(printable(line))
    try:
        number = IntPrompt.ask(
            "Number",
            console=Console(stderr=True),
            choices=[str(number) for number in range(1, len(listed) + 1)],
            show_choices=False,
        )
    except EOFError:
        raise SeveralFitError("\n  ".join([said, *listed, *more])) from None
    return listed[number - 1]


def nearest(name: str, names: Sequence[str]) -> str:
    """The names most like one that is not known, as the end of a sentence; nothing where none is."""
    from rapidfuzz import fuzz, process, utils  # only an unknown name pays for it

    found = process.extract(name, names, scorer=fuzz.WRatio, processor=utils.default_process, limit=3, score_cutoff=60)
    return "; the nearest: " + ", ".join(match[0] for match in found) if found else ""
