"""Shards: runs of four shards at once come to what one run comes to, and a run that is killed loses and doubles nothing.

    python bench/shards.py [KILLS] [QUESTIONS] [REPLIES]

Starts a PostgreSQL of its own (tests/postgres.py). A file reads the folder REPLIES whole, or each day of the sample market; a
lake reads it by four processes, one a shard, and what they read is published. A reader asks QUESTIONS times from the first run's
beginning on, each time anew, and must see what was published last. Then every table of both is compared, as the number of its
rows and a digest of them. Last, KILLS times, a run of a shard of a new lake is killed with SIGKILL after a drawn number of its
commits, and two others are asked to take it over at once: one must be refused, and the base tables must be what a run without a
kill comes to, with no key doubled and no visit left.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.lakes import digests
from tests.postgres import Server, missing, postgres
from warehouse.errors import StoreError
from warehouse.shards import Shard
from warehouse.store import ask, open_store, reading

ROOT = Path(__file__).parent.parent
DAYS = sorted((ROOT / "pipeline" / "sample").iterdir())
SEEN = (
    "select (select count(*) from fetches), (select max(last_seen_on) from postings), (select count(*) from openings)"
)
SEED, PART = 1, Shard(2, 2)


def begin(home: Path, *words: str | Path) -> subprocess.Popen[bytes]:
    whole = [sys.executable, "-m", "pipeline.cli", *words, "--home", home]
    return subprocess.Popen(whole, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def ended(*running: subprocess.Popen[bytes]) -> list[str]:
    """What runs said that did not end well."""
    said = [(process.communicate()[1].decode(), process.returncode) for process in running]
    return [f"{status}: {words.strip().splitlines()[-1]}" for words, status in said if status]


def well(*running: subprocess.Popen[bytes]) -> None:
    if wrong := ended(*running):
        sys.exit("\n".join(wrong))


def seen(home: Path) -> tuple[object, ...] | None:
    try:
        return ask(home, SEEN).rows[0]
    except StoreError:  # nothing is published yet
        return None


def asked_while(home: Path, running: Sequence[subprocess.Popen[bytes]], most: int) -> int:
    """How many questions were answered while these ran, all alike."""
    before, asked = seen(home), 0
    while asked < most and any(process.poll() is None for process in running):
        if (now := seen(home)) != before:
            sys.exit(f"a reader saw half a run: {now} after {before}")
        asked += 1
    return asked


def read_in_shards(home: Path, days: Sequence[Path], questions: int) -> int:
    asked = 0
    for day in days:
        running = [begin(home, "run", "--shard", f"{number}/4", "--replay", day) for number in range(1, 5)]
        asked += asked_while(home, running, questions - asked)
        well(*running)
        publishing = begin(home, "publish", "--replay", day)
        well(publishing)
    return asked


def commits(server: Server, home: Path) -> int:
    """How many snapshots the catalog has; none before it is made."""
    database = next(line for line in (home / "trackmix.toml").read_text().splitlines() if "dbname=" in line)
    name = database.rpartition("dbname=")[2].strip('"')
    try:
        return int(server.run("psql", "-At", "-d", name, "-c", "select max(snapshot_id) from ducklake_snapshot"))
    except (subprocess.CalledProcessError, ValueError):
        return 0


def published(home: Path) -> dict[str, tuple[int, int]]:
    with reading(home):
        return digests(lambda sql: ask(home, sql))


def base(home: Path) -> dict[str, tuple[int, int]]:
    """The digests of what shards write, but of the visits: those of a killed run stay beside those of the next."""
    with open_store(home) as store:
        if doubled := store.ask("run/doubled_keys").rows[0][0]:
            sys.exit(f"{doubled} rows of a key that stands already")
        if left := store.ask("select count(*) from fetches where loaded_run_id is null").rows[0][0]:
            sys.exit(f"{left} visits were never loaded")
        return {name: found for name, found in digests(store.ask).items() if name not in ("fetches", "rejects")}


def killed(server: Server, home: Path, after: int) -> int:
    """Kill a run of a shard after so many commits, and have another take it over; answers how many there were."""
    first = begin(home, "run", "--shard", str(PART), "--replay", DAYS[-1])
    while first.poll() is None and commits(server, home) < after:
        time.sleep(0.02)
    done = commits(server, home)
    first.send_signal(signal.SIGKILL)
    first.communicate()
    both = [begin(home, "run", "--shard", str(PART), "--replay", DAYS[-1]) for _ in range(2)]
    refused = ended(*both)
    if len(refused) != 1 or "is being read" not in refused[0]:
        sys.exit(f"one of two should have been refused: {refused}")
    return done


def kills(server: Server, folder: Path, number: int) -> Iterator[str]:
    unharmed = server.lake(folder / "unharmed")
    well(begin(unharmed, "run", "--shard", str(PART), "--replay", DAYS[-1]))
    most, right, drawn = commits(server, unharmed), base(unharmed), random.Random(SEED)
    for turn in range(number):
        home = server.lake(folder / f"killed{turn}")
        done = killed(server, home, drawn.randrange(1, most))
        found = base(home)
        wrong = [table for table in right if found[table] != right[table]]
        yield f"kill {turn + 1:2}, after {done:3} commits: {'the same' if not wrong else f'OTHERS: {wrong}'}"
        if wrong:
            sys.exit(1)


def main() -> None:
    number, questions = (int(word) for word in (*sys.argv[1:3], "20", "500")[:2] if word)
    days = [Path(sys.argv[3]).resolve()] if len(sys.argv) > 3 else DAYS
    if reason := missing():
        sys.exit(reason)
    with TemporaryDirectory() as name, postgres() as server:
        folder = Path(name)
        file, lake = folder / "file", server.lake(folder / "lake")
        for day in days:
            well(begin(file, "run", "--replay", day))
        print(f"{read_in_shards(lake, days, questions)} questions answered from what was published", flush=True)
        right, found = published(file), published(lake)
        for table in sorted(right):
            print(f"{table:20} {right[table][0]:>8,} {'the same' if right[table] == found[table] else 'OTHERS'}")
        for line in kills(server, folder, number):
            print(line, flush=True)


if __name__ == "__main__":
    main()
