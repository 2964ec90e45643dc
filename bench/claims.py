"""How often the 95 % intervals of the claims cover the truth, over markets drawn from one that is known.

    python bench/claims.py

Companies are drawn, not postings: each has its own mix of tracks and its own place to hire in, around the market's.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from classifiers.tracks import STATEMENTS, TRACKS
from warehouse.store import Store, open_store

DRAWS, COMPANIES, REGIONS = 400, 40, 12
SIX = [track.name for track in TRACKS]
MIX = np.array([0.35, 0.15, 0.2, 0.1, 0.15, 0.05])
AT_HUB = 0.5  # of research; of the other tracks a fraction 1 / REGIONS is in each region
DAY = date(2026, 11, 23)
Row = dict[str, Any]


def drawn(chance: np.random.Generator) -> tuple[list[Row], list[Row], list[Row], list[Row]]:
    """Postings, their labels, corrected counts and places of a market of COMPANIES companies."""
    postings, labels, counts, places = [], [], [], []
    for company in range(COMPANIES):
        mix, home, is_in_hub = chance.dirichlet(6 * MIX), chance.integers(REGIONS), chance.random() < AT_HUB
        for number in range(1 + chance.geometric(0.2)):
            key, track = f"{company}/{number}", SIX[chance.choice(6, p=mix)]
            postings.append({"posting_id": key, "company": str(company), "first_seen_on": DAY, "last_seen_on": DAY})
            labels.append({"posting_id": key, "track": track, "is_sure": True})
            counts.append({"posting_id": key, "track": track, "expected": 1.0})
            # a company's research is all in the hub or all at its home: one of its openings tells of the others
            region = "Region 0" if track == "research" and is_in_hub else f"Region {home}"
            places.append({"posting_id": key, "place_no": 1, "region": region, "country": "US"})
    return postings, labels, counts, places


def asked(store: Store, name: str) -> list[dict[str, Any]]:
    """The figures of the claim of that name."""
    (statement,) = [one for one in STATEMENTS if one.name == name]
    tracks = {"tracks": SIX} if statement.measure == "hires" else {}
    return store.ask(f"claim_{statement.measure}", {**statement.asks, **tracks}).records()


def met() -> dict[str, float]:
    """The true chance that two openings of different companies meet, by track."""
    elsewhere, hub = (1 - AT_HUB) / REGIONS, AT_HUB + (1 - AT_HUB) / REGIONS
    return {"research": hub**2 + (REGIONS - 1) * elsewhere**2, "applied_llm": 1 / REGIONS}


def main() -> None:
    chance, share = np.random.default_rng(1977), dict(zip(SIX, MIX, strict=True))
    truths: dict[str, Callable[[dict[str, Any]], float]] = {
        "applied_llm_hires_most": lambda row: share[row["subject"]] - share[row["other"]],
        "research_clusters": lambda row: met()[row["subject"]] / met()[row["other"]],
    }
    covered = dict.fromkeys(truths, 0)
    with TemporaryDirectory() as folder, open_store(Path(folder)) as store:
        for _ in range(DRAWS):
            for table, rows in zip(
                ("postings", "labels", "expected_counts", "posting_places"), drawn(chance), strict=True
            ):
                store.replace(table, rows)
            for name, truth in truths.items():
                covered[name] += all(row["low"] <= truth(row) <= row["high"] for row in asked(store, name))
    for name, times in covered.items():
        print(f"{name}: all its intervals cover the truth in {times / DRAWS:.1%} of {DRAWS} markets")


if __name__ == "__main__":
    sys.exit(main())
