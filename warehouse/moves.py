"""How the mix of the six tracks moved between two days: the change of each track's share, with its interval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from warehouse.answer import Answer
from warehouse.cells import Ask
from warehouse.comparisons import is_apart
from warehouse.estimates import Floats

MOVES = (
    "track", "postings_before", "postings", "share_before", "share", "change", "change_low", "change_high", "is_move",
)  # fmt: skip
LEAST_UNITS = 10  # of five, the limits leave out 0 in 11 % of simulated markets in which nothing moves; of ten, in 3 %


def moves(ask: Ask, tracks: list[str], params: Mapping[str, Any]) -> Answer:
    """How the share of each track moved since the day before `since` in a `scope` (`changes/stock`); shares are 0 to 1.

    It is a move where its 95 % interval, in whole points as it is shown, does not touch 0. Nothing where there was no
    opening then, or is none now.
    """
    rows = ask("changes/stock", params).records()
    units = {unit: number for number, unit in enumerate(dict.fromkeys(row["unit"] for row in rows))}
    before, now = np.zeros((2, len(units), len(tracks)))
    for row in rows:
        at = units[row["unit"]], tracks.index(row["track"])
        before[at], now[at] = row["before"], row["now"]
    if not before.sum() or not now.sum():
        return Answer(list(MOVES), [])
    counts = {"postings_before": before.sum(axis=0), "postings": now.sum(axis=0)}
    shares = {"share_before": before.sum(axis=0) / before.sum(), "share": now.sum(axis=0) / now.sum()}
    change, low, high = change_of_mix(before, now)
    figures = {name: column.astype(int).tolist() for name, column in counts.items()}
    figures |= {name: column.tolist() for name, column in shares.items()}
    figures |= {"change": change.tolist(), "change_low": low.tolist(), "change_high": high.tolist()}
    figures |= {"is_move": is_apart(100 * low, 100 * high).tolist()}
    return Answer.of(MOVES, [{"track": track} for track in tracks], **figures)


def change_of_mix(before: Floats, now: Floats) -> tuple[Floats, Floats, Floats]:
    """The change of each column's share, and its 95 % limits, from the counts of each unit (units, columns) on two days.

    Units (companies) move by themselves, and what stood on both days is in both shares: so the variance is that of the
    difference of two ratios of sums over the same units, linearized (Wolter 2007, Introduction to Variance Estimation, ch. 6),
    with Student's quantile, for units may be few. Of fewer than LEAST_UNITS the limits are not known, and no numbers.
    """
    share_before, share = before.sum(axis=0) / before.sum(), now.sum(axis=0) / now.sum()
    change, units = share - share_before, len(now)
    if units < LEAST_UNITS:
        return change, np.full_like(change, np.nan), np.full_like(change, np.nan)
    from scipy.special import stdtrit  # a fifth of a second

    own = (now - share * now.sum(axis=1, keepdims=True)) / now.sum()
    own -= (before - share_before * before.sum(axis=1, keepdims=True)) / before.sum()
    error = np.sqrt(units / (units - 1) * np.square(own).sum(axis=0))
    reach = stdtrit(units - 1, 0.975) * error
    return change, change - reach, change + reach
