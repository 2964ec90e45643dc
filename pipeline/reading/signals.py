"""The signals of a posting: what it says of who may apply and on what terms, each with the words that decided."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from pipeline.posting import Signals
from pipeline.reading.degrees import read_degree
from pipeline.reading.languages import language_of
from pipeline.reading.passages import MOST_EVIDENCE, Text
from pipeline.reading.permits import read_clearance, read_visa
from pipeline.reading.terms import contract_in_text, read_contract
from pipeline.reading.years import asked_in


def read_signals(
    title: str, text: Text, level: str | None, employment_type: str | None, words: dict[str, str]
) -> Signals:
    """Every signal of a posting; `words` are those that decided on its whereabouts."""
    language, of_text = _of_text(text)
    said = dict(of_text)
    if contract := read_contract(employment_type, title) or contract_in_text(text):
        said["contract"] = contract
    if "years" not in said and level and (asked := asked_in(level)):
        said["years"] = asked.number, asked.words
    values: dict[str, Any] = {name: value for name, (value, _) in said.items()}
    return Signals(language=language, words=words | {name: of for name, (_, of) in said.items()}, **values)


@lru_cache(maxsize=4)  # the roles of one comment on Hacker News share its text
def _of_text(text: Text) -> tuple[str | None, dict[str, tuple[Any, str]]]:
    """The language of a text, and what it says by itself: each signal's value and words."""
    asked = asked_in(text.words)
    found = {
        "years": asked and (asked.number, asked.words[:MOST_EVIDENCE]),
        "degree": read_degree(text),
        "visa": read_visa(text),
        "clearance": read_clearance(text),
    }
    return language_of(text), {name: said for name, said in found.items() if said}
