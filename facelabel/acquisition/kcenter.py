"""k-center greedy (core-set, Sener and Savarese 2018): the faces that the labelled ones cover worst."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.floating[Any]]
Float64 = npt.NDArray[np.float64]

_BLOCK = 4096


def k_center_greedy(features: FloatArray, labelled: Sequence[int], k: int) -> list[int]:
    """Indices of ``k`` rows, in the order picked: each is the one farthest (Euclidean) from its nearest centre.

    ``features`` (N, D); ``labelled`` are the first centres and are never picked (none: row 0 opens). Equal distances go
    to the lowest index. Fewer than ``k`` come back when the rows run out.

    The picks are those of the plain loop, which updates all N distances after every pick; this one is lazy. The
    distance to the nearest centre only ever falls, so the farthest rows are kept in a buffer: while the best of them
    is farther than anything outside was when the buffer was filled, it is the farthest of all, and only the buffer
    needs updating.
    """
    points = np.array(features, dtype=np.float64)
    if len(points):
        points -= points.mean(axis=0)
    squares = np.einsum("nd,nd->n", points, points)
    # Squared distances come from matrix products; those that differ by no more than rounding are equal.
    equal = (points.shape[1] + 8) * np.finfo(np.float64).eps * float(squares.max(initial=0.0))

    nearest = np.full(len(points), np.inf)
    taken = np.zeros(len(points), dtype=bool)
    pending = list(labelled)
    k = min(k, len(points) - len(set(pending)))
    size = min(max(1024, 6 * k), len(points))
    picks: list[int] = []
    while len(picks) < k:
        _approach(nearest, points, squares, pending)
        taken[pending] = True
        nearest[taken] = -np.inf
        buffer, outside = _largest(nearest, size)
        kept, kept_squares, distances = points[buffer], squares[buffer], nearest[buffer]
        pending = [_farthest(nearest, equal)]
        while len(picks) + len(pending) < k:
            newest = pending[-1]
            gap = kept_squares + squares[newest] - 2 * (kept @ points[newest])
            np.minimum(distances, gap, out=distances)
            distances[buffer == newest] = -np.inf
            best = _farthest(distances, equal)
            if distances[best] <= outside + equal:
                break
            pending.append(int(buffer[best]))
        picks += pending
    return picks


def _approach(nearest: Float64, points: Float64, squares: Float64, centres: Sequence[int]) -> None:
    """Lower the squared distances ``nearest`` (N,) by new centres, in blocks of rows that stay in the cache."""
    if not centres:
        return
    index = list(centres)
    others, other_squares = points[index].T, squares[index]
    for start in range(0, len(points), _BLOCK):
        rows = slice(start, start + _BLOCK)
        gaps = other_squares - 2 * (points[rows] @ others)
        nearest[rows] = np.minimum(nearest[rows], squares[rows] + gaps.min(axis=1))


def _largest(nearest: Float64, size: int) -> tuple[npt.NDArray[np.intp], float]:
    """The ``size`` rows with the largest distances, by index, and the largest distance outside them."""
    if size == len(nearest):
        return np.arange(size), -np.inf
    order = np.argpartition(nearest, len(nearest) - size)
    return np.sort(order[-size:]), float(nearest[order[:-size]].max())


def _farthest(distances: Float64, equal: float) -> int:
    """The lowest index whose distance is the largest, up to ``equal``."""
    return int(np.argmax(distances >= distances.max() - equal))
