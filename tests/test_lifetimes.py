"""When a posting counts as closed, where its board does not say so by leaving it out."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from conftest import Market, Run

from warehouse.store import ask

MarketOf = Callable[[str], Market]
TEXT = "<p>You write CUDA kernels and serve language models with vLLM at low latency.</p>"


def arbeitnow_job(slug: str, title: str) -> dict[str, Any]:
    """A posting in the form of the real API, about nobody."""
    return {
        "slug": slug,
        "company_name": "Kestrel",
        "title": title,
        "description": TEXT,
        "remote": False,
        "url": f"https://www.arbeitnow.com/jobs/companies/kestrel/{slug}",
        "tags": [],
        "job_types": ["Full-time"],
        "location": "Berlin",
        "created_at": 1790812800,
    }


def himalayas_job(guid: str, expires: int) -> dict[str, Any]:
    """A posting in the form of the real API, about nobody; times in seconds."""
    return {
        "title": f"Inference Engineer {guid}",
        "companyName": "Kestrel",
        "employmentType": "Full Time",
        "locationRestrictions": ["Germany"],
        "description": TEXT,
        "pubDate": 1790812800,
        "expiryDate": expires,
        "applicationLink": f"https://himalayas.app/companies/kestrel/jobs/{guid}",
        "guid": guid,
    }


def recruitee_offer(number: int, title: str, close_at: str | None) -> dict[str, Any]:
    """An offer in the form of the real API, about nobody."""
    return {
        "id": number,
        "title": title,
        "status": "published",
        "description": TEXT,
        "city": "Berlin",
        "country": "Germany",
        "careers_url": f"https://kestrel.recruitee.com/o/{number}",
        "published_at": "2026-10-01 08:00:00 UTC",
        "close_at": close_at,
    }


def pages(market: Market, url: str, key: str, jobs: list[dict[str, Any]]) -> None:
    """A list of one page, and the empty one behind it."""
    market.reply(f"{url}page=1", {key: jobs})
    market.reply(f"{url}page=2", {key: []})


def closed_on(home: Path) -> dict[str, str | None]:
    """The day each posting closed, by the id its board gave it."""
    rows = ask(home, "select split_part(posting_id, '/', 3), closed_on::varchar from postings").rows
    return {row[0]: row[1] for row in rows}


def test_what_an_aggregator_no_longer_lists_stays_open_for_30_days(
    market: MarketOf, materialize: Run, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    old, new = arbeitnow_job("old", "Inference Engineer"), arbeitnow_job("new", "ML Researcher")
    listed = {
        "2026-10-01": [new, old],
        "2026-10-02": [new],
        "2026-10-31": [new],  # the same bytes as before: nothing of `old` was seen
        "2026-11-01": [new | {"title": "ML Researcher II"}],
    }
    days = {}
    for day, jobs in listed.items():
        at = market(day)
        pages(at, "https://www.arbeitnow.com/api/job-board-api?", "data", jobs)
        at.list_board("Several", "arbeitnow", "all")
        assert materialize(at.folder, home, through="postings").success
        days[day] = closed_on(home)["old"]
    assert days == {**dict.fromkeys(listed), "2026-11-01": "2026-10-31"}
    assert closed_on(home)["new"] is None
    seen = ask(home, "select last_seen_on::varchar from postings order by title").rows
    assert seen == [("2026-10-01",), ("2026-11-01",)]


def test_what_an_aggregator_dates_closes_on_its_own_day(market: MarketOf, materialize: Run, tmp_path: Path) -> None:
    home = tmp_path / "home"
    last_day, later = 1791892800, 1798675200  # 2026-10-13 and 2026-12-31
    listed = {
        "2026-10-05": [himalayas_job("short", last_day), himalayas_job("long", later)],
        "2026-10-13": [himalayas_job("other", later)],
        "2026-10-15": [himalayas_job("third", later)],
    }
    days = {}
    for day, jobs in listed.items():
        at = market(day)
        pages(at, "https://himalayas.app/jobs/api/search?", "jobs", jobs)
        at.list_board("Several", "himalayas", "inference")
        assert materialize(at.folder, home, through="postings").success
        days[day] = closed_on(home)["short"]
    assert days == {"2026-10-05": None, "2026-10-13": None, "2026-10-15": "2026-10-14"}
    assert closed_on(home) == {"short": "2026-10-14", "long": None, "other": None, "third": None}


def test_a_posting_whose_deadline_passed_is_not_opened_again_by_being_listed(
    market: MarketOf, materialize: Run, tmp_path: Path
) -> None:
    home, opened = tmp_path / "home", []
    for day, title in (("2026-10-05", "Data Engineer"), ("2026-10-12", "ML Engineer"), ("2026-10-13", "Researcher")):
        at = market(day)
        dated = recruitee_offer(1, "Inference Engineer", "2026-10-10 22:00:00 UTC")
        at.reply("https://kestrel.recruitee.com/api/offers/", {"offers": [dated, recruitee_offer(2, title, None)]})
        at.list_board("Kestrel", "recruitee", "kestrel")
        run = materialize(at.folder, home, through="postings")
        assert run.success
        opened.append(ask(home, "run/counts", {"run_id": run.run_id}).records()[0]["new"])
        open_ones = {name for name, closed in closed_on(home).items() if closed is None}
        assert open_ones == ({"1", "2"} if day == "2026-10-05" else {"2"})
    assert opened == [2, 0, 0]
    assert closed_on(home)["1"] == "2026-10-11"
