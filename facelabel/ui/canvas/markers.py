"""How landmarks, lines and boxes look: constant size on the screen, readable on any photo.

What a person decided and what a model proposed differ by shape and fill, not by colour alone: a proposal is a hollow
diamond, a decision a ring with a filled centre. An occluded landmark is broken into four pieces. One in doubt has a
dotted halo, one that nobody is asked about is faint.
Every line has a dark one under it, so that it stands out from light and dark skin alike.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen, QPolygonF

from facelabel.desk.marks import Mark, Visibility
from facelabel.schemes import Scheme
from facelabel.ui.theme import Theme

_UNDER = QColor(0, 0, 0, 150)
_WHOLE = 220.0
"""Screen pixels of a face's side from which on its markers have their size."""
_DONE = {"labelled": "✓", "skipped": "↷"}
_TARGET, _CURRENT, _BESIDE = 2.2, 2.6, 3.4
"""Sizes of a marker: the radius of the ring about the landmark that a click would move, of the one about the current
landmark, and the way to its name."""
_ROOM = 34.0
"""Screen pixels to the nearest neighbour from which on a name is legible; closer ones show their number."""


@dataclass(frozen=True)
class Look:
    """What of a face is shown and how: ``size`` is the radius of a marker in screen pixels."""

    size: float = 4.0
    edges: bool = True
    names: bool = False
    errors: bool = False
    """Beside landmarks in doubt, how far off they are expected to be."""
    magnifier: bool = True
    """Whether what lies under a point is magnified while it moves."""

    def at(self, side: float) -> Look:
        """As a face of ``side`` screen pixels is painted: where it is small, markers would hide it."""
        return replace(self, size=max(1.5, self.size * side / _WHOLE)) if side < _WHOLE else self


def paint_face(
    painter: QPainter,
    scheme: Scheme,
    marks: Sequence[Mark],
    points: npt.NDArray[np.float64],
    look: Look,
    theme: Theme,
    *,
    doubtful: Collection[int] = (),
    faint: Collection[int] = (),
    errors: npt.NDArray[np.float64] | None = None,
    current: int | None = None,
    target: int | None = None,
    areas: Sequence[QRectF] | None = None,
) -> None:
    """Paint a whole face; ``points`` (L, 2) are widget coordinates, absent = NaN.

    ``current`` is the landmark that keys act on, ``target`` the one that a click would move, ``faint`` are those that
    are nobody's business now; ``errors`` (L,) are expected ones in image pixels, where they are known. Nothing outside
    ``areas`` needs to be painted.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if look.edges:
        _paint_edges(painter, scheme, points, theme, areas)
    inks = {name: theme.group_colours[name].rgba() for name in scheme.groups}
    ratio, places = painter.device().devicePixelRatioF(), points.tolist()
    middle = stamp_side(look.size, ratio) / (2 * ratio)
    near = range(len(marks)) if areas is None else _touching(points, points, areas, middle + 1)
    for index in near:
        mark = marks[index]
        if mark.present and index != current:
            ink = inks[scheme.landmarks[index].group]
            stamp = _stamp(mark.visibility, mark.by_hand, index in doubtful, index in faint, ink, look.size, ratio)
            x, y = places[index]
            painter.drawImage(QPointF(x - middle, y - middle), stamp)
    if target is not None and target != current and marks[target].present:
        _stroke_circle(painter, QPointF(*points[target]), look.size * _TARGET, QPen(QColor(255, 255, 255), 1.4))
    if look.names:
        _paint_names(painter, scheme, points, look, current)
    if look.errors and errors is not None:
        for index in doubtful:
            if index != current and marks[index].present:
                at = QPointF(points[index][0], points[index][1] + (12 if look.names else 0))
                _label(painter, at, _error_text(errors[index]), look.size * 2.4, emphasised=False)
    if current is not None and marks[current].present:
        at = QPointF(*points[current])
        colour = theme.group_colours[scheme.landmarks[current].group]
        paint_marker(painter, at, marks[current], colour, look.size * 1.4)
        _stroke_circle(painter, at, look.size * _CURRENT, QPen(QColor(255, 255, 255), 2.0))
        text = scheme.landmarks[current].name
        if look.errors and errors is not None and errors[current] > 0:
            text += f"  {_error_text(errors[current])}"
        _label(painter, at, text, _outward(scheme, points, current) * look.size * _BESIDE, emphasised=True)


def target_area(at: QPointF, look: Look) -> QRectF:
    """What the ring about the landmark that a click would move covers."""
    return _around(at, look.size * _TARGET)


def current_area(
    scheme: Scheme, points: npt.NDArray[np.float64], current: int, look: Look, font: QFont, width: float
) -> QRectF:
    """What the current landmark covers on a canvas of ``width``, its name included; without expected errors."""
    at, text = QPointF(*points[current]), scheme.landmarks[current].name
    offset = _outward(scheme, points, current) * look.size * _BESIDE
    _, area = _label_area(font, width, at, text, offset, emphasised=True)
    return _around(at, look.size * _CURRENT).united(area.adjusted(-2, -2, 2, 2))


def _around(at: QPointF, radius: float) -> QRectF:
    reach = radius + 4
    return QRectF(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach)


def _outward(scheme: Scheme, points: npt.NDArray[np.float64], index: int) -> int:
    """The side of a landmark where its name stands: away from its group."""
    across = points[list(scheme.groups[scheme.landmarks[index].group]), 0]
    return -1 if points[index, 0] < across[~np.isnan(across)].mean() else 1


def _touching(
    low: npt.NDArray[np.float64], high: npt.NDArray[np.float64], areas: Sequence[QRectF], reach: float
) -> list[int]:
    """The rectangles, (N, 2) corners, that come within ``reach`` of any of ``areas``; those without a place never."""
    near = np.zeros(len(low), dtype=np.bool_)
    for area in areas:
        across = (high[:, 0] >= area.left() - reach) & (low[:, 0] <= area.right() + reach)
        near |= across & (high[:, 1] >= area.top() - reach) & (low[:, 1] <= area.bottom() + reach)
    rows: list[int] = np.flatnonzero(near).tolist()
    return rows


def stamp_side(size: float, ratio: float) -> int:
    """Physical pixels of the side of a marker of ``size`` with all that belongs to it."""
    return round((2 * (int(size * 2.1) + 3) + 1) * ratio)


def _error_text(pixels: float) -> str:
    return f"≈ {pixels:.1f} px" if pixels < 10 else f"≈ {pixels:.0f} px"


@lru_cache(maxsize=512)
def _stamp(
    visibility: Visibility, by_hand: bool, doubtful: bool, faint: bool, colour: int, size: float, ratio: float
) -> QImage:
    """A marker painted once, in the middle of an image: a face of 98 repaints in a few milliseconds under a drag.

    It lands on whole screen pixels; the current landmark is painted stroke by stroke, so that a tenth of a pixel shows.
    """
    pixels = stamp_side(size, ratio)
    side = pixels / ratio
    image = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter, at, ink = QPainter(image), QPointF(side / 2, side / 2), QColor.fromRgba(colour)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(0.4 if faint else 1.0)
    if doubtful and not faint:
        _stroke_circle(painter, at, size * 2.1, QPen(ink, 1.2, Qt.PenStyle.DotLine))
    paint_marker(painter, at, Mark(0, 0, visibility, "moved" if by_hand else "accepted"), ink, size)
    painter.end()
    return image


def paint_marker(painter: QPainter, at: QPointF, mark: Mark, colour: QColor, size: float) -> None:
    """One landmark at ``at`` (widget coordinates): hollow with a centre dot, so that the pixel below shows.

    An occluded one is four pieces of a slightly larger outline; only a decision keeps its dot then.
    """
    hidden = mark.visibility == "occluded"
    size *= 1.2 if hidden else 1.0
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
    quarter = outline.length() / 4
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ink, width in ((_UNDER, 3.2), (colour, 1.6)):
        pen = QPen(ink, width)
        if hidden:
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            # They lie about the corners of a diamond, and between the quarters of a ring.
            pen.setDashPattern([0.55 * quarter / width, 0.45 * quarter / width])
            pen.setDashOffset((0.775 if mark.by_hand else 0.275) * quarter / width)
        painter.setPen(pen)
        painter.drawPath(outline)
    if hidden and not mark.by_hand:
        return
    dot = size * 0.45 if mark.by_hand else 0.9
    painter.setPen(QPen(_UNDER, 0.8))
    painter.setBrush(colour)
    painter.drawEllipse(at, dot, dot)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def paint_box(painter: QPainter, corners: QPolygonF, colour: QColor, *, strong: bool, handles: bool = False) -> None:
    """A face box by its four corners: solid and, with ``handles``, ready to be resized; a faint dashed one belongs to
    another face."""
    outline = QPolygonF(corners.toList()[:4])
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(0, 0, 0, 110 * colour.alpha() // 255), 3.0))
    painter.drawPolygon(outline)
    pen = QPen(colour, 1.5 if strong else 1.2)
    if not strong:
        pen.setDashPattern([4, 4])
    painter.setPen(pen)
    painter.drawPolygon(outline)
    if handles:
        painter.setPen(QPen(_UNDER, 1))
        painter.setBrush(colour)
        ends = outline.toList()
        for first, second in zip(ends, [*ends[1:], ends[0]], strict=True):
            for at in (first, (first + second) / 2):
                painter.drawRect(QRectF(at.x() - 4, at.y() - 4, 8, 8))
        painter.setBrush(Qt.BrushStyle.NoBrush)


def paint_other(painter: QPainter, corners: QPolygonF, state: str) -> None:
    """The box of another face of the photo, with a sign where it is labelled or skipped already."""
    paint_box(painter, corners, QColor(255, 255, 255, 190), strong=False)
    if (sign := _DONE.get(state)) is not None:
        plate = QRectF(0, 0, 16, 16)
        plate.moveTopLeft(corners.first() + QPointF(-1, -1))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(16, 18, 22, 205))
        painter.drawRoundedRect(plate, 3, 3)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QColor(255, 255, 255))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, sign)


def _paint_edges(
    painter: QPainter,
    scheme: Scheme,
    points: npt.NDArray[np.float64],
    theme: Theme,
    areas: Sequence[QRectF] | None,
) -> None:
    ends = points[np.array(scheme.edges, dtype=np.intp).reshape(-1, 2)]  # (E, 2, 2)
    chosen = np.flatnonzero(~np.isnan(ends).any(axis=(1, 2))).tolist()
    if areas is not None:
        chosen = _touching(ends.min(axis=1), ends.max(axis=1), areas, 3.0)
    lines: dict[str, list[QLineF]] = {}
    for edge, (start, end) in zip(chosen, ends[chosen].tolist(), strict=True):
        group = scheme.landmarks[scheme.edges[edge][0]].group
        lines.setdefault(group, []).append(QLineF(*start, *end))
    for group, some in lines.items():
        colour = QColor(theme.group_colours[group])
        colour.setAlphaF(0.75)
        painter.setPen(QPen(QColor(0, 0, 0, 70), 2.4))
        painter.drawLines(some)
        painter.setPen(QPen(colour, 1.0))
        painter.drawLines(some)


def _paint_names(
    painter: QPainter, scheme: Scheme, points: npt.NDArray[np.float64], look: Look, current: int | None
) -> None:
    """The name of each landmark but the current one, which has its own label; its number where names would lie on one
    another."""
    across, down = (points[:, None, :] - points[None, :, :]).transpose(2, 0, 1)
    distance: npt.NDArray[np.float64] = np.hypot(across, down)
    np.fill_diagonal(distance, np.inf)
    nearest = np.nan_to_num(distance, nan=np.inf).min(axis=1, initial=np.inf)
    shown = [i for i, (x, _) in enumerate(points) if not np.isnan(x) and i != current]
    places, offset = {i: QPointF(*points[i]) for i in shown}, look.size * 1.8
    taken = {i: _plate(painter, places[i], str(i + 1), offset, emphasised=False) for i in shown}
    for index in shown:
        text = scheme.landmarks[index].name
        plate = _plate(painter, places[index], text, offset, emphasised=False)
        if nearest[index] < _ROOM or any(plate.intersects(taken[i]) for i in shown if i != index):
            text = str(index + 1)
        else:
            taken[index] = plate
        _label(painter, places[index], text, offset, emphasised=False)


def _label_area(
    font: QFont, room: float, at: QPointF, text: str, offset: float, *, emphasised: bool
) -> tuple[QFont, QRectF]:
    """The font of a label, and where it stands on a canvas that is ``room`` wide: beside its point, on the other side
    where there is no room."""
    font = QFont(font)
    font.setPointSizeF(9.5 if emphasised else 8.0)
    width, height = _measured(text, font.key())
    left, right = at.x() - abs(offset) - width - 6, at.x() + abs(offset)
    fits = (left >= 0, right + width + 6 <= room)
    x = left if (offset < 0 and fits[0]) or not fits[1] else right
    return font, QRectF(x, at.y() - height / 2 - 1, width + 6, height + 2)


@lru_cache(maxsize=512)
def _measured(text: str, key: str) -> tuple[float, float]:
    """Width and height of a text in the font of this ``QFont.key``."""
    font = QFont()
    font.fromString(key)
    metrics = QFontMetricsF(font)
    return metrics.horizontalAdvance(text), metrics.height()


def _plate(painter: QPainter, at: QPointF, text: str, offset: float, *, emphasised: bool) -> QRectF:
    """Where the label of a landmark stands. Sets the font."""
    room = painter.viewport().width()
    font, plate = _label_area(painter.font(), room, at, text, offset, emphasised=emphasised)
    painter.setFont(font)
    return plate


def _label(painter: QPainter, at: QPointF, text: str, offset: float, *, emphasised: bool) -> None:
    rect = _plate(painter, at, text, offset, emphasised=emphasised)
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
