"""Words on the canvas: what to do when there is no face, and what a click does in a special mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from facelabel.desk.actions import BY_ID
from facelabel.ui.i18n.said import said

if TYPE_CHECKING:
    from facelabel.ui.canvas.widget import Canvas


def of_mode(canvas: Canvas) -> str:
    """What a click does now, where that is not the usual thing, and the key that leads back."""
    text, key = _does(canvas), canvas.keys.first(BY_ID["cancel"])
    return f"{text} {canvas.tr('{} leaves.').format(key)}" if text and key else text


def _does(canvas: Canvas) -> str:
    if canvas.session is None:
        return ""
    if canvas.box_mode:
        return canvas.tr("Boxes: drag a corner or side, or draw a new face.")
    if canvas.place_mode and canvas.current is not None:
        name = canvas.session.scheme.landmarks[canvas.current].name
        order = canvas.focus.order(canvas.session.scheme.size)
        n = order.index(canvas.current) + 1 if canvas.current in order else 1
        text = canvas.tr("Place {name} ({n} of {of}).")
        return text.format(name=name, n=n, of=len(order))
    if canvas.mode == "contour" and (chosen := canvas.contours.chosen) is not None:
        text = canvas.tr("Curves: draw along {group}, or pull a line.")
        return text.format(group=named(chosen.group))
    return ""


def named(group: str) -> str:
    """A landmark group as people read it."""
    return said(group.replace("-", " "))


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
