"""How often the intervals of estimates hold the truth, in markets that are drawn from a known one and labelled with errors.

    python bench/drawn_markets.py HOME [MARKETS]

Six countries of three regions of two cities, each around what it lies in; 150 companies, each around its city, with 1 to 40
postings as often as a power law has it. Every posting speaks for its label by normal scores, from which a model gives it
probabilities, right for four in five; in each market and company they are off on the logit scale by as much as those of the
model in HOME are in markets and companies it never saw. Some are of none of the tracks. Four in ten state pay. Counting, learning and estimating are the warehouse's own (`rungs_of`, `Cells`, `Priors`).
"""

from __future__ import annotations

import shutil
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifiers.model import ABSTAIN_BELOW
from warehouse.cells import Cells
from warehouse.estimates import LabelShift, estimate_shares, learn_dispersals
from warehouse.pay import PayModel, estimate_pay, learn_spreads
from warehouse.pay_effects import learn_pay
from warehouse.store import Store, open_store

Floats = NDArray[np.float64]
WORLD = np.array([0.45, 0.06, 0.25, 0.15, 0.05, 0.04])
OF_NONE = 0.4  # postings of none of the tracks for each of one
APART = 2.0  # standard deviations by which a label's own score lies above
PAY = {"track": 0.15, "country": 0.35, "region": 0.1, "city": 0.1, "company": 0.25, "posting": 0.25}
COLUMNS = (
    "cell varchar, posting_id varchar, company varchar, track varchar, level varchar, is_counted boolean, "
    "expected double, log_pay bigint"
)


class Market:
    """One market: what it truly is, and what is found in it."""

    def __init__(self, chance: np.random.Generator, shift: LabelShift, tracks: list[str]) -> None:
        self.chance = chance
        self.shift, self.off = shift, chance.normal(0, shift.market, len(WORLD) + 1)
        self.share: dict[str, Floats] = {}
        self.pay: dict[str, Floats] = {}
        self.parent: dict[str, str | None] = {"world": None}
        self.homes: dict[str, list[str]] = {}
        world = self._around(WORLD, 30)
        of_track = chance.normal(12, PAY["track"], len(WORLD))
        cities, weights = [], []
        for country, of_country in enumerate(chance.dirichlet(np.full(6, 0.7))):
            self._place(f"country|{country}", "world", self._around(world, 15), of_track, "country")
            for region, of_region in enumerate(chance.dirichlet(np.full(3, 1.0))):
                above = f"region|{country}|{region}"
                self._place(
                    above,
                    f"country|{country}",
                    self._around(self.share[f"country|{country}"], 25),
                    self.pay[f"country|{country}"],
                    "region",
                )
                for city, of_city in enumerate(chance.dirichlet(np.full(2, 1.0))):
                    name = f"city|{country}|{region}|{city}"
                    self._place(name, above, self._around(self.share[above], 25), self.pay[above], "city")
                    cities.append(name)
                    weights.append(of_country * of_region * of_city)
        self._as_made_of(cities, np.array(weights))
        self.rows = self._found(cities, np.array(weights), tracks)

    def _around(self, share: Floats, concentration: float) -> Floats:
        drawn = self.chance.standard_gamma(np.maximum(concentration * share, 1e-3)) + 1e-9
        return drawn / drawn.sum()

    def _place(self, name: str, parent: str, share: Floats, pay: Floats, step: str) -> None:
        self.share[name], self.parent[name] = share, parent
        self.pay[name] = pay + self.chance.normal(0, PAY[step])

    def _as_made_of(self, cities: list[str], weights: Floats) -> None:
        """What holds of places is what holds of their cities, by how much is hired for there."""
        inside: dict[str, list[int]] = defaultdict(list)
        for number, city in enumerate(cities):
            place = self.parent[city]
            while place:
                inside[place].append(number)
                place = self.parent[place]
        for place, numbers in inside.items():
            part = weights[numbers] / weights[numbers].sum()
            self.share[place] = part @ np.array([self.share[cities[n]] for n in numbers])
            told = part[:, None] * np.array([self.share[cities[n]] for n in numbers])  # where a track is hired for
            self.pay[place] = np.array(
                [
                    self._median(told[:, track], [self.pay[cities[n]][track] for n in numbers])
                    for track in range(len(WORLD))
                ]
            )

    def _median(self, weights: Floats, centres: list[float]) -> float:
        """The median of normals around some centres."""
        drawn = self.chance.choice(centres, 1000, p=weights / weights.sum())
        return float(np.median(drawn + self.chance.normal(0, np.hypot(PAY["company"], PAY["posting"]), 1000)))

    def _probabilities(self, label: int, usual: Floats) -> Floats:
        """What a model that takes these shares for usual makes of a posting of this label."""
        scores = self.chance.normal(APART * np.eye(len(usual))[label], 1)
        likely = usual * np.exp(APART * scores)
        return np.asarray(likely / likely.sum())

    def _found(self, cities: list[str], weights: Floats, tracks: list[str]) -> list[dict[str, Any]]:
        rows = []
        for number, home in enumerate(self.chance.choice(len(cities), 150, p=weights)):
            city, company = cities[home], f"company|{number}"
            size = int(min(40, (1 - self.chance.random()) ** (-1 / 1.3)))
            self.share[company] = self._around(self.share[city], 3)
            self.pay[company] = self.pay[city] + self.chance.normal(0, PAY["company"])
            chain = [company, city]
            while self.parent[chain[-1]]:
                chain.append(str(self.parent[chain[-1]]))
            self.parent[company], self.homes[company] = chain[3], chain[1:4]  # it lies in its country
            off = self.off + self.chance.normal(0, self.shift.company, len(self.off))
            usual = np.append(self.share[company], OF_NONE) / (1 + OF_NONE) * np.exp(off)
            for posting in range(size + self.chance.binomial(size, OF_NONE)):
                true = self.chance.choice(len(WORLD), p=self.share[company]) if posting < size else len(WORLD)
                probabilities = self._probabilities(int(true), usual)
                pay = self.pay[company][min(true, 5)] + self.chance.normal(0, PAY["posting"])
                stated = int(1e6 * pay) if self.chance.random() < 0.4 else None
                for number_of_track, track in enumerate(tracks):
                    is_counted = bool(probabilities[number_of_track] >= ABSTAIN_BELOW)
                    found = {
                        "posting_id": f"{number}/{posting}",
                        "company": company,
                        "track": track,
                        "level": "senior",
                        "is_counted": is_counted,
                        "expected": round(float(probabilities[number_of_track]), 4),
                        "log_pay": stated if is_counted else None,
                    }
                    rows += [found | {"cell": cell} for cell in chain]
        return rows


def found(store: Store, market: Market, tracks: list[str]) -> Cells:
    """What stands in the cells of a market, as SQL counts it."""
    kind = {name: name.partition("|")[0] for name in market.parent}
    inside = sorted({row["cell"] for row in market.rows})
    lies = [
        {"cell": c, "parent": market.parent[c], "kind": kind[c], "step": "" if c == "world" else kind[c]}
        for c in inside
    ]
    store.replace("drawn", market.rows)
    store.replace("lies", lies)
    store.ask("""create or replace temp table members as select * exclude (log_pay), null::boolean as is_remote,
        case when log_pay is not null then {'low': exp(log_pay / 1e6), 'high': exp(log_pay / 1e6)} end as pay from drawn""")
    store.ask("""create or replace temp table cells as select cell, parent, step, scope_of(kind, level := null) as scope,
        scope_of('world') as parent_scope from lies""")
    return Cells(store.ask("from rungs_of('members', 'cells') order by all").records(), tracks, ["senior"])


def pay_model(market: Market, cells: Cells, tracks: list[str]) -> PayModel:
    """What is learnt of pay, as a run learns it."""
    own = [row for row in market.rows if row["cell"] == row["company"] and row["log_pay"] is not None]
    names = {"company": [row["company"] for row in own]}
    for number, effect in enumerate(("city", "region", "country")):
        names[effect] = [market.homes[company][number] for company in names["company"]]
    names["within"] = [f"{row['track']} {country}" for row, country in zip(own, names["country"], strict=True)]
    codes = {name: np.unique(of, return_inverse=True)[1] for name, of in names.items()}
    codes["track"] = np.array([tracks.index(row["track"]) for row in own])
    codes["level"] = np.zeros(len(own), int)
    logs = np.array([row["log_pay"] / 1e6 for row in own])
    return learn_spreads(cells.pay(), learn_pay(logs, np.zeros(len(own)), codes, len(tracks), 1))


def lines(store: Store, market: Market, shift: LabelShift, tracks: list[str]) -> Iterator[tuple[str, str, str, Floats]]:
    """By figure, kind and postings: the errors of raw figure, parent's and estimate, and whether the interval holds."""
    cells = found(store, market, tracks)
    counts, model = cells.counts(), pay_model(market, cells, tracks)
    shares = estimate_shares(counts, learn_dispersals(cells.labelled()), shift)
    pay_counts = cells.pay()
    pay = estimate_pay(pay_counts, model)
    for number, cell in enumerate(cells.cells):
        if not cells.postings[number].any():
            continue
        name, kind = cell["cell"], cell["scope"]["kind"]
        own, truth = counts.postings[number, 0], market.share[cell["cell"]]
        share = shares.share[number]
        holds = (shares.low[number] <= truth) & (truth <= shares.high[number])
        errors = (np.abs(of - truth) for of in (own / own.sum(), shares.parent[number], share))
        yield "shares", kind, _size(own.sum()), np.mean([*errors, holds], axis=1)
        stated = pay_counts.stated[number, 0, :, 0]
        for track in np.flatnonzero(stated):
            true = market.pay[name][track]
            low, mid, high = (np.log(of[number, track]) for of in (pay.low, pay.mid, pay.high))
            raw = pay_counts.middle[number, track]
            yield (
                "pay",
                kind,
                _size(stated[track]),
                np.array([abs(raw - true), np.nan, abs(mid - true), low <= true <= high]),
            )


def _size(postings: float) -> str:
    return next((f"to {most}" for most in (2, 5, 10, 20) if postings <= most), "more")


def main(home: Path, markets: int) -> None:
    """Print a line a figure, kind and number of postings: means over cells and markets."""
    chance = np.random.default_rng(1)
    told: dict[tuple[str, ...], list[Floats]] = defaultdict(list)
    with TemporaryDirectory() as folder:
        (Path(folder) / "work").mkdir()
        shutil.copyfile(home / "warehouse.duckdb", Path(folder) / "work" / "warehouse.duckdb")
        with open_store(Path(folder)) as store:
            store.ask(f"create temp table drawn ({COLUMNS})")
            store.ask("create temp table lies (cell varchar, parent varchar, kind varchar, step varchar)")
            (order,) = store.ask("select tracks_in_order() as tracks").records()
            tracks = order["tracks"]
            shift = LabelShift(*store.ask("select label_shift, company_label_shift from models").rows[0])
            for _ in range(markets):
                for *key, line in lines(store, Market(chance, shift, tracks), shift, tracks):
                    told[tuple(key)].append(line)
                    told[(key[0], "all", "all")].append(line)
    print("figure kind     postings   cells    raw parent estimate  /raw  holds")
    for (figure, kind, size), found_lines in sorted(told.items(), reverse=True):
        raw, parent, estimate, holds = np.mean(found_lines, axis=0)
        print(
            f"{figure:7}{kind:9}{size:8}{len(found_lines):8}{raw:7.3f}{parent:7.3f}{estimate:9.3f}{estimate / raw:6.2f}{holds:7.1%}"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
