"""Questions that narrow, compare and follow what is hired for, over the sample market, against SQL."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from test_answers import rows, trackmix

from classifiers.tracks import TITLES, TRACKS
from reports.export import export
from reports.show import safe_cell
from warehouse.store import ask, open_store, publish

NAMED = {"world": (), "remote": (), "company": ("company",), "country": ("country",), "region": ("country", "region")}
SCOPES = {
    "world": ("", "true"),
    "country": (", country := 'DE'", "list_contains([place.country for place in named], 'DE')"),
    "wide_area": (", countries := ['DE', 'FR']", "list_has_any([place.country for place in named], ['DE', 'FR'])"),
}


def said(home: Path, *words: str) -> str:
    status, out, err = trackmix(home, *words)
    assert status == 0, err
    return " ".join(out.split())


@pytest.mark.parametrize(
    ("options", "where"),
    [
        (("--level", "senior"), "seniority = 'senior'"),
        (("--remote",), "is_remote"),
        (("--since", "2026-10-20"), "coalesce(posted_on, first_seen_on) >= '2026-10-20'"),
        (("--until", "2026-10-20"), "coalesce(posted_on, first_seen_on) <= '2026-10-20'"),
        (
            ("--level", "senior", "--since", "2026-09-01", "--until", "2026-11-01"),
            "seniority = 'senior' and coalesce(posted_on, first_seen_on) between '2026-09-01' and '2026-11-01'",
        ),
    ],
)
def test_a_question_is_narrowed(sample_home: Path, options: tuple[str, ...], where: str) -> None:
    counted = dict(
        ask(
            sample_home,
            f"""select l.track, count(*) from jobs join labels l using (posting_id)
            where closed_on is null and is_sure and track <> 'none' and {where} group by 1""",
        ).rows
    )
    found = {row["track"]: row["postings"] for row in rows(sample_home, "area", "world", *options)}
    assert {track: postings for track, postings in found.items() if postings} == counted
    assert counted
    assert set(found) == {track.name for track in TRACKS}


def test_what_narrows_a_question_is_said(sample_home: Path) -> None:
    told = said(sample_home, "area", "Germany", "--level", "early", "--remote", "--since", "2026-10-01")
    assert "Germany, early, remote, published from 2026-10-01:" in told


@pytest.mark.parametrize("options", [("--level", "junior"), ("--since", "yesterday"), ("--until", "2026-13-01")])
def test_what_cannot_narrow_is_told(sample_home: Path, options: tuple[str, ...]) -> None:
    status, out, err = trackmix(sample_home, "area", "Germany", *options)
    assert (status, out) == (2, "")
    assert options[1] in err


def test_a_change_is_a_count_with_its_error(sample_home: Path) -> None:
    stock = """select track, count(*) filter (first_seen_on <= '2026-10-26' and coalesce(closed_on > '2026-10-26', true)),
        count(*) filter (closed_on is null)
        from jobs join labels using (posting_id) where is_sure and track <> 'none' group by 1"""
    counted = {track: (before, now) for track, before, now in ask(sample_home, stock).rows}
    found = rows(sample_home, "trend", "--of", "change")
    assert {row["track"]: (row["postings_before"], row["postings"]) for row in found} == counted
    assert {row["is_change"] for row in found} == {True, False}
    for row in found:
        before, now = counted[row["track"]]
        assert row["change"] == now - before
        assert row["change_low"] <= row["change"] <= row["change_high"]
        assert not row["is_change"] or row["change_low"] > 0 or row["change_high"] < 0


def test_weeks_and_time_open(sample_home: Path) -> None:
    weeks = rows(sample_home, "trend", "--of", "weeks", "--track", "applied_llm")
    assert {row["track"] for row in weeks} == {"applied_llm"}
    open_now = ask(sample_home, "select count(*) from open_tracks where track = 'applied_llm'").rows[0][0]
    assert weeks[-1]["open"] == open_now
    closed = {row["track"]: row["closed"] for row in rows(sample_home, "trend", "--of", "open_time") if row["closed"]}
    counted = """select track, count(*) from jobs join labels using (posting_id)
        where is_sure and track <> 'none' and closed_on is not null group by 1"""
    assert closed == dict(ask(sample_home, counted).rows)


def test_days_choose_weeks_and_leave_their_stock_whole(sample_home: Path) -> None:
    of_track = ("trend", "--of", "weeks", "--track", "applied_llm")
    found = rows(sample_home, *of_track, "--since", "2026-11-12", "--until", "2026-11-18")
    assert [row["week_on"] for row in found] == ["2026-11-09", "2026-11-16"]
    assert found == [row for row in rows(sample_home, *of_track) if row["week_on"] in ("2026-11-09", "2026-11-16")]
    assert rows(sample_home, "trend", "--of", "change", "--since", "2026-11-12") == rows(
        sample_home, "trend", "--of", "change"
    )


def test_a_trend_tells_all_of_it_in_a_table(sample_home: Path) -> None:
    told = said(sample_home, "trend", "United States")
    assert told.count("SAMPLE MARKET (invented companies): United States") == 4
    for words in ("four weeks ago", "end of each week", "days until half", "monthly threads", "No month can be told"):
        assert words in told


def test_areas_and_companies_side_by_side(sample_home: Path) -> None:
    found = rows(sample_home, "compare", "world", "United States", "--company", "Halcyon Compilers")
    assert [row["name"] for row in found[::6]] == ["everywhere", "United States", "Halcyon Compilers"]
    alone = {row["track"]: row["share"] for row in rows(sample_home, "area", "United States")}
    assert {row["track"]: row["share"] for row in found[6:12]} == alone
    assert all(row["difference"] == 0 for row in found[:6])
    for row, first in zip(found[12:], found[:6], strict=True):
        assert row["difference"] == pytest.approx(row["share"] - first["share"])
        assert row["difference_low"] < row["difference"] < row["difference_high"]
        assert (row["chance_larger"] > 0.5) == (row["difference"] > 0)
    most = max(found[12:], key=lambda row: row["difference"])
    assert most["track"] == "inference_serving"  # what its boards are full of
    assert "everywhere" in said(sample_home, "compare", "world", "Germany")


def test_one_side_is_no_comparison(sample_home: Path) -> None:
    status, _, err = trackmix(sample_home, "compare", "Germany")
    assert status == 2
    assert "two or more" in err


def test_a_track_everywhere(sample_home: Path) -> None:
    levels = rows(sample_home, "track", "inference_serving", "--of", "levels")
    assert [row["seniority"] for row in levels] == ["all", "early", "senior", "lead", "unknown"]
    assert sum(row["postings"] for row in levels[1:]) == levels[0]["postings"]
    assert levels[1]["guide_low_usd"] == 180_000
    total = ask(sample_home, "select count(*) from open_tracks where track = 'inference_serving'").rows[0][0]
    assert levels[0]["postings"] == total
    areas = rows(sample_home, "track", "inference_serving")
    country = next(row for row in areas if row["country"] == "US" and row["region"] is None)
    here = "select count(distinct posting_id) from open_tracks join job_places using (posting_id) where country = 'US'"
    counted = ask(sample_home, f"{here} and track = 'inference_serving'").rows[0][0]
    assert country["postings"] == counted
    assert country["share_low"] < country["share"] < country["share_high"]
    companies = rows(sample_home, "track", "inference_serving", "--of", "companies")
    assert sum(row["postings"] for row in companies) == total
    told = said(sample_home, "track", "inference_serving")
    assert told.count(f"SAMPLE MARKET (invented companies): {TITLES['inference_serving']}, everywhere") == 3


def test_a_track_in_an_area_narrowed(sample_home: Path) -> None:
    found = rows(sample_home, "track", "applied_llm", "United States", "--level", "senior", "--of", "levels")
    counted = ask(
        sample_home,
        """select count(distinct posting_id) from open_tracks join job_places using (posting_id)
        where country = 'US' and seniority = 'senior' and track = 'applied_llm'""",
    ).rows[0][0]
    assert [(row["seniority"], row["postings"]) for row in found] == [("senior", counted)]
    assert "Applied LLM, United States, senior" in said(
        sample_home, "track", "applied_llm", "United States", "--level", "senior"
    )
    table = {(row["country"], row["region"]): row["share"] for row in rows(sample_home, "track", "applied_llm")}
    kept = """select country, region, share from demand_by_region where track = 'applied_llm' and seniority = 'all'
        and area_kind in ('country', 'region') and postings > 0"""
    assert {(country, region): share for country, region, share in ask(sample_home, kept).rows}.items() <= table.items()


def test_an_unknown_track_is_told_the_six(sample_home: Path) -> None:
    status, _, err = trackmix(sample_home, "track", "plumbing")
    assert status == 2
    assert "safety_eval" in " ".join(err.split())


def test_every_public_table_is_exported(sample_home: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "folder"
    status, told, _ = trackmix(sample_home, "export", "--out", str(out))
    assert status == 0
    assert str(out) in told
    with (out / "demand_by_region.csv").open(newline="") as file:
        found = list(csv.DictReader(file))
    assert len(found) == ask(sample_home, "select count(*) from demand_by_region").rows[0][0]
    assert duckdb.read_parquet(f"{out}/demand_by_region.parquet").aggregate("count(*)").fetchall() == [(len(found),)]
    assert ask(out, "select count(*) from jobs").rows == ask(sample_home, "select count(*) from jobs").rows
    assert not (out / "postings.csv").exists()


def cell(value: object) -> str:
    """A cell of a CSV file as `safe_cell` has it."""
    return "" if value is None else str(safe_cell(value))


def test_an_exported_cell_is_written_as_that_of_an_answer_and_is_no_formula(sample_home: Path, tmp_path: Path) -> None:
    names = [
        "=cmd|' /C calc'!A0",
        "+1",
        "-1+2",
        "@SUM(A1)",
        "\tKestrel",
        "\rKestrel",
        'Kestrel, "K"',
        "C#",
        "Kestrel\nInc",
    ]
    with open_store(tmp_path) as store:
        store.append("company_tags", [{"company": name, "tag": "lab"} for name in names])
    publish(tmp_path)
    for home, tables in (tmp_path, ["company_tags"]), (sample_home, ["company_skills", "demand_by_week", "labels"]):
        export(home, out := tmp_path / f"of {home.name}")
        for table in tables:
            with (out / f"{table}.csv").open(newline="", encoding="utf-8") as file:
                columns, *found = csv.reader(file)
            answer = ask(home, f"from {table}")
            assert columns == answer.columns
            assert sorted(found) == sorted([*map(cell, row)] for row in answer.rows)


def test_export_without_a_warehouse_leaves_no_folder(tmp_path: Path) -> None:
    status, _, err = trackmix(tmp_path, "export", "--out", str(tmp_path / "out"))
    assert status == 1
    assert "trackmix run" in err
    assert not (tmp_path / "out").exists()


def test_a_shell_completes_commands_and_choices() -> None:
    asked = {"_TRACKMIX_COMPLETE": "complete_bash", "COMP_CWORD": "1", "COMP_WORDS": "trackmix co"}
    trackmix_ = [sys.executable, "-c", "from pipeline.cli import app; app(prog_name='trackmix')"]
    done = subprocess.run(trackmix_, env={**os.environ, **asked}, capture_output=True, text=True, check=False)
    assert sorted(done.stdout.split()) == ["company", "compare"]


@pytest.mark.parametrize(
    ("value", "table"),
    [
        ("pay_in(posting_id, pay_low_usd, pay_high_usd, scope_of('world')).high", "open_tracks"),
        ("countries_of(area)", "(select unnest(['EMEA', 'Atlantis']) as area)"),
        ("log_price(country)", "countries"),
    ],
)
def test_a_macro_means_the_same_in_a_where(sample_home: Path, value: str, table: str) -> None:
    """DuckDB takes an argument there for a column of that name in the table a macro looks into (findings)."""
    found = ask(
        sample_home, f"select value from (select {value} as value from {table}) where value is not null limit 1"
    ).rows
    asked = {"one": found[0][0]}
    selected = ask(
        sample_home, f"select count(*) from (select {value} as value from {table}) where value = $one", asked
    )
    filtered = ask(sample_home, f"select count(*) from {table} where {value} = $one", asked)
    assert filtered.rows == selected.rows
    missing = ask(sample_home, f"select count(*) from (select {value} as value from {table}) where value is null")
    assert ask(sample_home, f"select count(*) from {table} where {value} is null").rows == missing.rows


@pytest.mark.parametrize("table", ["cell_openings", "estimates", "basis"])
def test_a_cell_is_named_by_the_columns_of_its_kind_alone(sample_home: Path, table: str) -> None:
    """Questions look at no others."""
    for kind, columns in NAMED.items():
        others = " or ".join(
            f"{name} is not null" for name in ("company", "country", "region", "city") if name not in columns
        )
        assert ask(sample_home, f"select count(*) from {table} where kind = '{kind}'").rows[0][0]
        assert ask(sample_home, f"select count(*) from {table} where kind = '{kind}' and ({others})").rows == [(0,)]
    assert ask(sample_home, f"select count(*) from {table} where kind = 'city' and company is not null").rows == [(0,)]


@pytest.mark.parametrize("kind", SCOPES)
def test_how_long_openings_stand_is_counted_of_each_once(sample_home: Path, kind: str) -> None:
    fields, where = SCOPES[kind]
    figures = "count(*), count(days_open), sum(days_open), count(*) filter (is_posted_again)"
    counted = ask(sample_home, f"select {figures} from openings_in(scope_of('{kind}'{fields}), null)").rows
    assert counted == ask(sample_home, f"select {figures} from openings where {where}").rows
    assert counted[0][0]
