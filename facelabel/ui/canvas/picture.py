"""A decoded photo as the canvas paints it: a pyramid of halves, so that a reduced view is smooth and cheap. Of a very
large photo the finest level is reduced already, and full detail is kept of a part of it only."""

from __future__ import annotations

import sys

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from facelabel.images.crops import averaged
from facelabel.images.decode import Layer, Layered
from facelabel.ui.canvas.view import View

_SMALLEST = 768
"""Longest side of the last level: smaller than any canvas worth working on."""
_GRID = 16.0
"""From this many screen pixels an image pixel on, pixels are shown as squares, so that a point can be put on one. A
small face fills the canvas at ten or so, and is easier to read smooth."""


class Picture:
    """``photo`` is uint8 RGB (H, W, 3), upright, or such a photo in layers. Safe to make outside the GUI thread."""

    def __init__(self, photo: npt.NDArray[np.uint8] | Layered) -> None:
        if isinstance(photo, np.ndarray):
            photo = Layered((photo.shape[1], photo.shape[0]), Layer(photo, 0, 0, 1), None)
        self.width, self.height = photo.size
        layers = [photo.whole]
        while max(layers[-1].pixels.shape[:2]) >= 2 * _SMALLEST:
            last = layers[-1]
            layers.append(Layer(averaged(last.pixels, 2), last.left, last.top, 2 * last.shrink))
        self._levels = [_Level(layer) for layer in layers]
        self._part = None if photo.part is None else _Level(photo.part)

    def with_part(self, part: Layer | None) -> Picture:
        """The same photo with full detail of another part of it."""
        other: Picture = object.__new__(Picture)
        other.width, other.height, other._levels = self.width, self.height, self._levels
        other._part = None if part is None else _Level(part)
        return other

    @property
    def bytes(self) -> int:
        return sum(level.image.sizeInBytes() for level in (*self._levels, self._part) if level is not None)

    @property
    def reduced(self) -> bool:
        """Whether there is full detail of a part only."""
        return self._levels[0].shrink > 1

    def blurred(self, view: View, target: QRectF, ratio: float) -> QRectF | None:
        """What ``target`` shows of the photo, in its pixels, where that is shown larger than there is detail for."""
        finest, seen = self._levels[0], self._seen(view, target)
        if not self.reduced or finest.shrink * view.scale * ratio <= 1 or seen.isEmpty():
            return None
        return None if self._part is not None and self._part.area.contains(seen) else seen

    def paint(self, painter: QPainter, view: View, target: QRectF) -> None:
        """Paint what ``view`` shows inside ``target`` (widget coordinates)."""
        scale, seen = view.scale * painter.device().devicePixelRatioF(), self._seen(view, target)
        if seen.isEmpty():
            return
        level = next((one for one in reversed(self._levels) if one.shrink * scale <= 1), self._levels[0])
        part = self._part if level.shrink * scale > 1 else None
        painter.save()
        painter.setClipRect(target)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < _GRID)
        painter.setTransform(view.transform, True)
        if part is None or not part.area.contains(seen):
            level.paint(painter, seen)
        if part is not None:
            part.paint(painter, seen & part.area)
        painter.restore()

    def _seen(self, view: View, target: QRectF) -> QRectF:
        """The pixels of the photo that ``target`` shows, and two more around them."""
        whole = QRectF(-0.5, -0.5, self.width, self.height)
        return view.to_image_rect(target).adjusted(-2, -2, 2, 2) & whole


class _Level:
    """A layer as Qt paints it; ``area`` is what it shows of the photo."""

    def __init__(self, layer: Layer) -> None:
        self.shrink = layer.shrink
        self._pixels = _four_bytes(layer.pixels)  # What the image is made of.
        height, width = self._pixels.shape[:2]
        self.image = QImage(self._pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)
        self.area = QRectF(layer.left - 0.5, layer.top - 0.5, width * layer.shrink, height * layer.shrink)

    def paint(self, painter: QPainter, seen: QRectF) -> None:
        """``seen``, pixels of the photo, where the painter's transform puts it."""
        if not seen.isEmpty():
            corner, by = seen.topLeft() - self.area.topLeft(), self.shrink
            source = QRectF(corner.x() / by, corner.y() / by, seen.width() / by, seen.height() / by)
            painter.drawImage(seen, self.image, source)


def _four_bytes(pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """(H, W, 4) blue, green, red and 255: Qt paints four bytes in half the time that it takes for three. NumPy copies
    without the interpreter's lock, which Qt's own conversion would keep for tenths of a second of a large photo."""
    wide: npt.NDArray[np.uint8] = np.empty((*pixels.shape[:2], 4), dtype=np.uint8)
    wide[..., :3] = pixels[..., ::-1]
    wide[..., 3] = 255
    return wide if sys.byteorder == "little" else np.ascontiguousarray(wide[..., ::-1])
