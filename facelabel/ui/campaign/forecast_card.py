"""How good the model is, what more labels would bring, and whether they are worth it: a curve and three sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSpinBox, QWidget

from facelabel.campaign.loop import CampaignStatus, Measured
from facelabel.ui import theme, words
from facelabel.ui.campaign.curve_plot import NmePlot
from facelabel.ui.card import Card, dim, set_role
from facelabel.ui.i18n.said import said

if TYPE_CHECKING:
    from facelabel.campaign.forecast import Band
    from facelabel.campaign.loop import Outlook

FEWEST_AUDITED = 5
"""Below this many audit faces an interval says nothing, and no curve is drawn."""
AHEAD = 100
_PAUSE = 300
"""Milliseconds after the last change of the number before the forecast is read anew."""


class ForecastCard(Card):
    ahead_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(words.tr("Error and forecast"), parent)
        self.plot = NmePlot()
        self.plot.setMinimumHeight(190)
        self._sentence = QLabel()
        self._sentence.setWordWrap(True)
        self._sentence.setFont(theme.heading(self.font(), 1.05))
        self._stop, self._audit = dim(), dim()
        self._ahead = QSpinBox()
        self._ahead.setRange(1, 100_000)
        self._ahead.lineEdit().setTextMargins(5, 0, 0, 0)
        self._ahead.setValue(AHEAD)
        self._ahead.setGroupSeparatorShown(True)
        self._ahead.setSuffix(self.tr(" label(s)", "", AHEAD))
        self._ahead.setAccessibleName(self.tr("Labels that the forecast looks ahead"))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.ahead_changed)
        self._ahead.valueChanged.connect(self._pause.start)
        self._ahead.valueChanged.connect(lambda count: self._ahead.setSuffix(self.tr(" label(s)", "", count)))
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        caption = QLabel(self.tr("Look ahead"))
        caption.setProperty("role", "dim")
        caption.setBuddy(self._ahead)
        head.addWidget(caption)
        head.addWidget(self._ahead)
        self.body.insertLayout(0, head)
        self.body.addWidget(self.plot, 1)
        for line in (self._sentence, self._stop, self._audit):
            self.body.addWidget(line)

    @property
    def ahead(self) -> int:
        return self._ahead.value()

    def show_outlook(self, status: CampaignStatus, outlook: Outlook, band: Band | None) -> None:
        measured = [one for one in status.measured if one.nme is not None and one.labels and not one.finish]
        seen = max((one.faces for one in measured), default=outlook.audit_faces)
        if not status.measured:
            self.plot.say(self.tr("The error on the audit faces is drawn here after the first training."))
        elif seen < FEWEST_AUDITED:
            text = self.tr("Too few audit faces to tell: {} of at least {}. Each batch adds some.")
            self.plot.say(text.format(seen, FEWEST_AUDITED))
        else:
            self.plot.say("")
        self.plot.show_points([_point(one) for one in measured if one.faces >= FEWEST_AUDITED])
        self.plot.show_band(band, outlook.forecast.level)
        self._sentence.setText(_capital(said(outlook.text)))
        self._stop.setText(said(outlook.stop.text))
        set_role(self._stop, "ok" if outlook.stop.stop else "dim")
        wanted = max(outlook.audit_wanted, outlook.audit_faces)
        text = self.tr(
            "Measured on {} of {} audit face(s): drawn at random, labelled blind, never trained on.", "", wanted
        )
        text = text.format(outlook.audit_faces, wanted)
        self._audit.setText(f"{text} {said(outlook.in_part.caution)}".strip())

    def sentence(self) -> str:
        return self._sentence.text()

    def basis(self) -> str:
        return self._audit.text()

    def suggestion(self) -> str:
        return self._stop.text()


def _point(one: Measured) -> tuple[float, float, float, float]:
    assert one.nme is not None
    low, high = (one.nme if end is None else end for end in (one.low, one.high))
    return one.labels, one.nme, low, high


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")
