"""Paired comparison by what it must say of clear cases."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from facelabel.metrics.paired import compare, wilcoxon


def test_wilcoxons_own_example():
    """Differences in height of cross- and self-fertilised maize (Darwin's data): W = 24 of 15 pairs, p = .041."""
    differences = np.array([49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48])
    assert wilcoxon(differences) == pytest.approx(0.0413, abs=5e-4)
    assert wilcoxon(np.append(differences, [0, 0])) == pytest.approx(0.0413, abs=5e-4)
    assert wilcoxon(np.zeros(5)) == 1


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
