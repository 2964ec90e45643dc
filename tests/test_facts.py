"""Everybody gets an answer: facts as they are, an estimate that says how much it knows, and the same from everywhere."""

import json
import math
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from classifiers.tracks import TITLES, TRACKS
from pipeline.cli import app
from reports.mix import leader
from reports.openings import Wanted, ask_openings
from reports.scope import Scope, area_scope, ask_mix, company_scope
from warehouse.store import ask

TYPED_FIRST = ("Berlin", "Austin", "Toronto", "Sydney", "Bangalore", "Paris", "Singapore", "São Paulo", "Tel Aviv", "Tokyo",
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
    # but for a name that a region and a city elsewhere in its country share: Washington
    rows = ask(
        sample_home,
        """select distinct coalesce(city || ', ' || w.country, region || ', ' || w.country, c.name) from job_places w
        join countries c using (country) join jobs using (posting_id) where closed_on is null
        and (city is null or city = region or (city, country) not in (select region, country from gazetteer where region is not null))
        order by 1""",
    ).rows
    return DRAWN.sample([str(row[0]) for row in rows], 40)


@pytest.mark.parametrize("place", TYPED_FIRST)
def test_a_place_that_people_type_first_gets_an_answer(sample_home: Path, place: str) -> None:
    scope = area_scope(sample_home, place)
    is_answered(sample_home, scope)
    table = said(sample_home, "area", place).partition("Newest openings")[0]  # a title may hold any mark
    assert all(title in table for title in TITLES.values() if title != TITLES["none"])
    assert not any(word in table for word in (" – ", "NaN", "nan ", "None", "too few"))


def test_40_drawn_places_and_all_companies_get_an_answer(sample_home: Path, places: list[str]) -> None:
    companies = [str(row[0]) for row in ask(sample_home, "questions/companies").rows]
    assert len(companies) == 30  # the sample has no more: all of them are asked about
    for place in places:
        is_answered(sample_home, area_scope(sample_home, place))
    for company in companies:
        is_answered(sample_home, company_scope(sample_home, company))


def is_answered(home: Path, scope: Scope) -> None:
    """The figures of a scope, and the openings that they count."""
    rows = ask_mix(home, scope).records()
    is_answer(rows)
    openings, total = ask_openings(home, scope, Wanted())
    assert len(openings.rows) == total == rows[0]["of_postings"]
    assert Counter(row["track"] for row in openings.records()) == {
        row["track"]: row["postings"] for row in rows if row["postings"]
    }


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
