"""How far several predictions of one face lie apart: by mirror image, by committee, by augmentation."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.floating[Any]]
Float64 = npt.NDArray[np.float64]

_AT_ONCE = 256


def spread(predictions: FloatArray) -> Float64:
    """Each landmark's standard distance over S predictions, in sizes of the face.

    ``predictions`` (N, S, L, 2) in any frame, S at least 2. Returns (N, L): sqrt(1/S sum_s |p_sl - mean_s p_sl|^2) / r,
    where r is the root-mean-square distance of all the face's predicted landmarks from their middle, so that a small
    face counts as much as a large one. For two predictions it is half their distance. The disagreement of a committee
    (Seung, Opper and Sompolinsky 1992) in the form that regression takes (Burbidge, Rowland and King 2007: the
    variance of the committee). Where all points coincide it is 0.
    """
    parts = [np.zeros((0, predictions.shape[2]))]
    # In portions that stay in the processor's cache.
    for start in range(0, len(predictions), _AT_ONCE):
        points = np.asarray(predictions[start : start + _AT_ONCE], dtype=np.float64)
        count, versions, landmarks, _ = points.shape
        gaps = points.reshape(count, versions, 2 * landmarks)
        middles = gaps.mean(axis=1)
        gaps = gaps - middles[:, None]
        by_axis = np.square(gaps, out=gaps).mean(axis=1)
        squares = by_axis[:, ::2] + by_axis[:, 1::2]
        middles = middles.reshape(count, landmarks, 2)
        about = (middles - middles.mean(axis=1, keepdims=True)).reshape(count, -1)
        # The mean square about the face's middle is that about the landmarks' means and that of these together.
        size = (np.vecdot(about, about) + squares.sum(axis=1))[:, None] / landmarks
        parts.append(np.sqrt(np.divide(squares, size, out=np.zeros_like(squares), where=size > 0)))
    return np.concatenate(parts)


def disagreement(predictions: FloatArray) -> Float64:
    """Mean of ``spread`` over the landmarks (N,); higher = ask a person first."""
    mean: Float64 = spread(predictions).mean(axis=1)
    return mean
