"""Two sets of errors on the same faces: is one smaller than the other, or may it be chance?"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from facelabel.metrics.ced import FloatArray, bootstrap_interval

_EXACT = 50
"""Differences up to which the distribution of the signed-rank sum is counted out; beyond, it is normal enough."""


@dataclass(frozen=True)
class Paired:
    """``difference`` is the mean of first - second with its 95 % bootstrap ``interval``, in the errors' unit;
    ``p_value`` that of the two-sided Wilcoxon test; ``lower`` and ``higher`` count the faces on which the first is."""

    difference: float
    interval: tuple[float, float]
    p_value: float
    lower: int
    higher: int
    faces: int

    @property
    def differs(self) -> bool:
        """Both the test at 5 % and the interval say so: the one looks at ranks, the other at the mean."""
        low, high = self.interval
        return self.p_value < 0.05 and (low > 0 or high < 0)


def compare(first: FloatArray, second: FloatArray, seed: int) -> Paired:
    """Compare errors (N,) of the same faces in the same order. Raises ValueError on NaN, or for another length."""
    a, b = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    if a.shape != b.shape or a.ndim != 1:
        raise ValueError(f"paired errors have to be of the same faces, not {a.shape} and {b.shape}")
    difference = a - b
    interval = bootstrap_interval(difference, seed)
    lower, higher = int((difference < 0).sum()), int((difference > 0).sum())
    return Paired(float(difference.mean()), interval, wilcoxon(difference), lower, higher, len(difference))


def wilcoxon(differences: FloatArray) -> float:
    """Two-sided p of the signed-rank test (Wilcoxon 1945) that differences (N,) lie about zero.

    Zeros are left out and ties share their mean rank. Exact up to 50 differences without either, else the normal
    approximation with the variance corrected for ties; 1 when no difference is left.
    """
    values = np.asarray(differences, dtype=np.float64)
    signed = values[values != 0]
    n = len(signed)
    if n == 0:
        return 1.0
    _, place, counts = np.unique(np.abs(signed), return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    smaller = min(float(ranks[signed > 0].sum()), float(ranks[signed < 0].sum()))
    if n <= _EXACT and n == len(values) and counts.max() == 1:
        ways = _ways(n)
        return float(min(1.0, 2 * ways[: round(smaller) + 1].sum() / ways.sum()))
    variance = n * (n + 1) * (2 * n + 1) / 24 - float((counts**3 - counts).sum()) / 48
    return math.erfc(abs(smaller - n * (n + 1) / 4) / math.sqrt(2 * variance))


def _ways(n: int) -> npt.NDArray[np.float64]:
    """How many of the 2^n sign patterns of the ranks 1 to n give each rank sum."""
    ways = np.zeros(n * (n + 1) // 2 + 1)
    ways[0] = 1
    for rank in range(1, n + 1):
        ways[rank:] = ways[rank:] + ways[:-rank]
    return ways
