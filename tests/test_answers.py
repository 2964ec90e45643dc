"""The questions of the command line, over the sample market."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, Market, Run, greenhouse_job
from typer.testing import CliRunner

from classifiers.tracks import TRACKS
from pipeline.cli import app
from reports.show import safe_cell
from warehouse.store import ask

SIX = {track.name for track in TRACKS}


def trackmix(home: Path, *words: str) -> tuple[int, str, str]:
    """Exit status, standard output, standard error."""
    result = CliRunner().invoke(app, [*words, "--home", str(home)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def rows(home: Path, *words: str) -> list[dict[str, object]]:
    status, out, err = trackmix(home, *words, "--format", "json")
    assert status == 0, err
    return json.loads(out)


def one(home: Path, sql: str) -> object:
    return ask(home, sql).rows[0][0]


def test_every_answer_names_all_six_and_agrees_with_sql(sample_home: Path) -> None:
    for words, where in {
        ("area", "Berlin"): "country = 'DE' and city = 'Berlin'",
        ("area", "California"): "country = 'US' and region = 'California'",
        ("area", "Germany"): "country = 'DE'",
    }.items():
        found = rows(sample_home, *words)
        assert {row["track"] for row in found} == SIX
        total = one(
            sample_home,
            f"select count(distinct posting_id) from open_tracks join posting_places using (posting_id) where {where}",
        )
        assert sum(row["postings"] for row in found) == total
        assert total == 0 or abs(sum(row["share"] for row in found) - 1) < 1e-9


def test_remote_and_company_agree_with_sql(sample_home: Path) -> None:
    remote = rows(sample_home, "area", "remote")
    assert sum(row["postings"] for row in remote) == one(
        sample_home, "select count(*) from open_tracks where is_remote"
    )
    company = one(sample_home, "select company from open_tracks group by all order by count(*) desc, company limit 1")
    found = rows(sample_home, "company", str(company).upper())
    assert sum(row["postings"] for row in found) == one(
        sample_home, f"select count(*) from open_tracks where company = '{company}'"
    )


def test_a_radius_takes_in_what_lies_around(sample_home: Path) -> None:
    city = rows(sample_home, "area", "Berlin")
    around = rows(sample_home, "area", "Berlin", "--within", "600km")
    assert sum(row["postings"] for row in around) > sum(row["postings"] for row in city)


def test_a_metro_is_a_circle_around_its_city(sample_home: Path) -> None:
    assert rows(sample_home, "area", "Bay Area") == rows(sample_home, "area", "San Francisco, US", "--within", "80km")
    for line in (ROOT / "reports" / "metros.csv").read_text().splitlines()[1:]:
        metro = line.split(",")[0]
        assert len(rows(sample_home, "area", metro)) == 6, metro


def test_an_answer_says_what_it_rests_on(sample_home: Path) -> None:
    _, out, _ = trackmix(sample_home, "area", "Germany")
    said = " ".join(out.split())
    assert "SAMPLE" in said
    for words in ("Rests on", "companies", "state pay", "Last seen 2026-11-23", "none of the six", "unsure of", "95 %"):
        assert words in said


def test_the_machine_forms_hold_the_rows_and_nothing_else(sample_home: Path) -> None:
    as_json = rows(sample_home, "area", "remote")
    status, out, err = trackmix(sample_home, "area", "remote", "--format", "csv")
    assert status == 0
    assert [row["track"] for row in csv.DictReader(io.StringIO(out))] == [row["track"] for row in as_json]
    assert "Rests on" in err
    _, out, _ = trackmix(sample_home, "area", "remote", "--format", "md")
    assert len(out.splitlines()) == len(as_json) + 2
    assert all(line.startswith("| ") or line.startswith("|-") or line.startswith("| ---") for line in out.splitlines())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("area", "Berlni"), "Berlin"),
        (("area", "Qqqxzw"), "no place called 'Qqqxzw' is known"),
        (("area", "Germany", "--within", "50km"), "--within goes with a city"),
        (("company", "Pinecone Holow"), "no board of a company called"),
        (("sql", "select nothing from nowhere"), "nowhere"),
        (("sql", "delete from postings"), "read-only"),
    ],
)
def test_a_mistake_gets_one_sentence_and_an_exit_status(sample_home: Path, words: tuple[str, ...], said: str) -> None:
    status, out, err = trackmix(sample_home, *words)
    assert (status, out) == (1, "")
    assert err.startswith("trackmix: ")
    assert said in err
    assert len(err.strip().splitlines()) == 1


def test_a_misspelt_company_gets_the_nearest_names(sample_home: Path) -> None:
    company = str(one(sample_home, "select min(company) from boards"))
    _, _, err = trackmix(sample_home, "company", company[:-2] + "x")
    assert company in err


@pytest.mark.parametrize("within", ["far", "-3km", "0"])
def test_a_distance_that_is_none_is_refused(sample_home: Path, within: str) -> None:
    status, _, err = trackmix(sample_home, "area", "Berlin", "--within", within)
    assert status == 2
    assert "distance" in err


def test_before_the_first_run_every_question_says_what_to_do(tmp_path: Path) -> None:
    for words in (("area", "Berlin"), ("company", "Kestrel"), ("sql", "select 1"), ("tables",)):
        status, _, err = trackmix(tmp_path, *words)
        assert status == 1
        assert "trackmix run" in err


def test_every_table_and_column_has_its_meaning(sample_home: Path) -> None:
    found = rows(sample_home, "tables")
    bare = [(row["table_name"], row["column_name"]) for row in found if not row["about"]]
    bare += [(row["table_name"], row["column_name"]) for row in found if not row["meaning"]]
    assert bare == []
    assert {row["table_name"] for row in found} >= {
        "boards", "sources", "fetches", "postings", "posting_places", "posting_pay", "price_levels", "labels",
        "duplicates", "rejects",
        "demand_by_region", "pay_by_region", "company_mix", "demand_by_week",
    }  # fmt: skip


def test_shares_of_an_area_sum_to_one(sample_home: Path) -> None:
    sums = ask(
        sample_home, "select sum(share) from demand_by_region group by area_kind, country, region, seniority"
    ).rows
    assert sums
    assert all(abs(row[0] - 1) < 1e-9 for row in sums)


def test_the_weeks_add_up(sample_home: Path) -> None:
    total = one(sample_home, "select count(*) from open_tracks")
    assert one(sample_home, "select sum(open) from demand_by_week where week_on = '2026-11-23'") == total
    opened, closed = ask(sample_home, "select sum(opened), sum(closed) from demand_by_week").rows[0]
    assert closed > 0
    assert opened - closed == total


@pytest.mark.parametrize("cell", ["=cmd|' /C calc'!A0", "+1", "-1+2", "@SUM(A1)"])
def test_no_csv_cell_is_a_formula(cell: str) -> None:
    assert safe_cell(cell) == f"'{cell}"
    assert safe_cell(-1.5) == -1.5


def test_a_question_loads_neither_dagster_nor_sklearn(sample_home: Path) -> None:
    script = (
        "import sys; from pipeline.cli import app\n"
        f"try: app(['area', 'remote', '--home', {str(sample_home)!r}])\n"
        "except SystemExit: pass\n"
        "print([name for name in ('dagster', 'sklearn', 'pandas', 'httpx') if name in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert out.splitlines()[-1] == "[]"


def test_corrected_counts_agree_with_sql(sample_home: Path) -> None:
    answer = {row["track"]: row["corrected"] for row in rows(sample_home, "area", "United Kingdom")}
    expected = ask(
        sample_home,
        """select track, round(sum(expected), 1) from expected_counts
        where track <> 'none' and posting_id in (
            select posting_id from posting_places join postings using (posting_id)
            where country = 'GB' and closed_on is null)
        group by track""",
    ).rows
    assert answer == dict(expected)
    assert sum(answer.values()) > 0


def paid_jobs(place: str, first: int, *ranges: tuple[int, int, str]) -> list[dict[str, object]]:
    """Five postings, the fewest that show pay: each with these ranges (thousands of dollars, title)."""
    pay = [
        {"min_cents": low * 100_000, "max_cents": high * 100_000, "currency_type": "USD", "title": title, "blurb": ""}
        for low, high, title in ranges
    ]
    return [
        greenhouse_job(number, f"Inference Engineer, Team {number}", location={"name": place}, pay_input_ranges=pay)
        for number in range(first, first + 5)
    ]


MarketOf = Callable[[str], Market]


def paid(home: Path, *words: str, unit: str = "usd") -> tuple[object, object, object]:
    """How many postings of the answer state pay, and what."""
    (row,) = [row for row in rows(home, *words) if row["with_pay"]] or [{"with_pay": 0}]
    return row["with_pay"], row.get(f"pay_low_{unit}"), row.get(f"pay_high_{unit}")


def test_an_area_shows_the_ranges_tied_to_it(market: MarketOf, materialize: Run, tmp_path: Path) -> None:
    at, home = market("2026-10-05"), tmp_path / "home"
    tied = [(200, 250, "San Francisco Pay Range"), (150, 180, "Texas Pay Range")]
    at.board("Kestrel", "kestrel", paid_jobs("San Francisco, CA; Austin, TX; Berlin, Germany", 1, *tied))
    assert materialize(at.folder, home).success
    assert paid(home, "area", "Texas") == (5, 150_000, 180_000)
    assert paid(home, "area", "California") == (5, 200_000, 250_000)
    assert paid(home, "area", "Austin") == (5, 150_000, 180_000)  # the region around it
    assert paid(home, "area", "Bay Area") == (5, 200_000, 250_000)  # a circle
    assert paid(home, "area", "United States") == (5, 150_000, 250_000)
    assert paid(home, "area", "Germany") == (5, 150_000, 250_000)  # nothing is tied to it: the posting's own
    assert paid(home, "company", "Kestrel") == (5, 150_000, 250_000)
    built = ask(
        home,
        "select coalesce(region, country, area_kind), pay_low_usd, pay_high_usd from pay_by_region where seniority = 'all'",
    ).rows
    assert {("Texas", 150_000, 180_000), ("California", 200_000, 250_000), ("DE", 150_000, 250_000)} <= set(built)
    assert ask(home, "select tied_to, city, region, pay_low from posting_pay where posting_id like '%/1'").rows == [
        ("San Francisco", "San Francisco", "California", 200_000),
        ("Texas", None, "Texas", 150_000),
    ]


def test_pay_by_what_it_buys(market: MarketOf, materialize: Run, tmp_path: Path) -> None:
    at, home = market("2026-10-05"), tmp_path / "home"
    at.board(
        "Kestrel",
        "kestrel",
        paid_jobs("Berlin, Germany", 1, (100, 120, "Annual Salary"))
        + paid_jobs("Bangalore, India", 11, (40, 50, "Annual Salary"))
        + paid_jobs("Zurich, Switzerland", 21, (150, 170, "Annual Salary"))
        + paid_jobs("Buenos Aires, Argentina", 31, (60, 70, "Annual Salary")),
    )
    assert materialize(at.folder, home).success
    # local currency per international dollar (the World Bank's) and per US dollar (the ECB's mean of 2025)
    levels = {"Berlin": 0.709983 / 0.8867, "Bengaluru": 20.0886 / 87.166, "Zurich": 0.930746 / 0.83104}
    asked = {"Berlin": (100_000, 120_000), "Bengaluru": (40_000, 50_000), "Zurich": (150_000, 170_000)}
    for city, (low, high) in asked.items():
        for words in (("area", city), ("area", city, "--within", "30km")):
            assert paid(home, *words) == (5, low, high)
            in_ppp = paid(home, *words, "--ppp", unit="intl")
            assert in_ppp == (
                5,
                pytest.approx(low / levels[city], rel=1e-4),
                pytest.approx(high / levels[city], rel=1e-4),
            )
    assert paid(home, "area", "Argentina") == (5, 60_000, 70_000)
    assert paid(home, "area", "Argentina", "--ppp", unit="intl") == (0, None, None)
    # of 125, 174 and 134 thousand the middle is what Zurich pays
    in_ppp = paid(home, "company", "Kestrel", "--ppp", unit="intl")
    assert in_ppp[:2] == (15, pytest.approx(150_000 / levels["Zurich"], rel=1e-4))
    assert paid(home, "company", "Kestrel")[0] == 20
    _, out, _ = trackmix(home, "company", "Kestrel", "--ppp")
    said = " ".join(out.split())
    assert "intl. dollars" in said
    assert "World Bank PPP 2025" in said
    assert "5 postings with pay are left out" in said
    assert "$" not in said
    assert "international" not in trackmix(home, "company", "Kestrel")[1]
