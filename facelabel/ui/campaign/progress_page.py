"""How the campaign goes: where it stands, the learning curve, what it costs, the trainer, the rounds so far."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHeaderView, QScrollArea, QTableView, QVBoxLayout, QWidget

from facelabel.schemes import Scheme
from facelabel.ui.campaign.agreement_card import AgreementCard
from facelabel.ui.campaign.compare_card import CompareCard
from facelabel.ui.campaign.costs_card import CostsCard
from facelabel.ui.campaign.doubt_card import DoubtCard
from facelabel.ui.campaign.forecast_card import ForecastCard
from facelabel.ui.campaign.readings import Readings
from facelabel.ui.campaign.rounds_table import RoundsModel
from facelabel.ui.campaign.status_card import StatusCard
from facelabel.ui.campaign.trainer_card import TrainerCard
from facelabel.ui.card import Card
from facelabel.ui.row_table import row_table
from facelabel.ui.trainer import Trainer


class ProgressPage(QScrollArea):
    def __init__(self, scheme: Scheme, trainer: Trainer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.status = StatusCard()
        self.forecast = ForecastCard()
        self.costs = CostsCard()
        self.doubt = DoubtCard()
        self.compare = CompareCard()
        self.agreement = AgreementCard()
        self._scheme = scheme
        self.trainer = TrainerCard(trainer)
        self.rounds = RoundsModel(self)
        page = QWidget()
        side = QVBoxLayout()
        side.setSpacing(12)
        side.addWidget(self.trainer)
        side.addWidget(self.costs, 1)
        table = Card(self.tr("Rounds"))
        table.body.addWidget(self._table(), 1)
        grid = QGridLayout(page)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setSpacing(12)
        grid.addWidget(self.status, 0, 0)
        grid.addWidget(self.forecast, 1, 0)
        grid.addLayout(side, 0, 1, 2, 1)
        grid.addWidget(table, 2, 0)
        grid.addWidget(self.doubt, 2, 1)
        grid.addWidget(self.agreement, 3, 0, 1, 2)
        grid.addWidget(self.compare, 4, 0, 1, 2)
        grid.setColumnStretch(0, 5)
        grid.setColumnStretch(1, 3)
        grid.setColumnMinimumWidth(1, 340)
        grid.setRowStretch(1, 3)
        grid.setRowStretch(2, 1)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(page)

    def show_readings(self, said: Readings) -> None:
        self.status.show_status(said.status, said.outlook)
        self.forecast.show_outlook(said.status, said.outlook, said.band)
        self.costs.show_costs(said.seconds, said.outlook.effort, said.costs)
        self.rounds.show_rounds(said.rounds)
        self.doubt.show_calibration(said.calibration)
        self.compare.show_versions(said.versions)
        self.agreement.show_agreement(self._scheme, said.agreement)

    def _table(self) -> QTableView:
        table = row_table(self.rounds, self.tr("Rounds"))
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        table.setMinimumHeight(140)
        return table
