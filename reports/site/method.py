"""The method page: what each figure means, the sources, and how good the model is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files

from reports.site.market import Market
from reports.site.page import Page
from warehouse.store import ask

HELD_OUT = "How good it is on companies it never saw"
TRUSTED = "How far its counts can be trusted"


def pages(market: Market) -> Iterator[Page]:
    card = (files("classifiers") / "MODEL_CARD.md").read_text("utf-8")
    right = re.search(r"accuracy \**([\d.]+)", card)
    facts = {
        "right_in_100": round(100 * float(right[1])) if right else "an unknown number",
        "held_out": table_under(card, HELD_OUT),
        "points": [line.removeprefix("- ").replace("**", "") for line in section(card, HELD_OUT) if line[:2] == "- "],
        "trusted": [row[:3] for row in table_under(card, TRUSTED)],  # as readers have them, as counted
        "is_card_of": all(f"`{model}`" in card for model in market.models),
        "sources": ask(market.home, "from sources order by title").records(),
    }
    yield Page("method.html", "method.html", "Method", facts)


def section(markdown: str, heading: str) -> list[str]:
    """The lines under a second-level heading."""
    _, _, after = markdown.partition(f"## {heading}\n")
    return after.partition("\n## ")[0].splitlines()


def table_under(markdown: str, heading: str) -> list[list[str]]:
    """The cells of the table under a heading, its head first, without the rule below that."""
    rows = [line.strip("| ").split(" | ") for line in section(markdown, heading) if line.startswith("|")]
    return [row for row in rows if set(row[0]) != {"-"}]
