"""The signals of a posting: what it says of who may apply and on what terms, each with the words that decided."""

from __future__ import annotations

from pipeline.posting import Signals
from pipeline.reading.degrees import read_degree
from pipeline.reading.languages import language_of
from pipeline.reading.passages import MOST_EVIDENCE, Text
from pipeline.reading.permits import read_clearance, read_visa
from pipeline.reading.terms import read_contract
from pipeline.reading.years import asked_in


def read_signals(
    title: str, text: str, level: str | None, employment_type: str | None, words: dict[str, str]
) -> Signals:
    """Every signal of a posting; `words` are those that decided on its whereabouts."""
    beside = Text.of(text)
    years = asked_in(text) or (asked_in(level) if level else None)
    found = {
        "degree": read_degree(beside),
        "visa": read_visa(beside),
        "clearance": read_clearance(beside),
        "contract": read_contract(employment_type, title, beside),
    }
    said = {name: one for name, one in found.items() if one}
    if years:
        said["years"] = (str(years.number), years.words[:MOST_EVIDENCE])
    return Signals(
        years=years.number if years else None,
        language=language_of(text),
        words=words | {name: one[1] for name, one in said.items()},
        **{name: said[name][0] if name in said else None for name in found},  # type: ignore[arg-type]
    )
