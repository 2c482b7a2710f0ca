"""The cold start: the template in a box, and on a detector's five points."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from facelabel import schemes
from facelabel.geometry import Affine, Box
from facelabel.metrics.nme import nme, normaliser
from facelabel.schemes import Scheme
from facelabel.shapes.place import cold_start, five_points, from_five_points, place_template

each_scheme = pytest.mark.parametrize("scheme", schemes.shipped().values(), ids=list(schemes.shipped()))

MINE = Scheme.model_validate(
    {
        "id": "mine",
        "title": "No name that anybody knows",
        "allow_absent": False,
        "landmarks": [{"name": name, "group": "all", "definition": "Here."} for name in "abc"],
        "flip": [1, 0, 2],
        "template": [[0, 0], [2, 0], [1, 1]],
    }
)


@given(st.floats(-500, 500), st.floats(-500, 500), st.floats(1, 1000), st.floats(1, 1000))
def test_the_template_fills_its_box(left, top, width, height):
    for scheme in schemes.shipped().values():
        found = Box.around(place_template(scheme, Box(left, top, width, height)))
        assert (found.left, found.top) == pytest.approx((left, top), abs=1e-9)
        assert (found.width, found.height) == pytest.approx((width, height), abs=1e-9)


@each_scheme
def test_the_template_has_its_five_points_in_the_detectors_order(scheme):
    left_eye, right_eye, nose, left_mouth, right_mouth = five_points(scheme, scheme.template_shape)
    assert left_eye[0] < nose[0] < right_eye[0]
    assert left_mouth[0] < nose[0] < right_mouth[0]
    assert left_eye[1] == pytest.approx(right_eye[1])
    assert left_eye[1] < nose[1] < left_mouth[1]


@each_scheme
@given(turn=st.floats(-60, 60), size=st.floats(10, 500), x=st.floats(-99, 999), y=st.floats(-99, 999))
def test_a_face_like_the_template_is_met_exactly(scheme, turn, size, x, y):
    pose = Affine.translation(x, y) @ Affine.rotation(turn) @ Affine.scaling(size)
    face = pose.apply(scheme.template_shape * [scheme.template_aspect, 1])
    placed = from_five_points(scheme, five_points(scheme, face))
    np.testing.assert_allclose(placed, face, atol=1e-6)


@each_scheme
def test_any_other_five_points_are_met_as_closely_as_the_template_allows(scheme):
    rng = np.random.default_rng(3)
    face = five_points(scheme, scheme.template_shape * [scheme.template_aspect, 1]) * 100
    detected = face + rng.normal(0, 2, size=(5, 2))
    placed = five_points(scheme, from_five_points(scheme, detected))
    assert np.linalg.norm(placed - detected, axis=1).max() < 8
    if scheme.id == "face-5":
        np.testing.assert_array_equal(placed, detected)


def test_the_points_of_the_68_are_the_usual_ones():
    shape = np.random.default_rng(0).normal(size=(68, 2))
    expected = [(shape[36] + shape[39]) / 2, (shape[42] + shape[45]) / 2, shape[30], shape[48], shape[54]]
    np.testing.assert_allclose(five_points(schemes.load("300w-68"), shape), expected)


def test_an_absent_landmark_gives_an_absent_point():
    scheme = schemes.load("aflw-19")
    shape = scheme.template_shape.copy()
    shape[[6, 13]] = np.nan
    assert np.isnan(five_points(scheme, shape)).any(axis=1).tolist() == [True, False, True, False, False]


def test_a_scheme_of_unknown_names_falls_back_to_the_box():
    box = Box(10, 20, 30, 40)
    points = np.arange(10.0).reshape(5, 2)
    assert five_points(MINE, MINE.template_shape) is None
    assert from_five_points(MINE, points) is None
    np.testing.assert_array_equal(cold_start(MINE, box, points), place_template(MINE, box))


def test_a_detector_s_points_go_before_the_box():
    scheme, box = schemes.load("300w-68"), Box(0, 0, 50, 50)
    far = five_points(scheme, place_template(scheme, Box(500, 500, 80, 80)))
    assert Box.around(cold_start(scheme, box, far)).left > 400
    assert Box.around(cold_start(scheme, box)).left == 0
    np.testing.assert_array_equal(cold_start(scheme, box, np.ones((5, 2))), place_template(scheme, box))


@pytest.mark.real_faces
@pytest.mark.parametrize(("id_", "folder"), [("wflw-98", "wflw"), ("cofw-29", "cofw"), ("aflw-19", "aflw")])
def test_five_points_put_the_template_onto_a_real_face(faces_folder, id_, folder):
    scheme = schemes.load(id_)
    data = json.loads((faces_folder / f"originals/mmpose_formats/{folder}/test_{folder}.json").read_text("utf-8"))
    by_points, by_box = [], []
    for annotation in data["annotations"]:
        keypoints = np.array(annotation["keypoints"], dtype=float).reshape(-1, 3)
        if id_ == "aflw-19" and (keypoints[:, 2] == 0).any():
            continue
        truth, box = keypoints[None, :, :2], Box.around(keypoints[:, :2])
        distances = normaliser(scheme, truth, "box")
        by_points += nme(cold_start(scheme, box, five_points(scheme, truth[0]))[None], truth, distances).tolist()
        by_box += nme(cold_start(scheme, box)[None], truth, distances).tolist()
    assert max(by_points) < 0.15
    assert np.mean(by_points) < np.mean(by_box) < 0.2
