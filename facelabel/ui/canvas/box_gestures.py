"""The mouse in box mode: draw a new face's box on empty ground; move or resize the current face's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from facelabel.desk import picking
from facelabel.desk.upright import leaning
from facelabel.geometry import Box
from facelabel.ui.canvas import markers
from facelabel.ui.canvas.gestures import DRAG
from facelabel.ui.theme import Theme

if TYPE_CHECKING:
    from facelabel.ui.canvas.widget import Canvas

_SMALLEST = 8.0
"""Screen pixels of a box's side at least."""
_REACH = 8.0
"""Screen pixels around a box's side or corner that still take hold of it."""
_ARROWS = (
    Qt.CursorShape.SizeHorCursor,
    Qt.CursorShape.SizeFDiagCursor,
    Qt.CursorShape.SizeVerCursor,
    Qt.CursorShape.SizeBDiagCursor,
)
_AROUND = ("left", "top-left", "top", "top-right", "right", "bottom-right", "bottom", "bottom-left")
"""The handles clockwise, an eighth of a circle each: the cursor's arrows turn with the picture."""


class BoxGestures:
    """In a turned view the sides of a box stay those of the image; a new face is framed as it is seen."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._from: QPointF | None = None
        self._handle: picking.Handle | None = None
        self._frame: QRectF | None = None
        self.box: Box | None = None
        """The box as it is being drawn or changed."""

    @property
    def point(self) -> tuple[float, float] | None:
        return None

    def press(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> bool:
        self._from, self._handle = at, self._handle_at(at)
        return True

    def move(self, at: QPointF) -> None:
        if self._from is None or (self.box is None and (at - self._from).manhattanLength() < DRAG):
            return
        canvas = self._canvas
        if self._handle is not None and canvas.session is not None:
            travel = at - self._from
            dx, dy = canvas.view.travel_to_image(travel.x(), travel.y())
            smallest = _SMALLEST / canvas.view.scale
            self.box = picking.dragged_box(canvas.session.box, self._handle, dx, dy, smallest)
        else:
            frame = self._frame = QRectF(self._from, at).normalized()
            drawn = Box(frame.left(), frame.top(), frame.width(), frame.height())
            around = leaning(drawn, canvas.view.affine.inverse())
            corners = (around.left, around.top), (around.right, around.bottom)
            self.box = picking.box_between(*corners, *canvas.size_of_image)
        canvas.update()

    def release(self, at: QPointF) -> None:
        box, frame, start = self.box, self._frame, self._from
        self.cancel()
        canvas = self._canvas
        if frame is None and box is None:
            if start is not None and (other := canvas.other_face_at(at)) is not None:
                canvas.face_clicked.emit(other)
        elif frame is None:
            canvas.box_changed.emit(box)
        elif box is None or min(box.width, box.height) * canvas.view.scale < _SMALLEST:
            canvas.hinted.emit(canvas.tr("That box is too small for a face. Drag from corner to corner."))
        else:
            canvas.face_drawn.emit(box)

    def click(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Every press is taken, so none ends as a bare click."""

    def cancel(self) -> bool:
        was = self._from is not None
        self._from = self._handle = self._frame = self.box = None
        self._canvas.update()
        return was

    def cursor(self, at: QPointF) -> Qt.CursorShape:
        handle = self._handle_at(at)
        if handle is None:
            return Qt.CursorShape.CrossCursor
        if handle == "inside":
            return Qt.CursorShape.SizeAllCursor
        return _ARROWS[round(_AROUND.index(handle) + self._canvas.view.angle / 45) % 4]

    def paint(self, painter: QPainter, colours: Theme) -> None:
        canvas = self._canvas
        assert canvas.session is not None
        own = self.box if self.box is not None and self._frame is None else canvas.session.box
        markers.paint_box(painter, canvas.view.to_screen_polygon(own), colours.accent, strong=True, handles=True)
        if self._frame is not None:
            markers.paint_box(painter, QPolygonF(self._frame), colours.accent, strong=True)

    def _handle_at(self, at: QPointF) -> picking.Handle | None:
        canvas = self._canvas
        if canvas.session is None:
            return None
        return picking.box_handle(canvas.session.box, canvas.view.to_image(at), _REACH / canvas.view.scale)
