"""Two sets of errors on the same faces: is one smaller than the other, or may it be chance?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from facelabel.metrics.ced import FloatArray, bootstrap_interval


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
    """Two-sided p of the signed-rank test (Wilcoxon 1945) that differences (N,) lie about zero; zeros are left out.

    1 when no difference is left.
    """
    # Half a second to import, and most commands never compare.
    from scipy import stats

    values = np.asarray(differences, dtype=np.float64)
    signed = values[values != 0]
    return float(stats.wilcoxon(signed).pvalue) if len(signed) else 1.0
