"""The bar under the navigation that tells what happened in the background, without stopping anybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

Level = Literal["info", "warn", "error"]


class NewsBar(QWidget):
    """The newest three pieces of news, the newest last. Good news leaves by itself, the rest waits to be dismissed."""

    KEPT = 3
    SECONDS = 8

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("News"))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(16, 8, 16, 0)
        self._layout.setSpacing(6)
        self._items: list[_Item] = []
        self.hide()

    def tell(
        self, text: str, level: Level = "info", *, action: str | None = None, do: Callable[[], object] | None = None
    ) -> None:
        """Show one line; ``action`` captions a button that calls ``do``. The same line is never there twice."""
        for item in [other for other in self._items if other.text == text]:
            self._remove(item)
        item = _Item(text, level, self)
        item.dismissed.clicked.connect(lambda: self._remove(item))
        if action and do is not None:
            item.add_action(action, lambda: self._act(item, do))
        elif level == "info":
            item.leave_after(self.SECONDS, lambda: self._remove(item))
        self._items.append(item)
        self._layout.addWidget(item)
        for old in self._items[: -self.KEPT]:
            self._remove(old)
        self.show()

    def texts(self) -> list[str]:
        return [item.text for item in self._items]

    def clear(self) -> None:
        for item in list(self._items):
            self._remove(item)

    def _act(self, item: _Item, do: Callable[[], object]) -> None:
        self._remove(item)
        do()

    def _remove(self, item: _Item) -> None:
        if item in self._items:
            self._items.remove(item)
            self._layout.removeWidget(item)
            item.stop()
            item.hide()
            item.deleteLater()
        self.setVisible(bool(self._items))


class _Item(QFrame):
    def __init__(self, text: str, level: Level, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = text
        self.setProperty("role", "news")
        self.setProperty("level", level)
        self.setAccessibleName(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 6, 4)
        label = QLabel(text)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(label, 1)
        self.dismissed = QPushButton(self.tr("Dismiss"))
        self.dismissed.setProperty("role", "quiet")
        self.dismissed.setAccessibleName(self.tr("Dismiss: {}").format(text))
        row.addWidget(self.dismissed)
        self._row = row
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)

    def add_action(self, caption: str, do: Callable[[], object]) -> None:
        button = QPushButton(caption)
        button.clicked.connect(do)
        self._row.insertWidget(1, button)

    def leave_after(self, seconds: float, do: Callable[[], object]) -> None:
        self._timer.timeout.connect(do)
        self._timer.start(int(seconds * 1000))

    def stop(self) -> None:
        self._timer.stop()
