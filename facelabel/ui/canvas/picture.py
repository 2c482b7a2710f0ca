"""A decoded photo as the canvas paints it: a pyramid of halves, so that a reduced view is smooth and cheap."""

from __future__ import annotations

import sys

import cv2
import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from facelabel.ui.canvas.view import View

_SMALLEST = 768
"""Longest side of the last level: smaller than any canvas worth working on."""
_GRID = 6.0
"""From this many screen pixels an image pixel on, pixels are shown as squares, so that a point can be put on one."""


class Picture:
    """``pixels`` is uint8 RGB (H, W, 3), upright. Safe to make outside the GUI thread."""

    def __init__(self, pixels: npt.NDArray[np.uint8]) -> None:
        self.height, self.width = pixels.shape[:2]
        levels = [np.ascontiguousarray(pixels)]
        while max(levels[-1].shape[:2]) >= 2 * _SMALLEST:
            last = levels[-1]
            size = ((last.shape[1] + 1) // 2, (last.shape[0] + 1) // 2)
            levels.append(np.asarray(cv2.resize(last, size, interpolation=cv2.INTER_AREA), dtype=np.uint8))
        self._pixels = [_four_bytes(level) for level in levels]  # What the images below are made of.
        self._levels = [_image(level) for level in self._pixels]

    @property
    def bytes(self) -> int:
        return sum(level.sizeInBytes() for level in self._levels)

    def paint(self, painter: QPainter, view: View, target: QRectF) -> None:
        """Paint what ``view`` shows inside ``target`` (widget coordinates)."""
        ratio = painter.device().devicePixelRatioF()
        level = next(
            (image for image in reversed(self._levels) if image.width() >= view.scale * ratio * self.width),
            self._levels[0],
        )
        seen = view.to_image_rect(target).adjusted(-2, -2, 2, 2) & QRectF(-0.5, -0.5, self.width, self.height)
        if seen.isEmpty():
            return
        across, down = level.width() / self.width, level.height() / self.height
        source = QRectF((seen.x() + 0.5) * across, (seen.y() + 0.5) * down, seen.width() * across, seen.height() * down)
        painter.save()
        painter.setClipRect(target)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, view.scale * ratio < _GRID)
        painter.setTransform(view.transform, True)
        painter.drawImage(seen, level, source)
        painter.restore()


def _four_bytes(pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """(H, W, 4) blue, green, red and 255: Qt paints four bytes in half the time that it takes for three. NumPy copies
    without the interpreter's lock, which Qt's own conversion would keep for tenths of a second of a large photo."""
    wide: npt.NDArray[np.uint8] = np.empty((*pixels.shape[:2], 4), dtype=np.uint8)
    wide[..., :3] = pixels[..., ::-1]
    wide[..., 3] = 255
    return wide if sys.byteorder == "little" else np.ascontiguousarray(wide[..., ::-1])


def _image(pixels: npt.NDArray[np.uint8]) -> QImage:
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)
