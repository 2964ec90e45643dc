"""Estimates by partial pooling, asked of real warehouses of invented markets."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from invented import DAY, Job, invented

from classifiers.tracks import TRACKS
from warehouse.cells import estimates_of
from warehouse.chances import chance_larger
from warehouse.draws import track_shares
from warehouse.estimates import (
    Counts,
    LabelShift,
    difference,
    estimate_shares,
    one_company,
    share_limits,
)
from warehouse.pay import PayCounts, PayModel, estimate_pay
from warehouse.store import ask, open_store

NAMES = [track.name for track in TRACKS]
NOTHING: dict[str, Any] = dict.fromkeys(
    (
        "company",
        "countries",
        "country",
        "region",
        "city",
        "latitude",
        "longitude",
        "within_km",
        "level",
        "is_remote",
        "since",
        "until",
    )
)
SPREADS = {"country": 0.3, "city": 0.25, "company": 0.25, "within": 0.1, "posting": 0.3}
DISPERSALS = {"country": 0.1, "region": 0.1, "city": 0.1, "company": 0.3, "narrowed": 0.1}


def estimates(home: Path, kind: str = "world", **scope: Any) -> list[dict[str, Any]]:
    return estimates_of(lambda question, params=None: ask(home, question, params), NOTHING | {"kind": kind} | scope)


def share(rows: Iterable[dict[str, Any]], track: str) -> dict[str, Any]:
    return next(row for row in rows if row["track"] == track)


def whole(rows: list[dict[str, Any]]) -> None:
    """Six rows of figures that can be: none of them null but pay where nobody states any."""
    assert [row["track"] for row in rows] == NAMES
    assert sum(row["share"] for row in rows) == pytest.approx(1)
    for row in rows:
        assert 0 <= row["share_low"] <= row["share"] <= row["share_high"] <= 1
        assert 0 <= row["parent_weight"] <= 1
        if row["pay_mid_usd"] is not None:
            assert 0 < row["pay_mid_low_usd"] <= row["pay_mid_usd"] <= row["pay_mid_high_usd"]


def mixed(company: str, city: str, *tracks: str, pay: int | None = None, level: str = "senior") -> list[Job]:
    return [Job(company, track, city, level, pay) for track in tracks]


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Texas hires for serving, Berlin for research, New York has one job; two in three state pay, Germany none."""
    jobs = []
    for number in range(30):
        jobs += mixed(
            f"Tejas {number}", "Austin", "inference_serving", "inference_serving", "training", pay=200 + number
        )
        jobs += mixed(f"Spree {number}", "Berlin", "research", "research", "training")
    jobs += mixed("Hudson", "New York", "safety_eval", pay=400, level="early")
    jobs += mixed("Gorge", "Austin", *["training"] * 12, pay=150)
    jobs += [Job("Anywhere", "mlops_platform", None, "lead", 300, is_remote=True)]
    return invented(tmp_path_factory.mktemp("market"), jobs)


def test_a_cell_borrows_the_more_the_less_it_has(market: Path) -> None:
    york, texas = (estimates(market, "region", country="US", region=region) for region in ("New York", "Texas"))
    assert york[0]["parent_weight"] > 5 * texas[0]["parent_weight"]
    assert york[0]["parent_postings"] == 102  # all others of its country
    row = share(york, "inference_serving")
    assert row["postings"] == 0
    assert row["share"] == pytest.approx(row["parent_weight"] * row["parent_share"])
    assert share(texas, "inference_serving")["share"] == pytest.approx(60 / 102, abs=0.05)


def test_every_answer_is_whole(market: Path) -> None:
    for kind, scope in (
        ("world", {}),
        ("remote", {}),
        ("country", {"country": "DE"}),
        ("country", {"country": "FR"}),  # no openings at all
        ("city", {"country": "US", "region": "Texas", "city": "Austin"}),
        ("company", {"company": "Anywhere"}),
        ("company", {"company": "Nobody"}),
        ("country", {"country": "US", "level": "early", "is_remote": True}),
        (
            "city",
            {
                "country": "DE",
                "region": "Berlin",
                "city": "Berlin",
                "latitude": 52.5,
                "longitude": 13.4,
                "within_km": 50.0,
            },
        ),
    ):
        rows = estimates(market, kind, **scope)
        whole(rows)
        assert all(row["pay_mid_usd"] for row in rows)


def test_what_is_kept_is_what_is_estimated_when_asked(market: Path) -> None:
    narrowest = {"since": DAY.replace(year=2000)}  # narrows nothing, but is not kept
    for kind, scope in (
        ("region", {"country": "US", "region": "Texas"}),
        ("company", {"company": "Gorge"}),
        ("city", {"country": "US", "region": "Texas", "city": "Austin", "level": "senior"}),
    ):
        kept = estimates(market, kind, **scope)
        with open_store(market) as store:
            store.ask("begin")
            store.ask("delete from estimates")
            made = estimates_of(store.ask, NOTHING | {"kind": kind} | scope)
            store.ask("rollback")
        assert made == kept
        assert estimates(market, kind, **scope | narrowest)[0]["postings"] == kept[0]["postings"]


def test_remote_and_the_world_narrowed_to_remote_are_one(market: Path) -> None:
    asked, narrowed = estimates(market, "remote"), estimates(market, is_remote=True)
    assert [row["share"] for row in asked] == [row["share"] for row in narrowed]


def test_postings_of_one_company_tell_less_than_of_many() -> None:
    postings = np.tile([[[8.0, 2, 0, 0, 0, 0], [50, 50, 50, 50, 50, 50]]], (2, 1, 1))
    counts = Counts(postings, np.array([[100.0, 300], [10, 300]]), np.array([["country", ""]] * 2))
    told = estimate_shares(counts, DISPERSALS)
    assert told.worth[0, 0] < told.worth[1, 0] / 2
    assert told.high[0, 0] - told.low[0, 0] > told.high[1, 0] - told.low[1, 0]
    backwards = Counts(counts.postings[::-1], counts.squares[::-1], counts.steps[::-1])
    assert (estimate_shares(backwards, DISPERSALS).share[::-1] == told.share).all()


def test_what_a_place_of_few_companies_is_like_is_not_borrowed() -> None:
    # 76 openings, of which one company has 55 or every company one; then 3 of one company or of three
    own = np.array([[18.0, 58], [18, 58], [0, 3], [0, 3]])
    postings = np.stack([own, np.tile([2.0, 398], (4, 1))], axis=1)
    counts = Counts(postings, np.array([[3_110.0, 400], [76, 400], [9, 400], [3, 400]]), np.array([["city", ""]] * 4))
    told = estimate_shares(counts, DISPERSALS)
    assert told.share[0, 0] > 0.5 * 18 / 76  # although it rests on hardly two companies
    assert told.share[0, 0] < told.share[1, 0]
    assert (told.high - told.low)[0, 0] > (told.high - told.low)[1, 0]
    assert told.parent_weight[2] < told.parent_weight[3]


def test_two_openings_are_of_one_company_the_more_likely_the_fewer_there_are() -> None:
    size, squares = np.array([0.0, 1, 10, 10, 1000]), np.array([0.0, 1, 100, 10, 1000])
    nothing, one, alone, apart, many = one_company(size, squares)
    assert nothing == one == pytest.approx(0.2)  # four in five companies have one opening in a place
    assert alone > 0.8
    assert 0 < many < apart < 0.05
    assert one_company(np.array([12.0]), np.array([0.0])) == 0  # a company's own cell, where nobody else is


def test_wrong_labels_widen_the_interval_and_leave_the_share() -> None:
    counts = Counts(np.array([[[8.0, 2, 1, 1, 1, 1]]]), np.zeros((1, 1)), np.array([[""]]))
    sure, unsure = (estimate_shares(counts, DISPERSALS, LabelShift(of, of)) for of in (0, 0.4))
    assert (sure.share == unsure.share).all()
    assert (unsure.high - unsure.low > sure.high - sure.low).all()
    assert (unsure.worth < sure.worth).all()


def test_a_track_that_nobody_hires_for_may_be_nothing() -> None:
    low, high = share_limits(np.array([[0.001, 0.999]]), np.array([[50.0, 50.0]]))
    assert low[0, 0] == 0
    assert 0.01 < high[0, 0] < 0.1


def test_pay_lies_between_the_cells_own_and_what_it_lies_in(market: Path) -> None:
    texas, germany = estimates(market, "country", country="US"), estimates(market, "country", country="DE")
    serving = share(texas, "inference_serving")
    assert serving["pay_mid_usd"] == pytest.approx(214_500, rel=0.05)
    # Germany states none: all of it is borrowed, and little is known
    row = share(germany, "research")
    assert (row["with_pay"], row["pay_parent_weight"]) == (0, 1)
    assert (
        row["pay_mid_high_usd"] / row["pay_mid_low_usd"] > 2 * serving["pay_mid_high_usd"] / serving["pay_mid_low_usd"]
    )
    # one company's twelve are taken at their word by itself, less by the place
    gorge, austin = share(estimates(market, "company", company="Gorge"), "training"), share(texas, "training")
    assert 140_000 < gorge["pay_mid_usd"] < austin["pay_mid_usd"] < 215_000


def test_what_few_companies_may_pay_is_in_the_interval() -> None:
    # a city and a company of which nobody states pay: in the city, a few companies may be all that hire for a track
    none, model = np.zeros((2, 2, 6, 1)), PayModel(np.full(6, 12.0), np.full(6, 0.1), np.zeros((6, 1)), 0.5, SPREADS)
    squares, by_track = np.zeros((2, 2)), np.zeros((2, 6))
    steps = np.array([["city", ""], ["company", ""]])
    counts = PayCounts(none, none, by_track, squares, by_track, by_track, steps, np.full(2, -1), np.zeros((2, 2)))
    told = estimate_pay(counts, model)
    assert (told.mid[0] == told.mid[1]).all()
    assert (told.high[0] > told.high[1]).all()
    assert (told.apart[0] > told.apart[1]).all()


def test_own_pay_is_a_median_and_what_it_disagrees_with_widens_the_interval() -> None:
    # countries with one posting that states pay, nine as is usual, and nine far from it; each at a company of its own
    number, above = np.array([1.0, 9, 9]), np.array([0.3, 0.3, 1.5])
    stated = np.zeros((3, 2, 6, 1))
    stated[:, 0, 0, 0] = number
    middle, squares, others = np.zeros((3, 6)), np.zeros((3, 6)), np.zeros((3, 6))
    middle[:, 0], squares[:, 0] = 12 + above, number
    model = PayModel(np.full(6, 12.0), np.full(6, 0.1), np.zeros((6, 1)), 0.5, SPREADS)
    logs, steps = stated * middle[:, None, :, None], np.array([["country", ""]] * 3)
    counts = PayCounts(stated, logs, middle, np.zeros((3, 2)), squares, others, steps, np.full(3, -1), np.zeros((3, 2)))
    told = estimate_pay(counts, model)
    one, nine, far = (told.parent_weight[cell, 0] for cell in range(3))
    # the median of nine varies by more than a ninth: by half of pi, less what so few are short of it
    assert (nine / (1 - nine)) / (one / (1 - one)) == pytest.approx((1 + (np.pi / 2 - 1) * 8 / 9) / 9)
    assert far == nine
    width = np.log(told.high / told.low)[:, 0]
    assert width[2] > 1.5 * width[1]
    assert told.apart[2, 0] > told.apart[1, 0]


def test_a_level_is_paid_its_own(market: Path) -> None:
    early, senior = (share(estimates(market, level=level), "safety_eval") for level in ("early", "senior"))
    assert (early["with_pay"], senior["with_pay"]) == (1, 0)
    assert early["pay_mid_usd"] > senior["pay_mid_usd"]


@pytest.mark.parametrize(
    "jobs",
    [[], [Job("One", "training", None)], [Job("One", "training", pay=100)], mixed("One", "Berlin", *NAMES, *NAMES)],
    ids=["nothing", "one without place or pay", "one with pay", "one company in one city"],
)
def test_tiny_homes_are_answered_whole(tmp_path: Path, jobs: list[Job]) -> None:
    home = invented(tmp_path, jobs)
    for kind, scope in (("world", {}), ("company", {"company": "One"}), ("country", {"country": "DE"})):
        rows = estimates(home, kind, **scope)
        whole(rows)
        assert all((row["pay_mid_usd"] is None) == (not any(job.pay for job in jobs)) for row in rows)
        assert sum(row["postings"] for row in rows) == (0 if kind == "country" and not jobs[1:] else len(jobs))


def test_the_sample_market_is_answered_whole(sample_home: Path) -> None:
    names = "kind, company, country, region, city, level"
    kept = ask(sample_home, f"select distinct {names} from estimates").records()
    assert len(kept) > 50
    rows = ask(sample_home, f"from estimates order by {names}, list_position(tracks_in_order(), track)").records()
    for first in range(0, len(rows), len(NAMES)):
        whole(rows[first : first + len(NAMES)])
    spread = ask(sample_home, "select min(value), max(value) from priors where parameter = 'dispersal'").rows[0]
    assert 0 < spread[0] <= spread[1] < 1


def test_tracks_stand_in_sql_as_in_python(market: Path) -> None:
    assert ask(market, "select tracks_in_order()").rows[0][0] == NAMES


def test_shares_are_compared_by_what_they_are_worth() -> None:
    gap, low, high, chance = difference(np.array([0.5]), np.array([100.0]), np.array([0.3]), np.array([100.0]))
    assert low < gap < high
    assert chance > 0.99
    assert difference(np.array([0.5]), np.array([5.0]), np.array([0.3]), np.array([5.0]))[3] < 0.9
    assert chance_larger(0.3, 0.3, 50.0) == pytest.approx(0.5)


def test_a_scope_lies_in_all_that_is_wider_up_to_the_world(market: Path) -> None:
    scope = NOTHING | {"kind": "city", "country": "DE", "region": "Berlin", "city": "Berlin", "level": "senior"}
    rungs = ask(market, "estimates/chain", {"scope": scope}).records()
    assert [row["scope"]["kind"] for row in rungs] == ["city", "city", "region", "country", "world"]


def test_draws_of_shares_are_a_dirichlet_where_all_are_worth_the_same() -> None:
    share, none = np.array([0.5, 0.2, 0.1, 0.1, 0.05, 0.05]), np.zeros(6)
    drawn = track_shares(share, np.full(6, 40.0), none, np.random.default_rng(0))
    assert drawn.sum(axis=1) == pytest.approx(1)
    assert drawn.mean(axis=0) == pytest.approx(share, abs=0.01)
    assert drawn.std(axis=0) == pytest.approx(np.sqrt(share * (1 - share) / 41), rel=0.1)
    vaguer = track_shares(share, np.array([40.0, 4.0, 40.0, 40.0, 40.0, 40.0]), none, np.random.default_rng(0))
    assert vaguer[:, 1].std() > 2 * drawn[:, 1].std()
