"""Where the canvas looks: the one transform between image pixels and the widget."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPolygonF, QTransform

from facelabel.geometry import Affine, Box

_MOST, _LEAST = 64.0, 0.01
"""Screen pixels an image pixel: further in or out nobody sees anything."""


class View:
    """Holds ``affine``, a similarity: image pixels (0-based pixel centres) to widget coordinates (logical pixels)."""

    def __init__(self) -> None:
        self.affine = Affine()

    @property
    def scale(self) -> float:
        """Screen pixels for one image pixel."""
        return self.affine.scale

    @property
    def angle(self) -> float:
        """Degrees by which the picture is turned, clockwise on the screen."""
        return math.degrees(math.atan2(self.affine.d, self.affine.a))

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

    def travel_to_image(self, dx: float, dy: float) -> tuple[float, float]:
        """A way on the screen as a way in the image."""
        m, area = self.affine, self.affine.determinant
        return (m.e * dx - m.b * dy) / area, (m.a * dy - m.d * dx) / area

    def turn_to_image(self, dx: float, dy: float) -> tuple[float, float]:
        """A direction on the screen as one of the same length in the image."""
        x, y = Affine.rotation(-self.angle).apply(np.array([dx, dy]))
        return float(x), float(y)

    def to_screen_polygon(self, box: Box) -> QPolygonF:
        """The four corners of a box, clockwise from the image's top left one."""
        corners = ((box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom))
        return QPolygonF([self.to_screen(corner) for corner in corners])

    def to_image_rect(self, rect: QRectF) -> QRectF:
        """The upright rectangle of the image around what the screen's ``rect`` shows."""
        seen = (rect.topLeft(), rect.topRight(), rect.bottomRight(), rect.bottomLeft())
        return QPolygonF([QPointF(*self.to_image(corner)) for corner in seen]).boundingRect()

    def fit(self, box: Box, room: QSizeF, share: float, angle: float = 0.0) -> None:
        """Show ``box`` in the middle, its height ``share`` of the room's, and no wider than it.

        Where the picture is turned, clockwise by ``angle`` degrees, the box keeps its sides along the screen's.
        """
        scale = min(room.height() * share / max(box.height, 1e-6), room.width() * share / max(box.width, 1e-6))
        self.centre_on(box.centre, room, scale, angle)

    def centre_on(self, point: tuple[float, float], room: QSizeF, scale: float, angle: float = 0.0) -> None:
        """Show an image point in the middle at ``scale`` screen pixels an image pixel, the picture turned clockwise
        by ``angle`` degrees."""
        scale = min(max(scale, _LEAST), _MOST)
        # Without a turn the matrix stays free of rounding: pixels keep their squares.
        turned = Affine.rotation(angle) if angle else Affine()
        self.affine = (
            Affine.translation(room.width() / 2, room.height() / 2)
            @ Affine.scaling(scale)
            @ turned
            @ Affine.translation(-point[0], -point[1])
        )

    def zoom(self, at: QPointF, factor: float) -> None:
        """Zoom so that what lies under ``at`` stays there."""
        factor = min(max(self.scale * factor, _LEAST), _MOST) / self.scale
        x, y = at.x(), at.y()
        self.affine = Affine.translation(x, y) @ Affine.scaling(factor) @ Affine.translation(-x, -y) @ self.affine

    def pan(self, dx: float, dy: float) -> None:
        self.affine = Affine.translation(dx, dy) @ self.affine
