"""Dumps that somebody kept: months of postings at once, from files in three forms, by a mapping."""

import csv
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from conftest import Market, Run, greenhouse_job
from test_answers import rows as told
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.fetching.snapshots import reread
from pipeline.fetching.storage import Folder
from pipeline.sources.dump.mapping import Dump
from warehouse.store import ask

MarketOf = Callable[[str], Market]
SERVING = (
    "You serve large language models with vLLM and TensorRT, write CUDA kernels, and tune batching, quantization and the "
    "KV cache for latency and throughput."
)
RESEARCH = "You publish research on language models, pretrain new architectures and run ablations, with a PhD in machine learning."
NURSING = "You care for patients on our ward, keep their records, and work shifts with doctors."
COLUMNS = ("id", "title", "company", "description", "location", "url", "first_seen", "removed")
POSTINGS: list[tuple[Any, ...]] = [
    (1, "LLM Inference Engineer", "Kestrel", SERVING, "Berlin, Germany", "https://kestrel.example.com/1", "2025-01-03", "2025-02-10"),
    (2, "Research Scientist", "Merlin", RESEARCH, "Paris, France", None, "2025-02-03", "2025-02-03"),
    (3, "Nurse", "Wren", NURSING, "Berlin, Germany", None, "2025-03-31", None),
    (4, "Research Scientist", "MERLIN", f"{RESEARCH} You write.", "Rome, Italy", None, "2025-03-05", None),
    (5, "Research Scientist", "Merlin", f"{RESEARCH} You teach.", "Lyon, France", None, "2025-03-06", None),
]  # fmt: skip
FOUND = "select posting_id, company, first_seen_on::varchar, closed_on::varchar from postings order by first_seen_on"


def write(file: Path, postings: list[tuple[Any, ...]], columns: tuple[str, ...] = COLUMNS) -> None:
    """A file of postings in the form that its name says."""
    file.parent.mkdir(exist_ok=True)
    rows = [dict(zip(columns, posting, strict=True)) for posting in postings]
    lines = "".join(f"{json.dumps(row)}\n" for row in rows)
    if file.suffix == ".csv":
        with file.open("w", newline="", encoding="utf-8") as opened:
            table = csv.DictWriter(opened, columns)
            table.writeheader()
            table.writerows(rows)
    elif file.suffix == ".parquet":
        (staged := file.with_suffix(".json")).write_text(lines)
        with duckdb.connect() as connection:  # dates and numbers have their types there
            gone = "removed::date" if any(row["removed"] for row in rows) else "null"  # which is INTEGER in the file
            days = f"{gone} as removed, [location] as location, first_seen::timestamptz as first_seen"
            text = dict.fromkeys(columns, "varchar")
            read = f"read_json('{staged}', format = 'newline_delimited', columns = {text})"
            connection.execute(f"copy (select * replace ({days}) from {read}) to '{file}'")
        staged.unlink()
    else:
        file.write_text(lines)


def of_dump(market: MarketOf, folder: Path, day: str = "2025-06-02") -> Market:
    """A market of nothing but the dump."""
    at = market(day)
    at.list_board("Kept postings", "dump", str(folder))
    at.reply("https://dumps.example.com/", {})  # which dates the run
    return at


@pytest.mark.parametrize("form", ["parquet", "csv", "jsonl"])
def test_a_dump_gives_its_months_at_once(market: MarketOf, materialize: Run, tmp_path: Path, form: str) -> None:
    folder, home = tmp_path / "kept", tmp_path / "home"
    write(folder / f"a.{form}", POSTINGS[:2])
    write(folder / f"b.{form}", POSTINGS[2:])
    assert materialize(of_dump(market, folder).folder, home).success
    board = f"dump/{str(folder).casefold()}"
    # the nurse is of no track, and not kept; what was never gone stood to the last day of the dump, the nurse's
    assert ask(home, FOUND).rows == [
        (f"{board}/2025-01/1", "Kestrel", "2025-01-03", "2025-02-10"),
        (f"{board}/2025-02/2", "Merlin", "2025-02-03", "2025-02-04"),
        (f"{board}/2025-03/4", "Merlin", "2025-03-05", "2025-04-01"),
        (f"{board}/2025-03/5", "Merlin", "2025-03-06", "2025-04-01"),
    ]
    place = "select city from posting_places where posting_id like '%/1'"
    assert ask(home, place).rows == [("Berlin",)]
    months = {(row["month_on"], row["track"]): row["postings"] for row in told(home, "trend", "--of", "months")}
    assert {day for day, _ in months} == {"2025-01-01", "2025-02-01", "2025-03-01"}
    assert [found for found, number in months.items() if number] == [
        ("2025-01-01", "inference_serving"),
        ("2025-02-01", "research"),
        ("2025-03-01", "research"),
    ]


def test_what_has_not_changed_is_not_read_again(market: MarketOf, materialize: Run, tmp_path: Path) -> None:
    folder, home = tmp_path / "kept", tmp_path / "home"
    write(folder / "a.csv", POSTINGS)
    for day in ("2025-06-02", "2025-06-03"):
        assert materialize(of_dump(market, folder, day).folder, home, through="postings").success
    write(folder / "b.csv", [(9, "Research Scientist", "Merlin", RESEARCH, None, None, "2025-05-05", None)])
    assert materialize(of_dump(market, folder, "2025-06-04").folder, home, through="postings").success
    visits = "select split_part(board_id, '/', -1), day(fetched_at), outcome, postings from fetches order by all"
    assert ask(home, visits).rows == [
        ("2025-01", 2, "read", 1),
        ("2025-01", 4, "read", 1),  # its dump tells of later days now
        ("2025-02", 2, "read", 1),
        ("2025-02", 4, "read", 1),
        ("2025-03", 2, "read", 2),
        ("2025-03", 4, "read", 2),
        ("2025-05", 4, "read", 1),
    ]
    ends = "select closed_on::varchar from postings order by first_seen_on"
    assert ask(home, ends).rows == [("2025-02-10",), ("2025-02-04",), ("2025-05-06",), ("2025-05-06",), ("2025-05-06",)]


def test_a_day_to_come_is_not_believed(market: MarketOf, materialize: Run, tmp_path: Path) -> None:
    folder, home = tmp_path / "kept", tmp_path / "home"
    write(folder / "a.csv", [*POSTINGS, (6, "Nurse", "Wren", NURSING, None, None, "2025-03-04", "2099-12-31")])
    assert materialize(of_dump(market, folder).folder, home, through="postings").success
    assert ask(home, "select closed_on::varchar from postings where company = 'Merlin' order by 1").rows[-1] == (
        "2025-04-01",
    )


def test_a_date_that_cannot_be_read_is_a_reject(market: MarketOf, materialize: Run, tmp_path: Path) -> None:
    folder, home = tmp_path / "kept", tmp_path / "home"
    bad = (7, "Research Scientist", "Merlin", RESEARCH, None, None, "spring", None)
    write(folder / "a.csv", [*POSTINGS, bad, (8, *bad[1:-2], "2025-01-09", "soon"), (9, *bad[1:-2], None, None)])
    assert materialize(of_dump(market, folder).folder, home, through="postings").success
    rejects = "select split_part(board_id, '/', -1), native_id, reason from rejects order by native_id"
    assert ask(home, rejects).rows == [
        ("undated", "7", "unreadable posting: ValueError: its first_seen 'spring' is no date"),
        ("2025-01", "8", "unreadable posting: ValueError: its removed 'soon' is no date"),
        ("undated", "9", "unreadable posting: ValueError: it does not say when it was first seen"),
    ]
    assert ask(home, "select count(*) from postings").rows == [(4,)]


def test_a_job_that_is_on_a_board_too_is_counted_once(market: MarketOf, materialize: Run, tmp_path: Path) -> None:
    folder, home = tmp_path / "kept", tmp_path / "home"
    write(
        folder / "a.csv",
        [(1, "LLM Inference Engineer", "KESTREL", SERVING, "Berlin, Germany", None, "2025-05-03", None)],
    )
    at = of_dump(market, folder)
    at.board("Kestrel", "kestrel", [greenhouse_job(7, "LLM Inference Engineer", content=SERVING)])
    assert materialize(at.folder, home, through="skills").success
    assert ask(home, "select source, company from postings order by source").rows == [
        ("dump", "Kestrel"),
        ("greenhouse", "Kestrel"),
    ]
    assert ask(home, "select source, first_seen_on::varchar from jobs").rows == [("greenhouse", "2025-05-03")]


def test_an_id_that_begins_with_a_hash_is_no_comment(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", [("1042", *POSTINGS[0][1:]), ("#1043", *POSTINGS[1][1:]), ("1044", *POSTINGS[2][1:])])
    (rows,) = Dump(tmp_path, {"id": "id", "title": "title"}).rows(1_000_000)
    assert [row["id"] for row in rows] == ["1042", "#1043", "1044"]


def test_what_names_people_is_masked_before_it_is_kept(market: MarketOf, materialize: Run, tmp_path: Path) -> None:
    folder, home = tmp_path / "kept", tmp_path / "home"
    write(folder / "a.csv", [(*POSTINGS[0][:3], f"{SERVING} Write to jane@kestrel.example.com.", *POSTINGS[0][4:])])
    assert materialize(of_dump(market, folder).folder, home, through="postings").success
    ((snapshot,),) = ask(home, "select snapshot from fetches").rows
    assert b"jane" not in reread(Folder(home), snapshot)
    assert "[e-mail]" in ask(home, "select text from postings").rows[0][0]


def test_a_file_on_the_web_is_asked_for(market: MarketOf, materialize: Run, tmp_path: Path) -> None:
    folder, home, address = tmp_path / "kept", tmp_path / "home", "https://dumps.example.com/2025/postings.csv"
    write(tmp_path / "offered" / "postings.csv", POSTINGS)
    folder.mkdir()
    mapping = Path("pipeline/sources/dump/mapping.toml").read_text()
    (folder / "mapping.toml").write_text(f'{mapping}\naddress = "{address}"\n')
    at = of_dump(market, folder)
    at.reply(address, (tmp_path / "offered" / "postings.csv").read_bytes())
    assert materialize(at.folder, home, through="duplicates").success
    assert [row[1] for row in ask(home, FOUND).rows] == ["Kestrel", *["Merlin"] * 3]
    gone = of_dump(market, folder, "2025-06-03")
    gone.reply(address, {}, 404)
    gone.board("Kestrel", "kestrel", [greenhouse_job(7)])
    assert materialize(gone.folder, home, through="postings").success
    ((outcome, error),) = ask(
        home, "select outcome, error from fetches where board_id not like '%/2025-0_' and error is not null"
    ).rows
    assert outcome == "failed"
    assert "404" in error


NEEDED = 'id = "id"\ntitle = "title"\ncompany = "company"\ntext = "description"\nfirst_seen = "first_seen"\n'


@pytest.mark.parametrize(
    ("mapping", "file", "said"),
    [
        ("id = ", "a.csv", "mapping.toml cannot be read as TOML"),
        ('id = "id"\n', "a.csv", "does not say which column is title, company, text, first_seen"),
        (f'{NEEDED}salary = "x"\n', "a.csv", "says what 'salary' is called; it takes id, title"),
        (f"{NEEDED}url = 3\n", "a.csv", "url must be the name of a column in quotes, not 3"),
        (f'{NEEDED}url = "link"\n', "a.csv", "has no column 'link', which mapping.toml names as url; it has id, title"),
        (f'{NEEDED}url = "link"\n', "a.jsonl", "has no column 'link', which mapping.toml names as url; it has id, title"),
        (f'{NEEDED}address = "https://dumps.example.com/"\n', "a.csv", "address must be that of a file of .parquet"),
        (NEEDED, "a.xlsx", "there is no file of postings in"),
        (None, None, "there is no folder"),
        (None, "kept", "must be written whole"),
    ],
)  # fmt: skip
def test_a_mistake_is_said_and_nothing_is_begun(
    tmp_path: Path, mapping: str | None, file: str | None, said: str
) -> None:
    folder = tmp_path / "kept" if mapping or not file else Path(file)
    if mapping is not None and file is not None:
        write(folder / file, POSTINGS)
        (folder / "mapping.toml").write_text(mapping)
    assert said in refused(tmp_path, folder)


def test_a_column_that_comes_late_in_a_file_is_read(tmp_path: Path) -> None:
    early = [{"id": at, "first_seen": "2025-01-03"} for at in range(20_480)]  # as many as DuckDB samples
    late = {"id": 20_480, "first_seen": "2025-01-03", "removed": "2025-02-03"}
    (tmp_path / "a.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in (*early, late)))
    rows = Dump(tmp_path, {"id": "id", "removed": "removed"}).rows(1_000_000)
    assert [row for batch in rows for row in batch if row["removed"]] == [{"id": "20480", "removed": "2025-02-03"}]


def test_a_file_that_is_not_what_its_name_says_is_refused(tmp_path: Path) -> None:
    (folder := tmp_path / "kept").mkdir()
    (folder / "a.parquet").write_bytes(b"<html>not found</html>" * 20)
    assert "a.parquet" in refused(tmp_path, folder)
    write(folder / "b.csv", POSTINGS)
    assert "has .csv and .parquet files" in refused(tmp_path, folder)


def refused(tmp_path: Path, folder: Path) -> str:
    """What a run over the dump says, which ends with 2 and leaves nothing."""
    (registry := tmp_path / "boards.csv").write_text(f"company,source,token\nKept postings,dump,{folder}\n")
    home = tmp_path / "home"
    done = CliRunner(env={**os.environ, "COLUMNS": "500"}).invoke(
        app, ["run", "--boards", str(registry), "--home", str(home)]
    )
    assert done.exit_code == 2, done.output
    said = done.stderr.splitlines()[-1]
    assert said.startswith("trackmix: ")
    assert not home.exists()
    return said
