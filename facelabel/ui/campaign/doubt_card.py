"""Whether the expected errors that annotators see can be relied on: expected against found, on the audit faces."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from facelabel.campaign.calibration import Bin, Calibration
from facelabel.ui import theme
from facelabel.ui.campaign.plots import Plot, faded
from facelabel.ui.card import Card, dim
from facelabel.ui.i18n.said import said
from facelabel.ui.words import tr


class ReliabilityPlot(Plot):
    """Errors found against errors expected, per cent of the normalising distance; on the line both are the same."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._bins: tuple[Bin, ...] = ()
        name = tr("Errors found against errors expected")
        super().__init__(name, tr("expected error in %"), tr("found, in %"), parent)

    def show_bins(self, bins: tuple[Bin, ...]) -> None:
        self._bins = bins
        said = [
            self.tr(
                "expected {:.1f} %, found {:.1f} % ({:.1f} to {:.1f}) on {:,} landmark(s)", "", one.landmarks
            ).format(one.expected, one.real, one.low, one.high, one.landmarks)
            for one in bins
        ]
        self.setAccessibleDescription("; ".join(said))
        self.setToolTip("\n".join(said))
        self.redraw()

    def redraw(self) -> None:
        self.item.clear()
        if not self._bins:
            self.set_legend([])
            return
        colours = theme.current()
        x, y, low, high = np.array([(one.expected, one.real, one.low, one.high) for one in self._bins]).T
        end = 1.08 * float(max(x.max(), high.max()))
        line = pg.mkPen(colours.dim_text, width=1.5, style=Qt.PenStyle.DashLine)
        self.item.plot([0, end], [0, end], pen=line)
        bars = pg.ErrorBarItem(x=x, y=y, top=high - y, bottom=y - low, beam=end * 0.015)
        bars.setOpts(pen=pg.mkPen(faded(colours.accent), width=1.5))
        self.item.addItem(bars)
        self.item.plot(x, y, pen=None, symbol="o", symbolSize=8, symbolBrush=colours.accent, symbolPen=None)
        self.item.setXRange(0, 1.08 * float(x.max()), padding=0)
        self.item.setYRange(0, end, padding=0)
        count = self._bins[0].landmarks
        each = self.tr("found, 95 % interval, {:,} landmark(s) each", "", count).format(count)
        self.set_legend([("●", colours.accent, each), ("╍", colours.dim_text, self.tr("as expected"))])


class DoubtCard(Card):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Expected errors"), parent)
        self.plot = ReliabilityPlot()
        self.plot.setMinimumHeight(190)
        self._reading = dim()
        self.body.addWidget(self.plot, 1)
        self.body.addWidget(self._reading)

    def show_calibration(self, known: Calibration) -> None:
        told = known.reliability
        if told is None:
            text = self.tr("Not calibrated yet: {} of {} audit faces. Each batch adds some.")
            self.plot.say(text.format(known.faces, known.wanted))
        else:
            self.plot.say("")
        self.plot.show_bins(() if told is None else told.bins)
        self._reading.setText("" if told is None else said(told.text))
        self._reading.setVisible(told is not None)
        if told is not None:
            text = self.tr("Of v{} on {} audit face(s), each told by the others.", "", told.faces)
            self._reading.setToolTip(text.format(told.version, told.faces))

    def text(self) -> str:
        return self._reading.text() or self.plot.sentence()
