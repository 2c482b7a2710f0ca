"""The one transform between image and crop: invertible, composable, exact at the edges."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from facelabel.geometry import Affine, Box, crop_transform

numbers = st.floats(-1000, 1000)
sizes = st.floats(0.5, 2000)
boxes = st.builds(Box, numbers, numbers, sizes, sizes)
points = arrays(np.float64, (5, 2), elements=st.floats(-1000, 1000))
transforms = st.builds(
    lambda x, y, turn, sx, sy, shear, mirror: (
        Affine.translation(x, y) @ Affine.rotation(turn) @ Affine(b=shear) @ Affine.scaling(-sx if mirror else sx, sy)
    ),
    numbers,
    numbers,
    st.floats(-360, 360),
    st.floats(0.1, 10),
    st.floats(0.1, 10),
    st.floats(-0.8, 0.8),
    st.booleans(),
)


def corners(box: Box) -> np.ndarray:
    return np.array([[box.left, box.top], [box.right, box.top], [box.right, box.bottom], [box.left, box.bottom]])


@given(transforms, points)
def test_the_inverse_leads_back(transform, p):
    np.testing.assert_allclose(transform.inverse().apply(transform.apply(p)), p, atol=1e-6)
    np.testing.assert_allclose((transform.inverse() @ transform).matrix, Affine().matrix, atol=1e-7)


@given(transforms, transforms, transforms, points)
def test_composition_applies_the_right_one_first_and_is_associative(one, two, three, p):
    np.testing.assert_allclose((one @ two).apply(p), one.apply(two.apply(p)), rtol=1e-9, atol=1e-6)
    np.testing.assert_allclose(((one @ two) @ three).matrix, (one @ (two @ three)).matrix, rtol=1e-9, atol=1e-5)


@given(transforms)
def test_the_matrix_is_the_whole_transform(transform):
    assert Affine.from_matrix(transform.matrix) == transform
    assert transform.scale**2 == pytest.approx(abs(np.linalg.det(transform.matrix[:, :2])))


def test_a_turn_is_clockwise_on_the_screen():
    np.testing.assert_allclose(Affine.rotation(90).apply(np.array([1.0, 0.0])), [0, 1], atol=1e-12)


def test_absent_stays_absent_and_alone():
    p = np.array([[1.0, 2.0], [np.nan, np.nan]])
    moved = Affine.translation(1, 1).apply(p)
    assert moved[0].tolist() == [2, 3]
    assert np.isnan(moved[1]).all()


@pytest.mark.parametrize("flat", [Affine.scaling(0, 1), Affine(a=1, b=2, d=2, e=4), Affine(a=float("inf"))])
def test_what_squashes_the_plane_has_no_inverse(flat):
    with pytest.raises(ValueError, match="no inverse"):
        flat.inverse()


@given(boxes, st.integers(8, 512))
def test_the_square_about_the_box_fills_the_crop_exactly(box, size):
    """The crop's pixels are 0 to size - 1, its edges lie half a pixel further out."""
    found = crop_transform(box, size).apply(corners(box.square()))
    low, high = -0.5, size - 0.5
    np.testing.assert_allclose(found, [[low, low], [high, low], [high, high], [low, high]], atol=1e-6)


@given(boxes, st.integers(8, 512))
def test_a_flip_is_the_crop_mirrored_pixel_by_pixel(box, size):
    p = corners(box)
    plain, flipped = crop_transform(box, size).apply(p), crop_transform(box, size, flip=True).apply(p)
    np.testing.assert_allclose(flipped[:, 0], size - 1 - plain[:, 0], atol=1e-6)
    np.testing.assert_allclose(flipped[:, 1], plain[:, 1], atol=1e-6)


@given(boxes, transforms, st.integers(8, 64), points)
def test_an_augmentation_is_the_same_at_every_resolution(box, augmentation, size, p):
    small = crop_transform(box, size, augmentation).apply(p)
    large = crop_transform(box, 4 * size, augmentation).apply(p)
    np.testing.assert_allclose((large + 0.5) / 4 - 0.5, small, rtol=1e-6, atol=1e-5)


@given(boxes, st.floats(-180, 180), st.floats(0.5, 2), st.floats(-1, 1))
def test_an_augmentation_acts_about_the_crop_s_centre_in_half_crops(box, turn, size, shift):
    centre = np.array(box.centre)
    turned = crop_transform(box, 64, Affine.rotation(turn) @ Affine.scaling(size))
    np.testing.assert_allclose(turned.apply(centre), [31.5, 31.5], atol=1e-6)
    shifted = crop_transform(box, 64, Affine.translation(shift, 0))
    np.testing.assert_allclose(shifted.apply(centre), [31.5 + 32 * shift, 31.5], atol=1e-6)


@given(boxes, transforms)
def test_a_flip_comes_after_the_augmentation(box, augmentation):
    plain = crop_transform(box, 64, augmentation)
    flipped = crop_transform(box, 64, augmentation, flip=True)
    mirror = Affine(a=-1, c=63)
    np.testing.assert_allclose(flipped.matrix, (mirror @ plain).matrix, rtol=1e-7, atol=1e-6)


def test_an_empty_box_cannot_be_cropped():
    with pytest.raises(ValueError, match="empty"):
        crop_transform(Box(1, 2, 0, 0), 64)


def test_the_box_around_a_shape_leaves_absent_landmarks_out():
    shape = np.array([[1.0, 8.0], [np.nan, np.nan], [4.0, 2.0], [3.0, 3.0]])
    assert Box.around(shape) == Box(1, 2, 3, 6)
    with pytest.raises(ValueError, match="present"):
        Box.around(shape[1:2])


@given(boxes, st.floats(0.1, 10))
def test_growing_and_squaring_keep_the_centre(box, factor):
    for other in (box.scaled(factor), box.square()):
        np.testing.assert_allclose(other.centre, box.centre, atol=1e-6)
    assert box.square().width == box.square().height == max(box.width, box.height)
    assert box.scaled(factor).width == pytest.approx(box.width * factor)


@given(boxes, boxes)
def test_overlap_is_a_symmetric_share(one, other):
    share = one.overlap(other)
    assert 0 <= share <= 1 + 1e-9
    assert share == pytest.approx(other.overlap(one))
    assert one.overlap(one) == pytest.approx(1)


def test_overlap_of_quarter_covered_squares():
    assert Box(0, 0, 2, 2).overlap(Box(1, 1, 2, 2)) == pytest.approx(1 / 7)
    assert Box(0, 0, 2, 2).overlap(Box(2, 0, 2, 2)) == 0
