from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from facelabel.desk.adjustment import KNOBS, MOST, Adjustment

value = st.integers(-MOST, MOST)


def test_nothing_adjusted_changes_nothing() -> None:
    np.testing.assert_array_equal(Adjustment().table(), np.arange(256))


@given(value, value, value)
def test_lighter_stays_lighter(brightness: int, contrast: int, gamma: int) -> None:
    table = Adjustment(brightness, contrast, gamma).table().astype(int)
    assert (np.diff(table) >= 0).all()


@given(st.integers(-MOST, MOST - 1))
def test_more_is_lighter_or_steeper(low: int) -> None:
    tables = {knob: [Adjustment().put(knob, v).table().astype(int) for v in (low, low + 1)] for knob in KNOBS}
    assert (tables["brightness"][1] >= tables["brightness"][0]).all()
    assert (tables["gamma"][1] >= tables["gamma"][0]).all()
    assert tables["gamma"][0][[0, 255]].tolist() == [0, 255], "gamma keeps black and white"
    steep = [table[129] - table[126] for table in tables["contrast"]]
    assert steep[1] >= steep[0]


@given(st.sampled_from(KNOBS), st.integers(-500, 500))
def test_turning_stays_in_range(knob: str, by: int) -> None:
    turned = Adjustment().turned(knob, by)
    assert getattr(turned, knob) == pytest.approx(min(max(by, -MOST), MOST))
    assert turned.turned(knob, -getattr(turned, knob)) == Adjustment()
