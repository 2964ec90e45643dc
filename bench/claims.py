"""How often the verdicts on the claims are wrong, over markets that are known whole.

    python bench/claims.py [MARKETS]

Of each market 40 companies of 1,000 are read; what the figures come to when all are read is the truth. Markets differ in
all that claims are about: mix, levels, pay, skills, places, and what laboratories hire for. Companies differ in turn.
Claims on months and on how many regions are reached are left out: reading more companies changes what they are about.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from classifiers.claims import CLAIMS, Claim
from classifiers.figures import SIX, Border, MonthlySwing, MoreThan, RegionReach, ThreadCompanies, Within
from classifiers.tracks import LABELS
from reports.claims import judge
from reports.measured import Measures
from reports.verdict import Verdict
from warehouse.cells import estimated
from warehouse.store import Store, open_store

MARKETS, COMPANIES, READ = 60, 1_000, 40
DAY = date(2026, 11, 23)
LEVELS = ("early", "senior", "unknown")
SKILLS = ("Python", "C++", "Kubernetes", "Airflow", "Doctorate")
REGIONS = {
    "California": ("San Francisco", "US", 37.77, -122.42), "England": ("London", "GB", 51.51, -0.13),
    "Texas": ("Austin", "US", 30.27, -97.74), "New York": ("New York", "US", 40.71, -74.01),
    "Washington": ("Seattle", "US", 47.61, -122.33), "Massachusetts": ("Boston", "US", 42.36, -71.06),
}  # fmt: skip
LEFT_OUT = (MonthlySwing, ThreadCompanies, RegionReach)
Row = dict[str, Any]
Tables = dict[str, list[Row]]


def market(chance: np.random.Generator) -> Tables:
    """The rows of a market of COMPANIES companies."""
    mixes = chance.dirichlet(np.full(6, 3), 2)  # of the others, of laboratories
    levels, skills = chance.dirichlet((1, 3, 2), 6), chance.beta(1, 2, (6, len(SKILLS)))
    places, pay = chance.dirichlet(np.full(len(REGIONS), 1), 6), chance.normal(np.log(260_000), 0.25, 6)
    tables: Tables = defaultdict(list)
    for number in range(COMPANIES):
        company, is_lab = f"Company {number}", bool(chance.random() < 0.2)
        tables["company_tags"].append({"company": company, "tag": "lab" if is_lab else "applied"})
        mix = chance.dirichlet(6 * mixes[int(is_lab)] + 0.01)
        own_skills, home = chance.beta(3 * skills + 0.01, 3 * (1 - skills) + 0.01), chance.random()
        own_pay = chance.normal(0, 0.2)
        for job in range(1 + int(chance.geometric(0.2))):
            track = int(chance.choice(6, p=mix))
            at = int((places[track].cumsum() < home).sum())  # all of a company's openings of a track are in one place
            level = LEVELS[int(chance.choice(3, p=levels[track]))]
            middle = np.exp(pay[track] + own_pay - 0.4 * (level == "early") + chance.normal(0, 0.15))
            key = f"{company}/{job}"
            _add(tables, key, company, SIX[track], at, level, float(middle) if chance.random() < 0.6 else None)
            tables["posting_skills"] += [
                {"posting_id": key, "skill": skill}
                for skill, part in zip(SKILLS, own_skills[track], strict=True)
                if chance.random() < part
            ]
            tables["postings"][-1]["title"] = ("Research Engineer", "Research Scientist")[int(chance.integers(2))]
    return tables


def _add(tables: Tables, key: str, company: str, track: str, at: int, level: str, middle: float | None) -> None:
    region, (city, country, latitude, longitude) = list(REGIONS.items())[at]
    seen = {"first_seen_on": DAY, "last_seen_on": DAY, "seniority": level, "text": ""}
    pay = {"pay_low_usd": middle and 0.9 * middle, "pay_high_usd": middle and 1.1 * middle}
    tables["postings"].append({"posting_id": key, "company": company, **seen, **pay})
    tables["labels"].append(
        {
            "posting_id": key,
            "track": track,
            "is_sure": True,
            "probabilities": [float(label == track) for label in LABELS],
        }
    )
    tables["skill_readings"].append({"posting_id": key})
    place = {"city": city, "region": region, "country": country, "latitude": latitude, "longitude": longitude}
    tables["posting_places"].append({"posting_id": key, "place_no": 1, **place})


def of_companies(tables: Tables, read: set[str]) -> Tables:
    """What of a market is read where these companies are."""
    return {
        name: [row for row in rows if row.get("company", row.get("posting_id", "").partition("/")[0]) in read]
        for name, rows in tables.items()
    }


def measures(store: Store, tables: Tables) -> Measures:
    """The figures of these tables."""
    for name, rows in tables.items():
        store.replace(name, rows)
    for name, rows in estimated(store.ask).items():
        store.replace(name, rows)
    return Measures(store.ask)


def is_true(border: Border, claim: Claim, whole: Measures) -> bool | None:
    """Whether the claim holds where all companies are read."""
    value = whole.of(claim.figure)
    if value is None:
        return None
    if isinstance(border, Within):
        return (border.low or 0) <= value.value <= (border.high or np.inf)
    others = [other.value for figure in border.figures if (other := whole.of(figure))]
    return all(value.value > other if isinstance(border, MoreThan) else value.value < other for other in others)


def main() -> None:
    found: dict[Verdict, list[tuple[float, bool]]] = defaultdict(list)
    chance = np.random.default_rng(1977)
    markets = int(sys.argv[1]) if len(sys.argv) > 1 else MARKETS
    asked = [claim for claim in CLAIMS if not isinstance(claim.figure, LEFT_OUT)]
    with TemporaryDirectory() as folder, open_store(Path(folder)) as store:
        cities = [{"city": c, "region": r, "country": code, "latitude": y, "longitude": x, "population": 1}
                  for r, (c, code, y, x) in REGIONS.items()]  # fmt: skip
        store.replace("gazetteer", cities)
        for _ in range(markets):
            tables = market(chance)
            whole = measures(store, tables)
            truths = {claim: is_true(claim.border, claim, whole) for claim in asked}
            read = {f"Company {number}" for number in chance.choice(COMPANIES, READ, replace=False)}
            part = measures(store, of_companies(tables, read))
            for claim, truth in truths.items():
                one = judge(claim, part)
                if truth is not None and one.probability is not None:
                    found[one.verdict].append((one.probability, truth))
    print(f"{markets} markets, {READ} of {COMPANIES:,} companies read, {len(asked)} claims\n")
    print("| verdict | claims | mean probability | truly hold |\n| --- | --: | --: | --: |")
    for verdict in Verdict:
        pairs = np.array(found[verdict] or [(np.nan, np.nan)], float)
        print(f"| {verdict} | {len(found[verdict])} | {pairs[:, 0].mean():.1%} | {pairs[:, 1].mean():.1%} |")


if __name__ == "__main__":
    main()
