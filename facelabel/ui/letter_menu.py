"""A menu whose letters are its own."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QMenu


class LetterMenu(QMenu):
    """While it is open no shortcut of the screen below takes the key that chooses an entry."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)
