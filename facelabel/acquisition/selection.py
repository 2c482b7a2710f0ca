"""From scores to a batch: the outlier rule, the cut and the chance order."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.floating[Any]]


def discard_top(scores: FloatArray, share: float) -> npt.NDArray[np.bool_]:
    """True for the faces to keep: the ceil(share * N) highest of ``scores`` (N,) go, ties by the lowest index.

    The faces that a model finds hardest are outliers as often as lessons; SCAF drops the top 10 % (section 3.3). Raises
    ValueError when ``share`` is not in [0, 1).
    """
    if not 0 <= share < 1:
        raise ValueError(f"the share to discard has to be at least 0 and below 1, it is {share}")
    # Rounding first: 0.1 * 30 is 3.0000000000000004, and nobody expects four faces to go.
    dropped = math.ceil(round(share * len(scores), 9))
    kept = np.ones(len(scores), dtype=bool)
    kept[take(scores, dropped)] = False
    return kept


def take(scores: FloatArray, k: int) -> npt.NDArray[np.intp]:
    """Indices of the ``k`` highest scores (N,), highest first, ties by the lowest index; all of them when N < k."""
    return np.argsort(-np.asarray(scores), kind="stable")[: max(k, 0)]


def random_order(n: int, rng: np.random.Generator) -> npt.NDArray[np.intp]:
    """The indices 0 to n - 1 in chance order (n,)."""
    return rng.permutation(n).astype(np.intp)


def spread_order(images: npt.NDArray[np.integer[Any]], rng: np.random.Generator) -> npt.NDArray[np.intp]:
    """A seeded permutation (n,) in which no image of ``images`` (n,) comes twice while one has not come yet."""
    order = random_order(len(images), rng)
    turn = np.zeros(len(images), dtype=np.intp)
    by_image = order[np.argsort(images[order], kind="stable")]
    starts = np.flatnonzero(np.diff(images[by_image], prepend=images[by_image[:1]] - 1))
    turn[by_image] = np.arange(len(order)) - np.repeat(starts, np.diff(starts, append=len(order)))
    return order[np.argsort(turn[order], kind="stable")]
