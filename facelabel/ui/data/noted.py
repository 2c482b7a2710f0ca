"""A list, or a line that says why there is none."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget


class Noted(QStackedWidget):
    """Begins with the line; ``show_view`` and ``say`` take turns."""

    def __init__(self, *views: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.note = QLabel()
        self.note.setProperty("role", "dim")
        self.note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for view in (*views, self.note):
            self.addWidget(view)
        self.say(self.tr("Reading the project…"))

    @property
    def saying(self) -> bool:
        """Whether the line is shown."""
        return self.currentWidget() is self.note

    def say(self, text: str) -> None:
        self.note.setText(text)
        self.setCurrentWidget(self.note)

    def show_view(self, place: int = 0) -> None:
        """One of the views that it was made with."""
        self.setCurrentIndex(place)
