"""An action that lasts as long as its key is down, whichever of some widgets has the focus."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget


class HeldKey(QObject):
    held = Signal(bool)
    """The key went down, or up; a focus that goes elsewhere counts as up, for nobody hears of the release then."""

    def __init__(self, places: Iterable[QWidget], parent: QObject) -> None:
        """``places``: lists too, which would take a letter for the beginning of a name."""
        super().__init__(parent)
        self._keys: tuple[QKeySequence, ...] = ()
        self._down: int | None = None
        """The key alone: Shift, say, may be let go before it."""
        for place in places:
            place.installEventFilter(self)

    def set_keys(self, keys: Iterable[str]) -> None:
        self._keys = tuple(QKeySequence(key) for key in keys)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self._tell(None)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            pressed = QKeySequence(event.keyCombination())
            if pressed in self._keys:
                self._tell(event.key())
                return True
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyRelease and not event.isAutoRepeat():
            self._tell(None if event.key() == self._down else self._down)
        return False

    def _tell(self, down: int | None) -> None:
        was, self._down = self._down, down
        if was != down:
            self.held.emit(down is not None)
