"""A simulated person at the real window: mouse and key events on its native window, paced by the event loop.

Shared by ``stalls.py`` and ``kill.py``. Every step of a routine is a generator that yields the milliseconds until its
next event, so that the loop runs freely in between, as it does for a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtTest import QTest

from facelabel.ui.label_screen import LabelScreen
from facelabel.ui.main_window import MainWindow

Steps = Iterator[float]
_LEFT = Qt.MouseButton.LeftButton
_NONE = Qt.KeyboardModifier.NoModifier
_CTRL = Qt.KeyboardModifier.ControlModifier


@dataclass(frozen=True)
class Pace:
    """Milliseconds between two decisions (uniform), between two positions of a drag, and positions a drag."""

    least: float = 50.0
    most: float = 150.0
    motion: float = 16.0
    positions: int = 8


class Annotator:
    """Drags points, nudges, undoes, toggles visibility and accepts. ``before_accept`` is called ahead of Space."""

    def __init__(self, window: MainWindow, pace: Pace, rng: np.random.Generator) -> None:
        self._window = window
        self._pace = pace
        self._rng = rng
        self._next = QTimer()
        self._next.setSingleShot(True)
        self._next.setTimerType(Qt.TimerType.PreciseTimer)
        self._next.timeout.connect(self._go_on)
        self._steps: Steps = iter(())
        self._done: Callable[[], object] = lambda: None
        self.before_accept: Callable[[], object] = lambda: None

    @property
    def screen(self) -> LabelScreen:
        assert self._window.workspace is not None
        assert self._window.workspace.label is not None
        return self._window.workspace.label

    def start(self, steps: Steps, done: Callable[[], object] = lambda: None) -> None:
        """Run a routine from a timer until it ends."""
        self._steps, self._done = steps, done
        self._go_on()

    def stop(self) -> None:
        self._next.stop()

    def _go_on(self) -> None:
        wait = next(self._steps, None)
        if wait is None:
            self._done()
        else:
            self._next.start(round(wait))

    def label_faces(self, count: int | None) -> Steps:
        """Label so many faces, or for ever; wait wherever there is none."""
        done = 0
        while count is None or done < count:
            if self.screen.bench.face is None:
                yield 20.0
                continue
            yield from self._label_face()
            done += 1

    def _label_face(self) -> Steps:
        for _ in range(self._rng.integers(3, 6)):
            yield from self._drag()
        for key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
            self._key(key)
            yield self._pause()
        self._key(Qt.Key.Key_Z, _CTRL)
        yield self._pause()
        self._key(Qt.Key.Key_V)
        yield self._pause()
        if self.screen.commands.asks:  # Most of an audit face is where the generic shape put it.
            self._key(Qt.Key.Key_Space)
            yield self._pause()
        self.before_accept()
        self._key(Qt.Key.Key_Space)
        yield self._pause()

    def _drag(self) -> Steps:
        """Take hold of a landmark that is in sight and bring it elsewhere in curved small steps."""
        canvas = self.screen.canvas
        room = canvas.rect().adjusted(20, 20, -20, -20)
        points = [QPointF(x, y) for x, y in canvas.screen_points().tolist() if room.contains(int(x), int(y))]
        if not points:
            yield self._pause()
            return
        start = points[self._rng.integers(len(points))]
        by = self._rng.normal(0.0, 12.0, 2)
        self._mouse(QTest.mouseMove, start)
        yield self._pace.motion
        self._mouse(QTest.mousePress, start)
        for share in np.linspace(0.0, 1.0, self._pace.positions + 1)[1:]:
            yield self._pace.motion
            self._mouse(QTest.mouseMove, start + QPointF(*(by * share)))
        yield self._pace.motion
        self._mouse(QTest.mouseRelease, start + QPointF(*by))
        yield self._pause()

    def _pause(self) -> float:
        return float(self._rng.uniform(self._pace.least, self._pace.most))

    def _key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = _NONE) -> None:
        QTest.keyClick(self._window.windowHandle(), key, modifiers)

    def _mouse(self, what: Callable[..., object], at: QPointF) -> None:
        place = self.screen.canvas.mapTo(self._window, QPoint(round(at.x()), round(at.y())))
        if what is QTest.mouseMove:
            what(self._window.windowHandle(), place)
        else:
            what(self._window.windowHandle(), _LEFT, _NONE, place)
