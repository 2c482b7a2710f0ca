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


_SIZES = (2, 3, 4, 6, 9, 14, 24, 48, 96, 192)

Corner = tuple[int, int]
# The corner where a row and a column meet, the next one along the row's and the next along the column's direction.
_HALVES: tuple[tuple[Corner, Corner, Corner], ...] = (((0, 0), (1, 0), (0, 1)), ((1, 1), (0, 1), (1, 0)))


def rasterise(xy: F64, depth: F64, size: tuple[int, int], *, back: bool = False) -> Fragments:
    """Rasterise a grid mesh.

    ``xy`` (R, C, 2) pixels, ``depth`` (R, C), ``size`` (width, height). Rows run downwards and columns to the right as
    the front of the surface is seen; ``back`` draws the faces that look away from the camera and only those.
    """
    columns = depth.shape[1]
    # Only the part of the picture that the mesh can touch is worked on.
    whole = size[0]
    low = np.clip(np.floor(np.nanmin(xy, axis=(0, 1))), 0, np.array(size) - 1).astype(np.int64)
    high = np.clip(np.ceil(np.nanmax(xy, axis=(0, 1))), low, np.array(size) - 1).astype(np.int64)
    size = (int(high[0] - low[0]) + 1, int(high[1] - low[1]) + 1)
    x, y = (xy[..., 0] - low[0]).astype(np.float32), (xy[..., 1] - low[1]).astype(np.float32)
    z = depth.reshape(-1).astype(np.float32)
    halves = [_facing(x, y, half, size, back) for half in _HALVES]
    vertex, step, edges, extent = (np.concatenate([half[i] for half in halves], axis=-1) for i in range(4))
    order = np.argsort(extent.astype(np.uint8), kind="stable")
    bounds = np.searchsorted(extent[order], [0, *_SIZES], side="right")
    parts: list[tuple[Int, F32, F32, Int]] = []
    for side, start, end in zip(_SIZES, bounds[:-1], bounds[1:], strict=True):
        for chunk in np.array_split(order[start:end], (end - start) * side * side // 400_000 + 1):
            if len(chunk):
                pixel, wb, wc, which = _cover(edges[:, chunk], side, size)
                parts.append((pixel, wb, wc, chunk[which]))
    if not parts:
        nothing = np.zeros(0, np.float32)
        return Fragments(np.zeros(0, np.int64), nothing, nothing, nothing)
    pixel, wb, wc, owner = (np.concatenate([part[i] for part in parts]) for i in range(4))
    a, s = vertex[owner], step[owner]
    za = z[a]
    far = za + wb * (z[a + s * columns] - za) + wc * (z[a + s] - za)
    nearest = np.full(size[0] * size[1], np.inf, np.float32)
    np.minimum.at(nearest, pixel, far)
    front = np.flatnonzero(far <= nearest[pixel])
    winner = np.full(len(nearest), -1, np.int64)
    winner[pixel[front]] = front
    covered = np.flatnonzero(winner >= 0)
    best = winner[covered]
    r, k = np.divmod(a[best], columns)
    row = (r + s[best] * wb[best]).astype(np.float32)
    column = (k + s[best] * wc[best]).astype(np.float32)
    line, place = np.divmod(covered, size[0])
    return Fragments((line + low[1]) * whole + place + low[0], row, column, nearest[covered])


def _facing(
    x: F32, y: F32, half: tuple[Corner, Corner, Corner], size: tuple[int, int], back: bool
) -> tuple[Int, Int, F32, Int]:
    """Of one triangle a cell, those that face the right way and touch the picture.

    Returns the right-angled vertex (N,), the step from it to its neighbours (1 or -1), (8, N) of box origin, box origin
    less vertex and the two edges divided by the area, and the box's larger side.
    """
    rows, columns = x.shape

    def part(image: F32, corner: Corner) -> F32:
        return image[corner[0] : rows - 1 + corner[0], corner[1] : columns - 1 + corner[1]].reshape(-1)

    ax, ay, bx, by, cx, cy = (part(image, corner) for corner in half for image in (x, y))
    area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    keep = np.flatnonzero(area > 1e-6 if back else area < -1e-6)
    ax, ay, bx, by, cx, cy = (values[keep] for values in (ax, ay, bx, by, cx, cy))
    left, top = np.ceil(np.minimum(np.minimum(ax, bx), cx)), np.ceil(np.minimum(np.minimum(ay, by), cy))
    right, bottom = np.floor(np.maximum(np.maximum(ax, bx), cx)), np.floor(np.maximum(np.maximum(ay, by), cy))
    seen = (right >= left) & (bottom >= top) & (right >= 0) & (bottom >= 0) & (left < size[0]) & (top < size[1])
    inverse = 1 / area[keep]
    edges = np.stack([
        left, top, left - ax, top - ay,
        (bx - ax) * inverse, (by - ay) * inverse, (cx - ax) * inverse, (cy - ay) * inverse,
    ])[:, seen]  # fmt: skip
    extent = np.maximum(right - left, bottom - top)[seen].astype(np.int32) + 1
    keep = keep[seen]
    vertex = (keep // (columns - 1) + half[0][0]) * columns + keep % (columns - 1) + half[0][1]
    step = np.full(len(keep), 1 - 2 * half[0][0], np.int64)
    return vertex, step, edges, np.minimum(extent, _SIZES[-1])


def _cover(edges: F32, side: int, size: tuple[int, int]) -> tuple[Int, F32, F32, Int]:
    """Flat pixels, weights of the second and the third vertex, and which triangle, wherever one covers a pixel."""
    width, height = size
    dy, dx = np.mgrid[0:side, 0:side].astype(np.float32).reshape(2, -1)
    left, top, ox, oy, ux, uy, vx, vy = edges[:, :, None]
    px, py = ox + dx, oy + dy
    wb = px * vy
    wb -= py * vx
    wc = ux * py
    wc -= uy * px
    slack = np.float32(-1e-4)
    flat = np.flatnonzero((wb >= slack) & (wc >= slack) & (wb + wc <= 1 - slack))
    which, cell = np.divmod(flat, side * side)
    column = (left[which, 0] + dx[cell]).astype(np.int64)
    row = (top[which, 0] + dy[cell]).astype(np.int64)
    within = np.flatnonzero((column >= 0) & (row >= 0) & (column < width) & (row < height))
    flat = flat[within]
    return row[within] * width + column[within], wb.reshape(-1)[flat], wc.reshape(-1)[flat], which[within]
