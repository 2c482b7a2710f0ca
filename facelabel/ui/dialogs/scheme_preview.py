"""The neutral face of a scheme, drawn small."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from facelabel.schemes import Scheme
from facelabel.ui import theme
from facelabel.ui.i18n.said import said

MARGIN = 22
DOT = 3.0


class SchemePreview(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scheme: Scheme | None = None
        self.setMinimumSize(220, 220)

    def sizeHint(self) -> QSize:
        return QSize(260, 280)

    def show_scheme(self, scheme: Scheme | None) -> None:
        self._scheme = scheme
        self.setAccessibleName(
            ""
            if scheme is None
            else self.tr("The {} landmark(s) of {}", "", scheme.size).format(scheme.size, said(scheme.title))
        )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.DARK.canvas)
        painter.drawRoundedRect(self.rect(), 8, 8)
        if self._scheme is not None:
            self._paint(painter, self._scheme, colours)
        painter.end()

    def _paint(self, painter: QPainter, scheme: Scheme, colours: theme.Theme) -> None:
        shape = scheme.template_shape
        low, span = shape.min(axis=0), shape.max(axis=0) - shape.min(axis=0)
        scale = min((self.width() - 2 * MARGIN) / max(span[0], 1e-6), (self.height() - 2 * MARGIN) / max(span[1], 1e-6))
        offset = (QPointF(self.width(), self.height()) - QPointF(*(span * scale))) / 2
        places = [offset + QPointF(*((point - low) * scale)) for point in shape]
        group = [landmark.group for landmark in scheme.landmarks]
        for a, b in scheme.edges:
            line = theme.blend(colours.group_colours[group[a]], theme.DARK.canvas, 0.5)
            painter.setPen(QPen(line, 1.5))
            painter.drawLine(places[a], places[b])
        painter.setPen(Qt.PenStyle.NoPen)
        for place, name in zip(places, group, strict=True):
            painter.setBrush(colours.group_colours[name])
            painter.drawEllipse(place, DOT, DOT)
