"""Array types and the few smooth functions that all of the drawing uses."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

F32 = npt.NDArray[np.float32]
F64 = npt.NDArray[np.float64]
U8 = npt.NDArray[np.uint8]
Bool = npt.NDArray[np.bool_]
Int = npt.NDArray[np.signedinteger[Any]]
Floats = npt.NDArray[np.floating[Any]]


def f32(values: Any) -> F32:
    return np.asarray(values, dtype=np.float32)


def clamp(x: Any, low: Any, high: Any = None) -> Any:
    """``np.clip``, whose overhead is many times that of the two functions it is made of."""
    out = np.maximum(x, low)
    return out if high is None else np.minimum(out, high)


def smoothstep(low: float, high: float, x: Any) -> Any:
    """0 below ``low``, 1 above ``high``, a smooth cubic between; ``low`` may be the greater."""
    t = clamp((x - low) / (high - low), 0.0, 1.0)
    return t * t * (3.0 - 2.0 * t)


def bump(x: Any, y: Any, cx: float, cy: float, sx: float, sy: float) -> Any:
    """A Gaussian hill of height 1 about (cx, cy)."""
    return np.exp(-0.5 * (((x - cx) / sx) ** 2 + ((y - cy) / sy) ** 2))


def spline(x: Floats, knots: Floats, values: Floats) -> Floats:
    """Cubic Hermite interpolation through ``values`` (K, ...) at increasing ``knots`` (K,).

    Constant outside; the result has the type of ``x``.
    """
    values, knots = values.astype(x.dtype), knots.astype(x.dtype)
    extra = (1,) * (values.ndim - 1)
    last = len(knots) - 1
    before, after = np.maximum(np.arange(last + 1) - 1, 0), np.minimum(np.arange(last + 1) + 1, last)
    slopes = (values[after] - values[before]) / (knots[after] - knots[before]).reshape(-1, *extra)
    x = clamp(x, knots[0], knots[-1])
    i = clamp(np.searchsorted(knots, x, side="right") - 1, 0, len(knots) - 2)
    h = knots[i + 1] - knots[i]
    t = (x - knots[i]) / h

    h, t = h.reshape(h.shape + extra), t.reshape(t.shape + extra)
    t2, t3 = t * t, t * t * t
    left, right = 2 * t3 - 3 * t2 + 1, -2 * t3 + 3 * t2
    out: Floats = (
        left * values[i] + right * values[i + 1] + h * ((t3 - 2 * t2 + t) * slopes[i] + (t3 - t2) * slopes[i + 1])
    )
    return out


@lru_cache(maxsize=16)
def noise(seed: int, size: int = 256, roughness: float = 0.5, base: int = 4) -> F32:
    """Tileable fractal noise (size, size), mean 0, standard deviation 1. ``base`` is the coarsest octave's cells."""
    rng = np.random.default_rng(seed)
    total = np.zeros((size, size), np.float32)
    cells, weight = base, 1.0
    while cells <= size:
        lattice = rng.standard_normal((cells, cells)).astype(np.float32)
        tiled = np.pad(lattice, 2, mode="wrap")
        factor = size // cells
        big = cv2.resize(tiled, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)
        total += weight * big[2 * factor : 2 * factor + size, 2 * factor : 2 * factor + size]
        cells, weight = cells * 2, weight * roughness
    total -= total.mean()
    return f32(total / total.std())


def scale(image: Any, factor: Any) -> None:
    """Multiply (..., C) by (...) in place. NumPy is slow where the last axis is short, so channel by channel."""
    for c in range(image.shape[-1]):
        image[..., c] *= factor


def mix(image: Any, colour: Any, weight: Any) -> None:
    """Move (..., C) towards ``colour`` (..., C) by ``weight`` (...) in place, channel by channel."""
    for c in range(image.shape[-1]):
        part = image[..., c]
        part += weight * (colour[..., c] - part)


def dot(a: Any, b: Any) -> Any:
    """Inner products (N,) of (N, 3) with (N, 3) or (3,)."""
    return a[:, 0] * b[..., 0] + a[:, 1] * b[..., 1] + a[:, 2] * b[..., 2]


def normalise(vectors: F32) -> F32:
    """Make (N, 3) unit length, in place."""
    scale(vectors, 1 / (np.sqrt(dot(vectors, vectors)) + np.float32(1e-6)))
    return vectors


def folded(x: Floats, period: int) -> F32:
    """``x`` modulo ``period``; ``np.mod`` takes many times as long."""
    return f32(x - period * np.floor(x * (1 / period)))


# OpenCV's remap takes no image side above 32767.
_REMAP_SIDE = 32000


def look_up(image: F32, column: F32, row: F32) -> F32:
    """Bilinear samples (N,) or (N, C) of ``image`` (h, w) or (h, w, C) at fractional columns and rows (N,).

    Each channel of the result is contiguous, which makes all later arithmetic on it several times as fast.
    """
    channels = 1 if image.ndim == 2 else image.shape[2]
    planes = np.empty((channels, len(column)), np.float32)
    for start in range(0, len(column), _REMAP_SIDE):
        part = slice(start, start + _REMAP_SIDE)
        line = cv2.remap(image, column[None, part], row[None, part], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        planes[:, part] = line.reshape(-1, channels).T
    return planes[0] if image.ndim == 2 else planes.T


def to_linear(colour: Any) -> F32:
    """Display values 0 to 1 to linear light."""
    return f32(np.power(clamp(colour, 0, 1), 2.2))
