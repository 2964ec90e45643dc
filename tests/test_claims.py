"""The guide's claims against markets whose truth is known: each verdict where it is due, and nowhere else."""

import csv
import io
import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from conftest import ROOT
from invented import PLACES, Job, invented
from typer.testing import CliRunner

from classifiers.tracks import COMPANY_MIX, STATEMENTS, TRACKS
from pipeline.cli import app
from reports.claims import LEAST_COMPANIES, LEAST_POSTINGS, RULE, Claim, Comparison, Verdict, claims
from reports.scope import UnknownNameError
from warehouse.store import ask, open_store

SIX = [track.name for track in TRACKS]
HOLDS, DOES_NOT_HOLD, TOO_LITTLE_DATA = Verdict.holds, Verdict.does_not_hold, Verdict.too_little_data
CITIES = sorted(PLACES)
AMERICAN = sorted(city for city, (_, country, *_) in PLACES.items() if country == "US")
EARLY = {"applied_llm": 170, "inference_serving": 230, "research": 300}  # thousands of dollars, the guide's way round
SENIOR = {"applied_llm": 300, "inference_serving": 450, "research": 700}
FEWEST = "safety_eval"


def as_the_guide_says(companies: int = 50) -> Iterator[Job]:
    """A market in which every claim holds."""
    for number in range(companies):
        company = f"Company {number:02}"
        for track in SIX:
            # research sits in the two hubs, the others all over the US
            hub = ("San Francisco", "London")[number % 2]
            city = hub if track == "research" else AMERICAN[number % len(AMERICAN)]
            for level, pays in (("early", EARLY), ("senior", SENIOR)):
                yield Job(company, track, city, level, pays.get(track, 100) + number % 5)
            if track != FEWEST:
                yield Job(company, track, city)
        for place in range(12):
            yield Job(company, "applied_llm", CITIES[(12 * number + place) % len(CITIES)])
    yield from threads([4] * 24)


def threads(inference: list[int]) -> Iterator[Job]:
    """Month after month, of 40 companies so many that hire for inference."""
    for number, k in enumerate(inference):
        month = date(2024 + number // 12, number % 12 + 1, 1)
        for company in range(40):
            track = "inference_serving" if company < k else "applied_llm"
            yield Job(f"Thread {number}.{company}", track, month=month)


def turned_round(companies: int = 60) -> Iterator[Job]:
    """A market in which no claim holds."""
    for number in range(companies):
        company = f"Company {number:02}"
        for track in SIX:
            for level in ("early", "senior"):
                pay = {"research": 60, "applied_llm": 90, "inference_serving": 120}.get(track, 150) + number % 5
                city = CITIES[number % 12] if track == "research" else "Austin"
                yield Job(company, track, city, level, pay)
        for city in CITIES:
            yield Job(company, "training", city)

    yield from threads([1, 20] * 12)


def by_name(found: list[Claim]) -> dict[str, Claim]:
    return {claim.name: claim for claim in found}


def verdicts(found: list[Claim]) -> dict[str, Verdict]:
    return {claim.name: claim.verdict for claim in found}


@pytest.fixture(scope="module")
def guided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return invented(tmp_path_factory.mktemp("guided"), as_the_guide_says())


@pytest.fixture(scope="module")
def turned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return invented(tmp_path_factory.mktemp("turned"), turned_round())


def test_every_claim_holds_where_the_guide_is_right(guided: Path) -> None:
    found = verdicts(claims(guided, "company 03"))
    assert list(found) == [statement.name for statement in STATEMENTS] + ["company_mix"]
    assert {name for name, verdict in found.items() if verdict is not HOLDS} == {"company_mix"}


def test_no_claim_holds_where_the_guide_is_wrong(turned: Path) -> None:
    found = verdicts(claims(turned))
    # five tracks hire alike, so that none hires the least, as far as these companies tell
    assert {name for name, verdict in found.items() if verdict is not DOES_NOT_HOLD} == {"hires_least"}


def test_a_claim_is_left_open_where_chance_could_have_made_its_figure(tmp_path: Path) -> None:
    # half the companies hire for the one, half for the other: nobody can tell which is more, or whether research clusters
    jobs = [
        Job(
            f"Company {number}",
            ("applied_llm", "research")[number % 2],
            AMERICAN[number // 2 % 6],
            "senior",
            200 + number % 60,
        )
        for number in range(100)
    ]
    found = by_name(claims(invented(tmp_path, jobs)))
    assert {claim.verdict for name, claim in found.items() if name.startswith("applied_llm_hires")} == {TOO_LITTLE_DATA}
    deciding = found["applied_llm_hires_most"].deciding
    assert deciding.other == "research"
    assert deciding.figure == pytest.approx(0)
    assert deciding.low < 0 < deciding.high
    assert found["research_clusters"].verdict is TOO_LITTLE_DATA


@pytest.mark.parametrize("jobs", [[], [Job("Company", "research")], [Job("Company", "applied_llm", city=None)] * 2])
def test_an_empty_market_decides_nothing(tmp_path: Path, jobs: list[Job]) -> None:
    found = claims(invented(tmp_path, jobs), jobs[0].company if jobs else None)
    assert {claim.verdict for claim in found} == {TOO_LITTLE_DATA}
    assert all(claim.comparisons for claim in found)


def test_figures_that_rest_on_too_little_are_withheld(tmp_path: Path) -> None:
    def found(postings: int, companies: int) -> Comparison:
        jobs = [Job(f"Company {n % companies}", ("applied_llm", "training")[n % 3 // 2]) for n in range(postings)]
        return by_name(claims(invented(tmp_path / f"{postings}-{companies}", jobs)))["applied_llm_hires_most"].deciding

    assert found(LEAST_POSTINGS, LEAST_COMPANIES).figure is not None
    for few in (found(LEAST_POSTINGS - 1, LEAST_COMPANIES), found(LEAST_POSTINGS, LEAST_COMPANIES - 1)):
        assert (few.value, few.figure, few.low, few.high, few.verdict) == (None,) * 4 + (TOO_LITTLE_DATA,)
        assert few.postings > 0


def test_openings_that_never_meet_have_no_interval(tmp_path: Path) -> None:
    spread = [Job(f"Company {n}", "research", CITIES[n % len(CITIES)]) for n in range(len(CITIES))]
    near = [Job(f"Company {n}", "applied_llm", "Austin") for n in range(len(CITIES))]
    (at,) = by_name(claims(invented(tmp_path, spread + near)))["research_clusters"].comparisons
    assert (at.figure, at.verdict) == (None, TOO_LITTLE_DATA)
    assert at.postings == len(CITIES)


@pytest.mark.parametrize(
    ("inference", "verdict"),
    [
        ([8] * 11, TOO_LITTLE_DATA),
        ([8] * 24, HOLDS),
        ([2, 14] * 12, DOES_NOT_HOLD),
        ([4, 12, 8, 8] * 3, TOO_LITTLE_DATA),
    ],
)
def test_months_are_held_against_chance(tmp_path: Path, inference: list[int], verdict: Verdict) -> None:
    assert (
        by_name(claims(invented(tmp_path, threads(inference))))["inference_serving_hires_steadily"].verdict is verdict
    )


def test_months_that_differ_by_chance_are_steady(tmp_path: Path) -> None:
    chance = random.Random(1931)
    months = [sum(chance.random() < 0.25 for _ in range(40)) for _ in range(24)]
    (at,) = by_name(claims(invented(tmp_path, threads(months))))["inference_serving_hires_steadily"].comparisons
    assert at.verdict is not DOES_NOT_HOLD
    assert at.other_value == pytest.approx((0.75 / 0.25 / 40) ** 0.5, rel=0.2)  # what chance makes it swing


def test_one_company_is_no_market(tmp_path: Path) -> None:
    """Thirty postings of one company widen an interval, where thirty companies' would narrow it."""

    def width(companies: int) -> float:
        others = [Job(f"Other {n}", "applied_llm", "Austin", "senior", 150 + 3 * n) for n in range(30)]
        paid = [Job(f"Company {n % companies}", "applied_llm", "Austin", "senior", 240 + n) for n in range(30)]
        home = invented(tmp_path / str(companies), others + paid)
        at = by_name(claims(home))["applied_llm_pays_senior"].comparisons[1]
        return at.high - at.low if at.low is not None else float("inf")

    assert width(1) > width(30)


@pytest.mark.parametrize(
    ("low", "high", "at_least", "at_most", "verdict"),
    [
        (1, 2, 0, None, HOLDS), (-1, 2, 0, None, TOO_LITTLE_DATA), (-2, -1, 0, None, DOES_NOT_HOLD),
        (0, 0, 0, None, TOO_LITTLE_DATA), (1, 2, None, 3, HOLDS), (4, 5, None, 3, DOES_NOT_HOLD),
        (1, 2, 0, 3, HOLDS), (-1, 4, 0, 3, TOO_LITTLE_DATA), (4, 5, 0, 3, DOES_NOT_HOLD), (None, None, 0, 3, TOO_LITTLE_DATA),
    ],
)  # fmt: skip
def test_the_verdict_is_the_intervals(
    low: float | None, high: float | None, at_least: float | None, at_most: float | None, verdict: Verdict
) -> None:
    figure = None if low is None else (low + high) / 2
    at = Comparison("one", "other", "share", None, None, figure, low, high, at_least, at_most, 100, 100)
    assert at.verdict is verdict
    sure = replace(at, figure=1, low=1, high=2, at_least=0, at_most=3)
    assert Claim("name", "says", None, "rule", (sure, at)).verdict is verdict
    assert Claim("name", "says", None, "rule", (sure, at)).deciding == (sure if verdict is HOLDS else at)


def test_a_company_is_held_against_all_others(tmp_path: Path) -> None:
    market = [Job(f"Company {n}", SIX[m], "Austin") for n in range(200) for m in range(6)]
    alike = [Job("Alike", track) for track in SIX for _ in range(200)]
    apart = [Job("Apart", "research")] * 20
    home = invented(tmp_path, [*market, *alike, *apart, Job("Small", "research")])
    asked = {name: by_name(claims(home, name.upper()))["company_mix"] for name in ("Alike", "Apart", "Small")}
    assert {name: claim.verdict for name, claim in asked.items()} == {
        "Alike": HOLDS, "Apart": DOES_NOT_HOLD, "Small": TOO_LITTLE_DATA,
    }  # fmt: skip
    assert asked["Apart"].says == "Apart hires as the market does"
    assert asked["Apart"].deciding.value == 1
    with pytest.raises(UnknownNameError):
        claims(home, "Nobody")


def test_the_figures_agree_with_sql(guided: Path) -> None:
    found = by_name(claims(guided))
    shares = dict(
        ask(guided, "select track, count(*) / (select count(*) from open_tracks) from open_tracks group by track").rows
    )
    for at in found["applied_llm_hires_most"].comparisons:
        assert at.value == pytest.approx(shares["applied_llm"])
        assert at.figure == pytest.approx(shares["applied_llm"] - shares[at.other])
    (pay,) = ask(
        guided,
        """select quantile_cont((pay_low_usd + pay_high_usd) / 2, [0.25, 0.75]) from open_tracks
        where track = 'applied_llm' and seniority = 'senior'""",
    ).rows
    assert [at.figure for at in found["applied_llm_pays_senior"].comparisons] == pay[0]
    # two openings of different companies, each pair looked at
    pairs = """select avg((a.region = b.region)::int) from (from open_tracks join posting_places using (posting_id)) a
        join (from open_tracks join posting_places using (posting_id)) b on a.company < b.company
        where a.track = '{0}' and b.track = '{0}'"""
    (at,) = found["research_clusters"].comparisons
    assert at.value == pytest.approx(ask(guided, pairs.format("research")).rows[0][0])
    assert at.other_value == pytest.approx(ask(guided, pairs.format("applied_llm")).rows[0][0])


def test_intervals_of_median_pay_cover_the_truth(tmp_path: Path) -> None:
    """1,000 markets of 25 companies, each with its own level of pay and one to six postings; the true median is 200."""
    chance, jobs = random.Random(1952), []
    for draw in range(1_000):
        for company in range(25):
            own = chance.gauss(0, 25)
            jobs += [
                Job(f"Company {company}", f"draw {draw}", "Austin", "senior", round(200 + own + chance.gauss(0, 25)))
                for _ in range(chance.randint(1, 6))
            ]
    home = invented(tmp_path, jobs)
    covered, draws = ask(
        home,
        """with stated as (from pay_stated_in(scope_of('country', country := 'US', level := 'senior')))
        select count(*) filter (200000 between low and high), count(*)
        from quantiles_of('stated', [0.5], 1)""",
    ).rows[0]
    assert draws == 1_000
    assert 0.93 <= covered / draws <= 0.985  # ranks are rounded outwards


def test_effective_postings(tmp_path: Path) -> None:
    def told(cells: list[tuple[int, int]]) -> float:
        with open_store(tmp_path) as store:
            values = ", ".join(map(str, cells))
            return float(store.ask(f"select effective_postings(k, n) from (values {values}) as cells(k, n)").rows[0][0])

    assert told([(1, 2)] * 10) == 20  # more alike than chance makes them: no more than all
    assert told([(0, 5)] * 10 + [(5, 5)] * 10) == pytest.approx(
        19
    )  # each company of one kind: as many as companies, less one
    assert told([(0, 5)] * 10) == 10
    assert told([(30, 40)]) == 1


def trackmix(home: Path, *words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["claims", *words, "--home", str(home)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def test_the_command_shows_every_claim_and_how_it_is_judged(sample_home: Path) -> None:
    status, out, _ = trackmix(sample_home)
    assert status == 0
    assert out.startswith("SAMPLE MARKET")
    assert all(statement.says in out for statement in STATEMENTS)
    assert RULE in out
    assert "Rests on" in out


def test_the_machine_forms_have_a_row_for_each_comparison(sample_home: Path) -> None:
    company = str(
        ask(sample_home, "select company from open_tracks group by 1 order by count(*) desc, 1 limit 1").rows[0][0]
    )
    status, out, err = trackmix(sample_home, "--company", company, "--format", "json")
    assert status == 0
    assert "Sample market" in err
    found = json.loads(out)
    assert {row["claim"] for row in found} == {statement.name for statement in STATEMENTS} | {"company_mix"}
    assert len([row for row in found if row["claim"] == "company_mix"]) == 6
    assert all(row["rule"] and row["verdict"] in list(Verdict) for row in found)
    assert all(row["figure"] is None for row in found if min(row["postings"], row["companies"]) < LEAST_COMPANIES)
    _, as_csv, _ = trackmix(sample_home, "--company", company, "--format", "csv")
    assert [row["subject"] for row in csv.DictReader(io.StringIO(as_csv))] == [row["subject"] for row in found]
    _, as_md, _ = trackmix(sample_home, "--company", company, "--format", "md")
    assert len(as_md.splitlines()) == len(found) + 2


def test_a_company_that_is_not_read_gets_one_sentence(sample_home: Path) -> None:
    status, out, err = trackmix(sample_home, "--company", "Nobody at all")
    assert (status, out) == (1, "")
    assert err.startswith("trackmix: no board of a company called 'Nobody at all' is read")
    assert len(err.strip().splitlines()) == 1


def test_the_page_has_every_claim_and_rule() -> None:
    page = " ".join((ROOT / "docs" / "claims.md").read_text().split())
    for statement in (*STATEMENTS, COMPANY_MIX):
        assert f"`{statement.name}`" in page
        assert statement.rule in page, statement.name
    assert RULE in page
