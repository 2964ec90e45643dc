"""How near estimates come to what is hidden from them, and how often their intervals hold it.

    python bench/estimates.py HOME

Of each place and company of HOME with 30 openings or more all are taken out of a copy of its warehouse, and what is learnt
is learnt without them. Then 3, 5, 10 and 20 are given back, many times, and the cell is estimated from these: its shares
against those of all its openings, its median pay against that of all that state any. A company gets openings at random;
a place gets those of whole companies, in random order, for boards are read whole; beside it, openings at random. Openings
count by the probabilities of their labels, which are taken for true, so these intervals are those of sampling alone.

Whatever is chosen by these figures is to be chosen on one half and judged on the other (`half_of`): no country and no company is
in both, and of pay, which hardly any country but one states, no track. `best` is the error of the one weight of parent and raw
figure that does best in all those cells, for one who knows the truth: what shrinkage to this parent can reach. `several` are the
places whose openings of the track are of several companies: where they are all of one that pays like no other, its first three
say all, and what lies around says little.
"""

from __future__ import annotations

import shutil
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from warehouse.cells import Cells, Priors, learnt, orders
from warehouse.estimates import Counts, estimate_shares
from warehouse.pay import PayCounts, estimate_pay
from warehouse.store import Store, open_store

LEAST = 30
LEAST_PAID = 10  # of a track in such a cell: few have more
KEPT = (3, 5, 10, 20)
DRAWS = 200
PLACES = ("country", "region", "city")
Floats = NDArray[np.float64]
Kept = NDArray[np.int64]  # which openings of a cell
Line = tuple[str, str, Floats]  # design, number given back, errors and more
HALVES = ("chosen on", "held out")
WEIGHTS = np.linspace(0, 1, 21)


class Hidden:
    """A cell of a warehouse whose openings are hidden, or those of a track that state pay: they, and what is learnt without."""

    def __init__(self, store: Store, scope: dict[str, Any], track: str | None = None) -> None:
        self.tracks, self.levels = orders(store.ask)
        self.is_company = scope["kind"] == "company"
        chain = [row["scope"] for row in store.ask("estimates/chain", {"scope": scope}).records()]
        rows = store.ask(OPENINGS, {"scope": scope}).records()
        rows = [row for row in rows if track is None or (row["track"] == track and row["log_pay"] is not None)]
        self.expected = np.array([row["expected"] for row in rows], float)
        self.track = np.array([self.tracks.index(row["track"]) for row in rows])
        self.level = np.array([self.levels.index(row["level"]) for row in rows])
        self.company = np.unique([row["company"] for row in rows], return_inverse=True)[1]
        self.logs = np.array([0 if row["log_pay"] is None else row["log_pay"] / 1e6 for row in rows])
        hidden = [row["posting_id"] for row in rows]
        store.ask("begin")
        try:
            store.ask("delete from labels where posting_id in (select unnest($hidden))", {"hidden": hidden})
            everywhere = store.ask("estimates/kept_cells").records()
            self.priors: Priors = learnt(store.ask, Cells(everywhere, self.tracks, self.levels))
            without = Cells(store.ask("estimates/scope_cells", {"chain": chain}).records(), self.tracks, self.levels)
        finally:
            store.ask("rollback")
        self.counts, self.pay = without.counts(), without.pay()

    def squares(self, kept: Kept) -> float:
        """The sum over companies of the square of their expected openings; 0 of a company's own."""
        size = np.bincount(self.company[kept], self.expected[kept].sum(axis=1))
        return 0.0 if self.is_company else float(size @ size)

    def given(self, draws: list[Kept]) -> Counts:
        """The cell with these of its openings, draw by draw."""
        counts = Counts(*(np.repeat(of[:1], len(draws), axis=0) for of in vars(self.counts).values()))
        for draw, kept in enumerate(draws):
            counts.postings[draw, 0] = self.expected[kept].sum(axis=0)
            counts.squares[draw, 0] = self.squares(kept)
        return counts

    def given_pay(self, draws: list[Kept]) -> PayCounts:
        """The cell with these openings of one track, draw by draw, beside those of its other tracks."""
        pay = PayCounts(*(np.repeat(of[:1], len(draws), axis=0) for of in vars(self.pay).values()))
        for draw, kept in enumerate(draws):
            at = (draw, 0, self.track[kept], self.level[kept])
            np.add.at(pay.stated, at, 1)
            np.add.at(pay.logs, at, self.logs[kept])
            pay.middle[draw, self.track[kept]] = np.median(self.logs[kept])
            pay.own_squares[draw, self.track[kept]] = self.squares(kept)
        return pay


OPENINGS = """select posting_id, company, t.track, level, log_of(pay_in(posting_id, pay_low_usd, pay_high_usd, $scope)) as log_pay,
    l.probabilities[:6] as expected
from expected_tracks t join labels l using (posting_id)
where is_counted and posting_id in (from postings_in($scope)) order by posting_id"""
CELLS = f"""select kind, company, country, region, city, list(track) filter (with_pay >= {LEAST_PAID}) as paid
from estimates where level = 'all' and of_postings >= {LEAST} and kind <> 'world' group by all order by all"""


def half_of(scope: dict[str, Any], track: str | None = None) -> str:
    """The half of a company, or of a place by its country, so that what lies in it is in the same; of pay that of the track."""
    return HALVES[crc32((track or scope["company"] or scope["country"] or scope["kind"]).encode()) % 2]


def line_of(
    raw: Floats, parent: Floats, estimate: Floats, error: Callable[[Floats], Floats], *more: NDArray[Any]
) -> Floats:
    """The mean errors of raw figure, parent's and estimate, what else is told, and the errors of each of `WEIGHTS`."""
    weighted = [weight * parent + (1 - weight) * raw for weight in WEIGHTS]
    return np.array(
        [
            *(error(of).mean() for of in (raw, parent, estimate)),
            *(of.mean() for of in more),
            *(error(of).mean() for of in weighted),
        ]
    )


def kept(chance: np.random.Generator, company: NDArray[np.int64], size: int, by_company: bool) -> Kept:
    """So many openings: at random, or those of companies in random order."""
    order = chance.permutation(len(company))
    if by_company:
        order = order[np.argsort(chance.permutation(company.max() + 1)[company[order]], kind="stable")]
    return order[:size]


def shares(hidden: Hidden, chance: np.random.Generator) -> Iterator[Line]:
    """By design and number kept: the errors of raw share, parent's and estimate, and how often the interval holds."""
    whole = hidden.expected.sum(axis=0) / hidden.expected.sum()
    for design, number, draws in designs(hidden, chance):
        counts = hidden.given(draws)
        told = estimate_shares(counts, hidden.priors.dispersals)
        raw = counts.postings[:, 0] / counts.postings[:, 0].sum(axis=1, keepdims=True)
        holds = (told.low <= whole + 1e-9) & (whole <= told.high + 1e-9)
        yield design, number, line_of(raw, told.parent, told.share, partial(_off, whole), holds, told.parent_weight)


def pay(hidden: Hidden, chance: np.random.Generator) -> Iterator[Line]:
    """The same of the median pay of a track, errors as parts of it."""
    track, whole = hidden.track[0], float(np.median(hidden.logs))
    parent = np.log(estimate_pay(hidden.pay, hidden.priors.pay).mid[:1, track])
    for design, number, draws in designs(hidden, chance):
        told = estimate_pay(hidden.given_pay(draws), hidden.priors.pay)
        low, mid, high = (np.log(of[:, track]) for of in (told.low, told.mid, told.high))
        raw = np.array([np.median(hidden.logs[draw]) for draw in draws])
        holds = (low <= whole) & (whole <= high)
        yield design, number, line_of(raw, parent, mid, partial(_off_by, whole), holds, told.parent_weight[:, track])


def _off(whole: Floats, figure: Floats) -> Floats:
    return np.abs(figure - whole)


def _off_by(whole: float, log: Floats) -> Floats:
    return np.abs(np.expm1(log - whole))


def designs(hidden: Hidden, chance: np.random.Generator) -> Iterator[tuple[str, str, list[Kept]]]:
    """How openings are given back, how many, and which, draw by draw: half of all at most, or all."""
    every = len(hidden.track)
    for design in ("postings",) if hidden.is_company else ("companies", "postings"):
        for size in (*(size for size in KEPT if 2 * size <= every), every):
            draws = [
                kept(chance, hidden.company, size, design == "companies") for _ in range(DRAWS if size < every else 1)
            ]
            yield design, "all" if size == every else str(size), draws


def measured(home: Path) -> dict[tuple[str, ...], list[tuple[str, Floats]]]:
    """By figure, kind, design and number given back: the half and the line of each cell."""
    chance = np.random.default_rng(0)
    found: dict[tuple[str, ...], list[tuple[str, Floats]]] = defaultdict(list)
    nothing = dict.fromkeys(("countries", "latitude", "longitude", "within_km", "level", "is_remote", "since", "until"))
    with TemporaryDirectory() as folder:
        (Path(folder) / "work").mkdir()
        shutil.copyfile(home / "warehouse.duckdb", Path(folder) / "work" / "warehouse.duckdb")
        with open_store(Path(folder)) as store:
            store.build()
            for row in store.ask(CELLS).records():
                paid = row.pop("paid") or []
                scope = row | nothing
                kind = "places" if scope["kind"] in PLACES else scope["kind"]
                for design, number, line in shares(Hidden(store, scope), chance):
                    found["shares", kind, design, number].append((half_of(scope), line))
                for track in sorted(paid):
                    hidden = Hidden(store, scope, track)
                    is_of_several = kind == "places" and bool(hidden.company.any())
                    for design, number, line in pay(hidden, chance):
                        for of in (kind, "several") if is_of_several else (kind,):
                            found["pay", of, design, number].append((half_of(scope, track), line))
    return found


def figures(lines: list[Floats]) -> str:
    """Means over cells: how many, the errors as parts of raw and of parent, the best of any weight, and what intervals hold."""
    if not lines:
        return f"{0:6}" + " " * 31
    raw, parent, estimate, holds, _, *weighted = np.mean(lines, axis=0)
    of_raw, of_best = (f"{of / raw:6.2f}" if raw > 1e-9 else "     -" for of in (estimate, min(weighted)))
    return f"{len(lines):6}{of_raw}{of_best}{estimate / parent:8.2f}{holds:9.1%}  "


def main(home: Path) -> None:
    """Print a line a figure, kind, design and number given back: of all cells, and of either half."""
    print(f"{'':59}{'all':37}{HALVES[0]:37}{HALVES[1]}")
    heads = " cells  /raw  best /parent    holds  "
    print(f"figure kind     given back       raw parent estimate weight{heads * 3}".rstrip())
    for (figure, kind, design, number), found in sorted(
        measured(home).items(), key=lambda item: item[0][:3], reverse=True
    ):
        every = [line for _, line in found]
        raw, parent, estimate, _, weight = np.mean(every, axis=0)[:5]
        means = f"{raw:7.3f}{parent:7.3f}{estimate:9.3f}{weight:7.2f}"
        halves = "".join(figures([line for of, line in found if of == half]) for half in HALVES)
        print(f"{figure:7}{kind:9}{design:10}{number:>4}{means}{figures(every)}{halves}".rstrip())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
