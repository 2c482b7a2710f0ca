"""The thread that owns the label screen's reads and writes: in order, so that a read sees every write before it.

A write that fails (a full disk) stays, with all later ones behind it, until it succeeds: nothing is lost while the
window is open, and nothing counts as saved before its commit. Reads go on meanwhile.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Condition
from typing import Any, Literal, TypeVar

from PySide6.QtCore import QObject, Qt, QThread, Signal

from facelabel.errors import StoreError
from facelabel.ui.after_paint import AfterPaint

T = TypeVar("T")
SaveState = Literal["saved", "saving", "failed"]


@dataclass
class _Task:
    work: Callable[[], Any]
    done: Callable[[Any], Any]
    failed: Callable[[Exception], Any] | None
    """None for a write: it is kept instead."""
    key: Hashable = None


class StoreThread(QThread):
    """Callbacks run on the thread that made this object (the GUI's), never after ``close``. It sets out on what it is
    given once the repaint that is due is done: the interpreter's lock is the GUI thread's until then."""

    state_changed = Signal()
    _returned = Signal(object, object)
    _write_ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("store")
        self._condition = Condition()
        self._tasks: deque[_Task] = deque()
        self._failed: deque[_Task] = deque()
        self._retry = False
        self._asked = 0
        self._closing = False
        self._unsaved = 0
        self._error: Exception | None = None
        self._said = ""
        self._open = True
        self._after_paint = AfterPaint(self)
        self._returned.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._write_ended.connect(self._on_write_ended, Qt.ConnectionType.QueuedConnection)
        self.start()

    # Asked by the GUI thread

    @property
    def state(self) -> SaveState:
        return "failed" if self._error is not None else "saving" if self._unsaved else "saved"

    @property
    def error(self) -> Exception | None:
        """Why the oldest unsaved write failed, if it did."""
        return self._error

    @property
    def unsaved(self) -> int:
        """Writes that are not committed."""
        return self._unsaved

    def read(self, work: Callable[[], T], done: Callable[[T], Any], failed: Callable[[Exception], Any]) -> None:
        """Run ``work`` after all writes so far, then ``done`` with its result or ``failed`` with its exception."""
        self._put(_Task(work, done, failed))

    def write(self, work: Callable[[], T], done: Callable[[T], Any] | None = None, *, key: Hashable = None) -> None:
        """Run ``work`` in order; ``done`` after its commit. A waiting write of the same ``key`` right before it is
        replaced: only the last of many drafts matters."""
        self._put(_Task(work, done or _nothing, None, key))

    def retry(self) -> None:
        """Try again what failed; what is being tried at this moment once more, should it fail."""
        with self._condition:
            self._asked += 1
            self._retry = bool(self._failed)
            self._condition.notify()

    def flush(self) -> None:
        """Wait until every write so far is durable. Raises StoreError when one still fails; it is kept."""
        self._finish()
        self.start()
        if self._failed:
            raise StoreError(f"{len(self._failed)} changes are not saved: {self._said}", cure="make room, then retry")

    def close(self) -> None:
        """Wait until every write is durable, or has failed once more, then end the thread for good."""
        self._finish()
        self._open = False

    def _finish(self) -> None:
        with self._condition:
            self._closing, self._retry = True, bool(self._failed)
            self._condition.notify()
        self.wait()
        self._closing = False

    def _put(self, task: _Task) -> None:
        with self._condition:
            waiting = self._failed if self._failed and not self._tasks else self._tasks
            replaced = task.key is not None and bool(waiting) and waiting[-1].key == task.key
            if replaced:
                waiting[-1] = task
                self._retry = waiting is self._failed
            else:
                self._tasks.append(task)
                if task.failed is None:
                    self._unsaved += 1
        self._after_paint(self._wake)
        self.state_changed.emit()

    def _wake(self) -> None:
        with self._condition:
            self._condition.notify()

    # In the thread

    def run(self) -> None:
        while (task := self._next()) is not None:
            asked = self._asked
            try:
                result = task.work()
            except Exception as error:
                if task.failed is not None:
                    self._returned.emit(task.failed, error)
                else:
                    self._keep(task, error, asked)
            else:
                if task.failed is None:
                    self._write_ended.emit(None)
                self._returned.emit(task.done, result)

    def _next(self) -> _Task | None:
        """The next task: after a failure the failed writes first, as soon as a retry is due; None to end."""
        with self._condition:
            while True:
                if self._retry:
                    if self._failed:
                        return self._failed.popleft()
                    self._retry = False
                if self._tasks:
                    task = self._tasks.popleft()
                    if task.failed is not None or not self._failed:
                        return task
                    self._failed.append(task)
                    self._retry = True
                    continue
                if self._closing:
                    return None
                self._condition.wait()

    def _keep(self, task: _Task, error: Exception, asked: int) -> None:
        """``asked``: how often a retry had been asked for when this attempt began."""
        with self._condition:
            self._failed.appendleft(task)
            self._retry = self._asked > asked
            self._said = str(error)
        self._write_ended.emit(error)

    # Back on the GUI thread

    def _deliver(self, callback: Callable[[object], Any], value: object) -> None:
        if self._open:
            callback(value)

    def _on_write_ended(self, error: Exception | None) -> None:
        self._error = error
        if error is None:
            self._unsaved -= 1
        if self._open:
            self.state_changed.emit()


def _nothing(_: object) -> None:
    pass
