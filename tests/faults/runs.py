"""Commands as processes of their own, forked from one that has imported everything, so that each costs no start.

A child may be ended by a signal after a while, run as another user, or with little memory or small files.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import inf
from pathlib import Path
from tempfile import mkdtemp
from time import monotonic, sleep
from typing import IO

from conftest import ROOT, Market, greenhouse_job

SERVER = """
import encodings.utf_8_sig, importlib, json, os, pathlib, pkgutil, resource, signal, sys, tempfile, time
for name in ("pipeline", "classifiers", "warehouse", "reports"):
    package = importlib.import_module(name)
    for module in pkgutil.walk_packages(package.__path__, f"{name}."):  # a child as another user may find none of them
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
from pipeline.cli import app
from pipeline.commands.standalone import judge_standalone
from pipeline.reading.place_names import places_version
judge_standalone({"id": 1, "title": "Engineer", "location": "Paris, France", "text": "Salary $100,000"})  # reads the places
places_version()
from pipeline.instance import open_instance
with tempfile.TemporaryDirectory() as folder, open_instance(pathlib.Path(folder)):
    pass  # imports the rest of Dagster

def run(words, files, limits, user):
    os.setsid()
    for name, most in limits.items():
        kind = getattr(resource, name)
        if name == "RLIMIT_AS":  # beyond what is in use already
            most += int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
        resource.setrlimit(kind, (most, most))
    for number, file in enumerate(files):
        os.dup2(os.open(file, os.O_RDWR | os.O_CREAT | os.O_TRUNC if number else os.O_RDONLY), number)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if user:
        os.setgroups([]); os.setgid(user); os.setuid(user)
    sys.argv = ["trackmix", *words]
    sys.stdin, sys.stdout, sys.stderr = (open(number, mode) for number, mode in enumerate("rww"))
    try:
        app()
    except SystemExit as done:
        sys.stdout.flush(); sys.stderr.flush()
        code = done.code if isinstance(done.code, int) else 0 if done.code is None else 1
    except BaseException:
        import traceback
        traceback.print_exc()
        sys.stderr.flush()
        code = 70
    os._exit(code)

print("ready", flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    if asked["do"] == "start":
        child = os.fork()
        if not child:
            run(asked["words"], asked["files"], asked["limits"], asked["user"])
        print(child, flush=True)
    else:
        print(os.waitstatus_to_exitcode(os.waitpid(asked["child"], 0)[1]), flush=True)
"""


@dataclass(frozen=True)
class Done:
    """A command that has ended: by an exit status, or, negative, by a signal."""

    status: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """What it said at last, without how far a run had come."""
        return "\n".join(line for line in self.err.splitlines() if " s  " not in line[:12])

    def is_plain(self) -> bool:
        """Whether it says its mistake in one sentence, with no traceback."""
        return self.said.startswith("trackmix: ") and len(self.said.splitlines()) == 1


@dataclass
class Running:
    """A command that runs."""

    child: int
    files: tuple[Path, Path]

    def end(self, after: float = inf, at: str | None = None, by: signal.Signals = signal.SIGKILL) -> Done:
        """Wait until it ends; it is sent a signal `after` so many seconds, or once it has said that it is `at` a stage."""
        if after < inf or at:
            until = monotonic() + after
            while monotonic() < until and not self.is_over() and not (at and at in self.files[1].read_text()):
                sleep(0.01)
            os.kill(self.child, by)
        status = int(_asked({"do": "wait", "child": self.child}))
        return Done(status, *(file.read_text("utf-8", "replace") for file in self.files))

    def is_over(self) -> bool:
        """Whether it has ended, and only waits to be asked for its status."""
        return Path(f"/proc/{self.child}/stat").read_text().rpartition(")")[2].split()[0] == "Z"


def start(words: list[str], limits: Mapping[str, int] | None = None, user: int = 0) -> Running:
    """Start a command: `trackmix` with these words."""
    folder = Path(mkdtemp(prefix="said-", dir=_server()[1]))
    files = [Path(os.devnull), folder / "out", folder / "err"]
    for file in files[1:]:
        file.touch()
        file.chmod(0o666)
    asked = {"do": "start", "words": words, "files": [*map(str, files)], "limits": dict(limits or {}), "user": user}
    return Running(int(_asked(asked)), (files[1], files[2]))


def trackmix(*words: str | Path, limits: Mapping[str, int] | None = None, user: int = 0) -> Done:
    """Run a command to its end."""
    return start([*map(str, words)], limits, user).end()


@cache
def days() -> tuple[Path, Path]:
    """Two days of a market of four boards: postings open, change, close and cannot be read."""
    folders = []
    for day, jobs in (
        ("2026-10-05", [greenhouse_job(1), greenhouse_job(2), greenhouse_job(3, title=None)]),
        ("2026-10-12", [greenhouse_job(1, "Senior Inference Engineer"), greenhouse_job(4)]),
    ):
        at = Market(_server()[1] / day, day)
        at.folder.mkdir()
        at.board("Kestrel", "kestrel", jobs)
        at.board("Merlin", "merlin", [greenhouse_job(9, "ML Researcher", location={"name": "Paris, France"})])
        at.board("Osprey", "osprey", [greenhouse_job(7, "MLOps Engineer", updated_at=day)])
        if day != "2026-10-05":
            at.board("Goshawk", "goshawk", [greenhouse_job(5, "Evals Engineer")])
        folders.append(at.folder)
    return folders[0], folders[1]


@cache
def homes() -> tuple[Path, Path]:
    """The home of that market after its first day, and after both; only to be copied."""
    first, both = _server()[1] / "first", _server()[1] / "both"
    done = trackmix("run", "--replay", days()[0], "--home", first)
    assert done.status == 0, done.err
    shutil.copytree(first, both)
    done = trackmix("run", "--replay", days()[1], "--home", both)
    assert done.status == 0, done.err
    return first, both


def second_day(home: Path, **how: object) -> Done:
    """Run the second day into a home."""
    return trackmix("run", "--replay", days()[1], "--home", home, **how)  # type: ignore[arg-type]


def fresh(folder: Path) -> Path:
    """A home after the first day, of a case's own."""
    return Path(shutil.copytree(homes()[0], folder / "home"))


@cache
def _server() -> tuple[subprocess.Popen[str], Path]:
    folder = Path(mkdtemp(prefix="faults-"))
    script = folder / "server.py"  # of what has no file DuckDB thinks that someone is watching: it draws a bar
    script.write_text(SERVER)
    folder.chmod(0o755)
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, str(script)]
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=env)
    assert _pipe(server.stdout).readline() == "ready\n"
    return server, folder


def _asked(what: Mapping[str, object]) -> str:
    server = _server()[0]
    _pipe(server.stdin).write(json.dumps(what) + "\n")
    _pipe(server.stdin).flush()
    return _pipe(server.stdout).readline()


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe
