"""The guide's claims against markets whose truth is known: each verdict where it is due, and nowhere else."""

import csv
import io
import json
import random
from collections.abc import Iterator
from datetime import date
from math import isfinite
from pathlib import Path

import pytest
from conftest import ROOT
from invented import PLACES, Job, invented
from selectolax.lexbor import LexborHTMLParser
from typer.testing import CliRunner

from classifiers.claims import CLAIMS, company_mix
from classifiers.figures import SIX
from pipeline.boards.registry import BUNDLED, company_tags, read_boards
from pipeline.cli import app
from pipeline.posting import Board
from reports.claims import Judged, answer, claims, figure_told, table
from reports.scope import UnknownNameError
from reports.verdict import RULE, Verdict, more_needed
from warehouse.store import ask

HOLDS, OPEN, DOES_NOT_HOLD = Verdict.holds, Verdict.open, Verdict.does_not_hold
CITIES = sorted(PLACES)
NO_HUBS = [city for city in CITIES if city not in ("San Francisco", "London")]
AMERICAN = sorted(city for city, (_, country, *_) in PLACES.items() if country == "US")
EARLY = dict(zip(SIX, (170, 230, 240, 200, 350, 240), strict=True))  # thousands of dollars, the guide's way round
SENIOR = dict(zip(SIX, (300, 450, 400, 330, 700, 400), strict=True))
NAMED = {
    "applied_llm": ("Python",), "inference_serving": ("C++", "CUDA", "Kubernetes"), "mlops_platform": ("Kubernetes", "Airflow"),
}  # fmt: skip
MANY = {"applied_llm": 8, "inference_serving": 3, "research": 1}  # openings more of each company, of the others 2


def as_the_guide_says(companies: int = 60) -> Iterator[Job]:
    """A market in which every claim holds."""
    for number in range(companies):
        company, is_lab = f"Company {number:02}", number % 3 == 0
        for track in SIX:
            if track in ("research", "training", "safety_eval") and not is_lab:
                continue
            # research sits in the two hubs, the others all over the US; laboratories alone hire for it
            city = ("San Francisco", "London")[number % 2] if track == "research" else AMERICAN[number % len(AMERICAN)]
            skills = ("Doctorate",) if track == "research" else NAMED.get(track, ())
            kind = {"skills": skills, "title": "Research Scientist"}
            yield Job(company, track, city, "senior", SENIOR[track] + number % 5, **kind)
            yield Job(company, track, city, "senior", SENIOR[track] + number % 5, **kind)
            if track == "research":
                yield Job(company, track, "Boston", "senior", SENIOR[track], skills=(), title="Research Engineer")
            if track == "applied_llm" or number % 4 == 0:
                yield Job(company, track, "Austin", "early", EARLY[track] + number % 5, **kind)
            for _ in range(MANY.get(track, 4)):
                yield Job(company, track, city, "senior", **kind)
        for place in range(8):
            city = CITIES[(8 * number + place) % len(CITIES)]
            yield Job(company, "applied_llm", city, ("senior", "early")[place % 2], skills=("Python",))
    yield from threads({"inference_serving": [6] * 36, "mlops_platform": [6] * 36, "safety_eval": [2] * 12 + [8] * 24})


def turned_round(companies: int = 60) -> Iterator[Job]:
    """A market in which no claim holds."""
    for number in range(companies):
        company, is_lab = f"Company {number:02}", number % 3 == 0
        for track in SIX:
            if track in ("inference_serving", "mlops_platform", "applied_llm") and not is_lab:
                continue
            city = NO_HUBS[number % 12] if track == "research" else "Austin"
            pay = {"research": 60, "applied_llm": 90, "inference_serving": 120}.get(track, 150) + number % 5
            skills = (
                ()
                if track in ("applied_llm", "inference_serving", "mlops_platform")
                else ("CUDA", "Kubernetes", "Dagster", "Doctorate")
            )
            for _ in range(8 if track in ("research", "training") else 1):
                yield Job(company, track, city, "early", pay, skills=() if track == "research" else skills)
            yield Job(company, track, city, "senior", pay, skills=skills, title="Engineer")
            yield Job(
                company, track, city, "senior", pay, skills=() if track == "research" else skills, title="Scientist"
            )
        for city in CITIES:
            yield Job(company, "training", city, "early", skills=("Kubernetes", "Airflow", "C++"))
        if is_lab:
            yield from (Job(company, "applied_llm", "Austin", "early") for _ in range(2))
            yield from (Job(company, "mlops_platform", "Austin", "early") for _ in range(4))
    swings = [1, 20] * 18
    yield from threads({"inference_serving": swings, "mlops_platform": [*swings[1:], 1], "safety_eval": [6] * 36})


def threads(counts: dict[str, list[int]]) -> Iterator[Job]:
    """Month after month from 2023 on, of 60 companies so many that hire for a track; the others for applied LLM."""
    for number in range(max(map(len, counts.values()))):
        month = date(2023 + number // 12, number % 12 + 1, 1)
        tracks = [track for track, months in counts.items() for _ in range(months[number])]
        for company in range(60):
            track = tracks[company] if company < len(tracks) else "applied_llm"
            yield Job(f"Thread {number}.{company}", track, month=month)


LABS = {f"Company {number:02}": "lab" if number % 3 == 0 else "applied" for number in range(60)}


def by_name(found: list[Judged]) -> dict[str, Judged]:
    return {one.claim.name: one for one in found}


@pytest.fixture(scope="module")
def guided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return invented(tmp_path_factory.mktemp("guided"), as_the_guide_says(), LABS)


@pytest.fixture(scope="module")
def turned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return invented(tmp_path_factory.mktemp("turned"), turned_round(), LABS)


def test_every_claim_holds_where_the_guide_is_right(guided: Path) -> None:
    found = by_name(claims(guided))
    assert list(found) == [claim.name for claim in CLAIMS]
    told = {name: (one.verdict, one.probability, figure_told(one)) for name, one in found.items()}
    wrong = {name: what for name, what in told.items() if what[0] not in (HOLDS, Verdict.probably_holds)}
    assert not wrong
    assert sum(verdict is HOLDS for verdict, *_ in told.values()) >= 30


def test_no_claim_holds_where_the_guide_is_wrong(turned: Path) -> None:
    told = {one.claim.name: (one.verdict, one.probability, figure_told(one)) for one in claims(turned)}
    wrong = {name: what for name, what in told.items() if what[0] not in (DOES_NOT_HOLD, Verdict.probably_not)}
    assert not wrong
    assert sum(verdict is DOES_NOT_HOLD for verdict, *_ in told.values()) >= 30


def test_a_claim_is_open_where_chance_could_have_made_its_figure(tmp_path: Path) -> None:
    # half the companies hire for the one, half for the other: nobody can tell which is more
    jobs = [
        Job(f"Company {n}", ("applied_llm", "research")[n % 2], "Austin", "senior", 200 + n % 60) for n in range(100)
    ]
    most = by_name(claims(invented(tmp_path, jobs)))["applied_llm_hires_most"]
    assert most.verdict is OPEN
    assert most.rival is not None
    assert most.rival.tracks == ("research",)
    assert most.measured is not None
    assert most.measured.value == pytest.approx(0.5, abs=0.02)
    assert most.measured.low < 0.5 < most.measured.high
    assert most.settles is not None
    assert "more openings" in most.settles


def test_more_of_the_same_settles_what_was_open(tmp_path: Path) -> None:
    def asked(times: int) -> Judged:
        hires = ["applied_llm"] * 11 + ["training"] * 9
        jobs = [Job(f"Company {n} {track} {t}", track) for n, track in enumerate(hires) for t in range(times)]
        return by_name(claims(invented(tmp_path / str(times), jobs)))["applied_llm_hires_most"]

    few = asked(1)
    assert few.verdict is OPEN
    assert few.probability is not None
    needed = more_needed(few.probability, 20)
    assert needed is not None
    assert asked(needed * 5 // 4 // 20 + 2).verdict is HOLDS  # a quarter more, for both are told by draws


@pytest.mark.parametrize("jobs", [[], [Job("Company", "research")], [Job("Company", "applied_llm", city=None)] * 2])
def test_a_market_of_next_to_nothing_bears_out_nothing_and_says_what_is_missing(
    tmp_path: Path, jobs: list[Job]
) -> None:
    found = claims(invented(tmp_path, jobs))
    # the one opening that there is may speak against its track's hiring the least
    assert {one.claim.name for one in found if one.verdict in (HOLDS, DOES_NOT_HOLD)} <= {"research_hires_least"}
    assert HOLDS not in {one.verdict for one in found}
    missing = [one for one in found if one.measured is None]
    assert len(missing) > 20
    for one in missing:
        assert one.probability is None
        assert figure_told(one).startswith("none yet: no ")
        assert one.settles


def test_no_pay_in_the_country_is_said_and_borrowed_from_nowhere(tmp_path: Path) -> None:
    jobs = [
        Job(f"Company {n}", "applied_llm", ("Berlin", "Austin")[n % 2], "senior", 90 if n % 2 == 0 else None)
        for n in range(60)
    ]
    asked = by_name(claims(invented(tmp_path, jobs)))["applied_llm_pays_senior"]
    assert (asked.verdict, asked.probability, asked.measured) == (OPEN, None, None)
    assert figure_told(asked) == "none yet: no openings with pay (Applied LLM, senior, US)"
    assert asked.settles == "openings with pay (Applied LLM, senior, US)"


@pytest.mark.parametrize(
    ("inference", "verdicts"),
    [
        ([8] * 11, {OPEN}),
        ([8] * 36, {HOLDS}),
        ([2, 14] * 12, {DOES_NOT_HOLD}),
        ([6, 18, 12, 12] * 3, {OPEN, Verdict.probably_not, Verdict.probably_holds}),
    ],
)  # fmt: skip
def test_months_are_held_against_chance(tmp_path: Path, inference: list[int], verdicts: set[Verdict]) -> None:
    asked = by_name(claims(invented(tmp_path, threads({"inference_serving": inference}))))
    assert asked["inference_serving_hires_steadily"].verdict in verdicts


def test_months_that_differ_by_chance_are_steady(tmp_path: Path) -> None:
    chance = random.Random(1931)
    months = [sum(chance.random() < 0.25 for _ in range(60)) for _ in range(36)]
    asked = by_name(claims(invented(tmp_path, threads({"inference_serving": months}))))
    assert asked["inference_serving_hires_steadily"].verdict in (HOLDS, Verdict.probably_holds)


@pytest.mark.parametrize("name", ["applied_llm_names_python", "research_in_hubs", "applied_llm_senior_open"])
def test_one_company_is_no_market(tmp_path: Path, name: str) -> None:
    """Sixty openings of one company widen an interval, where sixty companies' would narrow it."""

    def width(companies: int) -> float:
        others = [
            Job(f"Other {n}", "applied_llm", ("Austin", "London")[n % 2], ("early", "senior")[n // 2 % 2], skills=())
            for n in range(40)
        ]
        own = [
            Job(f"Company {n % companies}", track, "London", "senior", skills=("Python",))
            for n in range(60)
            for track in ("research", "applied_llm")
        ]
        measured = by_name(claims(invented(tmp_path / str(companies), others + own)))[name].measured
        assert measured is not None
        return measured.high - measured.low

    assert width(1) > width(60)


def test_a_company_is_held_against_all_others(tmp_path: Path) -> None:
    chance = random.Random(1967)  # companies differ, and all of them together hire alike for each
    market = [Job(f"Company {n}", SIX[(n + chance.randrange(3)) % 6], "Austin") for n in range(240) for _ in range(5)]
    alike = [Job("Alike", track) for track in SIX for _ in range(200)]
    apart = [Job("Apart", "research")] * 20
    home = invented(tmp_path, [*market, *alike, *apart])
    asked = {name: by_name(claims(home, name.upper()))["company_mix"] for name in ("Alike", "Apart")}
    assert {name: one.verdict for name, one in asked.items()} == {"Alike": HOLDS, "Apart": DOES_NOT_HOLD}
    assert asked["Apart"].claim.says == "Apart hires as the market does"
    assert asked["Apart"].measured is not None
    assert asked["Apart"].measured.counted == 20
    with pytest.raises(UnknownNameError):
        claims(home, "Nobody")


def test_the_figures_agree_with_the_estimates_and_with_sql(guided: Path) -> None:
    found = by_name(claims(guided))
    (share,) = ask(
        guided,
        "select share, share_low, share_high, of_postings from estimates where kind = 'world' and level = 'all' and track = 'applied_llm'",
    ).rows
    most = found["applied_llm_hires_most"].measured
    assert most is not None
    assert (most.value, most.low, most.high, most.counted) == share
    (pay,) = ask(
        guided,
        "select pay_mid_usd, pay_mid_low_usd, pay_mid_high_usd, with_pay from estimates where country = 'US' and kind = 'country' and level = 'senior' and track = 'research'",
    ).rows
    paid = found["research_pays_senior"].measured
    assert paid is not None
    assert (paid.value, paid.low, paid.high, paid.counted) == pay
    # two openings of different companies, each pair looked at
    pairs = """select avg((a.region = b.region)::int) from (from open_tracks join posting_places using (posting_id)) a
        join (from open_tracks join posting_places using (posting_id)) b on a.company < b.company
        where a.track = 'applied_llm' and b.track = 'applied_llm'"""
    met = found["research_clusters"].rival_measured
    assert met is not None
    assert met.value == pytest.approx(ask(guided, pairs).rows[0][0], rel=0.1)
    senior = ask(guided, "select avg((seniority = 'senior')::int) from open_tracks where track = 'applied_llm'").rows[
        0
    ][0]
    of_level = found["applied_llm_senior_open"].measured
    assert of_level is not None
    assert of_level.value == pytest.approx(senior, abs=0.02)


def test_the_same_home_gives_the_same_answer(sample_home: Path) -> None:
    assert answer(claims(sample_home)).rows == answer(claims(sample_home)).rows


def trackmix(home: Path, *words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["claims", *words, "--home", str(home)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def test_the_command_shows_every_claim_and_how_it_is_judged(sample_home: Path) -> None:
    status, out, _ = trackmix(sample_home)
    assert status == 0
    assert out.startswith("SAMPLE MARKET")
    words = " ".join(out.split())
    assert RULE in words
    assert "Rests on" in words


def test_every_claim_is_judged_on_the_sample_market_and_none_shows_a_dash(sample_home: Path) -> None:
    judged = claims(sample_home)
    assert [one.claim for one in judged] == list(CLAIMS)
    for row in table(judged).rows:
        told = dict(zip(table(judged).columns, row, strict=True))
        assert all(not {"–", "-", "nan", "None"} & set(cell.split()) for cell in row), row
        assert all(told[name] for name in ("claim", "verdict", "probability", "figure (95 %)", "against"))
        assert (told["verdict"] == "open") == bool(told["what would settle it"])
    assert len({one.verdict for one in judged}) >= 4
    assert sum(one.probability is not None for one in judged) >= 25


def test_the_machine_forms_have_a_row_for_each_claim(sample_home: Path) -> None:
    company = str(
        ask(sample_home, "select company from open_tracks group by 1 order by count(*) desc, 1 limit 1").rows[0][0]
    )
    status, out, err = trackmix(sample_home, "--company", company, "--format", "json")
    assert status == 0
    assert "Sample market" in err
    found = json.loads(out)
    assert [row["claim"] for row in found] == [claim.name for claim in CLAIMS] + ["company_mix"]
    for row in found:
        assert row["rule"]
        assert row["verdict"] in list(Verdict)
        numbers = [row[name] for name in ("low", "figure", "high")]
        assert all(number is None for number in numbers) or (numbers == sorted(numbers) and all(map(isfinite, numbers)))
        assert row["probability"] is None or 0 < row["probability"] < 1
        assert row["figure"] is not None or (row["probability"] is None and row["rests_on"] == 0 and row["settles"])
    _, as_csv, _ = trackmix(sample_home, "--company", company, "--format", "csv")
    assert [row["claim"] for row in csv.DictReader(io.StringIO(as_csv))] == [row["claim"] for row in found]
    _, as_md, _ = trackmix(sample_home, "--company", company, "--format", "md")
    assert len(as_md.splitlines()) == len(found) + 2


def test_a_company_that_is_not_read_gets_one_sentence(sample_home: Path) -> None:
    status, out, err = trackmix(sample_home, "--company", "Nobody at all")
    assert (status, out) == (2, "")
    assert err.startswith("trackmix: no board of a company called 'Nobody at all' is read")
    assert len(err.strip().splitlines()) == 1


def test_the_site_says_of_each_claim_what_the_command_says(sample_home: Path, site: Path) -> None:
    page = LexborHTMLParser((site / "claims.html").read_text())
    shown = [[" ".join(cell.text().split()) for cell in row.css("th, td")] for row in page.css("table.claims tbody tr")]
    assert shown == [[" ".join(cell.split()) for cell in row] for row in table(claims(sample_home)).rows]


def test_companies_keep_the_tags_of_the_registry(sample_home: Path) -> None:
    tagged = dict(ask(sample_home, "select company, tag from company_tags").rows)
    assert tagged["Corvid Foundation Models"] == "lab"
    bundled = read_boards(BUNDLED)
    lab = next(board for board in bundled if "lab" in board.tags)
    mine = [
        Board(lab.company.upper(), "lever", "other"),
        Board("Kestrel", "lever", "kestrel", tags=("safety",)),
        Board("Merlin", "lever", "merlin"),
    ]
    assert company_tags(mine) == {lab.company.upper(): set(lab.tags), "Kestrel": {"safety"}, "Merlin": set()}


def test_the_page_names_every_claim_and_how_it_is_judged() -> None:
    page = " ".join((ROOT / "docs" / "claims.md").read_text().split())
    for claim in (*CLAIMS, company_mix("NAME")):
        assert f"`{claim.name}`" in page
    assert RULE in page
