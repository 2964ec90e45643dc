"""The statistics that the warehouse is asked for, against published worked examples and independent formulas."""

import numpy as np
import pytest
from scipy.stats import CensoredData, binomtest, ecdf, fisher_exact

from warehouse.clusters import Clusters
from warehouse.comparisons import (
    chance_of_change,
    chance_of_more,
    change_of_shares,
    change_of_stock,
    discoveries,
    is_apart,
)
from warehouse.estimates import Floats, wilson
from warehouse.survival import LEAST_AT_RISK, Curve, kaplan_meier


def of(*values: float) -> Floats:
    return np.array(values, float)


@pytest.mark.parametrize(
    ("count", "size", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilsons_interval_is_that_of_newcombes_table(count: int, size: int, low: float, high: float) -> None:
    """Newcombe 1998, Stat. Med. 17:857, table I, method 3."""
    found = [float(end[0]) for end in wilson(of(count / size), of(size))]
    assert found == pytest.approx([low, high], abs=5e-5)
    library = binomtest(count, size).proportion_ci(method="wilson")
    assert found == pytest.approx([library.low, library.high], abs=1e-7)


def test_of_nothing_a_share_may_be_anything() -> None:
    assert [float(end[0]) for end in wilson(of(0.3), of(0))] == pytest.approx([0, 1])


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((6, 7, 2, 7), 0.0582, 0.8062),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 10, 0, 20), -0.1611, 0.2775),
        ((10, 10, 0, 10), 0.6075, 1.0000),
    ],
)
def test_newcombes_interval_is_that_of_his_table(counts: tuple[int, ...], low: float, high: float) -> None:
    """Newcombe 1998, Stat. Med. 17:873, table II, method 10."""
    found = [float(end[0]) for end in change_of_shares(*(of(count) for count in counts))]
    assert found == pytest.approx([low, high], abs=5e-5)


def clusters(counts: list[tuple[int, int]]) -> Clusters:
    """One share, of units that have so many postings of it out of so many."""
    k, n = np.array(counts, float).T
    sums = (k.sum(), n.sum(), len(k), k @ k, k @ n, n @ n)
    return Clusters(*(of(value) for value in sums))


def test_postings_one_a_company_are_worth_what_they_are() -> None:
    alone = clusters([(1, 1)] * 7 + [(0, 1)] * 13)
    assert alone.worth() == pytest.approx([19])
    assert alone.worth_of_few() == alone.worth()


def test_postings_that_companies_have_all_or_none_of_are_worth_the_companies() -> None:
    alike = clusters([(5, 5)] * 6 + [(0, 5)] * 14)
    assert alike.worth() == pytest.approx([19])
    for share in (0, 5):
        assert clusters([(share, 5)] * 20).worth() == pytest.approx([20])
    assert clusters([(2, 5)]).worth_of_few() == pytest.approx([1])


def test_the_design_effect_is_the_variance_of_a_ratio_over_the_binomial_one() -> None:
    """Cochran 1977, Sampling Techniques, 3.34: the linearised variance of a ratio of two sums over units."""
    chance = np.random.default_rng(5)
    n = chance.integers(1, 30, 40)
    counts = [
        (int(chance.binomial(size, part)), int(size)) for size, part in zip(n, chance.beta(1, 3, 40), strict=True)
    ]
    k = np.array([count for count, _ in counts])
    share = k.sum() / n.sum()
    variance = len(n) * np.var(k - share * n, ddof=1) / n.sum() ** 2
    assert clusters(counts).worth() == pytest.approx([share * (1 - share) / variance])


@pytest.mark.parametrize(("units", "quantile"), [(2, 12.706), (3, 4.303), (5, 2.776), (11, 2.228), (31, 2.042)])
def test_few_companies_tell_less_by_students_quantile(units: int, quantile: float) -> None:
    """The quantiles of 97.5 % as every table of Student's distribution has them."""
    few = clusters([(2, 4), (0, 4)] + [(1, 4)] * (units - 2))
    assert few.worth_of_few() / few.worth() == pytest.approx([(1.96 / quantile) ** 2], rel=1e-3)


def test_a_change_is_as_sure_as_its_companies_are_many() -> None:
    one, many = change_of_stock(of(9, 9), of(81, 9))[0]
    assert (one, many) == pytest.approx((9 - 1.96 * 9, 9 - 1.96 * 3), abs=1e-3)


def test_an_interval_that_is_shown_to_touch_0_is_not_apart() -> None:
    low, high = of(0.4, 0.6, -3, -3), of(9, 9, -0.4, -0.6)
    assert is_apart(low, high).tolist() == [False, True, False, True]


def test_the_exact_test_is_fishers() -> None:
    """The lady tasting tea (Fisher 1935, The Design of Experiments, 2): three of four cups right."""
    assert chance_of_more(of(3), of(4), of(1), of(4)) == pytest.approx([17 / 70])
    chance = np.random.default_rng(3)
    count, before = chance.integers(0, 12, 60), chance.integers(0, 20, 60)
    more, changed = (test(count, 12.0, before, 20.0) for test in (chance_of_more, chance_of_change))
    for at, (a, b) in enumerate(zip(count, before, strict=True)):
        table = [[a, 12 - a], [b, 20 - b]]
        sides = [fisher_exact(table, alternative=side).pvalue for side in ("greater", "less")]
        assert more[at] == pytest.approx(sides[0])
        assert changed[at] == pytest.approx(min(1, 2 * min(sides)))


def test_what_many_tests_find_is_what_benjamini_and_hochberg_found() -> None:
    """Their example of 1995: of fifteen hypotheses of a trial, four are rejected at 5 %."""
    chances = of(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1)  # fmt: skip
    assert discoveries(chances, 15).tolist() == [True] * 4 + [False] * 11
    shuffled = np.random.default_rng(1).permutation(15)
    assert discoveries(chances[shuffled], 15).sum() == 4
    assert discoveries(chances[:5], 15).sum() == 4  # those not given found nothing
    assert discoveries(chances[:5], 200).sum() == 2


def lived(days: list[int], ended: list[bool], entered: list[int] | None = None) -> Curve:
    """The curve of lives."""
    left, has_ended, since = np.array(days), np.array(ended), np.array(entered or [0] * len(days))
    at = np.unique(left[has_ended])
    counts = [(day, (has_ended & (left == day)).sum(), ((since < day) & (left >= day)).sum()) for day in at]
    return kaplan_meier(*np.array(counts, float).reshape(-1, 3).T)


# weeks in remission under 6-mercaptopurine and placebo (Freireich et al. 1963); a minus says that it still lasted
REMISSION = [6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


def test_remissions_last_as_long_as_every_textbook_says() -> None:
    """Kalbfleisch and Prentice 1980; Collett 2015, Modelling Survival Data, 2; the medians with limits of SAS's LIFETEST."""
    treated = lived([abs(week) for week in REMISSION], [week > 0 for week in REMISSION])
    assert treated.open == pytest.approx([0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448], abs=5e-4)
    middle, low, high = treated.median_days()
    assert (middle, low) == (23, 13)
    assert np.isnan(high)
    assert lived(PLACEBO, [True] * 21).median_days() == (8, 4, 11)


@pytest.mark.parametrize("seed", range(5))
def test_without_late_entry_the_curve_is_the_librarys(seed: int) -> None:
    chance = np.random.default_rng(seed)
    life, watched = chance.integers(1, 60, 80), chance.integers(1, 90, 80)
    ended, left = life <= watched, np.minimum(life, watched)
    curve = lived(left.tolist(), ended.tolist())
    library = ecdf(CensoredData(uncensored=left[ended], right=left[~ended])).sf
    with pytest.warns(RuntimeWarning, match="undefined at some"):  # before any has ended, and after all have
        ends = library.confidence_interval(method="log-log")
    assert curve.open == pytest.approx(library.evaluate(curve.days))
    sure = curve.open > 0
    assert curve.low[sure] == pytest.approx(ends.low.evaluate(curve.days)[sure], abs=1e-7)
    assert curve.high[sure] == pytest.approx(ends.high.evaluate(curve.days)[sure], abs=1e-7)


def test_what_is_seen_late_is_at_risk_only_from_then_on() -> None:
    """Half of many lives, all of 20 days or 60, are first seen on day 30: those that ended before are not among them."""
    early, late = [(20, 0), (60, 0)] * 20, [(60, 30)] * 20
    days, entered = zip(*early, *late, strict=True)
    curve = lived(list(days), [True] * 60, list(entered))
    assert curve.days.tolist() == [20, 60]
    assert curve.open.tolist() == [0.5, 0.0]


def test_days_on_which_few_are_at_risk_are_passed_over() -> None:
    curve = lived([1] * 4 + [2] * LEAST_AT_RISK + [3] * (LEAST_AT_RISK - 1), [True] * (2 * LEAST_AT_RISK + 3))
    assert curve.days.tolist() == [1, 2]
    assert np.isnan(lived([3] * 4, [True] * 4).median_days()).all()
