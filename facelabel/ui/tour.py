"""The first-run tour: seven bubbles, each beside the real thing it tells of. Under a minute, left with Esc."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from facelabel.desk.actions import BY_ID
from facelabel.ui import theme
from facelabel.ui.key_map import KeyMap
from facelabel.ui.keys_overlay import keys_of
from facelabel.ui.words import tr

if TYPE_CHECKING:
    from facelabel.ui.main_window import MainWindow

_WIDTH = 360
_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
_GAP, _EDGE = 16, 12
"""Pixels between a bubble and what it tells of, and between it and the window's side."""


@dataclass(frozen=True)
class Stop:
    """``target`` is what is lit; None lights nothing."""

    target: QWidget | None
    title: str
    text: str


def desk_stops(window: MainWindow) -> list[Stop]:
    """Of a project that may be labelled; the label screen has to be shown."""
    work = window.workspace
    assert work is not None
    assert work.label is not None
    screen, keys = work.label, KeyMap(window.settings.keys)

    def key(action: str) -> str:
        return keys_of(BY_ID[action], keys.of(BY_ID[action])).split(", ")[0]

    return [
        Stop(
            screen.queue,
            tr("The faces that teach most"),
            tr("The model asks for these, the most useful first. Work from the top; the next one opens by itself."),
        ),
        Stop(
            screen.canvas,
            tr("Put right what is wrong"),
            tr("Drag a point to its place, or click there: the nearest comes. Points that nobody touched follow."),
        ),
        Stop(
            screen.canvas,
            tr("More than one point"),
            tr("Shift-drag moves a whole eye or brow, Ctrl+Shift-drag the face. {} takes back any step.").format(
                key("undo")
            ),
        ),
        Stop(
            screen.table,
            tr("What each point is"),
            tr("Its definition, and how sure the model is. {} goes to the next one in doubt.").format(
                key("next-doubtful")
            ),
        ),
        Stop(
            screen.canvas,
            tr("Done? {}").format(key("accept")),
            tr("{} accepts the face and opens the next. {} asks later, {} refuses what is no face.").format(
                key("accept"), key("skip"), key("reject")
            ),
        ),
        Stop(
            screen.status,
            tr("Nothing to save"),
            tr("Every step is kept at once. When the batch is full the model learns from it, and you go on."),
        ),
        Stop(
            window.navigation,
            tr("The rest"),
            tr("Campaign shows whether more labels pay. {} shows every key. This tour is in the Help menu.").format(
                key("keys")
            ),
        ),
    ]


def start_stops(window: MainWindow) -> list[Stop]:
    """Before a project is open."""
    start = window.start
    return [
        Stop(
            start.new_button,
            tr("Your photos"),
            tr("A new project: choose a folder of photos and what to mark in faces."),
        ),
        Stop(start.demo_button, tr("Or look first"), tr("The demo has rendered faces. Nothing is downloaded or sent.")),
        Stop(
            start.recent,
            tr("Go on"),
            tr("Projects that you opened stand here. The tour of the desk comes with the first."),
        ),
    ]


class Tour(QWidget):
    """Lies over a whole window and lights one thing after another; deletes itself at its end."""

    ended = Signal()

    def __init__(self, window: QWidget, stops: Sequence[Stop]) -> None:
        super().__init__(window)
        self._window = window
        self._stops = [stop for stop in stops if stop.target is None or stop.target.isVisible()]
        self._at = 0
        self._before = window.focusWidget()
        self.setAccessibleName(tr("Tour"))
        self.bubble = QFrame(self)
        self.bubble.setProperty("role", "card")
        self.bubble.setFixedWidth(_WIDTH)
        self.title = QLabel()
        self.title.setFont(theme.heading(self.font(), 1.2))
        self.title.setWordWrap(True)
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.place = QLabel()
        self.place.setProperty("role", "dim")
        self.skip = QPushButton(tr("&Skip"))
        self.skip.setProperty("role", "quiet")
        self.back = QPushButton(tr("&Back"))
        self.next = QPushButton()
        self.next.setProperty("role", "primary")
        self.skip.clicked.connect(self.finish)
        self.back.clicked.connect(lambda: self.go(-1))
        self.next.clicked.connect(lambda: self.go(1))
        foot = QHBoxLayout()
        foot.addWidget(self.place)
        foot.addStretch(1)
        for button in (self.skip, self.back, self.next):
            foot.addWidget(button)
            button.installEventFilter(self)
        column = QVBoxLayout(self.bubble)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.text)
        column.addSpacing(4)
        column.addLayout(foot)
        window.installEventFilter(self)

    @property
    def stop(self) -> Stop:
        return self._stops[self._at]

    def begin(self) -> None:
        if not self._stops:
            self.finish()
            return
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self._show_stop()

    def go(self, by: int) -> None:
        """Forward or back; past the last stop is the end."""
        if self._at + by >= len(self._stops):
            self.finish()
        else:
            self._at = max(0, self._at + by)
            self._show_stop()

    def finish(self) -> None:
        self._window.removeEventFilter(self)
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()
        self.hide()
        self.ended.emit()
        self.deleteLater()

    def _show_stop(self) -> None:
        last = self._at == len(self._stops) - 1
        self.title.setText(self.stop.title)
        self.text.setText(self.stop.text)
        self.bubble.setAccessibleName(f"{self.stop.title}. {self.stop.text}")
        self.place.setText(tr("{} of {}").format(self._at + 1, len(self._stops)))
        self.next.setText(tr("&Done") if last else tr("&Next"))
        self.skip.setVisible(not last)
        self.back.setEnabled(self._at > 0)
        self._place()
        self.next.setFocus()
        self.update()

    def _lit(self) -> QRect:
        target = self.stop.target
        if target is None or not target.isVisible():
            return QRect()
        corner = target.mapTo(self._window, QPoint(0, 0))
        return QRect(corner, target.size()).intersected(self.rect())

    def _place(self) -> None:
        """Beside what is lit where there is room, else in it at the foot."""
        height = max(self.bubble.heightForWidth(_WIDTH), self.bubble.sizeHint().height())
        size, lit = QSize(_WIDTH, height), self._lit()
        self.bubble.resize(size)
        room = self.rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        middle = lit.center() - QPoint(size.width() // 2, size.height() // 2)
        corners = (
            QPoint(lit.right() + _GAP, middle.y()),
            QPoint(lit.left() - _GAP - size.width(), middle.y()),
            QPoint(middle.x(), lit.bottom() + _GAP),
            QPoint(middle.x(), lit.top() - _GAP - size.height()),
            QPoint(middle.x(), lit.bottom() - _GAP - size.height()),
        )
        for corner in corners:
            placed = _inside(QRect(corner, size), room)
            if not placed.intersects(lit):
                break
        self.bubble.setGeometry(placed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window:
            if event.type() == QEvent.Type.Resize:
                self.setGeometry(self._window.rect())
                self._place()
        elif event.type() == QEvent.Type.ShortcutOverride:
            # Keys of the window must not act behind it.
            event.accept()
            return True
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _ARROWS:
            # A button would give the focus to its neighbour.
            self.keyPressEvent(event)
            return True
        return False

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays among the three buttons."""
        buttons = [button for button in (self.skip, self.back, self.next) if button.isVisible() and button.isEnabled()]
        if not buttons:  # While it is being hidden.
            return False
        at = next((i for i, button in enumerate(buttons) if button.hasFocus()), 0)
        buttons[(at + (1 if forward else -1)) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.finish()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown):
            self.go(1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_PageUp, Qt.Key.Key_Backspace):
            self.go(-1)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dark, lit = QPainterPath(), QRectF(self._lit())
        dark.addRect(QRectF(self.rect()))
        if not lit.isEmpty():
            hole = QPainterPath()
            hole.addRoundedRect(lit, 6, 6)
            dark = dark.subtracted(hole)
        painter.fillPath(dark, QColor(0, 0, 0, 140))
        if not lit.isEmpty():
            painter.setPen(QPen(theme.current().accent, 2))
            painter.drawRoundedRect(lit.adjusted(1, 1, -1, -1), 6, 6)
        painter.end()


def _inside(wanted: QRect, room: QRect) -> QRect:
    """``wanted`` moved into ``room``."""
    left = max(room.left(), min(wanted.left(), room.right() - wanted.width()))
    top = max(room.top(), min(wanted.top(), room.bottom() - wanted.height()))
    return QRect(QPoint(left, top), wanted.size())


def start(window: MainWindow) -> Tour:
    """Begin the tour of what is open: the desk, or the start screen."""
    work = window.workspace
    at_desk = work is not None and work.label is not None
    window.show_screen("label" if at_desk else "start")
    tour = Tour(window, desk_stops(window) if at_desk else start_stops(window))
    tour.begin()
    return tour


def offer(window: MainWindow) -> None:
    """Show the tour of the desk once in the life of a person's settings, when the first face is open in their first
    project: it points at things, and before that there are none."""
    work = window.workspace
    if window.settings.tour_seen or work is None or work.label is None:
        return
    if work.label.bench.face is None or not work.label.isVisible():
        later = work.label.bench.opened if work.label.isVisible() else window.stack.currentChanged
        later.connect(lambda *_: offer(window), Qt.ConnectionType.SingleShotConnection)
        return
    window.apply_settings(window.settings.model_copy(update={"tour_seen": True}))
    start(window)
