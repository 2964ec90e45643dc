"""A day costs what changed: what a run leaves as it was is what it would have made anew."""

import json
import shutil
from pathlib import Path

import pytest
from conftest import SAMPLE, Run, made_once

from reports.site.made_from import FILE, Earlier
from reports.site.write import page_of
from warehouse.store import ask, open_store

DERIVED = "select table_name from duckdb_tables() where table_name not in ('fetches', 'made_from') order by 1"
WEEK_ON, NEXT_DAY = "Mon, 30 Nov 2026 05:10:00 GMT", "Tue, 24 Nov 2026 05:10:00 GMT"


def dated(folder: Path, day: str) -> Path:
    """The last day of the sample market again, on another day."""
    shutil.copytree(max(SAMPLE.iterdir()), folder)
    lines = [json.loads(line) for line in (folder / "index.jsonl").read_text().splitlines()]
    for line in lines:
        line["headers"] = {"date": day, "content-type": "application/json"}
    (folder / "index.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return folder


def changed_day(folder: Path) -> Path:
    """The last day of the sample market a week on: of its largest board a job is gone, one is new, and one is another."""
    dated(folder, WEEK_ON)
    board = max((folder / "greenhouse").iterdir(), key=lambda file: file.stat().st_size)
    answer = json.loads(board.read_text())
    _, second, third, *others = answer["jobs"]
    new = {**third, "id": 1, "title": "Inference Engineer"}
    second["content"] += "You serve models with vLLM and write CUDA kernels."
    board.write_text(json.dumps({**answer, "jobs": [second, third, new, *others]}))
    return folder


@pytest.fixture(scope="session")
def third_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "third-day", lambda folder: changed_day(folder / "replies") and None) / "replies"


def content(home: Path) -> dict[str, list[tuple[object, ...]]]:
    """The rows of every table, in one order."""
    return {table: sorted(ask(home, f"from {table}").rows, key=repr) for (table,) in ask(home, DERIVED).rows}


def files(home: Path) -> dict[str, list[str]]:
    """The lines of every file of the site but databases and Parquet; those of a table in one order, for it has them as they were loaded."""
    site = page_of(home).parent
    left_out = (".duckdb", ".parquet", FILE)  # and what has the lengths of these
    found = [file for file in site.rglob("*") if file.is_file() and not file.name.endswith(left_out)]
    lines = {str(file.relative_to(site)): file.read_text().splitlines() for file in found}
    return {name: sorted(of) if name.endswith(".csv") else of for name, of in lines.items()}


def forget(home: Path) -> None:
    """Let the next run make everything that it could leave as it is."""
    with open_store(home) as store:
        store.ask(
            "delete from made_from; delete from read_companies; delete from duplicates; delete from company_lines"
        )
        store.ask("delete from posting_skills; delete from skill_readings; delete from estimates; delete from priors")
    shutil.rmtree(home / "reports", ignore_errors=True)


@pytest.mark.parametrize("day", ["unchanged", "changed", "next"])
def test_a_day_on_top_of_another_is_as_one_made_from_scratch(
    day: str, sample_home: Path, third_day: Path, materialize: Run, tmp_path: Path
) -> None:
    replies = third_day if day == "changed" else max(SAMPLE.iterdir())
    after, anew = tmp_path / "after", tmp_path / "anew"
    for home in (after, anew):
        shutil.copytree(sample_home, home)
    forget(anew)
    if day == "next":
        replies = dated(tmp_path / "replies", NEXT_DAY)
        next((page_of(after).parent / "companies").iterdir()).write_text("cut off")  # as by a power cut
    for home in (after, anew):
        assert materialize(replies, home, through="report").success
    assert content(after) == content(anew)
    assert files(after) == files(anew)
    if day == "changed":
        assert content(after) != content(sample_home)
    if day == "next":  # few figures of places and companies moved; the other pages are told the new day
        was, now = (Earlier.of(page_of(home).parent).before for home in (sample_home, after))
        moved = [path for path in now if now[path] != was[path]]
        assert 10 * len(moved) < len(now)
        assert "company_mix.csv" not in moved


def test_an_unchanged_day_compares_reads_and_writes_nothing(
    sample_home: Path, materialize: Run, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(sample_home, home)
    site = page_of(home).parent
    before = {file: file.stat().st_mtime_ns for file in site.rglob("*")}
    done = materialize(max(SAMPLE.iterdir()), home, through="report")
    said = {name: done.asset_materializations_for_node(name)[0].metadata for name in ("duplicates", "skills", "tables")}
    assert said["duplicates"]["companies compared"].value == 0
    assert said["skills"]["read"].value == 0
    assert said["tables"]["dagster/row_count"].value == 0
    assert {file: file.stat().st_mtime_ns for file in site.rglob("*")} == before


def test_a_page_that_is_gone_is_written_again(sample_home: Path, materialize: Run, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(sample_home, home)
    (page := page_of(home)).unlink()
    assert materialize(max(SAMPLE.iterdir()), home, through="report").success
    assert page.is_file()


def test_a_changed_day_compares_the_companies_that_changed(
    sample_home: Path, third_day: Path, materialize: Run, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(sample_home, home)
    done = materialize(third_day, home, through="skills")
    compared = done.asset_materializations_for_node("duplicates")[0].metadata["companies compared"].value
    assert compared == 1
