"""Coverage: faces that together stand near as much of the pool as they can."""

from __future__ import annotations

import heapq
from typing import Any

import numpy as np
import numpy.typing as npt

from facelabel.acquisition.typicality import centred

FloatArray = npt.NDArray[np.floating[Any]]
Float64 = npt.NDArray[np.float64]

_SOME = 1000


def max_herding(points: FloatArray, centres: FloatArray, k: int, bandwidth: float) -> tuple[list[int], Float64]:
    """``k`` rows of points (N, D), in order, that raise the generalised coverage most, and what each raised it by.

    MaxHerding (Bae, Noh and Sutherland 2024, eq. 4 and 5): greedily maximises C(S) = 1/N sum_n max_{s in S} k(x_n, s)
    with the Gaussian kernel k(x, y) = exp(-|x - y|^2 / b^2), S starting as ``centres`` (M, D); b is ``bandwidth`` times
    the median distance between two points (of a thousand). A gain only ever falls as S grows (C is submodular), so one
    that is out of date is an upper bound and few are computed anew (Minoux 1978): the picks are those of the plain
    greedy rule, ties to the lowest index. Gains that differ by less than a ten thousandth of a face are equal: two
    lonely faces raise the coverage alike. Holds N x N float32.
    """
    middle, x = centred(points)
    y = (centres - middle).astype(np.float32)
    n = len(x)
    if n == 0:
        return [], np.zeros(0)
    gaps = _gaps(x, x)
    some = slice(None, None, n // _SOME + 1)
    few = gaps[some, some]
    width = bandwidth**2 * float(np.median(few[~np.eye(len(few), dtype=bool)])) if len(few) > 1 else 0.0
    width = width or 1.0
    kernel = np.exp(-gaps / width, out=gaps)
    covered = np.zeros(n, dtype=np.float32)
    for start in range(0, len(y), 1024):
        np.maximum(covered, np.exp(-_gaps(y[start : start + 1024], x) / width).max(axis=0), out=covered)
    heap = [(-_rise(row, covered), index, 0) for index, row in enumerate(kernel)]
    heapq.heapify(heap)
    picks: list[int] = []
    gains = []
    while heap and len(picks) < k:
        rise, row, seen = heapq.heappop(heap)
        if seen < len(picks):
            heapq.heappush(heap, (-_rise(kernel[row], covered), row, len(picks)))
            continue
        picks.append(row)
        gains.append(-rise / n)
        np.maximum(covered, kernel[row], out=covered)
    return picks, np.array(gains)


def _rise(kernel: npt.NDArray[np.float32], covered: npt.NDArray[np.float32]) -> float:
    return round(float(np.maximum(kernel - covered, 0).sum(dtype=np.float64)), 4)


def _gaps(x: npt.NDArray[np.float32], y: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    squares = np.einsum("nd,nd->n", y, y)
    gaps: npt.NDArray[np.float32] = squares - 2 * (x @ y.T)
    gaps += np.einsum("nd,nd->n", x, x)[:, None]
    return np.maximum(gaps, 0, out=gaps)
