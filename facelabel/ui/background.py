"""Work off the GUI thread: short reads in a pool, long work in a thread of its own with progress and cancel.

Callbacks always run on the GUI thread. Both hand an exception to the caller instead of raising it in the thread.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QThread, QThreadPool, Signal

T = TypeVar("T")
Report = Callable[[str, int, int], None]
"""(what is going on, done, total); a total of 0 means that nobody knows."""
Cancelled = Callable[[], bool]


class Background(QObject):
    """A pool of two threads for queries of a few milliseconds, so that no frame waits for the disk."""

    _returned = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(2)
        self._open = True
        # Through a slot of this object, which lives on the GUI thread: a plain function would run in the pool.
        self._returned.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(self, work: Callable[[], T], done: Callable[[T], Any], failed: Callable[[Exception], Any]) -> None:
        """Run ``work``, then ``done`` with its result or ``failed`` with its exception, unless shut down meanwhile."""

        def call() -> None:
            try:
                result = work()
            except Exception as error:
                self._returned.emit(failed, error)
            else:
                self._returned.emit(done, result)

        if self._open:
            self._pool.start(call)

    def shutdown(self) -> None:
        """Wait for what runs and drop its results: their owners are about to go."""
        self._open = False
        self._pool.waitForDone()

    def _deliver(self, callback: Callable[[object], Any], value: object) -> None:
        if self._open:
            callback(value)


class Task(QThread):
    """One long piece of work, such as an import."""

    progress = Signal(str, int, int)
    succeeded = Signal(object)
    failed = Signal(object)

    INTERVAL = 0.05
    """Seconds between two reports at least: a fast import would drown the event loop in them."""

    def __init__(self, work: Callable[[Report, Cancelled], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._last = 0.0

    def cancel(self) -> None:
        self.requestInterruption()

    def run(self) -> None:
        try:
            result = self._work(self._report, self.isInterruptionRequested)
        except Exception as error:
            self.failed.emit(error)
        else:
            self.succeeded.emit(result)

    def _report(self, what: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._last >= self.INTERVAL or done == total:
            self._last = now
            self.progress.emit(what, done, total)


class Eta:
    """Seconds left by the mean pace so far, told only once the pace means something."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._start = clock()

    def left(self, done: int, total: int) -> float | None:
        elapsed = self._clock() - self._start
        if elapsed < 1 or done <= 0 or total <= 0:
            return None
        return elapsed / done * (total - done)
