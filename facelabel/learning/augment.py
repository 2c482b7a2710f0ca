"""Varying training faces: one affine transform, exact for pixels and landmarks alike, then changes of the pixels alone.

The pixels change in NumPy and OpenCV on uint8: on a 128 pixel face that takes a tenth of the time of torchvision's
transforms, which would also have to be imported into the worker.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
import numpy.typing as npt

from facelabel.geometry import Affine
from facelabel.learning.presets import Augmentation

UInt8Image = npt.NDArray[np.uint8]


def geometry(settings: Augmentation, rng: np.random.Generator) -> tuple[Affine, bool]:
    """A random transform in crop coordinates scaled to [-1, 1], and whether to mirror: see
    ``geometry.crop_transform``."""
    sx, sy = rng.uniform(1 - settings.scaling, 1 + settings.scaling, 2) * math.exp(rng.normal(0, settings.box_scale))
    # The square runs over two units, so shares of its side count double.
    shift = 2 * (
        rng.uniform(-settings.translation, settings.translation, 2)
        + rng.normal(0, settings.box_shift, 2).clip(-0.1, 0.1)
    )
    turn = Affine.rotation(rng.uniform(-settings.rotation, settings.rotation))
    varied = Affine.translation(float(shift[0]), float(shift[1])) @ turn @ Affine.scaling(float(sx), float(sy))
    return varied, bool(rng.random() < settings.flip)


def photometry(image: UInt8Image, settings: Augmentation, rng: np.random.Generator) -> UInt8Image:
    """``image`` (S, S, 3) with other brightness (80 % either way) and contrast (0.3 to 2), blurred, partly erased."""
    if rng.random() < settings.brightness:
        image = _scaled(image, rng.uniform(0.2, 1.8), 0)
    if rng.random() < settings.contrast:
        factor = rng.uniform(0.3, 2.0)
        image = _scaled(image, factor, (1 - factor) * float(image.mean()))
    if rng.random() < settings.blur:
        image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.1, 2.0) * len(image) / 128)
    if rng.random() < settings.erasing:
        image = _erased(image, rng)
    return image


def _scaled(image: UInt8Image, factor: float, offset: float) -> UInt8Image:
    # A table of 256 entries: clipping floats of every pixel takes ten times as long.
    table = np.clip(np.arange(256) * factor + offset, 0, 255).astype(np.uint8)
    out: UInt8Image = cv2.LUT(image, table)
    return out


def _erased(image: UInt8Image, rng: np.random.Generator) -> UInt8Image:
    """A rectangle of .02 to .33 of the area and aspect .3 to 3.3 in one random colour, as something in front of the
    face."""
    size = len(image)
    area, aspect = rng.uniform(0.02, 0.33) * size * size, math.exp(rng.uniform(math.log(0.3), math.log(3.3)))
    height, width = (min(size, max(1, round(math.sqrt(area * ratio)))) for ratio in (aspect, 1 / aspect))
    top, left = int(rng.integers(0, size - height + 1)), int(rng.integers(0, size - width + 1))
    out = image.copy()
    out[top : top + height, left : left + width] = rng.integers(0, 256, 3)
    return out
