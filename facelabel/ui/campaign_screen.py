"""The lab lead's screen: where the campaign stands, what the trainer does, what was measured, what comes next."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHeaderView,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from facelabel.campaign.loop import Campaign, CampaignStatus, Measured
from facelabel.campaign.settings import CampaignSettings, presets
from facelabel.settings import Settings
from facelabel.ui.background import Background
from facelabel.ui.campaign.plots import NmePlot, SecondsPlot
from facelabel.ui.campaign.readings import Readings, read
from facelabel.ui.campaign.rounds_table import RoundsModel
from facelabel.ui.campaign.settings_form import SettingsForm
from facelabel.ui.campaign.status_card import StatusCard
from facelabel.ui.campaign.trainer_card import TrainerCard
from facelabel.ui.card import Card
from facelabel.ui.trainer import Trainer

FEWEST_HELD_OUT = 5
"""Below this many hold-out faces an interval says nothing, and no curve is drawn."""


class CampaignScreen(QWidget):
    """Reads the project in the background and shows it; never waits for the disk itself."""

    problem = Signal(object)
    settings_saved = Signal()

    def __init__(
        self,
        campaign: Campaign,
        trainer: Trainer,
        settings: Settings,
        background: Background,
        *,
        read_only: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Campaign"))
        self._campaign = campaign
        self._trainer = trainer
        self._settings = settings
        self._background = background
        self._reading = False
        self._again = False
        self._read_only = read_only
        self.status_card = StatusCard()
        self.trainer_card = TrainerCard(trainer)
        self.form = SettingsForm([(preset.id, preset.title) for preset in presets()])
        self.nme = NmePlot()
        self.seconds = SecondsPlot()
        self.rounds = RoundsModel(self)
        self._lay_out()
        if read_only:
            self.status_card.set_read_only(True)
            self.form.set_read_only(True)
        self.form.changed.connect(self._save)
        trainer.changed.connect(self._show_pace)

    def refresh(self) -> None:
        """Read everything again in the background; calls while a reading runs are answered by one more reading.

        A hidden screen reads nothing: it does when it is shown.
        """
        if not self.isVisible():
            return
        if self._reading:
            self._again = True
            return
        self._reading = True
        self._background.run(lambda: read(self._campaign), self._show, self._failed)

    def flush(self) -> None:
        """Save a change of the settings that still waits."""
        self.form.flush()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self.refresh)

    def _lay_out(self) -> None:
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setSpacing(12)
        curves = Card(self.tr("Hold-out error"))
        curves.body.addWidget(self.nme, 1)
        pace = Card(self.tr("Seconds per face"))
        pace.body.addWidget(self.seconds, 1)
        for plot in (self.nme, self.seconds):
            plot.setMinimumHeight(150)
        table = Card(self.tr("Rounds"))
        table.body.addWidget(self._table(), 1)
        grid.addWidget(self.status_card, 0, 0, 1, 2)
        grid.addWidget(curves, 1, 0)
        grid.addWidget(pace, 1, 1)
        grid.addWidget(table, 2, 0, 1, 2)
        side = QVBoxLayout()
        side.setSpacing(12)
        side.addWidget(self.trainer_card, 1)
        side.addWidget(self.form)
        grid.addLayout(side, 0, 2, 3, 1)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 3)
        grid.setColumnMinimumWidth(2, 380)
        grid.setRowStretch(1, 3)
        grid.setRowStretch(2, 2)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)

    def _table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.rounds)
        table.setAccessibleName(self.tr("Rounds"))
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.setProperty("role", "plain")
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        table.setMinimumHeight(110)
        return table

    def _show(self, readings: Readings) -> None:
        self._done_reading()
        self.status_card.show_status(readings.status)
        self.form.show_settings(readings.settings)
        self.rounds.show_rounds(readings.rounds)
        self._show_measured(readings.status)
        self.seconds.say("" if readings.seconds else self.tr("Label a few faces: their pace is drawn here."))
        self.seconds.show_seconds(readings.seconds)
        self.trainer_card.allow(*self._may_train(readings.status))

    def _show_measured(self, status: CampaignStatus) -> None:
        measured = [one for one in status.measured if one.nme is not None]
        held = max((one.faces for one in measured), default=status.holdout_faces)
        if not status.measured:
            self.nme.say(self.tr("The error on held-out faces is drawn here after the first training."))
        elif held < FEWEST_HELD_OUT:
            text = self.tr("Too few hold-out faces to tell: {} of at least {}. Each round adds some.")
            self.nme.say(text.format(held, FEWEST_HELD_OUT))
        else:
            self.nme.say("")
        self.nme.show_points([_point(one) for one in measured if one.faces >= FEWEST_HELD_OUT])

    def _may_train(self, status: CampaignStatus) -> tuple[bool, str]:
        if self._read_only:
            return False, self.tr("The project is open read-only.")
        if status.labels == 0:
            return False, self.tr("Idle. Label the first batch: training starts by itself when it is full.")
        return True, ""

    def _failed(self, error: Exception) -> None:
        self._done_reading()
        self.problem.emit(error)

    def _done_reading(self) -> None:
        self._reading = False
        if self._again:
            self._again = False
            self.refresh()

    def _show_pace(self) -> None:
        self.form.show_pace(self._trainer.seconds_per_scored_face)

    def _save(self, settings: CampaignSettings) -> None:
        self._background.run(
            lambda: self._campaign.change(settings, self._settings.author),
            lambda _: self._saved(),
            self.problem.emit,
        )

    def _saved(self) -> None:
        self.settings_saved.emit()
        self.refresh()


def _point(one: Measured) -> tuple[float, float, float, float]:
    assert one.nme is not None
    low, high = (one.nme if end is None else end for end in (one.low, one.high))
    return one.labels, one.nme, low, high
