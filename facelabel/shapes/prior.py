"""What face shapes look like before this face has been seen: a Gaussian over shapes, from no labels to thousands."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from facelabel.shapes.align import aligned_to

FloatArray = npt.NDArray[np.floating[Any]]
Float64 = npt.NDArray[np.float64]

_ROUNDS = 10
_STILL = 1e-6
_TEMPLATE_WORTH = 2.0
_SPREAD_WORTH = 10.0
"""How many labelled faces the template counts for in the mean, and the supposed covariance in the covariance."""
_AMPLITUDE = 0.12
_REACH = 4.0
"""Supposed standard deviation of a landmark's place, and the distance over which landmarks deviate together, in sizes
of the face (root-mean-square distance of its landmarks from their middle)."""
_FLOOR = 0.003
"""Least standard deviation of a coordinate of its own: what nobody can click more finely."""


class ShapePrior:
    """The Gaussian N(``mean``, ``covariance``) of shapes that are moved, turned and scaled onto their mean.

    It is the posterior mean under a normal-inverse-Wishart prior (Gelman et al., Bayesian Data Analysis, 3.6): what is
    supposed of any face, weighed against the project's labels and their mirror images by the number of labels. Supposed
    is the scheme's template as the mean, and that near landmarks deviate together: covariance a^2 exp(-d / r) of two
    landmarks at distance d, on both axes. Alone it is the cold start; later it keeps full rank, so that directions that
    the labels have not shown yet stay possible.

    ``mean`` (L, 2) is about 0 and of size 1, ``covariance`` (2L, 2L) in its units, x and y of a landmark side by side.
    Both are read-only and, where template and flip agree, their own mirror images.
    """

    def __init__(self, template: FloatArray, flip: npt.NDArray[np.intp], labels: FloatArray | None = None) -> None:
        """``template`` (L, 2) of true proportions, ``flip`` (L,) as ``Scheme.flip_index``, ``labels`` (N, L, 2) in any
        frame, absent = NaN; those with fewer than two landmarks have no say.

        Raises ValueError when sizes do not go together or the template's points coincide.
        """
        anchor = unit(np.asarray(template, dtype=np.float64))
        anchor = unit(anchor + aligned_to(anchor, _mirrored(anchor[None], flip))[0])
        shapes = np.zeros((0, *anchor.shape)) if labels is None else np.asarray(labels, dtype=np.float64)
        if shapes.shape[1:] != anchor.shape or len(flip) != len(anchor):
            raise ValueError(f"{len(anchor)} landmarks of the template, {len(flip)} of flip, labels {shapes.shape}")
        shapes = shapes[(~np.isnan(shapes).any(axis=2)).sum(axis=1) >= 2]
        count = len(shapes)
        both = np.concatenate([shapes, _mirrored(shapes, flip)])
        supposed = _supposed(anchor)
        mean, covariance = anchor, supposed
        for _ in range(_ROUNDS if count else 0):
            filled, doubt = completed(aligned_to(mean, both), mean, covariance)
            fresh = (_TEMPLATE_WORTH * aligned_to(mean, anchor[None])[0] + count * filled.mean(axis=0)) / (
                _TEMPLATE_WORTH + count
            )
            gaps = (filled - fresh).reshape(len(filled), -1)
            seen = gaps.T @ gaps / len(gaps) + doubt
            covariance = (_SPREAD_WORTH * supposed + count * seen) / (_SPREAD_WORTH + count)
            fresh = unit(fresh)
            moved = float(np.abs(fresh - mean).max())
            mean = fresh
            if moved < _STILL:
                break
        self.mean, self.covariance = mean, (covariance + covariance.T) / 2
        self.mean.flags.writeable = self.covariance.flags.writeable = False


def completed(shapes: Float64, mean: Float64, covariance: Float64) -> tuple[Float64, Float64]:
    """Shapes (N, L, 2) with absent landmarks where the others let expect them, and what that leaves in doubt (2L, 2L),
    the mean over shapes: the expectation step of Dempster, Laird and Rubin 1977, Gaussian case."""
    filled = shapes.reshape(len(shapes), -1).copy()
    doubt = np.zeros_like(covariance)
    absent = np.isnan(filled)
    flat = mean.reshape(-1)
    for pattern in np.unique(absent[absent.any(axis=1)], axis=0):
        rows = (absent == pattern).all(axis=1)
        there = ~pattern
        gain = np.linalg.solve(covariance[np.ix_(there, there)], covariance[np.ix_(there, pattern)])
        filled[np.ix_(rows, pattern)] = flat[pattern] + (filled[np.ix_(rows, there)] - flat[there]) @ gain
        left = covariance[np.ix_(pattern, pattern)] - covariance[np.ix_(pattern, there)] @ gain
        doubt[np.ix_(pattern, pattern)] += left * (rows.sum() / len(shapes))
    return filled.reshape(shapes.shape), doubt


def _supposed(mean: Float64) -> Float64:
    apart = np.hypot(*np.moveaxis(mean[:, None] - mean[None], 2, 0))
    field = _AMPLITUDE**2 * np.exp(-apart / _REACH) + _FLOOR**2 * np.eye(len(mean))
    covariance: Float64 = np.kron(field, np.eye(2))
    return covariance


def _mirrored(shapes: Float64, flip: npt.NDArray[np.intp]) -> Float64:
    return np.ascontiguousarray(shapes[:, flip] * [-1.0, 1.0])


def unit(shape: Float64) -> Float64:
    """A shape (L, 2) about 0 and of root-mean-square radius 1. Raises ValueError where all landmarks coincide."""
    centred = shape - shape.mean(axis=0)
    size = float(np.sqrt((centred**2).sum(axis=1).mean()))
    if not size > 0:
        raise ValueError("the points of a shape coincide")
    unit: Float64 = centred / size
    return unit
