"""How unlike a face's labelled shapes a predicted one is: a Gaussian over shapes, whatever the pose in the picture."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from facelabel.shapes.align import aligned_to, mean_shape

FloatArray = npt.NDArray[np.floating[Any]]
Float64 = npt.NDArray[np.float64]

_VARIANCE = 0.95
"""Share of the variance that the modes explain."""
_FLOOR = 1e-3
"""Least standard deviation of a coordinate, in sizes of the face: what a click cannot tell apart."""
_AT_ONCE = 512


class PrincipalShapes:
    """Probabilistic PCA (Tipping and Bishop 1999, eq. 8-10) of shapes aligned by similarity to their Procrustes mean.

    With m the mean, U_j, lambda_j the first q modes and v the mean variance of the others, a shape x has the squared
    Mahalanobis distance  sum_j (U_j . (x - m))^2 / lambda_j + |r|^2 / v,  r what the modes leave of x - m; q is the
    least that explains 95 % of the variance. Unlike a full covariance it stands with fewer shapes than coordinates.
    """

    def __init__(self, shapes: FloatArray) -> None:
        """``shapes`` (M, L, 2), absent = NaN (counts as the mean). Raises ValueError without a complete one."""
        self.mean = mean_shape(shapes)
        aligned = aligned_to(self.mean, shapes)
        gaps = np.where(np.isnan(aligned), 0.0, aligned - self.mean).reshape(len(aligned), -1)
        _, values, modes = np.linalg.svd(gaps, full_matrices=False)
        variances = values**2 / max(len(gaps) - 1, 1)
        # Alignment takes four dimensions away: place, turn and size.
        total, width = float(variances.sum()), max(gaps.shape[1] - 4, 1)
        explained = np.cumsum(variances)
        q = int(np.searchsorted(explained, _VARIANCE * total) + 1) if total > 0 else 0
        q = min(q, len(variances), width - 1)
        rest = (total - float(variances[:q].sum())) / (width - q)
        self._rest = max(rest, _FLOOR**2)
        self._modes = modes[:q]
        self._variances = np.maximum(variances[:q], self._rest)

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
