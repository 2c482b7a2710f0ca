"""The slim bar at the top: the screens on the left, the trainer and the project's name on the right."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from facelabel.ui import theme

Screen = Literal["start", "label", "review", "data", "campaign"]


class Navigation(QFrame):
    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "navigation")
        self.setAccessibleName(self.tr("Screens"))
        self.trainer = QLabel()
        self.trainer.setProperty("role", "dim")
        self.trainer.setAccessibleName(self.tr("Trainer"))
        self.project = QLabel()
        self.project.setFont(theme.heading(self.font(), 1.0))
        self.project.setAccessibleName(self.tr("Open project"))
        self._buttons: dict[Screen, QToolButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 16, 0)
        row.setSpacing(0)
        group = QButtonGroup(self)
        screens: tuple[tuple[Screen, str], ...] = (
            ("start", self.tr("Start")),
            ("label", self.tr("Label")),
            ("review", self.tr("Review")),
            ("data", self.tr("Data")),
            ("campaign", self.tr("Campaign")),
        )
        for name, caption in screens:
            button = QToolButton()
            button.setText(caption)
            button.setCheckable(True)
            button.setProperty("role", "screen")
            button.setAccessibleName(self.tr("Screen: {}").format(caption))
            button.clicked.connect(lambda _=False, screen=name: self.wanted.emit(screen))
            group.addButton(button)
            row.addWidget(button)
            self._buttons[name] = button
        row.addStretch(1)
        row.addWidget(self.trainer)
        row.addSpacing(16)
        row.addWidget(self.project)

    def show_screens(self, shown: Screen, allowed: set[Screen], why_not: str = "") -> None:
        """Mark the screen that is shown and disable those that the project does not have, saying why."""
        self._buttons[shown].setChecked(True)
        for place, (name, button) in enumerate(self._buttons.items(), start=1):
            button.setEnabled(name in allowed)
            button.setToolTip(f"Ctrl+{place}" if name in allowed else why_not)
