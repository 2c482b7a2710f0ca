"""Lines of straight pieces, (M, 2) points in order: lengths along them, places on them, and a smooth one through a
few points."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]

FINE = 12
"""Pieces that the smooth line between two points is made of."""
ALONG = 35.0
"""Degrees between a way and a line that it still follows."""


def smooth(points: Points, closed: bool) -> Points:
    """The cubic curve through points (N, 2) whose direction at each is that of its neighbours (Catmull and Rom 1974):
    ``FINE`` pieces a step, so that point i stands at row i * ``FINE``."""
    before, after = np.roll(points, 1, axis=0), np.roll(points, -1, axis=0)
    if not closed:
        before[0], after[-1] = points[0], points[-1]
    slope = (after - before) / 2
    t = (np.arange(FINE) / FINE)[None, :, None]
    start, end = (points[:, None], after[:, None]) if closed else (points[:-1, None], points[1:, None])
    leave = slope[:, None] if closed else slope[:-1, None]
    arrive = np.roll(slope, -1, axis=0)[:, None] if closed else slope[1:, None]
    fine = (
        (2 * t**3 - 3 * t**2 + 1) * start
        + (t**3 - 2 * t**2 + t) * leave
        + (3 * t**2 - 2 * t**3) * end
        + (t**3 - t**2) * arrive
    ).reshape(-1, 2)
    return np.concatenate([fine, points[:1] if closed else points[-1:]])


def ring(points: Points) -> Points:
    """The line (N + 1, 2) that goes back to its first point."""
    return np.concatenate([points, points[:1]])


def area(ring: Points) -> float:
    """What a ring goes around: above 0 where it does so clockwise as seen."""
    x, y = ring.T
    return float(x[:-1] @ y[1:] - x[1:] @ y[:-1]) / 2


def lengths(line: Points) -> Points:
    """(M,): how far along a line of straight pieces each of its points lies."""
    return np.concatenate([[0.0], np.linalg.norm(np.diff(line, axis=0), axis=1).cumsum()])


def shares(line: Points) -> Points:
    """``lengths`` from 0 to 1, evenly where the line has no length."""
    along = lengths(line)
    out: Points = along / along[-1] if along[-1] > 0 else np.linspace(0, 1, len(line))
    return out


def at(line: Points, where: Points) -> Points:
    """Points (K, 2) of a line at shares (K,) of its length."""
    along = shares(line)
    return np.stack([np.interp(where, along, line[:, axis]) for axis in (0, 1)], axis=1)


def project(line: Points, points: Points) -> tuple[Points, Points]:
    """For points (K, 2): the shares of the line at which it comes closest to each, and how close that is."""
    start, along = line[:-1], np.diff(line, axis=0)
    length = np.maximum((along**2).sum(axis=1), 1e-300)
    t = (((points[:, None] - start) * along).sum(axis=2) / length).clip(0, 1)
    away = np.linalg.norm(start + t[..., None] * along - points[:, None], axis=2)
    piece = away.argmin(axis=1)
    row = np.arange(len(points))
    along_line = shares(line)
    return along_line[piece] + t[row, piece] * np.diff(along_line)[piece], away[row, piece]


def follows(line: Points, start: tuple[float, float], travel: tuple[float, float], reach: float) -> bool:
    """Whether ``travel`` from ``start``, a place on the line, goes along the line rather than across it.

    That is within ``ALONG`` of the way to where the line is ``reach`` further on, or back; a closed line (its first
    point repeated at the end) goes on at its ends, an open one ends there.
    """
    length = lengths(line)[-1]
    if not length > 0 or not any(travel):
        return False
    here = float(project(line, np.array([start]))[0][0])
    closed = bool(np.array_equal(line[0], line[-1]))
    ways = [here + reach / length, here - reach / length]
    there = [way % 1.0 for way in ways] if closed else [way for way in ways if 0 <= way <= 1]
    if not there:
        return False
    steps = at(line, np.array(there)) - at(line, np.array([here]))
    cosines = steps @ np.array(travel) / np.maximum(np.linalg.norm(steps, axis=1) * np.hypot(*travel), 1e-300)
    return bool(cosines.max() > np.cos(np.radians(ALONG)))
