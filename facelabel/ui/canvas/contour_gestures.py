"""The mouse in contour mode: draw along a curve of the face, or pull its line; its points follow as one step."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from facelabel.desk import contour, lines
from facelabel.desk.contour import Contour
from facelabel.desk.session import EditSession
from facelabel.ui.canvas import words
from facelabel.ui.canvas.gestures import REACH
from facelabel.ui.theme import Theme

if TYPE_CHECKING:
    from facelabel.ui.canvas.widget import Canvas

_STEP = 2.0
"""Screen pixels between two places of a stroke: nearer ones are the hand's tremble."""
_DECIDES = 9.0
"""Screen pixels of travel that tell whether a press on a line pulls it or begins a stroke along it."""
_AHEAD = 14.0
"""Screen pixels along the line that its direction is told by."""


class ContourGestures:
    """A press on a line that goes across it pulls it; one that goes along it, or begins anywhere else, draws."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._stroke: list[QPointF] = []
        self._pulled: Contour | None = None
        self._shape = np.empty((0, 2))
        self._at = QPointF()

    @property
    def chosen(self) -> Contour | None:
        """The curve of the current landmark."""
        session = self._canvas.session
        return None if session is None else contour.through(session.scheme, self._canvas.current)

    @property
    def point(self) -> tuple[float, float] | None:
        busy = self._moves if self._pulled is not None else len(self._stroke) > 1
        return self._canvas.view.to_image(self._at) if busy else None

    @property
    def _moves(self) -> bool:
        return self._canvas.session is not None and self._canvas.session.dragging

    def press(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> bool:
        session = self._canvas.session
        if session is None:
            return False
        self._stroke, self._at = [at], at
        self._pulled = self._line_at(at)
        self._shape = session.shape
        return True

    def move(self, at: QPointF) -> None:
        session = self._canvas.session
        if session is None or not self._stroke:
            return
        self._at, travel = at, at - self._stroke[0]
        if not session.dragging and (at - self._stroke[-1]).manhattanLength() >= _STEP:
            self._stroke.append(at)
        if self._pulled is None:
            return
        if not session.dragging:
            if math.hypot(travel.x(), travel.y()) < _DECIDES:
                return
            self._choose(self._pulled, self._stroke[0])
            line = contour.curve(self._pulled, self._canvas.screen_points())
            start = self._stroke[0]
            if lines.follows(line, (start.x(), start.y()), (travel.x(), travel.y()), _AHEAD):
                self._pulled = None
                return
            session.begin_drag(self._pulled.indices, f"bend {self._pulled.group}")
        by = self._canvas.view.travel_to_image(travel.x(), travel.y())
        grabbed = self._canvas.view.to_image(self._stroke[0])
        session.drag_places(contour.bent(self._pulled, self._shape, grabbed, by))
        self._canvas.moving.emit()

    def release(self, at: QPointF) -> None:
        session, stroke = self._canvas.session, self._stroke
        pulled, self._stroke, self._pulled = self._pulled, [], None
        if session is None or not stroke:
            return
        if session.dragging:
            session.end_drag()
            self._canvas.edited.emit()
        elif pulled is not None:
            self._choose(pulled, stroke[0])
        elif len(stroke) > 1:
            self._draw(session, stroke)
        elif (nearest := self._canvas.nearest(at)) is not None:
            self._canvas.set_current(nearest)

    def click(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Every press is taken, so none ends as a bare click."""

    def cancel(self) -> bool:
        session, was = self._canvas.session, len(self._stroke) > 1
        self._stroke, self._pulled = [], None
        if session is None or not session.dragging:
            return was
        session.cancel_drag()
        self._canvas.moving.emit()
        return True

    def cursor(self, at: QPointF) -> Qt.CursorShape:
        return Qt.CursorShape.CrossCursor if self._line_at(at) is None else Qt.CursorShape.OpenHandCursor

    def step(self, by: int) -> None:
        """Choose the next (1) or previous (-1) curve."""
        session, chosen = self._canvas.session, self.chosen
        found = [] if session is None else self._worked_on(session)
        if found:
            at = found.index(chosen) + by if chosen in found else 0
            self._canvas.set_current(found[at % len(found)].indices[0])

    def paint(self, painter: QPainter, colours: Theme) -> None:
        canvas, chosen = self._canvas, self.chosen
        assert canvas.session is not None
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if chosen is not None:
            line = _polygon(contour.curve(chosen, canvas.screen_points()))
            _stroke(painter, line, colours.group_colours[chosen.group], 3.0)
        if len(self._stroke) > 1 and self._pulled is None:
            _stroke(painter, QPolygonF([*self._stroke, self._at]), QColor(255, 255, 255), 2.0)

    def _worked_on(self, session: EditSession) -> list[Contour]:
        """The curves of the landmarks that the canvas is for now: all, or those of one group."""
        order = self._canvas.focus.order(session.scheme.size)
        return [found for found in contour.contours(session.scheme) if found.indices[0] in order]

    def _line_at(self, at: QPointF) -> Contour | None:
        """The curve under the pointer, the chosen one before others."""
        canvas, session = self._canvas, self._canvas.session
        if session is None:
            return None
        points, chosen = canvas.focus.seen(canvas.screen_points()), self.chosen
        best, reach = None, REACH + 1.0
        for found in contour.contours(session.scheme):
            away = contour.distance(contour.curve(found, points), (at.x(), at.y()))
            if away <= REACH and (away if found != chosen else -1.0) < reach:
                best, reach = found, away if found != chosen else -1.0
        return best

    def _choose(self, chosen: Contour, at: QPointF) -> None:
        """Make the landmark of a curve current that is nearest."""
        points = self._canvas.screen_points()[list(chosen.indices)]
        away = np.linalg.norm(points - [at.x(), at.y()], axis=1)
        if np.isfinite(away).any():
            self._canvas.set_current(chosen.indices[int(np.nanargmin(away))])

    def _draw(self, session: EditSession, stroke: list[QPointF]) -> None:
        canvas = self._canvas
        line = np.array([canvas.view.to_image(at) for at in stroke])
        shape, chosen = session.shape, self.chosen
        # A template's curves say nothing of where those of the face are: the chosen one is meant, and all of it.
        fresh = session.start.origin == "template"
        meant = (
            chosen
            if fresh and chosen is not None
            else contour.meant(session.scheme, canvas.focus.seen(shape), line, chosen)
        )
        if meant is None:
            canvas.hinted.emit(canvas.tr("This scheme has no curves to draw."))
            return
        whole = fresh and not any(session.marks[index].by_hand for index in meant.indices)
        places = contour.drawn(meant, shape, _spacing(session), line, whole=whole)
        if not places:
            canvas.hinted.emit(canvas.tr("No point belongs to that stroke. Draw along the curve."))
            return
        session.put(f"draw {meant.group}", places)
        canvas.set_current(meant.indices[0])
        canvas.edited.emit()
        said = canvas.tr("{group}: {n} point(s) along the stroke.", "", len(places))
        canvas.hinted.emit(said.format(group=words.named(meant.group), n=len(places)))
        if fresh:
            left = [f for f in self._worked_on(session) if not session.marks[f.indices[0]].by_hand]
            if left:
                canvas.set_current(left[0].indices[0])


def _spacing(session: EditSession) -> npt.NDArray[np.float64]:
    """(L, 2): the shape whose points are spaced as they should be: the prediction, else what the face began with."""
    start = session.start
    began = np.array([(mark.x, mark.y) for mark in start.marks], dtype=np.float64)
    model = began if start.reference is None else np.where(np.isnan(start.reference), began, start.reference)
    spacing: npt.NDArray[np.float64] = np.where(np.isnan(model), session.shape, model)
    return spacing


def _polygon(line: npt.NDArray[np.float64]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in line.tolist()])


def _stroke(painter: QPainter, line: QPolygonF, colour: QColor, width: float) -> None:
    for pen in (QPen(QColor(0, 0, 0, 150), width + 2.0), QPen(colour, width)):
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline(line)
