"""Figures of measured faces: what has to hold for any errors."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from facelabel import schemes
from facelabel.errors import FacelabelError
from facelabel.evaluation.comparing import compared
from facelabel.evaluation.faces import FaceSet, KnownFace
from facelabel.evaluation.measuring import Evaluation, measure
from facelabel.geometry import Box

S68 = schemes.load("300w-68")
AFLW = schemes.load("aflw-19")


def measured(
    shifts: np.ndarray, missed: np.ndarray | None = None, subsets: list[str] | None = None, **options
) -> Evaluation:
    """Faces of 300-W whose predictions are off by ``shifts`` (N,) pixels in x."""
    shape = S68.template_shape * 100
    names = subsets or ["a"] * len(shifts)
    faces = [
        KnownFace(Path(f"{i}.png"), f"{i}.png", shape, Box.around(shape), frozenset({name}))
        for i, name in enumerate(names)
    ]
    predicted = shape + np.stack([shifts, np.zeros_like(shifts)], axis=1)[:, None]
    lost = np.zeros(len(shifts), dtype=bool) if missed is None else missed
    predicted[lost] = np.nan
    return measure(FaceSet(faces, tuple(sorted(set(names)))), predicted, lost, S68, name="x", boxes="b", **options)


shifts_of_faces = arrays(np.float64, st.integers(2, 12), elements=st.floats(0, 12))


@settings(max_examples=30)
@given(shifts_of_faces, st.data())
def test_missed_faces_are_failures_and_no_part_of_the_mean(shifts, data):
    missed = data.draw(arrays(np.bool_, len(shifts)))
    found = measured(shifts, missed)
    whole = found.whole
    assert (whole.faces, whole.missed) == (len(shifts), int(missed.sum()))
    assert whole.failure_rate >= 100 * missed.mean() - 1e-9
    assert whole.auc <= 1 - missed.mean() + 1e-9
    if missed.all():
        assert whole.nme is None
        assert all(group.nme is None for group in found.groups)
    else:
        alone = measured(shifts[~missed])
        assert whole.nme == pytest.approx(alone.whole.nme)
        assert whole.interval == pytest.approx(alone.whole.interval)
        assert found.by_norm == pytest.approx(alone.by_norm)


@settings(max_examples=30)
@given(shifts_of_faces, st.data())
def test_the_whole_is_made_of_its_subsets(shifts, data):
    names = [data.draw(st.sampled_from(["common", "challenging"])) for _ in shifts]
    found = measured(shifts, subsets=names)
    assert sum(row.faces for row in found.subsets) == found.whole.faces
    for value in ("nme", "auc", "failure_rate"):
        mean = sum(getattr(row, value) * row.faces for row in found.subsets) / found.whole.faces
        assert getattr(found.whole, value) == pytest.approx(mean, abs=1e-9)


@settings(max_examples=30)
@given(shifts_of_faces, st.integers(0, 3))
def test_groups_and_landmarks_add_up_to_the_whole(shifts, seed):
    found = measured(shifts, seed=seed)
    sizes = [len(at) for at in S68.groups.values()]
    by_group = sum(size * (group.nme or 0) for size, group in zip(sizes, found.groups, strict=True)) / 68
    assert by_group == pytest.approx(found.whole.nme, abs=1e-9)
    assert np.mean([landmark.nme for landmark in found.landmarks]) == pytest.approx(found.whole.nme, abs=1e-9)
    for low, high in [found.whole.interval, *(group.interval for group in found.groups)]:
        assert low <= high
    assert measured(shifts, seed=seed).whole == found.whole


def test_the_full_row_of_300w_is_the_papers_mean_of_its_parts():
    """SCAF's 3.48 common and 5.89 challenging make 3.95: 554 and 135 faces (models.md, contradiction 1)."""
    size = float(np.linalg.norm(S68.template_shape[36] - S68.template_shape[45]) * 100)
    shifts = np.concatenate([np.full(554, 3.48), np.full(135, 5.89)]) / 100 * size
    found = measured(shifts, subsets=["common"] * 554 + ["challenging"] * 135)
    assert [round(row.nme or 0, 2) for row in (*found.subsets, found.whole)] == [5.89, 3.48, 3.95]


def test_a_box_of_the_data_set_divides_where_it_has_one():
    shape = AFLW.template_shape * 100
    face = KnownFace(Path("a.png"), "a.png", shape, Box.around(shape), size_box=Box(0, 0, 300, 300))
    found = measure(FaceSet([face]), shape[None] + [6.0, 0.0], np.array([False]), AFLW, name="x", boxes="b")
    assert (found.norm, found.threshold) == ("box", 0.07)
    assert found.whole.nme == pytest.approx(2.0)
    assert found.by_norm["diagonal"] == pytest.approx(2.0 / np.sqrt(2))


def test_absent_landmarks_are_counted_where_they_are_absent():
    shape = AFLW.template_shape * 100
    half = shape.copy()
    half[:3] = np.nan
    faces = [KnownFace(Path(f"{n}.png"), f"{n}.png", s, Box.around(s)) for n, s in enumerate((shape, half))]
    found = measure(FaceSet(faces), np.stack([shape, shape]) + 1.0, np.zeros(2, dtype=bool), AFLW, name="x", boxes="b")
    assert [landmark.faces for landmark in found.landmarks][:4] == [1, 1, 1, 2]


def test_only_faces_that_both_found_are_compared():
    shifts = np.array([1.0, 2.0, 3.0, 4.0])
    first = measured(shifts, np.array([False, False, True, False]))
    second = measured(shifts + 1, np.array([True, False, False, False]))
    found = compared(first, second)
    assert (found.paired.faces, found.only_first, found.only_second) == (2, 1, 1)
    nothing = measured(shifts, np.array([True, False, True, False]))
    with pytest.raises(FacelabelError, match="no face in common"):
        compared(nothing, measured(shifts, np.array([False, True, False, True])))
