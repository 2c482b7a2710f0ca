"""Cumulative error distribution, the area under it, and the failure rate, from the errors of faces as fractions.

A face without an error (NaN) has to be left out, and reported, by the caller: these raise ValueError for it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.floating[Any]]

_RESAMPLES = 2000
_BLOCK = 2**16
"""Values that are drawn at a time: few calls, little memory, and no other thread kept waiting for long."""


def ced(errors: FloatArray, grid: FloatArray) -> npt.NDArray[np.float64]:
    """The share of faces with an error of at most each value of ``grid``; same shape as ``grid``."""
    ordered = np.sort(_checked(errors))
    return np.searchsorted(ordered, grid, side="right") / len(ordered)


def auc(errors: FloatArray, threshold: float) -> float:
    """The area under the CED from 0 to ``threshold``, divided by ``threshold``: exactly mean(max(0, 1 - e / t))."""
    return float(np.maximum(0.0, 1.0 - _checked(errors) / _positive(threshold)).mean())


def failure_rate(errors: FloatArray, threshold: float) -> float:
    """The share of faces with an error of more than ``threshold``; an error equal to it is no failure."""
    return float((_checked(errors) > _positive(threshold)).mean())


def bootstrap_interval(values: FloatArray, seed: int, level: float = 0.95) -> tuple[float, float]:
    """Percentile bootstrap interval of the mean (Efron 1979) at ``level``; 2000 resamples of the faces, seeded."""
    checked = _checked(values)
    rng = np.random.default_rng(seed)
    rows = max(1, _BLOCK // len(checked))
    blocks = (min(rows, _RESAMPLES - first) for first in range(0, _RESAMPLES, rows))
    means = [checked[rng.integers(len(checked), size=(block, len(checked)))].mean(axis=1) for block in blocks]
    low, high = np.quantile(np.concatenate(means), [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def _checked(values: FloatArray) -> npt.NDArray[np.float64]:
    checked = np.asarray(values, dtype=np.float64).reshape(-1)
    if len(checked) == 0 or np.isnan(checked).any():
        raise ValueError("errors of at least one face, and no NaN among them, are needed")
    return checked


def _positive(threshold: float) -> float:
    if not threshold > 0:
        raise ValueError("the threshold has to be above 0")
    return threshold
