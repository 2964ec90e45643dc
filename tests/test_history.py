"""Threads by month: years of postings on the first day, each month asked until it has settled."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import dagster as dg
from conftest import Market, Run, greenhouse_job
from test_answers import rows as told

from pipeline.definitions import defs
from warehouse.store import ask

MarketOf = Callable[[str], Market]
ALGOLIA = "https://hn.algolia.com/api/v1"


def add_threads(market: Market, months: dict[str, list[str]], status: int = 200) -> None:
    """Threads in the form of the real API: the first lines of each month's comments."""
    hits = []
    for number, (month, comments) in enumerate(months.items(), 1):
        title = f"Ask HN: Who is hiring? ({month})"
        hits.append({"objectID": str(number), "title": title, "story_id": number})
        market.reply(f"{ALGOLIA}/items/{number}", thread(number, title, comments))
    found: dict[str, Any] = {"hits": hits, "nbPages": 1, "page": 0, "nbHits": len(hits), "hitsPerPage": 1000}
    market.reply(f"{ALGOLIA}/search_by_date", found, status)
    market.list_board("Who is hiring", "hackernews", "whoishiring")


def thread(number: int, title: str, comments: list[str]) -> dict[str, Any]:
    children = [
        {"id": 100 * number + n, "created_at": f"2025-{number:02}-03T10:00:00Z", "text": text, "author": "jane",
         "parent_id": number, "story_id": number, "children": []}
        for n, text in enumerate(comments, 1)
    ]  # fmt: skip
    return {"id": number, "title": title, "created_at": f"2025-{number:02}-01T16:00:00Z", "children": children}


def rows(home: Path, sql: str) -> list[tuple[Any, ...]]:
    return ask(home, sql).rows


KESTREL = (
    "Kestrel | LLM Inference Engineer | Berlin, Germany | ONSITE<p>You serve large language models with vLLM and "
    "TensorRT, write CUDA kernels, and tune batching, quantization and the KV cache for latency and throughput."
)


def test_every_month_is_read_and_dated_by_its_thread(market: MarketOf, materialize: Run, tmp_path: Path) -> None:
    at, home = market("2025-03-05"), tmp_path / "home"
    months = {
        "January 2025": [KESTREL],
        "February 2025": ["Merlin | Research Scientist | Remote (US)"],
        "March 2025": [],
    }
    months["March 2025"] = ["Merlin | Research Scientist | Remote (US)", KESTREL]
    add_threads(at, months)
    assert materialize(at.folder, home).success
    assert rows(home, "select board_id, outcome from fetches order by board_id") == [
        (f"hackernews/whoishiring/2025-0{n}/{n}", "read") for n in (1, 2, 3)
    ]
    found = "select company, first_seen_on::varchar, closed_on::varchar from postings order by first_seen_on, company"
    assert rows(home, found) == [
        ("Kestrel", "2025-01-03", "2025-02-01"),
        ("Merlin", "2025-02-03", "2025-03-01"),
        ("Kestrel", "2025-03-03", None),
        ("Merlin", "2025-03-03", None),
    ]
    # posted again in March, both are the jobs they were
    assert rows(home, "select company, first_seen_on::varchar, closed_on from jobs order by company") == [
        ("Kestrel", "2025-01-03", None),
        ("Merlin", "2025-02-03", None),
    ]
    by_month = "select base::varchar, track, count(*) from threads_in(scope_of('world')) group by all order by all"
    assert rows(home, by_month) == [
        ("2025-01-01", "inference_serving", 1),
        ("2025-02-01", "research", 1),
        ("2025-03-01", "inference_serving", 1),
        ("2025-03-01", "research", 1),
    ]
    research = "select month_on::varchar, postings, share from demand_by_month where track = 'research' order by 1"
    assert rows(home, research) == [("2025-01-01", 0, 0.0), ("2025-02-01", 1, 1.0), ("2025-03-01", 1, 0.5)]
    kept, reckoned = (told(home, "trend", "--of", "months", *days) for days in ((), ("--since", "2000-01-01")))
    assert kept == reckoned  # what is kept is what is reckoned where nothing is
    assert len(kept) == 18


def test_a_month_that_has_settled_is_not_asked_again(market: MarketOf, materialize: Run, tmp_path: Path) -> None:
    home = tmp_path / "home"
    for day in ("2025-04-05", "2025-04-12"):
        at = market(day)
        add_threads(at, {"January 2025": [KESTREL], "February 2025": [KESTREL], "March 2025": [KESTREL]})
        assert materialize(at.folder, home, through="postings").success
    asked = "select split_part(board_id, '/', 3) as month, count(*) from fetches group by 1 order by 1"
    assert rows(home, asked) == [("2025-01", 1), ("2025-02", 1), ("2025-03", 2)]


def test_a_search_that_fails_is_a_failure_of_the_board(market: MarketOf, materialize: Run, tmp_path: Path) -> None:
    at, home = market("2025-04-05"), tmp_path / "home"
    add_threads(at, {"January 2025": [KESTREL]}, status=500)
    at.board("Linnet", "linnet", [greenhouse_job(1)])
    assert materialize(at.folder, home, through="postings").success
    failed = "select board_id, outcome, error from fetches where board_id like 'hackernews/%'"
    ((board, outcome, error),) = rows(home, failed)
    assert (board, outcome) == ("hackernews/whoishiring", "failed")
    assert "500" in error


def test_authors_are_not_kept(market: MarketOf, materialize: Run, tmp_path: Path) -> None:
    from pipeline.fetching.snapshots import reread
    from pipeline.fetching.storage import Folder

    at, home = market("2025-03-05"), tmp_path / "home"
    add_threads(at, {"January 2025": [f"{KESTREL} Write to jane@kestrel.example.com."]})
    assert materialize(at.folder, home, through="postings").success
    ((snapshot,),) = rows(home, "select snapshot from fetches")
    kept = json.loads(reread(Folder(home), snapshot))
    assert "jane" not in json.dumps(kept)
    assert "[e-mail]" in rows(home, "select text from postings")[0][0]


def test_months_can_be_filled_in_by_a_backfill() -> None:
    loaded = defs.get_repository_def().asset_graph.get(dg.AssetKey("raw_hackernews"))
    assert isinstance(loaded.partitions_def, dg.MonthlyPartitionsDefinition)
    assert "2024-01-01" in loaded.partitions_def.get_partition_keys()
    assert loaded.backfill_policy == dg.BackfillPolicy.single_run()
