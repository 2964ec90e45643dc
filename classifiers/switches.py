"""How much of what postings ask for two tracks have in common: what a switch between them costs.

python -m classifiers.switches        writes switches.csv; the same data gives the same bytes

From the labelled postings in `training/`: each is a distribution over the terms of the concepts of the six fields
(`concepts.csv`) that it names; a track is the mean of its companies' means, so that no company is heard more than
another. Terms that no track names twice as often as postings of none of the six are left out: they are of offices, not
of a field. In common is the proportional similarity of two tracks, the sum over terms of the smaller part (Czekanowski
1909): 1 where they ask for the same, 0 where they share no term.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classifiers.concepts import concepts_of
from classifiers.examples import NO_COMPANY, Examples, read_examples
from classifiers.tracks import LABELS, NONE, TRACKS

FILE = Path(__file__).with_name("switches.csv")
# concepts of the six, each track's own words and those it has in common with jobs that are none of them
FIELDS = ("llm_applications", "applications", "inference", "systems", "modelling", "ml_platform", "infrastructure",
          "research", "science", "safety", "risk")  # fmt: skip
LEAST_LIFT = 2.0  # how many times as often as in postings of none of the six a term stands in those of some track
SHOWN = 5  # terms shown of what is shared, and of what is asked for more

Floats = NDArray[np.float64]


def switches(examples: Examples) -> list[dict[str, str]]:
    """A row for each switch from one track to another: the part in common, terms shared, and terms asked for more there."""
    terms, asked = profiles(examples)
    rows = []
    for number, start in enumerate(TRACKS):
        for other, end in enumerate(TRACKS):
            if start is not end:
                shared = np.minimum(asked[number], asked[other])
                rows.append(
                    {
                        "from_track": start.name,
                        "to_track": end.name,
                        "in_common": f"{shared.sum():.2f}",
                        "shared": "; ".join(_largest(terms, shared)),
                        "asked_more": "; ".join(_largest(terms, asked[other] - asked[number])),
                    }
                )
    return rows


def profiles(examples: Examples) -> tuple[list[str], Floats]:
    """The terms, and how each track's postings spread over them; shape (tracks, terms), each row sums to 1."""
    terms = sorted({term for field in FIELDS for term in concepts_of("text")[field]})
    numbers = {term: number for number, term in enumerate(examples.text_terms)}
    named = (examples.text[:, [numbers[term] for term in terms]] > 0).toarray().astype(np.float64)
    often = np.array([_mean_of_companies(examples, named, label) for label in LABELS])
    of_none = often[LABELS.index(NONE)]
    of_field = np.delete(often, LABELS.index(NONE), axis=0).max(axis=0) >= LEAST_LIFT * of_none
    named = named[:, of_field]
    spread = named / np.maximum(named.sum(axis=1, keepdims=True), 1)
    asked = np.array([_mean_of_companies(examples, spread, track.name) for track in TRACKS])
    kept = [term for term, keep in zip(terms, of_field, strict=True) if keep]
    return kept, asked / asked.sum(axis=1, keepdims=True)


def _mean_of_companies(examples: Examples, rows: Floats, label: str) -> Floats:
    """The mean over companies of the mean of their postings of a label; a posting we wrote is a company of its own."""
    chosen = np.flatnonzero(examples.labels == LABELS.index(label))
    companies = np.where(examples.companies[chosen] == NO_COMPANY, -1 - chosen, examples.companies[chosen])
    sureness = examples.sureness[chosen]
    _, company = np.unique(companies, return_inverse=True)
    heard = np.bincount(company, sureness)
    weights = sureness / heard[company] * (heard / np.bincount(company))[company]
    return np.asarray(weights @ rows[chosen] / weights.sum())


def _largest(terms: list[str], parts: Floats) -> list[str]:
    """The terms of the largest parts; of terms that hold one another, such as llm and llms, the first."""
    found: list[str] = []
    for number in np.argsort(-parts, kind="stable"):
        term = terms[number]
        if not any(term in other or other in term for other in found):
            found.append(term)
        if len(found) == SHOWN:
            break
    return found


def main() -> None:
    """Write the file."""
    with FILE.open("w", newline="", encoding="utf-8") as file:
        rows = switches(read_examples())
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
