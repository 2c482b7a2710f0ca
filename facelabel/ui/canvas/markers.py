"""How landmarks, lines and boxes look: constant size on the screen, readable on any photo.

What a person decided and what a model proposed differ by shape and fill, not by colour alone: a proposal is a hollow
diamond, a decision a ring with a filled centre. An occluded landmark is dashed. Low confidence is a dotted halo.
Every line has a dark one under it, so that it stands out from light and dark skin alike.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from facelabel.desk.marks import Mark
from facelabel.schemes import Scheme
from facelabel.ui.theme import Theme

_UNDER = QColor(0, 0, 0, 150)
_ROOM = 34.0
"""Screen pixels to the nearest neighbour from which on a name is legible; closer ones show their number."""


@dataclass(frozen=True)
class Look:
    """What of a face is shown and how: ``size`` is the radius of a marker in screen pixels."""

    size: float = 4.0
    edges: bool = True
    names: bool = False


def paint_face(
    painter: QPainter,
    scheme: Scheme,
    marks: Sequence[Mark],
    points: npt.NDArray[np.float64],
    look: Look,
    theme: Theme,
    *,
    doubtful: Collection[int] = (),
    current: int | None = None,
    target: int | None = None,
) -> None:
    """Paint a whole face; ``points`` (L, 2) are widget coordinates, absent = NaN.

    ``current`` is the landmark that keys act on, ``target`` the one that a click would move.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if look.edges:
        _paint_edges(painter, scheme, points, theme)
    for index, mark in enumerate(marks):
        if not mark.present:
            continue
        colour = theme.group_colours[scheme.landmarks[index].group]
        at = QPointF(*points[index])
        if index in doubtful:
            _stroke_circle(painter, at, look.size * 2.1, QPen(colour, 1.2, Qt.PenStyle.DotLine))
        paint_marker(painter, at, mark, colour, look.size)
    if target is not None and target != current and marks[target].present:
        _stroke_circle(painter, QPointF(*points[target]), look.size * 2.2, QPen(QColor(255, 255, 255), 1.4))
    if look.names:
        _paint_names(painter, scheme, points, look, current)
    if current is not None and marks[current].present:
        at = QPointF(*points[current])
        paint_marker(painter, at, marks[current], theme.group_colours[scheme.landmarks[current].group], look.size * 1.4)
        _stroke_circle(painter, at, look.size * 2.6, QPen(QColor(255, 255, 255), 2.0))
        _label(painter, at, scheme.landmarks[current].name, look.size * 3.4, emphasised=True)


def paint_marker(painter: QPainter, at: QPointF, mark: Mark, colour: QColor, size: float) -> None:
    """One landmark at ``at`` (widget coordinates): hollow with a centre dot, so that the pixel below shows."""
    outline = QPainterPath()
    if mark.by_hand:
        outline.addEllipse(at, size, size)
    else:
        reach = size * 1.25
        corners = [at + QPointF(x * reach, y * reach) for x, y in ((0, -1), (1, 0), (0, 1), (-1, 0))]
        outline.moveTo(corners[0])
        for corner in corners[1:]:
            outline.lineTo(corner)
        outline.closeSubpath()
    pen = QPen(colour, 1.6)
    if mark.visibility == "occluded":
        pen.setDashPattern([1.6, 1.4])
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(_UNDER, 3.2))
    painter.drawPath(outline)
    painter.setPen(pen)
    painter.drawPath(outline)
    dot = size * 0.45 if mark.by_hand else 0.9
    painter.setPen(QPen(_UNDER, 0.8))
    painter.setBrush(colour)
    painter.drawEllipse(at, dot, dot)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def paint_box(painter: QPainter, rect: QRectF, colour: QColor, *, strong: bool, handles: bool = False) -> None:
    """A face box: solid and, with ``handles``, ready to be resized; a faint dashed one belongs to another face."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(0, 0, 0, 110), 3.0))
    painter.drawRect(rect)
    pen = QPen(colour, 1.5 if strong else 1.2)
    if not strong:
        pen.setDashPattern([4, 4])
    painter.setPen(pen)
    painter.drawRect(rect)
    if handles:
        painter.setPen(QPen(_UNDER, 1))
        painter.setBrush(colour)
        for x in (rect.left(), rect.center().x(), rect.right()):
            for y in (rect.top(), rect.center().y(), rect.bottom()):
                if QPointF(x, y) != rect.center():
                    painter.drawRect(QRectF(x - 4, y - 4, 8, 8))
        painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_edges(painter: QPainter, scheme: Scheme, points: npt.NDArray[np.float64], theme: Theme) -> None:
    present = ~np.isnan(points).any(axis=1)
    paths: dict[str, QPainterPath] = {}
    for first, second in scheme.edges:
        if present[first] and present[second]:
            path = paths.setdefault(scheme.landmarks[first].group, QPainterPath())
            path.moveTo(QPointF(*points[first]))
            path.lineTo(QPointF(*points[second]))
    for group, path in paths.items():
        colour = QColor(theme.group_colours[group])
        colour.setAlphaF(0.75)
        painter.setPen(QPen(QColor(0, 0, 0, 70), 2.4))
        painter.drawPath(path)
        painter.setPen(QPen(colour, 1.0))
        painter.drawPath(path)


def _paint_names(
    painter: QPainter, scheme: Scheme, points: npt.NDArray[np.float64], look: Look, current: int | None
) -> None:
    """The name of each landmark but the current one, which has its own label."""
    distance = np.hypot(*(points[:, None, :] - points[None, :, :]).transpose(2, 0, 1))
    np.fill_diagonal(distance, np.inf)
    crowded = np.nan_to_num(distance, nan=np.inf).min(axis=1, initial=np.inf) < _ROOM
    for index, (x, y) in enumerate(points):
        if np.isnan(x) or index == current:
            continue
        text = str(index + 1) if crowded[index] else scheme.landmarks[index].name
        _label(painter, QPointF(x, y), text, look.size * 1.8, emphasised=False)


def _label(painter: QPainter, at: QPointF, text: str, offset: float, *, emphasised: bool) -> None:
    font = QFont(painter.font())
    font.setPointSizeF(9.5 if emphasised else 8.0)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    width, height = metrics.horizontalAdvance(text), metrics.height()
    area = painter.viewport()
    x = at.x() + offset
    if x + width + 6 > area.width():
        x = at.x() - offset - width - 6
    rect = QRectF(x, at.y() - height / 2 - 1, width + 6, height + 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 190 if emphasised else 120))
    painter.drawRoundedRect(rect, 3, 3)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QColor(255, 255, 255))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


def _stroke_circle(painter: QPainter, at: QPointF, radius: float, pen: QPen) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(_UNDER, pen.widthF() + 1.4))
    painter.drawEllipse(at, radius, radius)
    painter.setPen(pen)
    painter.drawEllipse(at, radius, radius)
