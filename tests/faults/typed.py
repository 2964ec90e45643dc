"""What is typed on a command line over a small home, and what must hold of all that cannot be meant so: one sentence, exit 2."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from tempfile import mkdtemp

from conftest import Market, greenhouse_job
from invented import Job, invented
from typer.testing import CliRunner

from faults.case import Case
from faults.tables import on_disk
from pipeline.cli import app
from warehouse.store import PUBLISHED

ESCAPE = "\x1b[2J\x1b]0;mine\x07"
HEADER = "company,source,token\n"
KESTREL = HEADER + "Kestrel,greenhouse,kestrel\n"
POSTING = '{"id": 1, "title": "Inference Engineer", "text": "CUDA kernels"}\n'
RUN = ["run", "--replay", "{market}", "--home", "{home}"]
Files = Mapping[str, str | bytes | None]


@cache
def asked_home() -> Path:
    """A home with a published warehouse of a few invented jobs."""
    jobs = [
        Job("Kestrel", "training", city="Berlin"),
        Job(f"Hawk {ESCAPE}$(touch x)", "research", title=f"Lead {ESCAPE}"),
    ]
    return invented(Path(mkdtemp(prefix="asked-")), jobs)


def trackmix(
    folder: Path, words: Sequence[str], env: Mapping[str, str] | None = None, typed: bytes = b""
) -> tuple[int, str, str]:
    """Exit status and what was said; an error that is no exit is raised."""
    names = {"folder": folder, "home": folder / "home", "market": folder / "market"}

    def meant(text: str) -> str:
        for name, path in names.items():
            text = text.replace(f"{{{name}}}", str(path))
        return text

    given = {"TRACKMIX_HOME": None, "TRACKMIX_KEEP_DAYS": None, **{k: meant(v) for k, v in (env or {}).items()}}
    done = CliRunner().invoke(app, [*map(meant, words)], env=given, input=typed)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, "\n".join(line for line in done.stderr.splitlines() if " s  " not in line[:12])


def laid_out(folder: Path, files: Files) -> None:
    """A market of one board, a home that has been asked, and these files: None makes a folder."""
    (folder / "market").mkdir()
    Market(folder / "market", "2026-10-05").board("Kestrel", "kestrel", [greenhouse_job(1)])
    (folder / "home").mkdir()
    (folder / "home" / PUBLISHED).hardlink_to(asked_home() / PUBLISHED)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            path.mkdir()
        else:
            path.write_bytes(text if isinstance(text, bytes) else text.encode())


def refuses(
    words: Sequence[str],
    says: Sequence[str],
    files: Files,
    env: Mapping[str, str] | None,
    typed: bytes,
    status: int,
    folder: Path,
) -> None:
    laid_out(folder, files)
    before = on_disk(folder)
    ended, out, err = trackmix(folder, words, env, typed)
    assert (ended, out) == (status, ""), err
    assert "Traceback" not in err
    is_usage = "Usage: " in err  # typer's own form, in a box
    sentence = " ".join(err.replace("│", " ").split())
    assert is_usage or (err.startswith("trackmix: ") and len(err.strip().splitlines()) == 1), err
    for word in says:
        assert word.replace("{folder}", str(folder)) in sentence or "".join(word.split()) in "".join(
            sentence.split()
        ), err
    assert on_disk(folder) == before


def refused(
    name: str,
    words: Sequence[str],
    *says: str,
    files: Files | None = None,
    env: Mapping[str, str] | None = None,
    typed: bytes = b"",
    status: int = 2,
) -> Case:
    """A case of something that cannot be meant so."""
    return Case(
        name,
        shlex.join(words),
        f"exit {status}, one sentence with {', '.join(map(repr, says))}, nothing changed on disk",
        partial(refuses, words, says, files or {}, env, typed, status),
    )


def holds(name: str, done: str, claim: str, proof: Callable[[Path], None], long: bool = False) -> Case:
    return Case(name, done, claim, proof, long)
