"""The pages of a screen: one is shown, their captions stand in a row above."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget


class PageTabs(QWidget):
    chosen = Signal(int)
    """Somebody clicked the caption of a page; it is shown already."""

    def __init__(
        self, spoken: str, pages: Sequence[QWidget], beside: Sequence[QWidget] = (), parent: QWidget | None = None
    ) -> None:
        """``spoken`` is what a screen reader calls a caption, which stands where it has ``{}``; ``beside`` are the
        buttons at the end of the row. The captions come by ``name``."""
        super().__init__(parent)
        self._spoken = spoken
        self._stack = QStackedWidget()
        self._captions = QButtonGroup(self)
        row = QHBoxLayout()
        row.setContentsMargins(12, 4, 16, 0)
        row.setSpacing(0)
        for number, page in enumerate(pages):
            caption = QToolButton()
            caption.setCheckable(True)
            caption.setProperty("role", "page")
            self._captions.addButton(caption, number)
            row.addWidget(caption)
            self._stack.addWidget(page)
        row.addStretch(1)
        for widget in beside:
            row.addWidget(widget)
            row.addSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._stack, 1)
        self.turn_to(0)
        self._captions.idClicked.connect(self._on_clicked)

    @property
    def shown(self) -> int:
        """The number of the page that is shown."""
        return self._stack.currentIndex()

    def turn_to(self, page: int) -> None:
        self._captions.button(page).setChecked(True)
        self._stack.setCurrentIndex(page)

    def name(self, captions: Sequence[str]) -> None:
        """In the order of the pages."""
        for number, caption in enumerate(captions):
            self._captions.button(number).setText(caption)
            self._captions.button(number).setAccessibleName(self._spoken.format(caption))

    def _on_clicked(self, page: int) -> None:
        self.turn_to(page)
        self.chosen.emit(page)
