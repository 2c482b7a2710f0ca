"""The magnifier: what lies under a landmark while it is dragged, in the corner away from the cursor."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from facelabel.ui.canvas.surface import Surface
from facelabel.ui.canvas.view import View

SIDE = 300.0
_MARGIN = 12.0
_LARGER, _LEAST, MOST = 3.0, 4.0, 12.0
"""Times as large as on the canvas; screen pixels an image pixel at least, and at most: beyond there is no more to see,
and a canvas that shows as much needs no magnifier."""


def corner(cursor: QPointF, room: QSizeF) -> QRectF:
    """The square in the corner of ``room`` that lies farthest from the cursor; smaller where the room is small."""
    side = min(SIDE, room.width() / 2.5, room.height() / 2.5)
    left, right = _MARGIN, room.width() - _MARGIN - side
    top, bottom = _MARGIN, room.height() - _MARGIN - side
    x = left if cursor.x() > room.width() / 2 else right
    y = top if cursor.y() > room.height() / 2 else bottom
    return QRectF(x, y, side, side)


def paint(painter: QPainter, cursor: QPointF, ground: Surface, point: tuple[float, float], colour: QColor) -> None:
    """What ``ground`` shows about an image ``point``, three times as large and away from the cursor, with a cross-hair
    that leaves the point itself open."""
    area, frame = corner(cursor, QSizeF(ground.size())), QPainterPath()
    frame.addRoundedRect(area, 8, 8)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(frame, QColor(20, 20, 20))
    view = View()
    view.centre_on(point, area.size(), min(MOST, max(_LEAST, _LARGER * ground.view.scale)), ground.view.angle)
    view.pan(area.left(), area.top())
    ground.paint_picture(painter, view, area)
    centre = area.center()
    gap, reach = 7.0, area.width() / 2 - 6
    arms = QPainterPath()
    for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        arms.moveTo(centre + QPointF(dx * gap, dy * gap))
        arms.lineTo(centre + QPointF(dx * reach, dy * reach))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (QPen(QColor(0, 0, 0, 150), 3), QPen(colour, 1.2)):
        painter.setPen(pen)
        painter.drawPath(arms)
    painter.setPen(QPen(QColor(0, 0, 0, 180), 0.8))
    painter.setBrush(colour)
    painter.drawEllipse(centre, 1.6, 1.6)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(255, 255, 255, 200), 1.5))
    painter.drawPath(frame)
    painter.restore()
