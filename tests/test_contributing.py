"""CONTRIBUTING's walk-through, followed to the letter: a stranger who adds a source ends with one that works."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, Run, places_home

from warehouse.store import ask

CHAPTER = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## Add a source\n")[2].partition("\n## ")[0]
BLOCK = re.compile(
    r"^`(?P<path>[^`\n]+)`(?P<where>, at its end)?:\n\n```\w+\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
COMMANDS = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout with every file that the walk-through tells to write."""
    copy = tmp_path_factory.mktemp("checkout")
    for name in ("pipeline", "tests", "docs"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("classifiers", "warehouse", "reports"):
        (copy / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / "pyproject.toml", copy)
    for block in BLOCK.finditer(CHAPTER):
        file = copy / block["path"]
        file.parent.mkdir(parents=True, exist_ok=True)
        before = f"{file.read_text('utf-8')}\n" if block["where"] else ""
        file.write_text(before + block["text"], "utf-8")
    return copy


def follow(command: str, checkout: Path) -> subprocess.CompletedProcess[str]:
    """A command of the walk-through as a stranger types it in the checkout."""
    first, *rest = shlex.split(command)
    assert first == "python"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    return subprocess.run(
        [sys.executable, *rest],
        cwd=checkout,
        env={**kept, "PYTHONPATH": str(checkout), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_file_is_told_whole_and_every_command_given() -> None:
    assert [block["path"] for block in BLOCK.finditer(CHAPTER)] == [
        "pipeline/sources/carrierpigeon.py",
        "tests/replies/api.carrierpigeon.example.com/v1/boards/kestrel co",
        "tests/replies/carrierpigeon.expected.json",
        "docs/sources.md",
        "carrierpigeon-market/index.jsonl",
        "carrierpigeon-market/boards.csv",
    ]
    assert len(COMMANDS.findall(CHAPTER)) == 2
    assert CHAPTER.count("\n```") == 2 * (6 + 2)  # no block that is neither


def test_the_contract_runs_over_the_new_source_and_holds(checkout: Path) -> None:
    done = follow(COMMANDS.findall(CHAPTER)[0], checkout)
    assert done.returncode == 0, done.stdout + done.stderr
    summary = done.stdout.splitlines()[-1]
    passed = re.search(r"(\d+) passed", summary)
    assert passed, summary
    assert int(passed[1]) > 0
    assert not re.search("failed|error|skipped", summary)


def test_the_new_source_is_written_as_the_others_are(checkout: Path) -> None:
    file = "pipeline/sources/carrierpigeon.py"
    for check in (["check"], ["format", "--check"]):
        done = subprocess.run(
            [Path(sys.executable).with_name("ruff"), *check, "--no-cache", file],
            cwd=checkout,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout


def test_a_run_reads_a_board_of_the_new_source(
    checkout: Path, materialize: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = checkout / "carrierpigeon-market" / "home"
    shutil.copytree(places_home(materialize, tmp_path_factory), home)
    done = follow(COMMANDS.findall(CHAPTER)[1], checkout)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "boards    1 read (0 unchanged), 0 failed, 0 skipped" in done.stdout
    assert "postings  1 new, 0 changed, 0 closed, 1 rejected" in done.stdout
    assert ask(home, "select posting_id, company, title, pay_high from postings").rows == [
        ("carrierpigeon/kestrel co/101", "Kestrel", "Inference Engineer", 120_000)
    ]
    assert ask(home, "select city from posting_places order by place_no").rows == [("Berlin",), ("Paris",)]
