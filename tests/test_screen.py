"""What people see of an answer: a terminal of a hundred columns and forty lines, without scrolling."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from invented import Job, invented
from typer.testing import CliRunner

from classifiers.tracks import TRACKS
from pipeline.cli import app

COLUMNS, LINES = 100, 40
LONG = "of the Distributed Systems and Very Large Language Models Group, all genders, in the Office or at Home"


def seen(home: Path, words: Iterable[str]) -> list[str]:
    """The lines of an answer in a terminal that shows colours and links."""
    screen = {"FORCE_COLOR": "1", "COLUMNS": str(COLUMNS), "LINES": str(LINES), "TERM": "xterm"}
    result = CliRunner(env=screen).invoke(app, [*words, "--home", str(home)])
    assert result.exit_code == 0, result.output
    plain = re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\", "", result.stdout)
    assert "\x1b" not in plain
    return [
        line[at : at + COLUMNS].rstrip()
        for line in map(str.rstrip, plain.splitlines())
        for at in range(0, max(1, len(line)), COLUMNS)
    ]


@pytest.fixture(scope="module")
def busy_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """San Francisco hires for all six at every level, by names that no line holds; Toronto and one company for few."""
    six, levels = [track.name for track in TRACKS], ("early", "senior", "lead", "unknown")
    jobs = [
        Job(f"Consolidated Intelligence Holdings {n % 17}", six[n % 6], "San Francisco", levels[n % 4], 1000 + n,
            is_remote=n % 3 > 0, skills=(), title=f"Principal Engineer {n} {LONG}")
        for n in range(240)
    ]  # fmt: skip
    jobs += [Job("Narrow", six[4], "Toronto", title=f"Scientist {n} {LONG}") for n in range(3)]
    jobs += [Job("Narrower", six[5], "Boston", title=f"Evaluator {n} {LONG}") for n in range(3)]
    return invented(tmp_path_factory.mktemp("busy"), jobs)


ASKED = [
    ("area", "San Francisco", "--within", "50km", "--remote", "--since", "2020-01-01"),
    ("company", "Consolidated Intelligence Holdings 3"),
    ("choose", "--background", "backend", "--day", "platform", "--area", "San Francisco"),
    ("choose", "--background", "student", "--day", "product-features",
     "--area", "Toronto", "--company", "Narrower", "--company", "Narrow"),
]  # fmt: skip
ON_THE_SAMPLE = [
    ("area", "Germany", "--ppp"),
    ("company", "Halcyon Compilers"),
    ("choose", "--background", "sre", "--day", "platform", "--area", "Lagos", "--company", "Halcyon Compilers"),
]


@pytest.mark.parametrize("words", ASKED, ids=" ".join)
def test_an_answer_of_a_busy_market_fits_a_screen(busy_home: Path, words: tuple[str, ...]) -> None:
    lines = seen(busy_home, words)
    assert len(lines) <= LINES, "\n".join(lines)


@pytest.mark.parametrize("words", ON_THE_SAMPLE, ids=" ".join)
def test_an_answer_of_the_sample_fits_a_screen(sample_home: Path, words: tuple[str, ...]) -> None:
    lines = seen(sample_home, words)
    assert len(lines) <= LINES, "\n".join(lines)


def test_an_opening_takes_one_line_and_says_that_it_is_cut(busy_home: Path) -> None:
    lines = seen(busy_home, ("area", "San Francisco"))
    under = lines[lines.index("Newest openings") + 4 :]
    assert len(under[:10]) == sum("Principal Eng" in line and "…" in line for line in under) == 10


def test_a_pipe_cuts_nothing(busy_home: Path) -> None:
    result = CliRunner().invoke(app, ["area", "San Francisco", "--home", str(busy_home)])
    assert result.stdout.count(LONG) == 10
