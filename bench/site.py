"""How long the site takes for a large market, and what it takes: 2,000 regions, a city in each, and 5,000 companies, invented."""

import random
import resource
import subprocess
import sys
import tempfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from time import perf_counter, process_time

from classifiers.model import Model
from classifiers.tracks import LABELS
from reports.site.write import render
from warehouse.store import open_store, publish

COUNTRIES, REGIONS, COMPANIES, POSTINGS = 100, 20, 5_000, 60_000
SKILLS, NAMED = 300, 8  # named by a posting
DAY, BEFORE = date(2026, 11, 23), date(2026, 10, 19)


def make(home: Path) -> None:
    """A warehouse of a market in which every region and company has some postings of the six tracks."""
    draw = random.Random(6)
    codes = [f"{chr(65 + n // 26)}{chr(65 + n % 26)}" for n in range(COUNTRIES)]
    spots = [(draw.uniform(-50, 70), draw.uniform(-180, 180)) for _ in range(COUNTRIES * REGIONS)]
    postings, places, pay, labels, skills = [], [], [], [], []
    for n in range(POSTINGS):
        posting_id, company = f"greenhouse/{n % COMPANIES}/{n}", f"Company {n % COMPANIES}"
        low = draw.choice([None, draw.randrange(60, 300) * 1_000.0])
        postings.append(
            {
                "posting_id": posting_id, "board_id": f"greenhouse/{n % COMPANIES}", "source": "greenhouse",
                "company": company, "title": f"Engineer {n}", "url": f"https://example.org/{n}", "text": "words " * 300,
                "is_remote": n % 9 == 0, "seniority": draw.choice(["early", "senior", "lead", "unknown"]),
                "pay_low_usd": low, "pay_high_usd": low and low * 1.3, "is_sample": True,
                "posted_on": DAY - timedelta(draw.randrange(90)), "first_seen_on": draw.choice([BEFORE, BEFORE, DAY]),
                "last_seen_on": DAY,
            }
        )  # fmt: skip
        place = draw.randrange(COUNTRIES * REGIONS)
        country, region = codes[place // REGIONS], f"Region {place % REGIONS}"
        places.append({"posting_id": posting_id, "place_no": 1, "city": f"City {place}", "region": region, "country": country,
                       "latitude": spots[place][0], "longitude": spots[place][1]})  # fmt: skip
        if low:
            pay.append({"posting_id": posting_id, "pay_no": 1, "country": country, "region": region, "pay_low": low,
                        "pay_high": low * 1.3, "pay_low_usd": low, "pay_high_usd": low * 1.3})  # fmt: skip
        track = draw.choices(LABELS, [30, 5, 15, 10, 3, 3, 34])[0]
        labels.append(
            {
                "posting_id": posting_id,
                "track": track,
                "probability": 0.9,
                "probabilities": [0.9 if label == track else 0.1 / 6 for label in LABELS],
                "is_sure": True,
                "model_version": "x",
            }
        )
        # every hundredth company names one skill in all it posts
        named = {draw.randrange(SKILLS) for _ in range(NAMED)} | ({0} if n % COMPANIES % 100 == 0 else set())
        skills += [{"posting_id": posting_id, "skill": f"Skill {skill}"} for skill in named if track != "none"]
    boards = [{"board_id": f"greenhouse/{n}", "company": f"Company {n}", "source": "greenhouse", "token": str(n),
               "is_sample": True, "is_listed": True} for n in range(COMPANIES)]  # fmt: skip
    with open_store(home) as store:
        store.replace("boards", boards)
        store.replace(
            "sources", [{"source": "greenhouse", "title": "Greenhouse", "lists_all": True, "is_dated": False}]
        )
        store.replace("countries", [{"country": code, "name": f"Country {code}"} for code in codes])
        store.replace("fetches", [{"run_id": f"{day}", "board_id": board["board_id"], "outcome": "read", "postings": 12,
                                   "fetched_at": datetime.combine(day, time())} for board in boards for day in (BEFORE, DAY)])  # fmt: skip
        store.replace("skills", [{"skill": f"Skill {n}", "field": "models"} for n in range(SKILLS)])
        store.replace("gazetteer", [{**place, "population": 100_000} for place in without_posting(places)])
        for table, rows in (("postings", postings), ("posting_places", places), ("posting_pay", pay), ("labels", labels), ("posting_skills", skills),
                            ("models", [Model.load().row()])):  # fmt: skip
            store.replace(table, rows)
        store.build()
    publish(home)


def without_posting(places: list[dict[str, object]]) -> list[dict[str, object]]:
    """These places as the gazetteer has them."""
    return [{key: value for key, value in place.items() if key not in ("posting_id", "place_no")} for place in places]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        subprocess.run([sys.executable, __file__, "make", folder], check=True)  # so that its memory does not count
        began = perf_counter()
        start = render(home, home / "site")
        seconds = perf_counter() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        pages = {
            name: len(list((home / "site" / name).iterdir())) for name in ("regions", "cities", "companies", "tracks")
        }
        weight = sum(
            (start.parent / name).stat().st_size
            for name in ("index.html", "site.css", "charts.css", "site.js", "save.js")
        )
        print(
            f"{pages}: {seconds:.1f} s ({process_time():.1f} s of processor), {peak:,.0f} MiB at most, start page {weight:,} bytes"
        )
        assert seconds < 120, seconds
        assert peak < 1024, peak
        assert weight < 500_000, weight


if __name__ == "__main__":
    make(Path(sys.argv[2])) if sys.argv[1:2] == ["make"] else main()
