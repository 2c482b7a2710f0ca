"""Similarity alignment: exact where a similarity exists, least squares where none does, never a reflection."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from facelabel import schemes
from facelabel.geometry import Affine
from facelabel.shapes.align import aligned_to, mean_shape, similarity

FACE = schemes.load("300w-68").template_shape * 100

coordinates = arrays(np.float64, (7, 2), elements=st.floats(-100, 100, width=32))
movements = st.builds(
    lambda size, turn, x, y: Affine.translation(x, y) @ Affine.rotation(turn) @ Affine.scaling(size),
    st.floats(0.05, 20),
    st.floats(-180, 180),
    st.floats(-500, 500),
    st.floats(-500, 500),
)


def spread(shape: np.ndarray) -> bool:
    return bool(np.ptp(shape, axis=0).max() > 1)


def is_similarity(found: Affine) -> bool:
    return found.determinant >= 0 and np.allclose([found.a, found.b], [found.e, -found.d])


@given(coordinates.filter(spread), movements)
def test_a_moved_shape_is_found_exactly(shape, movement):
    found = similarity(shape, movement.apply(shape))
    np.testing.assert_allclose(found.matrix, movement.matrix, rtol=1e-7, atol=1e-6)


@given(coordinates.filter(spread), coordinates, movements)
def test_moving_the_target_moves_the_result(source, target, movement):
    plain = similarity(source, target).apply(source)
    moved = similarity(source, movement.apply(target)).apply(source)
    np.testing.assert_allclose(moved, movement.apply(plain), rtol=1e-7, atol=1e-5)


@given(coordinates.filter(spread), coordinates, st.integers(0, 9))
def test_no_similarity_nearby_is_closer(source, target, seed):
    weights = np.random.default_rng(seed).uniform(0, 2, size=7)
    found = similarity(source, target, weights)
    assert is_similarity(found)

    def cost(transform: Affine) -> float:
        return float((weights * ((transform.apply(source) - target) ** 2).sum(axis=1)).sum())

    best = cost(found)
    for turn, size, x in [(0.1, 1, 0), (-0.1, 1, 0), (0, 1.01, 0), (0, 0.99, 0), (0, 1, 0.1), (0, 1, -0.1)]:
        other = Affine.translation(x, 0) @ Affine.rotation(turn) @ Affine.scaling(size) @ found
        assert cost(other) >= best - 1e-7 * (1 + best)


def test_a_mirrored_face_is_not_reflected_back():
    mirrored = FACE * [-1, 1]
    found = similarity(FACE, mirrored)
    assert is_similarity(found)
    assert np.abs(found.apply(FACE) - mirrored).max() > 10


@given(movements, st.integers(0, 4), st.integers(5, 30))
def test_absent_and_weightless_landmarks_have_no_say(movement, start, step):
    target = movement.apply(FACE)
    source, weights = FACE.copy(), np.ones(68)
    source[start::step] = np.nan
    target[start + 1 :: step] = np.nan
    target[start + 2 :: step] += 50
    weights[start + 2 :: step] = 0
    np.testing.assert_allclose(similarity(source, target, weights).matrix, movement.matrix, rtol=1e-7, atol=1e-6)


@pytest.mark.parametrize(
    ("source", "target", "weights"),
    [
        (np.ones((3, 2)), np.ones((3, 2)), None),
        (np.array([[0.0, 0], [1, 1]]), np.array([[0.0, 0], [np.nan, np.nan]]), None),
        (np.array([[0.0, 0], [1, 1]]), np.zeros((2, 2)), np.array([1.0, 0.0])),
        (np.array([[0.0, 0], [1, 1]]), np.zeros((2, 2)), np.array([1.0, -1.0])),
        (np.zeros((2, 2)), np.zeros((3, 2)), None),
    ],
)
def test_what_has_no_similarity_is_refused(source, target, weights):
    with pytest.raises(ValueError):
        similarity(source, target, weights)


@given(st.lists(movements, min_size=1, max_size=6))
def test_the_mean_of_one_face_in_many_poses_is_that_face(poses):
    shapes = np.stack([pose.apply(FACE) for pose in poses])
    mean = mean_shape(shapes)
    np.testing.assert_allclose(mean.mean(axis=0), 0, atol=1e-9)
    assert (mean**2).sum(axis=1).mean() == pytest.approx(1)
    back = similarity(mean, shapes[0])
    np.testing.assert_allclose(back.apply(mean), shapes[0], rtol=1e-7, atol=1e-5)
    assert back.b == pytest.approx(0, abs=1e-6)
    assert back.a > 0


@given(movements, st.integers(0, 99))
def test_the_mean_does_not_depend_on_how_the_faces_stand(movement, seed):
    rng = np.random.default_rng(seed)
    shapes = FACE + rng.normal(0, 3, size=(6, 68, 2))
    turned = shapes.copy()
    turned[1:4] = movement.apply(turned[1:4])
    assume(movement.scale > 0.1)
    np.testing.assert_allclose(mean_shape(turned), mean_shape(shapes), atol=1e-6)


def test_a_landmark_that_some_faces_lack_is_the_mean_of_the_others():
    shapes = np.stack([FACE, Affine.rotation(30).apply(FACE), FACE * 2])
    shapes[1, 5] = np.nan
    shapes[2, 60:] = np.nan
    mean = mean_shape(shapes)
    np.testing.assert_allclose(similarity(mean, FACE).apply(mean), FACE, atol=1e-6)
    with pytest.raises(ValueError, match="every landmark"):
        mean_shape(shapes[1:])


@given(st.lists(movements, min_size=1, max_size=5), st.integers(0, 99))
def test_all_at_once_alignment_is_that_of_one_by_one(poses, seed):
    rng = np.random.default_rng(seed)
    shapes = np.stack([pose.apply(FACE + rng.normal(0, 3, size=(68, 2))) for pose in poses])
    shapes[0, seed % 68] = np.nan
    for shape, found in zip(shapes, aligned_to(FACE, shapes), strict=True):
        np.testing.assert_allclose(found, similarity(shape, FACE).apply(shape), atol=1e-5)
    columns = np.asfortranarray(shapes)
    np.testing.assert_allclose(aligned_to(FACE, columns), aligned_to(FACE, shapes), atol=1e-9)
