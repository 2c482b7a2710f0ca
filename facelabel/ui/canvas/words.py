"""Words on the canvas: what to do when there is no face, and what a click does in a special mode."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter


def paint(painter: QPainter, area: QRectF, message: str, mode: str, *, empty: bool) -> None:
    """``message`` in the middle (or, over a face, at the foot) and ``mode`` at the top of ``area``."""
    if message:
        _plate(painter, area, message, 0.5 if empty else 0.92, 11.5 if empty else 10.0)
    if mode:
        _plate(painter, area, mode, 0.0, 10.0)


def _plate(painter: QPainter, area: QRectF, text: str, height: float, points: float) -> None:
    """White words on a dark plate, readable on any photo; ``height`` from 0 (top) to 1 (foot of the area)."""
    font = QFont(painter.font())
    font.setPointSizeF(points)
    painter.setFont(font)
    room = area.adjusted(24, 12, -24, -12)
    words = QFontMetricsF(font).boundingRect(room.adjusted(0, 0, -28, 0), Qt.TextFlag.TextWordWrap, text)
    plate = QRectF(0, 0, words.width() + 28, words.height() + 14)
    plate.moveCenter(room.center())
    plate.moveTop(room.top() + (room.height() - plate.height()) * height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(16, 18, 22, 205))
    painter.drawRoundedRect(plate, 7, 7)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QColor(255, 255, 255))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text)
