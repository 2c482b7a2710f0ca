"""Two drawings of a scheme: the whole face as a small map, and a part of it close up, with one landmark lit."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from facelabel.desk import contour, picking
from facelabel.schemes import Scheme
from facelabel.ui import theme

_REACH = 30
"""Screen pixels within which a click means a landmark."""
_NUMBERED = 14
"""Landmarks close up to which each is numbered; more would stand on each other."""
_NEAR = 0.24
"""How far from a landmark of a long group its neighbours are shown close up, in sizes of the face."""
_KEPT = 40
"""Grounds that are kept at most: one takes a tenth of a megabyte, and the time of a frame to paint."""


class SchemeDrawing(QWidget):
    """The scheme's template, upright and in its own proportions; a click chooses the nearest landmark."""

    chosen = Signal(int)
    margin = 12

    def __init__(self, scheme: Scheme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scheme = scheme
        self._current: int | None = None
        self._shape: npt.NDArray[np.float64] = scheme.template_shape * [scheme.template_aspect, 1.0]
        self._curves = [(one, contour.curve(one, self._shape)) for one in contour.contours(scheme)]
        self._size = float(np.ptp(self._shape, axis=0).max())
        self._grounds: dict[object, QPixmap] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(156)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_current(self, landmark: int | None) -> None:
        self._current = landmark
        self.update()

    def points(self) -> npt.NDArray[np.float64]:
        """(L, 2) widget coordinates of the template."""
        return self._placed(self._shape)

    def _region(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Middle and extent of what is shown, in the template's frame."""
        return (self._shape.max(axis=0) + self._shape.min(axis=0)) / 2, np.ptp(self._shape, axis=0)

    def _placed(self, shape: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        middle, extent = self._region()
        room = np.array([self.width(), self.height()], dtype=np.float64) - 2 * self.margin
        scale = float((room / np.maximum(extent, 1e-9)).min())
        placed: npt.NDArray[np.float64] = (shape - middle) * scale + [self.width() / 2, self.height() / 2]
        return placed

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        index = picking.nearest(self.points(), (at.x(), at.y()), _REACH)
        if index is not None:
            self.chosen.emit(index)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours, ratio = theme.current(), self.devicePixelRatioF()
        key = (self.width(), self.height(), ratio, colours.dark, self._basis())
        ground = self._grounds.pop(key, None)
        if ground is None:
            ground = QPixmap(self.size() * ratio)
            ground.setDevicePixelRatio(ratio)
            ground.fill(Qt.GlobalColor.transparent)
            brush = QPainter(ground)
            brush.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_ground(brush, colours)
            brush.end()
            if len(self._grounds) >= _KEPT:
                del self._grounds[next(iter(self._grounds))]
        self._grounds[key] = ground
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPixmap(QPointF(0, 0), ground)
        if self._current is not None:
            self._paint_current(painter, self._current, QPointF(*self.points()[self._current]))
        painter.end()

    def _basis(self) -> object:
        """What the ground depends on besides size and theme."""
        return None

    def _paint_ground(self, painter: QPainter, colours: theme.Theme) -> None:
        # Dark in both themes: the colours of the groups are made to stand out from photos.
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#23272f") if colours.dark else QColor("#3a404b"))
        painter.drawRoundedRect(self.rect(), 8, 8)
        clip = QPainterPath()
        clip.addRoundedRect(QRectF(self.rect()), 8, 8)
        painter.setClipPath(clip)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        points = self.points()
        curved: set[int] = set()
        for one, line in self._curves:
            curved.update(one.indices)
            painter.setPen(QPen(QColor(255, 255, 255, self._strength(one.group)), 1.3))
            painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in self._placed(line).tolist()]))
        painter.setPen(QPen(QColor(255, 255, 255, 60), 1))
        for first, second in self._scheme.edges:
            if not {first, second} <= curved:
                painter.drawLine(QLineF(QPointF(*points[first]), QPointF(*points[second])))
        painter.setPen(Qt.PenStyle.NoPen)
        for index, landmark in enumerate(self._scheme.landmarks):
            painter.setBrush(colours.group_colours[landmark.group])
            painter.drawEllipse(QPointF(*points[index]), 2.3, 2.3)

    def _strength(self, group: str) -> int:
        return 70

    def _paint_current(self, painter: QPainter, current: int, at: QPointF) -> None:
        painter.setBrush(theme.current().group_colours[self._scheme.landmarks[current].group])
        painter.setPen(QPen(QColor(255, 255, 255), 2))
        painter.drawEllipse(at, 6, 6)


class FaceMap(SchemeDrawing):
    """The whole face."""

    def __init__(self, scheme: Scheme, parent: QWidget | None = None) -> None:
        super().__init__(scheme, parent)
        self.setAccessibleName(self.tr("Map of the scheme {}").format(scheme.title))

    def sizeHint(self) -> QSize:
        return QSize(190, 156)


class CloseUp(SchemeDrawing):
    """The part of the face that the current landmark belongs to, its landmarks numbered: where exactly to click."""

    margin = 22  # room for the numbers

    def __init__(self, scheme: Scheme, parent: QWidget | None = None) -> None:
        super().__init__(scheme, parent)
        self.setAccessibleName(self.tr("Where the landmark lies"))

    def sizeHint(self) -> QSize:
        return QSize(140, 156)

    def _members(self) -> tuple[int, ...]:
        """The landmark's group; of a long one, such as the jaw, the landmarks about it."""
        if self._current is None:
            return tuple(range(self._scheme.size))
        group = self._scheme.groups[self._scheme.landmarks[self._current].group]
        away = np.abs(self._shape[list(group)] - self._shape[self._current]).max(axis=1)
        if float(np.ptp(self._shape[list(group)], axis=0).max()) <= 2 * _NEAR * self._size:
            return group
        return tuple(i for i, distance in zip(group, away, strict=True) if distance <= _NEAR * self._size)

    def _basis(self) -> object:
        return self._current

    def _region(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        shape = self._shape[list(self._members())]
        extent = np.maximum(np.ptp(shape, axis=0), 0.18 * self._size)
        return (shape.max(axis=0) + shape.min(axis=0)) / 2, extent

    def _strength(self, group: str) -> int:
        return 190 if self._current is not None and self._scheme.landmarks[self._current].group == group else 60

    def _paint_ground(self, painter: QPainter, colours: theme.Theme) -> None:
        super()._paint_ground(painter, colours)
        members = self._members()
        if self._current is None or len(members) > _NUMBERED:
            return
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.8)
        painter.setFont(font)
        painter.setPen(QColor(255, 255, 255, 210))
        points = self.points()
        middle = points[list(members)].mean(axis=0)
        for index in members:
            away = points[index] - middle
            beside = 15 if index == self._current else 11
            x, y = points[index] + beside * away / max(float(np.hypot(*away)), 1e-9)
            painter.drawText(QRectF(x - 12, y - 8, 24, 16), Qt.AlignmentFlag.AlignCenter, str(index + 1))

    def _paint_current(self, painter: QPainter, current: int, at: QPointF) -> None:
        painter.setPen(QPen(QColor(255, 255, 255, 120), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(at.x(), 6), QPointF(at.x(), self.height() - 6))
        painter.drawLine(QPointF(6, at.y()), QPointF(self.width() - 6, at.y()))
        super()._paint_current(painter, current, at)
