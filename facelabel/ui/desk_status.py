"""The line at the foot of the label screen: where the batch stands, why this face, which landmark, what is saved."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from facelabel.campaign.loop import CampaignStatus
from facelabel.ui import theme
from facelabel.ui.elided_label import ElidedLabel
from facelabel.ui.i18n.said import said
from facelabel.ui.queue_model import Row, score_text
from facelabel.ui.store_thread import StoreThread

HINT = 12_000
"""Milliseconds that a hint stays at most: what stands in its place is wanted too."""
QUEUED = 200
"""Faces that the queue shows at most: a larger batch is counted by the store alone."""


class DeskStatus(QFrame):
    retry_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Status"))
        self.batch = QLabel()
        self.why = ElidedLabel()
        self.landmark = ElidedLabel()
        self.hint = ElidedLabel()
        self.zoom = QLabel()
        self.view = ElidedLabel()
        self.view.setVisible(False)
        self.saved = QLabel()
        self.model = QLabel()
        self.trainer = ElidedLabel(Qt.TextElideMode.ElideRight)
        self.retry = QPushButton(self.tr("Retry"))
        self.retry.setProperty("role", "quiet")
        self.retry.setVisible(False)
        self.retry.clicked.connect(self.retry_wanted)
        for label in (self.why, self.zoom, self.model, self.trainer):
            label.setProperty("role", "dim")
        figures = self.fontMetrics()
        self.zoom.setMinimumWidth(figures.horizontalAdvance("8888 %"))
        self.zoom.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 12, 5)
        row.setSpacing(14)
        row.addWidget(self.batch)
        row.addWidget(self.why, 4)
        row.addWidget(self.hint, 4)
        row.addWidget(self.landmark, 3)
        row.addWidget(self.view, 2)
        for widget in (self.zoom, self.model, self.trainer, self.saved, self.retry):
            row.addWidget(widget)
        self.trainer.setMaximumWidth(figures.horizontalAdvance("x") * 36)
        # What stands before it must not move whenever something is saved.
        said = self.tr("Saving…"), self.tr("Saved")
        self.saved.setMinimumWidth(max(map(figures.horizontalAdvance, said)))
        self._fade = QTimer(self, interval=HINT, singleShot=True)
        self._fade.timeout.connect(lambda: self.set_hint(""))
        self.set_hint("")

    def show_status(self, status: CampaignStatus, waiting: int) -> None:
        """Face k of K and what is left of the budget; the newest model. ``waiting``: faces that the queue still holds
        of the batch, which is ahead of what is stored."""
        done = status.batch_size - waiting if 0 < waiting < QUEUED else status.batch_done
        face = min(done + 1, status.batch_size)
        left = self.tr("budget {} left").format(status.budget_left)
        if status.phase in ("training", "ready-to-train"):
            self.batch.setText(self.tr("Batch of {} done  ·  {}").format(status.batch_size, left))
        elif status.batch_size:
            self.batch.setText(self.tr("Face {} of {}  ·  {}").format(face, status.batch_size, left))
        else:
            self.batch.setText(left)
        self.model.setText(self.tr("no model yet") if status.version is None else f"v{status.version}")
        self.model.setToolTip(self.tr("The newest model version"))

    def show_face(self, row: Row | None, version: int | None) -> None:
        """The score of the open face and why it was chosen."""
        if row is None:
            self.why.setText("")
            return
        parts = [said(row.item.why)]
        if row.item.score is not None:
            parts.append(self.tr("score {}").format(score_text(row.item.score)))
        if row.item.asked is not None:
            asked = len(row.item.asked)
            parts.insert(0, self.tr("{} landmark(s) asked for", "", asked).format(asked))
        if version is not None:
            parts.append(self.tr("predicted by v{}").format(version))
        if row.picture is not None:
            parts.insert(0, row.picture.path.name)
        self.why.setText("  ·  ".join(part for part in parts if part))

    def set_hint(self, text: str) -> None:
        """What the person should know about what they just did; takes the place of the reason for a while."""
        self._fade.start() if text else self._fade.stop()
        self.hint.setText(text)
        self.hint.setVisible(bool(text))
        self.why.setVisible(not text)

    def show_view(self, text: str) -> None:
        """How the photo is shown otherwise than it is; nothing for the photo as it is."""
        self.view.setText(text)
        self.view.setVisible(bool(text))

    def show_saved(self, store: StoreThread, *, changed: bool) -> None:
        """``changed``: there is something of the open face to be saved at all."""
        self.retry.setVisible(store.state == "failed")
        if store.state == "failed":
            self._say_saved(self.tr("{} not saved").format(store.unsaved), "error")
            self.saved.setToolTip(said(str(store.error)))
            return
        self.saved.setToolTip("")
        if store.state == "saving":
            self._say_saved(self.tr("Saving…"), "dim")
        else:
            self._say_saved(self.tr("Saved") if changed else "", "ok")

    def _say_saved(self, text: str, role: str) -> None:
        if text != self.saved.text():
            self.saved.setText(text)
        if self.saved.property("role") != role:
            self.saved.setProperty("role", role)
            self.saved.style().unpolish(self.saved)
            self.saved.style().polish(self.saved)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.current()
        painter.fillRect(self.rect(), colours.base)
        painter.setPen(colours.line)
        painter.drawLine(self.rect().topLeft(), self.rect().topRight())
        painter.end()
