"""The ranking of the six tracks for a person: its rule, its reasons, its data for a page, and its questions."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from invented import Job, invented
from typer.testing import CliRunner

from classifiers.examples import read_examples
from classifiers.fit import BACKGROUNDS, BEST, DAYS, fits, switches
from classifiers.switches import profiles
from classifiers.switches import switches as made
from classifiers.tracks import TITLES, TRACKS
from pipeline.cli import app
from reports.choose import LEAST_AT_TARGETS, LEAST_COMPANIES, LEAST_POSTINGS, RULE, Choice, choose, choose_table
from reports.scope import UnknownNameError, area_scope, ask_mix

SIX = [track.name for track in TRACKS]
TEXAS = {"applied_llm": 30, "inference_serving": 60, "mlops_platform": 10}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Texas hires for inference, Germany too little to say, Deep only for research, Remote from anywhere."""
    jobs = [
        Job(f"Texan {number % 12}", track, "Austin", "senior", 150 + number)
        for track, times in TEXAS.items()
        for number in range(times)
    ]
    jobs += [Job(f"German {n}", "training", "Berlin") for n in range(LEAST_COMPANIES - 1) for _ in range(5)]
    jobs += [Job("Deep", "research", "London") for _ in range(LEAST_AT_TARGETS)]
    jobs += [Job("Small", "safety_eval", "London") for _ in range(LEAST_AT_TARGETS - 1)]
    jobs += [Job(f"Baker {n % 11}", SIX[n % 4], "San Francisco") for n in range(44)]
    jobs += [Job("Far", "safety_eval", city, is_remote=True) for city in (None, "Denver", "Paris")]
    return invented(tmp_path_factory.mktemp("home"), jobs)


def by_track(ranking: Sequence[Choice]) -> dict[str, Choice]:
    return {choice.track: choice for choice in ranking}


def test_the_table_of_fits_is_whole_and_says_why() -> None:
    asked = [(fit.question, fit.answer, fit.track) for fit in fits()]
    answers = [("background", name) for name in BACKGROUNDS] + [("day", name) for name in DAYS]
    assert sorted(asked) == sorted((question, answer, track) for question, answer in answers for track in SIX)
    for fit in fits():
        assert 0 <= fit.fit <= BEST
        assert fit.because.endswith(".")
        assert fit.rests_on in ("guide", "labelling guide", "ours")
    for question, answer in answers:
        best = [fit for fit in fits() if (fit.question, fit.answer) == (question, answer) and fit.fit == BEST]
        assert best, answer
        assert question == "background" or len(best) == 1  # a day is some track's week


def test_the_table_of_switches_is_what_the_training_data_say() -> None:
    with (ROOT / "classifiers" / "switches.csv").open(newline="") as file:
        assert list(csv.DictReader(file)) == made(read_examples())
    in_common = {(switch.from_track, switch.to_track): switch.in_common for switch in switches()}
    assert len(in_common) == 30
    assert all(in_common[b, a] == share and 0 < share < 1 for (a, b), share in in_common.items())
    terms, asked = profiles(read_examples())
    assert asked.sum(axis=1) == pytest.approx(1)
    usual = dict(zip(terms, asked[SIX.index("inference_serving")], strict=True))
    assert usual["cuda"] > 3 * usual["rag"]


def test_points_are_the_mean_of_three(home: Path) -> None:
    for choice in choose(home, "backend", "gpu-memory", "Texas"):
        share = TEXAS.get(choice.track, 0) / 100
        assert choice.points == pytest.approx(100 * (choice.background.fit / 3 + choice.day.fit / 3 + share) / 3)
        assert choice.points_low <= choice.points <= choice.points_high
        assert [(part.called, part.weight) for part in choice.parts] == [
            ("background", 1 / 3), ("day", 1 / 3), ("market", 1 / 3),
        ]  # fmt: skip
        assert choice.market.openings.postings == TEXAS.get(choice.track, 0)
    first = choose(home, "backend", "gpu-memory", "Texas")[0]
    assert (first.track, first.rank, first.rank_from, first.rank_to) == ("inference_serving", 1, 1, 1)


def test_the_market_can_turn_the_ranking(home: Path) -> None:
    """Where both fit as well, what is hired for near by decides."""
    ranking = by_track(choose(home, "sre", "breaking-models", "Texas"))
    assert ranking["inference_serving"].background.fit == ranking["mlops_platform"].background.fit
    assert ranking["inference_serving"].day.fit == ranking["mlops_platform"].day.fit
    assert ranking["inference_serving"].rank < ranking["mlops_platform"].rank


def test_the_target_companies_count_half_of_the_market(home: Path) -> None:
    found = by_track(choose(home, "phd", "experiments", "Texas", ["deep"]))
    assert found["research"].targets.share == 1
    assert found["research"].parts[2].value == pytest.approx((0 + 1) / 2)
    assert found["inference_serving"].parts[2].value == pytest.approx((0.6 + 0) / 2)
    both = by_track(choose(home, "phd", "experiments", "Texas", ["Deep", "Small"]))
    assert both["research"].targets.all_postings == 2 * LEAST_AT_TARGETS - 1


@pytest.mark.parametrize(("area", "companies"), [("Germany", []), ("Germany", ["Small"]), ("Paris", [])])
def test_without_enough_openings_the_fit_alone_ranks(home: Path, area: str, companies: list[str]) -> None:
    ranking = choose(home, "backend", "gpu-memory", area, companies)
    for choice in ranking:
        assert [(part.called, part.weight) for part in choice.parts] == [("background", 0.5), ("day", 0.5)]
        assert choice.market.openings.share is None
        assert choice.market.openings.postings is None
        assert choice.points == choice.points_low == choice.points_high
    tied = [choice for choice in ranking if choice.points == ranking[2].points]
    assert len(tied) > 1
    assert {(choice.rank, choice.rank_from, choice.rank_to) for choice in tied} == {(3, 3, 2 + len(tied))}
    _, out, _ = trackmix(home, *("--background", "backend", "--day", "gpu-memory", "--area", area),
                         *(word for company in companies for word in ("--company", company)))  # fmt: skip
    assert "ranked by fit alone" in out
    assert "too few" in out


def test_ranks_that_the_shares_leave_open_say_so(home: Path) -> None:
    found = by_track(choose(home, "student", "product-features", "Texas"))
    for choice in found.values():
        surely_above = sum(other.points_low > choice.points_high for other in found.values())
        surely_below = sum(other.points_high < choice.points_low for other in found.values())
        assert (choice.rank_from, choice.rank_to) == (1 + surely_above, 6 - surely_below)
        assert choice.rank_from <= choice.rank <= choice.rank_to


def test_pay_has_an_interval_or_is_withheld(home: Path) -> None:
    found = by_track(choose(home, "backend", "gpu-memory", "Texas"))
    market = found["inference_serving"].market
    assert (market.with_pay, market.pay_mid_usd) == (60, 179_500)
    assert market.pay_mid_low_usd < market.pay_mid_usd < market.pay_mid_high_usd
    few = found["mlops_platform"].market
    assert few.with_pay == 10 < LEAST_POSTINGS
    assert (few.pay_mid_usd, few.pay_mid_low_usd, few.pay_mid_high_usd) == (None, None, None)


def test_remote_openings_are_those_one_may_take(home: Path) -> None:
    reach = {
        area: by_track(choose(home, "backend", "gpu-memory", area))["safety_eval"].market.remote_postings
        for area in ("Texas", "Germany", "Paris", None)
    }
    assert reach == {"Texas": 2, "Germany": 1, "Paris": 1, None: 0}  # what is in the area itself is among its openings


def test_switches_are_told_nearest_first(home: Path) -> None:
    for choice in choose(home, "backend", "gpu-memory"):
        shares = [switch.in_common for switch in choice.switches]
        assert shares == sorted(shares, reverse=True)
        assert {switch.to_track for switch in choice.switches} == set(SIX) - {choice.track}


@pytest.mark.parametrize(
    ("background", "day", "area", "companies", "said"),
    [
        ("cook", "platform", None, [], "choose from: backend, frontend"),
        ("sre", "sleep", None, [], "choose from: product-features, gpu-memory"),
        ("sre", "platform", "Austn", [], "Austin"),
        ("sre", "platform", None, ["Deeep"], "Deep"),
    ],
)
def test_an_answer_that_is_not_known_gets_one_sentence(
    home: Path, background: str, day: str, area: str | None, companies: list[str], said: str
) -> None:
    with pytest.raises(UnknownNameError, match=said):
        choose(home, background, day, area, companies)
    words = ["--background", background, "--day", day, *(["--area", area] if area else [])]
    status, out, err = trackmix(home, *words, *(word for company in companies for word in ("--company", company)))
    assert (status, out) == (1, "")
    assert err.startswith("trackmix: ")
    assert said in err
    assert len(err.strip().splitlines()) == 1


def page_points(table: dict[str, Any], track: str, asked: tuple[str, str], markets: Sequence[dict[str, int]]) -> float:
    """The rule once more, from the JSON alone, as a page without a server works it out."""
    fit = {(row["question"], row["answer"], row["track"]): row["fit"] / table["best_fit"] for row in table["fits"]}
    parts = [fit["background", asked[0], track], fit["day", asked[1], track]]
    shares = [market.get(track, 0) / sum(market.values()) for market in markets]
    parts += [sum(shares) / len(shares)] if shares else []
    return 100 * sum(parts) / len(parts)


def test_a_page_can_rank_by_the_table(home: Path) -> None:
    table = json.loads(json.dumps(choose_table(home)))
    areas: dict[Any, dict[str, int]] = {}
    for row in table["areas"]:
        name = row["city"] or row["region"] or row["country"]
        areas.setdefault((row["kind"], name), {})[row["track"]] = row["postings"]
    assert ("country", "DE") not in areas  # too few companies
    at_deep = {row["track"]: row["postings"] for row in table["companies"] if row["company"] == "Deep"}
    for number, background in enumerate(BACKGROUNDS):
        day = list(DAYS)[number % len(DAYS)]
        for kind, name, called in (
            ("region", "Texas", "Texas"),
            ("metro", "Bay Area", "Bay Area"),
            ("world", None, None),
        ):
            for choice in choose(home, background, day, called, ["Deep"]):
                told = page_points(table, choice.track, (background, day), (areas[kind, name], at_deep))
                assert choice.points == pytest.approx(told)


def test_a_place_has_one_interval_wherever_it_is_asked_for(home: Path) -> None:
    """On its own page, in the ranking of the terminal and in that of the page; also of a track it has none of."""
    areas = {(row["kind"], row["city"] or row["region"], row["track"]): row for row in choose_table(home)["areas"]}
    for kind, name, called in (
        ("region", "Texas", "Texas"),
        ("metro", "Bay Area", "Bay Area"),
        ("world", None, "world"),
    ):
        mix = {row["track"]: row for row in ask_mix(home, area_scope(home, called)).records()}
        for choice in choose(home, "backend", "gpu-memory", called):
            limits = choice.market.openings.limits()
            assert limits is not None
            told = areas[kind, name, choice.track]
            assert limits == pytest.approx((told["share"], told["share_low"], told["share_high"]))
            if not mix[choice.track]["is_withheld"]:
                row = mix[choice.track]
                assert limits == pytest.approx((row["share"], row["share_low"], row["share_high"]))
            else:
                assert limits[0] < limits[2]
    assert choose(home, "backend", "gpu-memory", "Texas")[-1].market.openings.share == 0


def test_the_table_for_a_page_says_what_it_is(home: Path) -> None:
    table = choose_table(home)
    assert table["rule"] == RULE
    assert set(table["tracks"]) == set(SIX)
    assert (table["backgrounds"], table["days"]) == (BACKGROUNDS, DAYS)
    totals: dict[Any, int] = {}
    for row in table["areas"]:
        key = (row["kind"], row["country"], row["region"], row["city"])
        totals[key] = totals.get(key, 0) + row["postings"]
    assert min(totals.values()) >= LEAST_POSTINGS


def trackmix(home: Path, *words: str, told: str | None = None) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["choose", *words, "--home", str(home)], input=told)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


ANSWERED = ("--background", "backend", "--day", "gpu-memory", "--area", "Texas", "--company", "Deep")


def test_the_answer_shows_the_ranking_its_reasons_and_its_rule(home: Path) -> None:
    status, out, _ = trackmix(home, *ANSWERED)
    assert status == 0
    said = " ".join(out.split())
    assert all(title in said for name, title in TITLES.items() if name in SIX)
    assert all(choice.background.because in said for choice in choose(home, "backend", "gpu-memory"))
    assert RULE in said
    assert "Weights: background 33%, day 33%, market 33%." in said
    assert "Texas, United States: 100 openings of 12 companies." in said
    assert "Deep: 10 openings of 1 company." in said
    assert "SAMPLE" not in said


def test_the_sample_market_is_called_a_sample(sample_home: Path) -> None:
    status, out, err = trackmix(sample_home, "--background", "phd", "--day", "experiments")
    assert (status, out[:13]) == (0, "SAMPLE MARKET")
    _, _, err = trackmix(sample_home, "--background", "phd", "--day", "experiments", "--format", "json")
    assert "Sample market" in err


def test_asked_in_the_terminal_it_answers_the_same(home: Path) -> None:
    _, told, _ = trackmix(home, *ANSWERED, "--format", "json")
    status, out, err = trackmix(home, "--format", "json", told="cook\nbackend\ngpu-memory\nTexas\nDeep,\n")
    assert status == 0
    assert json.loads(out) == json.loads(told)
    assert "select one of the available options" in err
    assert all(meaning in err for meaning in (*BACKGROUNDS.values(), *DAYS.values()))
    # what is given is not asked again
    status, out, err = trackmix(home, "--format", "json", *ANSWERED[2:], told="backend\n")
    assert json.loads(out) == json.loads(told)
    assert "Where you look" not in err


def test_no_answer_to_where_is_everywhere(home: Path) -> None:
    _, told, _ = trackmix(home, "--background", "phd", "--day", "experiments", "--format", "json")
    _, out, _ = trackmix(home, "--format", "json", told="phd\nexperiments\n\n\n")
    assert json.loads(out) == json.loads(told)


def test_a_question_that_is_left_ends_without_a_traceback(home: Path) -> None:
    status, out, _ = trackmix(home, told="backend\n")
    assert (status, out) == (1, "")


def test_the_machine_forms_have_a_row_for_each_track(home: Path) -> None:
    _, out, _ = trackmix(home, *ANSWERED, "--format", "json")
    found = json.loads(out)
    assert {row["track"] for row in found} == set(SIX)
    for row in found:
        weights = row["background_weight"], row["day_weight"], row["market_weight"]
        fit = row["background_fit"] / BEST, row["day_fit"] / BEST, (row["area_share"] + row["targets_share"]) / 2
        assert row["points"] == pytest.approx(100 * sum(w * f for w, f in zip(weights, fit, strict=True)))
    _, as_csv, _ = trackmix(home, *ANSWERED, "--format", "csv")
    assert [row["track"] for row in csv.DictReader(io.StringIO(as_csv))] == [row["track"] for row in found]
    _, as_md, _ = trackmix(home, *ANSWERED, "--format", "md")
    assert len(as_md.splitlines()) == len(SIX) + 2


def test_the_page_of_the_rule_has_it() -> None:
    assert RULE in " ".join((ROOT / "docs" / "choose.md").read_text().split())
