"""Groups of like faces, and how typical a face is of its surroundings."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.floating[Any]]
Float32 = npt.NDArray[np.float32]
Rows = npt.NDArray[np.intp]

_PASSES = 20
_BLOCK_VALUES = 2**18
_TINY = 1e-12


def neighbour_distances(points: FloatArray, others: FloatArray, k: int, rows: Rows | None = None) -> Float32:
    """Distances (N, k), rising, from each of ``points`` (N, D) to the nearest of ``others`` (M, D), k at most M.

    ``rows`` are those of the points that count, all where it is None. In blocks: a memory map is never copied as a
    whole, and a quadratic number of distances is computed, but never held.
    """
    middle, y = centred(others)
    squares = np.einsum("nd,nd->n", y, y)
    k = min(k, len(y))
    rows = np.arange(len(points)) if rows is None else rows
    found = np.zeros((len(rows), k), dtype=np.float32)
    block = max(64, _BLOCK_VALUES // max(*others.shape, 1))
    for start in range(0, len(rows), block):
        some = (points[rows[start : start + block]] - middle).astype(np.float32)
        gaps = squares - 2 * (some @ y.T)
        if k < len(y):
            gaps = np.partition(gaps, k - 1, axis=1)[:, :k]
        gaps = np.sort(gaps, axis=1) + np.einsum("nd,nd->n", some, some)[:, None]
        found[start : start + block] = np.sqrt(np.maximum(gaps, 0))
    return found


def typicality(points: FloatArray, k: int = 20) -> npt.NDArray[np.float64]:
    """(1/k sum over the k nearest of |x - x_i|)^-1 of points (N, D) among themselves, TypiClust equation 1.

    Hacohen, Dekel and Weinshall 2022; k is at most N - 1. A single point has 0, a point among k twins 1e12.
    """
    if len(points) < 2:
        return np.zeros(len(points))
    mean = neighbour_distances(points, points, k + 1)[:, 1:].mean(axis=1, dtype=np.float64)
    typical: npt.NDArray[np.float64] = 1 / np.maximum(mean, _TINY)
    return typical


def sparseness(
    points: FloatArray, others: FloatArray, k: int = 10, *, rows: Rows | None = None
) -> npt.NDArray[np.float64]:
    """Distance (N,) from points (N, D), or those ``rows`` of them, to the k-th nearest of ``others`` (M, D), among
    which each finds itself first where it is one of them (Ramaswamy, Rastogi and Shim 2000: the larger, the more of an
    outlier)."""
    return neighbour_distances(points, others, k + 1, rows)[:, -1].astype(np.float64)


def k_means(points: FloatArray, k: int, rng: np.random.Generator) -> Rows:
    """The group (N,) of each of points (N, D), numbered from 0: Lloyd 1982, begun by k-means++ (Arthur 2007).

    At most ``k`` groups; fewer where fewer points are distinct.
    """
    _, x = centred(points)
    squares = np.einsum("nd,nd->n", x, x)
    middles = _plus_plus(x, squares, k, rng)
    groups = np.full(len(x), -1, dtype=np.intp)
    for _ in range(_PASSES):
        fresh = _nearest(x, middles)
        if (fresh == groups).all():
            break
        groups = fresh
        ends = np.cumsum(np.bincount(groups, minlength=len(middles)))[:-1]
        for group, members in enumerate(np.split(np.argsort(groups, kind="stable"), ends)):
            if len(members):
                middles[group] = x[members].mean(axis=0)
    return np.unique(groups, return_inverse=True)[1].astype(np.intp)


def _plus_plus(x: Float32, squares: Float32, k: int, rng: np.random.Generator) -> Float32:
    chosen = [int(rng.integers(len(x)))]
    gaps = np.full(len(x), np.inf)
    # Squared distances come from products: what is left of them by rounding is no distance.
    equal = 16 * np.finfo(np.float32).eps * float(squares.max(initial=0.0))
    while len(chosen) < k:
        newest = chosen[-1]
        np.minimum(gaps, squares + squares[newest] - 2 * (x @ x[newest]), out=gaps)
        gaps[gaps <= equal] = 0
        total = gaps.cumsum()
        if not total[-1] > 0:
            break
        # side: a point at no distance adds nothing to the sum and is never drawn.
        chosen.append(int(np.searchsorted(total, rng.random() * total[-1], side="right")))
    return x[chosen]


def _nearest(x: Float32, middles: Float32) -> Rows:
    squares = np.einsum("nd,nd->n", middles, middles)
    block = max(64, _BLOCK_VALUES // max(middles.shape))
    parts = [np.argmin(squares - 2 * (x[i : i + block] @ middles.T), axis=1) for i in range(0, len(x), block)]
    return np.concatenate(parts)


def centred(points: FloatArray) -> tuple[npt.NDArray[np.float64], Float32]:
    """The middle (D,) of points (N, D), and the points as float32 about it, where distances that come from products
    lose the fewest digits."""
    middle = points.mean(axis=0, dtype=np.float64) if len(points) else np.zeros(points.shape[1])
    return middle, (points - middle).astype(np.float32)
