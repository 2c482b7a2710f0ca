"""How far several predictions of one face lie apart: by mirror image, by committee, by augmentation."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.floating[Any]]
Float64 = npt.NDArray[np.float64]


def spread(predictions: FloatArray) -> Float64:
    """Each landmark's standard distance over S predictions, in sizes of the face.

    ``predictions`` (N, S, L, 2) in any frame, S at least 2. Returns (N, L): sqrt(1/S sum_s |p_sl - mean_s p_sl|^2) / r,
    where r is the root-mean-square distance of all the face's predicted landmarks from their middle, so that a small
    face counts as much as a large one. For two predictions it is half their distance. The disagreement of a committee
    (Seung, Opper and Sompolinsky 1992) in the form that regression takes (Burbidge, Rowland and King 2007: the
    variance of the committee). Where all points coincide it is 0.
    """
    points = np.asarray(predictions, dtype=np.float64)
    apart = np.sqrt(points.var(axis=1).sum(axis=-1))
    about = points - points.mean(axis=(1, 2), keepdims=True)
    size = np.sqrt((about**2).sum(axis=-1).mean(axis=(1, 2)))[:, None]
    relative: Float64 = np.divide(apart, size, out=np.zeros_like(apart), where=size > 0)
    return relative


def disagreement(predictions: FloatArray) -> Float64:
    """Mean of ``spread`` over the landmarks (N,); higher = ask a person first."""
    mean: Float64 = spread(predictions).mean(axis=1)
    return mean
