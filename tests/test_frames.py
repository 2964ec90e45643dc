"""Answers for notebooks: pandas frames of the published warehouse in one line."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

import warehouse
from warehouse.store import ask


def test_a_frame_holds_what_the_question_answers(sample_home: Path) -> None:
    frame = warehouse.frame("from company_mix order by all", home=sample_home)
    answer = ask(sample_home, "from company_mix order by all")
    assert list(frame.columns) == answer.columns
    assert list(frame.postings) == [row[answer.columns.index("postings")] for row in answer.rows]


def test_the_home_may_come_from_the_environment(sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKMIX_HOME", str(sample_home))
    assert len(warehouse.frame("questions/companies")) == 30


def test_a_home_without_a_warehouse_is_told(tmp_path: Path) -> None:
    with pytest.raises(warehouse.StoreError, match="trackmix run"):
        warehouse.frame("questions/companies", home=tmp_path)


def test_the_example_notebook_runs(sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKMIX_HOME", str(sample_home))
    notebook = json.loads((ROOT / "docs" / "example.ipynb").read_text())
    names: dict[str, Any] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)
    assert names["mix"].share.sum() == pytest.approx(1)
    assert names["dictionary"].meaning.notna().all()
    assert len(names["beside"]) == len(names["company"]) > 0
    assert not any(cell.get("outputs") for cell in notebook["cells"])


def test_importing_the_warehouse_costs_no_pandas() -> None:
    code = "import sys, warehouse; assert 'pandas' not in sys.modules and 'dagster' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
