"""A z-buffered rasteriser of grid meshes in vectorised NumPy, and the perspective camera before it.

World frame: x to the image's right, y up, z towards the camera; one unit is half a face's width (about 69 mm).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from facelabel.rendering.arrays import F32, F64, Bool, Int, clamp, f32


@dataclass(frozen=True)
class Camera:
    """A pinhole camera on the z axis that looks down it.

    ``focal`` is in image pixels, ``distance`` in world units; (``cx``, ``cy``) is where the axis meets the image, in
    0-based pixel centres.
    """

    focal: float
    distance: float
    cx: float
    cy: float

    def project(self, points: F64) -> tuple[F64, F64]:
        """World (..., 3) to image pixels (..., 2) and the distance along the axis (...)."""
        depth = self.distance - points[..., 2]
        scale = self.focal / depth
        xy = np.stack([self.cx + points[..., 0] * scale, self.cy - points[..., 1] * scale], axis=-1)
        return xy, depth

    def eye(self) -> F64:
        return np.array([0.0, 0.0, self.distance])


@dataclass(frozen=True)
class Fragments:
    """The nearest surface point of one mesh for every pixel that it covers.

    ``pixel`` (N,) flat indices; ``row``, ``column`` (N,) fractional positions in the mesh's grid; ``depth`` (N,).
    """

    pixel: Int
    row: F32
    column: F32
    depth: F32

    def where(self, keep: Bool | Int) -> Fragments:
        return Fragments(self.pixel[keep], self.row[keep], self.column[keep], self.depth[keep])


def rasterise(xy: F64, depth: F64, size: tuple[int, int], before: F32, *, back: bool = False) -> Fragments:
    """Rasterise a grid mesh, triangle by triangle and each line by line of the picture.

    ``xy`` (R, C, 2) pixels, ``depth`` (R, C), ``size`` (width, height). Rows run downwards and columns to the right as
    the front of the surface is seen; ``back`` draws the faces that look away from the camera and only those. Vertices
    at NaN are left out. Only what is nearer than ``before`` (height * width,) comes back.
    """
    x, y, z = (np.ascontiguousarray(plane, np.float32) for plane in (xy[..., 0], xy[..., 1], depth))
    vertex, sign, ux, uy, vx, vy = _facing(x, y, back)
    ax, ay = x.reshape(-1)[vertex], y.reshape(-1)[vertex]
    inverse = 1 / (ux * vy - uy * vx)
    of, line, first, count = _spans(ax, ay, ux, uy, vx, vy, size)
    if not len(of):
        nothing = np.zeros(0, np.float32)
        return Fragments(np.zeros(0, np.intp), nothing, nothing, nothing)

    # Weights of the triangle's second and third vertex: where the span begins, and their growth a pixel.
    px, py = f32(first) - ax[of], f32(line) - ay[of]
    grow_b, grow_c = vy * inverse, -uy * inverse
    b = px * grow_b[of] - py * (vx * inverse)[of]
    c = px * grow_c[of] + py * (ux * inverse)[of]
    heights, along = z.reshape(-1), sign * x.shape[1]
    za = heights[vertex]
    zb, zc = heights[vertex + along] - za, heights[vertex + sign] - za
    start = za[of] + b * zb[of] + c * zc[of]
    slope = (zb * grow_b + zc * grow_c)[of]

    total = np.cumsum(count)
    span = np.repeat(np.arange(len(of), dtype=np.intp), count)
    dx = np.arange(len(span), dtype=np.intp) - (total - count).astype(np.intp)[span]
    pixel = (line * size[0] + first).astype(np.intp)[span] + dx
    far = start[span] + slope[span] * dx.astype(np.float32)
    nearest = before.copy()
    np.minimum.at(nearest, pixel, far)
    front = np.flatnonzero(far == nearest[pixel])
    winner = np.full(len(nearest), -1, np.intp)
    winner[pixel[front]] = front
    covered = np.flatnonzero(winner >= 0)
    best = winner[covered]
    span, dx = span[best], dx[best].astype(np.float32)
    of = of[span]
    s = sign.astype(np.float32)[of]
    top, left = (vertex // x.shape[1]).astype(np.float32), (vertex % x.shape[1]).astype(np.float32)
    row = top[of] + s * (b[span] + dx * grow_b[of])
    column = left[of] + s * (c[span] + dx * grow_c[of])
    return Fragments(covered, row, column, nearest[covered])


def _facing(x: F32, y: F32, back: bool) -> tuple[Int, Int, F32, F32, F32, F32]:
    """The triangles that face the right way, two a cell of the grid.

    Returns the right-angled vertex (N,), the step from it to its neighbours (1 or -1), and the picture's x and y of the
    edges to the neighbour along the row's and along the column's direction.
    """
    columns = x.shape[1]
    rx, ry, cx, cy = x[1:] - x[:-1], y[1:] - y[:-1], x[:, 1:] - x[:, :-1], y[:, 1:] - y[:, :-1]
    out = []
    for one, s in ((slice(None, -1), 1), (slice(1, None), -1)):
        area = rx[:, one] * cy[one] - ry[:, one] * cx[one]
        keep = np.flatnonzero(area > 1e-6 if back else area < -1e-6).astype(np.intp)
        row = keep // (columns - 1)
        far = 0 if s > 0 else 1
        # Row differences have a column more, column differences a row more than there are cells.
        down, across = keep + row + far, keep + far * (columns - 1)
        vertex = keep + row + far * (columns + 1)
        step = np.full(len(keep), s, np.intp)
        edges = (s * d.reshape(-1)[i] for d, i in ((rx, down), (ry, down), (cx, across), (cy, across)))
        out.append((vertex, step, *edges))
    vertex, step, ux, uy, vx, vy = (np.concatenate(pair) for pair in zip(*out, strict=True))
    return vertex, step, ux, uy, vx, vy


def _spans(ax: F32, ay: F32, ux: F32, uy: F32, vx: F32, vy: F32, size: tuple[int, int]) -> tuple[Int, Int, Int, Int]:
    """The runs of pixels that triangles a, a + u, a + v cover: triangle, line, first column and number, each (N,)."""
    width, height = size
    bx, by, cx, cy = ax + ux, ay + uy, ax + vx, ay + vy
    top, bottom = np.ceil(np.minimum(np.minimum(ay, by), cy)), np.floor(np.maximum(np.maximum(ay, by), cy))
    top, bottom = clamp(top, 0), clamp(bottom, -1, height - 1)
    beside = (np.maximum(np.maximum(ax, bx), cx) < 0) | (np.minimum(np.minimum(ax, bx), cx) > width - 1)
    seen = np.flatnonzero((bottom >= top) & ~beside).astype(np.intp)
    top = top[seen].astype(np.intp)
    lines = bottom[seen].astype(np.intp) - top + 1
    of = np.repeat(np.arange(len(seen), dtype=np.intp), lines)
    line = np.arange(len(of), dtype=np.intp) + np.repeat(top - (np.cumsum(lines) - lines).astype(np.intp), lines)

    # From top to bottom runs one long edge on one side of the triangle and two short ones on the other.
    x, y = [ax[seen], bx[seen], cx[seen]], [ay[seen], by[seen], cy[seen]]
    for i, j in ((0, 1), (1, 2), (0, 1)):
        swap = y[i] > y[j]
        x[i], x[j] = np.where(swap, x[j], x[i]), np.where(swap, x[i], x[j])
        y[i], y[j] = np.where(swap, y[j], y[i]), np.where(swap, y[i], y[j])
    rise = [(x[j] - x[i]) / np.maximum(y[j] - y[i], np.float32(1e-6)) for i, j in ((0, 2), (0, 1), (1, 2))]
    at = f32(line)
    long = x[0][of] + (at - y[0][of]) * rise[0][of]
    short = np.where(at > y[1][of], of + np.intp(len(seen)), of)
    broken = np.concatenate(x[:2])[short] + (at - np.concatenate(y[:2])[short]) * np.concatenate(rise[1:])[short]
    slack = np.float32(1e-3)
    left = clamp(np.ceil(np.minimum(long, broken) - slack), 0, width)
    right = clamp(np.floor(np.maximum(long, broken) + slack), -1, width - 1)
    kept = np.flatnonzero(right >= left)
    first = left[kept].astype(np.intp)
    return seen[of[kept]], line[kept], first, right[kept].astype(np.intp) - first + 1
