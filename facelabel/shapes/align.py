"""Similarity alignment of shapes: scale, rotation and translation, never a reflection."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from facelabel.geometry import Affine

FloatArray = npt.NDArray[np.floating[Any]]
Complex = npt.NDArray[np.complex128]

_ROUNDS = 100
_STILL = 1e-12


def similarity(source: FloatArray, target: FloatArray, weights: FloatArray | None = None) -> Affine:
    """The similarity that takes ``source`` (L, 2) closest to ``target`` (L, 2) in (weighted) least squares.

    Landmarks that are absent (NaN) in either, or weigh 0, have no say. Raises ValueError when fewer than two distinct
    source landmarks have one. In the plane the optimum is a complex division (Dryden and Mardia, Statistical Shape
    Analysis, ch. 8), which rotates and scales but cannot reflect.
    """
    s, t = _complex(source), _complex(target)
    w = np.ones(len(s)) if weights is None else np.asarray(weights, dtype=np.float64)
    if s.shape != t.shape or w.shape != s.shape:
        raise ValueError(
            f"{len(s)} source landmarks, {len(t)} target landmarks and {len(w)} weights do not go together"
        )
    if not (w >= 0).all():
        raise ValueError("weights have to be 0 or more")
    used = ~(np.isnan(s) | np.isnan(t)) & (w > 0)
    s, t, w = s[used], t[used], w[used]
    if len(s) < 2:
        raise ValueError("a similarity needs two landmarks that are present in both shapes")
    w = w / w.sum()
    s_mean, t_mean = (w * s).sum(), (w * t).sum()
    spread = float((w * np.abs(s - s_mean) ** 2).sum())
    if not spread > 1e-24 * max(1.0, abs(s_mean) ** 2):
        raise ValueError("the source landmarks coincide")
    turn = (w * np.conj(s - s_mean) * (t - t_mean)).sum() / spread
    shift = t_mean - turn * s_mean
    return Affine(turn.real, -turn.imag, shift.real, turn.imag, turn.real, shift.imag)


def aligned_to(target: FloatArray, shapes: FloatArray) -> npt.NDArray[np.float64]:
    """Shapes (N, L, 2), each moved, turned and scaled closest to ``target`` (L, 2), as ``similarity`` does one of them.

    Absent landmarks (NaN) have no say and stay so; landmarks that all coincide go to the target's middle.
    """
    points = np.asarray(shapes, dtype=np.float64)
    source = points[..., 0] + 1j * points[..., 1]
    goal = target[:, 0] + 1j * target[:, 1]
    there = ~np.isnan(source)
    count = np.maximum(there.sum(axis=1, keepdims=True), 1)
    middle = np.where(there, source, 0).sum(axis=1, keepdims=True) / count
    goals = np.where(there, goal, 0)
    aim = goals.sum(axis=1, keepdims=True) / count
    about = np.where(there, source - middle, 0)
    size = np.vecdot(about, about).real[:, None]
    turn = np.vecdot(about, goals)[:, None]
    turn = np.divide(turn, size, out=np.zeros_like(turn), where=size > 0)
    placed = np.where(there, about * turn + aim, np.nan * (1 + 1j))
    return np.ascontiguousarray(placed).view(np.float64).reshape(points.shape)


def mean_shape(shapes: FloatArray) -> npt.NDArray[np.float64]:
    """The generalised Procrustes mean (L, 2) of shapes (N, L, 2) (Gower 1975): about 0, of root-mean-square radius 1.

    It stands as the first complete shape stands. A landmark absent in some shapes is the mean of where it is present.
    Raises ValueError without a complete shape.
    """
    stack = np.asarray(shapes, dtype=np.float64)
    complete = stack[~np.isnan(stack).any(axis=(1, 2))]
    if len(complete) == 0:
        raise ValueError("a mean shape needs at least one shape with every landmark")
    first = _unit(complete[0])
    mean = first
    for _ in range(_ROUNDS):
        aligned = np.stack([similarity(shape, mean).apply(shape) for shape in stack])
        fresh = _unit(np.nanmean(aligned, axis=0))
        moved = float(np.abs(fresh - mean).max())
        mean = fresh
        if moved < _STILL:
            break
    turned = similarity(mean, first)
    # Only the turn is taken back: the size stays 1.
    return Affine.scaling(1 / turned.scale).apply(turned.apply(mean))


def _unit(shape: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    centred = shape - shape.mean(axis=0)
    radius = float(np.sqrt((centred**2).sum(axis=1).mean()))
    if not radius > 0:
        raise ValueError("the landmarks of a shape coincide")
    unit: npt.NDArray[np.float64] = centred / radius
    return unit


def _complex(shape: FloatArray) -> Complex:
    points = np.asarray(shape, dtype=np.float64)
    return points[:, 0] + 1j * points[:, 1]
