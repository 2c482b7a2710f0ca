"""From an input event to the pixels that show it, at the real window.

Events are due at fixed times: an event that has to wait for a busy event loop counts the wait. Each goes to the native
window (``QTest`` on its ``QWindow``), as one from the window system would, and is shown at the end of the next repaint
of the window (painted and flushed) that painted the canvas. Linux also tells how long the GUI thread was ready
meanwhile without a core to run on.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from benchmarks.loop_watch import QueueTime

_BEHIND = 0.02
"""Seconds that an event may be behind its time: moves that come while a window is busy are joined by window systems,
which QTest does not do."""
Act = Callable[[], object]
Steps = Iterator[tuple[float, str, Act]]
"""(milliseconds after the event before, kind, what sends it)."""


@dataclass
class Timed:
    """Milliseconds of each event that was shown, and of them those that no core was free."""

    total: list[float] = field(default_factory=list)
    queued: list[float] = field(default_factory=list)

    @property
    def own(self) -> npt.NDArray[np.float64]:
        """Without the time that no core was free."""
        own: npt.NDArray[np.float64] = np.array(self.total) - np.nan_to_num(np.array(self.queued))
        return np.maximum(own, 0.0)

    def quantiles(self, *, own: bool = False) -> dict[str, float]:
        values = self.own if own else np.array(self.total)
        if not len(values):
            return {"n": 0}
        p50, p99 = np.quantile(values, [0.5, 0.99])
        return {"n": len(values), "p50": float(p50), "p99": float(p99), "max": float(values.max())}


class PaintWatch(QObject):
    """Watches repaints of ``canvas`` in ``window``. ``expect`` names an event; it counts once it is shown."""

    def __init__(self, window: QWidget, canvas: QWidget) -> None:
        super().__init__()
        self._window, self._canvas = window, canvas
        self._queue_time = QueueTime()
        self._waiting: list[tuple[str, float, float, Callable[[], bool]]] = []
        self._inside = self._painted = False
        self.shown: dict[str, Timed] = {}
        window.installEventFilter(self)
        canvas.installEventFilter(self)

    @property
    def waiting(self) -> int:
        """Events that are not shown yet."""
        return len(self._waiting)

    def withdraw(self) -> None:
        """The event that was named last asks for no repaint."""
        self._waiting.pop()

    def expect(self, kind: str, due: float, when: Callable[[], bool] = lambda: True) -> None:
        """``due``: ``time.perf_counter`` when the event was to come; it is shown by the first repaint ``when`` so."""
        self._waiting.append((kind, due, self._queue_time.read(), when))

    def drop(self) -> None:
        """Forget what waits: nothing was to be shown."""
        self._waiting.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._canvas:
            self._painted |= event.type() == QEvent.Type.Paint
        elif event.type() == QEvent.Type.UpdateRequest and not self._inside:
            self._inside, self._painted = True, False
            QCoreApplication.sendEvent(watched, event)
            self._inside = False
            if self._painted:
                self._end()
            return True
        return False

    def _end(self) -> None:
        now, queued = time.perf_counter(), self._queue_time.read()
        left = []
        for kind, due, before, when in self._waiting:
            if when():
                timed = self.shown.setdefault(kind, Timed())
                timed.total.append(1000 * (now - due))
                timed.queued.append(1000 * (queued - before))
            else:
                left.append((kind, due, before, when))
        self._waiting = left


class Hand(QObject):
    """Sends the events of ``steps`` when they are due, and tells the watch of those that ask for a repaint."""

    def __init__(self, watch: PaintWatch, canvas: QWidget, steps: Steps, done: Act) -> None:
        super().__init__()
        self._watch, self._steps, self._done = watch, steps, done
        self.sent = self.unseen = 0
        self._dirty = False
        self._update: Callable[..., None] = canvas.update
        canvas.update = self._mark  # type: ignore[method-assign]
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._send)
        self._due = time.perf_counter()
        self._next: tuple[str, Act] | None = None
        self._plan()

    def _mark(self, *area: Any) -> None:
        self._dirty = True
        self._update(*area)

    def _plan(self) -> None:
        step = next(self._steps, None)
        if step is None:
            self._done()
            return
        wait, kind, act = step
        # Nobody goes on drawing ahead of a window that has stood still: then the next event is due when it comes.
        self._due = max(self._due, time.perf_counter() - _BEHIND) + wait / 1000
        self._next = kind, act
        self._timer.start(max(0, round(1000 * (self._due - time.perf_counter()))))

    def _send(self) -> None:
        assert self._next is not None
        kind, act = self._next
        if kind:
            self._dirty = False
            before = self._watch.waiting
            self._watch.expect(kind, self._due)
            act()
            self.sent += 1
            if not self._dirty and self._watch.waiting > before:
                self._watch.withdraw()
                self.unseen += 1
        else:
            act()
        self._plan()
