"""Boards read in shards: each by one run at a time, all at once, and nothing twice."""

import asyncio
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import dagster as dg
import httpx
import pytest
from clock import run_unwaited
from conftest import ROOT
from postgres import Server, missing, postgres
from test_lake import once_free

from pipeline.fetching.web import Validators, open_web
from pipeline.sensors import publish_after
from warehouse.errors import HomeError, StoreError
from warehouse.shards import Shard, shard_called, shards
from warehouse.store import open_store

WORDS = [sys.executable, "-c"]
HELD = """
import sys
from pathlib import Path
from warehouse.shards import shard_called
from warehouse.store import open_store
with open_store(Path(sys.argv[1]), shard_called(sys.argv[2])) as store:
    print("held", flush=True)
    sys.stdin.read()
"""
WRITTEN = """
import sys
from pathlib import Path
from warehouse.shards import shard_called
from warehouse.store import open_store
with open_store(Path(sys.argv[1]), shard_called(sys.argv[2])) as store:
    print("held", flush=True)
    sys.stdin.readline()
    for number in range(4):
        ids = [f"{sys.argv[2]} {number}", f"of all {number}"]
        store.load("labels", {"incoming_labels": ("labels", [{"posting_id": name, "track": "none"} for name in ids])})
"""
PLANNED = """
import json
import dagster as dg
from pipeline.definitions import defs, load_daily
asked = load_daily(dg.build_schedule_context())
publishes = defs.resolve_job_def("publish").asset_layer.selected_asset_keys
print(json.dumps([[one.partition_key for one in asked], sorted(key.to_user_string() for key in publishes)]))
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    if reason := missing():
        pytest.skip(reason)
    with postgres() as running:
        yield running


def _begun(script: str, home: Path, shard: str) -> subprocess.Popen[str]:
    """A process that has the shard."""
    words = [*WORDS, script, str(home), shard]
    process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_shard_has_one_writer_and_a_dead_one_is_taken_over(server: Server, tmp_path: Path) -> None:
    home = server.lake(tmp_path)
    with _begun(HELD, home, "2/4") as other:
        by = f"\\(trackmix, process {other.pid} of .*\\); wait for it to end"
        for shard, says in (
            (Shard(2, 4), f"shard 2/4 of ducklake:postgres:.* is being read {by}"),
            (Shard(), f"another run is writing ducklake:postgres:.* {by}"),
            (Shard(1, 3), "is being read in 4 shards, and not in 3; take as many"),
        ):
            with pytest.raises(StoreError, match=says), open_store(home, shard):
                pass
        with open_store(home, Shard(3, 4)):
            pass
        other.send_signal(signal.SIGKILL)
    with once_free(home, Shard(2, 4)):
        pass
    with once_free(home):
        done = subprocess.run([*WORDS, HELD, str(home), "1/4"], capture_output=True, text=True, cwd=ROOT)
        assert "another run is writing ducklake:postgres:" in done.stderr


def test_four_that_write_at_once_lose_nothing_and_double_no_key(server: Server, tmp_path: Path) -> None:
    """Each adds keys of its own and such as the others add too, which DuckLake would let stand twice (findings)."""
    home = server.lake(tmp_path)
    running = [_begun(WRITTEN, home, str(shard)) for shard in shards(4)]
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in running:
        process.communicate()
        assert process.returncode == 0
    with open_store(home) as store:
        found = store.ask("select count(*), count(distinct posting_id) from labels").rows
    assert found == [(4 * 4 + 4, 4 * 4 + 4)]


def test_every_board_is_of_one_shard_and_months_go_with_their_board(tmp_path: Path) -> None:
    sources = [{"source": "greenhouse", "is_dated": False}, {"source": "hackernews", "is_dated": True}]
    names = [("greenhouse", f"greenhouse/{number}") for number in range(200)]
    names += [("hackernews", f"hackernews/whoishiring/2026-{month:02}/1") for month in range(1, 13)]
    with open_store(tmp_path) as store:
        store.replace("sources", sources)
        store.append("boards", [{"board_id": board_id, "source": source} for source, board_id in names])
        parts = [[row[0] for row in store.ask("run/boards_of_shard", shard.params()).rows] for shard in shards(4)]
        whole = store.ask("run/boards_of_shard", Shard().params()).rows
    assert sorted(name for part in parts for name in part) == sorted(name for _, name in names)
    assert len(whole) == len(names)
    assert sorted(sum(name.startswith("hackernews") for name in part) for part in parts) == [0, 0, 0, 12]
    assert min(sum(name.startswith("greenhouse") for name in part) for part in parts) > 30


def test_shards_share_what_a_host_is_asked(tmp_path: Path) -> None:
    """Four of them together ask it as often, and as much at once, as one run alone."""
    at, at_once = list[float](), list[int]()
    answering = 0

    async def answer(request: httpx.Request) -> httpx.Response:
        nonlocal answering
        answering += 1
        at_once.append(answering)
        await asyncio.sleep(1)
        answering -= 1
        return httpx.Response(200)

    async def fetch() -> None:
        async with open_web(httpx.MockTransport(answer), per_second=8, shards=2) as opened:
            loop = asyncio.get_running_loop()

            async def one() -> None:
                await opened.client(Validators()).get("https://boards.example.com/jobs")
                at.append(loop.time())

            await asyncio.gather(*(one() for _ in range(12)))

    run_unwaited(fetch())
    assert max(at_once) == 2
    assert min(later - earlier for earlier, later in pairwise(at)) >= 1 / 4 - 1e-6


@pytest.mark.parametrize("words", ["0/4", "5/4", "1/1", "2/5", "2", "2/4/1", "²/4", "a/b"])
def test_what_is_no_shard_is_said(words: str) -> None:
    with pytest.raises(ValueError, match="such as 2/4"):
        shard_called(words)


def test_a_file_has_no_shards(tmp_path: Path) -> None:
    with (
        pytest.raises(HomeError, match=r"warehouse.duckdb is a file, which one run writes: shards need a lake"),
        open_store(tmp_path, Shard(2, 4)),
    ):
        pass


def test_the_schedule_asks_for_every_shard(tmp_path: Path) -> None:
    (tmp_path / "trackmix.toml").write_text("[boards]\nshards = 3\n")
    words = [*WORDS, PLANNED]
    done = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, env={"TRACKMIX_HOME": str(tmp_path)})
    assert json.loads(done.stdout) == [
        ["1/3", "2/3", "3/3"],
        ["duplicates", "places", "published", "skills", "tables"],
    ], done.stderr


def test_what_shards_read_is_published_once_all_have_ended() -> None:
    @dg.op
    def nothing() -> None: ...

    @dg.job
    def reading() -> None:
        nothing()

    @dg.job
    def publishing() -> None:
        nothing()

    sensor = publish_after(reading, publishing)
    with dg.DagsterInstance.ephemeral() as instance:

        def asked() -> list[str | None]:
            found = sensor.evaluate_tick(dg.build_sensor_context(instance=instance))
            return [one.run_key for one in found.run_requests or ()]

        assert asked() == []
        first = reading.execute_in_process(instance=instance)
        assert asked() == [first.run_id]
        queued = instance.create_run_for_job(reading, status=dg.DagsterRunStatus.STARTED)
        assert asked() == []
        instance.report_run_failed(queued)
        assert asked() == [first.run_id]
