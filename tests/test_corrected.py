"""Counts corrected for the model's confusions, asked of a real warehouse, for markets whose truth is known."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import numpy as np
import pytest

from classifiers.confusion import CLEARLY_NONE_FROM, LEAST_CORRECTED, Confusion, counts_by_company
from classifiers.model import Model
from classifiers.shares import Shares
from classifiers.tracks import LABELS, NONE, TITLES
from warehouse.store import Store, open_store

MIXES = {
    "a product company's": [0.70, 0.02, 0.08, 0.05, 0.01, 0.01, 0.13],
    "mostly none": [0.10, 0.02, 0.05, 0.06, 0.01, 0.01, 0.75],
    "no applied LLM at all": [0.0, 0.2, 0.2, 0.2, 0.2, 0.0, 0.2],
}


@pytest.fixture(scope="module")
def confusion() -> Confusion:
    return Model.load().confusion


@pytest.fixture
def store(tmp_path: Path, confusion: Confusion) -> Iterator[Store]:
    with open_store(tmp_path) as opened:
        opened.replace("confusion", confusion.rows())
        opened.ask("create temp table found (base integer, company varchar, predicted varchar, postings integer)")
        yield opened


def corrected(store: Store, found: np.ndarray) -> np.ndarray:
    """Corrected count and limits by the SQL, shape (3, labels), of counts by company and label."""
    rows = [
        {"base": 0, "company": str(company), "predicted": LABELS[label], "postings": int(found[company, label])}
        for company, label in zip(*found.nonzero(), strict=True)
    ]
    store.replace("found", rows)
    by_track = {row["track"]: row for row in store.ask("from corrected_of('found')").records()}
    names = ("corrected", "corrected_low", "corrected_high")
    return np.array([[by_track[label][name] for label in LABELS] for name in names])


def drawn(confusion: Confusion, true: Sequence[int], chance: np.random.Generator) -> np.ndarray:
    """What postings of these true tracks are taken for, each of its own company: counts by company and label."""
    tracks = np.repeat(np.arange(len(LABELS)), true)
    labels = (chance.random((len(tracks), 1)) > confusion.shares[tracks].cumsum(axis=1)).sum(axis=1)
    return counts_by_company(np.arange(len(tracks)), labels)


@pytest.mark.parametrize("mix", MIXES)
def test_another_mix_than_in_training_is_corrected_to_within_the_interval(
    store: Store, confusion: Confusion, mix: str
) -> None:
    true = np.round(2000 * np.array(MIXES[mix])).astype(int)
    found = drawn(confusion, true, np.random.default_rng(3))
    value, low, high = corrected(store, found)
    counted = found.sum(axis=0)
    assert ((low <= true) & (true <= high)).all(), (true, low, high)
    assert (low <= value).all()
    assert (value <= high).all()
    assert np.abs(value - true).max() < np.abs(counted - true).max()


def test_sql_and_python_correct_alike(store: Store, confusion: Confusion) -> None:
    found = np.random.default_rng(0).integers(0, 9, (30, len(LABELS))).astype(float)
    assert corrected(store, found) == pytest.approx(confusion.corrected(found))


def test_postings_of_one_company_tell_less(store: Store, confusion: Confusion) -> None:
    found = drawn(confusion, [100] * len(LABELS), np.random.default_rng(0))
    value, low, high = corrected(store, found)
    alone, alone_low, alone_high = corrected(store, found.sum(axis=0, keepdims=True))
    assert alone == pytest.approx(value)
    assert (alone_high - alone_low > high - low).all()


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


def test_what_each_posting_adds_sums_to_the_corrected_counts(store: Store) -> None:
    tracks = [label for label in LABELS for _ in range(30)]
    postings = [{"posting_id": str(n), "track": t, "probability": 0.6} for n, t in enumerate(tracks)]
    clear = [{"posting_id": f"clear {n}", "track": NONE, "probability": 0.95} for n in range(500)]
    store.append("labels", postings + clear)
    added = dict(store.ask("select track, sum(expected) from expected_counts group by track").rows)
    found = 30.0 * np.eye(len(LABELS))
    value = dict(zip(LABELS, corrected(store, found)[0], strict=True))
    assert sum(added.values()) == pytest.approx(len(postings) + len(clear))
    assert added == pytest.approx({**value, NONE: value[NONE] + len(clear)})


def test_no_count_is_corrected_of_a_few_postings(store: Store) -> None:
    asked = "select is_corrected_shown($n)"
    assert [store.ask(asked, {"n": n}).rows[0][0] for n in (LEAST_CORRECTED - 1, LEAST_CORRECTED)] == [False, True]
    asked = "select is_clearly_none('none', $p), is_clearly_none('training', $p)"
    assert store.ask(asked, {"p": CLEARLY_NONE_FROM}).rows == [(True, False)]
    assert store.ask(asked, {"p": CLEARLY_NONE_FROM - 1e-9}).rows == [(False, False)]


def test_shares_of_a_stream_are_corrected_with_their_limits() -> None:
    model = Model.load()
    shares = Shares(model.confusion)
    texts = ["You write CUDA kernels and serve models with vLLM at low latency.", "You sell insurance."]
    shares.add(["Kestrel", "Merlin"] * 20, model.label(["Inference Engineer", "Account Executive"] * 20, texts * 20))
    assert "too few" in str(shares)  # twenty are clearly none, which leaves twenty in doubt
    shares.add(["Kestrel"] * 10, model.label(["Inference Engineer"] * 10, texts[:1] * 10))
    (line,) = [line for line in str(shares).splitlines() if line.startswith(TITLES["inference_serving"])]
    share, value, low, high = map(float, re.findall(r"[\d.]+", line))
    assert share == 60.0
    assert 0 < low < value <= high == 60.0  # no more than are in doubt


def test_a_warehouse_with_a_table_of_expected_counts_is_brought_up_to_date(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    with duckdb.connect(str(tmp_path / "work" / "warehouse.duckdb")) as earlier:
        earlier.execute("create table expected_counts (posting_id varchar, track varchar, expected double)")
        earlier.execute("insert into expected_counts values ('a', 'training', 1)")
    for _ in range(2):
        with open_store(tmp_path) as opened:
            assert opened.ask("from expected_counts").rows == []
