"""What a market costs: this build, the build at an earlier commit, and what one would write in an afternoon, in turns.

    python bench/market.py [--postings N] [--texts HOME_OR_FILE] [--plain N] [--envs FOLDER] [--only NAME ...]

A market of N postings on N / 20 boards is replayed for three days: the first, one on which a sentence was added to one
posting in a hundred, and one on which nothing changed; then questions are asked. The texts are the sample's, or those of
a home or of a file of JSON lines (title, location, text; .gz or not), given again as often as it takes. With `--plain 9`
nine of ten postings are of other trades, on boards that are read as those of the directory: there this build sifts
(`classifiers/sieve.py`). For each the seconds of all
its processes together and of the clock, postings a second by both, their most memory, and the bytes on disk.

The other two run in environments of their own, made in FOLDER (kept where it is named) from git and a package index.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from time import perf_counter

from texts import Text, among_plain, postings, sample_places

from classifiers.examples import TRAINING

ROOT = Path(__file__).parent.parent
PLAIN = ROOT / "bench" / "plain.py"
BEFORE = "41d3bc0"
BOARD = 20  # postings
DAYS = {"cold": "2026-10-05", "1 % changed": "2026-10-06", "unchanged": "2026-10-07"}
CHANGED = 100  # one posting in so many
URL = "https://boards-api.greenhouse.io/v1/boards/{}/jobs"


def texts(given: Path | None) -> list[Text]:
    """The texts that the market is made of."""
    if given is None:
        places = sample_places()
        return [(title, places[at % len(places)], text) for at, (title, text) in enumerate(postings(2_000))]
    if given.is_dir():
        from warehouse.store import ask

        where = "coalesce(list_aggregate([city, region, country], 'string_agg', ', '), 'Remote')"
        asked = f"select title, any_value({where}), text from postings left join posting_places using (posting_id)"
        return [tuple(row) for row in ask(given, f"{asked} group by posting_id, title, text order by posting_id").rows]
    with (gzip.open if given.suffix == ".gz" else open)(given, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [(row["title"], row["location"] or "Remote", row["text"]) for row in rows]


def make_day(
    folder: Path, day: str, number: int, found: Sequence[Text], is_changed: bool, named_by: str = "registry"
) -> None:
    """A folder to replay; each board has texts that follow one another in the list, which begins anew as it ends."""
    folder.mkdir(parents=True)
    with (folder / "index.jsonl").open("w") as index, (folder / "boards.csv").open("w") as registry:
        registry.write("company,source,token,named_by\n")
        for board in range((number + BOARD - 1) // BOARD):
            numbers = range(board * BOARD, min(number, (board + 1) * BOARD))
            jobs = [_job(at, *found[at % len(found)], is_changed and at % CHANGED == 0) for at in numbers]
            (folder / f"{board}.json").write_text(json.dumps({"jobs": jobs, "meta": {"total": len(jobs)}}))
            headers = {"date": f"{_weekday(day)}, {int(day[8:]):02} Oct 2026 12:00:00 GMT"}
            reply = {"url": URL.format(f"kestrel{board}"), "status": 200, "headers": headers, "file": f"{board}.json"}
            index.write(json.dumps(reply) + "\n")
            registry.write(f"Kestrel {board},greenhouse,kestrel{board},{named_by}\n")


def _job(number: int, title: str, location: str, text: str, is_changed: bool) -> dict[str, object]:
    lines = (text + "\nWe have moved to a new office." * is_changed).split("\n")
    content = "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in lines)
    return {
        "id": number, "title": title, "location": {"name": location}, "content": html.escape(content),
        "first_published": "2026-10-01T10:00:00-04:00", "departments": [{"id": 1, "name": "Engineering"}], "offices": [],
        "absolute_url": f"https://job-boards.greenhouse.io/kestrel/jobs/{number}", "metadata": None,
    }  # fmt: skip


def _weekday(day: str) -> str:
    from datetime import date

    return f"{date.fromisoformat(day):%a}"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took: seconds of the processor (all its processes) and of the clock, and the most memory in bytes."""

    cpu: float
    clock: float
    memory: int


def cost(command: Sequence[str], env: Mapping[str, str], folder: Path) -> Cost:
    """Run a command in a session of its own to its end. Raises SystemExit with what it said where it fails."""
    said = folder / "said"
    with said.open("wb") as out:
        begun = perf_counter()
        running = subprocess.Popen(
            command, stdout=out, stderr=out, cwd=folder, env={**os.environ, **env}, start_new_session=True
        )
        ended, most = Event(), [0]
        watch = Thread(target=_watch, args=(running.pid, ended, most))
        watch.start()
        _, status, used = os.wait4(running.pid, 0)
        clock = perf_counter() - begun
        running.returncode = os.waitstatus_to_exitcode(status)
        ended.set()
        watch.join()
    if status:
        raise SystemExit(f"{' '.join(command)}:\n{said.read_text()[-2000:]}")
    return Cost(used.ru_utime + used.ru_stime, clock, max(most[0], used.ru_maxrss * 1024))


def _watch(session: int, ended: Event, most: list[int]) -> None:
    """Look again and again at the memory of all processes of a session, what they share counted once."""
    while not ended.wait(0.25):
        most[0] = max(most[0], sum(map(_memory, _processes(session))))


def _processes(session: int) -> Iterator[Path]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if int((folder / "stat").read_text().rpartition(")")[2].split()[3]) == session:
                yield folder
        except OSError:
            continue


def _memory(process: Path) -> int:
    try:
        lines = (process / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


@dataclass(frozen=True, slots=True)
class Build:
    """A build that is measured: the words of its command, and what its environment holds besides."""

    words: tuple[str, ...]
    model: Path | None  # of plain.py
    env: dict[str, str]

    def run(self, replies: Path, home: Path) -> list[str]:
        """The command that reads a day."""
        if self.model:
            return [*self.words, "run", str(replies), str(self.model), str(home)]
        return [*self.words, "run", "--replay", str(replies), "--home", str(home)]

    def questions(self, home: Path) -> Iterator[tuple[str, list[str]]]:
        """The commands that ask."""
        if self.model:
            yield "a city", [*self.words, "ask", str(home), "Berlin"]
            return
        for name, words in {
            "a city": ["area", "Berlin"],
            "a company": ["company", "Kestrel 0"],
            "a track": ["track", "inference"],
        }.items():
            yield name, [*self.words, *words, "--home", str(home)]


def builds(envs: Path, only: Sequence[str]) -> dict[str, Build]:
    """The builds by name, those that need an environment of their own with it made."""
    found = {}
    if "this" in only:
        found["this"] = Build((sys.executable, "-m", "pipeline.cli"), None, {"PYTHONPATH": str(ROOT)})
    if "before" in only:
        python = environment(envs / BEFORE, f"git+file://{ROOT}@{BEFORE}")
        found["before"] = Build((str(python.with_name("trackmix")),), None, {})
    if "plain" in only:
        python = environment(
            envs / "plain", "beautifulsoup4", "python-jobspy==1.1.82", "scikit-learn"
        )  # pandas comes with it
        model = envs / "plain.model"
        if not model.exists():
            subprocess.run([python, PLAIN, "learn", TRAINING / "written.jsonl", model], check=True)
        found["plain"] = Build((str(python), str(PLAIN)), model, {})
    return found


def environment(folder: Path, *packages: str) -> Path:
    """The interpreter of an environment that holds these packages; made where there is none."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *packages], check=True)
    return python


def size(folder: Path) -> int:
    """The bytes of all files under a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def line(what: str, name: str, took: Cost, number: int, home: Path) -> str:
    """What is printed of a day."""
    rates = f"{number / took.cpu:8,.0f}/CPU s {number / took.clock:8,.0f}/s"
    disk = f"{size(home) / 2**20:7,.0f} MiB on disk"
    return (
        f"{what:12} {name:7} {took.cpu:8.1f} CPU s {took.clock:8.1f} s {rates} {took.memory / 2**20:7,.0f} MiB {disk}"
    )


def measure(folder: Path, number: int, found: Sequence[Text], all_builds: Mapping[str, Build], named_by: str) -> None:
    """Print what each build takes, in turns."""
    for what, day in DAYS.items():
        make_day(folder / day, day, number, found, what != "cold", named_by)
        for name, build in all_builds.items():
            home = folder / name
            took = cost(build.run(folder / day, home), build.env, folder)
            print(line(what, name, took, number, home), flush=True)
    for name, build in all_builds.items():
        for what, command in build.questions(folder / name):
            took = min((cost(command, build.env, folder) for _ in range(5)), key=lambda one: one.clock)
            print(f"{what:12} {name:7} {took.cpu:8.2f} CPU s {took.clock:8.2f} s", flush=True)


def main() -> None:
    """Make the market and measure."""
    options = argparse.ArgumentParser(description="What a market costs, beside an earlier build and a plain one.")
    options.add_argument("--postings", type=int, default=10_000)
    options.add_argument("--texts", type=Path, help="a home, or a file of JSON lines; the sample's texts without")
    options.add_argument("--plain", type=int, choices=range(10), default=0, help="of ten postings, of other trades")
    options.add_argument("--envs", type=Path, help="where the other builds' environments are kept")
    options.add_argument("--only", nargs="+", choices=("this", "before", "plain"), default=["this"])
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = texts(asked.texts)
        found, named_by = (among_plain(found, asked.plain), "directory") if asked.plain else (found, "registry")
        print(f"{asked.postings:,} postings of {len(found):,} texts")
        all_builds = builds((asked.envs or Path(folder)).resolve(), asked.only)
        measure(Path(folder), asked.postings, found, all_builds, named_by)


if __name__ == "__main__":
    main()
