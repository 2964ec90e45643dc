"""Homes that are damaged, or of an earlier version: rebuilt, or refused in a sentence, and nothing is lost."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT

from faults.case import proving
from faults.runs import days, fresh, homes, second_day, start, trackmix
from faults.tables import on_disk
from faults.undisturbed import PUBLISHED, SAME, WORK, case, is_whole, reads_old_or_new, second
from pipeline.fetching import snapshots
from pipeline.fetching.storage import Folder
from warehouse import store
from warehouse.store import ask, open_store, publish


def cut_short(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def overwritten(file: Path) -> None:
    file.write_bytes(b"no warehouse at all\n" * 1000)


def flipped(at: float, file: Path) -> None:
    """One place of a file, so far from its beginning, has other bytes."""
    with file.open("r+b") as opened:
        opened.seek(int(file.stat().st_size * at))
        was = opened.read(64)
        opened.seek(-len(was), os.SEEK_CUR)
        opened.write(bytes(byte ^ 0xFF for byte in was))


def gone(file: Path) -> None:
    file.unlink()


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def damaged_work(damage: Callable[[Path], None], folder: Path) -> None:
    """The next run makes the same tables, or refuses in a sentence after whose advice it does; readers notice nothing."""
    home = fresh(folder)
    damage(home / WORK)
    done = second_day(home)
    if done.status:
        assert done.is_plain(), done.err
        reads_old_or_new(home)
        shutil.rmtree(home / "work")
        second(home)
    is_whole(home)


def lost_work_keeps_history(folder: Path) -> None:
    home = Path(shutil.copytree(homes()[1], folder / "home"))
    shutil.rmtree(home / "work")
    with open_store(home) as opened:
        assert opened.ask("select count(*) from postings").rows == ask(home, "select count(*) from postings").rows
    publish(home)
    is_whole(home)


def lost_work_leaves_its_log(folder: Path) -> None:
    home = fresh(folder)
    (home / WORK).unlink()
    (home / f"{WORK}.wal").write_bytes(b"of a file that is gone")
    is_whole(second(home))


def damaged_log(folder: Path) -> None:
    home = fresh(folder)
    (home / f"{WORK}.wal").write_bytes(b"garbage" * 100)
    done = second_day(home)
    assert done.status == 0 or done.is_plain(), done.err
    (home / WORK).unlink(missing_ok=True)
    is_whole(second(home))


def damaged_published(damage: Callable[[Path], None], folder: Path) -> None:
    """Readers are told what to do in a sentence, and the next run mends it."""
    home = fresh(folder)
    damage(home / PUBLISHED)
    for words in (["area", "Berlin"], ["sql", "from postings"], ["tables"], ["site", "--out", str(folder / "site")]):
        done = trackmix(*words, "--home", home)
        assert (done.status, done.is_plain()) == (1, True), done.err
    is_whole(second(home))


def both_lost(folder: Path) -> None:
    home = fresh(folder)
    (home / WORK).unlink()
    overwritten(home / PUBLISHED)
    before = on_disk(home)
    done = second_day(home)
    assert (done.status, done.is_plain()) == (2, True), done.err
    assert "put back a copy" in done.said
    assert on_disk(home) == before


def damaged_payload(damage: Callable[[Path], None], folder: Path) -> None:
    """A run is killed before it loads, and one of its payloads is lost: that board alone fails, and heals."""
    home = fresh(folder)
    start(["run", "--replay", str(days()[1]), "--home", str(home)]).end(at="reading what the boards answered")
    [payload] = (home / "snapshots").glob("greenhouse/20261012*/kestrel.zst")
    damage(payload)
    boards = (
        "select board_id, outcome from fetches where outcome <> 'skipped' and fetched_at > '2026-10-06' order by rowid"
    )
    second(home)
    failed = {board for board, outcome in ask(home, boards).rows if outcome == "failed"}
    assert failed <= {"greenhouse/kestrel"}
    is_whole(second(home))


def lost_payload_of_an_unchanged_board(folder: Path) -> None:
    home = fresh(folder)
    for payload in (home / "snapshots").rglob("merlin.zst"):
        payload.unlink()
    second(home)
    kept = ask(
        home, "select snapshot from fetches where board_id = 'greenhouse/merlin' order by fetched_at desc, rowid desc"
    ).rows
    assert (home / kept[0][0]).is_file()
    is_whole(home)


def all_payloads_lost(folder: Path) -> None:
    home = fresh(folder)
    shutil.rmtree(home / "snapshots")
    is_whole(second(home))


def payload_is_on_disk_before_its_row(folder: Path) -> None:
    """In the order of the calls: every payload is flushed, then the rows that name it are written."""
    order: list[str] = []
    flush, append = os.fsync, store.Store.append

    def flushed(descriptor: int) -> None:
        order.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)
        flush(descriptor)

    def appended(self: store.Store, table: str, rows: list[dict[str, object]]) -> None:
        order.append(table)
        append(self, table, rows)

    home = fresh(folder)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "fsync", flushed)
        patched.setattr(store.Store, "append", appended)
        from pipeline.assets.raw import kept
        from pipeline.posting import Board
        from pipeline.resources import StoreResource

        board = Board("Kestrel", "greenhouse", "kestrel")
        when = snapshots.datetime(2026, 10, 20)
        path = snapshots.keep(Folder(home), board, when, b"{}")
        row = {"run_id": "r", "board_id": board.board_id, "fetched_at": when, "outcome": "fetched", "snapshot": path}
        kept(StoreResource(home=str(home)), [row])
    assert order == ["kestrel.zst", "20261020T000000Z", "fetches"]


def damaged_model(damage: Callable[[Path], None], folder: Path) -> None:
    home = fresh(folder)
    shutil.copy(ROOT / "classifiers" / "model.npz", home / "model.npz")
    damage(home / "model.npz")
    before = on_disk(home)
    for words in (
        ["run", "--replay", str(days()[1])],
        ["label", "--in", os.devnull],
        ["explain", str(days()[1] / "boards.csv")],
    ):
        done = trackmix(*words, "--home", home)
        assert (done.status, done.is_plain()) == (2, True), done.err
        assert "trackmix train" in done.said
    assert on_disk(home) == before


def left_behind(folder: Path) -> None:
    """What killed processes left half written is met by nobody."""
    home = fresh(folder)
    [run] = (home / "snapshots" / "greenhouse").iterdir()
    for name in (
        "warehouse.partial",
        "model.partial.npz",
        "boards.csv.17.new",
        "work/warehouse.partial",
        ".labels.17.part",
    ):
        (home / name).write_bytes(b"half")
    (run / "kestrel.zst.part").write_bytes(b"half")
    is_whole(second(home))


def site_in_the_way(folder: Path) -> None:
    home = fresh(folder)
    shutil.rmtree(home / "reports")
    (home / "reports").write_text("a file where the sites go\n")
    done = second_day(home)
    assert (done.status, done.is_plain()) == (1, True), done.err
    assert "its answers are published, its site is not whole" in done.said
    is_whole(home)


def list_that_names_others(folder: Path) -> None:
    home, outside = fresh(folder), folder / "outside"
    outside.write_text("mine")
    [site] = (home / "reports").iterdir()
    (site / "files.txt").write_text(f"../../../outside\n{outside}\nindex.html\n")
    assert trackmix("site", "--out", site, "--home", home).status == 0
    assert outside.read_text() == "mine"


def work_is_a_file(folder: Path) -> None:
    home = fresh(folder)
    shutil.rmtree(home / "work")
    (home / "work").write_text("")
    done = second_day(home)
    assert (done.status, done.is_plain()) == (2, True), done.err
    reads_old_or_new(home)


# earlier versions


def earlier_layouts() -> list[str]:
    """Every form that the base tables have had, oldest first, as the repository remembers them."""

    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    try:
        commits = git("log", "--reverse", "--format=%H", "--", "warehouse/schema.sql").split()
        return list(dict.fromkeys(git("show", f"{commit}:warehouse/schema.sql") for commit in commits))
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no history of the repository here, and no version is tagged")


def columns(home: Path) -> set[tuple[object, ...]]:
    """Every column of the run's own file with its type."""
    with open_store(home) as opened:
        return {*opened.ask("select table_name, column_name, data_type from duckdb_columns() where not internal").rows}


def upgrade_from_every_layout(folder: Path) -> None:
    layouts, present = earlier_layouts(), columns(folder / "present")
    lacking = {}
    for number, layout in enumerate(layouts):
        home = folder / str(number)
        (home / "work").mkdir(parents=True)
        with duckdb.connect(str(home / WORK)) as old:
            for statement in layout.split(";\n"):
                with suppress(duckdb.Error):  # a view of that time may lean on a macro that stood elsewhere
                    old.execute(statement)
            old.execute("insert into postings (posting_id, first_seen_on) values ('old', date '2026-01-01')")
        lacking[number] = present - columns(home)
        with open_store(home) as opened:
            assert opened.ask("select posting_id from postings").rows == [("old",)]
            opened.build()
    assert len(layouts) > 1
    assert not any(lacking.values()), lacking


def upgrade_from_gzip(folder: Path) -> None:
    """Payloads of before 0.2 are read as they were kept."""
    import gzip

    (folder / "snapshots").mkdir()
    (folder / "snapshots" / "old.json.gz").write_bytes(gzip.compress(b"[]"))
    assert snapshots.reread(Folder(folder), "snapshots/old.json.gz") == b"[]"


DAMAGES: dict[str, Callable[[Path], None]] = {
    "gone": gone,
    "emptied": emptied,
    "cut short": cut_short,
    "overwritten": overwritten,
    "a folder": a_folder,
}
CASES = [
    *(case(f"work file: {name}", f"the run's own file is {name}", "rebuilt or refused in a sentence; " + SAME,
           partial(damaged_work, damage)) for name, damage in DAMAGES.items()),
    *(case(f"work file: bytes at {at:.0%}", "64 bytes are turned", "the same, or refused in a sentence",
           partial(damaged_work, partial(flipped, at))) for at in (0.0, 0.2, 0.4, 0.6, 0.8)),
    case("work folder lost", "deleted", "rebuilt from what is published; the history stays", lost_work_keeps_history),
    case("work file lost, log left", "deleted but for its log", SAME, lost_work_leaves_its_log),
    case("work file's log damaged", "garbage", "as a damaged file", damaged_log),
    case("work is a file", "a file in the folder's place", "one sentence", work_is_a_file),
    *(case(f"published file: {name}", f"the published file is {name}", "readers get one sentence; the next run mends it",
           partial(damaged_published, damage)) for name, damage in DAMAGES.items() if name != "a folder"),
    case("work lost and published damaged", "both", "refused in a sentence, nothing changed", both_lost),
    *(case(f"payload: {name}", f"a payload that is not loaded yet is {name}", "its board alone fails, and is asked anew",
           partial(damaged_payload, damage)) for name, damage in DAMAGES.items() if name != "a folder"),
    case("payload of an unchanged board lost", "deleted", "asked for whole again", lost_payload_of_an_unchanged_board),
    case("all payloads lost", "deleted", SAME, all_payloads_lost),
    case("payload before row", "a board is kept", "the disk holds the payload before a row names it", payload_is_on_disk_before_its_row),
    *(case(f"model: {name}", f"the home's own model is {name}", "one sentence, nothing changed", partial(damaged_model, damage))
      for name, damage in DAMAGES.items() if name not in ("gone", "a folder")),
    case("partial files", "of killed processes", "met by nobody", left_behind),
    case("reports is a file", "the site cannot be written", "the answers are published; one sentence says so", site_in_the_way),
    case("a site's list names others", "files outside the site", "they stay", list_that_names_others),
    case("upgrade from every earlier layout", "base tables as each earlier commit declared them", "their rows stay, and this version builds on them",
         upgrade_from_every_layout),
    case("upgrade from gzip", "a payload of before 0.2", "it is read", upgrade_from_gzip, long=False),
]  # fmt: skip

test_holds = proving(CASES, seconds=600)
