"""What keeps the house in order: size, imports of the lock, and words that the documents promise."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, SAMPLE

from pipeline.boards.registry import BUNDLED, RegistryError, read_boards
from warehouse.store import ask

PACKAGES = ("pipeline", "classifiers", "warehouse", "reports")
DOCS = sorted((ROOT / "docs").glob("*.md"))
MODULES = sorted(file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))


@pytest.mark.parametrize("module", MODULES, ids=lambda file: str(file.relative_to(ROOT)))
def test_modules_and_functions_stay_small(module: Path) -> None:
    source = module.read_text()
    assert source.count("\n") <= 250
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno + 1 < 40, node.name


def test_the_import_contracts_hold() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_the_lock_pins_hashes_and_names_no_host() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    assert "://" not in lock
    pinned = re.findall(r"^([\w.-]+)==\S+ \\\n    --hash=sha256:", lock, re.MULTILINE)
    named = re.findall(r"^([\w.-]+)\b", lock, re.MULTILINE)
    assert pinned == named


def test_every_command_of_the_readme_exists() -> None:
    readme = (ROOT / "README.md").read_text()
    offered = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", "--help"], capture_output=True, text=True, check=True
    ).stdout
    named = set(re.findall(r"^\s*(?:\$ )?trackmix ([a-z]+)", readme, re.MULTILINE))
    assert len(named) >= 6
    assert all(command in offered for command in named), named


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "README.md", *(f"docs/{file.name}" for file in DOCS)])
def test_every_file_that_a_page_names_exists(page: str) -> None:
    rooms = "pipeline|classifiers|warehouse|reports|bench|docs|tests|findings"
    named = set(re.findall(rf"`((?:{rooms})/[a-z/_]*[a-z_]+(?:\.[a-z]+)?/?)`", (ROOT / page).read_text()))
    invented = "carrierpigeon"  # the source that the walk-through adds
    assert not {name for name in named if invented not in name and not (ROOT / name).exists()}


def test_the_sample_market_is_as_large_and_varied_as_it_says(sample_home: Path) -> None:
    for day in SAMPLE.iterdir():
        boards = read_boards(day / "boards.csv")
        assert all(board.is_sample for board in boards)
        assert {board.source for board in boards} == {"greenhouse", "lever", "ashby"}
    counts = ask(
        sample_home,
        """select count(distinct company) as companies, count(*) as postings, count(pay_low) as with_pay,
            count(distinct pay_currency) as currencies, count(*) filter (is_remote) as remote,
            count(distinct p.title) as titles, count(distinct closed_on) as closings,
            (select count(distinct city) from posting_places) as cities,
            (select count(distinct country) from posting_places) as countries,
            (select count(*) from (select 1 from posting_places group by posting_id having count(*) > 1)) as in_several
        from postings p""",
    ).records()[0]
    least = {"companies": 30, "postings": 400, "with_pay": 120, "currencies": 8, "remote": 20, "titles": 380,
             "closings": 1, "cities": 15, "countries": 8, "in_several": 40}  # fmt: skip
    assert all(counts[name] >= number for name, number in least.items()), counts
    assert counts["with_pay"] < counts["postings"]


def test_the_bundled_registry_can_be_read() -> None:
    assert len(read_boards(BUNDLED)) > 100


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "lists no boards"),
        ("company,source,token\n", "lists no boards"),
        ("company,source,token\nKestrel,greenhouse,\n", "line 2"),
        ("name;board\nKestrel;kestrel\n", "needs the header company,source,token"),
    ],
)
def test_a_registry_with_a_fault_is_named(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "boards.csv"
    file.write_text(text)
    with pytest.raises(RegistryError, match=said):
        read_boards(file)
    with pytest.raises(RegistryError, match="cannot be read"):
        read_boards(tmp_path / "none.csv")
