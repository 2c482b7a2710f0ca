"""Painting the thumbnail of a face in a list: rounded, framed, dimmed when the face is done."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPixmap, QPixmapCache

from facelabel.ui import theme

SIDE = 52
"""Pixels of a thumbnail in a list."""
_CORNER = 6


def paint_face(painter: QPainter, rect: QRectF, pixmap: QPixmap | None, *, dim: bool = False) -> None:
    """The thumbnail in ``rect``, SIDE wide and high; an empty frame while there is none."""
    colours = theme.current()
    frame = QPainterPath()
    frame.addRoundedRect(rect, _CORNER, _CORNER)
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.panel)
    painter.drawPath(frame)
    if pixmap is not None:
        painter.setOpacity(0.5 if dim else 1.0)
        painter.drawPixmap(rect.topLeft(), _rounded(pixmap, painter.device().devicePixelRatioF()))
    painter.restore()
    painter.setPen(QColor(colours.line))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(frame)


def _rounded(pixmap: QPixmap, ratio: float) -> QPixmap:
    """The thumbnail at the size of the list, with its corners cut: made once, for scrolling paints every row anew."""
    key = f"facelabel-face-{pixmap.cacheKey()}-{ratio}"
    known = QPixmap()
    if QPixmapCache.find(key, known):
        return known
    side = round(SIDE * ratio)
    small = pixmap.scaled(side, side, mode=Qt.TransformationMode.SmoothTransformation)
    small.setDevicePixelRatio(ratio)
    cut = QPixmap(side, side)
    cut.setDevicePixelRatio(ratio)
    cut.fill(Qt.GlobalColor.transparent)
    corners = QPainterPath()
    corners.addRoundedRect(QRectF(0, 0, SIDE, SIDE), _CORNER, _CORNER)
    brush = QPainter(cut)
    brush.setRenderHint(QPainter.RenderHint.Antialiasing)
    brush.setClipPath(corners)
    brush.drawPixmap(QPointF(0, 0), small)
    brush.end()
    QPixmapCache.insert(key, cut)
    return cut
