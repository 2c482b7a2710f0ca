"""The trainer: what it does, how long it still takes, the loss while it learns, and its last log lines."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QProgressBar, QPushButton, QWidget

from facelabel.ui import words
from facelabel.ui.campaign.plots import LossPlot
from facelabel.ui.card import Card, dim, set_role
from facelabel.ui.trainer import Trainer

LOG_LINES = 200
REDRAW = 200
"""Milliseconds between two drawings of the loss curve at least."""


class TrainerCard(Card):
    train_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, trainer: Trainer, parent: QWidget | None = None) -> None:
        super().__init__(words.tr("Trainer"), parent)
        self._trainer = trainer
        self._allowed = False
        self._why_not = ""
        self._stage = dim()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress of the job"))
        self.loss = LossPlot()
        self.loss.setFixedHeight(130)
        self.loss.show_losses([])
        self.loss.hide()
        self._log = QPlainTextEdit()
        self._log.setReadOnly(True)
        self._log.setMaximumBlockCount(LOG_LINES)
        self._log.setAccessibleName(self.tr("Last log lines of the worker"))
        self._log.setTabChangesFocus(True)
        self._log.setMaximumHeight(96)
        self._log.hide()
        self.body.addWidget(self._stage)
        self.body.addWidget(self._bar)
        self.body.addWidget(self.loss)
        self.body.addWidget(self._log)
        buttons = QHBoxLayout()
        self.train_button = QPushButton(self.tr("Train now"))
        self.train_button.clicked.connect(self.train_wanted)
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.setAccessibleName(self.tr("Cancel the running job"))
        self.cancel_button.clicked.connect(self.cancel_wanted)
        self.log_button = QPushButton(self.tr("Log"))
        self.log_button.setCheckable(True)
        self.log_button.setProperty("role", "quiet")
        self.log_button.toggled.connect(self._log.setVisible)
        buttons.addWidget(self.train_button)
        buttons.addWidget(self.cancel_button)
        buttons.addStretch()
        buttons.addWidget(self.log_button)
        self.body.addLayout(buttons)
        self._redraw = QTimer(self)
        self._redraw.setSingleShot(True)
        self._redraw.setInterval(REDRAW)
        self._redraw.timeout.connect(lambda: self.loss.show_losses(self._trainer.losses))
        trainer.changed.connect(self.refresh)
        trainer.logged.connect(self._log.appendPlainText)
        self.refresh()

    def allow(self, allowed: bool, why_not: str = "") -> None:
        """Whether there is anything to train on; otherwise the sentence that says what is missing."""
        self._allowed, self._why_not = allowed, why_not
        self.refresh()

    def refresh(self) -> None:
        trainer = self._trainer
        busy = trainer.busy
        self.train_button.setEnabled(self._allowed and not busy)
        self.train_button.setToolTip(self._why_not)
        self.cancel_button.setEnabled(busy and not trainer.cancelling)
        self._bar.setVisible(busy)
        if busy:
            self._bar.setRange(0, trainer.total)
            self._bar.setValue(trainer.done)
            self._say(trainer.text() + (f" · {trainer.device}" if trainer.device else ""))
        else:
            self._say(self._why_not or self.tr("Idle. Training starts by itself when the batch is full."))
        self.loss.setVisible(busy or bool(trainer.losses))
        if len(trainer.losses) <= 1:
            self.loss.show_losses(trainer.losses)
        elif not self._redraw.isActive() and busy:
            self._redraw.start()

    def tell_end(self, state: str, message: str) -> None:
        """Keep in view how the last job ended, until the next one starts."""
        said = {
            "done": (self.tr("Done: the new model has ranked the faces."), "ok"),
            "cancelled": (self.tr("Cancelled. The batch waits; train when you are ready."), "warn"),
        }.get(state, (message or self.tr("The job failed."), "error"))
        self._why_not = ""
        self._say(*said)

    def _say(self, text: str, role: str = "dim") -> None:
        self._stage.setText(text)
        set_role(self._stage, role)

    def text(self) -> str:
        return self._stage.text()
