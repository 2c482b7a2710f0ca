"""The canvas widget: paints a whole face on its photo, and turns mouse and held keys into edits."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from facelabel.desk import picking
from facelabel.desk.desk import OtherFace
from facelabel.desk.session import EditSession
from facelabel.ui import theme
from facelabel.ui.canvas import magnifier, markers, words
from facelabel.ui.canvas.gestures import DRAG, REACH, SNAP, BoxGestures, Gestures, LandmarkGestures
from facelabel.ui.canvas.markers import Look
from facelabel.ui.canvas.surface import Surface

FACE_SHARE = 0.75
"""Share of the canvas's height that the face's box fills when a face is opened."""


class Canvas(Surface):
    """One face under edit, the other faces of its photo faintly. All coordinates that it tells are image pixels."""

    edited = Signal()
    """A step was committed."""
    moving = Signal()
    """Landmarks move under a drag, or were put back; nothing is committed."""
    current_changed = Signal()
    modes_changed = Signal()
    hinted = Signal(str)
    face_clicked = Signal(int)
    face_drawn = Signal(object)
    box_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session: EditSession | None = None
        self.current: int | None = None
        self.place_mode = False
        self.box_mode = False
        self.look = Look()
        self._hidden = False
        self._others: tuple[OtherFace, ...] = ()
        self._target: int | None = None
        self._pan: QPointF | None = None
        self._panned = False
        self._pressed: tuple[QPointF, Qt.KeyboardModifier] | None = None
        self._cursor = QPointF()
        self._landmarks = LandmarkGestures(self)
        self._boxes = BoxGestures(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Face canvas"))

    # What is shown

    def show_face(self, session: EditSession, size: tuple[int, int], others: tuple[OtherFace, ...]) -> None:
        """A face whose picture may still be on its way (``set_picture``); fits the face."""
        self.cancel()
        self.session, self.size_of_image, self._others = session, size, others
        self._target = None
        self.set_picture(None)
        self.set_stand_in(None)
        self.box_mode = False
        self.place_mode = session.start.origin == "template" and not session.can_undo
        self.set_current(0)
        self.fit_face()
        self.modes_changed.emit()

    def clear(self, message: str) -> None:
        """No face: say what to do."""
        self.cancel()
        self.session, self._others, self.size_of_image = None, (), (0, 0)
        self.box_mode = self.place_mode = False
        self.set_picture(None, message)
        self.set_stand_in(None)
        self.set_current(None)
        self.modes_changed.emit()
        self.update()

    def set_look(self, look: Look) -> None:
        self.look = look
        self.update()

    def set_current(self, index: int | None) -> None:
        """The landmark that keys act on."""
        self.current = index
        self.current_changed.emit()
        self.update()

    def set_place_mode(self, on: bool) -> None:
        self.cancel()
        self.place_mode, self.box_mode = on, False
        self.modes_changed.emit()
        self.update()

    def set_box_mode(self, on: bool) -> None:
        self.cancel()
        self.box_mode, self.place_mode = on, False
        self.modes_changed.emit()
        self.update()

    def leave(self) -> None:
        """Give the keyboard to the next control."""
        super().focusNextPrevChild(True)

    def cancel(self) -> bool:
        """Put back what is being dragged; whether there was anything."""
        moved = [gestures.cancel() for gestures in (self._landmarks, self._boxes)]
        self._pan = self._pressed = None
        self.update()
        return any(moved)

    def fit_face(self) -> None:
        if self.session is not None:
            self.fit(self.session.box, FACE_SHARE)

    def reveal_current(self) -> None:
        """Pan just enough to show the current landmark, if it lies outside."""
        if self.session is not None and self.current is not None:
            mark = self.session.marks[self.current]
            if mark.present:
                self.reveal((mark.x, mark.y))

    # What lies where (widget coordinates)

    def screen_points(self) -> npt.NDArray[np.float64]:
        """(L, 2) widget coordinates of the landmarks, absent = NaN."""
        return np.empty((0, 2)) if self.session is None else self.view.affine.apply(self.session.shape)

    def nearest(self, at: QPointF, radius: float = np.inf) -> int | None:
        return picking.nearest(self.screen_points(), (at.x(), at.y()), radius)

    def landmark_at(self, at: QPointF) -> int | None:
        return self.nearest(at, self.look.size + REACH)

    def snap_target(self, at: QPointF) -> int | None:
        """The landmark that a click would bring to ``at``."""
        if self.session is None:
            return None
        box = self.session.box
        return self.nearest(at, SNAP * max(box.width, box.height) * self.view.scale)

    def other_face_at(self, at: QPointF) -> int | None:
        """Another face's id under the pointer, unless the current face lies there too."""
        if self.session is None or self.view.to_screen_rect(self.session.box.scaled(1.2)).contains(at):
            return None
        inside = [face for face in self._others if self.view.to_screen_rect(face.box).contains(at)]
        return min(inside, key=lambda face: face.box.width * face.box.height).id if inside else None

    # Mouse and keys

    @property
    def _gestures(self) -> Gestures:
        return self._boxes if self.box_mode else self._landmarks

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.touched.emit()
        at = _position(event)
        left = event.button() == Qt.MouseButton.LeftButton
        if left and self._gestures.press(at, event.modifiers()):
            return
        if left or event.button() == Qt.MouseButton.MiddleButton:
            self._pan, self._panned = at, not left
            self._pressed = (at, event.modifiers()) if left else None
        elif event.button() == Qt.MouseButton.RightButton:
            self._right_click(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.touched.emit()
        at = self._cursor = _position(event)
        if self._pan is not None:
            if self._panned or (at - self._pan).manhattanLength() >= DRAG:
                self.pan(at.x() - self._pan.x(), at.y() - self._pan.y())
                self._pan, self._panned = at, True
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif event.buttons() & Qt.MouseButton.LeftButton:
            self._gestures.move(at)
            self.update()
        else:
            self._hover(at, event.modifiers())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at, pressed = _position(event), self._pressed
        if self._pan is not None:
            clicked = not self._panned
            self._pan = self._pressed = None
            if clicked and pressed is not None:
                self._gestures.click(pressed[0], pressed[1])
        elif event.button() == Qt.MouseButton.LeftButton:
            self._gestures.release(at)
        self._hover(at, event.modifiers())
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_H and not event.modifiers():
            self._hidden = True
            self.update()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_H and not event.isAutoRepeat():
            self._hidden = False
            self.update()
        else:
            super().keyReleaseEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab walks the landmarks here; Ctrl+Tab leaves."""
        return False

    def leaveEvent(self, event: QEvent) -> None:
        self._target = None
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A key that is released elsewhere must not keep the points hidden."""
        self._hidden = False
        super().focusOutEvent(event)

    def _right_click(self, at: QPointF) -> None:
        if self.session is None or self.session.dragging or self.box_mode:
            return
        index = self.landmark_at(at)
        index = self.current if index is None else index
        if index is not None:
            self.session.cycle_visibility(index)
            self.set_current(index)
            self.edited.emit()

    def _hover(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        self.setCursor(Qt.CursorShape.ArrowCursor if self.session is None else self._gestures.cursor(at))
        snaps = not (self.box_mode or self.place_mode or modifiers & Qt.KeyboardModifier.ControlModifier)
        target = self.snap_target(at) if snaps else None
        if target != self._target:
            self._target = target
            self.update()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.current()
        self.paint_ground(painter)
        if self.session is not None:
            self._paint_boxes(painter, colours)
            if not self._hidden:
                markers.paint_face(
                    painter,
                    self.session.scheme,
                    self.session.marks,
                    self.screen_points(),
                    self.look,
                    colours,
                    doubtful=() if self.session.confidence is None else picking.doubtful(self.session),
                    current=None if self.box_mode else self.current,
                    target=None if self.session.dragging else self._target,
                )
            if (point := self._gestures.point) is not None:
                self._paint_magnifier(painter, colours, point)
        words.paint(painter, QRectF(self.rect()), self.message, self._mode(), empty=self.session is None)
        if self.hasFocus():
            painter.setPen(QColor(colours.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _paint_boxes(self, painter: QPainter, colours: theme.Theme) -> None:
        assert self.session is not None
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for face in self._others:
            markers.paint_box(painter, self.view.to_screen_rect(face.box), QColor(255, 255, 255, 190), strong=False)
        own = self.session.box if self._boxes.box is None or self._boxes.draws_new else self._boxes.box
        if self.box_mode:
            markers.paint_box(painter, self.view.to_screen_rect(own), colours.accent, strong=True, handles=True)
            if self._boxes.box is not None and self._boxes.draws_new:
                markers.paint_box(painter, self.view.to_screen_rect(self._boxes.box), colours.accent, strong=True)
        elif self._others:
            markers.paint_box(painter, self.view.to_screen_rect(own), QColor(255, 255, 255), strong=True)

    def _paint_magnifier(self, painter: QPainter, colours: theme.Theme, point: tuple[float, float]) -> None:
        assert self.session is not None
        area = magnifier.corner(self._cursor, QSizeF(self.size()))
        colour = colours.group_colours[self.session.scheme.landmarks[self.current or 0].group]
        magnifier.paint(painter, area, self.picture, point, max(4.0, 3 * self.view.scale), colour)

    def _mode(self) -> str:
        """What a click does now, where that is not the usual thing."""
        if self.session is None:
            return ""
        if self.box_mode:
            return self.tr("Boxes: drag a corner or side, or draw a new face. B or Esc leaves.")
        if self.place_mode and self.current is not None:
            name = self.session.scheme.landmarks[self.current].name
            text = self.tr("Place {name} ({n} of {of}). P or Esc leaves.")
            return text.format(name=name, n=self.current + 1, of=self.session.scheme.size)
        return ""


def _position(event: QMouseEvent) -> QPointF:
    """The middle of the screen pixel under the pointer: Qt tells its top-left corner."""
    return event.position() + QPointF(0.5, 0.5)
