"""The learning curve: what was measured, with its intervals, and where the forecast sees it going."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from facelabel.campaign.forecast import Band
from facelabel.ui import theme
from facelabel.ui.campaign.plots import Plot, faded
from facelabel.ui.words import tr

_EXPECTED = ("#a34700", "#ffb454")
"""Of the forecast, in the light and the dark theme: told from the measured points by its dashes as well."""


class NmePlot(Plot):
    """NME (per cent) on the audit faces against labelled faces, with its intervals and the forecast's band."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._points: list[tuple[float, float, float, float]] = []
        self._band: Band | None = None
        self._level = 0.0
        name = tr("Error on the audit faces against labelled faces")
        super().__init__(name, tr("labelled faces"), tr("error, NME in %"), parent)

    def show_points(self, points: Sequence[tuple[float, float, float, float]]) -> None:
        """(labels, nme, low, high) in the order of the model versions."""
        self._points = sorted(points)
        self.redraw()

    def show_band(self, band: Band | None, level: float) -> None:
        """``band`` with NME as fractions; it holds the error with probability ``level``."""
        self._band, self._level = band, level
        self.redraw()

    def redraw(self) -> None:
        self.item.clear()
        if not self._points:
            self.set_legend([])
            return
        accent = theme.current().accent
        entries = [("●", accent, self.tr("measured, 95 % interval"))]
        x, y, low, high = np.array(self._points, dtype=float).T
        left, right, top = float(x.min()), float(x.max()), float(np.nanmax(high))
        if self._band is not None:
            ink = QColor(_EXPECTED[theme.current().dark])
            self._draw_band(self._band, ink)
            right = max(right, float(self._band.labels.max()))
            top = max(top, min(2 * top, 100 * float(self._band.high.max())))
            entries.append(("╍", ink, self.tr("forecast, {:.0f} % band").format(100 * self._level)))
        beam = max(0.5, (right - left) * 0.012)
        self.item.addItem(
            pg.ErrorBarItem(x=x, y=y, top=high - y, bottom=y - low, beam=beam, pen=pg.mkPen(faded(accent), width=1.5))
        )
        self.item.plot(
            x, y, pen=pg.mkPen(accent, width=2), symbol="o", symbolSize=8, symbolBrush=accent, symbolPen=None
        )
        self.item.setYRange(0, top * 1.08, padding=0)
        self.item.setXRange(max(0.0, left - beam * 3), right + beam * 3, padding=0)
        self.set_legend(entries)

    def _draw_band(self, band: Band, ink: QColor) -> None:
        clear = pg.mkPen(None)
        low = pg.PlotDataItem(band.labels, 100 * band.low, pen=clear)
        high = pg.PlotDataItem(band.labels, 100 * band.high, pen=clear)
        ground = QColor(ink)
        ground.setAlphaF(0.22)
        for item in (low, high, pg.FillBetweenItem(low, high, brush=ground)):
            self.item.addItem(item)
        self.item.plot(band.labels, 100 * band.value, pen=pg.mkPen(ink, width=2, style=Qt.PenStyle.DashLine))
