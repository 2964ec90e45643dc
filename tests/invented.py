"""Warehouses of invented markets, put together job by job, so that a test knows the truth its figures are of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from classifiers.tracks import LABELS
from warehouse.store import open_store, publish

PLACES = {
    "Austin": ("Texas", "US", 30.27, -97.74),
    "Berlin": ("Berlin", "DE", 52.52, 13.41),
    "Bengaluru": ("Karnataka", "IN", 12.97, 77.59),
    "Boston": ("Massachusetts", "US", 42.36, -71.06),
    "Chicago": ("Illinois", "US", 41.88, -87.63),
    "Denver": ("Colorado", "US", 39.74, -104.99),
    "London": ("England", "GB", 51.51, -0.13),
    "New York": ("New York", "US", 40.71, -74.01),
    "Paris": ("Île-de-France", "FR", 48.86, 2.35),
    "San Francisco": ("California", "US", 37.77, -122.42),
    "Seattle": ("Washington", "US", 47.61, -122.33),
    "Blaine": ("Washington", "US", 48.99, -122.75),
    "Vancouver": ("British Columbia", "CA", 49.25, -123.12),
    "Toronto": ("Ontario", "CA", 43.65, -79.38),
} | {f"Town {n:02}": (f"Province {n:02}", "IN", 10.0 + n / 4, 78.0) for n in range(30)}
COUNTRIES = {
    "US": "United States",
    "DE": "Germany",
    "IN": "India",
    "GB": "United Kingdom",
    "FR": "France",
    "CA": "Canada",
}
DAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Job:
    """An open job surely of a track; one with a month stood in that month's thread, and has closed."""

    company: str
    track: str
    city: str | None = "Austin"
    level: str = "unknown"
    pay: int | None = None  # the middle of its range, thousands of dollars a year
    month: date | None = None
    is_remote: bool = False
    skills: tuple[str, ...] | None = None  # None: its text was not read
    title: str | None = None


def invented(home: Path, jobs: Iterable[Job], tags: Mapping[str, str] | None = None) -> Path:
    """Publish a warehouse of exactly these jobs in `home`, of companies with these tags."""
    numbered = {f"job/{number}": job for number, job in enumerate(jobs)}
    with open_store(home) as store:
        store.append("sources", [{"source": "board", "is_dated": False}, {"source": "threads", "is_dated": True}])
        store.append("boards", [{"board_id": c, "company": c} for c in sorted({j.company for j in numbered.values()})])
        store.append("countries", [{"country": code, "name": name} for code, name in COUNTRIES.items()])
        store.append(
            "gazetteer",
            [
                {"city": city, "region": r, "country": c, "latitude": lat, "longitude": lon, "population": 10**6}
                for city, (r, c, lat, lon) in PLACES.items()
            ],
        )
        store.load("places", {"incoming_names": ("place_names", [])})
        store.append("postings", [_posting(key, job) for key, job in numbered.items()])
        store.append("posting_places", [_place(key, job.city) for key, job in numbered.items() if job.city])
        store.append(
            "labels",
            [
                {
                    "posting_id": key,
                    "track": j.track,
                    "probability": 1.0,
                    "probabilities": surely(j.track),
                    "is_sure": True,
                }
                for key, j in numbered.items()
            ],
        )
        store.append("company_tags", [{"company": company, "tag": tag} for company, tag in (tags or {}).items()])
        read = {key: job.skills for key, job in numbered.items() if job.skills is not None}
        store.append("skill_readings", [{"posting_id": key} for key in read])
        store.append(
            "posting_skills", [{"posting_id": key, "skill": skill} for key, named in read.items() for skill in named]
        )
        store.build()
    publish(home)
    return home


def surely(track: str) -> list[float]:
    """The probabilities of a posting that is surely of a track."""
    return [float(label == track) for label in LABELS]


def _posting(key: str, job: Job) -> dict[str, object]:
    pay = job.pay and job.pay * 1000.0
    return {
        "posting_id": key, "company": job.company, "board_id": job.company, "title": job.title or key, "text": "",
        "source": "threads" if job.month else "board", "seniority": job.level, "is_remote": job.is_remote,
        "pay_low_usd": pay and pay - 20_000, "pay_high_usd": pay and pay + 20_000, "is_sample": False,
        "posted_on": job.month, "first_seen_on": job.month or DAY, "last_seen_on": job.month or DAY,
        "closed_on": job.month,
    }  # fmt: skip


def _place(key: str, city: str) -> dict[str, object]:
    region, country, latitude, longitude = PLACES[city]
    return {
        "posting_id": key, "place_no": 1, "city": city, "region": region, "country": country,
        "latitude": latitude, "longitude": longitude,
    }  # fmt: skip
