"""How unlike a face's labelled shapes a predicted one is: a Gaussian over shapes, whatever the pose in the picture."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from facelabel.shapes.align import aligned_to, mean_shape
from facelabel.shapes.prior import completed, unit

FloatArray = npt.NDArray[np.floating[Any]]
Float64 = npt.NDArray[np.float64]

_VARIANCE = 0.95
"""Share of the variance that the modes explain."""
_FLOOR = 1e-3
"""Least standard deviation of a coordinate, in sizes of the face: what a click cannot tell apart."""
_AT_ONCE = 512
_FEWEST = 3
"""Landmarks that a shape has to have: two fit any other two."""
_MOST_IN_PART = 300
"""Shapes with absent landmarks that are learned from: each takes milliseconds."""
_ROUNDS = 12
_STILL = 1e-4


class PrincipalShapes:
    """Probabilistic PCA (Tipping and Bishop 1999, eq. 8-10) of shapes aligned by similarity to their Procrustes mean.

    With m the mean, U_j, lambda_j the first q modes and v the mean variance of the others, a shape x has the squared
    Mahalanobis distance  sum_j (U_j . (x - m))^2 / lambda_j + |r|^2 / v,  r what the modes leave of x - m; q is the
    least that explains 95 % of the variance. Unlike a full covariance it stands with fewer shapes than coordinates.
    """

    def __init__(self, shapes: FloatArray) -> None:
        """``shapes`` (M, L, 2), absent = NaN. Raises ValueError without a complete one.

        Absent landmarks have no say: the covariance is that of expectation maximisation (Dempster, Laird and Rubin
        1977), which begins with the complete shapes. Shapes with fewer than three landmarks are left out.
        """
        stack = np.asarray(shapes, dtype=np.float64)
        there = np.isfinite(stack[..., 0])
        whole = there.all(axis=1)
        self.mean = mean_shape(stack[whole])
        frame = aligned_to(self.mean, stack[whole])
        self._fit(_covariance(frame - self.mean), len(frame))
        partly = np.flatnonzero(~whole & (there.sum(axis=1) >= _FEWEST))
        if len(partly):
            self._learn(np.concatenate([stack[whole], stack[partly[:: len(partly) // _MOST_IN_PART + 1]]]))

    def _learn(self, shapes: Float64) -> None:
        """Go on from the complete ones to all ``shapes``."""
        absent, frame = np.isnan(shapes), aligned_to(self.mean, shapes)
        for _ in range(_ROUNDS):
            filled, doubt = completed(frame, self.mean, self._whole())
            fresh = unit(filled.mean(axis=0))
            moved = float(np.abs(fresh - self.mean).max())
            self.mean = fresh
            # Few landmarks say little of place, turn and size: those of the completed shape count.
            filled = aligned_to(self.mean, filled)
            self._fit(_covariance(filled - self.mean) + doubt, len(filled))
            frame = np.where(absent, np.nan, filled)
            if moved < _STILL:
                break

    def _fit(self, covariance: Float64, count: int) -> None:
        """The modes of a covariance (2L, 2L) of ``count`` shapes."""
        values, modes = np.linalg.eigh(covariance)
        variances = np.maximum(values[::-1], 0.0)[: max(count, 1)]
        # Alignment takes four dimensions away: place, turn and size.
        total, width = float(variances.sum()), max(len(covariance) - 4, 1)
        explained = np.cumsum(variances)
        q = int(np.searchsorted(explained, _VARIANCE * total) + 1) if total > 0 else 0
        q = min(q, len(variances), width - 1)
        rest = (total - float(variances[:q].sum())) / (width - q)
        self._rest = max(rest, _FLOOR**2)
        self._modes = modes[:, ::-1].T[:q]
        self._variances = np.maximum(variances[:q], self._rest)

    def _whole(self) -> Float64:
        """The covariance (2L, 2L) of the model."""
        over = (self._modes.T * (self._variances - self._rest)) @ self._modes
        whole: Float64 = over + self._rest * np.eye(len(over))
        return whole

    def shares(self, shapes: FloatArray) -> Float64:
        """Each landmark's share (N, L) in the squared distance of shapes (N, L, 2): they add up to it.

        With C the covariance it is d_l . (C^-1 d)_l, which is below 0 for a landmark that makes the others likelier.
        """
        parts = [np.zeros((0, len(self.mean)))]
        for start in range(0, len(shapes), _AT_ONCE):
            gaps = (aligned_to(self.mean, shapes[start : start + _AT_ONCE]) - self.mean).reshape(-1, self.mean.size)
            weights = gaps @ self._modes.T
            weighed = gaps / self._rest + (weights * (1 / self._variances - 1 / self._rest)) @ self._modes
            by_axis = gaps * weighed
            parts.append(by_axis[:, ::2] + by_axis[:, 1::2])
        shares: Float64 = np.concatenate(parts)
        return shares


def implausibility(shapes: FloatArray, truths: FloatArray) -> Float64:
    """Mahalanobis distance (N,) of shapes (N, L, 2) under the prior of ``truths`` (M, L, 2); higher = ask first."""
    distances: Float64 = np.sqrt(np.maximum(PrincipalShapes(truths).shares(shapes).sum(axis=1), 0))
    return distances


def _covariance(gaps: Float64) -> Float64:
    """(2L, 2L) of N gaps (N, L, 2) about 0."""
    flat = gaps.reshape(len(gaps), -1)
    covariance: Float64 = flat.T @ flat / max(len(flat) - 1, 1)
    return covariance
