"""Lines of straight pieces, (M, 2) points in order: lengths along them, places on them, and a smooth one through a
few points."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]

FINE = 12
"""Pieces that the smooth line between two points is made of."""


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
