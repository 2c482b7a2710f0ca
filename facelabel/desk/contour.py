"""The curves of a scheme, and where their points go when one is drawn anew or bent. Pure geometry, in any frame.

Everything here turns, scales and shifts with its input. Points keep their order along a curve, and the spacing that
they have to each other in the model's prediction, or in the template where there is none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from facelabel.desk import lines
from facelabel.desk.lines import Points
from facelabel.schemes import Scheme

Places = dict[int, tuple[float, float]]

_FAR = 0.25
"""A stroke that lies farther from a curve than this share of its length is a new curve, not a part of the old one."""
_LOOP = 0.3
"""The gap between the ends of a stroke around a closed curve, at most, by its length."""
_FLAT = 0.1
"""Both sides of a closed curve follow a stroke where they lie equally near, to this share of it: a closed mouth."""
_REACH, _REACH_POINTS = 0.3, 3.0
"""How far a bend goes on each side: this share of the curve or so many steps between points, whichever is more."""
_STAYS = 0.02
"""A point that a bend would move by less than this share of the pull stays: nobody meant it."""


@dataclass(frozen=True)
class Contour:
    """Landmarks ``indices`` in order along a curve of a group. A closed one goes on from the last to the first, and
    begins at one of its two anchors, which are its points farthest apart: the corners of an eye or a mouth. ``second``
    is where in ``indices`` the other stands; the anchors of an open one are its ends. ``turns`` is the sign of the area
    that a closed one goes around."""

    group: str
    indices: tuple[int, ...]
    closed: bool
    second: int
    turns: float = 0.0

    @property
    def anchors(self) -> tuple[int, int]:
        return 0, self.second


def contours(scheme: Scheme) -> tuple[Contour, ...]:
    """The curves that the scheme's edges make within its groups: at least three points, and no branches."""
    return _contours(tuple(scheme.groups.items()), scheme.edges, scheme.template)


@lru_cache(maxsize=16)
def _contours(
    groups: tuple[tuple[str, tuple[int, ...]], ...],
    edges: tuple[tuple[int, int], ...],
    template: tuple[tuple[float, float], ...],
) -> tuple[Contour, ...]:
    found, shape = [], np.array(template, dtype=np.float64)
    for group, members in groups:
        beside: dict[int, list[int]] = {index: [] for index in members}
        for first, second in edges:
            if first in beside and second in beside:
                beside[first].append(second)
                beside[second].append(first)
        left = [index for index in members if beside[index]]
        while left:
            part = _connected(beside, left[0])
            left = [index for index in left if index not in part]
            if len(part) >= 3 and all(len(beside[index]) <= 2 for index in part):
                ends = [index for index in part if len(beside[index]) == 1]
                order = _walk(beside, min(ends or part), len(part))
                found.append(_contour(group, order, not ends, shape))
    return tuple(found)


def through(scheme: Scheme, index: int | None) -> Contour | None:
    """The curve that a landmark belongs to."""
    return next((contour for contour in contours(scheme) if index in contour.indices), None)


def curve(contour: Contour, shape: Points) -> Points:
    """The smooth curve (M, 2) through the present points of a shape (L, 2), its first point repeated at the end of a
    closed one; empty where fewer than two are present."""
    points = shape[list(contour.indices)]
    points = points[~np.isnan(points).any(axis=1)]
    return lines.smooth(points, contour.closed) if len(points) > 1 else np.empty((0, 2))


def distance(line: Points, point: tuple[float, float]) -> float:
    """From a point to a line (M, 2) of straight pieces; infinite where there is none."""
    return float(lines.project(line, np.array([point]))[1][0]) if len(line) > 1 else np.inf


def meant(scheme: Scheme, shape: Points, stroke: Points, chosen: Contour | None) -> Contour | None:
    """The curve that a stroke (M, 2) was drawn for: the one closest to it; the chosen one counts as half as far."""
    best: tuple[float, Contour] | None = None
    for contour in contours(scheme):
        line = curve(contour, shape)
        if len(line):
            away = float(lines.project(line, stroke)[1].mean()) * (0.5 if contour == chosen else 1.0)
            best = min(best, (away, contour), key=lambda pair: pair[0]) if best else (away, contour)
    return best[1] if best else chosen


def drawn(contour: Contour, shape: Points, reference: Points, stroke: Points, *, whole: bool = False) -> Places:
    """Where the points of ``contour`` go along ``stroke`` (M, 2), by landmark; absent ones (NaN) stay so.

    A stroke along a part of the curve moves the points of that part; one that begins or ends nearer to an anchor than
    to its neighbour begins or ends there. ``whole`` takes any stroke for the whole of an open curve, as does one that
    lies far from it. A loop replaces a closed curve, its anchors the loop's extremes in the direction in which they
    lie. ``shape`` (L, 2) is what there is, ``reference`` (L, 2) gives the spacing.
    """
    part = _present(contour, shape, reference)
    if part is None or len(stroke) < 2 or not lines.lengths(stroke)[-1] > 0:
        return {}
    now, model = shape[list(part.indices)], reference[list(part.indices)]
    if part.closed and _is_loop(stroke, now):
        places = _around(part, now, model, stroke)
    elif part.closed:
        places = _along_a_side(part, now, model, stroke)
    else:
        places = _along(part, now, model, stroke, whole=whole)
    return {part.indices[at]: (float(x), float(y)) for at, (x, y) in places.items()}


def bent(contour: Contour, shape: Points, grabbed: tuple[float, float], by: tuple[float, float]) -> Places:
    """Where the points of ``contour`` go when its curve is taken at ``grabbed`` and pulled along ``by``.

    The pull fades out on both sides and ends at the anchors at the latest, unless an anchor itself is taken. Points
    that it reaches slide on the bent curve so that they keep their shares of it; the others stay.
    """
    part = _present(contour, shape, shape)
    if part is None or not any(by):
        return {}
    now = shape[list(part.indices)]
    fine, taken, places, held = _unrolled(part, now, grabbed)
    steps = lines.lengths(fine)
    whole = steps[-1]
    if not whole > 0:
        return {}
    reach = max(_REACH * whole, _REACH_POINTS * whole / (len(now) if part.closed else len(now) - 1))
    low = max([steps[taken] - reach, *(steps[at] for at in held if at < taken)])
    high = min([steps[taken] + reach, *(steps[at] for at in held if at > taken)])
    away = np.where(steps < steps[taken], steps[taken] - steps, steps - steps[taken])
    room = np.where(steps < steps[taken], steps[taken] - low, high - steps[taken])
    # An end of an open curve has no room beyond it and moves in full.
    fade = 0.5 + 0.5 * np.cos(np.pi * np.divide(away, room, out=np.zeros_like(away), where=room > 0).clip(0, 1))
    fade[(steps < low) | (steps > high)] = 0
    pulled = fine + fade[:, None] * np.asarray(by, dtype=np.float64)
    first, last = int(np.searchsorted(steps, low)), int(np.searchsorted(steps, high, side="right")) - 1
    stretch, was = pulled[first : last + 1], steps[first : last + 1]
    inside = np.flatnonzero((places >= first) & (places <= last))
    if not was[-1] > was[0]:
        return {}
    new = lines.at(stretch, (steps[places[inside]] - was[0]) / (was[-1] - was[0]))
    moves = np.linalg.norm(new - now[inside], axis=1) > _STAYS * np.hypot(*by)
    return {part.indices[at]: (float(x), float(y)) for at, (x, y) in zip(inside[moves], new[moves], strict=True)}


# Drawing


def _along(part: Contour, now: Points, model: Points, stroke: Points, *, whole: bool) -> dict[int, Points]:
    ends, away = lines.project(now, stroke)
    if whole or away.mean() > _FAR * lines.lengths(now)[-1]:
        straight = np.linalg.norm(stroke[[0, -1]] - now[[0, -1]], axis=1).sum()
        crossed = np.linalg.norm(stroke[[-1, 0]] - now[[0, -1]], axis=1).sum()
        return _spread(stroke if straight <= crossed else stroke[::-1], lines.shares(model), range(len(now)))
    if ends[0] > ends[-1]:
        ends, stroke = ends[::-1], stroke[::-1]
    shares = lines.shares(now)
    low, high = (_snapped(float(end), shares, part.anchors) for end in (ends[0], ends[-1]))
    return _section(shares, lines.shares(model), low, high, stroke)


def _along_a_side(part: Contour, now: Points, model: Points, stroke: Points) -> dict[int, Points]:
    """A closed curve's points between the ends of a stroke, on the side that the stroke follows."""
    ring, shares, spacing = lines.ring(now), lines.shares(lines.ring(now)), lines.shares(lines.ring(model))
    ends, away = lines.project(ring, stroke)
    far = bool(away.mean() > _FAR * lines.lengths(ring)[-1])
    if far:
        axis = now[part.second] - now[0]
        start, end = (0.0, shares[part.second])
        if (stroke[-1] - stroke[0]) @ axis < 0:
            start, end = end, start
    else:
        start, end = (_snapped(float(end), shares, part.anchors) % 1.0 for end in (ends[0], ends[-1]))
    if start == end:
        return {}
    sides = []
    for low, to, line in ((start, end, stroke), (end, start, stroke[::-1])):
        high = to if to > low else to + 1.0
        # Twice around, so that a side may pass the first point.
        twice = np.concatenate([shares[:-1], shares[:-1] + 1.0, [2.0]])
        model_twice = np.concatenate([spacing[:-1], spacing[:-1] + 1.0, [2.0]])
        places = _section(twice, model_twice, low, high, line)
        was = lines.at(np.concatenate([ring[:-1], ring]), np.linspace(low, high, 17) / 2)
        new = lines.at(line, np.linspace(0, 1, 17))
        if far:
            was, new = (side - np.linspace(side[0], side[-1], 17) for side in (was, new))
        cost = float(np.linalg.norm(new - was, axis=1).mean())
        sides.append((cost, {at % len(now): place for at, place in places.items()}))
    (first, one), (second, other) = sorted(sides, key=lambda side: side[0])
    corners = {0.0, float(shares[part.second])}
    if {start, end} == corners and second - first < _FLAT * lines.lengths(stroke)[-1]:
        return {**other, **one}
    return one


def _around(part: Contour, now: Points, model: Points, stroke: Points) -> dict[int, Points]:
    loop = lines.ring(stroke)
    if lines.area(loop) * part.turns < 0:
        loop = loop[::-1]
    towards = loop[:-1] @ (now[part.second] - now[0])
    begin = int(towards.argmin())
    loop = lines.ring(np.roll(loop[:-1], -begin, axis=0))
    middle = int((loop[:-1] @ (now[part.second] - now[0])).argmax())
    spacing = lines.shares(lines.ring(model))
    cut = spacing[part.second]
    first = _spread(loop[: middle + 1], spacing[: part.second + 1] / cut, range(part.second + 1))
    rest = (spacing[part.second : -1] - cut) / (1 - cut)
    return {**_spread(loop[middle:], rest, range(part.second, len(now))), **first}


def _section(shares: Points, spacing: Points, low: float, high: float, stroke: Points) -> dict[int, Points]:
    """The points whose ``shares`` of the old curve lie from ``low`` to ``high``, along ``stroke``."""
    inside = [int(at) for at in np.flatnonzero((shares >= low - 1e-9) & (shares <= high + 1e-9))]
    first, last = np.interp([low, high], shares, spacing)
    if not inside or not last > first:
        return {}
    return _spread(stroke, ((spacing[inside] - first) / (last - first)).clip(0, 1), inside)


def _spread(stroke: Points, shares: Points, positions: Sequence[int]) -> dict[int, Points]:
    return dict(zip(positions, lines.at(stroke, shares), strict=True))


def _snapped(share: float, shares: Points, anchors: tuple[int, int]) -> float:
    """The anchor's share of the curve where ``share`` is nearer to it than to any other point."""
    nearest = int(np.abs(shares - share).argmin())
    # The last share of a closed curve is its first point again.
    return float(shares[nearest]) if nearest in (*anchors, len(shares) - 1) else share


def _is_loop(stroke: Points, now: Points) -> bool:
    length, size = lines.lengths(stroke)[-1], lines.lengths(lines.ring(now))[-1]
    return bool(np.linalg.norm(stroke[-1] - stroke[0]) < _LOOP * length and length > 0.4 * size)


# Curves


def _present(contour: Contour, shape: Points, reference: Points) -> Contour | None:
    """The contour through the landmarks that are present in both; None where fewer than two are."""
    there = [i for i in contour.indices if not np.isnan(shape[i]).any() and not np.isnan(reference[i]).any()]
    if len(there) == len(contour.indices):
        return contour
    if len(there) < 2 + contour.closed:
        return None
    return _contour(contour.group, there, contour.closed, reference, contour.turns)


def _contour(group: str, order: Sequence[int], closed: bool, shape: Points, turns: float | None = None) -> Contour:
    if not closed:
        return Contour(group, tuple(order), False, len(order) - 1)
    points = shape[list(order)]
    apart = np.linalg.norm(points[:, None] - points[None], axis=2)
    first, second = sorted(divmod(int(apart.argmax()), len(order)))
    turned = (*order[first:], *order[:first])
    return Contour(
        group, turned, True, second - first, float(np.sign(lines.area(lines.ring(points)))) if turns is None else turns
    )


def _unrolled(
    part: Contour, now: Points, grabbed: tuple[float, float]
) -> tuple[Points, int, npt.NDArray[np.intp], list[int]]:
    """The smooth curve, the place on it that was taken, those of the points, and those that are held fast; a closed
    curve is cut opposite to where it was taken."""
    fine = lines.smooth(now, part.closed)
    places = np.arange(len(now)) * lines.FINE
    if part.closed:
        fine = fine[:-1]
    taken = int(np.linalg.norm(fine - np.asarray(grabbed), axis=1).argmin())
    nearest = int(np.abs((places - taken + len(fine) // 2) % len(fine) - len(fine) // 2).argmin())
    if nearest in part.anchors:
        taken = int(places[nearest])
    if part.closed:
        shift = taken - len(fine) // 2
        fine, places, taken = np.roll(fine, -shift, axis=0), (places - shift) % len(fine), len(fine) // 2
    return fine, taken, places, [int(places[at]) for at in part.anchors]


def _connected(beside: Mapping[int, Sequence[int]], start: int) -> set[int]:
    found, fresh = {start}, [start]
    while fresh:
        fresh = [other for index in fresh for other in beside[index] if other not in found]
        found.update(fresh)
    return found


def _walk(beside: Mapping[int, Sequence[int]], start: int, count: int) -> list[int]:
    order = [start]
    while len(order) < count:
        order.append(min(other for other in beside[order[-1]] if other not in order))
    return order
