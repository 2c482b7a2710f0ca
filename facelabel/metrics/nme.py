"""Normalised mean error: the mean distance between predicted and true landmarks, divided by a size of the face.

Errors are fractions (0.04 is the "4 %" of the tables). Values with different normalisers cannot be compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt

from facelabel.errors import FacelabelError
from facelabel.geometry import Box
from facelabel.schemes import Scheme

FloatArray = npt.NDArray[np.floating[Any]]
Kind = Literal["inter-ocular", "inter-pupil", "box", "diagonal"]


def default_kind(scheme: Scheme) -> Kind:
    """What the field divides by for such a scheme: the box where landmarks may be absent, as on AFLW, else the eyes."""
    if scheme.allow_absent:
        return "box"
    if scheme.normalising.inter_ocular is not None:
        return "inter-ocular"
    return "inter-pupil" if scheme.normalising.inter_pupil is not None else "box"


def normaliser(
    scheme: Scheme, truth: FloatArray, kind: Kind, boxes: Sequence[Box] | None = None
) -> npt.NDArray[np.float64]:
    """The distance (N,) in pixels that each face's error is divided by; ``truth`` is (N, L, 2) or one shape (L, 2).

    ``inter-ocular`` is the distance of the outer eye corners (300-W, WFLW), ``inter-pupil`` that of the eye centres as
    the scheme defines them, ``box`` is sqrt(width * height) and ``diagonal`` sqrt(width^2 + height^2) of ``boxes``, or
    of the tight boxes of the true landmarks. Raises FacelabelError when the scheme has no such distance, or when a face
    has none: a landmark at its end is absent, or both ends coincide.
    """
    shapes = np.asarray(truth, dtype=np.float64).reshape(-1, scheme.size, 2)
    if kind in ("inter-ocular", "inter-pupil"):
        distances = _between(scheme, shapes, kind)
    elif kind in get_args(Kind):
        sizes = _sizes(shapes) if boxes is None else np.array([(box.width, box.height) for box in boxes])
        distances = np.sqrt(sizes.prod(axis=1)) if kind == "box" else np.hypot(sizes[:, 0], sizes[:, 1])
    else:
        raise ValueError(f"'{kind}' is none of {', '.join(get_args(Kind))}")
    if len(distances) != len(shapes):
        raise ValueError(f"{len(distances)} boxes for {len(shapes)} shapes")
    unusable = int((~(distances > 0)).sum())
    if unusable:
        raise FacelabelError(
            f"{unusable} of {len(shapes)} faces have no {kind} distance: a landmark is absent, or its ends coincide",
            cure="normalise by another distance, or leave those faces out",
        )
    return distances


def _between(scheme: Scheme, shapes: npt.NDArray[np.float64], kind: Kind) -> npt.NDArray[np.float64]:
    normalising = scheme.normalising
    ends = normalising.inter_ocular if kind == "inter-ocular" else normalising.inter_pupil
    if ends is None:
        others = "inter-pupil, box or diagonal" if normalising.inter_pupil is not None else "box or diagonal"
        raise FacelabelError(f"the scheme {scheme.id} has no {kind} distance", cure=f"normalise by {others}")
    left, right = (shapes[:, list(end)].mean(axis=1) for end in ends)
    distances: npt.NDArray[np.float64] = np.linalg.norm(left - right, axis=1)
    return distances


def _sizes(shapes: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Width and height (N, 2) of the tight boxes; (0, 0) for a face without a present landmark."""
    absent = np.isnan(shapes)
    low = np.where(absent, np.inf, shapes).min(axis=1)
    high = np.where(absent, -np.inf, shapes).max(axis=1)
    sizes: npt.NDArray[np.float64] = np.maximum(high - low, 0.0)
    return sizes


def per_landmark(predicted: FloatArray, truth: FloatArray, distances: FloatArray) -> npt.NDArray[np.float64]:
    """The error (N, L) of each landmark as a fraction of its face's distance (N,); NaN where either is absent."""
    difference = np.asarray(predicted, dtype=np.float64) - np.asarray(truth, dtype=np.float64)
    if difference.ndim != 3 or difference.shape[2] != 2:
        raise ValueError(f"shapes have to be (N, L, 2), not {difference.shape}")
    errors: npt.NDArray[np.float64] = np.linalg.norm(difference, axis=2) / np.asarray(distances)[:, None]
    return errors


def nme(predicted: FloatArray, truth: FloatArray, distances: FloatArray) -> npt.NDArray[np.float64]:
    """The mean error (N,) of each face as a fraction; absent landmarks are left out, NaN when none is present."""
    errors = per_landmark(predicted, truth, distances)
    present = ~np.isnan(errors)
    counts = present.sum(axis=1)
    sums = np.where(present, errors, 0.0).sum(axis=1)
    means: npt.NDArray[np.float64] = np.divide(sums, counts, out=np.full(len(errors), np.nan), where=counts > 0)
    return means
