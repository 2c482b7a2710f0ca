"""The lab lead's screen: how the campaign goes, the batch and the pool, and the settings of what comes next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from facelabel.campaign.loop import Campaign, CampaignStatus
from facelabel.campaign.overview import Costs, Overview
from facelabel.campaign.settings import CampaignSettings, presets
from facelabel.desk.desk import Desk, FacePicture
from facelabel.errors import FacelabelError
from facelabel.settings import Settings
from facelabel.ui.background import Background
from facelabel.ui.campaign import readings
from facelabel.ui.campaign.pool_page import PoolPage, PoolReadings
from facelabel.ui.campaign.progress_page import ProgressPage
from facelabel.ui.campaign.readings import Readings, SettingsReadings
from facelabel.ui.campaign.settings_page import Previewed, SettingsPage
from facelabel.ui.image_loader import ImageLoader
from facelabel.ui.page_tabs import PageTabs
from facelabel.ui.trainer import Trainer

PROGRESS, POOL, SETTINGS = range(3)


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
        loader: ImageLoader,
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
        self._overview = Overview(campaign.project)
        self._aside = readings.Aside(campaign)
        self._desk = Desk(campaign.project, settings.author)
        self._reading = False
        self._again = False
        self._choosing = False
        self._round: int | None = None
        self._proposal: CampaignSettings | None = None
        self._costs: tuple[Costs, float | None, int] = (Costs(), None, 0)
        self._read_only = read_only
        self.loader = loader
        self._hovered: tuple[int, FacePicture] | None = None
        self.progress = ProgressPage(campaign.project.scheme, trainer)
        self.pool = PoolPage()
        self.settings_page = SettingsPage([(preset.id, preset.title) for preset in presets()])
        self.status_card, self.trainer_card = self.progress.status, self.progress.trainer
        self.form, self.rounds = self.settings_page.form, self.progress.rounds
        self._lists = (self.pool.batch, self.pool.worst, self.settings_page.preview)
        self._lay_out()
        if read_only:
            self.status_card.set_read_only(True)
            self.form.set_read_only(True)
        self._connect()

    def refresh(self) -> None:
        """Read the page that is shown again in the background; calls while a reading runs are answered by one more.

        A hidden screen reads nothing: it does when it is shown.
        """
        if not self.isVisible():
            return
        if self._reading:
            self._again = True
            return
        self._reading = True
        works: dict[int, tuple[Callable[[], Any], Callable[[Any], None]]] = {
            PROGRESS: (lambda: readings.read(self._campaign, self._overview, self.progress.forecast.ahead), self._show),
            POOL: (
                lambda: readings.read_pool(
                    self._campaign, self._overview, self._aside, self._settings.author, self._round
                ),
                self._show_pool,
            ),
            SETTINGS: (lambda: readings.read_settings(self._campaign), self._show_settings),
        }
        self._background.run(*works[self.pages.shown], self._failed)

    @property
    def reading(self) -> bool:
        """Whether something of the page that is shown is still being read or chosen."""
        return self._reading or self._choosing

    def show_page(self, page: int) -> None:
        """PROGRESS, POOL or SETTINGS."""
        self.pages.turn_to(page)
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self.refresh)

    def _lay_out(self) -> None:
        self.pages = PageTabs(self.tr("Campaign: {}"), (self.progress, self.pool, self.settings_page))
        self.pages.name((self.tr("Progress"), self.tr("Batch and pool"), self.tr("Settings")))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages)

    def _connect(self) -> None:
        self.pages.chosen.connect(self.refresh)
        self.form.applied.connect(self._save)
        self.form.proposed.connect(self._preview)
        self.progress.forecast.ahead_changed.connect(self.refresh)
        self.pool.round_wanted.connect(self._show_round)
        self._trainer.changed.connect(self._show_pace)
        for faces in self._lists:
            faces.faces.find_picture = self.loader.thumbnail
        self.pool.panel.map.picture_wanted.connect(self._find_picture)
        self.loader.thumbnails_ready.connect(self._show_pictures)

    # What was read

    def _show(self, said: Readings) -> None:
        self._done_reading()
        self.progress.show_readings(said)
        self.trainer_card.allow(*self._may_train(said.status))
        each = said.outlook.effort.seconds_a_face
        self._costs = said.costs, None if each is None else each.value, said.status.open_faces
        self._show_pace()

    def _show_pool(self, said: PoolReadings) -> None:
        self._done_reading()
        self.pool.show_readings(said)

    def _show_settings(self, said: SettingsReadings) -> None:
        self._done_reading()
        self.form.show_strategies(said.strategies, said.broken)
        self.form.show_settings(said.settings)
        self.settings_page.show_history(said.history)

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
        costs, labelling, waiting = self._costs
        if self._trainer.seconds_per_scored_face is not None:
            costs = replace(costs, scoring=self._trainer.seconds_per_scored_face, scored=1)
        self.form.show_costs(costs, labelling, waiting)

    def _show_round(self, number: int) -> None:
        self._round = number
        self.refresh()

    # Photos

    def _find_picture(self, face_id: int) -> None:
        def ask(found: dict[int, FacePicture]) -> None:
            if face_id in found:
                self._hovered = face_id, found[face_id]
                self._show_pictures()

        self._background.run(lambda: self._desk.pictures([face_id]), ask, self.problem.emit)

    def _show_pictures(self) -> None:
        for faces in self._lists:
            faces.viewport().update()
        if self._hovered is not None:
            face_id, photo = self._hovered
            pixmap = self.loader.thumbnail(photo)
            if pixmap is not None:
                self._hovered = None
                self.pool.panel.map.set_picture(face_id, pixmap)

    # Settings

    def _preview(self, proposal: CampaignSettings) -> None:
        self._proposal = proposal
        if not self.isVisible() or self.pages.shown != SETTINGS:
            return
        self.settings_page.show_waiting()
        self._choosing = True

        def done(said: Previewed) -> None:
            if proposal is self._proposal:  # An older answer says nothing of what stands in the form now.
                self._choosing = False
                self.settings_page.show_preview(said)

        def failed(error: Exception) -> None:
            if proposal is self._proposal:
                self._choosing = False
                self.settings_page.show_no_preview(str(error))
            if not isinstance(error, FacelabelError):
                self.problem.emit(error)

        self._background.run(lambda: readings.preview(self._campaign, self._settings.author, proposal), done, failed)

    def _save(self, settings: CampaignSettings) -> None:
        def failed(error: Exception) -> None:
            self.form.show_refused(str(error))
            if not isinstance(error, FacelabelError):
                self.problem.emit(error)

        self._background.run(
            lambda: self._campaign.change(settings, self._settings.author), lambda _: self._saved(settings), failed
        )

    def _saved(self, settings: CampaignSettings) -> None:
        self.form.show_saved(settings)
        self.settings_saved.emit()
        self.refresh()
