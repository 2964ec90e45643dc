"""A user's own labels: which postings are worth a look, where labels are kept, and the model they train."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import Any

from classifiers.model import FILE, Model
from classifiers.tracks import LABELS
from pipeline.csv_rows import read_rows
from pipeline.reading.text import plain
from warehouse.store import ask

REVIEW = "trackmix label --review 20"
MOST_NEW_WORDS = 0.10  # more unknown words than in the training texts, as a part of all words
FEWEST = 20  # open postings of a board or source that tell whether it is familiar
COLUMNS = ("posting_id", "label", "second", "sure")


class UnknownPostingError(ValueError):
    """Neither a posting whose text is kept nor a file that can be read; the message says so."""


class LabelsError(ValueError):
    """The home's own labels cannot be used; the message names the file, the line and the fix."""


def model_file(home: Path) -> Path:
    """Where the model is that was trained with the home's own labels, where there is one, else the bundled one."""
    own = home / "model.npz"
    return own if own.is_file() else FILE


def home_model(home: Path) -> Model:
    """The model that labels for a home."""
    return Model.load(model_file(home))


def most_useful(home: Path, number: int) -> list[dict[str, Any]]:
    """The open postings whose label would teach most: those of boards unlike the training data, the least alike first,
    then those the model is unsure of, rare tracks first."""
    labelled = [row["posting_id"] for row in read_labels(home)]
    strange = home_model(home).usual_unknown + MOST_NEW_WORDS
    asked = {"labelled": labelled or [""], "most": number, "fewest": FEWEST, "strange": strange}
    return ask(home, "run/most_useful", asked).records()


def text_of_posting(home: Path, name: str) -> tuple[str, str]:
    """Title and text of a posting of the warehouse, or of a file: its first line, then the rest (plain or HTML).

    Raises UnknownPostingError, StoreError.
    """
    if _is_file(name):
        try:
            title, _, text = Path(name).read_text("utf-8").partition("\n")
        except UnicodeDecodeError:
            raise UnknownPostingError(f"{name} is not a text file in UTF-8") from None
        if not title.strip():
            raise UnknownPostingError(f"{name} has no title on its first line")
        return plain(title), plain(text)
    found = ask(home, "run/texts_of", {"posting_ids": [name]}).records()
    if not found:
        raise UnknownPostingError(
            f"there is no posting and no file called {name!r}; find ids with: "
            'trackmix sql "select posting_id, company, title from postings"'
        )
    if found[0]["text"] is None:
        raise UnknownPostingError(
            f"{name} ({found[0]['title']}) is none of the six by its words alone (docs/reading.md, The sieve): its text is "
            "not kept"
        )
    return str(found[0]["title"]), str(found[0]["text"])


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except OSError:  # longer than a name may be
        return False


def read_labels(home: Path) -> list[dict[str, str]]:
    """The home's own labels: posting_id, label, second, sure. Raises LabelsError."""
    path = home / "labels.csv"
    if not path.exists():
        return []
    lines: dict[str, int] = {}
    rows = read_rows(path, COLUMNS, LabelsError)
    for number, row in rows:
        seconds = (*LABELS, "")
        if row["label"] not in LABELS or row["second"] not in seconds or row["sure"] not in ("1", "2", "3"):
            raise LabelsError(f"{path}, line {number}: a label must be one of {', '.join(LABELS)}, sure 1, 2 or 3")
        if not row["posting_id"]:
            raise LabelsError(f"{path}, line {number}: the posting_id is missing")
        if (first := lines.setdefault(row["posting_id"], number)) != number:
            raise LabelsError(f"{path}: {row['posting_id']} stands in lines {first} and {number}; keep one of them")
    return [row for _, row in rows]


def keep_label(home: Path, posting_id: str, label: str, sure: str) -> None:
    """Add one label to the home's own, at once, so that none is lost when the review is left."""
    path = home / "labels.csv"
    kept = path.read_bytes() if path.exists() else b""
    is_new = not kept
    with path.open("a", newline="", encoding="utf-8") as file:
        if kept and not kept.endswith(b"\n"):
            file.write("\n")  # of a line that was written by hand
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        if is_new:
            writer.writeheader()
        writer.writerow({"posting_id": posting_id, "label": label, "second": "", "sure": sure})


def retrain(home: Path) -> tuple[Model, int]:
    """Train with the home's own labels beside the bundled ones; keeps the model, answers it and how many were used.

    The next run labels every posting again. Raises LabelsError, StoreError.
    """
    from classifiers.examples import SURENESS, read_examples
    from classifiers.train import train

    own = {row["posting_id"]: row for row in read_labels(home)}
    asked = ask(home, "run/texts_of", {"posting_ids": list(own) or [""]}).records()
    found = [row for row in asked if row["text"] is not None]  # one that was sifted is read in full by the next run
    if not found:
        raise LabelsError(f"no label in {home / 'labels.csv'} is of a posting of this home; label some: {REVIEW}")
    examples, used = read_examples(), 0
    for sure, counts_as in SURENESS.items():
        chosen = [{**row, "label": own[row["posting_id"]]["label"]} for row in found
                  if own[row["posting_id"]]["sure"] == sure]  # fmt: skip
        examples, used = examples.added(chosen, counts_as), used + len(chosen)
    model = train(examples)
    partial = home / "model.partial.npz"
    model.save(partial)
    os.replace(partial, home / "model.npz")
    return model, used
