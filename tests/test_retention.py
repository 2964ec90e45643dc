"""Kept payloads may go after a while, but never one that is still needed."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from buckets import buckets, missing
from conftest import Market, Run, greenhouse_job

from pipeline.fetching.snapshots import keep, reread
from pipeline.fetching.storage import Folder, storage_of
from pipeline.posting import Board
from reports.site.write import thin_out
from warehouse.store import ask

MarketOf = Callable[[str], Market]
LATE = "2026-12-01"


def payloads(home: Path) -> list[str]:
    """The days of the payloads that are kept, board by board."""
    kept = sorted(map(Path, storage_of(home).before("9")), key=lambda file: (file.name, file.parent.name))
    return [f"{file.stem} {file.parent.name[:8]}" for file in kept]


@pytest.fixture(params=["home", "bucket"])
def kept_in(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Where the payloads of the test's homes are."""
    if request.param == "home":
        yield
    elif reason := missing():
        pytest.skip(reason)
    else:
        with buckets() as server:
            monkeypatch.setenv("TRACKMIX_PAYLOADS", server.bucket())
            yield


def day(market: MarketOf, on: str, titles: dict[int, str]) -> Path:
    """Two boards on a day: Kestrel's with these postings, and Merlin's, which never changes."""
    at = market(on)
    at.board("Kestrel", "kestrel", [greenhouse_job(number, title) for number, title in titles.items()])
    at.board("Merlin", "merlin", [greenhouse_job(9, "Evals Engineer")])
    return at.folder


def test_a_board_is_kept_however_long_its_address(tmp_path: Path) -> None:
    for token in ("careers.example.com/" + "very-long/" * 40, "careers.example.com/" + "very-long/" * 41):
        path = keep(
            Folder(tmp_path), Board("Kestrel", "jobposting_pages", token), datetime(2026, 10, 5), token.encode()
        )
        assert reread(Folder(tmp_path), path) == token.encode()
    assert len(payloads(tmp_path)) == 2


@pytest.mark.usefixtures("kept_in")
def test_old_payloads_go_but_for_the_last_of_each_board(
    market: MarketOf, materialize: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    for on, title in (("2026-10-05", "Inference Engineer"), ("2026-10-12", "ML Researcher")):
        assert materialize(day(market, on, {1: title}), home, through="postings").success
    assert payloads(home) == ["kestrel 20261005", "kestrel 20261012", "merlin 20261005"]
    last = market(LATE)  # Kestrel is down, and Merlin as it was
    last.board("Kestrel", "kestrel", b"down", 500)
    last.board("Merlin", "merlin", [greenhouse_job(9, "Evals Engineer")])
    run = materialize(last.folder, home, keep_days=30, through="postings")
    assert run.asset_materializations_for_node("postings")[0].metadata["payloads deleted"].value == 1
    assert payloads(home) == ["kestrel 20261012", "merlin 20261005"]
    # what is kept still answers: another reading rule reads it again
    for module in ("pipeline.stages.changes", "pipeline.assets.postings"):
        monkeypatch.setattr(f"{module}.READING", 10**6)
    assert materialize(last.folder, home, keep_days=0, through="postings").success
    rows = ask(home, "select title, reading, closed_on from postings order by title").rows
    assert rows[0] == ("Evals Engineer", 10**6, None)
    assert [row[0] for row in rows[1:]] == ["ML Researcher"]


@pytest.mark.usefixtures("kept_in")
def test_a_payload_that_is_not_loaded_yet_is_loaded_before_it_goes(
    market: MarketOf, materialize: Run, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    for on, titles in (
        ("2026-10-05", {1: "Inference Engineer", 2: "ML Researcher"}),
        ("2026-10-12", {1: "Inference Engineer"}),
    ):  # runs that end when every board has been fetched and none has been read
        assert materialize(day(market, on, titles), home, through="raw_greenhouse").success
    assert len(payloads(home)) == 3
    late = day(market, LATE, {1: "Inference Engineer", 3: "Data Engineer"})
    assert materialize(late, home, keep_days=30, through="postings").success
    assert payloads(home) == [f"kestrel {LATE.replace('-', '')}", "merlin 20261005"]
    seen = ask(home, "select title, first_seen_on::varchar, closed_on::varchar from postings order by all").rows
    assert seen == [
        ("Data Engineer", LATE, None),
        ("Evals Engineer", "2026-10-05", None),
        ("Inference Engineer", "2026-10-05", None),
        ("ML Researcher", "2026-10-05", "2026-10-12"),
    ]


def test_old_sites_go_but_for_the_newest(market: MarketOf, materialize: Run, tmp_path: Path) -> None:
    home, late = tmp_path / "home", day(market, LATE, {1: "MLE"})
    for on in ("2026-10-05", "2026-11-30"):
        (home / "reports" / on).mkdir(parents=True)
        (home / "reports" / on / "files.txt").write_text("index.html\n")
    mine = home / "reports" / "2026-10-01" / "not a site.txt"
    mine.parent.mkdir()
    mine.write_text("mine")

    def kept() -> list[str]:
        return sorted(site.parent.name for site in (home / "reports").glob("*/files.txt"))

    run = materialize(late, home, through="report", keep_days=30)
    assert run.asset_materializations_for_node("report")[0].metadata["sites deleted"].value == 1
    assert kept() == ["2026-11-30", LATE]
    assert thin_out(home, date(2027, 1, 2)) == 1
    assert kept() == [LATE]
    assert thin_out(home, date(2027, 1, 2)) == 0
    assert mine.is_file()


def test_of_each_of_the_last_weeks_the_newest_site_is_kept(tmp_path: Path) -> None:
    days = ("2026-10-05", "2026-10-11", "2026-10-12", "2026-10-26", "2026-10-27", "2026-12-31", "2027-01-01")
    for day in days:  # the last two are of one week
        (tmp_path / "reports" / day).mkdir(parents=True)
        (tmp_path / "reports" / day / "files.txt").write_text("index.html\n")
    assert thin_out(tmp_path, date(2026, 10, 1), weeks=3) == 4
    assert sorted(site.name for site in (tmp_path / "reports").iterdir()) == ["2026-10-12", "2026-10-27", "2027-01-01"]
    assert thin_out(tmp_path, date(2026, 12, 1), weeks=3) == 2
