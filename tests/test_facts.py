"""Everybody gets an answer: facts as they are, an estimate that says how much it knows, and the same from everywhere."""

import csv
import io
import json
import math
import random
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import warehouse
from classifiers.tracks import TITLES, TRACKS
from pipeline.cli import app
from reports.mix import leader
from warehouse.store import ask

TYPED_FIRST = ("Berlin", "Austin", "Toronto", "Sydney", "Bengaluru", "Paris", "Singapore", "São Paulo", "Tel Aviv", "Tokyo",
               "Lagos", "Warsaw")  # fmt: skip
STAYS = [
    "track",
    "postings",
    "companies",
    "share",
    "share_low",
    "share_high",
    "pay_mid_usd",
    "pay_mid_low_usd",
    "pay_mid_high_usd",
]
DRAWN = random.Random(7)


def said(home: Path, *words: str) -> str:
    result = CliRunner().invoke(app, [*words, "--home", str(home)])
    assert result.exit_code == 0, (words, result.output)
    return result.stdout


def mix(home: Path, *words: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(said(home, *words, "--format", "json"))
    return rows


def is_answer(rows: list[dict[str, Any]]) -> None:
    """All six, counted and estimated, and nothing left open."""
    assert [row["track"] for row in rows] == [track.name for track in TRACKS]
    assert list(rows[0])[: len(STAYS)] == STAYS
    for row in rows:
        assert all(isinstance(row[name], int | float) and math.isfinite(row[name]) for name in STAYS[1:]), row
        assert 0 <= row["share_low"] <= row["share"] <= row["share_high"] <= 1
        assert 0 < row["pay_mid_low_usd"] <= row["pay_mid_usd"] <= row["pay_mid_high_usd"]
        assert row["companies"] <= row["postings"] <= row["of_postings"]
        assert row["early"] + row["senior"] + row["lead"] + row["unknown_level"] == row["postings"]
    assert sum(row["share"] for row in rows) == pytest.approx(1)
    assert sum(row["postings"] for row in rows) == rows[0]["of_postings"]


@pytest.fixture(scope="module")
def places(sample_home: Path) -> list[str]:
    rows = ask(
        sample_home,
        """select distinct coalesce(city || ', ' || w.country, region || ', ' || w.country, c.name) from job_places w
        join countries c using (country) join jobs using (posting_id) where closed_on is null order by 1""",
    ).rows
    return DRAWN.sample([str(row[0]) for row in rows], 10)


@pytest.fixture(scope="module")
def companies(sample_home: Path) -> list[str]:
    return DRAWN.sample([str(row[0]) for row in ask(sample_home, "questions/companies").rows], 10)


@pytest.mark.parametrize("place", TYPED_FIRST)
def test_a_place_that_people_type_first_gets_an_answer(sample_home: Path, place: str) -> None:
    is_answer(mix(sample_home, "area", place))
    table = said(sample_home, "area", place).partition("Newest openings")[0]  # a title may hold any mark
    assert all(title in table for title in TITLES.values() if title != TITLES["none"])
    assert not any(word in table for word in (" – ", "NaN", "nan ", "None", "too few"))


def test_drawn_places_and_companies_get_an_answer(sample_home: Path, places: list[str], companies: list[str]) -> None:
    for place in places:
        is_answer(mix(sample_home, "area", place))
    for company in companies:
        is_answer(mix(sample_home, "company", company))


@pytest.mark.parametrize(
    "words", [("area", "Canada"), ("area", "Berlin"), ("area", "remote"), ("company", "Vesper Labs")]
)
def test_every_form_says_the_same(sample_home: Path, words: tuple[str, str]) -> None:
    rows = mix(sample_home, *words)
    table = list(csv.DictReader(io.StringIO(said(sample_home, *words, "--format", "csv"))))
    kind, name = ("company", words[1]) if words[0] == "company" else {
        "Canada": ("country", "CA"), "Berlin": ("city", "Berlin"), "remote": ("remote", None)}[words[1]]  # fmt: skip
    asked = f"from estimates where kind = $kind and level = 'all' and {kind if name else 'kind'} = $name order by all"
    frame = warehouse.frame(asked, {"kind": kind, "name": name or kind}, home=sample_home).set_index("track")
    for row, cells in zip(rows, table, strict=True):
        kept = frame.loc[row["track"]]
        for column in STAYS[1:]:
            assert float(cells[column]) == row[column] == kept[column], (words, column)
    shown = said(sample_home, *words)
    for row in rows:
        line = next(line for line in shown.splitlines() if line.startswith(f" {TITLES[row['track']]} "))
        assert line.split(TITLES[row["track"]])[1].split()[0] == f"{row['postings']:,}"
        assert f"{row['share']:.0%}" in line
        assert f"${row['pay_mid_usd'] / 1000:,.0f}k" in line


def test_a_scope_that_no_table_holds_is_estimated_by_the_same(sample_home: Path) -> None:
    everywhere = mix(sample_home, "area", "world")
    since_ever = mix(sample_home, "area", "world", "--since", "2000-01-01")
    assert [row["postings"] for row in since_ever] == [row["postings"] for row in everywhere]
    is_answer(since_ever)
    is_answer(mix(sample_home, "area", "Berlin", "--within", "50km"))
    is_answer(mix(sample_home, "company", "Vesper Labs", "--level", "senior", "--remote"))


def test_a_place_without_an_opening_is_told_what_lies_around(sample_home: Path) -> None:
    rows = mix(sample_home, "area", "Iceland")
    is_answer(rows)
    assert {row["postings"] for row in rows} == {0}
    assert "no opening of the six tracks now" in said(sample_home, "area", "Iceland")


def test_a_track_leads_only_where_both_shares_are_well_known() -> None:
    none = dict.fromkeys(("applied_llm", "training", "research"), 0.0)
    rows = [
        {"track": "applied_llm", "postings": 60, "share": 0.6, "worth": 200.0},
        {"track": "training", "postings": 30, "share": 0.3, "worth": 200.0},
        {"track": "research", "postings": 10, "share": 0.1, "worth": 200.0},
    ]
    assert leader(rows, none) == "applied_llm"
    assert leader([rows[0], rows[1] | {"worth": 4.0}, rows[2]], none) is None
