"""What a face and a round cost: in seconds of people and of the computer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from facelabel.ui import words
from facelabel.ui.campaign.plots import SecondsPlot
from facelabel.ui.card import Card, dim
from facelabel.ui.i18n.said import said

if TYPE_CHECKING:
    from facelabel.campaign.forecast import Effort
    from facelabel.campaign.overview import Costs


class CostsCard(Card):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(words.tr("Costs"), parent)
        self.plot = SecondsPlot()
        self.plot.setMinimumHeight(150)
        self._pace, self._round = dim(), dim()
        self.body.addWidget(self.plot, 1)
        self.body.addWidget(self._pace)
        self.body.addWidget(self._round)

    def show_costs(self, seconds: Sequence[float], effort: Effort, costs: Costs) -> None:
        self.plot.say("" if seconds else self.tr("Label a few faces: their pace is drawn here."))
        self.plot.show_seconds(seconds)
        each = effort.seconds_a_face
        if each is None:
            self._pace.setText(self.tr("Pace: {}.").format(said(effort.reason)))
        else:
            low, high = round(each.low), round(each.high)
            text = self.tr("The next faces: {:.0f} s each").format(each.value)
            self._pace.setText(f"{text}." if low == high else self.tr("{} ({}–{} s).").format(text, low, high))
        self._round.setText(self._of_round(costs))

    def _of_round(self, costs: Costs) -> str:
        if costs.training is None or costs.scoring is None:
            return self.tr("Training and scoring: time shown after the first round.")
        scored = costs.scored or 0
        text = self.tr("A round: {} of training, {} of scoring {:,} face(s).", "", scored)
        return text.format(words.duration(costs.training), words.duration(costs.scoring), scored)

    def text(self) -> str:
        return f"{self._pace.text()} {self._round.text()}"
