"""Labelling one's own postings by hand, in the terminal."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.prompt import Prompt

from classifiers.tracks import LABELS, TITLES
from pipeline.stages.second_opinion import read_answers
from pipeline.stages.teaching import keep_label, most_useful
from reports.cli import DEFAULT_HOME
from reports.show import printable

SHOWN = 3000  # characters of a posting


def review_postings(home: Path, number: int) -> None:
    """Show the most useful postings one by one and keep what is said of each; q leaves, nothing is lost."""
    console = Console(highlight=False)
    kept, opinions = 0, {row["posting_id"]: row for row in read_answers(home)}
    for posting in most_useful(home, number):
        label = _ask(console, posting, opinions.get(posting["posting_id"]))
        if label == "q":
            break
        if label != "s":
            sure = Prompt.ask("how sure: 3 clear, 2 arguable, 1 a coin toss", choices=["1", "2", "3"], default="3")
            keep_label(home, posting["posting_id"], LABELS[int(label) - 1], sure)
            kept += 1
    at = "" if home == DEFAULT_HOME else f" --home {quote(str(home))}"
    console.print(escape(f"{kept} labels kept in {home / 'labels.csv'}; learn from them with: trackmix train{at}"))


def _ask(console: Console, posting: dict[str, Any], opinion: dict[str, str] | None) -> str:
    console.rule(escape(printable(f"{posting['title']} at {posting['company']}")))
    console.print(escape("\n".join(map(printable, posting["text"][:SHOWN].split("\n")))))
    for number, name in enumerate(LABELS, 1):
        console.print(f"  {number} {TITLES[name]}")
    console.print(f"the model: {TITLES[posting['track']]}, {posting['probability']:.0%}", style="dim")
    if opinion:
        said = f"{opinion['by']}: {TITLES[opinion['label']]}, {opinion['because']}"
        console.print(escape(printable(said)), style="dim")
    choices = [*map(str, range(1, len(LABELS) + 1)), "s", "q"]
    return Prompt.ask("which (s skips, q leaves)", choices=choices, show_choices=False)
