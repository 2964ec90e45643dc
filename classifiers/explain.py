"""Why one posting gets its label, in words for a person."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from classifiers.model import Model
from classifiers.tracks import LABELS, TITLES


@dataclass(frozen=True, slots=True)
class Reasons:
    """What was decided, and the terms that spoke `for` and `against` it with what each added to the score."""

    said: str
    terms: list[tuple[str, str, float]]


def explained(model: Model, title: str, text: str, most: int) -> Reasons:
    """Why a posting gets its label: the strongest terms on each side, at most `most` of each."""
    label = model.label([title], [text])[0]
    features = model.features(model.count([title], [text]))
    said = model.said(features, np.array([LABELS.index(label.track)]))
    names = [f"{term} (title)" for term in model.title.vocabulary.terms] + model.text.vocabulary.terms
    order = np.argsort(-said.data, kind="stable")
    speaking = [(float(said.data[at]), names[said.indices[at]]) for at in order]
    pro = [("for", name, value) for value, name in speaking[:most] if value > 0]
    contra = [("against", name, value) for value, name in speaking[::-1][:most] if value < 0]
    second = f", or {TITLES[label.second]}" if label.second else ""
    doubt = "" if label.is_sure else " (unsure: in no track's count)"
    return Reasons(f"{TITLES[label.track]}, {label.probability:.0%}{second}{doubt}", pro + contra)
