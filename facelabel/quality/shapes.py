"""What a shape alone tells: swapped sides, crossed lines, points outside, an unusual shape. Pure functions of arrays.

Shapes are (N, L, 2) image pixels, absent = NaN. Every function treats faces one by one: what is told of one does not
depend on the others in the call.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from facelabel.schemes import Scheme
from facelabel.shapes.align import aligned_to
from facelabel.shapes.prior import ShapePrior

FloatArray = npt.NDArray[np.floating[Any]]
Float64 = npt.NDArray[np.float64]

_AT_ONCE = 512
_LEARN_FROM = 1000
_EXAMPLES = 40
"""Whole shapes that tell what is usual of a part."""
_SPREAD = 0.25
"""Of the logarithm of a whole shape's distance, between labels of 300-W."""
_TRUSTED = 0.9
"""Share of the labels, the likeliest, that the shape prior is learned from the second time: an error among them must
not teach it that errors are usual."""


def swapped_gain(shapes: FloatArray, mean: FloatArray, flip: npt.NDArray[np.intp]) -> Float64:
    """(N,) how many times better each shape fits ``mean`` (L, 2) with left and right exchanged; NaN for one without
    two landmarks. The fit is the root-mean-square distance after similarity alignment, which cannot reflect."""
    own = _misfit(shapes, mean)
    other = _misfit(np.asarray(shapes)[:, flip], mean)
    gain: Float64 = np.divide(own, other, out=np.full_like(own, np.nan), where=other > 0)
    return gain


def swapped_pairs(shapes: FloatArray, mean: FloatArray, flip: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
    """(N, L): which landmarks lie nearer to where their mirror partner belongs, and their partner to where they do,
    by at least half of the way between the two places."""
    aligned = aligned_to(mean, shapes)
    goal = np.asarray(mean)
    partner = aligned[:, flip]
    apart = np.linalg.norm(goal - goal[flip], axis=1)
    own = np.linalg.norm(aligned - goal, axis=2) + np.linalg.norm(partner - goal[flip], axis=2)
    other = np.linalg.norm(aligned - goal[flip], axis=2) + np.linalg.norm(partner - goal, axis=2)
    with np.errstate(invalid="ignore"):
        found: npt.NDArray[np.bool_] = (own - other > apart) & (apart > 0)
    return found


def _misfit(shapes: FloatArray, mean: FloatArray) -> Float64:
    gaps = aligned_to(mean, shapes) - mean
    there = ~np.isnan(gaps[:, :, 0])
    count = there.sum(axis=1)
    squares = np.where(there[:, :, None], gaps, 0.0)
    total = (squares**2).sum(axis=(1, 2))
    misfit: Float64 = np.sqrt(np.divide(total, count, out=np.full(len(gaps), np.nan), where=count >= 2))
    return misfit


def outside(shapes: FloatArray, boxes: FloatArray) -> Float64:
    """(N, L) how far each landmark lies outside its face's box, as a fraction of the box's longer side; 0 inside and
    where it is absent. ``boxes`` (N, 4): left, top, width, height, image pixels."""
    points, frame = np.asarray(shapes, dtype=np.float64), np.asarray(boxes, dtype=np.float64)
    low, size = frame[:, None, :2], frame[:, None, 2:]
    beyond = np.maximum(np.maximum(low - points, points - (low + size)), 0.0)
    distance = np.linalg.norm(np.where(np.isnan(beyond), 0.0, beyond), axis=2)
    out: Float64 = distance / frame[:, 2:].max(axis=1)[:, None]
    return out


@dataclass(frozen=True, eq=False)
class Crossings:
    """``depth`` (N,): how far the worst crossing reaches, as a fraction of the normaliser; ``edges`` (N, 2): the two
    edges that cross there, -1 where none do."""

    depth: Float64
    edges: npt.NDArray[np.intp]


def crossings(shapes: FloatArray, scheme: Scheme, normaliser: FloatArray) -> Crossings:
    """Lines of the scheme that cut each other though they share no landmark.

    The depth of a crossing is how far the nearest of the four ends would have to move to undo it, over ``normaliser``
    (N,): closed lips that touch cross by next to nothing.
    """
    edges = np.array(scheme.edges, dtype=np.intp).reshape(-1, 2)
    one, other = np.triu_indices(len(edges), 1)
    apart = (edges[one][:, :, None] != edges[other][:, None, :]).all(axis=(1, 2))
    one, other = one[apart], other[apart]
    depth, found = np.zeros(len(shapes)), np.full((len(shapes), 2), -1, dtype=np.intp)
    if not len(one):
        return Crossings(depth, found)
    points = np.asarray(shapes, dtype=np.float64)
    for start in range(0, len(points), _AT_ONCE):
        block = points[start : start + _AT_ONCE]
        reach = _reach(block, edges, one, other)
        worst = reach.argmax(axis=1)
        rows = np.arange(len(block))
        deepest = reach[rows, worst]
        crossed = deepest > 0
        depth[start : start + len(block)] = deepest / np.asarray(normaliser)[start : start + len(block)]
        pairs = np.stack([one[worst], other[worst]], axis=1)
        found[start : start + len(block)][crossed] = pairs[crossed]
    return Crossings(depth, found)


def _reach(
    shapes: Float64, edges: npt.NDArray[np.intp], one: npt.NDArray[np.intp], other: npt.NDArray[np.intp]
) -> Float64:
    """(N, pairs) pixels: the least distance of an end from the other edge's line where two edges cross, else 0."""
    ends = shapes[:, edges]
    begin, way = ends[:, :, 0], ends[:, :, 1] - ends[:, :, 0]
    length = np.maximum(np.hypot(way[..., 0], way[..., 1]), 1e-12)
    a, b = begin[:, one], begin[:, other]
    u, v = way[:, one], way[:, other]

    def side(of: Float64, origin: Float64, along: Float64) -> Float64:
        offset = of - origin
        cross: Float64 = along[..., 0] * offset[..., 1] - along[..., 1] * offset[..., 0]
        return cross

    b_begin, b_end = side(b, a, u), side(b + v, a, u)
    a_begin, a_end = side(a, b, v), side(a + u, b, v)
    with np.errstate(invalid="ignore"):
        cross = (b_begin * b_end < 0) & (a_begin * a_end < 0)
    of_one = np.minimum(np.abs(b_begin), np.abs(b_end)) / length[:, one]
    of_other = np.minimum(np.abs(a_begin), np.abs(a_end)) / length[:, other]
    return np.where(cross, np.minimum(of_one, of_other), 0.0)


class UsualShapes:
    """What shapes of the project look like, learned from its labels so that a few wrong ones do not matter.

    A shape prior is fitted to a random thousand of the labels, and once more to the nine tenths of them that it finds
    likeliest.
    """

    def __init__(self, scheme: Scheme, shapes: FloatArray, seed: int = 0) -> None:
        """``shapes`` (N, L, 2), absent = NaN."""
        every = np.asarray(shapes, dtype=np.float64)
        if len(every) > _LEARN_FROM:
            every = every[np.random.default_rng(seed).choice(len(every), _LEARN_FROM, replace=False)]
        template = scheme.template_shape * [scheme.template_aspect, 1.0]
        self._learn(ShapePrior(template, scheme.flip_index, every if len(every) else None))
        if len(every) >= 10:
            distance, _ = self.distances(every)
            kept = np.argsort(distance, kind="stable")[: round(_TRUSTED * len(every))]
            self._learn(ShapePrior(template, scheme.flip_index, every[kept]))
        self._examples = every[~np.isnan(every).any(axis=(1, 2))][:_EXAMPLES]
        spread, each = self.distances(every)
        self._usual = _median(spread, 1.0)
        self._usual_each = np.array([_median(column, 1.0) for column in each.T])

    def _learn(self, prior: ShapePrior) -> None:
        self.mean, self._covariance = prior.mean, prior.covariance
        self._precision = np.linalg.inv(self._covariance)

    def distances(self, shapes: FloatArray) -> tuple[Float64, Float64]:
        """(N,) Mahalanobis distances, root mean square over the dimensions, and (N, L) those of each landmark given all
        others. Absent landmarks are left out; they are 0 where there is no distance."""
        aligned = aligned_to(self.mean, shapes)
        gaps = (aligned - self.mean).reshape(len(aligned), self.mean.size)
        absent = np.isnan(gaps)
        whole, each = np.zeros(len(gaps)), np.zeros(aligned.shape[:2])
        if not len(gaps):
            return whole, each
        for pattern in np.unique(absent, axis=0):
            there = ~pattern
            rows = (absent == pattern).all(axis=1)
            if there.sum() <= 4:
                continue
            precision = self._precision if there.all() else np.linalg.inv(self._covariance[np.ix_(there, there)])
            part = gaps[np.ix_(rows, there)]
            pulled = part @ precision
            squared = np.maximum((part * pulled).sum(axis=1), 0.0)
            # A similarity was fitted to it: four dimensions are gone.
            whole[rows] = np.sqrt(squared / (there.sum() - 4))
            count = int(there.sum()) // 2
            own = precision.reshape(count, 2, count, 2)[np.arange(count), :, np.arange(count)]
            pairs = pulled.reshape(-1, count, 2)
            expected = np.linalg.solve(own[None], pairs[..., None])[..., 0]
            single = np.sqrt(np.maximum((pairs * expected).sum(axis=2), 0.0) / 2)
            each[np.ix_(rows, there.reshape(-1, 2)[:, 0])] = single
        return whole, each

    def unusual(self, shapes: FloatArray) -> tuple[Float64, Float64]:
        """The ``distances`` as multiples of what is usual among the labels that it has learned from.

        What is usual of a part are the same landmarks of whole shapes. The fewer they are, the more their distance
        varies by chance: it is told on the scale on which as many whole shapes are as far off.
        """
        whole, each = self.distances(shapes)
        absent = np.isnan(np.asarray(shapes)[:, :, 0])
        usual = np.full(len(whole), self._usual)
        for pattern in np.unique(absent[absent.any(axis=1)], axis=0) if len(self._examples) else ():
            usual[(absent == pattern).all(axis=1)] = self._usual_of(~pattern)
        return (whole / usual) ** self._shrunk(np.asarray(shapes)), each / self._usual_each

    def _usual_of(self, landmarks: npt.NDArray[np.bool_]) -> float:
        """The median distance of whole shapes by some landmarks (L,) alone."""
        count = int(landmarks.sum())
        if count <= 2:
            return self._usual
        there = np.flatnonzero(np.repeat(landmarks, 2))
        gaps = aligned_to(self.mean[landmarks], self._examples[:, landmarks]) - self.mean[landmarks]
        part = gaps.reshape(len(gaps), -1)
        squared = np.maximum((part @ np.linalg.inv(self._covariance[there[:, None], there]) * part).sum(axis=1), 0.0)
        return _median(np.sqrt(squared / (2 * count - 4)), self._usual)

    def _shrunk(self, shapes: FloatArray) -> Float64:
        """(N,) 1 for whole shapes, less for parts: a root mean square of k dimensions varies by 1 / sqrt(2 k)."""

        def varies(landmarks: Any) -> Any:
            return _SPREAD**2 + 1 / (2 * np.maximum(2 * landmarks - 4, 1))

        known = (~np.isnan(shapes[:, :, 0])).sum(axis=1)
        shrunk: Float64 = np.sqrt(varies(self.mean.shape[0]) / varies(known))
        return shrunk


def _median(values: Float64, otherwise: float) -> float:
    known = values[values > 0]
    return float(np.median(known)) if len(known) else otherwise
