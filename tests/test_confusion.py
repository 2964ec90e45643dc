"""What the model takes for what on held-out companies, and how much that tells."""

import numpy as np
import pytest

from classifiers.confusion import Confusion
from classifiers.tracks import LABELS


def test_postings_of_a_company_that_get_the_same_label_are_worth_less_in_the_confusion() -> None:
    tracks = np.repeat(np.arange(len(LABELS)), 20)
    same_label = np.zeros((len(tracks), len(LABELS)))
    same_label[np.arange(len(tracks)), tracks] = 5
    same_label[::4] = np.roll(same_label[::4], 1, axis=1)  # every fourth company: all five of another track
    known = Confusion.of_counts(tracks, same_label)
    assert known.intraclass_correlation > 0.9
    assert known.worth.sum() == pytest.approx(len(tracks), rel=0.1)
    mixed = np.tile(same_label.reshape(len(LABELS), 20, -1).mean(axis=1), (20, 1)).reshape(20, len(LABELS), -1)
    known = Confusion.of_counts(tracks, mixed.swapaxes(0, 1).reshape(same_label.shape))
    assert known.intraclass_correlation == 0
    assert known.worth.sum() == pytest.approx(5 * len(tracks))
