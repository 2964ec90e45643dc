"""A second opinion on the postings that the model is unsure of, by a chat model that the user names.

Answers are labels of their own kind: they are kept in the home's `second-labels.csv`, beside the model's and the
user's, change no count and teach nothing. A posting that has an answer of the same chat model is not asked about again.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import classifiers
from classifiers.tracks import LABELS
from pipeline.csv_rows import in_line, read_rows
from pipeline.fetching.chat import Chat, UnusableAnswerError
from warehouse.store import ask

COLUMNS = ("posting_id", "label", "second", "sure", "because", "by")
INSTRUCTION = Path(classifiers.__file__).with_name("instruction.md")
MOST_LETTERS = 12_000  # of a posting that are sent
LETTERS_A_TOKEN, TOKENS_ANSWERED = 4, 80  # about, of English
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "label": {"type": "string", "enum": list(LABELS)},
        "second": {"type": "string", "enum": [*LABELS, ""]},
        "sure": {"type": "integer", "enum": [1, 2, 3]},
        "because": {"type": "string"},
    },
    "required": ["label", "second", "sure", "because"],
    "additionalProperties": False,
}


class SecondLabelsError(ValueError):
    """The file of answers cannot be used; the message names it, the line and the fix."""


@dataclass(frozen=True)
class Plan:
    """The postings that will be asked about, and what their texts and answers come to."""

    instruction: str
    postings: list[dict[str, Any]]

    def tokens(self) -> int:
        """Read and written, about."""
        letters = sum(len(self.instruction) + len(_sent(posting)) for posting in self.postings)
        return letters // LETTERS_A_TOKEN + TOKENS_ANSWERED * len(self.postings)


def planned(home: Path, model: str, most: int) -> Plan:
    """At most so many open postings that the model is unsure of and this chat model has not answered on yet.

    Raises SecondLabelsError, StoreError.
    """
    asked = [row["posting_id"] for row in read_answers(home) if row["by"] == model]
    rows = ask(home, "run/unsure", {"asked": asked or [""], "most": most}).records()
    return Plan(INSTRUCTION.read_text("utf-8"), rows)


def answers(home: Path, chat: Chat, plan: Plan, seconds: float) -> Iterator[dict[str, str] | None]:
    """Each posting's answer, kept at once; None for one that cannot be used. No question is begun after that time.

    Raises ChatError; what was answered before is kept.
    """
    end = monotonic() + seconds
    for posting in plan.postings:
        if monotonic() >= end:
            return
        try:
            said = chat.ask(plan.instruction, _sent(posting), SCHEMA)
        except UnusableAnswerError:
            yield None
            continue
        answer = _answer(posting["posting_id"], chat.model, said)
        if answer:
            _keep(home, answer)
        yield answer


def read_answers(home: Path) -> list[dict[str, str]]:
    """The answers kept: posting_id, label, second, sure, because, by. Raises SecondLabelsError."""
    path = home / "second-labels.csv"
    rows = read_rows(path, COLUMNS, SecondLabelsError) if path.exists() else []
    for number, row in rows:
        if row["label"] not in LABELS:
            raise SecondLabelsError(f"{path}, line {number}: a label must be one of {', '.join(LABELS)}")
    return [row for _, row in rows]


def _sent(posting: dict[str, Any]) -> str:
    return f"{posting['title']}\n\n{posting['text']}"[:MOST_LETTERS]


def _answer(posting_id: str, by: str, said: dict[str, Any]) -> dict[str, str] | None:
    """The answer as a row, where it keeps to the schema: not every endpoint holds its model to it."""
    label, second, sure, because = (said.get(name) for name in ("label", "second", "sure", "because"))
    if label not in LABELS or second not in (*LABELS, "") or sure not in (1, 2, 3) or not isinstance(because, str):
        return None
    row = (posting_id, str(label), str(second), str(sure), in_line(because), by)
    return dict(zip(COLUMNS, row, strict=True))


def _keep(home: Path, answer: dict[str, str]) -> None:
    path = home / "second-labels.csv"
    is_new = not path.exists()
    with path.open("a", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        if is_new:
            writer.writeheader()
        writer.writerow(answer)
