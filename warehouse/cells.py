"""Estimates of cells: what SQL counts as arrays for `warehouse.estimates`, and what that makes of them as rows.

A run keeps the estimates of the cells asked most in table `estimates`, and what it learnt in table `priors`. Any other
scope is estimated from those when it is asked, by the same functions from the same counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import numpy as np

from warehouse.estimates import (
    NO_SHIFT,
    Counts,
    Floats,
    Ints,
    LabelShift,
    Shares,
    estimate_shares,
    learn_dispersals,
)
from warehouse.pay import Pay, PayCounts, estimate_pay, learn_spreads
from warehouse.pay_effects import learn_pay
from warehouse.priors import Priors, Row, known

RUNGS = 5  # a narrowed city, the city, its region, its country, the world
EFFECTS = ("track", "level", "country", "region", "city", "within", "company")
FACTS = (
    "early",
    "senior",
    "lead",
    "unknown_level",
    "remote",
    "pay_least_usd",
    "pay_most_usd",
)  # counted of a cell's track
KEY = ("kind", "company", "country", "region", "city")


class Told(Protocol):
    """An answer of the warehouse."""

    def records(self) -> list[Row]: ...


Ask = Callable[[str, Mapping[str, Any] | None], Told]


class Cells:
    """What stands in some cells, from the rows of `rungs_of` (warehouse/macros/to_estimate.sql)."""

    def __init__(self, rows: Sequence[Row], tracks: Sequence[str], levels: Sequence[str]) -> None:
        parts: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            parts[row["part"]].append(row)
        self.cells = parts["cell"]
        self.tracks, self.levels = tracks, levels
        self._number = {row["cell"]: number for number, row in enumerate(self.cells)}
        self._track = {track: number for number, track in enumerate(tracks)}
        self._level = {level: number for number, level in enumerate(levels)}
        # one cell more, which nothing stands in, above the world
        self._above = np.array(
            [self._number.get(row["parent"], len(self.cells)) for row in self.cells] + [len(self.cells)]
        )
        self._steps = np.array([row["step"] for row in self.cells] + [""])
        self._prices = np.array([float(row["log_price"]) for row in self.cells] + [0.0])
        self._own, self._rest = parts["own"], parts["rest"]
        self._facts = {(row["cell"], row["track"]): row for row in parts["track"]}
        self.postings = self._by_track(self._own, "postings").astype(int)
        self.companies = self._by_track(parts["track"], "companies").astype(int)
        self._rest_postings = self._by_track(self._rest, "postings").sum(axis=1)
        self._middle = self._by_track(parts["track"], "middle")
        self._own_squares = self._by_track(parts["track"], "stated_squares")
        self._other_squares = np.where(
            self.postings > 0, self._by_track(parts["track"], "other_squares"), self._of_cell("stated_squares")[:, None]
        )

    def counts(self) -> Counts:
        """Postings by rung and track, as many as are expected."""
        return self._counts("expected", "squares")

    def labelled(self) -> Counts:
        """Postings by rung and track, as they are labelled."""
        return self._counts("postings", "counted_squares")

    def _counts(self, postings: str, squares: str) -> Counts:
        own, rest = (self._by_track(part, postings) for part in (self._own, self._rest))
        of_companies = self._rungs(self._of_cell(squares), self._of_cell(f"rest_{squares}"))
        return Counts(self._rungs(own, rest), of_companies, self._along(self._steps))

    def pay(self) -> PayCounts:
        """What they state, by rung, track and level."""
        own_stated, rest_stated = (self._by_level(part, "stated") for part in (self._own, self._rest))
        own_logs, rest_logs = (self._by_level(part, "logs") / 1e6 for part in (self._own, self._rest))
        squares = self._rungs(self._of_cell("stated_squares"), self._of_cell("rest_stated_squares"))
        level = np.array([self._level.get(row["scope"]["level"], -1) for row in self.cells], int)
        return PayCounts(
            self._rungs(own_stated, rest_stated), self._rungs(own_logs, rest_logs), self._middle / 1e6, squares, self._own_squares,
            self._other_squares, self._along(self._steps), level, self._along(self._prices),
        )  # fmt: skip

    @property
    def rest_postings(self) -> Ints:
        """Postings of all tracks of what each cell lies in, without its own."""
        return self._rungs(self._rest_postings, self._rest_postings)[:, 1].astype(int)

    def facts(self, number: int, place: int) -> Row:
        """What is counted of a track in a cell, by their numbers: levels, remote jobs, and what pay is stated."""
        found = self._facts.get((self.cells[number]["cell"], self.tracks[place]))
        return {name: found[name] if found else None if name.startswith("pay") else 0 for name in FACTS}

    def _by_track(self, rows: Sequence[Row], column: str) -> Floats:
        found = np.zeros((len(self.cells), len(self.tracks)))
        at = [self._number[row["cell"]] for row in rows], [self._track[row["track"]] for row in rows]
        np.add.at(found, at, [float(row[column] or 0) for row in rows])
        return found

    def _by_level(self, rows: Sequence[Row], column: str) -> Floats:
        found = np.zeros((len(self.cells), len(self.tracks), len(self.levels)))
        places = [(self._number[r["cell"]], self._track[r["track"]], self._level[r["level"]]) for r in rows]
        np.add.at(found, tuple(zip(*places, strict=True)) or ((), (), ()), [float(row[column]) for row in rows])
        return found

    def _of_cell(self, column: str) -> Floats:
        return np.array([float(row[column]) for row in self.cells])

    def _rungs(self, own: Floats, rest: Floats) -> Floats:
        """What stands in the cells, and the rest of each that they lie in; shape (cells, rungs, ...)."""
        padded = np.concatenate([rest, np.zeros_like(rest[:1])])
        at, rungs = np.arange(len(own)), [own]
        for _ in range(RUNGS - 1):
            rungs.append(padded[at])
            at = self._above[at]
        return np.stack(rungs, axis=1)

    def _along(self, of_cells: Any) -> Any:
        """What is of a cell, for it and each that it lies in; shape (cells, rungs)."""
        at, rungs = np.arange(len(self.cells)), []
        for _ in range(RUNGS):
            rungs.append(of_cells[at])
            at = self._above[at]
        return np.stack(rungs, axis=1)


def estimated(ask: Ask) -> dict[str, list[Row]]:
    """The rows of tables `priors` and `estimates`, from the open jobs of the six tracks."""
    tracks, levels = orders(ask)
    cells = Cells(ask("estimates/kept_cells", None).records(), tracks, levels)
    priors = learnt(ask, cells)
    return {"priors": priors.rows(tracks, levels), "estimates": _rows(cells, priors)}


def estimates_of(ask: Ask, scope: Mapping[str, Any]) -> list[Row]:
    """A row a track for a scope, as table `estimates` has it: looked up, or estimated where it is not kept."""
    kept = ask("estimates/kept", {"scope": scope}).records()
    if kept:
        return kept
    chain = [row["scope"] for row in ask("estimates/chain", {"scope": scope}).records()]
    rows = estimates_from(ask, "estimates/scope_cells", {"chain": chain})
    return rows[: len(rows) // len(chain)]


def estimates_from(ask: Ask, question: str, params: Mapping[str, Any]) -> list[Row]:
    """A row a track for every cell of a query that counts what stands in them (`rungs_of`), in its order."""
    tracks, levels = orders(ask)
    cells = Cells(ask(question, params).records(), tracks, levels)
    return _rows(cells, Priors.of(ask("from priors", None).records(), tracks, levels))


def orders(ask: Ask) -> tuple[list[str], list[str]]:
    """The tracks and the levels, in their order."""
    (orders,) = ask("select tracks_in_order() as tracks, levels_in_order() as levels", None).records()
    return orders["tracks"], orders["levels"]


def learnt(ask: Ask, cells: Cells) -> Priors:
    """What is learnt from these cells, all stated pay and the model's held-out labels."""
    rows = ask("estimates/stated_pay", None).records()
    named = {"track": cells.tracks, "level": cells.levels}
    codes = {effect: _codes([row[effect] for row in rows], named.get(effect, ())) for effect in EFFECTS}
    logs, prices = (np.array([row[name] for row in rows], float) for name in ("log_pay", "log_price"))
    pay = learn_spreads(cells.pay(), learn_pay(logs, prices, codes, len(cells.tracks), len(cells.levels)))
    return Priors(learn_dispersals(cells.labelled()), _label_shift(ask), pay)


def _codes(names: Sequence[str], known: Sequence[str]) -> Ints:
    """The number of each name: by its place among the known ones, or as it first comes."""
    numbers = {name: number for number, name in enumerate(known)}
    return np.array([numbers.setdefault(name, len(numbers)) for name in names], int)


def _label_shift(ask: Ask) -> LabelShift:
    """How far labels put shares off, as far as the model that labelled was tried; not at all where no model is known."""
    models = ask("from models", None).records()
    return LabelShift(models[0]["label_shift"], models[0]["company_label_shift"]) if models else NO_SHIFT


def _rows(cells: Cells, priors: Priors) -> list[Row]:
    counts, pay_counts = cells.counts(), cells.pay()
    shares, pay = estimate_shares(counts, priors.dispersals, priors.labels), estimate_pay(pay_counts, priors.pay)
    rest, stated = cells.rest_postings, pay_counts.stated[:, 0].sum(axis=2)
    return [
        {
            **{name: cell["scope"][name] for name in KEY},
            "level": cell["scope"]["level"] or "all",
            "track": track,
            "postings": int(cells.postings[at]),
            "companies": int(cells.companies[at]),
            "of_postings": int(cells.postings[number].sum()),
            **_share(shares, at),
            "parent_postings": int(rest[number]),
            "with_pay": int(stated[at]),
            **cells.facts(*at),
            **_pay(pay, at),
        }
        for number, cell in enumerate(cells.cells)
        for at, track in (((number, place), track) for place, track in enumerate(cells.tracks))
    ]


def _share(shares: Shares, at: tuple[int, int]) -> Row:
    return {
        "share": float(shares.share[at]),
        "share_low": float(shares.low[at]),
        "share_high": float(shares.high[at]),
        "worth": float(shares.worth[at]),
        "parent_share": float(shares.parent[at]),
        "parent_weight": float(shares.parent_weight[at[0]]),
    }


def _pay(pay: Pay, at: tuple[int, int]) -> Row:
    return {
        "pay_mid_usd": known(pay.mid[at]),
        "pay_mid_low_usd": known(pay.low[at]),
        "pay_mid_high_usd": known(pay.high[at]),
        "pay_apart": known(pay.apart[at]),
        "pay_parent_weight": float(pay.parent_weight[at]),
    }
