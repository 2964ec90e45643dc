"""The ranking of the six tracks for a person: its rule, its reasons, its data for a page, and its questions."""

import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from invented import Job, invented
from typer.testing import CliRunner

from classifiers.examples import read_examples
from classifiers.fit import BACKGROUNDS, BEST, DAYS, fits, switches
from classifiers.guide import PROFILES
from classifiers.switches import profiles
from classifiers.switches import switches as made
from classifiers.tracks import TITLES, TRACKS
from pipeline.cli import app
from reports.beside import beside, skills_of
from reports.choose import RULE, Choice, Offer, against, choose, person, ranked
from reports.fitting import fitting
from reports.guidance import ROOM
from reports.openings import FIRST
from reports.reasons import guide_beside, missing
from reports.scope import WORLD, UnknownNameError, area_scope
from reports.site.choose import choose_data
from reports.site.figures import every_figure
from reports.site.market import Market
from warehouse.store import ask

SIX = [track.name for track in TRACKS]
TEXAS = {"applied_llm": 30, "inference_serving": 60, "mlops_platform": 10}
MANY = 60  # openings that leave little doubt


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Texas hires for inference, Germany for training, Deep only for research, Full only and Void never for inference."""
    jobs = [
        Job(f"Texan {number % 12}", track, "Austin", "senior", 150 + number)
        for track, times in TEXAS.items()
        for number in range(times)
    ]
    jobs += [Job(f"German {n}", "training", "Berlin") for n in range(9) for _ in range(5)]
    jobs += [Job("Deep", "research", "London") for _ in range(10)]
    jobs += [Job("Small", "safety_eval", "London", is_remote=True)]
    jobs += [Job(f"Baker {n % 11}", SIX[n % 4], "San Francisco") for n in range(44)]
    jobs += [Job("Far", "safety_eval", city, is_remote=True) for city in (None, "Denver", "Paris")]
    jobs += [Job("Full", "inference_serving", "Toronto") for _ in range(MANY)]
    jobs += [Job("Void", SIX[(0, 2, 3)[n % 3]], "Toronto") for n in range(MANY)]
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


def market(offer: Offer) -> float:
    """The odds here over the sum of both odds."""
    here, everywhere = offer.share / (1 - offer.share), offer.usual / (1 - offer.usual)
    return here / (here + everywhere)


def test_points_are_the_mean_of_three(home: Path) -> None:
    for choice in choose(home, "backend", "gpu-memory", "Texas"):
        of_three = choice.background.fit / 3, choice.day.fit / 3, market(choice.area)
        assert choice.points == pytest.approx(100 * sum(of_three) / 3)
        assert choice.points_low < choice.points < choice.points_high
        assert [(part.called, part.weight) for part in choice.parts] == [
            ("background", 1 / 3), ("day", 1 / 3), ("market", 1 / 3),
        ]  # fmt: skip
        assert (choice.area.postings, choice.area.of_postings) == (TEXAS.get(choice.track, 0), 100)
    first = choose(home, "backend", "gpu-memory", "Texas")[0]
    assert (first.track, first.rank, first.rank_from, first.rank_to) == ("inference_serving", 1, 1, 1)


def test_odds_are_compared_from_none_to_nothing_else() -> None:
    assert [against(share, 0.2) for share in (0, 0.2, 1)] == [0, 0.5, 1]
    assert against(1 / 3, 0.2) == pytest.approx(2 / 3)  # odds 1/2 against 1/4
    assert against(0, 0) == against(1, 1) == 0.5


def test_the_market_moves_the_points_by_the_third_it_is_said_to_weigh(home: Path) -> None:
    full, void = (
        by_track(choose(home, "sre", "platform", None, [name]))["inference_serving"] for name in ("Full", "Void")
    )
    assert (full.targets[0].postings, void.targets[0].postings) == (MANY, 0)
    assert 30 < full.points - void.points <= 100 / 3
    texas, germany = (
        by_track(choose(home, "sre", "platform", area))["inference_serving"] for area in ("Texas", "Germany")
    )
    assert texas.points - germany.points > 15


def test_the_market_can_turn_the_ranking(home: Path) -> None:
    """Where both fit as well, what is hired for near by decides; and a market can outweigh a fit."""
    ranking = by_track(choose(home, "sre", "breaking-models", "Texas"))
    assert ranking["inference_serving"].background.fit == ranking["mlops_platform"].background.fit
    assert ranking["inference_serving"].day.fit == ranking["mlops_platform"].day.fit
    assert ranking["inference_serving"].rank < ranking["mlops_platform"].rank
    at_void, at_full = (choose(home, "sre", "platform", None, [name])[0].track for name in ("Void", "Full"))
    assert (at_void, at_full) == ("mlops_platform", "inference_serving")


def test_the_target_companies_count_half_of_the_market(home: Path) -> None:
    for companies in (["deep"], ["Deep", "Small"]):
        found = by_track(choose(home, "phd", "experiments", "Texas", companies))
        for choice in found.values():
            at_companies = sum(market(offer) for offer in choice.targets) / len(companies)
            assert choice.parts[2].value == pytest.approx((market(choice.area) + at_companies) / 2)
    assert [(offer.postings, offer.of_postings) for offer in found["research"].targets] == [(10, 10), (0, 1)]
    alone = by_track(choose(home, "phd", "experiments", None, ["Deep"]))
    assert alone["research"].parts[2].value == pytest.approx(market(alone["research"].targets[0]))


def test_a_single_opening_moves_less_than_many(home: Path) -> None:
    small = by_track(choose(home, "sre", "platform", None, ["Small"]))["safety_eval"].parts[2]
    deep = by_track(choose(home, "sre", "platform", None, ["Deep"]))["research"].parts[2]
    assert 0.5 < small.value < deep.value
    assert small.high - small.low > deep.high - deep.low


@pytest.mark.parametrize("area", [None, "world"])
def test_where_nothing_is_named_the_fit_alone_ranks(home: Path, area: str | None) -> None:
    ranking = choose(home, "backend", "gpu-memory", area)
    for choice in ranking:
        assert [(part.called, part.weight) for part in choice.parts] == [("background", 0.5), ("day", 0.5)]
        assert choice.points == choice.points_low == choice.points_high
    tied = [choice for choice in ranking if choice.points == ranking[2].points]
    assert len(tied) > 1
    assert {(choice.rank, choice.rank_from, choice.rank_to) for choice in tied} == {(3, 3, 2 + len(tied))}
    _, out, _ = trackmix(home, "--background", "backend", "--day", "gpu-memory", *(["--area", area] if area else []))
    assert "no area or company is named" in out
    assert "not named" in out


def test_an_area_without_openings_is_ranked_by_what_it_lies_in(home: Path) -> None:
    """Boston has none: its shares are those of its region and country, with all their doubt."""
    found = by_track(choose(home, "backend", "gpu-memory", "Boston"))
    states = by_track(choose(home, "backend", "gpu-memory", "United States"))
    for name, choice in found.items():
        assert (choice.area.postings, choice.area.of_postings) == (0, 0)
        assert choice.area.share == pytest.approx(states[name].area.share, abs=0.05)
    assert missing(choose(home, "backend", "gpu-memory", "Boston"), person(home, "sre", "platform", "Boston", [])) == [
        "Boston has no opening of the six tracks."
    ]


def test_what_has_none_of_the_first_is_said(home: Path) -> None:
    who = person(home, "backend", "gpu-memory", "Germany", ["Deep", "Full", "Void"])
    ranking = ranked(home, who)
    assert ranking[0].track == "inference_serving"
    said = [
        "Germany has none of 45 openings in Inference / serving; it has 45 Fine-tuning / training.",
        "Deep has none of 10 openings in Inference / serving; it has 10 ML research.",
        "Void has none of 60 openings in Inference / serving; it has 20 Applied LLM, 20 Fine-tuning / training, "
        "20 MLOps / platform.",
    ]
    assert sorted(missing(ranking, who)) == sorted(said)
    words = [word for name in ("Deep", "Full", "Void") for word in ("--company", name)]
    _, out, _ = trackmix(home, "--background", "backend", "--day", "gpu-memory", "--area", "Germany", *words)
    assert all(sentence in out for sentence in missing(ranking, who))
    who = person(home, "backend", "gpu-memory", "Texas", ["Full"])
    assert missing(ranked(home, who), who) == []


def test_openings_that_fit_are_of_the_first_at_the_companies_and_in_the_area(home: Path) -> None:
    for area, companies, wanted in (
        ("Texas", ["Full"], {"Full": 5, "Texan": 5}),
        (None, ["Full"], {"Full": 10}),
        ("Texas", [], {"Texan": 10}),
        ("Germany", ["Full"], {"Full": 10}),  # which has none of the first
        ("Germany", ["Deep"], {}),
    ):
        who = person(home, "backend", "gpu-memory", area, companies)
        rows = fitting(home, who, ranked(home, who))
        assert {row["track"] for row in rows} <= {"inference_serving"}
        assert len({row["posting_id"] for row in rows}) == len(rows) <= FIRST
        counted = [row["company"].split()[0] for row in rows]
        assert {name: counted.count(name) for name in counted} == wanted, (area, companies)
    who = person(home, "backend", "gpu-memory", None, [])
    assert len(fitting(home, who, ranked(home, who))) == FIRST


def test_the_guide_stands_beside_what_openings_show(sample_home: Path, home: Path) -> None:
    inside = "select posting_id from job_places where country = 'US'"
    worth = ask(sample_home, "select skill, premium, premium_low, premium_high from skill_pay").rows
    premiums = {skill: tuple(figures) for skill, *figures in worth}
    for track in ("applied_llm", "safety_eval"):
        found = beside(sample_home, track, area_scope(sample_home, "United States"))
        assert list(found.named) == skills_of(PROFILES[track])
        counts = {
            where: dict(ask(sample_home, f"select skill, count(*) from open_tracks join posting_skills using (posting_id) where "
                                         f"track = '{track}' and posting_id in ({where}) group by skill").rows)
            for where in (inside, "select posting_id from jobs")
        }  # fmt: skip
        all_of = ask(sample_home, f"select count(*) from open_tracks where track = '{track}'").rows[0][0]
        for skill, named in found.named.items():
            assert [named.postings, named.everywhere] == [counted.get(skill, 0) for counted in counts.values()]
            assert (named.premium, named.premium_low, named.premium_high) == premiums.get(skill, (None, None, None))
            assert named.of_everywhere == all_of >= named.of_postings
    everywhere = beside(sample_home, "applied_llm", WORLD)
    assert all(named.postings == named.everywhere for named in everywhere.named.values())
    kept = ask(home, "from estimates where kind = 'region' and region = 'Texas' and level = 'senior'").records()
    paid = beside(home, "inference_serving", area_scope(home, "Texas")).paid
    row = next(row for row in kept if row["track"] == "inference_serving")
    assert (paid["senior"].called, paid["senior"].with_pay, paid["senior"].pay_mid_usd) == (
        "Texas",
        60,
        row["pay_mid_usd"],
    )
    assert "early" not in paid  # nobody anywhere looks for one
    around = beside(home, "inference_serving", area_scope(home, "Germany")).paid["senior"]
    assert (around.called, around.postings) == ("everywhere", 60)


def test_what_is_paid_with_a_skill_is_told_where_it_is_told_from_nothing(sample_home: Path) -> None:
    found = beside(sample_home, "inference_serving", WORLD)
    first, second, *_ = names = list(found.guide.skills)
    told = {
        first: replace(found.named[first], premium=0.06, premium_low=0.02, premium_high=0.1),
        second: replace(found.named[second], premium=0.06, premium_low=-0.02, premium_high=0.14),
        **{name: replace(found.named[name], premium=None, premium_low=None, premium_high=None) for name in names[2:]},
    }
    skills = guide_beside(replace(found, named=found.named | told)).rows[1][2]
    assert skills == ", ".join(
        f"{name} {told[name].postings:,}{' (pay +6 %)' if name == first else ''}" for name in names
    )


def test_ranks_that_the_shares_leave_open_say_so(home: Path) -> None:
    found = by_track(choose(home, "student", "product-features", "Texas"))
    for choice in found.values():
        surely_above = sum(other.points_low > choice.points_high for other in found.values())
        surely_below = sum(other.points_high < choice.points_low for other in found.values())
        assert (choice.rank_from, choice.rank_to) == (1 + surely_above, 6 - surely_below)
        assert choice.rank_from <= choice.rank <= choice.rank_to


def test_pay_is_estimated_also_where_nobody_states_it(home: Path) -> None:
    found = by_track(choose(home, "backend", "gpu-memory", "Texas"))
    assert found["inference_serving"].shown.with_pay == 60
    assert found["research"].shown.with_pay == 0
    for choice in found.values():
        pay = choice.shown.pay_mid_low_usd, choice.shown.pay_mid_usd, choice.shown.pay_mid_high_usd
        assert pay == tuple(sorted(pay))
        assert pay[0] < pay[2]


def test_remote_openings_are_those_one_may_take(home: Path) -> None:
    reach = {
        area: by_track(choose(home, "backend", "gpu-memory", area))["safety_eval"].shown.remote_postings
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
    assert (status, out) == (2, "")
    assert err.startswith("trackmix: ")
    assert said in err
    assert len(err.strip().splitlines()) == 1


def page_points(
    data: dict[str, Any], track: str, asked: tuple[str, str], markets: Sequence[dict[str, list[float]]]
) -> float:
    """The rule once more, from the JSON alone, as a page without a server works it out; the first market is everywhere."""
    fit = {(row["question"], row["answer"], row["track"]): row["fit"] / data["best_fit"] for row in data["fits"]}
    parts = [fit["background", asked[0], track], fit["day", asked[1], track]]
    odds = [market[track][2] / (1 - market[track][2]) for market in markets]
    values = [here / (here + odds[0]) for here in odds[1:]]
    parts += [sum(values) / len(values)] if values else []
    return 100 * sum(parts) / len(parts)


def test_a_page_can_rank_by_the_data(home: Path) -> None:
    market = Market(home)
    data, figures = (json.loads(json.dumps(made(market))) for made in (choose_data, every_figure))
    names = [track for track, _ in figures["tracks"]]
    offers = {page: dict(zip(names, of_tracks, strict=True)) for page, (_, _, *of_tracks) in figures["pages"].items()}
    areas = {(area["kind"], area["called"]): offers[area["page"]] for area in data["areas"]}
    world, at_deep = offers[data["areas"][0]["page"]], offers[market.company_paths["Deep"]]
    for (kind, name, called), background, day in zip(
        (
            ("region", "Texas, United States", "Texas"),
            ("country", "Germany", "Germany"),
            ("metro", "Bay Area, United States", "Bay Area"),
            ("remote", "Remote", "remote"),
            ("world", "everywhere", None),
        ),
        BACKGROUNDS,
        DAYS,
        strict=False,
    ):
        here = [] if called is None else [areas[kind, name]]
        for choice in choose(home, background, day, called, ["Deep"]):
            told = page_points(data, choice.track, (background, day), [world, *here, at_deep])
            assert choice.points == pytest.approx(told)


def test_the_data_for_a_page_have_every_area(home: Path) -> None:
    market = Market(home)
    areas, pages = choose_data(market)["areas"], every_figure(market)["pages"]
    where = "from estimates where level = 'all' and kind <> 'company' order by list_position(tracks_in_order(), track)"
    kept: dict[tuple[Any, ...], list[int]] = {}
    for row in ask(home, where).records():
        kept.setdefault((row["kind"], row["country"], row["region"], row["city"]), []).append(row["postings"])
    found = {
        (area["kind"], area["country"], area["region"], area["city"]): [offer[0] for offer in pages[area["page"]][2:]]
        for area in areas
        if area["kind"] not in ("metro", "wide_area")
    }
    assert found == kept
    assert areas[0]["kind"] == "world"
    for number, area in enumerate(areas):
        assert area["around"][0] == number
        assert area["around"][-1] == 0


def trackmix(home: Path, *words: str, told: str | None = None) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["choose", *words, "--home", str(home)], input=told)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


ANSWERED = ("--background", "backend", "--day", "gpu-memory", "--area", "Texas", "--company", "Deep")


def test_the_answer_shows_the_ranking_its_reasons_the_guide_and_openings(home: Path) -> None:
    status, out, _ = trackmix(home, *ANSWERED)
    assert status == 0
    said = " ".join(out.split())
    first = choose(home, "backend", "gpu-memory", "Texas", ["Deep"])[0]
    assert all(title in said for name, title in TITLES.items() if name in SIX)
    assert f"{first.background.because} {first.day.because}" in said
    assert "A third each: background + day (of 3), market" in said
    assert "60 of 100" in said
    assert "the guide says of Inference / serving the market shows: 60 openings here" in said
    assert "early $180–280k, senior $300–600k (US)" in said
    assert all(task.does in said for task in PROFILES["inference_serving"].break_in)
    assert len(re.findall(r"Texan \d+ +Austin", out)) == FIRST - ROOM  # a sentence says that Deep has none
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
        fit = row["background_fit"] / BEST, row["day_fit"] / BEST, row["market_value"]
        assert row["points"] == pytest.approx(100 * sum(w * f for w, f in zip(weights, fit, strict=True)))
        assert row["area_postings"] == TEXAS.get(row["track"], 0)
        assert row["area_share_low"] <= row["area_share"] <= row["area_share_high"]
        assert row["targets"] == f"Deep {10 if row['track'] == 'research' else 0} of 10"
    _, as_csv, _ = trackmix(home, *ANSWERED, "--format", "csv")
    assert [row["track"] for row in csv.DictReader(io.StringIO(as_csv))] == [row["track"] for row in found]
    _, as_md, _ = trackmix(home, *ANSWERED, "--format", "md")
    assert len(as_md.splitlines()) == len(SIX) + 2


def test_the_page_of_the_rule_has_it() -> None:
    assert RULE in " ".join((ROOT / "docs" / "choose.md").read_text().split())


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--background", "foo"), "no background is called 'foo'; choose from: backend"),
        (("--day", "foo"), "no day is called 'foo'"),
        (("--area", "Nowhereville"), "Nowhereville"),
        (("--company", "Nobody & Sons"), "Nobody & Sons"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anybody_is_asked(home: Path, words: tuple[str, ...], says: str) -> None:
    status, out, err = trackmix(home, *words, told="")
    assert (status, out) == (2, "")
    assert says in err
    assert "Your background" not in err
    assert "day should look like" not in err
