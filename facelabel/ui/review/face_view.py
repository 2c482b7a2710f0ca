"""A face large, with several shapes over it that are told apart by marker, line and colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QWidget

from facelabel.geometry import Affine, Box
from facelabel.schemes import Scheme
from facelabel.ui.canvas.surface import Surface
from facelabel.ui.review.plates import placed

LayerName = Literal["label", "model", "second"]
Marker = Literal["ring", "diamond", "square"]
SHARE = 0.8
"""Of the view's height that the face's box fills."""
_UNDER = QColor(0, 0, 0, 170)
_SIZE = 3.6
_HALO = 10.0
_NAMED = 3
"""Marked landmarks that are named; the others are where the cursor is."""
_NEAR = 12.0
"""Pixels from the cursor within which a landmark tells its name."""


@dataclass(frozen=True)
class Style:
    """How a layer is drawn. Colours after Okabe and Ito; on photos, so the same in both themes."""

    colour: QColor
    marker: Marker
    line: Qt.PenStyle


STYLES: dict[LayerName, Style] = {
    "label": Style(QColor("#f0e442"), "ring", Qt.PenStyle.SolidLine),
    "model": Style(QColor("#56b4e9"), "diamond", Qt.PenStyle.DashLine),
    "second": Style(QColor("#ff9ad5"), "square", Qt.PenStyle.DotLine),
}


class FaceView(Surface):
    """Reads nothing and edits nothing: wheel zooms, drag pans."""

    def __init__(self, scheme: Scheme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scheme = scheme
        self._layers: dict[LayerName, npt.NDArray[np.float64]] = {}
        self._shown: tuple[LayerName, ...] = ("label",)
        self._marked: tuple[int, ...] = ()
        self._under: int | None = None
        self._gaps: LayerName | None = None
        self._pan: QPointF | None = None
        self._box = Box(0, 0, 1, 1)
        self.hidden = False
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumSize(200, 200)

    moved = Signal()
    """The person panned or zoomed."""

    def show_face(self, size: tuple[int, int], box: Box, layers: dict[LayerName, npt.NDArray[np.float64]]) -> None:
        """Shapes (L, 2), image pixels, absent = NaN; the photo follows by ``set_picture``."""
        self.size_of_image, self._box, self._layers = size, box, layers
        self._marked, self._pan, self._under = (), None, None
        self.set_picture(None)
        self.set_stand_in(None)
        self.fit_face()

    def clear(self, message: str) -> None:
        self.size_of_image, self._layers, self._marked, self._under = (0, 0), {}, (), None
        self.set_stand_in(None)
        self.set_picture(None, message)

    def fit_face(self) -> None:
        """The box and every point of the label, so that one that lies far outside is seen."""
        label = self._layers.get("label")
        box = self._box
        if label is not None and not np.isnan(label).all():
            low = np.minimum(np.nanmin(label, axis=0), (box.left, box.top))
            high = np.maximum(np.nanmax(label, axis=0), (box.right, box.bottom))
            box = Box(float(low[0]), float(low[1]), *(float(side) for side in high - low))
        self.fit(box, SHARE)

    def follow(self, other: FaceView) -> None:
        """Look where another view of the same size looks."""
        self.view.affine = Affine(*(getattr(other.view.affine, name) for name in "abcdef"))
        self._refit = None
        self.update()

    def show_layers(self, shown: Sequence[LayerName]) -> None:
        self._shown = tuple(shown)
        self.update()

    def mark(self, landmarks: Sequence[int]) -> None:
        """Ring these landmarks of the label, and name the first of them."""
        self._marked = tuple(landmarks)
        self.update()

    def show_gaps(self, to: LayerName | None) -> None:
        """Lines from the label's points to those of another layer."""
        self._gaps = to
        self.update()

    @property
    def layers(self) -> dict[LayerName, npt.NDArray[np.float64]]:
        """What could be shown, and by ``shown`` what is."""
        return dict(self._layers)

    @property
    def shown(self) -> tuple[LayerName, ...]:
        return tuple(name for name in self._shown if name in self._layers)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.touched.emit()
        self._pan = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.touched.emit()
        if self._pan is not None:
            at = event.position()
            self.pan(at.x() - self._pan.x(), at.y() - self._pan.y())
            self._pan = at
            self.moved.emit()
        else:
            self._point_at(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pan = None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_ground(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.hidden:
            points = {name: self.view.affine.apply(self._layers[name]) for name in self.shown}
            # The label last, on top of the others.
            for name in sorted(points, key=lambda one: one == "label"):
                self._paint_shape(painter, points[name], STYLES[name])
            if self._gaps in points and "label" in points:
                self._paint_gaps(painter, points["label"], points[self._gaps])
            if (at := self._named_points(points)) is not None:
                self._paint_names(painter, at)
        if self.message:
            self._paint_message(painter)
        painter.end()

    def _paint_shape(self, painter: QPainter, points: npt.NDArray[np.float64], style: Style) -> None:
        there = ~np.isnan(points[:, 0])
        lines = [
            QLineF(QPointF(*points[a]), QPointF(*points[b])) for a, b in self._scheme.edges if there[a] and there[b]
        ]
        ink = QColor(style.colour)
        ink.setAlphaF(0.75)
        for pen in (QPen(_UNDER, 2.4, style.line), QPen(ink, 1.1, style.line)):
            painter.setPen(pen)
            painter.drawLines(lines)
        for at in points[there]:
            draw_marker(painter, QPointF(*at), style)

    @staticmethod
    def _paint_gaps(painter: QPainter, one: npt.NDArray[np.float64], other: npt.NDArray[np.float64]) -> None:
        for a, b in zip(one, other, strict=True):
            if not np.isnan(a[0] + b[0]):
                line = QLineF(QPointF(*a), QPointF(*b))
                for pen in (QPen(_UNDER, 3.6), QPen(QColor("#ffffff"), 1.6)):
                    painter.setPen(pen)
                    painter.drawLine(line)

    @staticmethod
    def _named_points(points: dict[LayerName, npt.NDArray[np.float64]]) -> npt.NDArray[np.float64] | None:
        """Of the shapes that are shown, the one whose landmarks are marked and named."""
        return points.get("label", next(iter(points.values()), None))

    def _point_at(self, cursor: QPointF | None) -> None:
        """The landmark below the cursor tells its name."""
        under = None
        shown = {name: self._layers[name] for name in self.shown}
        if cursor is not None and not self.hidden and (shape := self._named_points(shown)) is not None:
            away = np.hypot(*(self.view.affine.apply(shape) - (cursor.x(), cursor.y())).T)
            if not np.isnan(away).all() and np.nanmin(away) <= _NEAR:
                under = int(np.nanargmin(away))
        if under != self._under:
            self._under = under
            self.update()

    def named(self) -> list[tuple[int, QRectF]]:
        """The landmarks whose names are written, and where: of those that are marked the first, as far as there is room
        beside each other, and the one below the cursor."""
        points = self._named_points({name: self.view.affine.apply(self._layers[name]) for name in self.shown})
        if points is None or self.hidden:
            return []
        wanted = [index for index in self._marked if not np.isnan(points[index, 0])][:_NAMED]
        if self._under is not None:
            wanted = [self._under, *(index for index in wanted if index != self._under)]
        metrics = QFontMetricsF(self._small())
        names = [self._scheme.landmarks[index].name for index in wanted]
        sizes = [QSizeF(metrics.horizontalAdvance(name) + 8, metrics.height() + 2) for name in names]
        area = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        plates = placed([QPointF(*points[index]) for index in wanted], sizes, area, _HALO)
        return [(index, plate) for index, plate in zip(wanted, plates, strict=True) if plate is not None]

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(9)
        return font

    def _paint_names(self, painter: QPainter, points: npt.NDArray[np.float64]) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for index in self._marked:
            if not np.isnan(points[index, 0]):
                for pen in (QPen(_UNDER, 3.4), QPen(QColor("#ff6b5e"), 1.8)):
                    painter.setPen(pen)
                    painter.drawEllipse(QPointF(*points[index]), _HALO, _HALO)
        painter.setFont(self._small())
        for index, plate in self.named():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(0, 0, 0, 190))
            painter.drawRoundedRect(plate, 3, 3)
            painter.setPen(QColor("#ffffff"))
            painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, self._scheme.landmarks[index].name)

    def _paint_message(self, painter: QPainter) -> None:
        area = QRectF(self.rect()).adjusted(24, 24, -24, -24)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        words = painter.boundingRect(area, flags, self.message).adjusted(-12, -8, 12, 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 190))
        painter.drawRoundedRect(words, 6, 6)
        painter.setPen(QColor("#ffffff"))
        painter.drawText(area, flags, self.message)


def draw_marker(painter: QPainter, at: QPointF, style: Style, size: float = _SIZE) -> None:
    """Hollow, with a dark line under it: the pixel below shows, and it stands out from any skin."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (QPen(_UNDER, 3.0), QPen(style.colour, 1.5)):
        painter.setPen(pen)
        if style.marker == "ring":
            painter.drawEllipse(at, size, size)
        elif style.marker == "square":
            painter.drawRect(QRectF(at.x() - size, at.y() - size, 2 * size, 2 * size))
        else:
            reach = size * 1.3
            corners = ((0, -reach), (reach, 0), (0, reach), (-reach, 0))
            painter.drawPolygon(QPolygonF([at + QPointF(x, y) for x, y in corners]))


def swatch(name: LayerName, ratio: float = 1.0) -> QPixmap:
    """The marker of a layer on a dark ground, as a legend."""
    side = 18
    made = QPixmap(round(side * ratio), round(side * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#3a3f47"))
    painter.drawRoundedRect(QRectF(0, 0, side, side), 4, 4)
    style = STYLES[name]
    painter.setPen(QPen(style.colour, 1.2, style.line))
    painter.drawLine(QPointF(1, side / 2), QPointF(side - 1, side / 2))
    draw_marker(painter, QPointF(side / 2, side / 2), style, 4.0)
    painter.end()
    return made
