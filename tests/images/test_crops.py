"""Crops land where the transform says, and fine detail fades instead of aliasing."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from facelabel.geometry import Affine, Box, crop_transform
from facelabel.images.crops import crop, resize_transform, warp


def blob(x: float, y: float, radius: float, width: int, height: int) -> np.ndarray:
    """A soft bright dot at (x, y) on black, uint8 RGB."""
    across, down = np.arange(width) - x, np.arange(height) - y
    dot = np.exp(-(across[None] ** 2 + down[:, None] ** 2) / (2 * radius**2))
    return np.repeat(np.round(255 * dot).astype(np.uint8)[..., None], 3, axis=2)


def centroid(picture: np.ndarray) -> np.ndarray:
    weight = picture[..., 0].astype(float)
    y, x = np.mgrid[: picture.shape[0], : picture.shape[1]]
    return np.array([(weight * x).sum(), (weight * y).sum()]) / weight.sum()


@settings(max_examples=80, deadline=None)
@given(
    x=st.floats(120, 280),
    y=st.floats(120, 200),
    target=st.tuples(st.floats(24, 40), st.floats(24, 40)),
    scale=st.floats(0.08, 2.5),
    degrees=st.floats(-180, 180),
    flip=st.booleans(),
)
def test_a_dot_lands_where_the_transform_says(
    x: float, y: float, target: tuple[float, float], scale: float, degrees: float, flip: bool
) -> None:
    radius = 2.5 / scale
    assume(radius < 30)
    turn = Affine.rotation(degrees) @ Affine.scaling(-scale if flip else scale, scale)
    transform = Affine.translation(*target) @ turn @ Affine.translation(-x, -y)
    out = warp(blob(x, y, radius, 400, 320), transform, 64)
    assert out.shape == (64, 64, 3)
    assert np.abs(centroid(out) - transform.apply(np.array([x, y]))).max() < 0.06


@given(left=st.integers(0, 20), top=st.integers(0, 20), side=st.integers(1, 30))
def test_unit_scale_copies_pixels(left: int, top: int, side: int) -> None:
    image = np.random.default_rng(3).integers(0, 256, (50, 50, 3), dtype=np.uint8)
    box = Box(left - 0.5, top - 0.5, side, side)
    assert np.array_equal(crop(image, box, side), image[top : top + side, left : left + side])


@pytest.mark.parametrize("block", [2, 3, 8])
def test_whole_blocks_are_averaged(block: int) -> None:
    image = np.random.default_rng(5).integers(0, 256, (16 * block, 16 * block, 3), dtype=np.uint8)
    side = 16 * block
    means = image.reshape(16, block, 16, block, 3).mean(axis=(1, 3))
    assert np.abs(crop(image, Box(-0.5, -0.5, side, side), 16) - means).max() <= 0.51


def test_fine_stripes_fade_to_their_mean() -> None:
    image = np.zeros((600, 600, 3), np.uint8)
    image[:, ::2] = 200
    out = crop(image, Box(0, 0, 599, 599), 71)[2:-2, 2:-2]
    assert np.abs(out.astype(int) - 100).max() <= 15


@pytest.mark.parametrize("scale", [0.1, 0.7, 2.0])
def test_beyond_the_picture_is_border(scale: float) -> None:
    image = np.full((100, 100, 3), 200, np.uint8)
    transform = Affine.translation(32, 32) @ Affine.scaling(scale)
    out = warp(image, transform, 64, border=9)
    assert (out[:31] == 9).all()
    assert (out[:, :31] == 9).all()
    reach = 32 + math.floor(scale * 98)
    assert (out[34 : min(reach, 64) - 1, 34 : min(reach, 64) - 1] == 200).all()


def test_a_crop_wholly_outside_is_border() -> None:
    image = np.full((20, 20, 3), 200, np.uint8)
    assert (warp(image, Affine.translation(500, 0), 16, border=7) == 7).all()
    assert (crop(image, Box(-900, -900, 20, 20), 16) == 0).all()


def test_pictures_wider_than_opencv_can_warp() -> None:
    image = np.zeros((40, 70_000, 3), np.uint8)
    image[:, 60_000:60_010] = 255
    out = crop(image, Box(59_990, 0, 39, 39), 40)
    assert centroid(out)[0] == pytest.approx(
        crop_transform(Box(59_990, 0, 39, 39), 40).apply(np.array([60_004.5, 0]))[0], abs=0.1
    )
    assert crop(image, Box(-0.5, 0, 70_000, 39), 512).shape == (512, 512, 3)


def test_a_transform_without_inverse_is_refused() -> None:
    with pytest.raises(ValueError, match="inverse"):
        warp(np.zeros((4, 4, 3), np.uint8), Affine.scaling(0), 4)


@given(st.tuples(st.integers(1, 9000), st.integers(1, 9000)), st.tuples(st.integers(1, 900), st.integers(1, 900)))
def test_resizing_maps_edges_to_edges(source: tuple[int, int], target: tuple[int, int]) -> None:
    transform = resize_transform(source, target)
    assert np.allclose(transform.apply(np.array([-0.5, -0.5])), -0.5)
    assert np.allclose(transform.apply(np.array(source) - 0.5), np.array(target) - 0.5)
