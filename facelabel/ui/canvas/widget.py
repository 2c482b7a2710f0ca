"""The canvas widget: paints a whole face on its photo, and turns mouse and held keys into edits."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from facelabel.desk import picking
from facelabel.desk.actions import BY_ID
from facelabel.desk.desk import OtherFace
from facelabel.desk.session import EditSession
from facelabel.desk.upright import tilt, upright
from facelabel.images.heatmaps import FaceHeatmaps
from facelabel.ui import theme
from facelabel.ui.canvas import magnifier
from facelabel.ui.canvas.adjuster import Adjuster
from facelabel.ui.canvas.box_gestures import BoxGestures
from facelabel.ui.canvas.contour_gestures import ContourGestures
from facelabel.ui.canvas.focus import Focus
from facelabel.ui.canvas.gestures import DRAG, REACH, SNAP, Gestures, LandmarkGestures
from facelabel.ui.canvas.heat import HeatLayer
from facelabel.ui.canvas.markers import Look
from facelabel.ui.canvas.scene import Scene
from facelabel.ui.canvas.surface import Surface
from facelabel.ui.key_map import KeyMap

FACE_SHARE = 0.75
"""Share of the canvas's height that the face's box fills when a face is opened."""
NUDGED = 1200
"""Milliseconds that the magnifier stays after a nudge."""

_HELD = ("hide", "adjust")
"""Actions that last as long as their key is down."""

Mode = Literal["point", "place", "box", "contour"]


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
        self.mode: Mode = "point"
        self.upright = False
        """Whether faces are turned upright."""
        self._unpredicted: Mode = "place"
        self.look = Look()
        self.focus = Focus(self)
        self._scene = Scene(self)
        self.keys = KeyMap()
        """Which keys do what, to be told and, of those that are held, to be heard."""
        self._down: dict[int, str] = {}
        self.hidden = False
        self._heat = HeatLayer(self)
        self._nudged = QTimer(self, interval=NUDGED, singleShot=True)
        self._nudged.timeout.connect(self.refresh)
        self.others: tuple[OtherFace, ...] = ()
        self._target: int | None = None
        self._pan: QPointF | None = None
        self._panned = False
        self._pressed: tuple[QPointF, Qt.KeyboardModifier] | None = None
        self._cursor = QPointF()
        points = LandmarkGestures(self)
        self.contours = ContourGestures(self)
        self._by_mode: dict[Mode, Gestures] = {
            "point": points,
            "place": points,
            "box": BoxGestures(self),
            "contour": self.contours,
        }
        self.adjuster = Adjuster(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Face canvas"))

    # What is shown

    def show_face(self, session: EditSession, size: tuple[int, int], others: tuple[OtherFace, ...]) -> None:
        """A face whose picture may still be on its way (``set_picture``); fits the face."""
        self.cancel()
        self.session, self.size_of_image, self.others = session, size, others
        self._target = None
        self.set_picture(None)
        self.set_stand_in(None)
        self._nudged.stop()
        self._heat.show(None, None)
        waiting = [i for i, mark in enumerate(session.marks) if not mark.by_hand]
        places = session.start.origin == "template" and waiting
        # A face that was begun goes on where it was left, in the way that the person took last.
        self.mode = self._unpredicted if places else "point"
        self.set_current(waiting[0] if places else 0)
        self.fit_face()
        self.modes_changed.emit()

    def renew(self, session: EditSession) -> None:
        """The same face, with other points that nobody has touched; the view, and what is current, stay."""
        self.cancel()
        self.session, self._target = session, None
        if self.mode == "place" and session.start.origin != "template":
            self.mode = "point"
        self.modes_changed.emit()
        self.current_changed.emit()
        self.update()

    def clear(self, message: str) -> None:
        """No face: say what to do."""
        self.cancel()
        self.session, self.others, self.size_of_image = None, (), (0, 0)
        self.mode = "point"
        self.set_picture(None, message)
        self.set_stand_in(None)
        self._heat.show(None, None)
        self.set_current(None)
        self.modes_changed.emit()
        self.update()

    def set_look(self, look: Look) -> None:
        self.look = look
        self.update()

    def set_current(self, index: int | None) -> None:
        """The landmark that keys act on."""
        self.current = index
        self._heat.follow(index)
        self.current_changed.emit()
        self.refresh()

    def set_heatmaps(self, found: FaceHeatmaps | None) -> None:
        """What the model saw of this face, laid over the photo; None for the bare photo."""
        self._heat.show(found, self.current)

    @property
    def place_mode(self) -> bool:
        return self.mode == "place"

    @property
    def box_mode(self) -> bool:
        return self.mode == "box"

    def set_mode(self, mode: Mode) -> None:
        """What the left button does from now on."""
        self.cancel()
        self.mode = mode
        if mode in ("place", "contour") and self.session is not None and self.session.start.origin == "template":
            self._unpredicted = mode
        if mode == "contour" and self.contours.chosen is None:
            self.contours.step(1)
        self.modes_changed.emit()
        self.update()

    def set_upright(self, on: bool) -> None:
        """Turn faces upright, or show them as they are in the photo."""
        self.upright = on
        self.fit_face()

    def set_keys(self, keys: KeyMap) -> None:
        """Those that the person has set."""
        self.keys = keys
        self.update()

    def leave(self) -> None:
        """Give the keyboard to the next control."""
        super().focusNextPrevChild(True)

    def cancel(self) -> bool:
        """Put back what is being dragged; whether there was anything."""
        moved = [gestures.cancel() for gestures in self._by_mode.values()]
        self._pan = self._pressed = None
        self.refresh()
        return any(moved)

    def fit_face(self) -> None:
        """Show the face's box; upright, if faces are to be, at the size that it has then."""
        if self.session is None:
            return
        box, scheme = self.session.box, self.session.scheme
        if self.upright and (leans := tilt(scheme, self.session.shape)):
            self.fit(upright(box, leans, scheme.template_aspect), FACE_SHARE, -leans)
        else:
            self.fit(box, FACE_SHARE)

    def magnify_current(self) -> None:
        """Show the current landmark under the magnifier for a moment: a nudge moves it by less than the eye sees."""
        self._nudged.start()
        self.refresh()

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
        return picking.nearest(self.focus.seen(self.screen_points()), (at.x(), at.y()), radius)

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
        point = np.array([self.view.to_image(at)])
        if self.session is None or self.session.box.scaled(1.2).holds(point):
            return None
        inside = [face for face in self.others if face.box.holds(point)]
        return min(inside, key=lambda face: face.box.width * face.box.height).id if inside else None

    # Mouse and keys

    @property
    def _gestures(self) -> Gestures:
        return self._by_mode[self.mode]

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
            self.refresh()
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
        self.refresh()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.adjuster.held:
            self.touched.emit()
            self.adjuster.turn(event.angleDelta().y())
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = self._action_of(event)
        if held is not None:
            self._down[event.key()] = held
        if held == "hide":
            self.hidden = True
            self.update()
        elif held == "adjust":
            if not event.isAutoRepeat():
                self.adjuster.press()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        # By the key alone: Shift, say, may be let go before it.
        held = None if event.isAutoRepeat() else self._down.pop(event.key(), None)
        if held == "hide":
            self.hidden = False
            self.update()
        elif held == "adjust":
            self.adjuster.release()
        else:
            super().keyReleaseEvent(event)

    def _action_of(self, event: QKeyEvent) -> str | None:
        pressed = QKeySequence(event.keyCombination())
        return next((id for id in _HELD if pressed in map(QKeySequence, self.keys.of(BY_ID[id]))), None)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab walks the landmarks here; Ctrl+Tab leaves."""
        return False

    def leaveEvent(self, event: QEvent) -> None:
        self._target = None
        self.refresh()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A key that is released elsewhere must not keep the points hidden."""
        self.hidden = False
        self._down.clear()
        self.adjuster.release()
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
        snaps = self.mode == "point" and not modifiers & Qt.KeyboardModifier.ControlModifier
        target = self.snap_target(at) if snaps else None
        if target != self._target:
            self._target = target
            self.refresh()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._scene.paint(painter, event.region())
        painter.end()

    def refresh(self) -> None:
        """Repaint what changed of the face."""
        self._scene.refresh()

    def paint_mode(self, painter: QPainter, colours: theme.Theme) -> None:
        """What lies under the landmarks: the model's map, and what there is to see of the mode."""
        self._heat.paint(painter, self.view)
        self._gestures.paint(painter, colours)

    @property
    def plain(self) -> bool:
        """Whether there is nothing to see of a face but its landmarks, its lines and its box."""
        return not (self.hidden or self._heat.on or self.mode in ("box", "contour"))

    @property
    def target(self) -> int | None:
        """The landmark that a click would move."""
        return None if self.session is None or self.session.dragging else self._target

    def side(self) -> float:
        """The longer side of the face's box in screen pixels."""
        return 0.0 if self.session is None else max(self.session.box.width, self.session.box.height) * self.view.scale

    def away_from(self, magnified: tuple[float, float]) -> QPointF:
        """What the magnifier keeps away from."""
        return self.view.to_screen(magnified) if self._nudged.isActive() else self._cursor

    def magnified(self) -> tuple[float, float] | None:
        """The image point that is moved now, or was nudged a moment ago."""
        if not self.look.magnifier or self.view.scale >= magnifier.MOST:
            return None
        if (point := self._gestures.point) is not None:
            return point
        if not self._nudged.isActive() or self.session is None or self.current is None:
            return None
        mark = self.session.marks[self.current]
        return (mark.x, mark.y) if mark.present else None


def _position(event: QMouseEvent) -> QPointF:
    """The middle of the screen pixel under the pointer: Qt tells its top-left corner."""
    return event.position() + QPointF(0.5, 0.5)
