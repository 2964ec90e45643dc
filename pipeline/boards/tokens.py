"""The tokens that a company's boards are likely to have, by its name."""

from __future__ import annotations

import re
import unicodedata

from pipeline.boards.status import names_of
from pipeline.posting import Board

# 404 for a board they do not have
TRIED = ("greenhouse", "lever", "ashby", "workable", "recruitee", "personio", "gem", "rippling")
_COMMON = ("ai", "labs", "lab", "technologies", "io", "hq")  # last words that a token may do without


def likely_boards(company: str) -> list[Board]:
    """The boards under those tokens, of the sources that are tried."""
    return [
        Board(company, source, token)
        for source in TRIED
        for token in tokens_of(company)
        if "." not in token or source == "ashby"  # no other source has tokens with dots
    ]


def tokens_of(company: str) -> list[str]:
    """The tokens a company of that name is likely to have, the likeliest first."""
    tokens: list[str] = []
    for name in names_of(company):
        plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
        words = re.findall(r"[a-z0-9]+", plain)
        bare = words[:-1] if len(words) > 1 and words[-1] in _COMMON else words
        forms = [words, bare if bare != words else [*words, "ai"]] if words else []
        tokens += [glue.join(form) for form in forms for glue in ("", "-")]
        tokens += [".".join(form) for form in forms if form[-1:] == ["ai"] and len(form) == 2]
    return [token for token in dict.fromkeys(tokens) if token]
