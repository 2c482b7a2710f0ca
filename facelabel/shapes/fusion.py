"""One face: what shapes look like, what the model saw and what a person corrected, fused into where the points are.

Everything is Gaussian, so that fusing is linear algebra (Bishop, Pattern Recognition and Machine Learning, 2.3): the
shape prior with an open pose, a predicted landmark as an observation with the variance that its heatmap tells, and a
corrected landmark as one without any.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from facelabel.shapes.align import similarity
from facelabel.shapes.prior import ShapePrior

FloatArray = npt.NDArray[np.floating[Any]]
Float64 = npt.NDArray[np.float64]

_SMUG = 1.15
"""By how much networks are farther off than the height of their peaks says, on real faces."""
_LEAST = 0.01
"""Standard deviation of the best prediction, in sizes of the face."""
_WIDENED = 1.7
"""Neighbours are wrong together. Taken for independent, as the best means want it, they leave too little doubt: by this
factor on real faces, whatever the number of labels. It scales covariances and moves no mean."""
_SURE = 0.98
_UNSURE = 0.02
_SHIFT = 1.0
_TURN = 0.3
"""Standard deviations of a face's place, in its sizes, and of its turn (radians) and size about the expected pose."""


@dataclass(frozen=True)
class Belief:
    """Where the landmarks of a face are: Gaussian, image pixels.

    ``points`` (L, 2) is the mean and ``covariance`` (2L, 2L) in pixels squared, x and y of a landmark side by side;
    rows and columns of a corrected landmark are 0. Read-only.
    """

    points: Float64
    covariance: Float64
    _last: list[tuple[npt.NDArray[np.intp], Float64, Float64]] = field(default_factory=list, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.points.flags.writeable = self.covariance.flags.writeable = False

    @property
    def expected_errors(self) -> Float64:
        """(L,) root-mean-square distance in pixels between the mean and the true place."""
        errors: Float64 = np.sqrt(np.maximum(np.diagonal(self.covariance), 0).reshape(-1, 2).sum(axis=1))
        return errors

    def corrected(self, places: Mapping[int, tuple[float, float]]) -> Belief:
        """The belief once landmarks are known to be at ``places``, exactly: the Gaussian conditioned on them.

        A landmark that is known already only changes its place.
        """
        if not places:
            return self
        index = np.array(sorted(places), dtype=np.intp)
        known = np.array([places[i] for i in index.tolist()], dtype=np.float64)
        gain, covariance = self._conditioned(index)
        points = (self.points.reshape(-1) + gain @ (known - self.points[index]).reshape(-1)).reshape(-1, 2)
        points[index] = known
        return Belief(points, covariance)

    def _conditioned(self, index: npt.NDArray[np.intp]) -> tuple[Float64, Float64]:
        """What knowing the landmarks ``index`` (K,) says of all: gain (2L, 2K) and covariance (2L, 2L). Where they are
        does not matter to it, so that a drag asks for it once."""
        if self._last and np.array_equal(self._last[0][0], index):
            return self._last[0][1:]
        rows = (2 * index[:, None] + [0, 1]).reshape(-1)
        across = self.covariance[rows]
        block = across[:, rows]
        # What was exact before has no variance; the ridge lets the block be solved and tells nothing.
        ridge = 1e-10 * max(float(np.diagonal(self.covariance).max()), 1e-300)
        gain: Float64 = np.linalg.solve(block + ridge * np.eye(len(rows)), across).T
        covariance = self.covariance - gain @ across
        covariance = (covariance + covariance.T) / 2
        covariance[rows] = 0
        covariance[:, rows] = 0
        self._last[:] = [(index, gain, covariance)]
        return gain, covariance

    def expected_gains(self) -> Float64:
        """(L,) by how much correcting each landmark would lower the squared errors' sum over all, in pixels squared.

        With C_l the landmark's columns it is tr(C_ll^-1 C_l' C_l): its own variance and what it tells about the others.
        """
        columns = self.covariance.reshape(len(self.covariance), -1, 2)
        told = np.einsum("dla,dlb->lab", columns, columns, optimize=True)
        steps = np.arange(len(self.points))
        own = self.covariance.reshape(len(steps), 2, len(steps), 2)[steps, :, steps]
        scale = np.trace(own, axis1=1, axis2=2)[:, None, None]
        known = scale[:, 0, 0] <= 0
        own = np.where(known[:, None, None], np.eye(2), own + 1e-10 * scale * np.eye(2))
        gains: Float64 = np.where(known, 0.0, np.trace(np.linalg.solve(own, told), axis1=1, axis2=2))
        return gains


def predicted(prior: ShapePrior, shape: FloatArray, confidence: FloatArray, blur: float) -> Belief:
    """The belief after a prediction: ``shape`` (L, 2) image pixels, NaN = nothing said, and ``confidence`` (L,), the
    maxima of its heatmaps, 0 to 1. ``blur`` is the spread of the model's target heatmaps in image pixels.

    Raises ValueError when fewer than two distinct points are predicted.
    """
    there = ~np.isnan(shape).any(axis=1)
    frame = similarity(shape, prior.mean)
    seen = frame.apply(shape)
    rows = np.repeat(there, 2)
    spread = np.repeat(deviations(confidence, blur * frame.scale), 2)
    covariance = _with_pose(prior)
    across = covariance[rows]
    gain = np.linalg.solve(across[:, rows] + np.diag(spread[rows] ** 2), across).T
    mean = prior.mean.reshape(-1) + gain @ (seen - prior.mean).reshape(-1)[rows]
    return _placed(mean.reshape(-1, 2), _WIDENED**2 * (covariance - gain @ across), frame.inverse().matrix)


def expected(prior: ShapePrior, start: FloatArray) -> Belief:
    """The belief before any prediction: the mean shape, moved, turned and scaled onto ``start`` (L, 2), image pixels.

    Raises ValueError when fewer than two distinct points of ``start`` are there.
    """
    return _placed(prior.mean, _with_pose(prior), similarity(prior.mean, start).matrix)


def deviations(confidence: FloatArray, blur: float) -> Float64:
    """Standard deviations (L,) of predicted landmarks on each axis by ``confidence`` (L,); they and ``blur``, the
    spread of the target heatmaps, in sizes of the face.

    A network that regresses to the mean heatmap blurs a target of spread s by what it does not know: with a deviation
    of d the peak falls from 1 to s^2 / (s^2 + d^2), so that d^2 = s^2 (1 / peak - 1).
    """
    peaks = np.clip(np.asarray(confidence, dtype=np.float64), _UNSURE, _SURE)
    spread: Float64 = np.sqrt((_SMUG * blur) ** 2 * (1 / peaks - 1) + _LEAST**2)
    return spread


def _with_pose(prior: ShapePrior) -> Float64:
    """The prior's covariance with its pose open: shift, and turn and size to the first order."""
    x, y = prior.mean.T
    zero, one = np.zeros_like(x), np.ones_like(x)
    columns = [(x, y), (-y, x), (one, zero), (zero, one)]
    moves = np.stack([np.stack(column, axis=1).reshape(-1) for column in columns], axis=1)
    moves *= [_TURN, _TURN, _SHIFT, _SHIFT]
    opened: Float64 = prior.covariance + moves @ moves.T
    return opened


def _placed(points: Float64, covariance: Float64, matrix: Float64) -> Belief:
    """A belief in the prior's frame as one in image pixels."""
    turn = matrix[:, :2]
    count = len(points)
    blocks = covariance.reshape(count, 2, count, 2)
    turned = np.einsum("ab,ibjd,cd->iajc", turn, blocks, turn, optimize=True).reshape(2 * count, -1)
    return Belief(points @ turn.T + matrix[:, 2], (turned + turned.T) / 2)
