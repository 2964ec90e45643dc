"""`trackmix label` and `trackmix normalise`: objects in, objects out, for measuring from outside."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from classifiers.tracks import LABELS
from pipeline.cli import app

POSTINGS = [
    {
        "id": 1,
        "title": "Senior GPU Kernel Engineer",
        "company": "Kestrel",
        "location": "Berlin, Germany; Remote (US)",
        "text": "<p>You make inference fast: CUDA kernels, TensorRT, batching, latency of serving.</p>"
        "<p>Salary: €95,000 – €120,000 a year.</p>",
    },
    {"id": "b", "title": "Office Manager", "company": "Kestrel", "location": None, "text": "Run the office."},
    {"id": "c", "title": None, "text": 7},
    {
        "id": "d",
        "title": "Analyst",
        "text": "",
        "pay": {"low": 40, "high": 50, "currency": "USD", "interval": "hourly"},
    },
]


def through(command: str, lines: str, tmp_path: Path) -> list[dict[str, object]]:
    (tmp_path / "in.jsonl").write_text(lines)
    words = [command, "--in", str(tmp_path / "in.jsonl"), "--out", str(tmp_path / "out.jsonl")]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]


def test_label_writes_a_track_for_every_object(tmp_path: Path) -> None:
    found = through("label", "\n".join(map(json.dumps, POSTINGS)) + "\n\n", tmp_path)
    assert [row["id"] for row in found] == [1, "b", "c", "d"]
    for row in found:
        assert set(row) == {"id", "track", "probability", "probabilities", "second", "terms"}
        assert row["track"] in LABELS
        assert 0 <= row["probability"] <= 1
    assert found[0]["track"] == "inference_serving"
    assert found[1]["track"] == "none"
    assert {"cuda", "kernels", "inference"} & set(" ".join(found[0]["terms"]).split())


def test_label_writes_the_probability_of_every_label(tmp_path: Path) -> None:
    for row in through("label", "\n".join(map(json.dumps, POSTINGS)), tmp_path):
        assert list(row["probabilities"]) == list(LABELS)
        assert sum(row["probabilities"].values()) == pytest.approx(1, abs=1e-12)
        assert max(row["probabilities"], key=row["probabilities"].get) == row["track"]
        assert row["probabilities"][row["track"]] == pytest.approx(row["probability"], abs=1e-4)


def test_normalise_writes_places_pay_and_seniority(tmp_path: Path) -> None:
    found = through("normalise", "\n".join(map(json.dumps, POSTINGS)), tmp_path)
    first = found[0]
    assert [(place["city"], place["region"], place["country"]) for place in first["places"]] == [
        ("Berlin", "Berlin", "DE"),
        (None, None, "US"),
    ]
    assert first["is_remote"] is True
    assert (first["pay_low"], first["pay_high"], first["pay_currency"], first["pay_period"]) == (
        95000,
        120000,
        "EUR",
        "year",
    )
    assert first["pay_low_usd"] > 95000
    assert first["seniority"] == "senior"
    assert found[1]["places"] == []
    assert found[1]["pay_low"] is None
    assert (found[3]["pay_low"], found[3]["pay_period"], found[3]["pay_low_usd"]) == (40, "hour", 83200)


def test_standard_input_and_output_stream() -> None:
    result = CliRunner().invoke(app, ["label", "--in", "-", "--out", "-"], input=json.dumps(POSTINGS[0]) + "\n")
    assert json.loads(result.stdout)["id"] == 1


def test_a_line_that_is_no_object_is_named(tmp_path: Path) -> None:
    for line, said in (
        ("{oops", "standard input, line 1, is not JSON"),
        ("[1]", "line 1, is not an object with an id"),
    ):
        result = CliRunner().invoke(app, ["label", "--in", "-"], input=line)
        assert result.exit_code == 2
        assert said in result.stderr


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["label", "--in", str(tmp_path / "none.jsonl")])
    assert result.exit_code == 2
    assert "none.jsonl" in result.stderr
