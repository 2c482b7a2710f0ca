"""Paired comparison, against SciPy's test and by what it must say of clear cases."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from facelabel.metrics.paired import compare, wilcoxon

stats = pytest.importorskip("scipy.stats")


@pytest.mark.parametrize("n", [1, 2, 5, 9, 25, 50])
def test_small_samples_are_exact(n):
    differences = np.random.default_rng(n).normal(0.3, 1, n)
    assert wilcoxon(differences) == pytest.approx(stats.wilcoxon(differences, mode="exact").pvalue, rel=1e-9)


@pytest.mark.parametrize("n", [60, 300])
def test_large_samples_are_approximated(n):
    differences = np.random.default_rng(n).normal(0.1, 1, n)
    expected = stats.wilcoxon(differences, mode="approx", correction=False).pvalue
    assert wilcoxon(differences) == pytest.approx(expected, rel=1e-9)


@given(arrays(np.int64, st.integers(20, 60), elements=st.integers(-4, 4)))
def test_ties_and_zeros_as_scipy_has_them(values):
    if not values.any():
        assert wilcoxon(values) == 1
        return
    expected = stats.wilcoxon(values, mode="approx", zero_method="wilcox", correction=False).pvalue
    if len(np.unique(np.abs(values))) < len(values):
        assert wilcoxon(values) == pytest.approx(expected, abs=1e-9)


@given(arrays(np.float64, st.integers(1, 40), elements=st.floats(0, 0.3)), st.integers(0, 3))
def test_swapping_the_two_changes_the_sign_only(errors, seed):
    other = errors[::-1] * 1.1 + 0.001
    there, back = compare(errors, other, seed), compare(other, errors, seed)
    assert back.difference == pytest.approx(-there.difference, abs=1e-15)
    assert (back.lower, back.higher) == (there.higher, there.lower)
    assert back.p_value == pytest.approx(there.p_value)


def test_a_clear_difference_and_none():
    rng = np.random.default_rng(0)
    errors = rng.uniform(0.03, 0.08, 100)
    found = compare(errors, errors * 1.1, seed=0)
    assert found.differs
    assert found.difference < 0
    assert found.interval[1] < 0
    assert (found.lower, found.higher, found.faces) == (100, 0, 100)
    assert not compare(errors, errors + rng.normal(0, 0.01, 100) * np.tile([1, -1], 50), seed=0).differs
    assert compare(errors, errors, seed=0).p_value == 1


def test_only_the_same_faces_can_be_compared():
    with pytest.raises(ValueError, match="same faces"):
        compare(np.ones(3), np.ones(4), seed=0)
