"""NME against hand-counted values, and what it must not depend on."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from facelabel import schemes
from facelabel.errors import FacelabelError
from facelabel.geometry import Affine, Box
from facelabel.metrics.nme import default_kind, nme, normaliser, per_landmark

S68 = schemes.load("300w-68")
AFLW = schemes.load("aflw-19")
FIVE = schemes.load("face-5")


def test_outer_corners_pupils_box_and_diagonal():
    truth = np.zeros((1, 5, 2))
    truth[0] = [[0, 0], [6, 8], [3, 4], [1, 2], [5, 2]]
    assert normaliser(FIVE, truth, "inter-pupil").tolist() == [10]
    assert normaliser(FIVE, truth, "box").tolist() == [np.sqrt(48)]
    assert normaliser(FIVE, truth, "diagonal").tolist() == [10]
    given_boxes = [Box(5, 5, 9, 4)]
    assert normaliser(FIVE, truth, "box", given_boxes).tolist() == [6]
    assert normaliser(FIVE, truth, "diagonal", given_boxes)[0] == pytest.approx(np.sqrt(97))


def test_300w_divides_by_36_to_45_and_by_the_means_of_the_eyes():
    truth = np.zeros((68, 2))
    truth[36], truth[45] = [10, 0], [40, 40]
    assert normaliser(S68, truth, "inter-ocular").tolist() == [50]
    truth[36:42], truth[42:48] = [10, 0], [10, 7]
    assert normaliser(S68, truth, "inter-pupil").tolist() == [7]


def test_nme_is_the_mean_over_landmarks_by_face_as_a_fraction():
    truth = np.zeros((2, 2, 2))
    predicted = np.array([[[3.0, 4.0], [0, 0]], [[0, 1], [0, 3]]])
    assert nme(predicted, truth, np.array([10.0, 4.0])).tolist() == [0.25, 0.5]
    assert per_landmark(predicted, truth, np.array([10.0, 4.0])).tolist() == [[0.5, 0], [0.25, 0.75]]


def test_absent_landmarks_are_left_out_of_the_mean():
    truth = np.zeros((3, 2, 2))
    truth[0, 1], truth[2] = np.nan, np.nan
    predicted = np.full((3, 2, 2), [0.0, 2.0])
    predicted[1, 0] = np.nan
    errors = nme(predicted, truth, np.full(3, 4.0))
    assert errors[:2].tolist() == [0.5, 0.5]
    assert np.isnan(errors[2])
    assert np.isnan(per_landmark(predicted, truth, np.full(3, 4.0))[0]).tolist() == [False, True]


def test_the_box_leaves_absent_landmarks_out():
    truth = np.full((1, 19, 2), np.nan)
    truth[0, :2] = [[1, 1], [3, 9]]
    assert normaliser(AFLW, truth, "box").tolist() == [4]


def test_a_distance_that_is_not_there_is_refused_in_one_line():
    truth = np.random.default_rng(0).normal(size=(3, 19, 2))
    truth[1, 6] = np.nan
    with pytest.raises(FacelabelError, match="1 of 3 faces have no inter-ocular distance"):
        normaliser(AFLW, truth, "inter-ocular")
    with pytest.raises(FacelabelError, match=r"face-5 has no inter-ocular distance \(normalise by inter-pupil, box"):
        normaliser(FIVE, np.zeros((1, 5, 2)), "inter-ocular")
    with pytest.raises(FacelabelError, match="2 of 2 faces have no box distance"):
        normaliser(FIVE, np.stack([np.ones((5, 2)), np.full((5, 2), np.nan)]), "box")


def test_the_usual_distance_of_a_scheme():
    kinds = {id_: default_kind(scheme) for id_, scheme in schemes.shipped().items()}
    assert kinds == {
        "300w-68": "inter-ocular",
        "wflw-98": "inter-ocular",
        "cofw-29": "inter-ocular",
        "aflw-19": "box",
        "face-5": "inter-pupil",
    }


@given(
    arrays(np.float64, (4, 5, 2), elements=st.floats(-3, 3, width=16)),
    st.floats(0.1, 10),
    st.floats(-180, 180),
    st.sampled_from(["inter-pupil", "box", "diagonal"]),
)
def test_a_larger_picture_of_the_same_face_has_the_same_error(noise, size, turn, kind):
    truth = np.broadcast_to(FIVE.template_shape * 100, (4, 5, 2))
    degrees = turn if kind == "inter-pupil" else 0.0
    other = Affine.translation(7, -9) @ Affine.rotation(degrees) @ Affine.scaling(size)
    before = nme(truth + noise, truth, normaliser(FIVE, truth, kind))
    moved = other.apply(truth)
    after = nme(other.apply(truth + noise), moved, normaliser(FIVE, moved, kind))
    np.testing.assert_allclose(after, before, rtol=1e-9, atol=1e-12)


def test_mirroring_both_shapes_and_landmarks_changes_nothing():
    truth = S68.template_shape[None] * [100, 120]
    predicted = truth + np.random.default_rng(1).normal(size=truth.shape)
    mirrored = [shape[:, S68.flip_index] * [-1, 1] + [319, 0] for shape in (predicted, truth)]
    for kind in ("inter-ocular", "inter-pupil", "box", "diagonal"):
        there = nme(mirrored[0], mirrored[1], normaliser(S68, mirrored[1], kind))
        np.testing.assert_allclose(there, nme(predicted, truth, normaliser(S68, truth, kind)), rtol=1e-12)
