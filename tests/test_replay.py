"""A folder of replies answers as the rule says, and says what is wrong with it; the real one is read completely."""

import asyncio
import csv
import json
import random
import re
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import httpx
import pytest
from agreement import agrees, agrees_with_the_answer, sums_and_minimum, with_figures
from conftest import SHARED, Run, needs_shared
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.fetching.replay import Replay, ReplayError
from reports.site.market import Market
from warehouse.store import ask as ask_warehouse

ROWS = [
    {"url": "https://api.example.com/v0/acme%20co", "status": 200, "headers": {"etag": '"7"'}, "file": "plain"},
    {"url": "https://api.example.com/v0/acme%20co?page=2", "status": 200, "headers": {}, "file": "second"},
    {"url": "https://api.example.com/broken", "status": 503, "headers": {"content-encoding": "gzip"}, "file": "plain"},
    {"url": "https://api.example.com/lost", "status": 200, "headers": {}, "file": "nowhere"},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "index.jsonl").write_text("\n".join(map(json.dumps, ROWS)))
    (tmp_path / "plain").write_bytes(b"first page")
    (tmp_path / "second").write_bytes(b"second page")
    return tmp_path


def ask(folder: Path, url: str, **headers: str) -> httpx.Response:
    async def fetch() -> httpx.Response:
        async with httpx.AsyncClient(transport=Replay(folder)) as client:
            return await client.get(url, headers=headers)

    return asyncio.run(fetch())


@pytest.mark.parametrize(
    ("url", "status", "body"),
    [
        ("https://api.example.com/v0/acme%20co", 200, b"first page"),
        ("https://api.example.com/v0/acme co?mode=json", 200, b"first page"),
        ("https://api.example.com/v0/acme%20co?mode=json&page=2", 200, b"second page"),
        ("https://api.example.com/v0/acme%20co?page=3", 200, b"first page"),
        ("https://api.example.com/broken", 503, b"first page"),
        ("https://api.example.com/v0/other", 404, b""),
        ("https://elsewhere.example.com/v0/acme%20co", 404, b""),
    ],
)
def test_a_request_finds_its_line(folder: Path, url: str, status: int, body: bytes) -> None:
    response = ask(folder, url)
    assert (response.status_code, response.content) == (status, body)


def test_a_known_etag_is_answered_without_a_body(folder: Path) -> None:
    response = ask(folder, "https://api.example.com/v0/acme%20co", **{"If-None-Match": '"7"'})
    assert (response.status_code, response.content) == (304, b"")


def test_a_line_whose_file_is_gone_is_named(folder: Path) -> None:
    with pytest.raises(ReplayError, match="nowhere"):
        ask(folder, "https://api.example.com/lost")


def test_a_folder_without_an_index_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReplayError, match=r"has no index\.jsonl"):
        Replay(tmp_path)


def test_a_line_that_is_no_reply_is_named(tmp_path: Path) -> None:
    (tmp_path / "index.jsonl").write_text('{"status": 200}\n')
    with pytest.raises(ReplayError, match="line 1"):
        Replay(tmp_path)


REAL = SHARED / "replies"
SOURCE_OF = {"boards-api.greenhouse.io": "greenhouse", "api.lever.co": "lever", "api.ashbyhq.com": "ashby"}


def held() -> tuple[Counter[str], dict[str, set[str]], int]:
    """What the captures hold, counted from the files alone.

    The postings of each board by its id, the comments with words on each thread, and how many pages have a JobPosting.
    """
    boards: Counter[str] = Counter()
    threads: dict[str, set[str]] = {}
    pages = 0
    for text in (REAL / "index.jsonl").read_text("utf-8").splitlines():
        line = json.loads(text)
        url, body = urlsplit(line["url"]), (REAL / line["file"]).read_bytes()
        if line["status"] != 200:
            continue
        if url.hostname in SOURCE_OF:
            found = json.loads(body)
            jobs: list[Any] = found if isinstance(found, list) else found["jobs"]
            token = unquote(url.path).removesuffix("/jobs").rpartition("/")[2].casefold()
            listed = {job["id"] for job in jobs if job.get("isListed") is not False}
            boards[f"{SOURCE_OF[url.hostname]}/{token}"] = len(listed)
        elif "/items/" in url.path:
            comments = json.loads(body)["children"]
            threads[url.path.rpartition("/")[2]] = {str(c["id"]) for c in comments if (c["text"] or "").strip()}
        elif b"JobPosting" in body:
            pages += 1
    return boards, threads, pages


def run_replay(home: Path) -> tuple[dict[str, int], str]:
    """The figures of a run's summary by their words, and all that it printed."""
    done = CliRunner().invoke(app, ["run", "--replay", str(REAL), "--home", str(home)])
    assert done.exit_code == 0, done.output
    summary = "\n".join(re.findall(r"^(?:boards|postings) .*$", done.stdout, re.MULTILINE))
    figures = {word: int(figure.replace(",", "")) for figure, word in re.findall(r"(\d[\d,]*) (\w+)", summary)}
    return figures, done.stdout


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int], str]:
    """The home of the real market after one run, and what that said."""
    home = tmp_path_factory.mktemp("real")
    return home, *run_replay(home)


@needs_shared
def test_pages_of_the_real_market_agree_with_sql(real: tuple[Path, dict[str, int], str]) -> None:
    home, _, printed = real
    (start,) = re.findall(r"^site +(.+)$", printed, re.MULTILINE)
    site, shown = Path(start).parent, Market(home)
    pages = [one for one in with_figures(shown) if one.kind != "metro"]
    for subject in [shown.world, *random.SystemRandom().sample(pages, 5)]:
        agrees(home, site, subject)
        agrees_with_the_answer(home, site, subject)
    sums_and_minimum(site, shown)


@needs_shared
def test_the_real_boards_threads_and_pages_are_read_completely(
    real: tuple[Path, dict[str, int], str], materialize: Run
) -> None:
    home, figures, printed = real
    boards, threads, pages = held()
    with (REAL / "boards.csv").open(newline="", encoding="utf-8") as file:
        listed = Counter(row["source"] for row in csv.DictReader(file))
    assert (listed.total(), len(threads), pages) == (963, 24, 40)

    def counted(question: str) -> dict[str, Any]:
        return {row[0]: row[1] for row in ask_warehouse(home, question).rows}

    assert counted(
        "select board_id, count(*) from postings where source in ('greenhouse', 'lever', 'ashby') group by all"
    ) == {board_id: postings for board_id, postings in boards.items() if postings}
    assert counted("select source, count(*) from postings where source = 'jobposting_pages' group by all") == {
        "jobposting_pages": pages
    }
    told = counted(
        """select split_part(board_id, '/', 4), list(distinct split_part(split_part(native_id, '/', -1), '-', 1))
        from (select board_id, posting_id as native_id from postings union all select board_id, native_id from rejects)
        where board_id like 'hackernews/%' group by all"""
    )
    assert {thread: set(comments) for thread, comments in told.items()} == threads

    of_threads = ask_warehouse(home, "select count(*) from postings where source = 'hackernews'").rows[0][0]
    rejected = ask_warehouse(home, "select count(*) from rejects").rows[0][0]
    assert figures == {
        "read": len(boards) + len(threads) + 1,
        "unchanged": 0,
        "failed": 1,
        "skipped": 0,
        "new": boards.total() + of_threads + pages,
        "changed": 0,
        "closed": 0,
        "rejected": rejected,
    }
    assert len(boards) + 2 + 1 == 963  # the pages, the threads' account, and the one that is dead
    (failure,) = re.findall(r"^failed: .*$", printed, re.MULTILINE)
    assert "greenhouse/goneboard" in failure
    assert "404" in failure

    again = materialize(REAL, home, through="postings")  # the threads have settled, and are not asked again
    counts = ask_warehouse(home, "run/counts", {"run_id": again.run_id}).records()[0]
    nothing = dict.fromkeys(("new", "changed", "closed", "rejected", "skipped"), 0)
    assert {**counts, **nothing, "read": len(boards) + 1, "unchanged": len(boards) + 1, "failed": 1} == counts
