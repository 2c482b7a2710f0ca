"""What the mouse does on the canvas: one small state machine for landmarks here; boxes and curves have their own.

They are told of presses, moves and releases in widget coordinates and act on the canvas that they belong to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from facelabel.desk.actions import BY_ID
from facelabel.desk.marks import Mark
from facelabel.ui.theme import Theme

if TYPE_CHECKING:
    from facelabel.ui.canvas.widget import Canvas

DRAG = 3.0
"""Screen pixels that the mouse has to travel before a press is a drag."""
REACH = 5.0
"""Screen pixels around a marker that still take hold of it."""
SNAP = 0.3
"""Share of the face box's longer side: a click farther from every landmark was not meant for one."""

_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Gestures(Protocol):
    """Left button only; panning and the other buttons are the canvas's own."""

    @property
    def point(self) -> tuple[float, float] | None:
        """The image point to magnify while something is being moved."""

    def press(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> bool:
        """Whether the press was taken; if not, it starts to pan."""

    def move(self, at: QPointF) -> None: ...

    def release(self, at: QPointF) -> None: ...

    def click(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """A press that was not taken ended where it began."""

    def cancel(self) -> bool:
        """Put back what is being moved; whether there was anything."""

    def cursor(self, at: QPointF) -> Qt.CursorShape: ...

    def paint(self, painter: QPainter, colours: Theme) -> None:
        """What there is to see of the mode, under the landmarks."""


@dataclass
class _Grip:
    """A press on landmarks that may become a drag. ``lead`` is the one that the magnifier follows."""

    at: QPointF
    lead: int
    indices: Sequence[int]
    name: str
    only_click: bool = False


class LandmarkGestures:
    """Drag a landmark, its group or the face; click to move the nearest landmark, or to place the current one."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._grip: _Grip | None = None

    @property
    def point(self) -> tuple[float, float] | None:
        session = self._canvas.session
        if self._grip is None or session is None or not session.dragging:
            return None
        mark: Mark = session.marks[self._grip.lead]
        return (mark.x, mark.y) if mark.present else None

    def press(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> bool:
        canvas, session = self._canvas, self._canvas.session
        if session is None:
            return False
        hit = canvas.landmark_at(at)
        lead = hit if hit is not None else canvas.current
        if modifiers & _CTRL and modifiers & _SHIFT:
            lead = lead if lead is not None else canvas.nearest(at)
            self._grip = None if lead is None else _Grip(at, lead, range(session.scheme.size), "move face")
        elif modifiers & _SHIFT and lead is not None:
            group = session.scheme.landmarks[lead].group
            self._grip = _Grip(at, lead, session.scheme.groups[group], f"move {group}")
        elif hit is not None and not modifiers & _CTRL:
            self._grip = _Grip(at, hit, [hit], "drag", only_click=True)
        return self._grip is not None

    def move(self, at: QPointF) -> None:
        grip, session = self._grip, self._canvas.session
        if grip is None or session is None:
            return
        travel = at - grip.at
        if not session.dragging:
            if travel.manhattanLength() < DRAG:
                return
            self._canvas.set_current(grip.lead)
            session.begin_drag(grip.indices, grip.name)
        session.drag_to(*self._canvas.view.travel_to_image(travel.x(), travel.y()))
        self._canvas.moving.emit()

    def release(self, at: QPointF) -> None:
        grip, session = self._grip, self._canvas.session
        self._grip = None
        if grip is None or session is None:
            return
        if session.dragging:
            session.end_drag()
            self._canvas.edited.emit()
        elif grip.only_click:
            if self._canvas.place_mode:
                self._place(at)
            else:
                self._canvas.set_current(grip.lead)

    def click(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        canvas, session = self._canvas, self._canvas.session
        if session is None:
            return
        point = canvas.view.to_image(at)
        if (other := canvas.other_face_at(at)) is not None:
            canvas.face_clicked.emit(other)
        elif not _inside(point, canvas.size_of_image):
            canvas.hinted.emit(canvas.tr("That is outside the picture."))
        elif canvas.place_mode:
            self._place(at)
        elif modifiers & _CTRL and canvas.current is not None:
            session.move(canvas.current, point)
            canvas.edited.emit()
        elif (index := canvas.snap_target(at)) is not None:
            session.move(index, point)
            canvas.set_current(index)
            canvas.edited.emit()
        else:
            canvas.hinted.emit(canvas.tr("Click nearer to the face, or hold Ctrl to bring the current landmark here."))

    def cancel(self) -> bool:
        session = self._canvas.session
        self._grip = None
        if session is None or not session.dragging:
            return False
        session.cancel_drag()
        self._canvas.moving.emit()
        return True

    def cursor(self, at: QPointF) -> Qt.CursorShape:
        if self._canvas.landmark_at(at) is not None:
            return Qt.CursorShape.OpenHandCursor
        return Qt.CursorShape.CrossCursor

    def paint(self, painter: QPainter, colours: Theme) -> None:
        """The landmarks themselves are all there is."""

    def _place(self, at: QPointF) -> None:
        """Commit the point first, then advance."""
        canvas, session = self._canvas, self._canvas.session
        if session is None or canvas.current is None:
            return
        placed = canvas.current
        session.place(placed, canvas.view.to_image(at))
        canvas.edited.emit()
        following = canvas.focus.after(placed, session.scheme.size)
        if following is not None:
            canvas.set_current(following)
        else:
            canvas.set_mode("point")
            key = canvas.keys.first(BY_ID["accept"])
            accepts = " " + canvas.tr("{} accepts the face.").format(key) if key else ""
            canvas.hinted.emit(canvas.tr("Every landmark is placed.") + accepts)


def _inside(point: tuple[float, float], size: tuple[int, int]) -> bool:
    return -0.5 <= point[0] <= size[0] - 0.5 and -0.5 <= point[1] <= size[1] - 0.5
