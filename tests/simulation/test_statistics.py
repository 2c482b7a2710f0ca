"""Tests, effect sizes and savings on curves whose answers are known."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from facelabel.simulation.curves import Campaign, Curve, Point
from facelabel.simulation.plan import Schedule, arm
from facelabel.simulation.statistics import area, cells, differences, falling, groups, needed, savings

SCHEDULE = Schedule(first=10, batch=10, budget=100)
LABELS = np.array(SCHEDULE.counts, dtype=float)


def curve(name: str, seed: int, errors: np.ndarray, problem: str | None = None, hours: float = 0.01) -> Curve:
    points = tuple(
        Point(int(n), float(e), int(n), hours * n, (), None, 1.0) for n, e in zip(LABELS, errors, strict=True)
    )
    return Curve(Campaign("scaf-tiny", SCHEDULE, arm(name, "random"), seed), points, problem)


def power(level: float, power: float = 0.3) -> np.ndarray:
    return level * LABELS**-power


def study(better: Callable[[int], float], seeds: int = 20, name: str = "nnm") -> list[Curve]:
    """Random curves with a level of their own each, and those of an arm that are so many times as large."""
    levels = np.random.default_rng(3).normal(10, 0.3, seeds)
    found = []
    for seed, level in enumerate(levels):
        found += [curve("random", seed, power(level)), curve(name, seed, better(seed) * power(level))]
    return found


def test_a_constant_advantage_is_found_whole() -> None:
    (group,) = groups(study(lambda seed: 0.9))
    found = differences(group, "random")
    assert [d.labels for d in found] == [None, *SCHEDULE.counts]
    for d in found:
        assert d.relative == pytest.approx(-10)
        assert d.relative_interval == pytest.approx((-10, -10))
        assert (d.rank_biserial, d.wins, d.pairs) == (1, 20, 20)
        assert d.p == pytest.approx(2 * 0.5**20)
        assert d.shown
    # .9 of the error of n labels is that of .9 ** (-1 / .3) times as many.
    fewer = 100 * (1 - 0.9 ** (1 / 0.3))
    for saving in savings(group, "random", (50, 100)):
        assert saving.saving == pytest.approx(fewer, abs=0.1)
        assert saving.interval == pytest.approx((fewer, fewer), abs=0.5)
        assert saving.needed == pytest.approx(saving.labels * (1 - fewer / 100), rel=1e-3)
        assert saving.hours_saving == pytest.approx(fewer, abs=0.1)
        assert not saving.at_least


def test_what_is_worse_saves_nothing_within_the_budget() -> None:
    (group,) = groups(study(lambda seed: 1.2))
    late, early = savings(group, "random", (100, 20))
    assert (late.saving, late.needed, late.interval) == (None, None, (None, None))
    assert early.needed == pytest.approx(20 * 1.2 ** (1 / 0.3), rel=1e-3)
    assert early.saving == pytest.approx(100 - 5 * early.needed)
    assert early.saving < 0


def test_what_begins_better_saves_at_least_so_much() -> None:
    (group,) = groups(study(lambda seed: 0.1))
    (saving,) = savings(group, "random", (100,))
    assert (saving.at_least, saving.saving, saving.needed) == (True, 90, 10)


def test_hours_are_not_labels() -> None:
    curves = [curve("random", s, power(10)) for s in range(6)]
    curves += [curve("nnm", s, power(10), hours=0.02) for s in range(6)]
    (group,) = groups(curves)
    (saving,) = savings(group, "random", (50,))
    assert saving.saving == pytest.approx(0, abs=1e-6)
    assert saving.hours_saving == pytest.approx(-100)


def test_no_difference_is_called_none() -> None:
    rng = np.random.default_rng(5)
    (group,) = groups(study(lambda seed: 1 + rng.normal(0, 0.02)))
    assert not any(d.shown for d in differences(group, "random"))


def test_effect_sizes_and_tests_are_scipys() -> None:
    rng = np.random.default_rng(7)
    (group,) = groups(study(lambda seed: 0.98 + rng.normal(0, 0.03)))
    d = next(d for d in differences(group, "random") if d.labels == 50)
    gap = group.nme["nnm"][:, 4] - group.nme["random"][:, 4]
    test = stats.wilcoxon(gap)
    total = len(gap) * (len(gap) + 1) / 2
    positive = stats.rankdata(np.abs(gap))[gap > 0].sum()
    assert d.p == test.pvalue
    assert d.rank_biserial == pytest.approx((total - 2 * positive) / total)
    assert d.d == pytest.approx(-gap.mean() / gap.std(ddof=1))
    assert d.interval[0] < gap.mean() < d.interval[1]


def test_more_arms_have_to_show_more() -> None:
    rng = np.random.default_rng(9)
    curves = study(lambda seed: 0.97 + rng.normal(0, 0.03))
    for name in ("entropy", "k-center"):
        curves += [c for c in study(lambda seed: 1 + rng.normal(0, 0.03), name=name) if c.campaign.arm.name == name]
    (group,) = groups(curves)
    at = {d.arm: d for d in differences(group, "random") if d.labels == 100}
    least, middle, most = sorted(at.values(), key=lambda d: d.p)
    assert least.p_holm == pytest.approx(min(1, 3 * least.p))
    assert middle.p_holm == pytest.approx(min(1, max(3 * least.p, 2 * middle.p)))
    assert most.p_holm == pytest.approx(min(1, max(middle.p_holm, most.p)))


def test_only_the_same_seeds_are_compared() -> None:
    curves = study(lambda seed: 0.9, seeds=8)
    lost = [c for c in curves if not (c.campaign.arm.name == "nnm" and c.campaign.seed == 3)]
    failed = [
        curve("nnm", 4, power(99), problem="lost") if (c.campaign.arm.name, c.campaign.seed) == ("nnm", 4) else c
        for c in lost
    ]
    (group,) = groups(failed)
    assert {d.pairs for d in differences(group, "random")} == {6}
    assert differences(group, "random")[0].relative == pytest.approx(-10)
    assert {(c.arm, c.runs) for c in cells(group)} == {("random", 8), ("nnm", 6)}
    assert differences(group, "entropy") == []


def test_a_single_run_has_a_mean_and_no_spread() -> None:
    (group,) = groups(study(lambda seed: 0.9, seeds=1))
    assert {(c.interval, c.deviation) for c in cells(group)} == {(None, None)}
    found = differences(group, "random")[0]
    assert (found.pairs, found.p, found.d) == (1, 1.0, None)


def test_nothing_finished_is_nothing_found() -> None:
    assert groups([curve("random", 0, power(9), problem="lost")]) == []


def test_the_area_is_the_mean_over_labels() -> None:
    line = np.linspace(8, 4, len(LABELS))
    assert area(SCHEDULE.counts, np.stack([line, line + 1])) == pytest.approx([6, 7])
    assert area((10,), np.array([[5.0], [7.0]])).tolist() == [5, 7]


@given(st.lists(st.floats(0.1, 50), min_size=2, max_size=12), st.floats(0.1, 50))
def test_what_is_read_off_a_curve_lies_where_the_curve_is(errors: list[float], target: float) -> None:
    x = np.arange(1, len(errors) + 1) * 10.0
    mean = falling(np.array(errors))
    assert (np.diff(mean) <= 1e-12).all()
    at = needed(x, mean, target)
    if math.isinf(at):
        assert mean[-1] > target
    elif at == x[0]:
        assert mean[0] <= target or mean[0] == pytest.approx(target)
    else:
        assert x[0] <= at <= x[-1]
        assert np.exp(np.interp(np.log(at), np.log(x), np.log(mean))) == pytest.approx(target, rel=1e-6) or at in x


@given(st.lists(st.floats(1, 50), min_size=3, max_size=8), st.floats(0.2, 0.9))
def test_the_lower_the_error_the_later(errors: list[float], share: float) -> None:
    x = np.arange(1, len(errors) + 1) * 10.0
    mean = falling(np.array(errors))
    assert needed(x, mean, share * mean[0]) >= needed(x, mean, mean[0]) == x[0]
