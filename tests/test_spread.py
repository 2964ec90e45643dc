"""Work that is spread over processes: the same results in the same order, and nobody is left behind."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import sleep

import pytest
from conftest import ROOT, Market, Run, greenhouse_job

from pipeline.stages import processes
from pipeline.stages.processes import ProcessError, Processes
from warehouse.store import ask

BASE = ("postings", "posting_places", "posting_pay", "labels", "skill_readings", "posting_skills")
ENDLESS = """
import time
from pipeline.stages import processes
processes.MOST_ALONE, processes.cores = 0, lambda: 2
with processes.Processes() as spread:
    for _ in spread.map(time.sleep, [0] + [600] * 5):
        print("begun", flush=True)
"""


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other processes are started for any work, however many cores there are."""
    monkeypatch.setattr(processes, "MOST_ALONE", 0.0)
    monkeypatch.setattr(processes, "cores", lambda: 2)


def test_results_come_in_order_and_from_other_processes(at_once: None) -> None:
    with Processes() as spread:
        assert list(spread.map(abs, range(-50, 0))) == list(range(50, 0, -1))
        assert os.getpid() not in set(spread.map(eval, ["__import__('os').getpid()"] * 8))


def test_little_work_starts_none() -> None:
    with Processes() as spread:
        assert set(spread.map(eval, ["__import__('os').getpid()"] * 8)) == {os.getpid()}


def test_an_error_is_raised_here(at_once: None) -> None:
    with Processes() as spread, pytest.raises(ValueError, match="invalid literal for int"):
        list(spread.map(int, ["1", "two", "3"]))


def test_a_process_that_ends_is_told(at_once: None) -> None:
    with Processes() as spread, pytest.raises(ProcessError, match="ended with 9"):
        list(spread.map(os._exit, [9] * 8))


def test_all_work_of_a_run_is_done_by_the_same_processes(at_once: None) -> None:
    with Processes() as spread:
        first, second = (set(spread.map(eval, ["__import__('os').getpid()"] * 8)) for _ in range(2))
        assert len(first | second) == 2
        assert all(map(lives, first | second))
        spread.end()
        assert not any(map(lives, first | second))
        assert list(spread.map(abs, range(-9, 0))) == list(range(9, 0, -1))
    assert not any(map(lives, first | second))


def test_what_a_stage_leaves_undone_is_done_by_nobody(at_once: None, tmp_path: Path) -> None:
    """Neither is waited for, nor taken for an answer to what is asked next."""
    undone = [f"__import__('pathlib').Path({str(tmp_path)!r}, '{number}').touch()" for number in range(6)]
    with Processes() as spread:
        for _ in spread.map(
            eval, ["1", "2", "3", "__import__('time').sleep(0.2)", "__import__('time').sleep(0.2)", *undone]
        ):
            break
        assert list(spread.map(abs, range(-9, 0))) == list(range(9, 0, -1))
    assert len([*tmp_path.iterdir()]) < len(undone)


def test_none_outlives_a_run_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "run.py"  # a main module that no other process may import
    script.write_text(ENDLESS)
    run = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(ROOT)})
    assert run.stdout
    assert run.stdout.readline() == b"begun\n"
    tasks = Path(f"/proc/{run.pid}/task").glob("*/children")
    started = [int(number) for file in tasks for number in file.read_text().split()]
    assert len(started) == 2
    run.kill()
    run.communicate()
    while any(map(lives, started)):  # as long as the test may take
        sleep(0.01)


def test_a_run_that_is_spread_loads_the_same(
    market: Callable[[str], Market], materialize: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = market("2026-10-05")
    for number in range(12):
        jobs = [greenhouse_job(100 * number + at, f"Engineer {at}, Inference") for at in range(5)]
        day.board(f"Kestrel {number}", f"kestrel{number}", [*jobs, greenhouse_job(100 * number + 7, title=None)])
    day.board("Merlin", "merlin", b"no board at all")
    loaded, started = [], list[processes._Process]()
    begin = processes._Process.__init__
    monkeypatch.setattr(processes._Process, "__init__", lambda one: (started.append(one), begin(one))[1])
    for most_alone in (60.0, 0.0):
        monkeypatch.setattr(processes, "MOST_ALONE", most_alone)
        monkeypatch.setattr(processes, "cores", lambda: 2)
        home = tmp_path / str(most_alone)
        materialize(day.folder, home)
        loaded.append([ask(home, f"from {table} order by all").rows for table in BASE])
    alone, spread = loaded
    assert alone == spread
    assert len(started) == 2  # for reading, labels and skills together
    assert not any(lives(one._running.pid) for one in started)
    assert len(alone[0]) == 60


def lives(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
