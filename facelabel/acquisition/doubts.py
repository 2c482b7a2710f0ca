"""Which landmarks of a chosen face are in doubt: data for the person who will look at it."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.floating[Any]]

FAR = 3.0
"""Robust standard deviations above the landmark's own middle, from which a landmark is in doubt."""
MOST = 5


def in_doubt(doubts: FloatArray, usual: FloatArray) -> list[tuple[int, ...]]:
    """The landmarks of each face that are much more doubtful than the same landmark usually is, the worst first.

    ``doubts`` (N, L), higher = more in doubt; ``usual`` (M, L) the same of other faces of the pool. A contour point is
    vaguer than an eye corner on every face, so each landmark is held against its own median and median absolute
    deviation: at most five that lie more than three robust standard deviations above. Values that are not finite say
    nothing.
    """
    if not usual.size:
        return [()] * len(doubts)
    known = np.where(np.isfinite(usual), usual, np.nan)
    silent = np.isnan(known).all(axis=0)
    known[:, silent] = 0
    middle = np.nanmedian(known, axis=0)
    scale = 1.4826 * np.nanmedian(np.abs(known - middle), axis=0)
    excess = np.where(np.isfinite(doubts), doubts - middle, -np.inf)
    far = np.divide(excess, scale, out=np.zeros(doubts.shape), where=(scale > 0) & ~silent & np.isfinite(excess))
    order = np.argsort(-far, axis=1, kind="stable")[:, :MOST]
    return [tuple(int(i) for i in row if face[i] > FAR) for row, face in zip(order, far, strict=True)]
