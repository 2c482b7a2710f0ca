"""Where the campaign stands, in words, and what is left of the budget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from facelabel.ui import theme, words
from facelabel.ui.card import Card, dim

if TYPE_CHECKING:
    from facelabel.campaign.loop import CampaignStatus


class StatusCard(Card):
    label_wanted = Signal()
    export_wanted = Signal()
    import_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("State of the campaign"))
        self.title.setText(self.tr("Reading the project…"))
        self.title.setFont(theme.heading(self.font(), 1.5))
        self._sentence = QLabel()
        self._sentence.setWordWrap(True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Budget spent"))
        self._budget = dim()
        self._facts = dim()
        self._notice = dim(role="warn")
        self._notice.hide()
        self.body.addWidget(self._sentence)
        self.body.addSpacing(2)
        self.body.addWidget(self._bar)
        self.body.addWidget(self._budget)
        self.body.addWidget(self._facts)
        self.body.addWidget(self._notice)
        buttons = QHBoxLayout()
        self.label_button = QPushButton(self.tr("Go on labelling"))
        self.label_button.setProperty("role", "primary")
        self.import_button = QPushButton(self.tr("Import…"))
        self.export_button = QPushButton(self.tr("Export…"))
        for button, wanted in (
            (self.label_button, self.label_wanted),
            (self.import_button, self.import_wanted),
            (self.export_button, self.export_wanted),
        ):
            button.clicked.connect(wanted)
            buttons.addWidget(button)
        buttons.addStretch()
        self.body.addLayout(buttons)

    def show_status(self, status: CampaignStatus) -> None:
        self.title.setText(words.round_title(status))
        self._sentence.setText(words.state(status))
        self._bar.setRange(0, max(1, status.budget))
        self._bar.setValue(max(0, min(status.budget, status.budget - status.budget_left)))
        self._budget.setText(words.budget(status))
        model = (
            self.tr("no model yet")
            if status.version is None
            else self.tr("model v{}, trained on {} faces").format(status.version, status.trained_on)
        )
        self._facts.setText(
            self.tr("{} faces labelled · {} still open · {}").format(status.labels, status.open_faces, model)
        )
        self._notice.setText(status.notice or "")
        self._notice.setVisible(bool(status.notice))

    def set_read_only(self, read_only: bool) -> None:
        for button in (self.label_button, self.import_button):
            button.setEnabled(not read_only)

    def sentence(self) -> str:
        return self._sentence.text()
