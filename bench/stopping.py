"""How fast a run stops, by Terminate in Dagster's page and by Ctrl-C, at moments drawn at random; and that nothing is lost.

After each stop the run is made once more to its end, and the tables are held against those of a run that was not stopped.

    python bench/stopping.py [stops of each kind, 3 without it]
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from warehouse.errors import StoreError
from warehouse.store import ask, open_store

ROOT = Path(__file__).parent.parent
FIRST, SECOND = sorted((ROOT / "pipeline" / "sample").iterdir())
TABLES = (
    "postings",
    "posting_places",
    "posting_pay",
    "labels",
    "duplicates",
    "posting_skills",
    "company_mix",
    "demand_by_week",
)
DATA = ("work", "snapshots", "reports", "warehouse.duckdb")  # all of a home but Dagster's own
MOST_SECONDS = 15.0  # of a run, until it is stopped
WORDS = [sys.executable, "-m", "pipeline.cli"]

LAUNCH = """mutation($tags: [ExecutionTag!]) { launchRun(executionParams: {selector: {repositoryLocationName: "pipeline.definitions",
    repositoryName: "__repository__", jobName: "load"}, runConfigData: {}, executionMetadata: {tags: $tags}}) {
    __typename ... on LaunchRunSuccess { run { runId } } ... on PythonError { message } } }"""
TERMINATE = "mutation($id: String!) { terminateRun(runId: $id) { __typename } }"
STATUS = "query($id: ID!) { runOrError(runId: $id) { ... on Run { status } } }"


def digest(home: Path) -> dict[str, Any]:
    return {table: ask(home, f"select count(*), bit_xor(hash(t)) from {table} t").rows[0] for table in TABLES}


def run(replay: Path, home: Path) -> None:
    subprocess.run([*WORDS, "run", "--replay", replay, "--home", home], cwd=ROOT, check=True, capture_output=True)


def put_back(home: Path, was: Path) -> None:
    """The home as it was, but for Dagster's own folder."""
    for name in DATA:
        if (home / name).is_dir():
            shutil.rmtree(home / name)
        if (was / name).is_dir():
            shutil.copytree(was / name, home / name)
        else:
            shutil.copy(was / name, home / name)


def is_free(home: Path) -> bool:
    """Whether nobody writes into the home."""
    try:
        with open_store(home):
            return True
    except StoreError:
        return False


def seconds_until(holds: Callable[[], bool], most: float = 120.0) -> float:
    begun = time.monotonic()
    while not holds():
        if time.monotonic() - begun > most:
            raise SystemExit(f"still not so after {most:.0f} s")
        time.sleep(0.05)
    return time.monotonic() - begun


def interrupted(home: Path) -> float:
    """Seconds from SIGINT to the end of `trackmix run`."""
    words = [*WORDS, "run", "--replay", str(SECOND), "--home", str(home)]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        while "listing the boards" not in running.stderr.readline():
            pass
        time.sleep(random.random() * MOST_SECONDS / 2)
        begun = time.monotonic()
        running.send_signal(signal.SIGINT)
        running.wait()
        assert running.returncode in (0, 130), running.returncode
        return time.monotonic() - begun


def terminated(home: Path, asked: Callable[..., Any]) -> float:
    """Seconds from Terminate until the run is canceled and its process has let go of the warehouse."""
    tags = [{"key": f"dagster/asset_partition_range_{end}", "value": "2026-11-01"} for end in ("start", "end")]
    launched = asked(LAUNCH, tags=tags)["launchRun"]
    run_id = launched["run"]["runId"]

    def status() -> str:
        return str(asked(STATUS, id=run_id)["runOrError"]["status"])

    seconds_until(lambda: status() in ("STARTED", "SUCCESS", "FAILURE"))
    time.sleep(random.random() * MOST_SECONDS)
    asked(TERMINATE, id=run_id)
    return seconds_until(lambda: status() in ("CANCELED", "SUCCESS") and is_free(home))


def main(times: int) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell lets what it starts in the background ignore it
    folder = Path(tempfile.mkdtemp(prefix="stopping-"))
    home, first = folder / "home", folder / "first"
    run(FIRST, home)
    shutil.copytree(home, first)
    run(SECOND, home)
    whole = digest(home)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    words = [*WORDS, "ui", "--home", str(home), "--replay", str(SECOND), "--port", str(port)]
    page = subprocess.Popen(
        words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )

    def asked(query: str, **variables: Any) -> Any:
        body = json.dumps({"query": query, "variables": variables}).encode()
        with urlopen(Request(f"http://127.0.0.1:{port}/graphql", body, {"Content-Type": "application/json"})) as answer:
            return json.load(answer)["data"]

    def is_up() -> bool:
        try:
            return bool(asked("{ version }"))
        except OSError:
            return False

    try:
        seconds_until(is_up)
        for name, stop in (("Ctrl-C", interrupted), ("Terminate", lambda home: terminated(home, asked))):
            took = []
            for _ in range(times):
                put_back(home, first)
                took.append(stop(home))
                run(SECOND, home)
                assert digest(home) == whole
                print(f"  {name}: {took[-1]:.2f} s", flush=True)
            print(
                f"{name}: {times} stops, {max(took):.1f} s at most, {sum(took) / times:.1f} s in the mean; no row lost",
                flush=True,
            )
    finally:
        os.killpg(page.pid, signal.SIGINT)
        page.wait()
        shutil.rmtree(folder)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
