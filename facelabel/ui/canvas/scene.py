"""What a canvas shows of its face, painted anew only where it differs from what was painted last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QRegion

from facelabel.desk.marks import Mark
from facelabel.schemes import Scheme
from facelabel.ui import theme
from facelabel.ui.canvas import magnifier, markers, words

if TYPE_CHECKING:
    from facelabel.ui.canvas.widget import Canvas

_MANY = 10
"""Landmarks from which on their surroundings are painted as one: a region of many parts costs more than it saves."""
_PARTS = 24
"""Rectangles of a region up to which each is looked at."""
_AT_REST, _MOVING = 0.02, 0.2
"""Screen pixels by which a line may lie beside its place: at rest, and while landmarks follow one that is dragged."""
_Spots = dict[str, tuple[object, QRectF]]


@dataclass(frozen=True)
class _Shown:
    """``whole`` is all that touches the whole canvas; ``points`` (L, 2), widget coordinates, ``marks`` and ``told``
    (``Focus.told``) say where and how each landmark stands; ``spots`` are what there is besides, by name: what it is
    and what it covers."""

    whole: object
    points: npt.NDArray[np.float64]
    marks: tuple[Mark, ...]
    told: dict[str, Any]
    spots: _Spots

    def differs(self, other: _Shown) -> list[int]:
        """The landmarks that look otherwise, wherever they stand."""
        pairs = enumerate(zip(self.marks, other.marks, strict=True))
        looks = {i for i, (a, b) in pairs if a is not b and (a.visibility, a.by_hand) != (b.visibility, b.by_hand)}
        looks.update(*(set(self.told[name]) ^ set(other.told[name]) for name in ("doubtful", "faint")))
        return list(looks)


class Scene:
    """Of a canvas. A change of its face is painted where the face changed; of anything else, everywhere."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._painted: _Shown | None = None
        self._links: tuple[Scheme | None, list[list[int]]] = (None, [])

    def refresh(self) -> None:
        """Ask for a repaint of what differs from what was painted last."""
        self._ask(self._stale(self._look()))

    def paint(self, painter: QPainter, region: QRegion) -> None:
        """Paint what lies in ``region``, to which ``painter`` is clipped."""
        shown = self._look()
        stale, painted = self._stale(shown), self._painted
        if stale is not None and painted is not None:
            # What was not worth a repaint stays where it was painted: else it might creep.
            kept = ~self._moved(painted, shown)[:, None]
            shown = replace(shown, points=np.where(kept, painted.points, shown.points))
        self._painted = shown
        rects: Iterable[QRect] = region if region.rectCount() <= _PARTS else [region.boundingRect()]  # type: ignore[assignment]
        parts = [QRectF(rect) for rect in rects]
        self._paint(painter, shown.told, None if parts[0].contains(QRectF(self._canvas.rect())) else parts)
        # Whoever changed something without saying so sees it a moment later.
        self._ask(QRegion() if stale is None else stale.subtracted(region))

    def _ask(self, stale: QRegion | None) -> None:
        if stale is None:
            self._canvas.update()
        elif not stale.isEmpty():
            self._canvas.update(stale)

    # What there is to see

    def _look(self) -> _Shown:
        canvas, session = self._canvas, self._canvas.session
        look, spots = canvas.look.at(canvas.side()), _Spots()
        told = {} if session is None else canvas.focus.told(session, canvas.look)
        if session is None or not canvas.plain or look.names or told["errors"] is not None:
            return _Shown(object(), np.empty((0, 2)), (), told, spots)
        marks, points = session.marks, canvas.screen_points()
        magnified, current, target = canvas.magnified(), canvas.current, canvas.target
        if current is not None and marks[current].present:
            mark, place = marks[current], tuple(points[current].tolist())
            area = markers.current_area(session.scheme, points, current, look, canvas.font(), canvas.width())
            spots["current"] = ((current, mark.visibility, mark.by_hand, place, area), area)
        if target is not None and marks[target].present:
            area = markers.target_area(canvas.view.to_screen((marks[target].x, marks[target].y)), look)
            spots["target"] = ((target, area), area)
        if magnified is not None:
            area = magnifier.corner(canvas.away_from(magnified), QSizeF(canvas.size())).adjusted(-2, -2, 2, 2)
            spots["magnifier"] = ((magnified, current, area), area)
        whole = (
            *(canvas.ground_key(), canvas.view.affine, session, look, canvas.mode, canvas.others, session.box),
            *(canvas.message, "" if magnified is not None else words.of_mode(canvas), canvas.hasFocus()),
        )
        return _Shown(whole, points, marks, told, spots)

    # What of it differs

    def _stale(self, shown: _Shown) -> QRegion | None:
        """Where ``shown`` differs from what is painted; None for everywhere."""
        painted = self._painted
        if painted is None or painted.whole != shown.whole or len(painted.points) != len(shown.points):
            return None
        region = QRegion()
        for name in painted.spots.keys() | shown.spots.keys():
            before, after = painted.spots.get(name), shown.spots.get(name)
            if before is None or after is None or before[0] != after[0]:
                for spot in (before, after):
                    region = region if spot is None else region.united(spot[1].toAlignedRect())
        moved = np.flatnonzero(self._moved(painted, shown))
        if len(moved):
            region = region.united(self._about(moved.tolist(), painted.points, shown.points))
        return region

    def _moved(self, painted: _Shown, shown: _Shown) -> npt.NDArray[np.bool_]:
        """(L,) the landmarks that are to be painted anew."""
        canvas, session = self._canvas, self._canvas.session
        dragged = session is not None and session.dragging
        before, after = np.nan_to_num(painted.points, nan=-1e6), np.nan_to_num(shown.points, nan=-1e6)
        away: npt.NDArray[np.bool_] = np.abs(after - before).max(axis=1) > (_MOVING if dragged else _AT_REST)
        # Markers land on whole pixels.
        ratio = canvas.devicePixelRatioF()
        half = markers.stamp_side(canvas.look.at(canvas.side()).size, ratio) / 2
        cells = [np.floor(points * ratio - half + 0.5) for points in (before, after)]
        moved: npt.NDArray[np.bool_] = away | (cells[0] != cells[1]).any(axis=1)
        moved[painted.differs(shown)] = True
        return moved

    def _about(self, moved: list[int], *places: npt.NDArray[np.float64]) -> QRegion:
        """What landmarks cover, with the lines that end at them, where they were and where they are."""
        canvas = self._canvas
        assert canvas.session is not None
        links = self._linked(canvas.session.scheme)
        size = canvas.look.at(canvas.side()).size
        reach = markers.stamp_side(size, 1.0) / 2 + 3
        groups = [links[i] for i in moved] if len(moved) < _MANY else [[j for i in moved for j in links[i]]]
        region = QRegion()
        for group in groups:
            corners = np.concatenate([points[group] for points in places])
            if not np.isnan(corners).all():
                (left, top), (right, bottom) = np.nanmin(corners, axis=0) - reach, np.nanmax(corners, axis=0) + reach
                area = QRectF(left, top, right - left, bottom - top) & QRectF(canvas.rect())
                region = region.united(area.toAlignedRect())
        return region

    def _linked(self, scheme: Scheme) -> list[list[int]]:
        """By landmark, itself and those that a line joins it to."""
        if self._links[0] is not scheme:
            links = [[i] for i in range(scheme.size)]
            for first, second in scheme.edges:
                links[first].append(second)
                links[second].append(first)
            self._links = (scheme, links)
        return self._links[1]

    # Painting

    def _paint(self, painter: QPainter, told: dict[str, Any], areas: list[QRectF] | None) -> None:
        canvas, colours = self._canvas, theme.current()
        session = canvas.session
        canvas.paint_ground(painter)
        if session is not None:
            self._paint_boxes(painter)
            if not canvas.hidden:
                canvas.paint_mode(painter, colours)
                markers.paint_face(
                    painter,
                    session.scheme,
                    session.marks,
                    canvas.screen_points(),
                    canvas.look.at(canvas.side()),
                    colours,
                    **told,
                    current=canvas.current if canvas.mode in ("point", "place") else None,
                    target=canvas.target,
                    areas=areas,
                )
        magnified = canvas.magnified()
        corner = QRectF() if magnified is None else magnifier.corner(canvas.away_from(magnified), QSizeF(canvas.size()))
        seen = areas is None or any(area.intersects(corner) for area in areas)
        if magnified is not None and session is not None and seen:
            colour = colours.group_colours[session.scheme.landmarks[canvas.current or 0].group]
            magnifier.paint(painter, canvas.away_from(magnified), canvas, magnified, colour)
        mode = words.of_mode(canvas) if magnified is None else ""
        words.paint(painter, QRectF(canvas.rect()), canvas.message, mode, empty=session is None)
        if canvas.hasFocus():
            painter.setPen(QColor(colours.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(canvas.rect().adjusted(0, 0, -1, -1))

    def _paint_boxes(self, painter: QPainter) -> None:
        canvas = self._canvas
        assert canvas.session is not None
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for face in canvas.others:
            markers.paint_other(painter, canvas.view.to_screen_polygon(face.box), face.state)
        if canvas.others and not canvas.box_mode:
            corners = canvas.view.to_screen_polygon(canvas.session.box)
            markers.paint_box(painter, corners, QColor(255, 255, 255, 130), strong=True)
