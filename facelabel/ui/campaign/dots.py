"""A hundred thousand dots as one picture: counted into pixels, so that a view costs milliseconds at any zoom.

Qt draws symbol by symbol, which is right for some hundred of them (``pyqtgraph.ScatterPlotItem``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QTransform

Stamp = Literal["dot", "cross"]
Pixels = npt.NDArray[np.int32]

_CROWD: dict[Stamp, int] = {"dot": 20_000, "cross": 1_000}
"""Points in view from which on each is drawn smaller, or nothing could be told but that there are many."""


@dataclass(frozen=True)
class Layer:
    """Points (N, 2) in the coordinates of the plot. ``dot``: 3 x 3 pixels, denser where some overlap, ``strength`` is
    the opacity of one; a single pixel in a crowd. ``cross``: 5 x 5 pixels, 3 x 3 in a crowd."""

    xy: npt.NDArray[np.float64]
    colour: QColor
    stamp: Stamp
    strength: float = 1.0


class Dots(pg.GraphicsObject):  # type: ignore[misc]
    """Layers of points, later ones on top."""

    def __init__(self) -> None:
        super().__init__()
        self._layers: list[Layer] = []
        self._bounds = QRectF()

    def show_layers(self, layers: Sequence[Layer]) -> None:
        self.prepareGeometryChange()
        self._layers = [layer for layer in layers if len(layer.xy)]
        self._bounds = QRectF()
        if self._layers:
            low = np.min([layer.xy.min(axis=0) for layer in self._layers], axis=0)
            high = np.max([layer.xy.max(axis=0) for layer in self._layers], axis=0)
            self._bounds = QRectF(*low.tolist(), *(high - low).tolist())
        self.update()

    def boundingRect(self) -> QRectF:
        return self._bounds

    def viewTransformChanged(self) -> None:
        self.update()

    def paint(self, painter: QPainter, *_: object) -> None:
        box = self.getViewBox()
        if box is None or not self._layers:
            return
        ratio = painter.device().devicePixelRatioF()
        place = box.sceneBoundingRect()
        width, height = round(place.width() * ratio), round(place.height() * ratio)
        if width < 1 or height < 1:
            return
        shown = box.viewRect()
        canvas = np.zeros((height, width), dtype=np.uint32)
        for layer in self._layers:
            x = ((layer.xy[:, 0] - shown.left()) * (width / shown.width())).astype(np.int32)
            y = ((shown.bottom() - layer.xy[:, 1]) * (height / shown.height())).astype(np.int32)
            stamp(canvas, x, y, layer, max(1, round(ratio)))
        picture = QImage(canvas.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
        picture.setDevicePixelRatio(ratio)
        painter.save()
        painter.setWorldTransform(QTransform())
        painter.drawImage(place.topLeft(), picture)
        painter.restore()


def stamp(canvas: npt.NDArray[np.uint32], x: Pixels, y: Pixels, layer: Layer, scale: int = 1) -> None:
    """Draw a layer, whose points lie at the pixels ``x`` and ``y`` (N,), on a picture (height, width), ARGB32
    premultiplied; points outside leave nothing. ``scale`` enlarges what a point looks like."""
    height, width = canvas.shape
    inside = (x >= 0) & (x < width) & (y >= 0) & (y < height)
    x, y = x[inside], y[inside]
    crowd = len(x) > _CROWD[layer.stamp]
    if layer.stamp == "cross":
        _cross(canvas, x, y, layer.colour, scale if crowd else 2 * scale)
    else:
        _dots(canvas, x, y, layer, scale - 1 if crowd else scale)


def _dots(canvas: npt.NDArray[np.uint32], x: Pixels, y: Pixels, layer: Layer, reach: int) -> None:
    counts = np.zeros(canvas.shape, dtype=np.uint8)
    counts[y, x] = 1
    for axis in (0, 1):
        counts = _spread(counts, axis, reach)
    opacity = 1 - (1 - layer.strength) ** np.arange((2 * reach + 1) ** 2 + 1)
    colour = layer.colour
    rgba = np.array([colour.blue(), colour.green(), colour.red(), 255], dtype=np.float64)
    table = (opacity[:, None] * rgba).round().astype(np.uint8).view(np.uint32).ravel()
    np.copyto(canvas, np.take(table, counts), where=counts > 0)


def _spread(counts: npt.NDArray[np.uint8], axis: int, reach: int) -> npt.NDArray[np.uint8]:
    """Each point also at its neighbours along an axis, ``reach`` to either side."""
    out = counts.copy()
    for by in range(1, reach + 1):
        near, far = (np.s_[by:], np.s_[:-by]) if axis == 0 else (np.s_[:, by:], np.s_[:, :-by])
        out[near] += counts[far]
        out[far] += counts[near]
    return out


def _cross(canvas: npt.NDArray[np.uint32], x: Pixels, y: Pixels, colour: QColor, reach: int) -> None:
    height, width = canvas.shape
    arm = np.arange(-reach, reach + 1)
    for dx, dy in ((arm, arm), (arm, -arm)):
        across, down = x[:, None] + dx, y[:, None] + dy
        inside = (across >= 0) & (across < width) & (down >= 0) & (down < height)
        canvas[down[inside], across[inside]] = colour.rgba()


def as_points(xy: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """(N, 2) as a layer takes them."""
    return np.ascontiguousarray(xy, dtype=np.float64)
