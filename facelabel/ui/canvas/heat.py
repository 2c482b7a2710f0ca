"""What the model saw, as the canvas shows it: all landmarks faintly, the current one in full with its spread."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF, QTransform

from facelabel.geometry import Affine
from facelabel.images.crops import resize_transform
from facelabel.images.heatmaps import FaceHeatmaps
from facelabel.ui.canvas.surface import Surface
from facelabel.ui.canvas.view import View

_TIMES = 8
"""Pixels of a shown map for each kept one."""
_ALL, _OWN = 0.35, 0.85
"""Opacity of the strongest places: of all landmarks, and of the current one."""
_DEVIATIONS = 2.0
"""Standard deviations that the ellipse reaches: 86 % of a map that falls off like a Gaussian."""
_NOTHING = 20
"""Levels of 255 below which a map has no place that it prefers."""

# Viridis (van der Walt and Smith, matplotlib, 2015) at nine even steps: its lightness alone tells the order, so that it
# reads the same for colour-blind eyes.
_VIRIDIS = ("#440154", "#472d7b", "#3b528b", "#2c728e", "#21918c", "#28ae80", "#5ec962", "#addc30", "#fde725")


class HeatLayer:
    """The maps of the face on a canvas."""

    def __init__(self, ground: Surface) -> None:
        self._ground = ground
        self._found: FaceHeatmaps | None = None
        self._own: tuple[QImage, Affine] | None = None
        self._ellipse: npt.NDArray[np.float64] | None = None

    @property
    def on(self) -> bool:
        """Whether there is anything to see of it."""
        return self._found is not None

    def show(self, found: FaceHeatmaps | None, current: int | None) -> None:
        """Another face's maps; None for the bare photo."""
        if found is not None or self._found is not None:
            self._found = found
            self._ground.set_overlay(*(None, None) if found is None else every(found))
            self.follow(current)

    def follow(self, current: int | None) -> None:
        """Another landmark is the current one."""
        chosen = None if self._found is None else current
        self._own = None if chosen is None or self._found is None else one(self._found, chosen)
        self._ellipse = None if chosen is None or self._found is None else spread(self._found, chosen)

    def paint(self, painter: QPainter, view: View) -> None:
        """The current landmark's own map, and how far it spreads."""
        if self._own is None or self._ellipse is None:
            return
        image, place = self._own
        over = view.affine @ place
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setTransform(QTransform(over.a, over.d, over.b, over.e, over.c, over.f), True)
        painter.drawImage(QPointF(-0.5, -0.5), image)
        painter.restore()
        outline = QPolygonF([QPointF(x, y) for x, y in view.affine.apply(self._ellipse).tolist()])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in (QPen(QColor(0, 0, 0, 150), 3.0), QPen(QColor(255, 255, 255), 1.4, Qt.PenStyle.DashLine)):
            painter.setPen(pen)
            painter.drawPolyline(outline)


def every(found: FaceHeatmaps) -> tuple[QImage, Affine]:
    """All landmarks in one translucent picture, and what takes its pixels to the photo's."""
    levels = _enlarged(found.maps.max(axis=0))
    return _picture(levels, _ALL), found.place @ _fine_to_map()


def one(found: FaceHeatmaps, landmark: int) -> tuple[QImage, Affine] | None:
    """The part of a landmark's map where there is anything, as ``every``; None where there is nothing.

    Its colours go up to its own highest place: where the model is unsure, a map is low all over.
    """
    levels = found.maps[landmark]
    rows, columns = (np.flatnonzero((levels >= _NOTHING).any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return None
    top, left = max(0, rows[0] - 2), max(0, columns[0] - 2)
    part = _enlarged(levels[top : rows[-1] + 3, left : columns[-1] + 3])
    place = found.place @ Affine.translation(float(left), float(top)) @ _fine_to_map()
    return _picture(part / part.max(), _OWN), place


def _picture(levels: npt.NDArray[np.float64], most: float) -> QImage:
    """Levels (H, W) from 0 to 1 in colours, the higher the less translucent."""
    opacity = most * np.sqrt(levels)
    colour = _colours()[np.rint(255 * levels).astype(np.intp)]
    pixels = np.empty((*levels.shape, 4), dtype=np.uint8)
    # Little-endian ARGB with the colour already multiplied by the opacity.
    pixels[..., :3] = np.rint(colour[..., ::-1] * opacity[..., None])
    pixels[..., 3] = np.rint(255 * opacity)
    height, width = levels.shape
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied).copy()


def _fine_to_map() -> Affine:
    return resize_transform((_TIMES, _TIMES), (1, 1))


def spread(found: FaceHeatmaps, landmark: int) -> npt.NDArray[np.float64] | None:
    """The ellipse (N, 2), image pixels, that holds most of a landmark's map; None for an empty one."""
    weights = found.maps[landmark].astype(np.float64)
    weights[weights < _NOTHING] = 0
    if not weights.any():
        return None
    weights /= weights.sum()
    v, u = np.mgrid[: weights.shape[0], : weights.shape[1]]
    places = np.stack([u, v], axis=-1).reshape(-1, 2).astype(np.float64)
    middle = weights.reshape(-1) @ places
    away = places - middle
    # A cell is a square, not a point: it has a spread of its own.
    covariance = (away * weights.reshape(-1, 1)).T @ away + np.eye(2) / 12
    length, axes = np.linalg.eigh(covariance)
    turn = np.linspace(0, 2 * np.pi, 49)
    circle = np.stack([np.cos(turn), np.sin(turn)], axis=1) * _DEVIATIONS * np.sqrt(length)
    return found.place.apply(middle + circle @ axes.T)


def _enlarged(levels: npt.NDArray[np.uint8]) -> npt.NDArray[np.float64]:
    size = (_TIMES * levels.shape[1], _TIMES * levels.shape[0])
    fine = cv2.resize(levels.astype(np.float64), size, interpolation=cv2.INTER_CUBIC)
    smooth: npt.NDArray[np.float64] = (fine / 255).clip(0, 1)
    return smooth


def _colours() -> npt.NDArray[np.float64]:
    """(256, 3) red, green, blue, 0 to 255."""
    colours = [QColor(name) for name in _VIRIDIS]
    steps = np.array([(c.red(), c.green(), c.blue()) for c in colours], dtype=np.float64)
    at = np.linspace(0, len(steps) - 1, 256)
    return np.stack([np.interp(at, np.arange(len(steps)), steps[:, channel]) for channel in range(3)], axis=1)
