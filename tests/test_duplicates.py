"""The same job seen twice is counted once, and everything else is left apart."""

from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from conftest import Market, Run, greenhouse_job, remoteok_job

from pipeline.stages.duplicates import SIMILAR_FROM, PostingSpan, candidate_duplicates, duplicates
from warehouse.store import ask

MarketOf = Callable[[str], Market]
TASKS = ("serve large models", "profile kernels", "keep accelerators busy", "write the paging of caches", "cut latency")
WORDS = " ".join(f"In month {month} you {task} for team {month}." for month in range(1, 13) for task in TASKS)
OTHER = " ".join(f"Shop {number} asks why its goods rank as they do, and you explain it." for number in range(1, 60))


def span(number: int, **changed: Any) -> tuple[PostingSpan, str]:
    text = changed.pop("text", WORDS)
    fields: dict[str, Any] = {
        "posting_id": str(number),
        "company": "Kestrel",
        "title": "Inference Engineer",
        "text_sha256": sha256(text.encode()).hexdigest(),
        "places": ("Berlin", "DE"),
        "since": date(2026, 10, 5),
        "until": None,
        "is_own_board": True,
    }
    return PostingSpan(**{**fields, **changed}), text


def merged(*postings: tuple[PostingSpan, str]) -> list[tuple[str, str, str]]:
    texts = {posting.text_sha256: text for posting, text in postings}
    groups = candidate_duplicates(posting for posting, _ in postings)
    return [(d.posting_id, d.same_as, d.reason) for group in groups for d in duplicates(group, texts)]


@pytest.mark.parametrize(
    ("again", "reason"),
    [
        ({}, "exact"),
        ({"places": ("Paris",)}, "exact"),
        ({"company": "KESTREL, Inc."}, "exact"),
        ({"title": "Inference Engineer (Remote)"}, "exact"),
        ({"title": "Inference Engineer - Paris", "places": ("Paris", "FR")}, "exact"),
        ({"text": WORDS + "We are an equal opportunity employer."}, "near"),
        ({"is_own_board": False, "text": f"Kestrel hires. {WORDS}"}, "near"),
        ({"since": date(2026, 11, 20)}, "exact"),
    ],
)
def test_one_job_seen_twice(again: dict[str, Any], reason: str) -> None:
    assert merged(span(1), span(2, **again)) == [("2", "1", reason)]


@pytest.mark.parametrize(
    "other",
    [
        {"company": "Merlin"},
        {"title": "Senior Inference Engineer"},
        {"title": "Inference Engineer II"},
        {"text": OTHER},
        {"text": WORDS + OTHER},
    ],
)
def test_two_jobs_stay_two(other: dict[str, Any]) -> None:
    assert merged(span(1), span(2, **other)) == []


def test_a_job_posted_again_soon_is_the_same_and_much_later_a_new_one() -> None:
    first = span(1, until=date(2026, 11, 1))
    assert merged(first, span(2, since=date(2026, 12, 30))) == [("1", "2", "exact")]
    assert merged(first, span(2, since=date(2027, 1, 2))) == []


def test_the_company_s_own_board_stands_for_the_job_and_an_open_posting_before_a_closed_one() -> None:
    aggregated = span(1, is_own_board=False, since=date(2026, 9, 1))
    assert merged(aggregated, span(2)) == [("1", "2", "exact")]
    assert merged(aggregated, span(2, until=date(2026, 10, 20))) == [("2", "1", "exact")]


def test_a_job_posted_once_a_city_counts_once_and_in_every_city(
    market: MarketOf, materialize: Run, tmp_path: Path
) -> None:
    at = market("2026-10-05")
    cities = ("Berlin, Germany", "Paris, France")
    at.board("Kestrel", "kestrel", [greenhouse_job(n, location={"name": city}) for n, city in enumerate(cities, 1)])
    assert materialize(at.folder, tmp_path / "home").success
    assert ask(tmp_path / "home", "select posting_id, same_as, reason from duplicates").rows == [
        ("greenhouse/kestrel/2", "greenhouse/kestrel/1", "exact")
    ]
    regions = ask(
        tmp_path / "home",
        "select coalesce(country, 'world'), count(*) from open_tracks join posting_areas using (posting_id)"
        " where area_kind in ('world', 'country') group by all order by all",
    ).rows
    assert regions == [("DE", 1), ("FR", 1), ("world", 1)]


def test_a_company_that_moves_to_another_board_keeps_its_history(
    market: MarketOf, materialize: Run, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    before, after = market("2026-10-05"), market("2026-10-12")
    before.board("Kestrel", "kestrel", [greenhouse_job(1), greenhouse_job(2, title="ML Researcher")])
    after.board("Kestrel", "kestrelai", [greenhouse_job(71), greenhouse_job(72, title="Evals Engineer")])
    for at in (before, after):
        assert materialize(at.folder, home, through="duplicates").success
    jobs = ask(
        home,
        "select title, board_id, first_seen_on::varchar, closed_on::varchar from jobs order by title",
    ).rows
    assert jobs == [
        ("Evals Engineer", "greenhouse/kestrelai", "2026-10-12", None),
        ("Inference Engineer", "greenhouse/kestrelai", "2026-10-05", None),
        ("ML Researcher", "greenhouse/kestrel", "2026-10-05", "2026-10-12"),
    ]


def test_a_job_on_two_boards_is_counted_from_the_company_s_own(
    market: MarketOf, materialize: Run, tmp_path: Path
) -> None:
    """The table says which postings were merged and why, also what is only similar."""
    home, at = tmp_path / "home", market("2026-10-05")
    copied = "On behalf of Kestrel. " + WORDS
    at.board(
        "Kestrel", "kestrel", [greenhouse_job(1, content=WORDS), greenhouse_job(2, "Data Engineer", content=OTHER)]
    )
    at.reply("https://remoteok.com/api", [
        remoteok_job(7, company="Kestrel GmbH", position="Inference Engineer (Remote)", description=copied),
        remoteok_job(8, company="Kestrel", position="Data Engineer", description=f"<p>{OTHER}</p>"),
        remoteok_job(9, company="Merlin", position="Data Engineer", description=OTHER),
    ])  # fmt: skip
    at.list_board("Several", "remoteok", "all")
    assert materialize(at.folder, home, through="duplicates").success
    merged_rows = ask(home, "select posting_id, same_as, reason, similarity from duplicates order by posting_id").rows
    assert [row[:3] for row in merged_rows] == [
        ("remoteok/all/7", "greenhouse/kestrel/1", "near"),
        ("remoteok/all/8", "greenhouse/kestrel/2", "exact"),
    ]
    assert SIMILAR_FROM <= merged_rows[0][3] < merged_rows[1][3] == 1
    jobs = ask(home, "select company, title, source from jobs order by company, title").rows
    assert jobs == [
        ("Kestrel", "Data Engineer", "greenhouse"),
        ("Kestrel", "Inference Engineer", "greenhouse"),
        ("Merlin", "Data Engineer", "remoteok"),
    ]
