"""The README's examples, typed as they stand there right after `make run`."""

import re
import shlex
from pathlib import Path

import pytest
from conftest import ROOT
from typer.testing import CliRunner

from pipeline.cli import app

README = (ROOT / "README.md").read_text()
NOT_HERE = {
    "run": "the network",
    'company "Acme" --now': "the network",
    "boards find": "the network",
    "boards add": "the network",
    "boards check": "the network",
    "ui": "a browser",
    "schedule": "a daemon",
    "train": "minutes",
    "label": "a reader, or a file of the reader's",
    "normalise": "a file of the reader's",
    "--install-completion": "the shell of the reader",
}
EXAMPLES = [line for block in re.findall(r"^```\w*\n(.*?)^```", README, re.M | re.S) for line in block.splitlines()]
COMMANDS = [line.removeprefix("trackmix ") for line in EXAMPLES if line.startswith("trackmix ")]


@pytest.mark.parametrize("line", [line for line in COMMANDS if not line.startswith(tuple(NOT_HERE))])
def test_an_example_works_as_typed(
    line: str, sample_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRACKMIX_HOME", str(sample_home))
    Path("posting.txt").write_text("Inference Engineer\nServe language models with vLLM at low latency.\n")
    done = CliRunner().invoke(app, shlex.split(line, comments=True), input="backend\ngpu-memory\n\n\n")
    assert done.exit_code == 0, done.stderr
    assert done.stdout.strip()


def test_the_examples_ask_what_make_run_made() -> None:
    made = re.search(r"^SAMPLE := (\S+)$", (ROOT / "Makefile").read_text(), re.M)
    assert made is not None
    assert f'export TRACKMIX_HOME="$PWD/{made[1]}"' in README
    assert len(COMMANDS) > 30
    assert all(any(line.startswith(word) for line in COMMANDS) for word in NOT_HERE)


def test_the_frames_of_the_example(sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKMIX_HOME", str(sample_home))
    (example,) = re.findall(r"^```python\n(.*?)^```", README, re.M | re.S)
    exec(example, {})
