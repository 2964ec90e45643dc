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
from pipeline.__main__ import QUESTIONS
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


def shown_counts(found: list[dict[str, object]]) -> list[tuple[object, object]]:
    return sorted((row["track"], row["postings"]) for row in found if row["postings"])


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
        counted = {
            track: (postings, companies)
            for track, postings, companies in ask(
                sample_home,
                f"""select track, count(distinct posting_id), count(distinct company)
                from open_tracks join posting_places using (posting_id) where {where} group by track""",
            ).rows
        }
        total = sum(postings for postings, _ in counted.values())
        assert total > 0
        for row in found:
            assert (row["postings"], row["companies"]) == counted.get(row["track"], (0, 0))
            assert row["of_postings"] == total


def test_remote_and_company_agree_with_sql(sample_home: Path) -> None:
    remote = rows(sample_home, "area", "remote")
    assert (
        shown_counts(remote)
        == ask(
            sample_home,
            "select track, count(*) from open_tracks where is_remote group by track order by track",
        ).rows
    )
    company = one(sample_home, "select company from open_tracks group by all order by count(*) desc, company limit 1")
    found = rows(sample_home, "company", str(company).upper())
    assert (
        shown_counts(found)
        == ask(
            sample_home,
            f"select track, count(*) from open_tracks where company = '{company}' group by track order by track",
        ).rows
    )


def test_a_radius_takes_in_what_lies_around(sample_home: Path) -> None:
    city = shown_counts(rows(sample_home, "area", "Berlin"))
    around = shown_counts(rows(sample_home, "area", "Berlin", "--within", "600km"))
    assert sum(postings for _, postings in around) > sum(postings for _, postings in city)


def test_a_metro_is_a_circle_around_its_city(sample_home: Path) -> None:
    assert rows(sample_home, "area", "Bay Area") == rows(sample_home, "area", "San Francisco, US", "--within", "80km")
    for line in (ROOT / "reports" / "metros.csv").read_text().splitlines()[1:]:
        metro = line.split(",")[0]
        assert len(rows(sample_home, "area", metro)) == 6, metro


def test_an_answer_says_what_it_rests_on(sample_home: Path) -> None:
    _, out, _ = trackmix(sample_home, "area", "Germany")
    said = " ".join(out.split())
    assert "SAMPLE" in said
    for words in (
        "companies",
        "with pay",
        "Last seen 2026-11-23",
        "none of the six",
        "unsure of",
        "95 %",
        f"everywhere ({one(sample_home, 'select count(*) from open_tracks')})",
    ):
        assert words in said


def test_the_machine_forms_hold_the_rows_and_nothing_else(sample_home: Path) -> None:
    as_json = rows(sample_home, "area", "remote")
    status, out, err = trackmix(sample_home, "area", "remote", "--format", "csv")
    assert status == 0
    assert [row["track"] for row in csv.DictReader(io.StringIO(out))] == [row["track"] for row in as_json]
    assert "are of the six" in err
    _, out, _ = trackmix(sample_home, "area", "remote", "--format", "md")
    assert len(out.splitlines()) == len(as_json) + 2
    assert all(line.startswith("| ") or line.startswith("|-") or line.startswith("| ---") for line in out.splitlines())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("area", "Berlni"), "Berlin"),
        (("area", "Qqqxzw"), "no place called 'Qqqxzw' is known"),
        (("area", "Germany", "--within", "50km"), "kilometres around go with a city"),
        (("company", "Pinecone Holow"), "no board of a company called"),
        (("sql", "select nothing from nowhere"), "nowhere"),
        (("sql", "delete from postings"), "read-only"),
        (("sql", " -- nothing"), "the question is empty"),
        (("sql", "from read_csv('boards.csv')"), "LocalFileSystem has been disabled"),
        (("sql", "copy jobs to 'jobs.csv'"), "LocalFileSystem has been disabled"),
        (("sql", "set enable_external_access = true"), "the configuration has been locked"),
        (("tables", "compny_mix"), "company_mix"),
    ],
)
def test_a_mistake_gets_one_sentence_and_an_exit_status(sample_home: Path, words: tuple[str, ...], said: str) -> None:
    status, out, err = trackmix(sample_home, *words)
    assert (status, out) == (2, "")
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
        "demand_by_region", "pay_by_region", "company_mix", "demand_by_week", "demand_by_month", "demand_change", "time_open",
        "skill_demand", "company_skills", "skill_change",
        "estimates", "priors",
    }  # fmt: skip


def test_an_answer_in_sql_stands_as_it_was_asked_for(sample_home: Path) -> None:
    asked = (
        """select ':fire: [b]x[/b]' as "the_share :fire:", 2026 as "[red]pay_usd", 0.5 as share, 'none' as share_of"""
    )
    _, out, _ = trackmix(sample_home, "sql", asked)
    names, _, values = (line.split("  ") for line in out.splitlines()[1:4])
    assert [name.strip() for name in names if name.strip()] == ["the_share :fire:", "[red]pay_usd", "share", "share_of"]
    assert [value.strip() for value in values if value.strip()] == [":fire: [b]x[/b]", "2026", "0.5", "none"]


def test_tables_begin_with_those_to_start_with_and_end_with_the_macros(sample_home: Path) -> None:
    found = rows(sample_home, "tables")
    names = list(dict.fromkeys(row["table_name"] for row in found))
    assert names[:3] == ["company_mix", "demand_by_region", "pay_by_region"]
    assert {"months_in", "scope_of", "postings_in"} <= set(names)
    assert all("macro" in str(row["data_type"]) for row in found[-20:])
    bare = ask(sample_home, "select function_name from duckdb_functions() where function_type = 'table_macro' and not internal and comment is null")  # fmt: skip
    assert bare.rows == []
    assert [row["column_name"] for row in rows(sample_home, "tables", "duplicates")] == [
        "posting_id", "same_as", "reason", "similarity",
    ]  # fmt: skip
    (macro,) = rows(sample_home, "tables", "in_scope")
    assert macro["column_name"] == "jobs_table, places_table, scope"
    _, out, _ = trackmix(sample_home, "tables", "weeks_in")
    assert "weeks_in(scope)" in out


def test_shares_of_an_area_sum_to_one(sample_home: Path) -> None:
    sums = ask(
        sample_home,
        "select sum(share), count(*) from demand_by_region group by area_kind, country, region, city, seniority",
    ).rows
    assert {count for _, count in sums} == {6}
    assert all(abs(row[0] - 1) < 1e-9 for row in sums)


PLACE_OR_COMPANY = ("company", "country", "region", "city")
STATED = ("pay_least_usd", "pay_most_usd")  # null where nobody states any


def test_every_table_tells_all_six_of_every_place_and_company(sample_home: Path) -> None:
    for table in ("demand_by_region", "pay_by_region", "company_mix", "estimates"):
        columns = [row[0] for row in ask(sample_home, f"describe {table}").rows]
        figures = [name for name in columns if name not in (*PLACE_OR_COMPANY, *STATED)]
        nulls = " + ".join(f"count(*) filter ({name} is null)" for name in figures)
        assert one(sample_home, f"select {nulls} from {table}") == 0, table
    for table in ("demand_by_week", "demand_by_month"):
        assert one(sample_home, f"select count(*) from {table} where columns(*) is null") == 0, table


def test_the_weeks_add_up(sample_home: Path) -> None:
    total = one(sample_home, "select count(*) from open_tracks")
    assert (
        one(sample_home, "select sum(open) from demand_by_week where week_on = '2026-11-23' and track <> 'all'")
        == total
    )
    opened, closed = ask(sample_home, "select sum(opened), sum(closed) from demand_by_week where track = 'all'").rows[0]
    assert closed > 0
    stock, opened_then = ask(
        sample_home, "select open, opened from demand_by_week where track = 'all' order by week_on limit 1"
    ).rows[0]
    assert opened_then == 0  # the first day that the boards were read
    assert stock > 0
    assert stock + opened - closed == total


@pytest.mark.parametrize("cell", ["=cmd|' /C calc'!A0", "+1", "-1+2", "@SUM(A1)"])
def test_no_csv_cell_is_a_formula(cell: str) -> None:
    assert safe_cell(cell) == f"'{cell}"
    assert safe_cell(-1.5) == -1.5


@pytest.mark.parametrize(
    "words", [("area", "remote"), ("company", "Vesper Labs"), ("track", "research"), ("trend",), ("skills", "Berlin"), ("skills", "--company", "Vesper Labs"), ("skills", "--rising")]
)  # fmt: skip
def test_a_question_loads_no_more_than_it_needs(sample_home: Path, words: tuple[str, ...]) -> None:
    script = (
        f"import sys; from pipeline.__main__ import main; sys.argv = ['trackmix', *{words!r}, '--home', {str(sample_home)!r}]\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = ('dagster', 'sklearn', 'scipy', 'pandas', 'httpx', 'pydantic', 'asyncio', 'pipeline.cli')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert out.splitlines()[-1] == "[]"


def test_every_question_is_where_the_command_line_looks_for_it() -> None:
    found = {
        command.name or command.callback.__name__: command.callback.__module__
        for command in app.registered_commands
        if command.callback
    }
    assert QUESTIONS.items() <= found.items()


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


def at_three(at: Market, jobs: list[dict[str, object]]) -> None:
    """The jobs at each of three companies, the fewest of which an area shows pay."""
    for company in ("Kestrel", "Linnet", "Merlin"):
        at.board(company, company.lower(), jobs)


MarketOf = Callable[[str], Market]


def paid(home: Path, *words: str, unit: str = "usd") -> tuple[object, float]:
    """How many postings of the answer state pay, and the middle of the least and the most that they state."""
    (row,) = [row for row in rows(home, *words) if row["with_pay"]]
    assert row[f"pay_mid_low_{unit}"] < row[f"pay_mid_{unit}"] < row[f"pay_mid_high_{unit}"]
    return row["with_pay"], (row[f"pay_least_{unit}"] + row[f"pay_most_{unit}"]) / 2


def test_an_area_shows_the_ranges_tied_to_it(market: MarketOf, materialize: Run, tmp_path: Path) -> None:
    at, home = market("2026-10-05"), tmp_path / "home"
    tied = [(200, 250, "San Francisco Pay Range"), (150, 180, "Texas Pay Range")]
    at_three(at, paid_jobs("San Francisco, CA; Austin, TX; Berlin, Germany", 1, *tied))
    assert materialize(at.folder, home).success
    assert paid(home, "area", "Texas") == (15, 165_000)
    assert paid(home, "area", "California") == (15, 225_000)
    assert paid(home, "area", "Austin") == (15, 165_000)  # the region around it
    assert paid(home, "area", "Bay Area") == (15, 225_000)  # a circle
    assert paid(home, "area", "United States") == (15, 200_000)
    assert paid(home, "area", "Germany") == (15, 200_000)  # nothing is tied to it: the posting's own
    assert paid(home, "company", "Kestrel") == (5, 200_000)
    built = ask(
        home,
        "select coalesce(region, country, area_kind), pay_mid_usd from pay_by_region where seniority = 'all'",
    ).rows
    middles = {name: mid for name, mid in built if mid}
    assert middles["Texas"] < middles["DE"] < middles["California"]
    assert ask(
        home, "select tied_to, city, region, pay_low from posting_pay where posting_id like '%kestrel/1'"
    ).rows == [
        ("San Francisco", "San Francisco", "California", 200_000),
        ("Texas", None, "Texas", 150_000),
    ]


def test_pay_by_what_it_buys(market: MarketOf, materialize: Run, tmp_path: Path) -> None:
    at, home = market("2026-10-05"), tmp_path / "home"
    at_three(
        at,
        paid_jobs("Berlin, Germany", 1, (100, 120, "Annual Salary"))
        + paid_jobs("Bangalore, India", 11, (40, 50, "Annual Salary"))
        + paid_jobs("Zurich, Switzerland", 21, (150, 170, "Annual Salary"))
        + paid_jobs("Buenos Aires, Argentina", 31, (60, 70, "Annual Salary")),
    )
    assert materialize(at.folder, home).success
    # local currency per international dollar (the World Bank's) and per US dollar (the ECB's mean of 2025)
    levels = {"Berlin": 0.709983 / 0.8867, "Bengaluru": 20.0886 / 87.166, "Zurich": 0.930746 / 0.83104}
    asked = {"Berlin": 110_000, "Bengaluru": 45_000, "Zurich": 160_000}
    for city, mid in asked.items():
        for words in (("area", city), ("area", city, "--within", "30km")):
            assert paid(home, *words) == (15, mid)
            in_ppp = paid(home, *words, "--ppp", unit="intl")
            assert in_ppp == (15, pytest.approx(mid / levels[city], rel=1e-4))
    assert paid(home, "area", "Argentina") == (15, 65_000)
    for words in (("area", "Argentina"), ("area", "world"), ("company", "Kestrel")):
        status, _, err = trackmix(home, *words, "--ppp")
        assert status == 2
        assert "--ppp goes with an area inside a country whose price level is known" in " ".join(
            err.replace("│", "").split()
        )
    _, out, _ = trackmix(home, "area", "Zurich", "--ppp")
    said = " ".join(out.split())
    assert "International dollars" in said
    assert "World Bank PPP 2025" in said
    assert "$" not in said.partition("Newest openings")[0]  # these are as they were stated
    assert "international" not in trackmix(home, "company", "Kestrel")[1]
