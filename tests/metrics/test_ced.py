"""CED, AUC and failure rate are one distribution seen three ways."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from facelabel.errors import FacelabelError
from facelabel.metrics.ced import auc, bootstrap_interval, ced, failure_rate
from facelabel.metrics.plot import save_ced

errors_of_faces = st.integers(1, 30).flatmap(lambda n: arrays(np.float64, n, elements=st.floats(0, 0.3)))
thresholds = st.floats(0.01, 0.2)


def test_hand_counted_values():
    errors = np.array([0.02, 0.04, 0.08, 0.10, 0.20])
    assert ced(errors, np.array([0, 0.02, 0.05, 0.1, 1])).tolist() == [0, 0.2, 0.4, 0.8, 1]
    assert failure_rate(errors, 0.1) == 0.2
    assert failure_rate(errors, 0.08) == 0.4
    assert auc(errors, 0.1) == pytest.approx((0.8 + 0.6 + 0.2) / 5)


def test_perfect_and_hopeless():
    assert auc(np.zeros(3), 0.1) == 1
    assert auc(np.ones(3), 0.1) == 0


@given(errors_of_faces, thresholds)
def test_auc_is_the_area_under_the_ced(errors, threshold):
    steps = np.unique(np.concatenate([[0.0], errors[errors < threshold], [threshold]]))
    area = (np.diff(steps) * ced(errors, steps[:-1])).sum() / threshold
    assert auc(errors, threshold) == pytest.approx(area, abs=1e-9)


@given(errors_of_faces, thresholds)
def test_the_failure_rate_is_what_the_ced_leaves(errors, threshold):
    assert failure_rate(errors, threshold) == pytest.approx(1 - ced(errors, np.array([threshold]))[0], abs=1e-12)


@settings(max_examples=20)
@given(errors_of_faces, st.integers(0, 5))
def test_the_interval_lies_among_the_values_and_is_seeded(errors, seed):
    low, high = bootstrap_interval(errors[:5], seed)
    slack = 1e-12
    assert errors[:5].min() - slack <= low <= high <= errors[:5].max() + slack
    assert bootstrap_interval(errors[:5], seed) == (low, high)


def test_the_interval_covers_the_true_mean_about_as_often_as_it_says():
    rng = np.random.default_rng(0)
    hits = 0
    for trial in range(60):
        low, high = bootstrap_interval(rng.normal(0.05, 0.01, size=60), seed=trial, level=0.8)
        hits += low <= 0.05 <= high
    assert 36 <= hits <= 57


@pytest.mark.parametrize("bad", [[], [0.1, np.nan]])
def test_faces_without_an_error_are_not_passed_over(bad):
    for measure in (lambda e: auc(e, 0.1), lambda e: failure_rate(e, 0.1), lambda e: bootstrap_interval(e, 0)):
        with pytest.raises(ValueError, match="NaN"):
            measure(np.array(bad))


@pytest.mark.parametrize(("suffix", "magic"), [(".png", b"\x89PNG"), (".pdf", b"%PDF"), (".svg", b"<?xml")])
def test_the_curve_is_drawn_in_each_kind_of_file(tmp_path, suffix, magic):
    path = tmp_path / f"ced{suffix}"
    save_ced(path, {"v0001": np.array([0.02, 0.05, 0.2]), "v0002": np.array([0.0, 0.03])}, 0.1)
    assert path.read_bytes().startswith(magic)


def test_the_legend_tells_auc_and_failures(tmp_path):
    import matplotlib as mpl

    path = tmp_path / "ced.svg"
    with mpl.rc_context({"svg.fonttype": "none"}):
        save_ced(path, {"mine": np.array([0.05, 0.05, 0.05, 0.5])}, 0.1)
    assert "mine: AUC 0.375, failures 25.0 %" in path.read_text(encoding="utf-8")


def test_a_curve_that_cannot_be_written_is_refused(tmp_path):
    with pytest.raises(FacelabelError, match="figure"):
        save_ced(tmp_path / "ced.docx", {"a": np.array([0.1])}, 0.1)
    with pytest.raises(FacelabelError, match="cannot be written"):
        save_ced(tmp_path / "none" / "ced.png", {"a": np.array([0.1])}, 0.1)
    assert list(tmp_path.glob("*ced*")) == []
