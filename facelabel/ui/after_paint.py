"""Work that can wait until the window shows what the person did."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt

EVENT = QEvent.Type(QEvent.registerEventType())
_PRIORITY = Qt.EventPriority.LowEventPriority.value - 1
"""Qt repaints with ``LowEventPriority``: what comes after that comes after the pixels."""


class AfterPaint(QObject):
    """Called with work on the GUI thread, does it there as soon as the repaint that is due is done, or at once where
    none is; what is asked for several times until then is done once."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: dict[Callable[[], object], None] = {}

    def __call__(self, *work: Callable[[], object]) -> None:
        if not self._waiting:
            QCoreApplication.postEvent(self, QEvent(EVENT), _PRIORITY)
        self._waiting.update(dict.fromkeys(work))

    def customEvent(self, event: QEvent) -> None:
        work, self._waiting = self._waiting, {}
        for one in work:
            one()
