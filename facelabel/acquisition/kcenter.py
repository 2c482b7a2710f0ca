"""k-center greedy (core-set, Sener and Savarese 2018): the faces that the labelled ones cover worst."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.floating[Any]]
Float64 = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]
Mask = npt.NDArray[np.bool_]

_BLOCK_VALUES = 2**18
"""Values of a block in work: 2 MiB as float64, which stay in the processor's cache."""
_BUFFER = 512
_LAYER = 8
"""Rows brought up to date at once, in buffers: fewer passes over the bounds for a little more work."""


def k_center_greedy(
    features: FloatArray, labelled: Sequence[int], k: int, *, among: npt.ArrayLike | None = None
) -> list[int]:
    """Indices of ``k`` rows, in the order picked: each is the one farthest (Euclidean) from its nearest centre.

    ``features`` (N, D) of any float type, a memory map too: it is read in blocks and never copied as a whole;
    ``labelled`` are the first centres and are never picked (none: the first row that may be picked opens); ``among``
    (N,) is True for the rows that may be picked, all where it is None. Equal distances go to the lowest index. Fewer
    than ``k`` come back when the rows run out. Raises ValueError when a row that counts has a value that is not finite.

    The picks are those of the plain loop (Sener and Savarese, algorithm 1), which updates all N distances after every
    pick; this one is lazy. The distance to the nearest centre only ever falls, so one that misses the latest centres
    is an upper bound, and a row whose bound is below the best distance cannot be the farthest and need not be touched.
    Bounds come from products in single precision, with what rounding can have taken from them added. The rows with the
    largest bounds lie in a buffer, their distances known in double precision: as long as the best of them is farther
    than every bound outside, it is the farthest of all. Then the next layer of rows is brought up to date, with one
    matrix product for all the centres that it has missed.
    """
    n, centres = len(features), [int(row) for row in labelled]
    free = np.ones(n, dtype=bool) if among is None else np.array(among, dtype=bool)
    free[centres] = False
    k = min(k, int(free.sum()))
    if k <= 0:
        return []
    picks: list[int] = []
    if not centres:
        picks.append(int(np.argmax(free)))
        free[picks] = False
    bounds = _Bounds(features, free, centres + picks, k)
    while len(picks) < k:
        picks += bounds.farthest(k - len(picks))
    return picks


class _Bounds:
    """Upper bounds on the squared distances (N,) to the nearest centre, and the distances where they have to be known.

    Of each row ``_nearest`` is the bound and ``_seen`` how many centres it takes in; ``_exact`` and ``_measured`` are
    the same for the distance in double precision.
    """

    def __init__(self, features: FloatArray, free: Mask, centres: list[int], room: int) -> None:
        self._features = features
        rows = np.flatnonzero(free)
        some = np.concatenate([rows[:: len(rows) // _BUFFER + 1], centres[:1]]).astype(np.intp)
        # About their middle the squared distances, which come from products, lose the fewest digits.
        with np.errstate(invalid="ignore", over="ignore"):
            middle = np.asarray(features[some], dtype=np.float64).mean(axis=0).astype(np.float32)
        self._origin = np.nan_to_num(middle, nan=0, posinf=0, neginf=0)
        n, width = features.shape
        self._block = max(64, _BLOCK_VALUES // max(width, 1))
        self._squares = np.zeros(n)
        self._nearest = np.where(free, np.inf, -np.inf)
        self._exact = self._nearest.copy()
        self._seen, self._measured = np.zeros(n, dtype=np.int32), np.zeros(n, dtype=np.int32)
        self._centres = np.empty((len(centres) + room, width))
        self._rough = np.empty(self._centres.shape, dtype=np.float32)
        self._centre_squares = np.empty(len(self._centres))
        self._count = 0
        # Twice what rounding to single precision and D products and sums in it can change: Higham 2002, section 3.1.
        single = np.finfo(np.float32)
        self._slack, self._least = (width + 8) * float(single.eps), 4 * (width + 8) * float(single.tiny)
        with np.errstate(invalid="ignore", over="ignore"):
            for centre in centres:
                self._add(self._points(np.array([centre]))[0])
            for start in range(0, len(rows), self._block):
                block = rows[start : start + self._block]
                whole = block[-1] - block[0] < len(block)
                points = self._points(slice(block[0], block[-1] + 1) if whole else block)
                self._squares[block] = np.einsum("nd,nd->n", points, points)
                self._approach(block, points.astype(np.float32), 0)
            largest = float(np.concatenate([self._squares, self._centre_squares[: self._count]]).max())
        if not np.isfinite(largest):
            raise ValueError("the features hold a value that is not finite, or too large to square")
        # Distances that differ by no more than the rounding of the products are equal.
        self._equal = (width + 8) * np.finfo(np.float64).eps * largest

    def farthest(self, k: int) -> list[int]:
        """The next picks, at least one and at most ``k``, as far as one buffer leads."""
        buffer = self._up_to_date()
        best = float(self._nearest[buffer].max())
        outside = np.ones(len(self._nearest), dtype=bool)
        outside[buffer] = False
        rivals = np.flatnonzero(outside & (self._nearest >= best - self._equal))
        self._measure(rivals)
        best = float(self._nearest[rivals].max(initial=best))
        if best <= self._equal:
            # Twins of centres are all that is left.
            return self._take(np.flatnonzero(self._nearest > -np.inf)[:k])
        highest = float(self._nearest.max(where=outside, initial=-np.inf))
        pick = int(np.argmax(self._nearest >= best - self._equal))
        points, squares, distances = self._points(buffer), self._squares[buffer], self._nearest[buffer]
        picks = []
        while True:
            picks.append(pick)
            point = self._points(np.array([pick]))[0]
            self._add(point)
            self._nearest[pick] = -np.inf
            np.minimum(distances, squares + self._squares[pick] - 2 * (points @ point), out=distances)
            distances[buffer == pick] = -np.inf
            best = float(distances.max())
            if len(picks) == k or best <= highest + self._equal:
                break
            pick = int(buffer[np.argmax(distances >= best - self._equal)])
        self._nearest[buffer] = self._exact[buffer] = distances
        self._seen[buffer] = self._measured[buffer] = self._count
        return picks

    def _up_to_date(self) -> Rows:
        """The rows with the largest bounds, by index, once all of these are up to date; their distances are known."""
        while True:
            top = _largest(self._nearest, _LAYER * _BUFFER)
            buffer = top[_largest(self._nearest[top], _BUFFER)]
            if (self._seen[buffer] == self._count).all():
                self._measure(buffer)
                return np.sort(buffer)
            for block, first in self._behind(top, self._seen):
                self._approach(block, self._rough_points(block), first)

    def _behind(self, rows: Rows, seen: npt.NDArray[np.int32]) -> Iterator[tuple[Rows, int]]:
        """Blocks of those ``rows`` that have not seen all centres, with the first that one in the block has missed."""
        rows = rows[(seen[rows] < self._count) & (self._nearest[rows] > -np.inf)]
        # Rows that have missed equally many centres come together.
        rows = rows[np.argsort(seen[rows], kind="stable")]
        for start in range(0, len(rows), self._block):
            block = rows[start : start + self._block]
            yield block, int(seen[block[0]])

    @np.errstate(over="ignore", invalid="ignore")
    def _approach(self, rows: Rows, points: npt.NDArray[np.float32], first: int) -> None:
        """Lower the bounds of ``rows`` by the centres from the ``first`` on; what overflows lowers none."""
        squares = self._squares[rows]
        for few in self._centres_from(first):
            gaps = self._centre_squares[few].astype(np.float32) - 2 * (points @ self._rough[few].T)
            slack = self._slack * (squares + self._centre_squares[few].max()) + self._least
            self._nearest[rows] = np.fmin(self._nearest[rows], squares + gaps.min(axis=1) + slack)
        self._seen[rows] = self._count

    def _measure(self, rows: Rows) -> None:
        """The distances of ``rows``."""
        for block, first in self._behind(rows, self._measured):
            points = self._points(block)
            for few in self._centres_from(first):
                gaps = self._centre_squares[few] - 2 * (points @ self._centres[few].T)
                self._exact[block] = np.minimum(self._exact[block], self._squares[block] + gaps.min(axis=1))
        self._nearest[rows] = self._exact[rows]
        self._seen[rows] = self._measured[rows] = self._count

    def _centres_from(self, first: int) -> Iterator[slice]:
        for start in range(first, self._count, self._block):
            yield slice(start, min(start + self._block, self._count))

    def _points(self, rows: Rows | slice) -> Float64:
        points: Float64 = self._features[rows].astype(np.float64)
        points -= self._origin
        return points

    @np.errstate(over="ignore", invalid="ignore")
    def _rough_points(self, rows: Rows) -> npt.NDArray[np.float32]:
        # The origin is a number in single precision, so that the difference is rounded once.
        points: npt.NDArray[np.float32] = (self._features[rows] - self._origin).astype(np.float32, copy=False)
        return points

    @np.errstate(over="ignore")
    def _add(self, point: Float64) -> None:
        self._centres[self._count] = self._rough[self._count] = point
        self._centre_squares[self._count] = point @ point
        self._count += 1

    def _take(self, rows: Rows) -> list[int]:
        self._nearest[rows] = -np.inf
        return [int(row) for row in rows]


def _largest(values: Float64, size: int) -> Rows:
    """The ``size`` rows with the largest values among those above -inf, in no order."""
    rows = np.flatnonzero(values > -np.inf)
    if size >= len(rows):
        return rows
    return rows[np.argpartition(values[rows], len(rows) - size)[len(rows) - size :]]
