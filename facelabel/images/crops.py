"""Cutting faces out of pictures by one affine transform: exact in geometry, anti-aliased when it shrinks."""

from __future__ import annotations

import math
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from facelabel.geometry import Affine, Box, crop_transform

UInt8Image = npt.NDArray[np.uint8]


def crop(image: UInt8Image, box: Box, size: int) -> UInt8Image:
    """The square about ``box`` (image pixels) as uint8 (size, size, 3); black beyond the picture's edge."""
    return warp(image, crop_transform(box, size), size)


def warp(image: UInt8Image, transform: Affine, size: int, *, border: int = 0) -> UInt8Image:
    """The crop (size, size, 3) of ``image`` (H, W, 3) that ``transform`` maps image pixels to.

    A point of the image at ``p`` is found in the crop at ``transform.apply(p)``, both 0-based pixel centres. Bilinear;
    where the transform shrinks to less than half, blocks of whole pixels are averaged first, so that detail finer than
    the crop's pixels fades instead of aliasing. Pixels beyond the picture have the grey value ``border``. Raises
    ValueError when the transform has no inverse.
    """
    left, top, right, bottom = _footprint(transform, size, image.shape[:2])
    if left >= right or top >= bottom:
        return np.full((size, size, 3), border, dtype=np.uint8)
    # Only the part that is seen: OpenCV refuses sources over 32767 pixels, and averaging the rest would be wasted.
    part = image[top:bottom, left:right]
    to_crop = transform @ Affine.translation(left, top)
    block = int(1 / transform.scale)
    if block > 1:
        part = averaged(part, block, border)
        to_crop = to_crop @ Affine.translation((block - 1) / 2, (block - 1) / 2) @ Affine.scaling(block)
    out: npt.NDArray[Any] = cv2.warpAffine(
        part,
        to_crop.matrix,
        (size, size),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(border, border, border),
    )
    return out


def resize_transform(source: tuple[int, int], target: tuple[int, int]) -> Affine:
    """Maps pixels of a picture to the same picture resized; ``source`` and ``target`` are (width, height)."""
    sx, sy = target[0] / source[0], target[1] / source[1]
    return Affine.translation(-0.5, -0.5) @ Affine.scaling(sx, sy) @ Affine.translation(0.5, 0.5)


def _footprint(transform: Affine, size: int, shape: tuple[int, ...]) -> tuple[int, int, int, int]:
    """The pixels of the image that the crop can draw from: left, top, right, bottom (the last two exclusive)."""
    corners = np.array([[-0.5, -0.5], [size - 0.5, -0.5], [-0.5, size - 0.5], [size - 0.5, size - 0.5]])
    seen = transform.inverse().apply(corners)
    reach = math.ceil(1 / transform.scale) + 2
    low, high = np.floor(seen.min(axis=0)) - reach, np.ceil(seen.max(axis=0)) + reach + 1
    height, width = shape
    left, right = np.clip([low[0], high[0]], 0, width)
    top, bottom = np.clip([low[1], high[1]], 0, height)
    return int(left), int(top), int(right), int(bottom)


def averaged(part: UInt8Image, block: int, border: int | None = None) -> UInt8Image:
    """Means of ``block`` x ``block`` pixels; the last row and column are filled up with the grey value ``border``, or
    where that is None with their own last pixels."""
    height, width = part.shape[:2]
    down, across = -height % block, -width % block
    if down or across:
        kind = cv2.BORDER_REPLICATE if border is None else cv2.BORDER_CONSTANT
        grey = (border or 0,) * 3
        part = np.asarray(cv2.copyMakeBorder(part, 0, down, 0, across, kind, value=grey), dtype=np.uint8)
    size = (part.shape[1] // block, part.shape[0] // block)
    out: npt.NDArray[Any] = cv2.resize(part, size, interpolation=cv2.INTER_AREA)
    return out
