"""Boxes and the one affine transform that maps an image to a crop and back.

Coordinates everywhere in facelabel are 0-based pixel centres: (0, 0) is the centre of the top-left pixel, so an image
of W x H pixels covers the continuous rectangle from (-0.5, -0.5) to (W - 0.5, H - 0.5).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Box:
    """An axis-aligned rectangle in image pixels, continuous, 0-based pixel centres: ``left <= x <= left + width``."""

    left: float
    top: float
    width: float
    height: float

    @classmethod
    def around(cls, shape: FloatArray) -> Box:
        """The tight box of a shape (L, 2); absent (NaN) landmarks are left out. Raises ValueError if all are."""
        present = shape[~np.isnan(shape).any(axis=1)]
        if len(present) == 0:
            raise ValueError("a shape without a present landmark has no box")
        low, high = present.min(axis=0), present.max(axis=0)
        return cls(float(low[0]), float(low[1]), float(high[0] - low[0]), float(high[1] - low[1]))

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    @property
    def centre(self) -> tuple[float, float]:
        return self.left + self.width / 2, self.top + self.height / 2

    def scaled(self, factor: float) -> Box:
        """The box grown by ``factor`` about its centre."""
        (cx, cy), w, h = self.centre, self.width * factor, self.height * factor
        return Box(cx - w / 2, cy - h / 2, w, h)

    def square(self) -> Box:
        """The square of the longer side about the same centre."""
        (cx, cy), side = self.centre, max(self.width, self.height)
        return Box(cx - side / 2, cy - side / 2, side, side)

    def holds(self, shape: FloatArray) -> bool:
        """Whether every present landmark of a shape (L, 2) lies inside, or on its edge."""
        present = shape[~np.isnan(shape).any(axis=1)]
        inside = (present >= (self.left, self.top)) & (present <= (self.right, self.bottom))
        return bool(inside.all())

    def overlap(self, other: Box) -> float:
        """Intersection over union, 0 to 1."""
        w = min(self.right, other.right) - max(self.left, other.left)
        h = min(self.bottom, other.bottom) - max(self.top, other.top)
        if w <= 0 or h <= 0:
            return 0.0
        return w * h / (self.width * self.height + other.width * other.height - w * h)


@dataclass(frozen=True)
class Affine:
    """x' = a x + b y + c, y' = d x + e y + f. ``one @ other`` applies ``other`` first."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 0.0
    e: float = 1.0
    f: float = 0.0

    @property
    def matrix(self) -> npt.NDArray[np.float64]:
        """(2, 3) float64, as OpenCV takes it."""
        return np.array([[self.a, self.b, self.c], [self.d, self.e, self.f]], dtype=np.float64)

    @classmethod
    def from_matrix(cls, matrix: FloatArray) -> Affine:
        return cls(*(float(v) for v in np.asarray(matrix, dtype=np.float64)[:2].reshape(-1)))

    @property
    def determinant(self) -> float:
        return self.a * self.e - self.b * self.d

    @property
    def scale(self) -> float:
        """Mean length ratio: output pixels for one input pixel."""
        return math.sqrt(abs(self.determinant))

    def apply(self, points: FloatArray) -> npt.NDArray[np.float64]:
        """Map points (..., 2); NaN stays NaN."""
        p = np.asarray(points, dtype=np.float64)
        m = self.matrix
        out: npt.NDArray[np.float64] = p @ m[:, :2].T + m[:, 2]
        return out

    def inverse(self) -> Affine:
        """Raises ValueError when the transform squashes the plane to a line."""
        det = self.determinant
        if det == 0 or not math.isfinite(det):
            raise ValueError("this affine transform has no inverse")
        a, b, d, e = self.e / det, -self.b / det, -self.d / det, self.a / det
        return Affine(a, b, -(a * self.c + b * self.f), d, e, -(d * self.c + e * self.f))

    def __matmul__(self, other: Affine) -> Affine:
        return Affine(
            self.a * other.a + self.b * other.d,
            self.a * other.b + self.b * other.e,
            self.a * other.c + self.b * other.f + self.c,
            self.d * other.a + self.e * other.d,
            self.d * other.b + self.e * other.e,
            self.d * other.c + self.e * other.f + self.f,
        )

    @classmethod
    def translation(cls, dx: float, dy: float) -> Affine:
        return cls(c=dx, f=dy)

    @classmethod
    def scaling(cls, sx: float, sy: float | None = None) -> Affine:
        return cls(a=sx, e=sx if sy is None else sy)

    @classmethod
    def rotation(cls, degrees: float) -> Affine:
        """Turns clockwise as seen on the screen (y points down)."""
        cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        return cls(a=cos, b=-sin, d=sin, e=cos)


def crop_transform(box: Box, size: int, augmentation: Affine | None = None, *, flip: bool = False) -> Affine:
    """Image pixels to crop pixels: the square about ``box`` fills a ``size`` x ``size`` crop.

    ``augmentation`` acts in crop coordinates scaled to [-1, 1] about the crop's centre, so it is independent of both
    resolutions; ``flip`` mirrors last (the caller permutes the landmarks by the scheme's flip permutation).
    """
    square = box.square()
    if not square.width > 0:
        raise ValueError("an empty box cannot be cropped")
    (cx, cy), half = square.centre, size / 2
    to_unit = Affine.scaling(2 / square.width) @ Affine.translation(-cx, -cy)
    if augmentation is not None:
        to_unit = augmentation @ to_unit
    if flip:
        to_unit = Affine.scaling(-1, 1) @ to_unit
    return Affine.translation(half - 0.5, half - 0.5) @ Affine.scaling(half) @ to_unit
