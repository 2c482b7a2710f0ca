"""What each key of the registry does to the open face, the queue and the canvas."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu

from facelabel.desk import asking, picking
from facelabel.desk.actions import BY_ID, DIRECTIONS, NUDGES
from facelabel.desk.contour import contours
from facelabel.desk.neighbours import Neighbour, neighbour_of
from facelabel.desk.session import EditSession
from facelabel.errors import FacelabelError
from facelabel.ui.canvas import Canvas, Mode
from facelabel.ui.desk_actions import Handler, KeyHandler
from facelabel.ui.group_pass import GroupPass
from facelabel.ui.i18n.said import said
from facelabel.ui.letter_menu import LetterMenu
from facelabel.ui.reasons import reject_reasons, skip_reasons
from facelabel.ui.workbench import Workbench

_REPEATED = 0.2
"""Seconds within which a key that is held down comes again, on every system."""


class DeskCommands(QObject):
    hinted = Signal(str)
    look_changed = Signal(str)
    """A part of the look was toggled: "names", "edges", "upright", "heatmap" or "suggest"."""
    keys_wanted = Signal()
    history_wanted = Signal()

    def __init__(self, bench: Workbench, canvas: Canvas, run: GroupPass, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run = run
        self._bench = bench
        self._canvas = canvas
        self._reasons: QMenu | None = None
        self._asked: EditSession | None = None
        """The face of which it was asked whether it is to be accepted as it is."""
        self._reached_back = False
        """Whether undo went back beyond the opening of the window: once, so that a held key reopens no whole batch."""
        self._undone, self._held = 0.0, False
        """When undo was asked for last, and whether no key came up since."""
        if parent is not None:
            parent.installEventFilter(self)

    def handlers(self) -> dict[str, Handler]:
        bench, canvas = self._bench, self._canvas
        return {
            "accept": self._accept,
            "next-face": partial(self._beside, 1),
            "previous-face": partial(self._beside, -1),
            "skip": self._ask_why_skipped,
            "reject": self._ask_why_rejected,
            "group-pass": self._run.toggle,
            "draw-box": partial(self._mode, "box"),
            "next-landmark": partial(self._step, 1),
            "previous-landmark": partial(self._step, -1),
            "next-doubtful": self._next_doubtful,
            "place-mode": partial(self._mode, "place"),
            "contour": partial(self._mode, "contour"),
            "suggest": self._suggest,
            "take-over": self._take_over,
            "visibility": partial(self._on_current, EditSession.cycle_visibility),
            "clear": partial(self._on_current, EditSession.clear),
            "cancel": self._cancel,
            "undo": self._undo,
            "redo": self._redo,
            "errors": partial(self.look_changed.emit, "errors"),
            "ask-all": partial(self._edit, EditSession.ask_for_all),
            "names": partial(self.look_changed.emit, "names"),
            "edges": partial(self.look_changed.emit, "edges"),
            "upright": partial(self.look_changed.emit, "upright"),
            "heatmap": partial(self.look_changed.emit, "heatmap"),
            "fit-face": canvas.fit_face,
            "actual-size": canvas.actual_size,
            "fit-image": canvas.fit_image,
            "leave-canvas": canvas.leave,
            "retry-save": bench.store.retry,
            "history": self.history_wanted.emit,
            "keys": self.keys_wanted.emit,
        }

    def key_handlers(self) -> dict[str, KeyHandler]:
        nudges: dict[str, KeyHandler] = {action: partial(self._nudge, pixels) for action, pixels in NUDGES.items()}
        return {**nudges, "attribute": self._attribute}

    def cycle_attribute(self, attribute: str) -> None:
        self._edit(lambda session: session.cycle_attribute(attribute))

    def choose_landmark(self, index: int) -> None:
        """Make a landmark current and bring it into sight."""
        self._canvas.set_current(index)
        self._canvas.reveal_current()

    def _edit(self, command: Callable[[EditSession], object]) -> None:
        """Run a command on the open session, unless a drag is on; a refusal is a hint."""
        session = self._bench.session
        if session is None or session.dragging:
            return
        try:
            command(session)
        except FacelabelError as refused:
            self.hinted.emit(said(str(refused)))
        else:
            self._canvas.edited.emit()

    def _on_current(self, command: Callable[[EditSession, int], object]) -> None:
        current = self._canvas.current
        if current is not None:
            self._edit(lambda session: command(session, current))

    @property
    def asks(self) -> int:
        """Points of the open face that accepting asks about first; 0 where it accepts."""
        face = self._bench.face
        if face is None or self._run.on or self._asked is face.session:
            return 0
        return asking.overlooked(face.session, blind=face.blind)

    def _accept(self) -> None:
        if rest := self.asks:
            self._asked = self._bench.session
            text, key = self.tr("%n point(s) stand where an average face has them.", "", rest), self._key("accept")
            self.hinted.emit(text + (" " + self.tr("{} again accepts that.").format(key) if key else ""))
            return
        accept = self._run.confirm if self._run.on else self._bench.accept
        if not accept() and self._bench.session is None:
            self.hinted.emit(self.tr("There is no face to accept."))

    def _key(self, action: str) -> str:
        return self._canvas.keys.first(BY_ID[action])

    def _beside(self, by: int) -> None:
        session = self._bench.session
        if session is not None and session.dragging:
            return
        if not self._bench.open_beside(by):
            end = self.tr("This is the last face of the queue.") if by > 0 else self.tr("This is the first face.")
            self.hinted.emit(end)

    def _step(self, by: int) -> None:
        session = self._bench.session
        if session is not None and self._canvas.mode == "contour":
            self._canvas.contours.step(by)
        elif session is not None:
            order, current = self._canvas.focus.order(session.scheme.size), self._canvas.current
            at = order.index(current) if current in order else None
            self.choose_landmark(order[picking.step(len(order), at, by)])

    def _mode(self, mode: Mode) -> None:
        """Into a mode, or out of it again."""
        canvas, session = self._canvas, self._bench.session
        if mode == "contour" and session is not None and not contours(session.scheme):
            self.hinted.emit(self.tr("This scheme has no curves to draw."))
            mode = "point"
        canvas.set_mode("point" if session is None or canvas.mode == mode else mode)

    def _next_doubtful(self) -> None:
        session = self._bench.session
        if session is None:
            return
        following = picking.next_doubtful(session, self._canvas.current)
        if following is None:
            self.hinted.emit(self.tr("No doubtful landmark is left."))
        else:
            self.choose_landmark(following)

    def _suggest(self) -> None:
        """Turn suggestions on or off; those that are in sight come or go as one step."""
        bench = self._bench
        if bench.session is not None and bench.session.dragging:
            return
        bench.suggesting = not bench.suggesting
        self._edit(lambda session: session.set_suggesting(bench.suggesting))
        on, off = self.tr("Untouched points follow corrections."), self.tr("Points move only by hand.")
        self.hinted.emit(on if bench.suggesting else off)
        self.look_changed.emit("suggest")

    def _take_over(self) -> None:
        """The label of a near-duplicate as a suggestion, read in the background; faces that are labelled blindly get
        none."""
        bench = self._bench
        face = bench.face
        if face is None or face.session.dragging:
            return
        if face.blind:
            self.hinted.emit(self.tr("This face is labelled without help, to measure by it."))
            return
        if face.second is not None:
            self._taken_over(face.id, None)  # It looks like any other: what it is asked for is not told.
            return
        bench.store.read(
            partial(neighbour_of, bench.desk.project, face.id, face.session.box),
            partial(self._taken_over, face.id),
            self._tell,
        )

    def _taken_over(self, face_id: int, found: Neighbour | None) -> None:
        face = self._bench.face
        if face is None or face.id != face_id:
            return
        if found is None:
            self.hinted.emit(self.tr("No near-duplicate of this face has a label yet."))
            return
        self._edit(lambda session: session.take_over(found.shape))
        self.hinted.emit(self.tr("Taken over from {}, as a suggestion: what you have moved stays.").format(found.photo))

    def _nudge(self, pixels: float, place: int) -> None:
        """As many image pixels, in a direction of the screen."""
        right, down = DIRECTIONS[place]
        dx, dy = self._canvas.view.turn_to_image(right * pixels, down * pixels)
        self._on_current(lambda session, index: session.nudge(index, dx, dy))
        self._canvas.magnify_current()

    def _attribute(self, place: int) -> None:
        session = self._bench.session
        if session is not None and place < len(session.scheme.attributes):
            self.cycle_attribute(session.scheme.attributes[place].id)

    def _cancel(self) -> None:
        if self._canvas.cancel():
            return
        if self._canvas.mode == "point" and self._canvas.adjuster.isVisible():
            self._canvas.adjuster.hide()
        elif self._canvas.mode == "point" and self._run.on:
            self._run.stop()
        self._canvas.set_mode("point")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyRelease and not event.isAutoRepeat():
            self._held = False
        return False

    def _undo(self) -> None:
        """A key that is held down stops where the face's steps end, so that it reopens no row of accepted faces."""
        bench, now = self._bench, time.monotonic()
        stays = self._held and now - self._undone < _REPEATED
        self._undone, self._held = now, True
        if bench.undo(across=not stays) is not None or (bench.session is not None and bench.session.dragging):
            return
        if stays:
            self.hinted.emit(self.tr("The face is as it came. Undo once more goes back to the face before."))
        elif self._reached_back:
            self.hinted.emit(self.tr("Nothing to undo."))
        else:
            bench.store.read(bench.desk.last_accepted, self._reopen, self._tell)

    def _reopen(self, face_id: int | None) -> None:
        """The face that was accepted last, before the window was opened: undo goes on after a restart."""
        if face_id is None:
            self.hinted.emit(self.tr("Nothing to undo."))
        elif not self._reached_back:
            self._reached_back = True
            reopen = partial(self._bench.desk.reopen, face_id)
            self._bench.store.write(reopen, lambda _: self._reopened(face_id))

    def _reopened(self, face_id: int) -> None:
        bench = self._bench
        if bench.face is not None and bench.face.id == face_id:
            bench.face = None  # It was looked at as labelled.
        bench.opened.connect(partial(self._say_reopened, face_id), Qt.ConnectionType.SingleShotConnection)
        bench.open(face_id)
        bench.refresh()

    def _say_reopened(self, face_id: int) -> None:
        if self._bench.face is not None and self._bench.face.id == face_id:
            self._bench.returned.emit()

    def _tell(self, error: Exception) -> None:
        self.hinted.emit(said(str(error)))

    def _redo(self) -> None:
        if self._bench.redo() is None:
            self.hinted.emit(self.tr("Nothing to redo."))

    def _ask_why_skipped(self) -> None:
        self._ask(self.tr("Why the face is skipped"), skip_reasons(self._key("skip")), self._bench.skip)

    def _ask_why_rejected(self) -> None:
        self._ask(self.tr("Why the face is rejected"), reject_reasons(), self._bench.reject)

    def _ask(self, name: str, reasons: Iterable[tuple[str, str | None]], then: Callable[[Any], object]) -> None:
        """A menu with the reasons; a letter or Enter chooses one, Esc keeps the face."""
        session = self._bench.session
        if session is None or session.dragging:
            return
        menu = LetterMenu(self._canvas)
        menu.setAccessibleName(name)
        menu.addAction(name).setEnabled(False)
        for caption, reason in reasons:
            menu.addAction(caption).triggered.connect(lambda _=False, why=reason: then(why))
        menu.setActiveAction(menu.actions()[1])
        menu.aboutToHide.connect(menu.deleteLater)
        # A face that was asked for before, and comes now, is not the one that the answer is about.
        self._bench.opened.connect(menu.close)
        self._reasons = menu
        room = self._canvas.rect().center() - QPoint(menu.sizeHint().width() // 2, menu.sizeHint().height() // 2)
        menu.popup(self._canvas.mapToGlobal(room))
