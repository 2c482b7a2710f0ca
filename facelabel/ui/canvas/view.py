"""Where the canvas looks: the one transform between image pixels and the widget."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QTransform

from facelabel.geometry import Affine, Box

_MOST, _LEAST = 64.0, 0.01
"""Screen pixels an image pixel: further in or out nobody sees anything."""


class View:
    """Holds ``affine``: image pixels (0-based pixel centres) to widget coordinates (logical pixels)."""

    def __init__(self) -> None:
        self.affine = Affine()

    @property
    def scale(self) -> float:
        """Screen pixels for one image pixel."""
        return self.affine.scale

    @property
    def transform(self) -> QTransform:
        m = self.affine
        return QTransform(m.a, m.d, m.b, m.e, m.c, m.f)

    def to_screen(self, point: tuple[float, float]) -> QPointF:
        m = self.affine
        return QPointF(m.a * point[0] + m.b * point[1] + m.c, m.d * point[0] + m.e * point[1] + m.f)

    def to_image(self, point: QPointF) -> tuple[float, float]:
        x, y = self.affine.inverse().apply(np.array([point.x(), point.y()]))
        return float(x), float(y)

    def to_screen_rect(self, box: Box) -> QRectF:
        return QRectF(self.to_screen((box.left, box.top)), self.to_screen((box.right, box.bottom)))

    def to_image_rect(self, rect: QRectF) -> QRectF:
        return QRectF(QPointF(*self.to_image(rect.topLeft())), QPointF(*self.to_image(rect.bottomRight())))

    def fit(self, box: Box, room: QSizeF, share: float) -> None:
        """Show ``box`` in the middle, its height ``share`` of the room's, and no wider than it."""
        scale = min(room.height() * share / max(box.height, 1e-6), room.width() * share / max(box.width, 1e-6))
        self.centre_on(box.centre, room, scale)

    def centre_on(self, point: tuple[float, float], room: QSizeF, scale: float) -> None:
        """Show an image point in the middle at ``scale`` screen pixels an image pixel."""
        scale = min(max(scale, _LEAST), _MOST)
        self.affine = (
            Affine.translation(room.width() / 2, room.height() / 2)
            @ Affine.scaling(scale)
            @ Affine.translation(-point[0], -point[1])
        )

    def zoom(self, at: QPointF, factor: float) -> None:
        """Zoom so that what lies under ``at`` stays there."""
        factor = min(max(self.scale * factor, _LEAST), _MOST) / self.scale
        x, y = at.x(), at.y()
        self.affine = Affine.translation(x, y) @ Affine.scaling(factor) @ Affine.translation(-x, -y) @ self.affine

    def pan(self, dx: float, dy: float) -> None:
        self.affine = Affine.translation(dx, dy) @ self.affine
