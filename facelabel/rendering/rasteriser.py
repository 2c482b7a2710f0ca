"""A z-buffered rasteriser of grid meshes in vectorised NumPy, and the perspective camera before it.

World frame: x to the image's right, y up, z towards the camera; one unit is half a face's width (about 69 mm).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from facelabel.rendering.arrays import F32, F64, Bool, Int


@dataclass(frozen=True)
class Camera:
    """A pinhole camera on the z axis that looks down it.

    ``focal`` is in image pixels, ``distance`` in world units; (``cx``, ``cy``) is where the axis meets the image, in 0-based
    pixel centres.
    """

    focal: float
    distance: float
    cx: float
    cy: float

    def project(self, points: F64 | F32) -> tuple[F64, F64]:
        """World (..., 3) to image pixels (..., 2) and the distance along the axis (...)."""
        depth = self.distance - points[..., 2]
        scale = self.focal / depth
        xy = np.stack([self.cx + points[..., 0] * scale, self.cy - points[..., 1] * scale], axis=-1)
        return xy, depth

    def enlarged(self, factor: float) -> Camera:
        """The same view on an image of ``factor`` times the pixels."""
        return Camera(
            self.focal * factor, self.distance, (self.cx + 0.5) * factor - 0.5, (self.cy + 0.5) * factor - 0.5
        )

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

    def where(self, keep: Bool) -> Fragments:
        return Fragments(self.pixel[keep], self.row[keep], self.column[keep], self.depth[keep])


def _triangles(rows: int, columns: int) -> Int:
    index = np.arange(rows * columns, dtype=np.int32).reshape(rows, columns)
    a, b, c, d = index[:-1, :-1], index[:-1, 1:], index[1:, :-1], index[1:, 1:]
    upper = np.stack([a, c, b], axis=-1).reshape(-1, 3)
    lower = np.stack([b, c, d], axis=-1).reshape(-1, 3)
    return np.concatenate([upper, lower])


_SIZES = (2, 3, 4, 6, 9, 14, 24, 48, 96)


def rasterise(xy: F64, depth: F64, size: tuple[int, int], *, back: bool = False) -> Fragments:
    """Rasterise a grid mesh.

    ``xy`` (R, C, 2) pixels, ``depth`` (R, C), ``size`` (width, height). Rows run downwards and columns to the right as
    the front of the surface is seen; ``back`` draws the faces that look away from the camera and only those.
    """
    width, height = size
    rows, columns = depth.shape
    tri = _triangles(rows, columns)
    p = xy.reshape(-1, 2).astype(np.float32)
    z = depth.reshape(-1).astype(np.float32)
    a, b, c = p[tri[:, 0]], p[tri[:, 1]], p[tri[:, 2]]
    area = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    low = np.ceil(np.minimum(np.minimum(a, b), c))
    high = np.floor(np.maximum(np.maximum(a, b), c))
    seen = (area > 1e-6 if back else area < -1e-6) & (high >= low).all(axis=1)
    seen &= (high[:, 0] >= 0) & (high[:, 1] >= 0) & (low[:, 0] < width) & (low[:, 1] < height)
    keep = np.flatnonzero(seen)
    tri, a, b, c, area, low = tri[keep], a[keep], b[keep], c[keep], area[keep], low[keep].astype(np.int32)
    extent = (high[keep] - low).max(axis=1) + 1
    parts: list[tuple[Int, F32, F32, F32, Int]] = []
    previous = 0
    for side in _SIZES:
        group = np.flatnonzero((extent > previous) & (extent <= side))
        previous = side
        if len(group):
            parts.append(_cover(a[group], b[group], c[group], area[group], low[group], tri[group], z, side, size))
    if not parts:
        nothing = np.zeros(0, np.float32)
        return Fragments(np.zeros(0, np.int64), nothing, nothing, nothing)
    pixel = np.concatenate([part[0] for part in parts])
    wb, wc, zz = (np.concatenate([part[i] for part in parts]) for i in (1, 2, 3))
    owner = np.concatenate([part[4] for part in parts])
    nearest = np.full(width * height, np.inf, np.float32)
    np.minimum.at(nearest, pixel, zz)
    front = zz <= nearest[pixel]
    pixel, wb, wc, zz, owner = pixel[front], wb[front], wc[front], zz[front], owner[front]
    # Shared edges give two fragments of one pixel at one depth; either will do.
    pixel, first = np.unique(pixel, return_index=True)
    wb, wc, zz, owner = wb[first], wc[first], zz[first], owner[first]
    r, k = np.divmod(owner, columns)
    wa = 1 - wb - wc
    row = wa * r[:, 0] + wb * r[:, 1] + wc * r[:, 2]
    column = wa * k[:, 0] + wb * k[:, 1] + wc * k[:, 2]
    return Fragments(pixel, row.astype(np.float32), column.astype(np.float32), zz)


def _cover(
    a: F32, b: F32, c: F32, area: F32, low: Int, tri: Int, z: F32, side: int, size: tuple[int, int]
) -> tuple[Int, F32, F32, F32, Int]:
    """Pixels, barycentric weights of b and c, depth and vertex triple for triangles whose box is at most ``side`` wide."""
    width, height = size
    dy, dx = (grid.reshape(-1) for grid in np.mgrid[0:side, 0:side].astype(np.int32))
    px, py = low[:, 0, None] + dx, low[:, 1, None] + dy
    ox, oy = px - a[:, 0, None], py - a[:, 1, None]
    ux, uy = (b - a)[:, 0, None] / area[:, None], (b - a)[:, 1, None] / area[:, None]
    vx, vy = (c - a)[:, 0, None] / area[:, None], (c - a)[:, 1, None] / area[:, None]
    wb = (ox * vy - oy * vx).astype(np.float32)
    wc = (ux * oy - uy * ox).astype(np.float32)
    slack = np.float32(-1e-4)
    inside = (wb >= slack) & (wc >= slack) & (wb + wc <= 1 - slack) & (px >= 0) & (py >= 0)
    inside &= (px < width) & (py < height)
    which, cell = np.nonzero(inside)
    wb, wc = wb[which, cell], wc[which, cell]
    corner = tri[which]
    za = z[corner[:, 0]]
    zz = za + wb * (z[corner[:, 1]] - za) + wc * (z[corner[:, 2]] - za)
    pixel = py[which, cell].astype(np.int64) * width + px[which, cell]
    return pixel, wb, wc, zz, corner
