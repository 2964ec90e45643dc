"""Processes that are ended, crowded out or starved: nothing is lost, nothing is said wrongly."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path

import pytest
from conftest import ROOT

from faults.case import proving
from faults.runs import days, fresh, homes, second_day, start, trackmix
from faults.tables import differing, mix, on_disk, told
from faults.undisturbed import SAME, SITE, case, is_whole, reads_old_or_new, second, told_after
from warehouse.store import reading

KILLS, DRAWS = 10, 10
NOBODY = 65534


@cache
def seconds_of_a_run() -> float:
    """How long the second day's run takes here until it is published."""
    home = fresh(homes()[0].parent / "timed")
    begun = os.times().elapsed
    second(home)
    shutil.rmtree(home.parent)
    return os.times().elapsed - begun


# ended at any moment


def killed(draw: int, folder: Path, by: signal.Signals = signal.SIGKILL, moments: int = KILLS) -> None:
    drawn = random.Random(draw)
    for number in range(moments):
        home = fresh(folder / str(number))
        running = start(["run", "--replay", str(days()[1]), "--home", str(home)])
        done = running.end(after=drawn.uniform(0, seconds_of_a_run()), by=by)
        if by is not signal.SIGKILL:
            assert done.status in (0, 128 + by, -by, 130), done.err
            assert "Traceback" not in done.err
        reads_old_or_new(home)
        is_whole(second(home))
        shutil.rmtree(folder / str(number))


def killed_at_first(folder: Path) -> None:
    drawn = random.Random(0)
    first = ["run", "--replay", str(days()[0]), "--home", str(folder / "home")]
    for _ in range(3):
        start(first).end(after=drawn.uniform(0, 2 * seconds_of_a_run()))
    assert trackmix(*first).status == 0
    assert differing(told(folder / "home"), told(homes()[0])) == []


def killed_at(stage: str, folder: Path) -> None:
    home = fresh(folder)
    start(["run", "--replay", str(days()[1]), "--home", str(home)]).end(at=stage)
    reads_old_or_new(home)
    is_whole(second(home))


def killed_while_labelling_a_file(folder: Path) -> None:
    (folder / "in").write_text('{"id": 1, "title": "Inference Engineer", "text": "CUDA"}\n' * 200_000)
    (folder / "out").write_text("yesterday\n")
    start(["label", "--in", str(folder / "in"), "--out", str(folder / "out")]).end(after=1.0)
    assert (folder / "out").read_text() == "yesterday\n"


# two at once, and readers meanwhile


def two_at_once(folder: Path, first: bool = False) -> None:
    home = folder / "home" if first else fresh(folder)
    words = ["run", "--replay", str(days()[0 if first else 1]), "--home", str(home)]
    both = [start(words), start(words)]
    ended = [running.end() for running in both]
    assert 0 in [done.status for done in ended]
    for done in ended:
        assert done.status == 0 or (done.is_plain() and "another run is writing" in done.said), done.err
    assert differing(told(home), told(homes()[0 if first else 1])) == []


def a_second_writer_waits(folder: Path) -> None:
    home = fresh(folder)
    running = start(["run", "--replay", str(days()[1]), "--home", str(home)])
    while "asking the boards" not in running.files[1].read_text():
        pass
    done = second_day(home)
    running.end()
    assert (done.status, done.is_plain()) == (1, True), done.err
    assert "another run is writing" in done.said


def readers_meanwhile(folder: Path) -> None:
    home = fresh(folder)
    running = start(["run", "--replay", str(days()[1]), "--home", str(home)])
    asked = 0
    while not running.is_over():
        reads_old_or_new(home)
        asked += 1
    assert running.end().status == 0
    assert asked > 10
    assert mix(home) == mix(homes()[1])


def one_answer_is_of_one_copy(folder: Path) -> None:
    home = fresh(folder)
    with reading(home):
        before = mix(home)
        second(home)
        assert mix(home) == before
    assert mix(home) == mix(homes()[1])


def a_reader_that_stops_listening(folder: Path) -> None:
    words = ["-m", "pipeline.cli", "sql", "from place_names", "--home", str(homes()[0]), "--format", "csv"]
    done = subprocess.run(
        f"{shlex_join([os.environ.get('PYTHON', 'python'), *words])} | head -1", shell=True, capture_output=True, text=True, cwd=ROOT
    )  # fmt: skip
    assert done.stdout.count("\n") == 1
    assert "Traceback" not in done.stderr


# too little room


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """A folder on a disk of its own."""
    at = folder / "disk"
    at.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(at)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("no small disk can be mounted here (it takes root)")
    try:
        yield at
    finally:
        subprocess.run(["umount", "-l", str(at)], check=True)


def full_disk(part: float, folder: Path) -> None:
    """A disk with room for this part of what a run writes."""
    size = sum(file.stat().st_size for file in homes()[0].rglob("*") if file.is_file()) // 1024 + 512
    with small_disk(folder, size + int(part * 45_000)) as disk:
        home = fresh(disk)
        done = second_day(home)
        assert done.status == 0 or (done.status == 1 and done.is_plain()), (done.status, done.said, done.out)
        reads_old_or_new(home)
        subprocess.run(["mount", "-o", "remount,size=1g", str(disk)], check=True)
        is_whole(second(home))


def small_files(folder: Path) -> None:
    home = fresh(folder)
    done = second_day(home, limits={"RLIMIT_FSIZE": 1_000_000})
    assert done.status == 1
    assert done.is_plain(), done.said
    reads_old_or_new(home)
    is_whole(second(home))


def read_only(words: list[str], folder: Path) -> None:
    """A home that may be read and not written, on a disk or of somebody else."""
    if os.getuid():
        pytest.skip("only root can become somebody else")
    home = fresh(folder)
    for path in (folder, *folder.parents):
        if not path.stat().st_mode & 0o005:
            path.chmod(0o755)  # pytest's own, which nobody else may enter
    before = on_disk(home)
    asked = trackmix("area", "Berlin", "--home", home, user=NOBODY)
    assert (asked.status, asked.err) == (0, "")
    done = trackmix(*words, "--home", home, user=NOBODY)
    assert done.status in (1, 2), done.err
    assert done.is_plain(), done.said
    assert on_disk(home) == before


def little_memory(megabytes: int, folder: Path) -> None:
    home = fresh(folder)
    done = second_day(home, limits={"RLIMIT_AS": megabytes * 1_000_000})
    assert done.status == 0 or (done.status in (1, -signal.SIGABRT, -signal.SIGSEGV)), done.err
    if done.status == 1:
        assert done.is_plain(), done.said
    reads_old_or_new(home)
    is_whole(second(home))


# clocks


def clock_goes_back(folder: Path) -> None:
    home = Path(shutil.copytree(homes()[1], folder / "home"))
    done = trackmix("run", "--replay", days()[0], "--home", home)
    assert done.status == 0 or done.is_plain(), done.err
    assert "already read later, on 2026-10-12" in done.out + done.err
    assert differing(told(home), told_after(1)) == ["boards"]  # which of them this run's registry lists


def shlex_join(words: list[str]) -> str:
    import shlex
    import sys

    return shlex.join([sys.executable, *words[1:]])


STAGES = ("listing the boards", "asking the boards", "reading what the boards", "looking for jobs", "labelling", "counting", "publishing", SITE)  # fmt: skip
CASES = [
    *(
        case(f"kill -9, draw {draw}", f"{KILLS} runs killed, each at a random moment", SAME, partial(killed, draw))
        for draw in range(DRAWS)
    ),
    *(case(f"kill -9 at: {stage}", "the run is killed as it says so", SAME, partial(killed_at, stage)) for stage in STAGES),
    case("kill -9 of first runs", "three runs into an empty home are killed", SAME, killed_at_first),
    *(
        case(f"ended by {by.name}", "a run is sent the signal at three random moments",
             f"no traceback, and {SAME}", partial(killed, 77, by=by, moments=3))
        for by in (signal.SIGINT, signal.SIGTERM)
    ),
    case("kill -9 of label", "`label --out` is killed half-way", "yesterday's file stands", killed_while_labelling_a_file),
    case("two runs at once", "two runs begin together", "one is whole, the other whole or told to wait", two_at_once),
    case("two first runs at once", "two runs begin together in an empty home", "as above", partial(two_at_once, first=True)),
    case("a second run", "a run begins while another asks", "it is told to wait", a_second_writer_waits),
    case("readers during a run", "the mix is asked for all the while", "every answer is the old or the new", readers_meanwhile),
    case("an answer during publish", "a run publishes between two questions of an answer", "both are of one copy", one_answer_is_of_one_copy),
    case("a reader goes away", "the pipe is closed after a line", "no traceback", a_reader_that_stops_listening),
    *(
        case(f"disk full, room for {tenths} tenths", "the disk has room for that part of what a run writes",
             f"one sentence, and {SAME}", partial(full_disk, tenths / 10))
        for tenths in range(10)
    ),
    case("small files", "no file may grow beyond 1 MB", f"one sentence, and {SAME}", small_files),
    case("read-only home: run", "a home of somebody else", "it can be asked; one sentence, nothing changed",
         partial(read_only, ["run", "--replay", str(ROOT / "pipeline" / "sample" / "2026-10-26")])),
    case("read-only home: train", "a home of somebody else", "one sentence, nothing changed", partial(read_only, ["train"])),
    *(
        case(f"{megabytes} MB of memory", "a run may take no more than that", f"one sentence or the end of the process, and {SAME}",
             partial(little_memory, megabytes))
        for megabytes in (30, 200, 1000)
    ),
    case("the clock goes back", "a run dated before the last", "every board is skipped with its reason, nothing changes", clock_goes_back),
]  # fmt: skip

test_holds = proving(CASES, seconds=600)
