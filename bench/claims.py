"""How often the 95 % intervals of the claims cover the truth, over markets drawn from one that is known.

    python bench/claims.py

Companies are drawn, not postings: each has its own mix of tracks and its own place to hire in, around the market's.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from classifiers.confusion import SIZE, Confusion
from classifiers.tracks import STATEMENTS, TRACKS
from warehouse.store import Store, open_store

DRAWS, COMPANIES, REGIONS = 400, 40, 12
SIX = [track.name for track in TRACKS]
MIX = np.array([0.35, 0.15, 0.2, 0.1, 0.15, 0.05])
AT_HUB = 0.5  # of research; of the other tracks a fraction 1 / REGIONS is in each region
DAY = date(2026, 11, 23)
CLAIMS = ("applied_llm_hires_most", "research_clusters", "research_sits")
TABLES = ("postings", "labels", "posting_places")
Row = dict[str, Any]


def drawn(chance: np.random.Generator) -> tuple[list[Row], list[Row], list[Row]]:
    """Postings, their labels and places of a market of COMPANIES companies."""
    postings, labels, places = [], [], []
    for company in range(COMPANIES):
        mix, home, is_in_hub = chance.dirichlet(6 * MIX), chance.integers(REGIONS), chance.random() < AT_HUB
        for number in range(1 + chance.geometric(0.2)):
            key, track = f"{company}/{number}", SIX[chance.choice(6, p=mix)]
            postings.append({"posting_id": key, "company": str(company), "first_seen_on": DAY, "last_seen_on": DAY})
            labels.append({"posting_id": key, "track": track, "is_sure": True})
            # a company's research is all in the hub or all at its home: one of its openings tells of the others
            at = 0 if track == "research" and is_in_hub else home
            spot = {"region": f"Region {at}", "country": "US", "latitude": 3.0 * at, "longitude": 0.0}
            places.append({"posting_id": key, "place_no": 1, **spot})
    return postings, labels, places


def asked(store: Store, name: str) -> list[dict[str, Any]]:
    """The figures of the claim of that name."""
    (statement,) = [one for one in STATEMENTS if one.name == name]
    tracks = {"tracks": SIX} if statement.measure == "hires" else {}
    return store.ask(f"claims/{statement.measure}", {**statement.asks, **tracks}).records()


def in_hub(track: str) -> float:
    """The true share of a track's openings that are in the hub."""
    return AT_HUB + (1 - AT_HUB) / REGIONS if track == "research" else 1 / REGIONS


def met(track: str) -> float:
    """The true chance that two openings of a track, of different companies, are in the same region."""
    return in_hub(track) ** 2 + (1 - in_hub(track)) ** 2 / (REGIONS - 1)


def truth(claim: str, row: Row) -> float:
    """What a figure of a claim would be if every company there could be were read."""
    if claim == "applied_llm_hires_most":
        return float(MIX[SIX.index(row["subject"])] - MIX[SIX.index(row["other"])])
    if claim == "research_clusters":
        return met("research") / met("applied_llm")
    at_least_one_hub = {"both hubs": in_hub("research"), "San Francisco": in_hub("research") - in_hub("training")}
    return at_least_one_hub.get(row["subject"], 0.0)  # nobody is in the UK


def main() -> None:
    chance, covered = np.random.default_rng(1977), dict.fromkeys(CLAIMS, 0)
    with TemporaryDirectory() as folder, open_store(Path(folder)) as store:
        hub = {"city": "San Francisco", "region": "Region 0", "country": "US", "population": 1}
        right = Confusion(np.zeros((SIZE, SIZE), np.int64), 1e12 * np.eye(SIZE), 0.0)  # the model never errs
        store.replace("confusion", right.rows())
        store.replace("gazetteer", [hub | {"latitude": 0.0, "longitude": 0.0}])
        for _ in range(DRAWS):
            for table, rows in zip(TABLES, drawn(chance), strict=True):
                store.replace(table, rows)
            for name in CLAIMS:
                covered[name] += all(row["low"] <= truth(name, row) <= row["high"] for row in asked(store, name))
    for name, times in covered.items():
        print(f"{name}: all its intervals cover the truth in {times / DRAWS:.1%} of {DRAWS} markets")


if __name__ == "__main__":
    main()
